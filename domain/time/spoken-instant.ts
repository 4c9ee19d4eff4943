/** "When is that here?" An instant for a sentence: in UTC as everywhere, and as the clock on the wall shows it. */
import { dateOfDay } from "./calendar-date.ts";
import { formatInstant } from "./instant.ts";
import { millisecondsPerDay, offsetAt } from "./zone.ts";

const weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"] as const;

/**
 * `2026-03-02T09:30:00Z (Mon 2026-03-02 10:30 Europe/Zurich)`; without a zone the instant alone.
 * @param ms milliseconds since 1970-01-01T00:00:00Z @throws RangeError outside the years 100 to 9999, and for an unknown zone
 */
export function spokenInstant(ms: number, zone: string | null): string {
  const instant = formatInstant(ms);
  if (zone === null) return instant;
  const local = ms + offsetAt(ms, zone);
  const day = Math.floor(local / millisecondsPerDay);
  // 1970-01-01 was a Thursday.
  const weekday = weekdays[((day % 7) + 7) % 7];
  const time = formatInstant(local).slice(11, -1);
  return `${instant} (${weekday} ${dateOfDay(day)} ${time.endsWith(":00") ? time.slice(0, 5) : time} ${zone})`;
}
