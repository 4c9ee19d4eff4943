import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  addBusinessDays,
  addOpenTime,
  type Calendar,
  type CalendarSpec,
  calendarProblems,
  closingAfter,
  compileCalendar,
  dueAfter,
  isBusinessDay,
  isOpenAt,
  nextOpening,
  openTimeBetween,
  previousBusinessDay,
} from "../../../domain/time/business-calendar.ts";
import { addDays, type CalendarDate, daysBetween, isoWeekday } from "../../../domain/time/calendar-date.ts";
import { weekdays } from "../../../domain/time/calendar-spec.ts";
import { swissCentre } from "../../../domain/time/holidays/swiss-centre.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";
import { instantOf, offsetAt } from "../../../domain/time/zone.ts";
import { invariant } from "../property.ts";
import { dates, oddZones } from "./arbitraries.ts";

type Spec = CalendarSpec & { zone: string };
type Hours = readonly (readonly [string, string])[];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const everyDay = (hours: Hours) => Object.fromEntries(weekdays.map((weekday) => [weekday, hours]));
const workdays = (hours: Hours) => Object.fromEntries(weekdays.slice(0, 5).map((weekday) => [weekday, hours]));

const swiss: Spec = { zone: "Europe/Zurich", weekly: workdays([["08:00", "17:00"]]), holidays: swissCentre };
const zurich = compileCalendar(swiss);
const always: Spec = { zone: "Europe/Zurich", weekly: everyDay([["00:00", "24:00"]]), holidays: null };

/** "2026-03-02 16:30" on the wall clock of the zone. */
const at = (text: string, zone = "Europe/Zurich") => instantOf(text.slice(0, 10), Number(text.slice(11, 13)) * 60 + Number(text.slice(14)), zone);
const wallClock = (instant: number, zone = "Europe/Zurich") => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: "minute" }).replace("T", " ");
};
const due = (calendar: Calendar, from: number, ms: number) => {
  const dueAt = dueAfter(calendar, from, ms);
  if (dueAt === null) throw new Error("unknown");
  return dueAt;
};

