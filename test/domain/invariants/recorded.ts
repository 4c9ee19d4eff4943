/** The facts once a quote was accepted, as the store would have them. */
import type { KnownFacts } from "../../../domain/questions/question.ts";
import type { Recorded } from "../../../domain/questions/quote-recorded.ts";

export function withRecorded(facts: KnownFacts, { licenses, contracts }: Recorded): KnownFacts {
  const { dossier } = facts;
  const written = new Set(contracts.map(({ contractId }) => contractId));
  return {
    ...facts,
    dossier: {
      ...dossier,
      licenses: [...dossier.licenses, ...licenses.map(({ licenseId, document }) => ({ licenseId, ...document }))],
      contracts: [
        ...dossier.contracts.filter(({ contractId }) => !written.has(contractId)),
        ...contracts.map(({ contractId, document }) => ({ contractId, ...document })),
      ],
    },
  };
}
