/** What happens in a simulated world, a step at a time: all of it can be written down, and lived again. */
import type { Fault } from "./faults.ts";
import type { Request } from "./gateway.ts";

interface Common {
  /** Unique in its history. Where it stands in a later request as `$12$`, it stands for the id that was answered then. */
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  faults: readonly Fault[];
}

export type Step =
  | (Common & { do: "send"; account: string | null; request: Request })
  /** Several at once, by two processes that know nothing of each other. */
  | (Common & { do: "race"; account: string; requests: readonly Request[] })
  /** An earlier request is sent once more, with the members of its body in another order, or with another body. */
  | (Common & { do: "repeat"; of: number; otherBody: boolean })
  /** The scheduled run, so often, one after another or at once; cut off once it may not go on any more. */
  | (Common & { do: "sweep"; deliveries: number; overlapping: boolean; cut: boolean; lagging: boolean })
  /** Nothing is sent: the day is looked at; at the end, everything is. */
  | (Common & { do: "look" | "end" });

export type History = readonly Step[];

/** Something that must hold does not. `check` names it for those who look for the shortest history. */
export class Violation extends Error {
  readonly check: string;
  constructor(check: string, message: string) {
    super(`${check}: ${message}`);
    this.check = check;
  }
}

export function ensure(holds: boolean, check: string, tell: () => string): void {
  if (!holds) throw new Violation(check, tell());
}

/** @throws Violation where the two are not the same as JSON */
export function ensureSame(check: string, tell: () => string, got: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(got), JSON.stringify(expected)];
  if (one !== other) throw new Violation(check, `${tell()}: got ${one}, expected ${other}`);
}