describe("worked examples: Mon–Fri 08:00–17:00 in Zurich, less holidays", () => {
  test.each([
    ["severity 2, Friday evening, clocks go back on Sunday", "2025-10-24 16:30", 1, "2025-10-27 08:30"],
    ["reported at closing", "2026-03-02 17:00", 1, "2026-03-03 09:00"],
    ["the last hour ends at closing, not at the next opening", "2026-03-02 16:00", 1, "2026-03-02 17:00"],
    ["severity 3 over Easter", "2026-04-02 16:00", 4, "2026-04-07 11:00"],
    ["48 business hours", "2026-03-02 08:00", 48, "2026-03-09 11:00"],
    ["before opening", "2026-03-02 05:00", 1, "2026-03-02 09:00"],
    ["on a Sunday", "2026-03-01 12:00", 1, "2026-03-02 09:00"],
    ["a whole day exactly", "2026-03-02 08:00", 9, "2026-03-02 17:00"],
    ["no time at all", "2026-03-01 12:00", 0, "2026-03-01 12:00"],
    ["over the turn of the year", "2026-12-24 16:00", 2, "2026-12-28 09:00"],
    ["clocks go forward", "2026-03-27 16:30", 1, "2026-03-30 08:30"],
  ])("%s", (_case, from, hours, expected) => expect(wallClock(due(zurich, at(from), hours * hour))).toBe(expected));

  test("the first second after closing counts from the next opening; one before it, from now", () => {
    expect(due(zurich, at("2026-03-02 17:00") - 1000, hour)).toBe(at("2026-03-03 09:00") - 1000);
    expect(due(zurich, at("2026-03-02 17:00") + 1000, hour)).toBe(at("2026-03-03 09:00"));
    expect(due(zurich, at("2026-03-02 16:00") + 1, hour)).toBe(at("2026-03-03 08:00") + 1);
  });

  test("the steps say what was skipped and why", () => {
    const reckoned = addOpenTime(zurich, at("2026-04-02 16:00"), 4 * hour);
    if (!("dueAt" in reckoned)) throw new Error("unknown");
    expect(reckoned.steps.map(({ from, to, counted, note }) => [wallClock(from), wallClock(to), counted / hour, note])).toEqual([
      ["2026-04-02 16:00", "2026-04-02 17:00", 1, "open"],
      ["2026-04-02 17:00", "2026-04-03 00:00", 0, "after closing"],
      ["2026-04-03 00:00", "2026-04-04 00:00", 0, "closed: Good Friday"],
      ["2026-04-04 00:00", "2026-04-06 00:00", 0, "closed: weekend"],
      ["2026-04-06 00:00", "2026-04-07 00:00", 0, "closed: Easter Monday"],
      ["2026-04-07 00:00", "2026-04-07 08:00", 0, "before opening"],
      ["2026-04-07 08:00", "2026-04-07 11:00", 3, "open"],
    ]);
  });

  test("a day with a break, a weekday off, a holiday without a name", () => {
    const hours: Hours = [
      ["08:00", "12:00"],
      ["13:00", "17:00"],
    ];
    const calendar = compileCalendar({
      zone: "UTC",
      weekly: { mon: hours, tue: hours, thu: hours },
      holidays: { firstYear: 2026, lastYear: 2026, dates: ["2026-03-05"] },
    });
    const reckoned = addOpenTime(calendar, parseInstant("2026-03-02T11:00:00Z"), 14 * hour);
    if (!("dueAt" in reckoned)) throw new Error("unknown");
    expect(reckoned.steps.map(({ counted, note }) => `${note} ${counted / hour}`)).toEqual([
      "open 1",
      "between hours 0",
      "open 4",
      "closed overnight 0",
      "open 4",
      "between hours 0",
      "open 4",
      "after closing 0",
      "closed: Wednesdays 0",
      "closed: holiday 2026-03-05 0",
      "closed: Fridays 0",
      "closed: weekend 0",
      "before opening 0",
      "open 1",
    ]);
    expect(formatInstant(reckoned.dueAt)).toBe("2026-03-09T09:00:00Z");
  });

  test("ten business days after the last message, and the first one after them", () => {
    expect(addBusinessDays(zurich, "2026-03-02", 10)).toBe("2026-03-16");
    expect(addBusinessDays(zurich, "2026-03-02", 11)).toBe("2026-03-17");
    expect(addBusinessDays(zurich, "2026-04-02", 1)).toBe("2026-04-07");
    expect(addBusinessDays(zurich, "2026-04-04", 0)).toBe("2026-04-04");
  });

  test("the safe day before Sunday 2026-11-01 is Friday 2026-10-30", () => {
    expect(previousBusinessDay(null, "2026-11-01")).toBe("2026-10-30");
    expect(previousBusinessDay(zurich, "2026-11-01")).toBe("2026-10-30");
    expect(previousBusinessDay(zurich, "2026-04-06")).toBe("2026-04-02");
    expect(previousBusinessDay(null, "2026-04-06")).toBe("2026-04-06");
    expect(previousBusinessDay(zurich, "2026-11-02")).toBe("2026-11-02");
  });

  test("essensys, Friday: Eastern until 20:00, Central until 19:00, Pacific until 17:00, which is one instant", () => {
    const region = (zone: string, friday: string) =>
      compileCalendar({ zone, weekly: { ...workdays([["00:00", "23:59"]]), fri: [["00:00", friday]] }, holidays: null });
    const closings = [
      closingAfter(region("America/New_York", "20:00"), at("2026-03-06 12:00", "America/New_York")),
      closingAfter(region("America/Chicago", "19:00"), at("2026-03-06 12:00", "America/Chicago")),
      closingAfter(region("America/Los_Angeles", "17:00"), at("2026-03-06 12:00", "America/Los_Angeles")),
    ].map((closing) => formatInstant(closing ?? 0));
    expect(closings).toEqual(["2026-03-07T01:00:00Z", "2026-03-07T01:00:00Z", "2026-03-07T01:00:00Z"]);
  });
});

