/** The shortest history that can be found that still ends in the same violation: parts are left out as long as it does. */
import { relive } from "./simulate.ts";
import type { History, Step, Violation } from "./step.ts";
import type { Observer, Parts } from "./world.ts";

export interface Shrunk {
  history: Step[];
  violation: Violation;
}

/** @param observers makes new ones for each try @param mostTries so often a shorter history is tried */
export async function shrink(history: History, violation: Violation, parts: Parts, observers: () => Observer[], mostTries = 600): Promise<Shrunk> {
  let best: Shrunk = { history: [...history], violation };
  let tries = 0;
  const fails = async (candidate: Step[]): Promise<boolean> => {
    if (tries++ >= mostTries || candidate.length === best.history.length) return false;
    const seen = await relive(candidate, parts, observers());
    if (seen === null || seen.check !== violation.check) return false;
    best = { history: candidate, violation: seen };
    return true;
  };
  const withoutFaults = async () => {
    const seen = await relive(
      best.history.map((step) => ({ ...step, faults: [] })),
      parts,
      observers(),
    );
    if (seen?.check === violation.check) best = { history: best.history.map((step) => ({ ...step, faults: [] })), violation: seen };
  };
  const last = history.at(-1) as Step;
  // First whole kinds of things: other accounts, days on which only the day was looked at, runs of the sweep, faults.
  for (const accountId of new Set(history.map(accountOf)))
    if (accountId !== null) await fails(best.history.filter((step) => accountOf(step) !== accountId || step.id === last.id));
  for (const kind of ["look", "sweep", "repeat"]) await fails(best.history.filter((step) => step.do !== kind || step.id === last.id));
  await withoutFaults();
  for (let size = Math.ceil(best.history.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = best.history.length; end > 0; ) {
      const first = Math.max(0, end - size);
      // What is sold stays: without it, every answer is that something is not known.
      const shorter = best.history.filter((step, n) => n < first || n >= end || isOfAll(step));
      if (shorter.length > 0) await fails(shorter);
      end = first;
    }
  }
  return best;
}

const isOfAll = (step: Step) => step.do === "send" && step.account === null;
const accountOf = (step: Step): string | null => (step.do === "send" || step.do === "race" ? step.account : null);
