/** Quotes with what became of them, one a row. */
import { quoteAsItStands } from "../http/quote.ts";
import type { Export } from "./export-pages.ts";
import { recordRows } from "./records.ts";

const columns = {
  quoteId: "id of the quote",
  decidedAt: "when it was made",
  asOf: "when it was to be true",
  accountId: "id of the account",
  accountName: "its name now",
  contractId: "the contract quoted for",
  policyId: "its policy",
  policyVersion: "the version",
  kind: "what was quoted",
  status: "as it stands now",
  currency: "ISO 4217 code of all amounts",
  total: "the sum of its lines, less what is waived",
  waived: "what an approved exception takes off",
  indicative: "what the same formula gives where nobody is bound by it",
  payBy: "last day on which paying accepts it",
  termFirstDay: "first day of the term that it is for",
  termLastDay: "its last day",
  lines: "how many lines it has",
  acceptedPaidOn: "when it was paid",
  voidedAt: "when it was made void",
  factsDigest: "digest of the facts that it stands on",
} as const;
type Column = keyof typeof columns;

export const quotes: Export<Column> = {
  name: "quotes",
  summary: "Export quotes as CSV",
  description: "One row for each stored quote, as it was made, with its status now; of an account, the newest first.",
  columns,
  async rowsOf(call, { accountId, name }, wanted) {
    const facts = await call.store.readFacts(accountId, null);
    return recordRows(call, "quote", accountId, wanted, (record) => {
      const quote = quoteAsItStands(record, facts?.dossier ?? null, { instant: call.now });
      return {
        quoteId: record.id,
        decidedAt: quote.decidedAt,
        asOf: quote.asOf,
        accountId,
        accountName: name,
        contractId: quote.contractId,
        policyId: quote.policy.id,
        policyVersion: quote.policy.version,
        kind: quote.kind,
        status: quote.status,
        currency: (quote.total ?? quote.indicative)?.currency ?? null,
        total: quote.total?.amount ?? null,
        waived: quote.waived?.amount ?? null,
        indicative: quote.indicative?.amount ?? null,
        payBy: quote.payBy,
        termFirstDay: quote.newTerm?.firstDay ?? null,
        termLastDay: quote.newTerm?.lastDay ?? null,
        lines: quote.lines.length,
        acceptedPaidOn: quote.acceptedPaidOn,
        voidedAt: quote.voidedAt,
        factsDigest: quote.factsDigest,
      };
    });
  },
};