// ——— Random calendars, and a minute-by-minute walk as oracle ———

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const windows = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 120, 150, 180, 1439, 1440)), { maxLength: 6 })
  .map((times) => times.sort((a, b) => a - b))
  .map(
    (times): Hours =>
      Array.from({ length: times.length >> 1 }, (_, i) => [clock(times[2 * i] as number), clock(times[2 * i + 1] as number)] as const),
  )
  .filter((hours) => hours.every(([opening]) => opening !== "24:00"));
const wholeDays = fc.constantFrom<Hours>([["00:00", "24:00"]], [["00:00", "23:59"]]);
const hours = fc.oneof({ weight: 3, arbitrary: windows }, { weight: 1, arbitrary: wholeDays }, { weight: 1, arbitrary: fc.constant<Hours>([]) });
const specs: fc.Arbitrary<Spec> = fc
  .record({
    zone: fc.constantFrom(...oddZones),
    weekly: fc.record({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }),
    holidays: fc.option(
      fc.array(dates("2008-01-01", "2028-12-31"), { maxLength: 400 }).map((listed) => ({ firstYear: 2008, lastYear: 2028, dates: listed })),
      { nil: null },
    ),
  })
  .filter((spec) => Object.values(spec.weekly).some((ofDay) => ofDay.length > 0));

/** Moments in 2009–2027, most of them within three days of a clock change of the calendar's zone, some near a holiday. */
const cases = specs.chain((spec) =>
  fc
    .record({
      from: fc
        .tuple(fc.integer({ min: Date.UTC(2009) / minute, max: Date.UTC(2027) / minute }), fc.boolean(), fc.integer({ min: -4320, max: 1440 }))
        .map(([at, near, shift]) => {
          const change = near
            ? Temporal.Instant.fromEpochMilliseconds(at * minute)
                .toZonedDateTimeISO(spec.zone)
                .getTimeZoneTransition("next")
            : null;
          return change !== null && change.epochMilliseconds < Date.UTC(2027) ? change.epochMilliseconds + shift * minute : at * minute;
        }),
      minutes: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 6000 })),
      daysToHoliday: fc.integer({ min: -1, max: 5 }),
    })
    .map(({ from, minutes, daysToHoliday }) => {
      const holiday = formatInstant(from + daysToHoliday * day).slice(0, 10);
      const holidays = spec.holidays && { ...spec.holidays, dates: [...spec.holidays.dates, holiday] };
      return { spec: { ...spec, holidays }, from, minutes };
    }),
);

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether each minute from `from` on is open, asked of Temporal's zones and the written hours, one minute at a time. */
function* minutesFrom(spec: Spec, from: number): Generator<boolean> {
  const holidays = new Set(spec.holidays?.dates.map((date) => Date.parse(date)));
  const week = weekdays.map((weekday) =>
    (spec.weekly[weekday] ?? []).map(([opening, closing]) => [minutesOf(opening), closing === "23:59" ? 1440 : minutesOf(closing)] as const),
  );
  let offset = 0;
  let change = from;
  for (let instant = from; ; instant += minute) {
    if (instant >= change) {
      const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(spec.zone);
      offset = here.offsetNanoseconds / 1e6;
      change = here.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    }
    const wall = instant + offset;
    const date = Math.floor(wall / day) * day;
    const time = (wall - date) / minute;
    const ofDay = week[(new Date(date).getUTCDay() + 6) % 7] ?? [];
    yield !holidays.has(date) && ofDay.some(([opening, closing]) => opening <= time && time < closing);
  }
}

/** The deadline by walking; null after 20 days. */
function walked(spec: Spec, from: number, minutes: number): number | null {
  let left = minutes;
  let instant = from;
  if (left === 0) return from;
  for (const open of minutesFrom(spec, from)) {
    if (instant - from > 20 * day) return null;
    instant += minute;
    if (open && --left === 0) return instant;
  }
  return null;
}

