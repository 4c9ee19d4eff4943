/** The shapes of the check function's answers, for the API page: what it answers with is held to them by the tests. */
import * as z from "zod";
import { instant } from "../../domain/facts.ts";
import { entitlementAnswer } from "../../domain/questions/answers.ts";
import { madeId } from "./id-shapes.ts";
import { problemDocument } from "./problem-shape.ts";

export const decision = entitlementAnswer
  .extend({
    id: madeId("chk").nullable().meta({ description: "Null in a preview: nothing was stored." }),
    knownAt: instant,
    decidedAt: instant,
    factsDigest: z.string(),
    engineVersion: z.string(),
  })
  .meta({ id: "Decision", description: "An answer because of clauses. Every condition is among the reasons, passed or not." });

export const entitlementDecisions = z.strictObject({ items: z.array(z.union([decision, problemDocument])) }).meta({ id: "EntitlementDecisions" });
