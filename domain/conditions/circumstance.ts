/** "Does one of the policy's exclusions apply?" What the support agent ticked on the case. */
import * as z from "zod";
import { tag } from "../policy-words.ts";
import { defineCondition } from "./condition.ts";

export const circumstance = defineCondition(
  "circumstance",
  {
    /** Names under which a request states it; the clause id is one of them by custom. */
    tags: z.array(tag).min(1),
    /** What it is, after "the request states that". */
    states: z.string().min(1).max(300),
    otherwise: z.enum(["fail", "discretion"]),
  },
  ({ tags, states, otherwise }, { request }) => {
    const stated = request.circumstances.length === 0 ? undefined : tags.find((tag) => request.circumstances.includes(tag));
    if (stated === undefined) return { result: "pass", finding: `not stated: ${states}` };
    return { result: otherwise, finding: `the request states that ${states}`, facts: [{ path: "request/circumstances", value: stated }] };
  },
);
