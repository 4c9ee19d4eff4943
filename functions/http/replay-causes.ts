/**
 * Why a stored answer would be another one today: facts recorded since, each tried by asking again without it; another
 * `asOf`; or another release of the product.
 */
import type { Reason } from "../../domain/decision.ts";
import type { AsOf, KnownFacts } from "../../domain/questions/question.ts";
import type { Statement } from "../../domain/questions/what-changed.ts";
import { causesOf, type LoggedFact, recordedSince } from "../../domain/questions/what-changed-causes.ts";
import type { FactChange, Recorded } from "../../domain/questions/what-changed-facts.ts";
import { describeFactChange } from "../../domain/questions/what-changed-words.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Snapshot, StoredRecord } from "../store/store.ts";
import { engineVersion } from "./engine-version.ts";
import { knownFactsOf } from "./known-facts.ts";

export interface Grounded {
  reasons: readonly Reason[];
}

/** A stored answer, and how to ask for it again. */
export interface Asked<Answer extends Grounded> {
  record: StoredRecord;
  /** As it was stored, by the release that it names. */
  said: Answer & { engineVersion: string };
  /** What it stood on. */
  before: Snapshot;
  /** Whether this release says the same of the same facts. */
  identical: boolean;
  asOf: AsOf;
  /** @throws Refused */
  ask(facts: KnownFacts, asOf: AsOf): Answer;
  statements(answer: Answer): Statement[];
}

/** The answer of today. */
export interface Again<Answer> {
  answer: Answer;
  asOf: AsOf;
}

export interface Cause {
  cause: "fact" | "as-of" | "release";
  says: string;
  path: string | null;
  recordedAt: string | null;
}

interface Since<Answer> {
  asOf: AsOf;
  snapshot: Snapshot;
  /** Null: it can no longer be asked. */
  answer: Answer | null;
  /** Written in between. */
  written: readonly LoggedFact[];
}

/** The release goes first, then `asOf`, then the facts in the order of their paths; and how many other changes there were. */
export function causesSince<Answer extends Grounded>(
  asked: Asked<Answer>,
  { asOf, snapshot, answer, written }: Since<Answer>,
): { causes: Cause[]; others: number } {
  const { before, said, identical } = asked;
  const causes: Cause[] = [];
  const add = (cause: Cause["cause"], says: string) => causes.push({ cause, says, path: null, recordedAt: null });
  if (!identical) add("release", `release ${engineVersion} answers otherwise than ${said.engineVersion}, which made it`);
  if (asOf !== asked.asOf && textOf(asked, before, asOf) !== textOf(asked, before, asked.asOf))
    add("as-of", `asked as of ${inWords(asOf)} instead of ${inWords(asked.asOf)}`);
  const { bearing, others } = causesOf(before, snapshot, (facts) => textOf(asked, facts, asOf), namedBy(said, answer));
  return { causes: [...causes, ...bearing.map((change) => factCause(change, written))], others };
}

function factCause(change: FactChange, written: readonly LoggedFact[]): Cause {
  const says = describeFactChange(change);
  const at = recordedSince(change, written);
  if (at === null) return { cause: "fact", says, path: change.path, recordedAt: null };
  const recordedAt = formatInstant(at);
  // The day in UTC: where its reader lives nobody knows here, and the instant stands beside it.
  return { cause: "fact", says: `${says}, recorded on ${recordedAt.slice(0, 10)}`, path: change.path, recordedAt };
}

/** Equal for equal answers. Facts that were never recorded together may contradict each other: then that is what it says. */
function textOf<Answer extends Grounded>({ ask }: Asked<Answer>, facts: Recorded, asOf: AsOf): string {
  try {
    return JSON.stringify(ask(knownFactsOf(facts), asOf));
  } catch (error) {
    return `no answer: ${error}`;
  }
}

/** Whether one of the answers names the fact. */
function namedBy(...answers: (Grounded | null)[]): (path: string) => boolean {
  const facts = answers.flatMap((answer) => answer?.reasons ?? []).flatMap((reason) => reason.facts);
  const named = new Set(facts.map(({ path }) => path.split("/").slice(0, 2).join("/")));
  return (path) => named.has(path);
}

function inWords(asOf: AsOf): string {
  return "date" in asOf ? asOf.date : formatInstant(asOf.instant);
}
