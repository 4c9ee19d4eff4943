/** "Does one of the policy's exclusions apply?" What the support agent ticked on the case, or the service that is asked for. */
import * as z from "zod";
import { clauseId, tag } from "../policy-words.ts";
import { defineCondition } from "./condition.ts";

export const circumstance = defineCondition(
  "circumstance",
  {
    /** Names under which a request states it, as a circumstance or as a service; the clause id is one of them by custom. */
    tags: z.array(clauseId).min(1),
    /** What it is, after "the request states that". */
    states: z.string().min(1).max(300),
    otherwise: z.enum(["fail", "discretion"]),
    /** What lifts it: an attestation that is true, or another circumstance. */
    unless: z.union([z.strictObject({ attested: tag }), z.strictObject({ circumstance: clauseId })]).optional(),
  },
  ({ tags, states, otherwise, unless }, { request }) => {
    const { circumstances, service, attestations } = request;
    const stated =
      circumstances.length === 0 && service === undefined ? undefined : tags.find((tag) => circumstances.includes(tag) || service === tag);
    if (stated === undefined) return { result: "pass", finding: `not stated: ${states}` };
    const facts = [{ path: service === stated ? "request/service" : "request/circumstances", value: stated }];
    if (unless === undefined) return { result: otherwise, finding: `the request states that ${states}`, facts };
    const lifted =
      "attested" in unless
        ? Object.hasOwn(attestations, unless.attested) && attestations[unless.attested] === true
        : circumstances.includes(unless.circumstance);
    const by = "attested" in unless ? unless.attested : unless.circumstance;
    if (lifted) return { result: "pass", finding: `the request states that ${states}, and \`${by}\``, facts };
    return { result: otherwise, finding: `the request states that ${states}, and not \`${by}\``, facts };
  },
);