describe("P26: open time, minute by minute", () => {
  type Reckon = (spec: Spec, from: number, ms: number) => number | null;
  const right: Reckon = (spec, from, ms) => dueAfter(compileCalendar(spec), from, ms);
  const asWalked = (reckon: Reckon) =>
    fc.property(cases, ({ spec, from, minutes }) => {
      const expected = walked(spec, from, minutes);
      if (expected !== null) expect(reckon(spec, from, minutes * minute)).toBe(expected);
    });
  const changed =
    (change: (spec: Spec) => Partial<Spec>): Reckon =>
    (spec, from, ms) =>
      right({ ...spec, ...change(spec) }, from, ms);
  const eachHours = (weekly: Spec["weekly"], change: (hours: Hours) => Hours) =>
    Object.fromEntries(weekdays.map((weekday) => [weekday, change(weekly[weekday] ?? [])]));

  invariant(
    "a deadline is where a walk ends",
    asWalked,
    right,
    {
      "a minute lost at midnight (zammad#3180)": changed(({ weekly }) => ({
        weekly: eachHours(weekly, (ofDay) =>
          ofDay.map(([opening, closing]) => (closing >= "23:59" && opening < "23:58" ? [opening, "23:58"] : [opening, closing])),
        ),
      })),
      "holidays that nobody knew (zammad#390)": changed(() => ({ holidays: null })),
      "today's offset for old times (osTicket#6739)": (spec, from, ms) => {
        const shift = offsetAt(Date.UTC(2026, 10, 22), spec.zone);
        const inUtc = right({ ...spec, zone: "UTC" }, from + shift, ms);
        return inUtc === null ? null : inUtc - shift;
      },
      "the reporter's offset for the whole way (dayjs#2112)": (spec, from, ms) => {
        const shift = offsetAt(from, spec.zone);
        const inUtc = right({ ...spec, zone: "UTC" }, from + shift, ms);
        return inUtc === null ? null : inUtc - shift;
      },
      "weekdays that begin on Sunday (dbt_zendesk#25)": changed(({ weekly }) => ({
        weekly: Object.fromEntries(weekdays.map((weekday, i) => [weekday, weekly[weekdays[(i + 1) % 7] as "mon"] ?? []])),
      })),
      "the next opening instead of the closing": (spec, from, ms) => {
        const dueAt = right(spec, from, ms);
        return dueAt === null || ms === 0 ? dueAt : nextOpening(compileCalendar(spec), dueAt);
      },
      "the closing minute still open": (spec, from, ms) => {
        const calendar = compileCalendar(spec);
        return dueAfter(calendar, closingAfter(calendar, from - minute) === from ? from - minute : from, ms);
      },
    },
    400,
  );

  test("every minute of three days is open exactly when the written hours say so", () =>
    fc.assert(
      fc.property(cases, ({ spec, from }) => {
        const calendar = compileCalendar(spec);
        let instant = from;
        for (const open of minutesFrom(spec, from)) {
          if (isOpenAt(calendar, instant) !== open) expect.fail(`${formatInstant(instant)} in ${spec.zone}`);
          instant += minute;
          if (instant > from + 3 * day) break;
        }
      }),
      { numRuns: 60 },
    ));

  type Between = (calendar: Calendar, from: number, to: number) => number | null;
  const measuresWhatWasAdded = (between: Between) =>
    fc.property(cases, fc.integer({ min: -1e9, max: 1e9 }), fc.nat(40 * hour), ({ spec, from }, shift, ms) => {
      const calendar = compileCalendar(spec);
      const start = from + (shift % minute);
      const dueAt = due(calendar, start, ms);
      expect(between(calendar, start, dueAt)).toBe(ms);
      // It is the first such instant: a millisecond earlier is not enough.
      if (ms > 0) expect(between(calendar, start, dueAt - 1)).toBe(ms - 1);
      // Measured in two parts, through any instant, nothing is lost or counted twice.
      const middle = start + Math.abs(shift);
      expect((between(calendar, start, middle) as number) + (between(calendar, middle, dueAt) as number)).toBe(ms);
    });

  invariant("add n, measure n", measuresWhatWasAdded, openTimeBetween, {
    "elapsed time": (_calendar, from, to) => to - from,
    "whole minutes": (calendar, from, to) => Math.floor((openTimeBetween(calendar, from, to) ?? 0) / minute) * minute,
    "never negative": (calendar, from, to) => Math.max(0, openTimeBetween(calendar, from, to) ?? 0),
  });

  test("around the clock, open time is elapsed time", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...oddZones),
        fc.constantFrom("24:00", "23:59"),
        fc.integer({ min: Date.UTC(2009), max: Date.UTC(2027) }),
        fc.nat(500 * day),
        (zone, midnight, from, ms) => {
          const calendar = compileCalendar({ zone, weekly: everyDay([["00:00", midnight]]), holidays: null });
          expect(dueAfter(calendar, from, ms)).toBe(from + ms);
          expect(openTimeBetween(calendar, from, from + ms)).toBe(ms);
          expect(closingAfter(calendar, from)).toBe(null);
          expect(nextOpening(calendar, from)).toBe(from);
        },
      ),
    ));

  test("osTicket#6739: any set of weekdays reckons like its walk", () => {
    for (let set = 1; set < 128; set++) {
      const open = weekdays.filter((_, i) => set & (1 << i));
      const spec: Spec = {
        zone: "Europe/Zurich",
        weekly: Object.fromEntries(open.map((weekday) => [weekday, [["09:00", "10:00"]] as const])),
        holidays: null,
      };
      const from = at("2026-10-20 09:30");
      expect(dueAfter(compileCalendar(spec), from, 45 * minute)).toBe(walked(spec, from, 45));
    }
  });

  test("more time is never due earlier, and a later report is never due earlier", () =>
    fc.assert(
      fc.property(cases, fc.nat(30 * hour), fc.nat(30 * hour), ({ spec, from }, ms, more) => {
        const calendar = compileCalendar(spec);
        expect(due(calendar, from, ms + more)).toBeGreaterThanOrEqual(due(calendar, from, ms));
        expect(due(calendar, from + more, ms)).toBeGreaterThanOrEqual(due(calendar, from, ms));
      }),
    ));

  test("P24: 400 years later nothing changes", () =>
    fc.assert(
      fc.property(cases, ({ spec, from, minutes }) => {
        const calendar = compileCalendar({ ...spec, zone: "Europe/Zurich", holidays: null });
        const start = from + 20 * 365 * day;
        const later = 146_097 * day;
        expect(due(calendar, start + later, minutes * minute)).toBe(due(calendar, start, minutes * minute) + later);
      }),
      { numRuns: 100 },
    ));
});

