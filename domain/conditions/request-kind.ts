/** "Is this kind of request support at all?" */
import * as z from "zod";
import { requestKind } from "../questions/entitlement-request.ts";
import { defineCondition } from "./condition.ts";

export const requestIsOfKind = defineCondition(
  "request-kind",
  { kinds: z.array(requestKind).min(1), says: z.string().min(1).max(300), otherwise: z.enum(["fail", "discretion"]) },
  ({ kinds, says, otherwise }, { request }) => {
    if (!kinds.includes(request.kind)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
    return { result: otherwise, finding: `the request is of kind ${request.kind}: ${says}`, facts: [{ path: "request/kind", value: request.kind }] };
  },
);
