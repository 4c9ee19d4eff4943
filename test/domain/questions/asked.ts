/** Small facts that questions are asked of: an account with one license and one contract under a made-up policy, changed where a test needs it. */
import type * as z from "zod";
import { type PolicyBook, policyBook } from "../../../domain/compiled-policy.ts";
import { type Policy, policy as policyShape } from "../../../domain/policy.ts";
import type { AsOf } from "../../../domain/questions/question.ts";
import { parseInstant } from "../../../domain/time/instant.ts";

export type PolicyText = Partial<z.input<typeof policyShape>>;

/** A policy in Zurich that says nothing but what a test lets it say. */
export const policyOf = (text: PolicyText): Policy =>
  policyShape.parse({
    id: "acme-support",
    version: "1",
    vendor: "Acme",
    title: "Acme Support",
    zone: "Europe/Zurich",
    programs: ["gold", "silver"],
    severities: [],
    calendars: {},
    readings: [],
    clauses: [{ id: "1", says: "nothing", informs: "nothing" }],
    ...text,
  });

export const bookOf = (...policies: PolicyText[]): PolicyBook => policyBook(policies.map(policyOf));

export { factsUnder as factsOf } from "../conditions/asked.ts";

/** A day, or an instant. */
export const asOf = (text: string): AsOf => (text.includes("T") ? { instant: parseInstant(text) } : { date: text });
