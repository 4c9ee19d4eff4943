/**
 * Days on which a desk works: "ten consecutive business days", "the nearest business day before".
 *
 * A business day is a date with opening hours in its week that is no holiday. Dates only: that a zone may have skipped
 * a date altogether (Pacific/Apia 2011-12-30) is not modelled.
 */
import { addDays, type CalendarDate, dayNumber, isoWeekday } from "./calendar-date.ts";
import { type Calendar, isListed, weeklyWindows } from "./open-windows.ts";

/** Null where the week says yes and the day might be a holiday that nobody listed. */
export function isBusinessDay(calendar: Calendar, date: CalendarDate): boolean | null {
  const day = dayNumber(date);
  if (weeklyWindows(calendar, day).length === 0) return false;
  return isListed(calendar, day) ? !calendar.holidays.has(day) : null;
}

/**
 * The n-th business day after the date, whose own day is not counted; the date itself for 0. Null when holidays on
 * the way are not listed.
 * @throws RangeError when `n` is negative or no whole number
 */
export function addBusinessDays(calendar: Calendar, date: CalendarDate, n: number): CalendarDate | null {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw new RangeError(`business days are a whole number: got \`${n}\``);
  let day = date;
  for (let left = n; left > 0; ) {
    day = addDays(day, 1);
    const counts = isBusinessDay(calendar, day);
    if (counts === null) return null;
    if (counts) left--;
  }
  return day;
}

/**
 * The day itself, or the nearest business day before it (reading `notice-counting`, `safeOn`). Without a calendar
 * Monday to Friday. Where holidays are not listed the week alone decides: this is advice, and an earlier day is
 * still in time.
 */
export function previousBusinessDay(calendar: Calendar | null, date: CalendarDate): CalendarDate {
  let day = date;
  while (calendar === null ? isoWeekday(day) > 5 : isBusinessDay(calendar, day) === false) day = addDays(day, -1);
  return day;
}
