/** "By when can it still be done?" The term that a notice given from today on can reach, and the last day on which it is in time. */
import { anchorOf, contractTermOn, termAfter } from "../contract-terms.ts";
import type { HeldContract } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { lastDayForNotice, type Term } from "../time/term.ts";

/** The day on which somebody asks, and whether the contract renews from then on: of what ends nobody can give notice. */
export interface Asking {
  day: CalendarDate;
  goesOn: boolean;
}

export interface Chance {
  /** Through this day a notice is in time (reading `notice-counting`). */
  receivedBy: CalendarDate;
  /** The term that it reaches. */
  term: Term;
}

/** The first term from the day on whose last day for notice has not passed: the day itself is still in time. */
export function nextChance(contract: HeldContract, noticeDays: number, day: CalendarDate): Chance {
  let term = contractTermOn(contract, day) ?? (contractTermOn(contract, anchorOf(contract)) as Term);
  for (; lastDayForNotice(term.lastDay, noticeDays) < day; term = termAfter(contract, term));
  return { receivedBy: lastDayForNotice(term.lastDay, noticeDays), term };
}

/** When notices under several contracts are all in time, each in a term of its own. */
export interface JointChance {
  /** The first day on which each would be. */
  from: CalendarDate;
  /** Through this day. */
  receivedBy: CalendarDate;
  /** The term that the one under the first contract reaches. */
  term: Term;
}

/** As many times as terms of the contracts are put beside one another: last days for notice may be spread so that they never meet. */
const mostTries = 100;

/** The first days from the day on that are in time under every contract; null where there are none. */
export function jointChance(contracts: readonly [HeldContract, ...HeldContract[]], noticeDays: number, day: CalendarDate): JointChance | null {
  let from = day;
  for (let tries = 0; tries < mostTries; tries++) {
    const chances = contracts.map((contract) => ({ ...nextChance(contract, noticeDays, from), runs: contractTermOn(contract, from) !== null }));
    const begins = chances.reduce((last, { term, runs }) => (runs && term.firstDay > last ? term.firstDay : last), from);
    const receivedBy = chances.map((chance) => chance.receivedBy).sort()[0] as CalendarDate;
    if (begins <= receivedBy) return { from: begins, receivedBy, term: (chances[0] as Chance).term };
    from = begins;
  }
  return null;
}
