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
