/**
 * Plain calendar dates, as they stand in a contract: no clock, no zone.
 *
 * A date is the text `YYYY-MM-DD` of the proleptic Gregorian calendar. Dates compare as texts (`a < b`).
 * Callers may hand in the years 1000 to 9000; arithmetic reaches from 0001-01-01 to 9999-12-31, so that a term
 * or a window at the edge still has its ends. This is the only file that knows dayjs: it parses strictly
 * (2025-02-30 is refused, not moved to 2 March). Everything that decisions call often is integer arithmetic,
 * and no function here depends on the zone of the machine.
 */
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import utc from "dayjs/plugin/utc.js";

dayjs.extend(customParseFormat);
dayjs.extend(utc);

/** `YYYY-MM-DD`, a day that exists. */
export type CalendarDate = string;

const shape = /^(?:[1-8]\d{3}|9000)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Whether the text is a day that exists, written `YYYY-MM-DD`, in the years 1000 to 9000. */
export function isCalendarDate(text: string): boolean {
  if (!shape.test(text)) return false;
  // Every month has a 28th; only its end is a question for the calendar.
  return text.slice(8) <= "28" || dayjs.utc(text, "YYYY-MM-DD", true).isValid();
}

/** Days since 1970-01-01 (negative before). The date must be one: it is not checked again here. */
export function dayNumber(date: CalendarDate): number {
  return dayOf(yearOf(date), monthOf(date), dayOfMonth(date));
}

/**
 * The date that many days after 1970-01-01.
 * @throws RangeError when it is no whole number, or outside the years 0001 to 9999
 */
export function dateOfDay(dayNumber: number): CalendarDate {
  if (!(dayNumber >= firstDayNumber && dayNumber <= lastDayNumber && Number.isInteger(dayNumber)))
    throw new RangeError(`no calendar date: day number \`${dayNumber}\``);
  // Years counted from 1 March, so that the leap day is the last of its year (H. Hinnant, "chrono-compatible
  // low-level date algorithms", civil_from_days). Nothing is negative here, so `| 0` rounds down.
  const shifted = dayNumber + daysFromMarchOfYear0;
  const era = (shifted / daysPer400Years) | 0;
  const dayOfEra = shifted - era * daysPer400Years;
  const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const marchMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const day = dayOfYear - (((153 * marchMonth + 2) / 5) | 0) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return written(year, month, day);
}

/** The date `days` later; earlier when negative. @throws RangeError outside the years 0001 to 9999 */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDay(dayNumber(date) + days);
}

/**
 * The same day of the month `months` later, or that month's last day where it has no such day
 * (2024-02-29 + 12 → 2025-02-28). Clamping loses the day, so count from the anchor, never one by one (reading `anchor`).
 * @throws RangeError when `months` is no whole number, or outside the years 0001 to 9999
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  return dateOfDay(dayNumberMonthsLater(date, months));
}

/** `addMonths` as a day number, for those who only compare or go on counting. */
export function dayNumberMonthsLater(date: CalendarDate, months: number): number {
  const monthsSinceYear0 = monthNumber(date) + months;
  const year = Math.floor(monthsSinceYear0 / 12);
  if (!(Number.isInteger(monthsSinceYear0) && year >= 1 && year <= 9999))
    throw new RangeError(`no calendar date: \`${date}\` plus \`${months}\` months`);
  const month = monthsSinceYear0 - year * 12 + 1;
  return dayOf(year, month, Math.min(dayOfMonth(date), daysInMonth(year, month)));
}

/** Whole days from `from` to `to`: `to − from`, negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 Monday … 7 Sunday. */
export function isoWeekday(date: CalendarDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return isoWeekdayOfDay(dayNumber(date));
}

/** 1 Monday … 7 Sunday, of a day number. */
export function isoWeekdayOfDay(dayNumber: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday; the double remainder keeps days before it positive.
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** Months since January of year 0; two dates' difference is the months between their calendar months. */
export function monthNumber(date: CalendarDate): number {
  return yearOf(date) * 12 + monthOf(date) - 1;
}

const daysPer400Years = 146_097;
const daysFromMarchOfYear0 = 719_468;
const firstDayNumber = dayOf(1, 1, 1);
const lastDayNumber = dayOf(9999, 12, 31);

function dayOf(year: number, month: number, day: number): number {
  // Hinnant's days_from_civil: see `dateOfDay`.
  const marchYear = month <= 2 ? year - 1 : year;
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  const leapDays = (marchYear >> 2) - ((marchYear / 100) | 0) + ((marchYear / 400) | 0);
  return marchYear * 365 + leapDays + dayOfYear - daysFromMarchOfYear0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const twoDigits = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));

function written(year: number, month: number, day: number): CalendarDate {
  const century = (year / 100) | 0;
  return `${twoDigits[century]}${twoDigits[year - century * 100]}-${twoDigits[month]}-${twoDigits[day]}`;
}

// Digits are read one by one: slicing and parsing texts costs ten times as much.
const zero = 48;
const digit = (date: CalendarDate, at: number) => date.charCodeAt(at) - zero;
const yearOf = (date: CalendarDate) => digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3);
const monthOf = (date: CalendarDate) => digit(date, 5) * 10 + digit(date, 6);
const dayOfMonth = (date: CalendarDate) => digit(date, 8) * 10 + digit(date, 9);
