/**
 * The shapes of answers that an operation gives by name, so that the function that runs it need not load what only the
 * API page and the tests look at.
 */
import type * as z from "zod";
import { decision, entitlementDecisions } from "./decision-shape.ts";
import type { Operation } from "./operation.ts";

const named = { Decision: decision, EntitlementDecisions: entitlementDecisions };
export type AnswerName = keyof typeof named;

/** The shape of an operation's answer; null: no body; undefined: it never answers with this status. */
export function answerShape({ answers }: Pick<Operation, "answers">, status: number): z.ZodType | null | undefined {
  const said = answers[status];
  return typeof said === "string" ? named[said] : said;
}