describe("opening and closing", () => {
  test("agree with one another at every moment", () =>
    fc.assert(
      fc.property(cases, ({ spec, from }) => {
        const calendar = compileCalendar(spec);
        const opening = nextOpening(calendar, from) as number;
        expect(opening === from).toBe(isOpenAt(calendar, from));
        expect(isOpenAt(calendar, opening)).toBe(true);
        expect(openTimeBetween(calendar, from, opening)).toBe(0);
        const closing = closingAfter(calendar, opening);
        if (isOpenAt(calendar, from) === false) expect(closingAfter(calendar, from)).toBe(null);
        if (closing === null) return;
        expect(openTimeBetween(calendar, opening, closing)).toBe(closing - opening);
        expect(isOpenAt(calendar, closing)).toBe(false);
        expect(due(calendar, opening, closing - opening)).toBe(closing);
      }),
    ));

  test("half-open: open at 08:00:00, closed at 17:00:00", () => {
    expect([-1, 0, 1].map((ms) => isOpenAt(zurich, at("2026-03-02 08:00") + ms))).toEqual([false, true, true]);
    expect([-1, 0, 1].map((ms) => isOpenAt(zurich, at("2026-03-02 17:00") + ms))).toEqual([true, false, false]);
  });

  test("business days on end are one window: it closes on Friday at midnight", () => {
    const calendar = compileCalendar({ zone: "Europe/Zurich", weekly: workdays([["00:00", "23:59"]]), holidays: null });
    for (let hours = 0; hours < 120; hours++) expect(closingAfter(calendar, at("2026-10-19 00:00") + hours * hour)).toBe(at("2026-10-24 00:00"));
  });

  test("on a clock change the wall clock decides: 02:30 to 03:00 occurs twice or not at all", () => {
    const night: Spec = { zone: "Europe/Zurich", weekly: everyDay([["02:30", "03:00"]]), holidays: null };
    const open = (date: CalendarDate) => openTimeBetween(compileCalendar(night), at(`${date} 00:00`), at(`${addDays(date, 1)} 00:00`));
    expect([open("2026-10-25"), open("2026-03-29"), open("2026-06-01")]).toEqual([hour, 0, hour / 2]);
  });

  test("a day that the zone skipped has no hours", () => {
    const apia = compileCalendar({ zone: "Pacific/Apia", weekly: everyDay([["08:00", "17:00"]]), holidays: null });
    expect(openTimeBetween(apia, at("2011-12-29 00:00", "Pacific/Apia"), at("2012-01-01 00:00", "Pacific/Apia"))).toBe(18 * hour);
    expect(wallClock(due(apia, at("2011-12-29 16:00", "Pacific/Apia"), 2 * hour), "Pacific/Apia")).toBe("2011-12-31 09:00");
  });
});

