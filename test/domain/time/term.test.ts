import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addFractions, roundHalfUp, shareOf } from "../../../domain/money.ts";
import { addDays, addMonths, type CalendarDate, dateOfDay, dayNumber, daysBetween } from "../../../domain/time/calendar-date.ts";
import {
  daysIn,
  lastDayForNotice,
  nthTerm,
  type PartOfYear,
  type Term,
  termIndexOn,
  termOn,
  windowLastDay,
  yearsOf,
} from "../../../domain/time/term.ts";
import { invariant } from "../property.ts";
import { dates } from "./arbitraries.ts";

const lengths = fc.constantFrom(1, 3, 6, 12, 12, 12, 24, 36);
const years400 = 146_097;

describe("P2: terms tile from the anchor", () => {
  type Nth = (anchor: CalendarDate, n: number, months?: number) => Term;
  const tiles = (nth: Nth) =>
    fc.property(dates("1990-01-01"), fc.integer({ min: -60, max: 60 }), lengths, (anchor, n, months) => {
      const term = nth(anchor, n, months);
      // No gap, no overlap: the next day after the last is the first of the next.
      expect(addDays(term.lastDay, 1)).toBe(nth(anchor, n + 1, months).firstDay);
      expect(term.firstDay <= term.lastDay).toBe(true);
      // No drift: the day of the month is the anchor's, or the month's last.
      expect(term.firstDay).toBe(
        Temporal.PlainDate.from(anchor)
          .add({ months: n * months })
          .toString(),
      );
    });

  invariant("no gap, no overlap, no drift", tiles, nthTerm, {
    "a term counted from the one before (killbill#127)": (anchor, n, months = 12) => {
      let firstDay = anchor;
      for (let i = 0; i < Math.abs(n); i++) firstDay = addMonths(firstDay, Math.sign(n) * months);
      return { firstDay, lastDay: addDays(addMonths(firstDay, months), -1) };
    },
    "a last day that is the next first day": (anchor, n, months = 12) => ({
      firstDay: addMonths(anchor, n * months),
      lastDay: addMonths(anchor, (n + 1) * months),
    }),
    "a last day twelve months after this first day": (anchor, n, months = 12) => {
      const firstDay = addMonths(anchor, n * months);
      return { firstDay, lastDay: addDays(addMonths(firstDay, months), -1) };
    },
    "years of 365 days": (anchor, n, months = 12) => {
      const firstDay = addDays(anchor, Math.round((n * months * 365) / 12));
      return { firstDay, lastDay: addDays(anchor, Math.round(((n + 1) * months * 365) / 12) - 1) };
    },
  });

  type IndexOn = (anchor: CalendarDate, day: CalendarDate, months?: number) => number;
  const contains = (indexOn: IndexOn) =>
    fc.property(dates("1990-01-01"), dates("1980-01-01"), lengths, (anchor, day, months) => {
      const { firstDay, lastDay } = nthTerm(anchor, indexOn(anchor, day, months), months);
      expect(firstDay <= day && day <= lastDay).toBe(true);
    });

  invariant("each day is in the term found for it", contains, termIndexOn, {
    "the calendar months alone": (anchor, day, months = 12) => Math.floor(Math.round(daysBetween(anchor, day) / 30.44) / months),
    "a first day that belongs to the term before": (anchor, day, months = 12) => termIndexOn(anchor, addDays(day, -1), months),
    "the anchor's day of the month without clamping": (anchor, day, months = 12) => {
      const monthsBetween = (Number(day.slice(0, 4)) - Number(anchor.slice(0, 4))) * 12 + Number(day.slice(5, 7)) - Number(anchor.slice(5, 7));
      return Math.floor((day.slice(8) < anchor.slice(8) ? monthsBetween - 1 : monthsBetween) / months);
    },
  });

  test("every first, last and middle day finds its own term, 400 years on included", () =>
    fc.assert(
      fc.property(dates("1990-01-01"), fc.integer({ min: -40, max: 40 }), lengths, (anchor, n, months) => {
        const term = nthTerm(anchor, n, months);
        for (const day of [term.firstDay, addDays(term.firstDay, Math.floor(daysIn(term) / 2)), term.lastDay])
          expect(termOn(anchor, day, months)).toEqual(term);
        const later = (date: CalendarDate) => dateOfDay(dayNumber(date) + years400);
        expect(nthTerm(later(anchor), n, months)).toEqual({ firstDay: later(term.firstDay), lastDay: later(term.lastDay) });
      }),
    ));

  test("killbill#127, killbill#2133, polar#10664: an anchor on 29 February comes back", () => {
    const terms = [0, 1, 2, 3, 4].map((n) => nthTerm("2024-02-29", n));
    expect(terms).toEqual([
      { firstDay: "2024-02-29", lastDay: "2025-02-27" },
      { firstDay: "2025-02-28", lastDay: "2026-02-27" },
      { firstDay: "2026-02-28", lastDay: "2027-02-27" },
      { firstDay: "2027-02-28", lastDay: "2028-02-28" },
      { firstDay: "2028-02-29", lastDay: "2029-02-27" },
    ]);
  });

  test("lago-api#1567, openmeter#3229: a monthly anchor on the 31st does not stay on the 28th", () =>
    expect([0, 1, 2, 3].map((n) => nthTerm("2026-01-31", n, 1).firstDay)).toEqual(["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]));

  test("lago-api#1840: a term never starts twice, so none is dropped as a duplicate", () => {
    const firstDays = Array.from({ length: 400 }, (_, n) => nthTerm("2020-02-29", n).firstDay);
    expect(new Set(firstDays).size).toBe(400);
  });

  test("twelve months from 2026-03-01 end on 2027-02-28", () => expect(nthTerm("2026-03-01", 0).lastDay).toBe("2027-02-28"));

  test.each([0, -12, 0.5, Number.NaN])("a term of %s months is refused", (months) => {
    expect(() => nthTerm("2026-01-01", 0, months)).toThrow(RangeError);
    expect(() => termIndexOn("2026-01-01", "2026-05-01", months)).toThrow(RangeError);
  });
});

describe("P7: the last day for notice", () => {
  const inTimeExactly = (lastDayInTime: (anchor: CalendarDate, receivedOn: CalendarDate, days: number) => CalendarDate) =>
    fc.property(dates("2010-01-01", "2050-12-31"), fc.nat(4000), fc.constantFrom(30, 45, 60, 90), (anchor, after, days) => {
      const receivedOn = addDays(anchor, after);
      const running = Temporal.PlainDate.from(nthTerm(anchor, termIndexOn(anchor, receivedOn)).lastDay);
      const daysAhead = Temporal.PlainDate.from(receivedOn).until(running).days;
      expect(receivedOn <= lastDayInTime(anchor, receivedOn, days)).toBe(daysAhead >= days);
    });

  invariant(
    "in time exactly when at least so many days before the end of the running term",
    inTimeExactly,
    (anchor, on, days) => lastDayForNotice(termOn(anchor, on).lastDay, days),
    {
      "the day itself is late": (anchor, on, days) => lastDayForNotice(termOn(anchor, on).lastDay, days + 1),
      "counted from the day after the end": (anchor, on, days) => lastDayForNotice(addDays(termOn(anchor, on).lastDay, 1), days),
      "counted from the initial term (glpi#23084)": (anchor, _on, days) => lastDayForNotice(nthTerm(anchor, 0).lastDay, days),
      "months of thirty days": (anchor, on, days) => addDays(addMonths(termOn(anchor, on).lastDay, -Math.floor(days / 30)), -(days % 30)),
    },
  );

  test.each([
    ["2026-12-31", 45, "2026-11-16"],
    ["2026-12-31", 60, "2026-11-01"],
    ["2028-02-28", 45, "2028-01-14"],
    ["2026-03-31", 0, "2026-03-31"],
  ])("term to %s, %i days ahead: through %s", (lastDay, days, expected) => expect(lastDayForNotice(lastDay, days)).toBe(expected));

  test("glpi#6004, glpi#17725: the notice day follows the running term, not the first", () => {
    expect(lastDayForNotice(termOn("2024-02-29", "2026-05-01").lastDay, 45)).toBe("2027-01-13");
    expect(lastDayForNotice(termOn("2024-02-29", "2028-05-01").lastDay, 45)).toBe("2029-01-13");
  });

  test("dayjs#2112: a clock change between notice day and term end moves nothing", () =>
    expect(["2026-04-30", "2026-11-30"].map((lastDay) => lastDayForNotice(lastDay, 45))).toEqual(["2026-03-16", "2026-10-16"]));
});

describe("the window after a lapse", () => {
  test.each([
    ["2026-01-01", "2026-12-31"],
    ["2027-02-28", "2028-02-27"],
    ["2024-02-29", "2025-02-27"],
    ["2027-03-01", "2028-02-29"],
  ])("lapsed %s: inside through %s", (lapsedOn, last) => expect(windowLastDay(lapsedOn, 12)).toBe(last));

  test("tldraw#9431, memgraph#3993: the last day is still inside, the next one is outside", () =>
    fc.assert(
      fc.property(dates(), fc.integer({ min: 1, max: 48 }), (lapsedOn, months) => {
        const last = windowLastDay(lapsedOn, months);
        expect(termIndexOn(lapsedOn, last, months)).toBe(0);
        expect(termIndexOn(lapsedOn, addDays(last, 1), months)).toBe(1);
      }),
    ));
});

describe("P5: parts of a year", () => {
  const total = (pieces: readonly PartOfYear[]) => addFractions(...pieces.map(({ days, of }) => shareOf(1_000_000n, BigInt(days), BigInt(of))));
  const equal = (a: ReturnType<typeof total>, b: ReturnType<typeof total>) => a.n * b.d === b.n * a.d;

  const addsUp = (cut: typeof yearsOf) =>
    fc.property(dates("2000-01-01", "2060-12-31"), dates("2000-01-01", "2060-12-31"), fc.nat(2000), fc.nat(2000), (anchor, firstDay, days, more) => {
      const middle = addDays(firstDay, days);
      const lastDay = addDays(middle, more);
      const whole = cut(anchor, { firstDay, lastDay });
      expect(whole.reduce((sum, piece) => sum + piece.days, 0)).toBe(daysBetween(firstDay, lastDay) + 1);
      for (const piece of whole) {
        expect(piece.days > 0 && piece.days <= piece.of).toBe(true);
        expect([365, 366]).toContain(piece.of);
      }
      // One more cut changes no total.
      const halves = [...cut(anchor, { firstDay, lastDay: middle }), ...cut(anchor, { firstDay: addDays(middle, 1), lastDay })];
      expect(equal(total(whole), total(halves))).toBe(true);
      // A full period is exactly the full fee.
      const period = termOn(anchor, firstDay);
      const full = cut(anchor, period);
      expect(full).toEqual([{ days: daysIn(period), of: daysIn(period) }]);
      expect(roundHalfUp(total(full))).toBe(1_000_000n);
    });

  invariant("are positive, add up, and do not depend on where they are cut", addsUp, yearsOf, {
    "the part's own length as the whole (lago-api#4553)": (_anchor, part) => [{ days: daysIn(part), of: daysIn(part) }],
    "always 365 days": (anchor, part) => yearsOf(anchor, part).map(({ days }) => ({ days, of: 365 })),
    "calendar years instead of the contract's": (_anchor, part) => yearsOf("2000-01-01", part),
    "periods from the part's own first day": (_anchor, part) => yearsOf(part.firstDay, part),
    "a last day left out": (anchor, part) => yearsOf(anchor, { firstDay: part.firstDay, lastDay: addDays(part.lastDay, -1) }),
  });

  test("no days, no pieces", () => expect(yearsOf("2026-01-01", { firstDay: "2026-05-01", lastDay: "2026-04-30" })).toEqual([]));

  test.each([
    ["2025-01-01", "2026-01-01", "2026-06-30", [{ days: 181, of: 365 }]],
    ["2025-01-01", "2026-01-01", "2026-12-30", [{ days: 364, of: 365 }]],
    ["2025-01-01", "2026-01-01", "2026-12-31", [{ days: 365, of: 365 }]],
    ["2026-01-01", "2027-04-01", "2027-12-31", [{ days: 275, of: 365 }]],
    [
      "2024-02-29",
      "2027-02-01",
      "2028-03-01",
      [
        { days: 27, of: 365 },
        { days: 366, of: 366 },
        { days: 2, of: 365 },
      ],
    ],
  ])("anchor %s, %s to %s", (anchor, firstDay, lastDay, expected) => expect(yearsOf(anchor, { firstDay, lastDay })).toEqual(expected));

  test("BCApps#5718: February counts its own days, and a leap year 366", () => {
    expect(yearsOf("2027-03-01", { firstDay: "2028-02-01", lastDay: "2028-02-29" })).toEqual([{ days: 29, of: 366 }]);
    expect(yearsOf("2026-03-01", { firstDay: "2027-02-01", lastDay: "2027-02-28" })).toEqual([{ days: 28, of: 365 }]);
  });

  test("lago-api#4553: the whole is the contractual period, not the days charged", () =>
    expect(yearsOf("2026-01-01", { firstDay: "2026-02-18", lastDay: "2026-03-31" })).toEqual([{ days: 42, of: 365 }]));
});
