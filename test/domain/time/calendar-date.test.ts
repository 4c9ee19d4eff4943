import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, dateOfDay, dayNumber, daysBetween, isCalendarDate, isoWeekday } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { dates } from "./arbitraries.ts";

dayjs.extend(utc);

describe("which texts are dates", () => {
  test.each(["2026-03-02", "2024-02-29", "2000-02-29", "1000-01-01", "9000-12-31", "2025-12-31"])("%s", (text) =>
    expect(isCalendarDate(text)).toBe(true),
  );
  test.each([
    "2025-02-29",
    "2100-02-29",
    "2025-04-31",
    "2025-13-01",
    "2025-00-10",
    "2025-01-00",
    "2025-01-32",
    "0999-12-31",
    "9001-01-01",
    "2025-1-1",
    "2025-01-01T00:00:00Z",
    " 2025-01-01",
    "2025-01-01\n",
    "+002025-01-01",
    "２０２５-01-01",
    "",
    "__proto__",
    "NaN",
  ])("not %j", (text) => expect(isCalendarDate(text)).toBe(false));

  test("dayjs#2607: 30 February is refused, not moved to 2 March", () => {
    expect(dayjs.utc("2025-02-30").format("YYYY-MM-DD")).toBe("2025-03-02");
    expect(isCalendarDate("2025-02-30")).toBe(false);
  });

  test("each day number of four centuries is a date, and no other text of its shape is", () => {
    for (let day = dayNumber("1800-01-01"); day < dayNumber("2200-01-01"); day++) if (!isCalendarDate(dateOfDay(day))) expect.fail(dateOfDay(day));
    for (const year of ["1900", "2000", "2023", "2024"])
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
          const exists = new Date(`${text}T00:00:00Z`).getTime() === Date.UTC(Number(year), month - 1, day) && month >= 1 && month <= 12 && day >= 1;
          if (isCalendarDate(text) !== (exists && dateOfDay(dayNumber(text)) === text)) expect.fail(text);
        }
  });
});

describe("day numbers", () => {
  test("count from 1970-01-01", () => {
    expect(dayNumber("1970-01-01")).toBe(0);
    expect(dayNumber("1969-12-31")).toBe(-1);
    expect(dayNumber("2026-03-02")).toBe(20514);
  });

  test("go back and forth for every day from year 1 to 9999, in order", () => {
    let previous = "";
    for (let day = dayNumber("0001-01-01"); day <= dayNumber("9999-12-31"); day++) {
      const date = dateOfDay(day);
      if (dayNumber(date) !== day || date <= previous) expect.fail(date);
      previous = date;
    }
  });

  test("agree with Temporal", () =>
    fc.assert(
      fc.property(dates("1000-01-01", "9000-12-31"), fc.integer({ min: -300_000, max: 300_000 }), (date, days) => {
        const plain = Temporal.PlainDate.from(date);
        expect(addDays(date, days)).toBe(plain.add({ days }).toString());
        expect(isoWeekday(date)).toBe(plain.dayOfWeek);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    ));

  test.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 1e21, dayNumber("9999-12-31") + 1])("%s is none", (day) =>
    expect(() => dateOfDay(day)).toThrow(RangeError),
  );
});

describe("months later", () => {
  const agreesWithTemporal = (candidate: typeof addMonths) =>
    fc.property(dates(), fc.integer({ min: -1200, max: 1200 }), (date, months) => {
      expect(candidate(date, months)).toBe(Temporal.PlainDate.from(date).add({ months }, { overflow: "constrain" }).toString());
    });

  invariant("the same day of the month, clamped to its end", agreesWithTemporal, addMonths, {
    "overflow into the next month": (date, months) => {
      const [year, month, day] = date.split("-").map(Number) as [number, number, number];
      return new Date(Date.UTC(year, month - 1 + months, day)).toISOString().slice(0, 10);
    },
    "one month at a time": (date, months) => {
      let on = date;
      for (let n = 0; n < Math.abs(months); n++) on = addMonths(on, Math.sign(months));
      return on;
    },
  });

  test("agree with dayjs", () =>
    fc.assert(
      fc.property(dates(), fc.integer({ min: 0, max: 600 }), (date, months) => {
        expect(addMonths(date, months)).toBe(dayjs.utc(date).add(months, "month").format("YYYY-MM-DD"));
      }),
    ));

  test("reach from 0001-01-01 to 9999-12-31", () => {
    expect(addMonths("9998-12-31", 12)).toBe("9999-12-31");
    expect(addMonths("0002-01-31", -12)).toBe("0001-01-31");
    expect(addDays("9999-12-30", 1)).toBe("9999-12-31");
    expect(() => addMonths("9999-01-31", 12)).toThrow(RangeError);
    expect(() => addMonths("0001-12-31", -12)).toThrow(RangeError);
    expect(() => addDays("0001-01-01", -1)).toThrow(RangeError);
  });

  test.each([0.5, Number.NaN, 1e9, -1e9])("%s is no number of months", (months) => expect(() => addMonths("2026-03-02", months)).toThrow(RangeError));
});