describe("steps", () => {
  type Reckon = typeof addOpenTime;
  const explains = (reckon: Reckon) =>
    fc.property(cases, fc.oneof(fc.nat(30 * hour), fc.nat(3000 * hour)), ({ spec, from }, ms) => {
      const calendar = compileCalendar(spec);
      const reckoned = reckon(calendar, from, ms);
      if (!("dueAt" in reckoned)) {
        expect(dueAfter(calendar, from, ms)).toBe(null);
        return;
      }
      const { dueAt, steps } = reckoned;
      expect(dueAt).toBe(dueAfter(calendar, from, ms));
      expect(steps.length).toBeLessThanOrEqual(49);
      // They follow one another from the start to the end, count what was asked, and each says the truth.
      expect([steps[0]?.from ?? dueAt, steps.at(-1)?.to ?? from]).toEqual([from, dueAt]);
      for (const [i, step] of steps.entries()) {
        expect(step.to > step.from && (i === 0 || steps[i - 1]?.to === step.from)).toBe(true);
        expect(openTimeBetween(calendar, step.from, step.to)).toBe(step.counted);
        if (step.note !== "further open and closed times") expect(step.counted).toBe(step.note === "open" ? step.to - step.from : 0);
      }
      expect(steps.reduce((sum, step) => sum + step.counted, 0)).toBe(ms);
    });

  invariant("tile the way, add up, and stay few", explains, addOpenTime, {
    "only what was counted": (calendar, from, ms) => {
      const reckoned = addOpenTime(calendar, from, ms);
      return "dueAt" in reckoned ? { ...reckoned, steps: reckoned.steps.filter((step) => step.counted > 0) } : reckoned;
    },
    "the first fifty": (calendar, from, ms) => {
      const reckoned = addOpenTime(calendar, from, ms);
      return "dueAt" in reckoned ? { ...reckoned, steps: reckoned.steps.filter(({ note }) => note !== "further open and closed times") } : reckoned;
    },
  });

  test("a holiday on a weekend is a weekend; a closed day on which clocks change is one step", () => {
    const reckoned = addOpenTime(zurich, at("2026-07-31 16:00"), 2 * hour);
    expect("steps" in reckoned && reckoned.steps.map(({ note }) => note)).toEqual([
      "open",
      "after closing",
      "closed: weekend",
      "before opening",
      "open",
    ]);
    const overChange = addOpenTime(zurich, at("2026-10-23 16:00"), 2 * hour);
    expect("steps" in overChange && overChange.steps.map(({ note }) => note)).toEqual([
      "open",
      "after closing",
      "closed: weekend",
      "before opening",
      "open",
    ]);
  });
});

