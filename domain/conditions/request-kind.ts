/** "Is this kind of request support at all?" */
import * as z from "zod";
import { requestKind } from "../questions/entitlement-request.ts";
import { defineCondition } from "./condition.ts";

export const requestIsOfKind = defineCondition(
  "request-kind",
  {
    kinds: z.array(requestKind).min(1),
    says: z.string().min(1).max(300),
    otherwise: z.enum(["fail", "discretion"]),
    /** Only where the request states none of the policy's exclusions, which then decide. */
    unlessExcluded: z.literal(true).optional(),
  },
  ({ kinds, says, otherwise, unlessExcluded }, { request, policy }) => {
    if (!kinds.includes(request.kind)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
    if (unlessExcluded && (request.circumstances.length > 0 || (request.service !== undefined && policy.circumstances.has(request.service)))) {
      return { result: "pass", finding: "an exclusion that the request states decides" };
    }
    return { result: otherwise, finding: `the request is of kind ${request.kind}: ${says}`, facts: [{ path: "request/kind", value: request.kind }] };
  },
);
