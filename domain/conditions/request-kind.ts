/** "Is this kind of request support at all?" */
import type { HeldContract } from "../facts.ts";
import type { BenefitEntry } from "../policy.ts";
import type { Inquiry, Judge, Judgement } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const requestIsOfKind: Judge<ParametersOf<"request-kind">> = ({ kinds, says, otherwise, unlessExcluded }, inquiry) => {
  const { request, policy } = inquiry;
  if (!kinds.includes(request.kind)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
  const { service } = request;
  // What is not known stays so whatever circumstance is stated: only what the text says of the service itself decides.
  const stated = (otherwise !== "unknown" && request.circumstances.length > 0) || (service !== undefined && policy.circumstances.has(service));
  if (unlessExcluded && stated) return { result: "pass", finding: "an exclusion that the request states decides" };
  const named = otherwise === "unknown" && service !== undefined ? ` (\`${service}\`)` : "";
  const finding = `the request is of kind ${request.kind}${named}: ${says}`;
  const facts = [{ path: "request/kind", value: request.kind }];
  if (otherwise !== "unknown") return { result: otherwise, finding, facts };
  if (service !== undefined) return listedService(service, inquiry) ?? unknownService(service, finding, facts);
  if (request.kind !== "service") return { result: "unknown", finding, facts, missing: `whether support includes requests of kind ${request.kind}` };
  return { result: "unknown", finding: `${finding}; it names no service`, facts, missing: "service", cure: { says: "name it as `service`" } };
};

const unknownService = (service: string, finding: string, facts: NonNullable<Judgement["facts"]>): Judgement => ({
  result: "unknown",
  finding,
  facts,
  missing: `whether support includes service \`${service}\``,
});

/** A service that is one of the policy's benefits: the programs that have it decide. Null for others, and where the text is lost or asks for more. */
function listedService(service: string, { policy, contract }: Inquiry): Judgement | null {
  for (const { id, benefits } of policy.policy.clauses) {
    const entry = benefits?.find(({ benefit, needs }) => benefit === service && needs !== "good-standing");
    const has = entry === undefined ? null : isIncluded(entry, contract);
    if (has === null) continue;
    const facts = [
      { path: "request/service", value: service },
      { path: `contracts/${contract.contractId}/program`, value: contract.program },
    ];
    const what = `by ${id} service \`${service}\` is ${has ? "" : "not "}included in program \`${contract.program}\``;
    return { result: has ? "pass" : "fail", finding: what, facts };
  }
  return null;
}

function isIncluded({ benefit, programs, missing }: BenefitEntry, { program, settings }: HeldContract): boolean | null {
  if (missing !== undefined) return settings?.benefits?.[benefit] ?? null;
  return programs === undefined || programs.includes(program);
}
