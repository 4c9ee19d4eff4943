/** "Does the customer vouch for it?" Something that only the customer can say, such as having tried the knowledge base. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const attested: Judge<ParametersOf<"attestation">> = ({ name, states, otherwise }, { request }) => {
  const said = Object.hasOwn(request.attestations, name) ? request.attestations[name] : undefined;
  const facts = [{ path: `request/attestations/${name}`, value: said ?? null }];
  if (said === true) return { result: "pass", finding: `the request attests that ${states}`, facts };
  return {
    result: otherwise,
    finding: said === false ? `the request denies that ${states}` : `the request does not say whether ${states}`,
    facts,
    cure: { says: `${said === false ? "once" : "if"} it is so, attest \`${name}\`` },
  };
};
