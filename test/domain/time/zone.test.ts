import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test, vi } from "vitest";
import { addDays, type CalendarDate, dateOfDay, dayNumber } from "../../../domain/time/calendar-date.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";
import { firstInstantOf, instantOf, isZone, lastInstantOf, localDate, offsetAt, zonePieces } from "../../../domain/time/zone.ts";
import { invariant } from "../property.ts";
import { dates, oddZones } from "./arbitraries.ts";

const zones = fc.constantFrom(...oddZones);
const instants = fc.integer({ min: Date.UTC(1975), max: Date.UTC(2045) });
const hour = 3_600_000;
const wall = (instant: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

/** Clock changes of the odd zones around which most faults lie. */
const changes = oddZones.flatMap((zone) =>
  [2009, 2011, 2016, 2024, 2026].flatMap((year) => {
    const change = wall(Date.UTC(year, 1, 1), zone).getTimeZoneTransition("next");
    const second = change?.getTimeZoneTransition("next");
    return [change, second].flatMap((at) => (at ? [{ zone, at: at.epochMilliseconds }] : []));
  }),
);
const aroundChanges = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -26 * 60, max: 26 * 60 }))
  .map(([{ zone, at }, minutes]) => ({ zone, instant: at + minutes * 60_000 }));
const moments = fc.oneof(aroundChanges, fc.record({ zone: zones, instant: instants }));

describe("the wall clock", () => {
  const agrees = (offset: typeof offsetAt) =>
    fc.property(moments, ({ zone, instant }) => {
      expect(offset(instant, zone)).toBe(wall(instant, zone).offsetNanoseconds / 1e6);
    });

  invariant(
    "shows what Temporal shows",
    agrees,
    offsetAt,
    {
      "today's offset for old times (osTicket#6739)": (_instant, zone) => offsetAt(Date.UTC(2026, 10, 22), zone),
      "the offset at the UTC day's beginning": (instant, zone) => offsetAt(Math.floor(instant / (24 * hour)) * 24 * hour, zone),
      "whole hours only": (instant, zone) => Math.round(offsetAt(instant, zone) / hour) * hour,
    },
    2000,
  );

  test("agrees with Temporal in every zone of this machine", () => {
    for (const zone of Intl.supportedValuesOf("timeZone"))
      for (const instant of [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)])
        expect(`${zone} ${offsetAt(instant, zone)}`).toBe(`${zone} ${wall(instant, zone).offsetNanoseconds / 1e6}`);
  });

  test("knows seconds of an old local mean time, and the far past and future", () => {
    expect(offsetAt(parseInstant("1850-01-01T00:00:00Z"), "Europe/Zurich")).toBe((34 * 60 + 8) * 1000);
    for (const year of [1000, 1500, 5000, 9000])
      for (const zone of ["UTC", "Europe/Zurich", "America/New_York", "Asia/Kathmandu"]) {
        const instant = Date.UTC(year, 6, 1);
        expect(offsetAt(instant, zone)).toBe(wall(instant, zone).offsetNanoseconds / 1e6);
      }
  });

  test("P24: 400 years later, by the rules in force, nothing changes", () =>
    fc.assert(
      fc.property(
        fc.constantFrom("UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata"),
        fc.integer({ min: Date.UTC(2027), max: Date.UTC(2037) }),
        (zone, instant) => {
          const later = dayNumber("2400-01-01") - dayNumber("2000-01-01");
          expect(offsetAt(instant + later * 24 * hour, zone)).toBe(offsetAt(instant, zone));
        },
      ),
    ));

  test("stretches of one offset cover a span without gap", () =>
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 1000 }), ({ zone, instant }, hours) => {
        const until = instant + hours * hour;
        const pieces = zonePieces(instant, until, zone);
        expect(pieces[0]?.from).toBe(instant);
        expect(pieces.at(-1)?.until).toBe(until);
        for (const [i, piece] of pieces.entries()) {
          expect(piece.until > piece.from && (i === 0 || pieces[i - 1]?.until === piece.from)).toBe(true);
          expect(offsetAt(piece.until - 1, zone)).toBe(piece.offset);
        }
      }),
    ));
});

