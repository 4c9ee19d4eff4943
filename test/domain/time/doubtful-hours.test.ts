/** Open, closed or doubtful: which it is at an instant, and until when. */
import { describe, expect, test } from "vitest";
import { type CalendarSpec, compileCalendar } from "../../../domain/time/business-calendar.ts";
import { hoursAt, hoursChangeAfter } from "../../../domain/time/doubtful-hours.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";

const whole = [["00:00", "24:00"]] as const;
const always = { mon: whole, tue: whole, wed: whole, thu: whole, fri: whole, sat: whole, sun: whole };
const desk = [
  ["08:00", "12:00"],
  ["13:00", "17:00"],
] as const;
const zone = "Europe/Zurich";

function asked(spec: Partial<CalendarSpec>, mayBe: string[] = [], noneListed = false) {
  const calendar = compileCalendar({ weekly: always, holidays: null, ...spec, zone });
  const hours = { calendar, noneListed, mayBeHoliday: (day: string) => mayBe.includes("*") || mayBe.includes(day) };
  return (at: string) => {
    const change = hoursChangeAfter(hours, parseInstant(at));
    return [hoursAt(hours, parseInstant(at)), change === null ? null : formatInstant(change)];
  };
}

describe("hours of a day", () => {
  const on = asked({ weekly: { mon: desk } });
  test.each([
    ["2026-03-02T06:59:59Z", "closed", "2026-03-02T07:00:00Z"],
    ["2026-03-02T07:00:00Z", "open", "2026-03-02T11:00:00Z"],
    ["2026-03-02T11:00:00Z", "closed", "2026-03-02T12:00:00Z"],
    ["2026-03-02T15:59:59Z", "open", "2026-03-02T16:00:00Z"],
    // The next Monday, and after the clocks went forward one at 06:00Z.
    ["2026-03-02T16:00:00Z", "closed", "2026-03-09T07:00:00Z"],
    ["2026-03-23T16:00:00Z", "closed", "2026-03-30T06:00:00Z"],
  ])("at %s %s until %s", (at, state, until) => expect(on(at)).toEqual([state, until]));
});

describe("days that may be holidays", () => {
  test("are doubtful as long as the hours say open", () => {
    const on = asked({ weekly: { mon: desk, tue: desk } }, ["2026-03-02"], true);
    expect(on("2026-03-02T06:00:00Z")).toEqual(["closed", "2026-03-02T07:00:00Z"]);
    expect(on("2026-03-02T07:00:00Z")).toEqual(["doubtful", "2026-03-02T11:00:00Z"]);
    expect(on("2026-03-03T07:00:00Z")).toEqual(["open", "2026-03-03T11:00:00Z"]);
  });
  test("one after another are one stretch", () => {
    const on = asked({}, ["2026-03-03", "2026-03-04"], true);
    expect(on("2026-03-02T12:00:00Z")).toEqual(["open", "2026-03-02T23:00:00Z"]);
    expect(on("2026-03-02T23:00:00Z")).toEqual(["doubtful", "2026-03-04T23:00:00Z"]);
  });
  test("of which holidays are listed decide nothing; of the others they do", () => {
    const on = asked({ holidays: { firstYear: 2026, lastYear: 2028, dates: ["2026-05-01"] } }, ["*"]);
    expect(on("2025-12-31T12:00:00Z")).toEqual(["doubtful", "2025-12-31T23:00:00Z"]);
    expect(on("2026-01-01T12:00:00Z")).toEqual(["open", "2026-04-30T22:00:00Z"]);
    expect(on("2026-05-01T12:00:00Z")).toEqual(["closed", "2026-05-01T22:00:00Z"]);
    // Years ahead.
    expect(on("2026-05-02T12:00:00Z")).toEqual(["open", "2028-12-31T23:00:00Z"]);
  });
  test("a year without one after the last that is listed is as far as it looks", () => {
    const listed = { holidays: { firstYear: 2026, lastYear: 2026, dates: [] } };
    expect(asked(listed, ["2028-01-01"])("2026-12-31T12:00:00Z")).toEqual(["open", "2027-12-31T23:00:00Z"]);
    expect(asked(listed, ["2028-01-04"])("2026-12-31T12:00:00Z")).toEqual(["open", null]);
  });
});

test("what never closes has no end, unless some day may be a holiday", () => {
  expect(asked({})("2026-03-02T12:00:00Z")).toEqual(["open", null]);
  expect(asked({}, ["2026-03-04"], true)("2026-03-02T12:00:00Z")).toEqual(["open", "2026-03-03T23:00:00Z"]);
});
