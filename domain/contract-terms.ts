/** The terms of a contract: the recorded one, the ones before it and the ones that follow from it. They tile. */
import type { Contract, ContractLine } from "./facts.ts";
import { addDays, addMonths, type CalendarDate } from "./time/calendar-date.ts";
import { nthTerm, type Term, termIndexOn, termOn } from "./time/term.ts";

/** First day of the first term. */
export const anchorOf = (contract: Contract): CalendarDate => contract.anchorOn ?? contract.term.firstDay;

/**
 * The day from which the terms after the recorded one are counted: the anchor, or the day after the recorded term
 * where that did not end as a twelve-month term of the anchor (a first term of 36 months, a stub).
 */
export function followingAnchor(contract: Contract): CalendarDate {
  const anchor = anchorOf(contract);
  const next = addDays(contract.term.lastDay, 1);
  return nthTerm(anchor, termIndexOn(anchor, next)).firstDay === next ? anchor : next;
}

/** The term that would run on a day if the contract went on for ever; null before its anchor. */
export function contractTermOn(contract: Contract, day: CalendarDate): Term | null {
  const { term } = contract;
  if (day > term.lastDay) return termOn(followingAnchor(contract), day);
  if (day >= term.firstDay) return { firstDay: term.firstDay, lastDay: term.lastDay };
  const anchor = anchorOf(contract);
  if (day < anchor) return null;
  const earlier = termOn(anchor, day);
  return earlier.lastDay < term.firstDay ? earlier : { firstDay: earlier.firstDay, lastDay: addDays(term.firstDay, -1) };
}

/**
 * Whether a line was added to the terms of the contract: it begins inside one; or with one that is shorter than twelve
 * months, and was paid beyond it when it was bought. Others that begin with a term are those it was recorded for.
 */
export function isAdded(contract: Contract, { paidThrough }: ContractLine, firstDay: CalendarDate): boolean {
  const term = contractTermOn(contract, firstDay);
  if (term?.firstDay !== firstDay) return true;
  return isShorter(term) && paidThrough !== undefined && paidThrough > term.lastDay;
}

/** Reading `term-days`: a term of twelve months holds the day before the one that begins twelve months later. */
const isShorter = ({ firstDay, lastDay }: Term): boolean => lastDay < addDays(addMonths(firstDay, 12), -1);

/** The term shorter than twelve months (a stub) that begins on a day; null where none does. */
export function shorterTermFrom(contract: Contract, day: CalendarDate): Term | null {
  const term = contractTermOn(contract, day);
  return term?.firstDay === day && isShorter(term) ? term : null;
}

/** The term after one of the contract's terms. */
export function termAfter(contract: Contract, term: Term): Term {
  return contractTermOn(contract, addDays(term.lastDay, 1)) as Term;
}

/** The contractual twelve-month periods by which a share of a year is measured on a day (reading `day-count`). */
export function periodAnchor(contract: Contract, day: CalendarDate): CalendarDate {
  return day > contract.term.lastDay ? followingAnchor(contract) : anchorOf(contract);
}
