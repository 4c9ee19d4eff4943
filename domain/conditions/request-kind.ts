/** "Is this kind of request support at all?" */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const requestIsOfKind: Judge<ParametersOf<"request-kind">> = ({ kinds, says, otherwise, unlessExcluded }, { request, policy }) => {
  if (!kinds.includes(request.kind)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
  const { service } = request;
  // What is not known stays so whatever circumstance is stated: only what the text says of the service itself decides.
  const stated = (otherwise !== "unknown" && request.circumstances.length > 0) || (service !== undefined && policy.circumstances.has(service));
  if (unlessExcluded && stated) return { result: "pass", finding: "an exclusion that the request states decides" };
  const finding = `the request is of kind ${request.kind}: ${says}`;
  const facts = [{ path: "request/kind", value: request.kind }];
  if (otherwise !== "unknown") return { result: otherwise, finding, facts };
  if (service === undefined) return { result: "unknown", finding: `${finding}; it names no service`, facts, missing: "service" };
  return { result: "unknown", finding: `${finding}: \`${service}\``, facts, missing: `whether support includes service \`${service}\`` };
};
