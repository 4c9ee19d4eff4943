import { expect, test } from "vitest";
import { addDays, type CalendarDate, isoWeekday } from "../../../domain/time/calendar-date.ts";
import { calendarProblems } from "../../../domain/time/calendar-spec.ts";
import { swissCentre } from "../../../domain/time/holidays/swiss-centre.ts";

/** Easter Sunday by Gauss's rule, in the years 1900 to 2099: not the way in which the data were made. */
function easterOf(year: number): CalendarDate {
  const d = (19 * (year % 19) + 24) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
  const late = 22 + d + e;
  const day = late === 57 || (late === 56 && d === 28 && year % 19 > 10) ? late - 7 : late;
  return addDays(`${year}-02-28`, day + (year % 4 === 0 ? 1 : 0));
}

test("Easter, by hand", () =>
  expect([2016, 2019, 2024, 2025, 2026, 2038].map(easterOf)).toEqual([
    "2016-03-27",
    "2019-04-21",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2038-04-25",
  ]));

test("date-holidays#26, date-holidays#521: each year's days are those of the recomputed Easter, and no others", () => {
  for (let year = 2015; year <= 2040; year++) {
    const easter = easterOf(year);
    const expected = {
      [`${year}-01-01`]: "New Year's Day",
      [addDays(easter, -2)]: "Good Friday",
      [addDays(easter, 1)]: "Easter Monday",
      [addDays(easter, 39)]: "Ascension",
      [addDays(easter, 50)]: "Whit Monday",
      [`${year}-08-01`]: "National Day",
      [`${year}-12-25`]: "Christmas Day",
      [`${year}-12-26`]: "St Stephen's Day",
    };
    const listed = swissCentre.dates.filter((date) => date.startsWith(`${year}-`));
    expect(Object.fromEntries(listed.map((date) => [date, swissCentre.names?.[date]]))).toEqual(expected);
  }
});

test("the data are sound, in order, and movable feasts are on their weekday", () => {
  expect(calendarProblems({ zone: "Europe/Zurich", weekly: { mon: [["08:00", "17:00"]] }, holidays: swissCentre })).toEqual([]);
  expect(swissCentre.dates).toEqual([...new Set(swissCentre.dates)].sort());
  expect(swissCentre.dates).toHaveLength(26 * 8);
  const weekday = { "Good Friday": 5, "Easter Monday": 1, Ascension: 4, "Whit Monday": 1 } as Record<string, number>;
  for (const [date, name] of Object.entries(swissCentre.names ?? {})) if (weekday[name] !== undefined) expect(isoWeekday(date)).toBe(weekday[name]);
});
