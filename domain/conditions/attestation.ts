/** "Does the customer vouch for it?" Something that only the customer can say, such as having tried the knowledge base. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const attested: Judge<ParametersOf<"attestation">> = ({ name, states, otherwise }, { request }) => {
  const said = Object.hasOwn(request.attestations, name) ? request.attestations[name] : undefined;
  const facts = [{ path: `request/attestations/${name}`, value: said ?? null }];
  if (said === true) return { result: "pass", finding: `attested: ${states}`, facts };
  return {
    result: otherwise,
    finding: said === false ? `denied: ${states}` : `not attested: ${states}`,
    facts,
    cure: { says: `attest \`${name}\`` },
  };
};