describe("the local date", () => {
  test("is Temporal's", () =>
    fc.assert(
      fc.property(moments, ({ zone, instant }) => {
        expect(localDate(instant, zone)).toBe(wall(instant, zone).toPlainDate().toString());
      }),
      { numRuns: 1000 },
    ));

  test("sourcegraph#60409: the zone decides, not the machine", () => {
    const instant = parseInstant("2026-03-02T10:30:00Z");
    expect(["Pacific/Apia", "Europe/Zurich", "America/New_York", "Pacific/Pago_Pago"].map((zone) => localDate(instant, zone))).toEqual([
      "2026-03-02",
      "2026-03-02",
      "2026-03-02",
      "2026-03-01",
    ]);
    expect(localDate(parseInstant("2026-03-02T11:00:00Z"), "Pacific/Apia")).toBe("2026-03-03");
  });
});

describe("which instant a wall clock shows", () => {
  const expected = (date: CalendarDate, minutes: number, zone: string): number => {
    const at = Temporal.PlainDateTime.from(date).add({ minutes });
    const earlier = at.toZonedDateTime(zone, { disambiguation: "earlier" });
    if (earlier.toPlainDateTime().equals(at)) return earlier.epochMilliseconds;
    // Skipped: the instant right after the gap.
    return earlier.getTimeZoneTransition("next")?.epochMilliseconds as number;
  };
  const wallClocks = fc
    .tuple(moments, fc.integer({ min: 0, max: 1440 }))
    .map(([{ zone, instant }, minutes]) => ({ zone, minutes, date: localDate(instant, zone) }));
  const inverts = (candidate: typeof instantOf) =>
    fc.property(wallClocks, ({ zone, minutes, date }) => {
      expect(candidate(date, minutes, zone)).toBe(expected(date, minutes, zone));
    });

  invariant(
    "the first instant that shows it, or the first after the gap",
    inverts,
    instantOf,
    {
      "the later of two": (date, minutes, zone) => {
        const first = instantOf(date, minutes, zone);
        const again = [first + hour / 2, first + hour].find((at) => at + offsetAt(at, zone) === first + offsetAt(first, zone));
        return again ?? first;
      },
      "minutes counted from midnight": (date, minutes, zone) => firstInstantOf(date, zone) + minutes * 60_000,
      "a gap shifted by its length": (date, minutes, zone) =>
        Temporal.PlainDateTime.from(date).add({ minutes }).toZonedDateTime(zone).epochMilliseconds,
    },
    1500,
  );

  test.each([
    ["2026-03-29", "02:30", "Europe/Zurich", "2026-03-29T01:00:00Z"],
    ["2026-10-25", "02:30", "Europe/Zurich", "2026-10-25T00:30:00Z"],
    ["2026-03-02", "16:30", "Europe/Zurich", "2026-03-02T15:30:00Z"],
    ["2026-03-02", "24:00", "Europe/Zurich", "2026-03-02T23:00:00Z"],
    ["2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
    ["2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00Z"],
    ["2011-12-30", "10:00", "Pacific/Apia", "2011-12-30T10:00:00Z"],
    ["2011-12-31", "00:00", "Pacific/Apia", "2011-12-30T10:00:00Z"],
    ["2011-12-29", "23:59", "Pacific/Apia", "2011-12-30T09:59:00Z"],
    ["2026-03-02", "12:00", "Asia/Kolkata", "2026-03-02T06:30:00Z"],
  ])("%s %s %s is %s", (date, time, zone, instant) => {
    const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    expect(formatInstant(instantOf(date, minutes, zone))).toBe(instant);
  });
});

describe("the first and the last instant of a day", () => {
  test("the first is Temporal's start of the day", () =>
    fc.assert(
      fc.property(moments, ({ zone, instant }) => {
        const date = localDate(instant, zone);
        expect(firstInstantOf(date, zone)).toBe(wall(instant, zone).startOfDay().epochMilliseconds);
      }),
      { numRuns: 1000 },
    ));

  const isLast = (last: typeof lastInstantOf) =>
    fc.property(moments, ({ zone, instant }) => {
      const date = localDate(instant, zone);
      const end = last(date, zone);
      expect(localDate(end, zone) <= date).toBe(true);
      for (const later of [1, 60_000, hour / 2, hour - 1, hour, 3 * hour]) expect(localDate(end + later, zone) > date).toBe(true);
    });

  invariant(
    "after the last, no instant has that date or an earlier one",
    isLast,
    lastInstantOf,
    {
      "a day of 24 hours": (date, zone) => firstInstantOf(date, zone) + 24 * hour - 1,
      "the next day's first instant less one": (date, zone) => firstInstantOf(addDays(date, 1), zone) - 1,
    },
    1000,
  );

  test("Pacific/Apia skipped 2011-12-30: the day has no instants", () => {
    expect(formatInstant(firstInstantOf("2011-12-30", "Pacific/Apia"))).toBe("2011-12-30T10:00:00Z");
    expect(formatInstant(lastInstantOf("2011-12-30", "Pacific/Apia"))).toBe("2011-12-30T09:59:59.999Z");
    expect(localDate(lastInstantOf("2011-12-30", "Pacific/Apia"), "Pacific/Apia")).toBe("2011-12-29");
  });

  test("days of 23, 24, 25 and 23.5 hours", () => {
    const hours = (date: CalendarDate, zone: string) => (lastInstantOf(date, zone) + 1 - firstInstantOf(date, zone)) / hour;
    expect([
      hours("2026-03-29", "Europe/Zurich"),
      hours("2026-03-30", "Europe/Zurich"),
      hours("2026-10-25", "Europe/Zurich"),
      hours("2026-10-04", "Australia/Lord_Howe"),
    ]).toEqual([23, 24, 25, 23.5]);
  });

  test("every instant of a date lies between its first and its last", () =>
    fc.assert(
      fc.property(dates("2009-01-01", "2030-12-31"), zones, fc.double({ min: 0, max: 1, noNaN: true }), (date, zone, part) => {
        const first = firstInstantOf(date, zone);
        const last = lastInstantOf(date, zone);
        if (first > last) return;
        const date2 = localDate(Math.floor(first + (last - first) * part), zone);
        expect(Math.abs(dayNumber(date2) - dayNumber(date))).toBeLessThanOrEqual(1);
        expect(localDate(first, zone)).toBe(date);
        expect(localDate(last, zone)).toBe(date);
      }),
    ));
});

describe("names of zones", () => {
  test.each([
    "UTC",
    "Europe/Zurich",
    "Etc/GMT+5",
    "America/Argentina/Buenos_Aires",
    "America/Port-au-Prince",
    "US/Eastern",
    "EST5EDT",
    "Asia/Calcutta",
  ])("%s", (zone) => expect(isZone(zone)).toBe(true));
  test.each(["", "utc", "europe/zurich", "+01:00", "Mars/Olympus", "__proto__", "constructor", "Europe/Zurich ", "Europe/Zurich\0", "Europe"])(
    "not %j",
    (zone) => {
      expect(isZone(zone)).toBe(false);
      expect(() => localDate(0, zone)).toThrow(RangeError);
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e18, -1e18, Date.UTC(10_000), Date.UTC(-1)])("instant %s is refused", (instant) => {
    expect(() => localDate(instant, "Europe/Zurich")).toThrow(RangeError);
    expect(() => localDate(instant, "UTC")).toThrow(RangeError);
  });
});

test("loading the modules and compiling a calendar asks Intl nothing; the first question does", async () => {
  vi.resetModules();
  const original = Intl.DateTimeFormat;
  let asked = 0;
  class Counted extends original {
    constructor(...args: ConstructorParameters<typeof original>) {
      super(...args);
      asked++;
    }
  }
  Intl.DateTimeFormat = Counted as unknown as typeof original;
  try {
    const { compileCalendar, isOpenAt } = await import("../../../domain/time/business-calendar.ts");
    const { swissCentre } = await import("../../../domain/time/holidays/swiss-centre.ts");
    const calendar = compileCalendar({ zone: "Europe/Zurich", weekly: { mon: [["08:00", "17:00"]] }, holidays: swissCentre });
    expect(asked).toBe(0);
    expect(isOpenAt(calendar, parseInstant("2026-03-02T10:00:00Z"))).toBe(true);
    expect(asked).toBe(1);
  } finally {
    Intl.DateTimeFormat = original;
  }
});

test("P24: the same instants on a machine in any zone", () => {
  // The digest is no truth of its own (the tests above compare with Temporal): it must only be the same under every TZ.
  let digest = 0;
  for (let day = dayNumber("2009-01-01"); day < dayNumber("2026-01-01"); day += 5)
    for (const zone of ["Europe/Zurich", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"])
      digest = (digest * 31 + instantOf(dateOfDay(day), (day * 37) % 1440, zone) / 60_000) % 1_000_000_007;
  expect(digest).toBe(671_901_530);
});
