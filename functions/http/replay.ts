/**
 * Asks the question of a stored answer again, of the facts as they are recorded today: what would be said now, what of
 * it is not what was said then, and which facts recorded in between make the difference, with when each was recorded.
 */
import * as z from "zod";
import { instant } from "../../domain/facts.ts";
import { type AnswerChange, compareStatements, type Statement } from "../../domain/questions/what-changed.ts";
import { Refused } from "../../domain/refusal.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Snapshot } from "../store/store.ts";
import { knownFactsOf } from "./known-facts.ts";
import { asOf, knownAt } from "./moment-shapes.ts";
import { asOfFrom, knownAtFrom, knownNow } from "./moments.ts";
import type { Call } from "./operation.ts";
import { Problem } from "./problem.ts";
import { type Again, type Asked, type Cause, causesSince, type Grounded } from "./replay-causes.ts";

const shape = z.strictObject({ asOf: asOf.optional(), knownAt: knownAt.optional() }).meta({
  id: "ReplayRequest",
  description: "What `today` is asked for. `asOf` absent: as it was asked then. `knownAt` absent: all that is recorded; never before the answer.",
});
export const replayRequest = shape.optional();

const causes = z
  .array(
    z.strictObject({
      cause: z.enum(["fact", "as-of", "release"]),
      says: z.string().meta({ example: "payment `p-2` of CHF 500.00 on invoice `inv-7` added: paid on 2026-03-01, recorded on 2026-03-05" }),
      path: z.string().nullable().meta({ description: "The fact, where it is one." }),
      recordedAt: instant.nullable(),
    }),
  )
  .meta({ id: "Causes", description: "Without it the answer would be another one: each was tried. At most 50." });

/** What a replay says of today, where answers have this shape. */
export function todayShape(answer: z.ZodType) {
  return z.strictObject({
    answer: answer.nullable().meta({ description: "The same question, asked of today's facts. Null: it can no longer be asked." }),
    changes: z.array(z.strictObject({ about: z.string(), says: z.string() })).meta({ description: "What is not as it was said. Empty: all is." }),
    because: causes,
    otherChanges: z.int().meta({ description: "Changes of the facts since that make no difference, or are not listed." }),
  });
}

export interface Today<Answer> {
  /** Null: it can no longer be asked. */
  again: (Again<Answer> & { snapshot: Snapshot; knownAt: string }) | null;
  changes: AnswerChange[];
  because: Cause[];
  otherChanges: number;
}

const mostCauses = 50;

/** @throws Problem 400 for a `knownAt` in the future, or before what the answer stood on */
export async function answerToday<Answer extends Grounded>(
  { body, now, store }: Pick<Call<unknown, unknown, z.infer<typeof replayRequest>>, "body" | "now" | "store">,
  asked: Asked<Answer>,
): Promise<Today<Answer>> {
  const { record, before, identical } = asked;
  const known = knownAtFrom(body?.knownAt, now, "body");
  if (known !== null && known < knownNow(before)) throw beforeTheAnswer(knownNow(before));
  const asOf = body?.asOf === undefined ? asked.asOf : asOfFrom(body.asOf, now);
  const snapshot = await store.readFacts(record.accountId, known);
  if (snapshot === null) return { again: null, changes: [{ about: "account", says: "was taken back" }], because: [], otherChanges: 0 };

  const { answer, statements } = sayingOf(asked, snapshot, asOf);
  const written = await store.writesBetween(record.accountId, record.versions, snapshot.versions);
  const { causes, others } = causesSince(asked, { asOf, snapshot, answer, written });
  const changes = compareStatements(asked.statements(asked.said), statements);
  if (changes.length === 0 && (causes.length > 0 || !identical)) changes.push({ about: "details", says: "differ; what is said by them is the same" });
  const because = causes.slice(0, mostCauses);
  const again = answer === null ? null : { answer, asOf, snapshot, knownAt: formatInstant(known ?? knownNow(snapshot)) };
  return { again, changes, because, otherChanges: others + causes.length - because.length };
}

function sayingOf<Answer extends Grounded>(
  { ask, statements }: Asked<Answer>,
  snapshot: Snapshot,
  asOf: Again<Answer>["asOf"],
): { answer: Answer | null; statements: Statement[] } {
  try {
    const answer = ask(knownFactsOf(snapshot), asOf);
    return { answer, statements: statements(answer) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { answer: null, statements: [{ about: "question", says: `cannot be asked: ${error.message}` }] };
  }
}

function beforeTheAnswer(made: number): Problem {
  const detail = `must not lie before what the answer stood on: the newest of it was recorded at \`${formatInstant(made)}\``;
  return new Problem(400, "known-at-before-answer", `\`knownAt\` ${detail}`, { errors: [{ in: "body", pointer: "/knownAt", detail }] });
}
