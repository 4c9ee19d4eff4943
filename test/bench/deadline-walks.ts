/**
 * The same deadline by walking: from day to day with dayjs and with luxon, as one would write it with them, and minute
 * by minute with the platform's own time zone data, slow and plain enough to be believed.
 */
import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import { DateTime } from "luxon";
import { swissCentre } from "../../domain/time/holidays/swiss-centre.ts";

dayjs.extend(utc);
dayjs.extend(timezone);

export interface Asked {
  /** Epoch milliseconds. */
  from: number;
  minutes: number;
}

const zone = "Europe/Zurich";
const holidays: ReadonlySet<string> = new Set(swissCentre.dates);

/** Only what holds on every host is used: a wall-clock time read in a zone, and dates moved in UTC. */
export function dueByDayjs({ from, minutes }: Asked): number {
  let left = minutes * 60_000;
  for (let day = dayjs.utc(dayjs(from).tz(zone).format("YYYY-MM-DD")); ; day = day.add(1, "day")) {
    const date = day.format("YYYY-MM-DD");
    if (day.day() === 0 || day.day() === 6 || holidays.has(date)) continue;
    const opening = Math.max(from, dayjs.tz(`${date} 08:00`, zone).valueOf());
    const open = dayjs.tz(`${date} 17:00`, zone).valueOf() - opening;
    if (open >= left) return opening + left;
    if (open > 0) left -= open;
  }
}

export function dueByLuxon({ from, minutes }: Asked): number {
  let left = minutes * 60_000;
  for (let day = DateTime.fromMillis(from, { zone }).startOf("day"); ; day = day.plus({ days: 1 })) {
    if (day.weekday > 5 || holidays.has(day.toISODate())) continue;
    const opening = Math.max(from, day.set({ hour: 8 }).toMillis());
    const open = day.set({ hour: 17 }).toMillis() - opening;
    if (open >= left) return opening + left;
    if (open > 0) left -= open;
  }
}

const clock = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  weekday: "short",
});

/** `from` on a whole minute. */
export function dueByMinutes({ from, minutes }: Asked): number {
  let at = from;
  for (let left = minutes; left > 0; at += 60_000) {
    const { year, month, day, hour, weekday } = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    const closed = weekday === "Sat" || weekday === "Sun" || holidays.has(`${year}-${month}-${day}`);
    if (!closed && Number(hour) >= 8 && Number(hour) < 17) left -= 1;
  }
  return at;
}
