/**
 * Support terms: which days one covers, when its notice must be in, how much of a year a part of it is.
 *
 * A term runs from its first day through its last day, both covered (reading `term-days`), and every term is
 * computed from the anchor, the first day of the first one (reading `anchor`): terms tile, and an anchor on
 * 29 February comes back. Plain dates in the policy's zone; `months` is a whole number of at least 1.
 */
import { addDays, type CalendarDate, dateOfDay, dayNumber, dayNumberMonthsLater, daysBetween, monthNumber } from "./calendar-date.ts";

export interface Term {
  /** First covered day. */
  firstDay: CalendarDate;
  /** Last covered day, inside the term. */
  lastDay: CalendarDate;
}

/** A piece of a term within one twelve-month period: `days` of the `of` days (365 or 366) of that period. */
export interface PartOfYear {
  days: number;
  of: number;
}

/**
 * The n-th term after the one that starts at the anchor; 0 is that one, negative ones lie before it.
 * @throws RangeError when `months` is not a whole number of at least 1, or the term leaves the years 0000 to 9999
 */
export function nthTerm(anchor: CalendarDate, n: number, months = 12): Term {
  mustBeMonths(months);
  return {
    firstDay: dateOfDay(dayNumberMonthsLater(anchor, n * months)),
    lastDay: dateOfDay(dayNumberMonthsLater(anchor, (n + 1) * months) - 1),
  };
}

/** The index of the term that contains the day, for `nthTerm`. Takes the same time however far the day is. */
export function termIndexOn(anchor: CalendarDate, day: CalendarDate, months = 12): number {
  mustBeMonths(months);
  const n = Math.floor((monthNumber(day) - monthNumber(anchor)) / months);
  // Reading `term-days`: the first day is inside its term, so only a day before it belongs to the term before.
  return dayNumber(day) < dayNumberMonthsLater(anchor, n * months) ? n - 1 : n;
}

/** The term that contains the day. */
export function termOn(anchor: CalendarDate, day: CalendarDate, months = 12): Term {
  return nthTerm(anchor, termIndexOn(anchor, day, months), months);
}

/**
 * The last day on which a notice "at least `days` days before the end" is in time, that day included
 * (reading `notice-counting`): 31 December − 45 → 16 November. Weekends and holidays do not move it.
 * Ebiexperts 7.2 (45 days), 7.6 (60 days).
 */
export function lastDayForNotice(lastDay: CalendarDate, days: number): CalendarDate {
  return addDays(lastDay, -days);
}

/**
 * The last day inside a window of `months` after a lapse, `lapsedOn` being the first day without cover
 * (reading `window`): lapsed 2026-01-01, twelve months → 2026-12-31. Ebiexperts 7.3(i), Ensim `reinstatement.repurchase`.
 */
export function windowLastDay(lapsedOn: CalendarDate, months: number): CalendarDate {
  return nthTerm(lapsedOn, 0, months).lastDay;
}

/** Days from first to last, both counted (reading `term-days`). Zero or less when the last lies before the first. */
export function daysIn(term: Term): number {
  return daysBetween(term.firstDay, term.lastDay) + 1;
}

/**
 * The part cut along the twelve-month periods that run from the anchor (reading `day-count`): for each period that
 * it touches, the days of the part in it and the days of the whole period. In a full period `days` equals `of`.
 * The pieces' days add up to the part's; a part without a day has no pieces.
 */
export function yearsOf(anchor: CalendarDate, part: Term): PartOfYear[] {
  const pieces: PartOfYear[] = [];
  let firstDay = part.firstDay;
  // Reading `term-days`: the part's last day is inside it.
  for (let n = termIndexOn(anchor, firstDay); firstDay <= part.lastDay; n++) {
    const period = nthTerm(anchor, n);
    const lastDay = period.lastDay < part.lastDay ? period.lastDay : part.lastDay;
    pieces.push({ days: daysIn({ firstDay, lastDay }), of: daysIn(period) });
    firstDay = addDays(lastDay, 1);
  }
  return pieces;
}

function mustBeMonths(months: number): void {
  if (!Number.isInteger(months) || months < 1) throw new RangeError(`a term lasts a whole number of months: got \`${months}\``);
}
