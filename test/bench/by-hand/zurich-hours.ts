/**
 * The Swiss desk's hours as one would write them down for this desk alone: a table with a line for each day, when it
 * opens and closes and how long it was open before. A deadline is a look-up by day and a few steps from there.
 */
import { dateOfDay, dayNumber } from "../../../domain/time/calendar-date.ts";
import { swissCentre } from "../../../domain/time/holidays/swiss-centre.ts";

const hour = 3_600_000;
const day = 24 * hour;
const firstDay = dayNumber("2015-01-01");
const days = dayNumber("2041-01-01") - firstDay;

/** In Switzerland clocks change on the last Sundays of March and October at 01:00 UTC. */
const summers = Array.from({ length: 27 }, (_, n) => ({ begins: lastSunday(2015 + n, 2) + hour, ends: lastSunday(2015 + n, 9) + hour }));

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0);
  return last - new Date(last).getUTCDay() * day;
}

function offsetAt(instant: number): number {
  const summer = summers[new Date(instant).getUTCFullYear() - 2015];
  return summer !== undefined && instant >= summer.begins && instant < summer.ends ? 2 * hour : hour;
}

/** The local day, as days since 1970. */
export const zurichDay = (instant: number) => Math.floor((instant + offsetAt(instant)) / day);

/** When the local day begins. Clocks never change at midnight. */
export function midnight(dayNumber: number): number {
  const utc = dayNumber * day;
  return utc - offsetAt(utc - 2 * hour);
}

const holidays = new Map(swissCentre.dates.map((date) => [dayNumber(date), swissCentre.names?.[date] ?? ""]));
const openings = new Float64Array(days);
const closings = new Float64Array(days);
const openBefore = new Float64Array(days + 1);
for (let n = 0; n < days; n++) {
  // Clocks change on Sundays, when the desk is closed.
  const eight = midnight(firstDay + n) + 8 * hour;
  const weekday = (firstDay + n + 3) % 7;
  openings[n] = eight;
  closings[n] = weekday < 5 && !holidays.has(firstDay + n) ? eight + 9 * hour : eight;
  openBefore[n + 1] = (openBefore[n] as number) + (closings[n] as number) - eight;
}

/** When so much open time has gone by; NaN past the last day of the table. The desk's hours lie within one day of UTC too. */
export function dueAfterByTable(from: number, ms: number): number {
  let n = Math.floor(from / day) - firstDay;
  const openToday = Math.min(Math.max(from - (openings[n] as number), 0), (closings[n] as number) - (openings[n] as number));
  const target = (openBefore[n] as number) + openToday + ms;
  while ((openBefore[n + 1] as number) < target) n++;
  return (closings[n] as number) - ((openBefore[n + 1] as number) - target);
}

export interface Stretch {
  from: number;
  to: number;
  counted: number;
  note: string;
}

/** What lies between the two: open hours, and why the others are closed. */
export function explain(from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (until: number, note: string, counted = 0) => {
    const at = stretches.at(-1)?.to ?? from;
    const end = Math.min(until, to);
    if (end <= at) return;
    const previous = stretches.at(-1);
    if (previous !== undefined && previous.note === note && note !== "open") previous.to = end;
    else if (previous?.note === "after closing" && note === "before opening") Object.assign(previous, { note: "closed overnight", to: end });
    else stretches.push({ from: at, to: end, counted: counted === 0 ? 0 : end - at, note });
  };
  for (let today = zurichDay(from); (stretches.at(-1)?.to ?? from) < to; today++) {
    const opening = openings[today - firstDay] as number;
    const closing = closings[today - firstDay] as number;
    const nextDay = midnight(today + 1);
    if (opening === closing) {
      const weekend = (today + 3) % 7 >= 5;
      add(nextDay, `closed: ${weekend ? "weekend" : holidays.get(today)}`);
      continue;
    }
    add(opening, "before opening");
    add(closing, "open", 1);
    add(nextDay, "after closing");
  }
  return stretches;
}

export const dateInZurich = (instant: number) => dateOfDay(zurichDay(instant));

const weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/** "2026-03-02T09:30:00Z (Mon 2026-03-02 10:30 Europe/Zurich)" */
export function spoken(instant: number): string {
  const local = iso(instant + offsetAt(instant));
  const time = local.slice(11, -1);
  return `${iso(instant)} (${weekdays[zurichDay(instant) % 7]} ${local.slice(0, 10)} ${time.endsWith(":00") ? time.slice(0, 5) : time} Europe/Zurich)`;
}

/** RFC 3339, milliseconds only where there are any. */
export function iso(instant: number): string {
  const text = new Date(instant).toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, 19)}Z` : text;
}
