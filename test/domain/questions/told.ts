/** What is announced of an account between two instants, as lines that can be read: when, what, and how long it is worth knowing. */
import { type Moment, momentsOf } from "../../../domain/questions/moments.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";

export interface Looked {
  /** When the contracts were recorded. */
  since: string;
  /** When somebody looks; the instant itself is inside. */
  until: string;
  /** Names that were said before. */
  said?: string[];
  /** Contracts that are followed; others are passed over. */
  of?: string[];
  /** Where a contract was recorded at another instant. */
  recorded?: Record<string, string>;
}

const look = (facts: KnownFacts, { since, until, said = [], of = ["c-1"], recorded = {} }: Looked) =>
  momentsOf(facts, new Map(of.map((id) => [id, parseInstant(recorded[id] ?? since)])), parseInstant(until), (mark) => said.includes(mark));

export const inWords = ({ key, dueAt, purposeUntil }: Pick<Moment, "key" | "dueAt" | "purposeUntil">) =>
  `${formatInstant(dueAt)} ${key}${purposeUntil === null ? "" : ` until ${formatInstant(purposeUntil)}`}`;

/** `2026-12-31T23:00:00Z contract.renewed/c-1/2027-01-01`, with ` until …` where its purpose ends, in the order told. */
export const told = (facts: KnownFacts, looked: Looked): string[] => look(facts, looked).due.map(inWords);

/** The moment of this name. */
export function one(facts: KnownFacts, looked: Looked, key: string): Moment {
  const found = look(facts, looked).due.filter((moment) => moment.key === key);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`got \`${found.length}\` moments \`${key}\`, expected \`1\``);
  return only;
}

/** When to look again. */
export function again(facts: KnownFacts, looked: Looked): string | null {
  const { nextAt } = look(facts, looked);
  return nextAt === null ? null : formatInstant(nextAt);
}
