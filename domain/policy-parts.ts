/** The parts of a policy's clauses, each with its place: what those go through who look at a policy as a document. */
import type { Clause, ConditionEntry, Policy } from "./policy.ts";
import type { When } from "./policy-words.ts";

type Parts = Exclude<keyof Clause, "id" | "says" | "informs">;
type EntryOf<K extends Parts> = NonNullable<Clause[K]>[number];

/** `pointer` is a JSON pointer into the policy. */
export interface Placed<Entry> {
  entry: Entry;
  pointer: string;
  clause: string;
}

export function everyPart<K extends Parts>({ clauses }: Policy, part: K): Placed<EntryOf<K>>[] {
  return clauses.flatMap((clause, at) =>
    ((clause[part] ?? []) as EntryOf<K>[]).map((entry, index) => ({ entry, pointer: `/clauses/${at}/${part}/${index}`, clause: clause.id })),
  );
}

/** Whether two conditions may be asked of one request: never where their programs or the options they hold under exclude one another. */
export const mayBothBeAsked = (a: ConditionEntry, b: ConditionEntry) =>
  mayHoldAtOnce(a.when, b.when) &&
  (a.programs === undefined || b.programs === undefined || a.programs.some((program) => b.programs?.includes(program)));

/** Two options of one reading never hold together; everything else may. */
export const mayHoldAtOnce = (a: When | undefined, b: When | undefined) =>
  a === undefined || b === undefined || a.reading !== b.reading || a.is === b.is;

/** "`a`, `b`" */
export const quoted = (names: Iterable<string>) => `\`${[...names].join("`, `")}\``;

/** A name as a member of a JSON pointer. */
export const escaped = (part: string | number) => String(part).replaceAll("~", "~0").replaceAll("/", "~1");
