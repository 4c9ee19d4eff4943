/** Which of the facts recorded since made an answer another one. Not guessed by their names: the question is asked again without each. */
import { type FactChange, factChanges, type Recorded, withChanges } from "./what-changed-facts.ts";
import { partOf } from "./what-changed-parts.ts";

/** A fact as one entry of a log wrote it; null: taken back. */
export interface LoggedFact {
  path: string;
  value: object | null;
  /** Milliseconds since 1970. */
  recordedAt: number;
}

export interface Causes {
  /** Changes that make a difference, in the order of `factChanges`. */
  bearing: FactChange[];
  /** How many do not, or were not tried. */
  others: number;
}

/** So often is a question asked again at most; what is left open then is counted with the others. */
const mostAsked = 400;

/**
 * A change bears on the difference between two answers where today's would be another without it, or the earlier one
 * with it. Both are asked: of two payments of which either would do, neither makes a difference to today's answer alone.
 * Many changes are tried together, and those that make a difference by halves. Where no change makes a difference by
 * itself, those are named that cannot be taken back together.
 * @param ask the question, as a text that is equal for equal answers
 * @param named whether an answer speaks of the fact at this path: these are tried first
 */
export function causesOf(before: Recorded, after: Recorded, ask: (facts: Recorded) => string, named: (path: string) => boolean): Causes {
  const changes = factChanges(before, after);
  const [then, now] = [ask(before), ask(after)];
  if (then === now) return { bearing: [], others: changes.length };
  let asked = 0;
  const differs = (facts: Recorded, answer: string) => {
    asked += 1;
    return asked <= mostAsked && ask(facts) !== answer;
  };
  const alone = (group: readonly FactChange[]): FactChange[] => {
    const makesOne = group.length > 0 && (differs(withChanges(after, group, "before"), now) || differs(withChanges(before, group, "after"), then));
    return makesOne ? halved(group, alone) : [];
  };
  let facts = after;
  const needed = (group: readonly FactChange[]): FactChange[] => {
    const without = withChanges(facts, group, "before");
    if (differs(without, now)) return halved(group, needed);
    facts = without;
    return [];
  };
  const found = new Set([...alone(changes.filter(({ path }) => named(path))), ...alone(changes.filter(({ path }) => !named(path)))]);
  const bearing = found.size > 0 ? changes.filter((change) => found.has(change)) : needed(changes);
  return { bearing, others: changes.length - bearing.length };
}

function halved(group: readonly FactChange[], search: (half: readonly FactChange[]) => FactChange[]): FactChange[] {
  if (group.length === 1) return [...group];
  const middle = Math.ceil(group.length / 2);
  return [...search(group.slice(0, middle)), ...search(group.slice(middle))];
}

/**
 * When the part became what it is now, in milliseconds since 1970; of a whole fact, when it came or went. What was
 * changed and changed back in between counts from the last time. Null where no entry says so.
 * @param written entries since, in their order; those of other facts are passed over
 */
export function recordedSince({ path, part, before }: FactChange, written: readonly LoggedFact[]): number | null {
  const stateOf = (value: unknown) => (part === null ? String(value !== undefined) : JSON.stringify(value));
  let state = stateOf(before);
  let at: number | null = null;
  for (const one of written) {
    const own = one.path === path;
    // With the account, all that is below it was taken back.
    if (!own && !(one.path === "account" && one.value === null)) continue;
    const next = stateOf(partOf(own ? one.value : null, part));
    if (next !== state) at = one.recordedAt;
    state = next;
  }
  return at;
}