describe("what nobody listed is unknown", () => {
  test("a deadline past the last listed year", () => {
    expect(due(zurich, at("2040-12-31 16:00"), hour)).toBe(at("2040-12-31 17:00"));
    expect(dueAfter(zurich, at("2040-12-31 16:00"), hour + 1)).toBe(null);
    expect(addOpenTime(zurich, at("2040-12-31 16:00"), 2 * hour)).toEqual({ unknownFrom: "2041-01-01" });
    expect(addOpenTime(zurich, at("2041-03-05 10:00"), hour)).toEqual({ unknownFrom: "2041-03-05" });
    expect(addOpenTime(zurich, at("2014-12-31 10:00"), hour)).toEqual({ unknownFrom: "2014-12-31" });
    expect(due(zurich, at("2015-01-01 00:00"), hour)).toBe(at("2015-01-02 09:00"));
  });

  test("the desk may be open, unless it is out of hours anyway", () => {
    expect(isOpenAt(zurich, at("2041-03-05 10:00"))).toBe(null);
    expect(isOpenAt(zurich, at("2041-03-05 18:00"))).toBe(false);
    expect(isOpenAt(zurich, at("2041-03-03 10:00"))).toBe(false);
    expect(isBusinessDay(zurich, "2041-03-05")).toBe(null);
    expect(isBusinessDay(zurich, "2041-03-03")).toBe(false);
    expect(isBusinessDay(zurich, "2014-12-31")).toBe(null);
    expect(addBusinessDays(zurich, "2040-12-28", 1)).toBe("2040-12-31");
    expect(addBusinessDays(zurich, "2040-12-28", 2)).toBe(null);
    expect(previousBusinessDay(zurich, "2041-03-03")).toBe("2041-03-01");
  });

  test("openings, closings and measurements", () => {
    expect(nextOpening(zurich, at("2040-12-31 17:00"))).toBe(null);
    expect(nextOpening(zurich, at("2014-12-31 10:00"))).toBe(null);
    expect(closingAfter(zurich, at("2041-03-05 10:00"))).toBe(null);
    expect(openTimeBetween(zurich, at("2040-12-31 16:00"), at("2041-01-01 00:00"))).toBe(hour);
    expect(openTimeBetween(zurich, at("2040-12-31 16:00"), at("2041-01-01 00:01"))).toBe(null);
    expect(openTimeBetween(zurich, at("2041-01-01 00:01"), at("2040-12-31 16:00"))).toBe(null);
    const allDay = compileCalendar({ ...swiss, weekly: workdays([["00:00", "24:00"]]) });
    expect(closingAfter(allDay, at("2040-12-31 16:00"))).toBe(null);
  });

  test("holidays that exist but are not listed at all: every answer on which they bear", () => {
    const calendar = compileCalendar({ ...swiss, holidays: { firstYear: 2026, lastYear: 2025, dates: [] } });
    expect(isOpenAt(calendar, at("2026-03-02 10:00"))).toBe(null);
    expect(isOpenAt(calendar, at("2026-03-01 10:00"))).toBe(false);
    expect(addOpenTime(calendar, at("2026-03-02 10:00"), hour)).toEqual({ unknownFrom: "2026-03-02" });
    expect(isBusinessDay(calendar, "2026-03-02")).toBe(null);
  });
});

