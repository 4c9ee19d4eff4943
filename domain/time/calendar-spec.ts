/**
 * Opening hours and holidays as a policy or an operator writes them down, and what is wrong with them.
 *
 * Reading `hours-half-open`: 08:00–17:00 is open at 08:00:00 and closed at 17:00:00. "24:00" is the end of the day,
 * and "23:59" as a closing means the same: nobody closes for the last minute of a day.
 */
import { type CalendarDate, dayNumber, isCalendarDate } from "./calendar-date.ts";

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** Opening and closing, each `hh:mm` of the zone's wall clock. */
export type Hours = readonly [opening: string, closing: string];

/** Dated holidays. They say nothing about years before `firstYear` or after `lastYear`: those are unknown. */
export interface Holidays {
  firstYear: number;
  lastYear: number;
  /** Whole days without opening hours, all within the years listed. */
  dates: readonly CalendarDate[];
  /** What a date is called, for explanations: "Good Friday". */
  names?: Readonly<Record<CalendarDate, string>> | undefined;
}

export interface CalendarSpec {
  /** IANA zone of the wall clock; null until someone sets it, and then no instant can be computed. */
  zone: string | null;
  /** Windows of each weekday, in order, without overlap; a weekday left out is closed. */
  weekly: Partial<Record<Weekday, readonly Hours[] | undefined>>;
  /**
   * null: the hours hold on every day of the year, for ever. Holidays that exist but are not known are stated as
   * no listed year (`lastYear` one before `firstYear`): every answer on which they bear is then unknown.
   */
  holidays: Holidays | null;
}

/** Monday first: a weekday's place is its ISO number minus one. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly Weekday[];

/** A window of a day in minutes after midnight, `closing` not included; 1440 is the end of the day. */
export interface MinuteWindow {
  opening: number;
  closing: number;
}

/**
 * What must be mended before the calendar can be used, in words, each with its place; empty when it is sound.
 * The zone's name is not looked at: `isZone` does that.
 */
export function calendarProblems(spec: CalendarSpec): string[] {
  const problems = weekdays.flatMap((day) => hoursProblems(day, spec.weekly[day] ?? []));
  // Without an opening a clock would never end.
  if (weekdays.every((day) => (spec.weekly[day] ?? []).length === 0)) problems.push("no weekday has opening hours");
  return spec.holidays === null ? problems : [...problems, ...holidayProblems(spec.holidays)];
}

function hoursProblems(day: Weekday, hours: readonly Hours[]): string[] {
  const problems: string[] = [];
  let closedUntil = 0;
  for (const [opening, closing] of hours) {
    const window = windowOf([opening, closing]);
    const place = `${day} \`${opening}\`–\`${closing}\``;
    if (window === null) problems.push(`${place}: expected times from \`00:00\` to \`24:00\``);
    // Reading `hours-half-open`: a window that closes when it opens has no minute.
    else if (window.opening >= window.closing) problems.push(`${place}: closes before it opens; hours over midnight are two windows`);
    // Half-open windows may touch: 08:00–12:00 and 12:00–17:00.
    else if (window.opening < closedUntil) problems.push(`${place}: overlaps the window before it, or is out of order`);
    else closedUntil = window.closing;
  }
  return problems;
}

function holidayProblems({ firstYear, lastYear, dates }: Holidays): string[] {
  const isYear = (year: number) => Number.isInteger(year) && year >= 1000 && year <= 9000;
  if (!isYear(firstYear) || !Number.isInteger(lastYear) || lastYear < firstYear - 1 || lastYear > 9000)
    return [`holidays: \`${firstYear}\`–\`${lastYear}\` is no range of years between 1000 and 9000`];
  return dates.flatMap((date) => {
    if (!isCalendarDate(date)) return [`holidays: no date: \`${date}\``];
    const year = Number(date.slice(0, 4));
    // The first and the last year are both listed.
    return year >= firstYear && year <= lastYear ? [] : [`holidays: \`${date}\` is outside ${firstYear}–${lastYear}`];
  });
}

/** The window in minutes, or null when it is not two times of day. */
function windowOf([opening, closing]: Hours): MinuteWindow | null {
  const from = minutesOf(opening);
  const until = closing === "23:59" ? 1440 : minutesOf(closing);
  return from === null || until === null ? null : { opening: from, closing: until };
}

function minutesOf(time: string): number | null {
  if (!/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time)) return null;
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The windows of each weekday, Monday first; windows that touch become one. @throws RangeError for an unsound calendar */
export function weekOf(spec: CalendarSpec): MinuteWindow[][] {
  const problems = calendarProblems(spec);
  if (problems.length > 0) throw new RangeError(`unsound calendar: ${problems.join("; ")}`);
  return weekdays.map((day) => {
    const windows: MinuteWindow[] = [];
    for (const hours of spec.weekly[day] ?? []) {
      const window = windowOf(hours) as MinuteWindow;
      const previous = windows.at(-1);
      if (previous?.closing === window.opening) previous.closing = window.closing;
      else windows.push(window);
    }
    return windows;
  });
}

/** The days whose holidays are listed, as day numbers: from `first` up to `end`, which is not included. */
export function listedDays(holidays: Holidays | null): { first: number; end: number } {
  if (holidays === null) return { first: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
  return { first: dayNumber(`${holidays.firstYear}-01-01`), end: dayNumber(`${holidays.lastYear + 1}-01-01`) };
}

/** Day number → what the holiday is called. */
export function holidayNames(holidays: Holidays | null): Map<number, string> {
  const named = (date: CalendarDate) => holidays?.names?.[date] ?? `holiday ${date}`;
  return new Map(holidays?.dates.map((date) => [dayNumber(date), named(date)]));
}
