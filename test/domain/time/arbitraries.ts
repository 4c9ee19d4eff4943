/** Dates, anchors and zones to try things with; month ends and clock changes come up often. */
import fc from "fast-check";
import { type CalendarDate, dateOfDay, dayNumber } from "../../../domain/time/calendar-date.ts";

const daysFrom = (first: CalendarDate, last: CalendarDate) => fc.integer({ min: dayNumber(first), max: dayNumber(last) }).map(dateOfDay);

export const dates = (first: CalendarDate = "1970-01-01", last: CalendarDate = "2200-12-31"): fc.Arbitrary<CalendarDate> =>
  fc.oneof(
    daysFrom(first, last),
    fc.constantFrom(...monthEnds).filter((date) => date >= first && date <= last),
  );

const monthEnds = [2015, 2016, 2023, 2024, 2025, 2026, 2027, 2028, 2099, 2100].flatMap((year) =>
  ["01-29", "01-30", "01-31", "02-27", "02-28", "02-29", "03-01", "03-31", "04-30", "08-31", "12-31"]
    .map((day) => `${year}-${day}`)
    .filter((date) => dateOfDay(dayNumber(date)) === date),
);

/** Half-hour and quarter-hour offsets, changes at midnight and just after, a skipped day, both hemispheres, none at all. */
export const oddZones = [
  "UTC",
  "Europe/Zurich",
  "Europe/London",
  "America/New_York",
  "America/Chicago",
  "America/Los_Angeles",
  "America/St_Johns",
  "America/Havana",
  "America/Sao_Paulo",
  "America/Asuncion",
  "America/Scoresbysund",
  "Atlantic/Azores",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Gaza",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
] as const;