describe("business days", () => {
  type Add = typeof addBusinessDays;
  const counts = (add: Add) =>
    fc.property(specs, dates("2009-01-01", "2026-12-31"), fc.integer({ min: 1, max: 30 }), (spec, date, n) => {
      const calendar = compileCalendar(spec);
      const last = add(calendar, date, n);
      if (last === null) return;
      let counted = 0;
      for (let ahead = 1; ahead <= daysBetween(date, last); ahead++) if (isBusinessDay(calendar, addDays(date, ahead))) counted++;
      expect(counted).toBe(n);
      expect(isBusinessDay(calendar, last)).toBe(true);
    });

  invariant("the n-th after a date has n business days up to it, its own not counted", counts, addBusinessDays, {
    "the day itself counted": (calendar, date, n) => addBusinessDays(calendar, addDays(date, -1), n),
    "Monday to Friday": (_calendar, date, n) => {
      let on = date;
      for (let left = n; left > 0; ) {
        on = addDays(on, 1);
        if (isoWeekday(on) <= 5) left--;
      }
      return on;
    },
    "calendar days": (_calendar, date, n) => addDays(date, n),
  });

  test("the one before is a business day, not later, and none lies between", () =>
    fc.assert(
      fc.property(specs, dates("2009-01-01", "2028-12-31"), (spec, date) => {
        const calendar = compileCalendar(spec);
        const before = previousBusinessDay(calendar, date);
        expect(isBusinessDay(calendar, before)).not.toBe(false);
        expect(before <= date).toBe(true);
        for (let on = date; on > before; on = addDays(on, -1)) expect(isBusinessDay(calendar, on)).toBe(false);
      }),
    ));

  test.each([-1, 0.5, Number.NaN])("%s business days are refused", (n) => expect(() => addBusinessDays(zurich, "2026-03-02", n)).toThrow(RangeError));
});

describe("calendars that cannot be used", () => {
  const monday = (...ofDay: [string, string][]): CalendarSpec => ({ zone: null, weekly: { mon: ofDay }, holidays: null });
  test.each<[string, CalendarSpec, string]>([
    ["no hours at all", monday(), "no weekday has opening hours"],
    ["over midnight", monday(["22:00", "06:00"]), "mon `22:00`–`06:00`: closes before it opens; hours over midnight are two windows"],
    ["no minute", monday(["08:00", "08:00"]), "mon `08:00`–`08:00`: closes before it opens; hours over midnight are two windows"],
    ["an overlap", monday(["08:00", "12:00"], ["11:59", "17:00"]), "mon `11:59`–`17:00`: overlaps the window before it, or is out of order"],
    ["no time", monday(["8:00", "17:00"]), "mon `8:00`–`17:00`: expected times from `00:00` to `24:00`"],
    ["no such time", monday(["08:00", "24:01"]), "mon `08:00`–`24:01`: expected times from `00:00` to `24:00`"],
    ["no date", { ...swiss, holidays: { firstYear: 2026, lastYear: 2026, dates: ["2026-02-30"] } }, "holidays: no date: `2026-02-30`"],
    ["not listed", { ...swiss, holidays: { firstYear: 2026, lastYear: 2026, dates: ["2027-01-01"] } }, "holidays: `2027-01-01` is outside 2026–2026"],
    [
      "no years",
      { ...swiss, holidays: { firstYear: 2026, lastYear: 2020, dates: [] } },
      "holidays: `2026`–`2020` is no range of years between 1000 and 9000",
    ],
  ])("%s", (_case, spec, problem) => {
    expect(calendarProblems(spec)).toContain(problem);
    expect(() => compileCalendar({ ...spec, zone: "UTC" })).toThrow(RangeError);
  });

  test("windows may touch", () => {
    const spec = monday(["08:00", "12:00"], ["12:00", "17:00"]);
    expect(calendarProblems(spec)).toEqual([]);
    const calendar = compileCalendar({ ...spec, zone: "UTC" });
    expect(closingAfter(calendar, parseInstant("2026-03-02T09:00:00Z"))).toBe(parseInstant("2026-03-02T17:00:00Z"));
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("%s ms of open time are refused", (ms) =>
    expect(() => dueAfter(zurich, at("2026-03-02 10:00"), ms)).toThrow(RangeError),
  );

  test("an instant that is none is refused, not searched for ever", () => {
    for (const calendar of [zurich, compileCalendar(always)])
      for (const instant of [Number.NaN, Number.POSITIVE_INFINITY]) {
        for (const ask of [() => dueAfter(calendar, instant, hour), () => nextOpening(calendar, instant), () => isOpenAt(calendar, instant)]) {
          let answer: unknown;
          try {
            answer = ask();
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            continue;
          }
          expect(answer).toBe(null);
        }
      }
  });
});
