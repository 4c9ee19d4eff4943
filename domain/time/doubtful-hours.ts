/** "Open, closed, or can nobody say?" Opening hours where a day may be a holiday and no list says whether it is. */
import { addDays, type CalendarDate, dayNumber } from "./calendar-date.ts";
import { isOpenAt } from "./open-time.ts";
import { type Calendar, weeklyWindows } from "./open-windows.ts";
import { firstInstantOf, instantOf, localDate } from "./zone.ts";

/** `doubtful`: the hours say open, and the day may be a holiday. */
export type HoursState = "open" | "closed" | "doubtful";

export interface DoubtfulHours {
  calendar: Calendar;
  /** No day's holidays are listed, whatever the calendar says. */
  noneListed: boolean;
  /** Whether a day of which the holidays are not listed may be one. */
  mayBeHoliday: (day: CalendarDate) => boolean;
}

export function hoursAt({ calendar, noneListed, mayBeHoliday }: DoubtfulHours, at: number): HoursState {
  const open = isOpenAt(calendar, at);
  if (open === false) return "closed";
  const listed = open === true && !noneListed;
  return !listed && mayBeHoliday(localDate(at, calendar.zone)) ? "doubtful" : "open";
}

/** Days that are looked at after the last one of which the holidays are listed: within a year some day may be one. */
const daysLookedAt = 366;

/** The first instant after `at`, in epoch milliseconds, at which it is otherwise; null where it never is. */
export function hoursChangeAfter(hours: DoubtfulHours, at: number): number | null {
  const { zone, listed, neverCloses } = hours.calendar;
  if (neverCloses && !hours.noneListed) return null;
  const now = hoursAt(hours, at);
  const today = localDate(at, zone);
  const left = Number.isFinite(listed.end) ? Math.max(0, listed.end - dayNumber(today)) : 0;
  for (let ahead = 0; ahead <= left + daysLookedAt; ahead++) {
    const day = addDays(today, ahead);
    const windows = weeklyWindows(hours.calendar, dayNumber(day));
    const turns = [
      firstInstantOf(day, zone),
      ...windows.flatMap(({ opening, closing }) => [instantOf(day, opening, zone), instantOf(day, closing, zone)]),
    ];
    for (const turn of turns) if (turn > at && hoursAt(hours, turn) !== now) return turn;
  }
  return null;
}
