/** "Is this kind of request support at all?" */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const requestIsOfKind: Judge<ParametersOf<"request-kind">> = ({ kinds, says, otherwise, unlessExcluded }, { request, policy }) => {
  if (!kinds.includes(request.kind)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
  if (unlessExcluded && (request.circumstances.length > 0 || (request.service !== undefined && policy.circumstances.has(request.service)))) {
    return { result: "pass", finding: "an exclusion that the request states decides" };
  }
  return { result: otherwise, finding: `the request is of kind ${request.kind}: ${says}`, facts: [{ path: "request/kind", value: request.kind }] };
};
