/** Open hours: open at the opening time, closed at the closing time (reading `hours-half-open`), and nothing is told of days that may be holidays. */
import { describe, expect, test } from "vitest";
import type { Dossier, HeldContract } from "../../../domain/facts.ts";
import { type About, type Condition, contract, judge } from "./asked.ts";

const open: Condition = {
  condition: "open-hours",
  calendars: { "us-est": "east", "uk-eu": "europe", apac: "asia" },
  zones: { reading: "whose-zone" },
  otherwise: "fail",
};
const notStated: Condition = { ...open, holidaysNotStated: true };

/** Monday 2026-03-02 to Friday; in New York in winter 09:00–17:00 is 14:00Z–22:00Z, in London 09:00Z–17:00Z. */
const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]));
const reading = (id: string) => ({ id, question: "which?", options: [{ id: "named", says: "as named" }], default: "named" });
const policy: About["policy"] = {
  zone: "premises",
  regions: { "us-est": { zone: "America/New_York", always: true }, "uk-eu": { zone: "Europe/London", always: false } },
  calendars: {
    east: { zone: "America/New_York", weekly, when: { reading: "which-days", is: "named" } },
    europe: { weekly, holidays: { firstYear: 2026, lastYear: 2026, dates: ["2026-03-03"] } },
    asia: { weekly },
  },
  readings: [reading("whose-zone"), reading("which-days")],
};

const at = (region: Dossier["premises"][number]["region"], timeZone?: string): Dossier["premises"] => [
  { premisesId: "site", name: "Site", region, ...(timeZone === undefined ? {} : { timeZone }) },
];
const fact = (region: string) => ({ path: "premises/site/region", value: region });
const agreed = (calendars: NonNullable<HeldContract["settings"]>["calendars"]) => [contract("c-1", ["l-1"], { settings: { calendars } })];
const addendum = (calendar: string) => ({ path: `contracts/c-1/settings/calendars/${calendar}`, value: "addendum" });

function ask(asOf: string, premises: Dossier["premises"], condition = open, about: About = {}) {
  return judge(condition, { policy, asOf, ...about, dossier: { premises, ...about.dossier } });
}

const inEurope = { facts: [fact("uk-eu")], readings: ["whose-zone: named", "hours-half-open: closed-at-closing"] };
const inTheEast = { facts: [fact("us-est")], readings: ["which-days: named", "whose-zone: named", "hours-half-open: closed-at-closing"] };
const cure = (says: string) => ({ says, clause: "4.1", price: null });

/** Both instants with what the clock on the wall shows then. */
const closed = ([instant, local]: [string, string], [opens, openingLocal]: [string, string]) => ({
  result: "fail",
  finding: `closed at ${instant} (${local}), opens at ${opens} (${openingLocal})`,
  cure: { says: `opens at ${opens} (${openingLocal})`, clause: "4.1", price: null },
  untilAt: opens,
});

describe("New York, Monday 2026-03-02, 09:00 to 17:00", () => {
  const on = (time: string) => ask(`2026-03-02T${time}Z`, at("us-est"));
  const yes = {
    result: "pass",
    finding: "open until 2026-03-02T22:00:00Z (Mon 2026-03-02 17:00 America/New_York)",
    ...inTheEast,
    untilAt: "2026-03-02T22:00:00Z",
  };

  test("last second before opening", () => {
    expect(on("13:59:59")).toEqual({
      ...closed(
        ["2026-03-02T13:59:59Z", "Mon 2026-03-02 08:59:59 America/New_York"],
        ["2026-03-02T14:00:00Z", "Mon 2026-03-02 09:00 America/New_York"],
      ),
      ...inTheEast,
    });
  });
  test("opening time", () => expect(on("14:00:00")).toEqual(yes));
  test("last second", () => expect(on("21:59:59")).toEqual(yes));
  test("closing time: it opens the next day", () => {
    expect(on("22:00:00")).toEqual({
      ...closed(["2026-03-02T22:00:00Z", "Mon 2026-03-02 17:00 America/New_York"], ["2026-03-03T14:00:00Z", "Tue 2026-03-03 09:00 America/New_York"]),
      ...inTheEast,
    });
  });
  test("the zone of the region stands before that of the premises", () => {
    expect(ask("2026-03-02T14:00:00Z", at("us-est", "America/Chicago"))).toEqual(yes);
  });
});

describe("Europe, where the third of March is a holiday", () => {
  test("London where the premises state no zone", () => {
    expect(ask("2026-03-02T09:00:00Z", at("uk-eu"))).toEqual({
      result: "pass",
      finding: "open until 2026-03-02T17:00:00Z (Mon 2026-03-02 17:00 Europe/London)",
      ...inEurope,
      untilAt: "2026-03-02T17:00:00Z",
    });
  });
  test("else their own: Berlin opens at 08:00Z", () => {
    expect(ask("2026-03-02T07:59:59Z", at("uk-eu", "Europe/Berlin"))).toMatchObject(
      closed(["2026-03-02T07:59:59Z", "Mon 2026-03-02 08:59:59 Europe/Berlin"], ["2026-03-02T08:00:00Z", "Mon 2026-03-02 09:00 Europe/Berlin"]),
    );
  });
  test("on the holiday it is closed until the day after", () => {
    expect(ask("2026-03-03T12:00:00Z", at("uk-eu"))).toEqual({
      ...closed(["2026-03-03T12:00:00Z", "Tue 2026-03-03 12:00 Europe/London"], ["2026-03-04T09:00:00Z", "Wed 2026-03-04 09:00 Europe/London"]),
      ...inEurope,
    });
  });
  test("past the last year whose holidays are listed nothing is known", () => {
    expect(ask("2027-03-03T12:00:00Z", at("uk-eu"))).toEqual({
      result: "unknown",
      finding: "which days are holidays in 2027 is not stated, and this day may be one",
      ...inEurope,
      missing: ["holidays of europe in 2027"],
      cure: cure("record the holidays in 2027 that were agreed, as the contract's `settings.calendars` under `europe`"),
      untilAt: "2027-03-03T17:00:00Z",
    });
  });
  test("after closing on its last day, it opens in a year of which any day may be one", () => {
    const opens = "opens at 2027-01-01T09:00:00Z (Fri 2027-01-01 09:00 Europe/London), unless that day is a holiday";
    expect(ask("2026-12-31T18:00:00Z", at("uk-eu"))).toEqual({
      result: "fail",
      finding: `closed at 2026-12-31T18:00:00Z (Thu 2026-12-31 18:00 Europe/London), ${opens}`,
      ...inEurope,
      cure: { says: opens, clause: "4.1", price: null },
      untilAt: "2027-01-01T09:00:00Z",
    });
  });
});

describe("holidays are excluded and not stated", () => {
  const unknown = (calendar: string) => ({
    result: "unknown",
    finding: "which days are holidays is not stated, and this day may be one",
    missing: [`holidays of ${calendar}`],
  });
  // Thanksgiving 2026 is Thursday, 26 November; St Andrew's Day, a holiday in Scotland, Monday, 30 November.
  const thanksgiving = "2026-11-26T16:00:00Z";
  const saintAndrew = "2026-11-30T16:00:00Z";

  test("a day that may be one in the region is unknown", () => {
    expect(ask(thanksgiving, at("us-est"), notStated)).toMatchObject(unknown("east"));
    expect(ask(saintAndrew, at("uk-eu"), notStated)).toMatchObject(unknown("europe"));
  });
  test("one that is a holiday elsewhere only is not", () => {
    expect(ask(thanksgiving, at("uk-eu"), notStated)).toMatchObject({ result: "pass" });
    expect(ask(saintAndrew, at("us-est"), notStated)).toMatchObject({ result: "pass" });
  });
  test("Labour Day in India on 1 May is one in APAC, and the other days of the week are not", () => {
    expect(ask("2026-05-01T04:00:00Z", at("apac", "Asia/Kolkata"), notStated)).toMatchObject(unknown("asia"));
    expect(ask("2026-04-30T04:00:00Z", at("apac", "Asia/Kolkata"), notStated)).toMatchObject({ result: "pass" });
    expect(ask("2026-05-01T16:00:00Z", at("us-est"), notStated)).toMatchObject({ result: "pass" });
  });
  test("out of hours it is closed all the same", () => {
    expect(ask("2026-11-26T23:00:00Z", at("us-est"), notStated)).toMatchObject({ result: "fail" });
  });
  test("where the text states them, or has none, the day is open", () => expect(ask(thanksgiving, at("us-est"))).toMatchObject({ result: "pass" }));
  test("holidays that the contract states decide", () => {
    const contracts = agreed({ east: { holidays: { firstYear: 2026, lastYear: 2026, dates: [] } } });
    expect(ask(thanksgiving, at("us-est"), notStated, { dossier: { contracts } })).toEqual({
      result: "pass",
      finding: "open until 2026-11-26T22:00:00Z (Thu 2026-11-26 17:00 America/New_York)",
      facts: [fact("us-est"), addendum("east")],
      readings: inTheEast.readings,
      untilAt: "2026-11-26T22:00:00Z",
    });
  });
  test("those of another calendar do not, nor do hours", () => {
    const contracts = agreed({ europe: { holidays: { firstYear: 2026, lastYear: 2026, dates: [] } }, east: { zone: "America/New_York" } });
    expect(ask(thanksgiving, at("us-est"), notStated, { dossier: { contracts } })).toMatchObject({
      ...unknown("east"),
      facts: [fact("us-est"), addendum("east")],
    });
    expect(ask(thanksgiving, at("us-est"), notStated, { dossier: { contracts: agreed({}) } })).toMatchObject({
      ...unknown("east"),
      facts: [fact("us-est")],
    });
  });
});

describe("around the clock from Monday to Friday evening, holidays not stated", () => {
  const day = [["00:00", "24:00"]];
  const around = { mon: day, tue: day, wed: day, thu: day, fri: [["00:00", "20:00"]] } as typeof weekly;
  const on = (asOf: string, hours = around) =>
    judge(notStated, {
      policy: { ...policy, calendars: { east: { zone: "America/New_York", weekly: hours } }, readings: [reading("whose-zone")] },
      dossier: { premises: at("us-est") },
      asOf,
    });
  const openUntil = (untilAt: string, local: string, why = "") => ({
    result: "pass",
    finding: `open until ${untilAt} (${local} America/New_York)${why}`,
    untilAt,
  });
  const why = ", when a day begins that may be a holiday";

  // Thanksgiving 2026 is Thursday, 26 November, from 05:00Z on; the day after is none of the federal holidays.
  test("open until the day begins that may be one", () => {
    expect(on("2026-11-24T15:00:00Z")).toMatchObject(openUntil("2026-11-26T05:00:00Z", "Thu 2026-11-26 00:00", why));
    expect(on("2026-11-26T04:59:59Z")).toMatchObject(openUntil("2026-11-26T05:00:00Z", "Thu 2026-11-26 00:00", why));
  });
  test("unknown until the next day, which is none", () => {
    const unknown = { result: "unknown", missing: ["holidays of east"], untilAt: "2026-11-27T05:00:00Z" };
    expect(on("2026-11-26T05:00:00Z")).toMatchObject(unknown);
    expect(on("2026-11-27T04:59:59Z")).toMatchObject(unknown);
  });
  test("open until it closes", () => expect(on("2026-11-27T05:00:00Z")).toMatchObject(openUntil("2026-11-28T01:00:00Z", "Fri 2026-11-27 20:00")));
  test("Christmas 2026 is a Friday: unknown until it closes", () => {
    expect(on("2026-12-25T15:00:00Z")).toMatchObject({ result: "unknown", untilAt: "2026-12-26T01:00:00Z" });
  });
  test("Memorial Day 2026 is Monday, 25 May: it opens then unless it is a holiday, as is not known", () => {
    expect(on("2026-05-24T15:00:00Z")).toMatchObject({
      result: "fail",
      cure: { says: "opens at 2026-05-25T04:00:00Z (Mon 2026-05-25 00:00 America/New_York), unless that day is a holiday" },
      untilAt: "2026-05-25T04:00:00Z",
    });
  });
  test("where it never closes, until the next day that may be one: Martin Luther King Jr. Day, 19 January 2026", () => {
    const always = { ...around, fri: day, sat: day, sun: day } as typeof weekly;
    expect(on("2026-01-02T15:00:00Z", always)).toMatchObject(openUntil("2026-01-19T05:00:00Z", "Mon 2026-01-19 00:00", why));
  });
});

describe("holidays agreed for 2026 only: of other years it is as if none were, and the year that lacks is named", () => {
  const day = [["00:00", "24:00"]];
  const whole = { mon: day, tue: day, wed: day, thu: day, fri: day } as typeof weekly;
  const contracts = agreed({ europe: { holidays: { firstYear: 2026, lastYear: 2026, dates: ["2026-12-25", "2026-12-28"] } } });
  const on = (asOf: string) =>
    ask(asOf, at("uk-eu"), notStated, { policy: { ...policy, calendars: { europe: { weekly: whole } } }, dossier: { contracts } });

  test("open on the last day of the year until the first of the next, which may be one", () => {
    expect(on("2026-12-31T15:00:00Z")).toMatchObject({
      result: "pass",
      finding: "open until 2027-01-01T00:00:00Z (Fri 2027-01-01 00:00 Europe/London), when a day begins that may be a holiday",
      untilAt: "2027-01-01T00:00:00Z",
    });
  });
  test("that one is unknown, until the weekend closes", () => {
    expect(on("2027-01-01T12:00:00Z")).toMatchObject({
      result: "unknown",
      finding: "which days are holidays in 2027 is not stated, and this day may be one",
      missing: ["holidays of europe in 2027"],
      cure: cure("record the holidays in 2027 that were agreed, as the contract's `settings.calendars` under `europe`"),
      untilAt: "2027-01-02T00:00:00Z",
    });
  });
  test("closed at the weekend, with the next opening: Monday 4 January, kept in Scotland", () => {
    expect(on("2027-01-02T12:00:00Z")).toMatchObject({
      result: "fail",
      cure: cure("opens at 2027-01-04T00:00:00Z (Mon 2027-01-04 00:00 Europe/London), unless that day is a holiday"),
      untilAt: "2027-01-04T00:00:00Z",
    });
  });
  test("a day that is none anywhere is open, before those years and after them", () => {
    expect(on("2027-01-05T12:00:00Z")).toMatchObject({ result: "pass", untilAt: "2027-01-06T00:00:00Z" });
    expect(on("2025-11-12T12:00:00Z")).toMatchObject({ result: "pass", untilAt: "2025-11-15T00:00:00Z" });
  });
  test("in the years that are agreed they decide: Boxing Day is kept on Monday, the last of May is not", () => {
    expect(on("2026-12-28T12:00:00Z")).toMatchObject({ result: "fail", untilAt: "2026-12-29T00:00:00Z" });
    expect(on("2026-05-25T12:00:00Z")).toMatchObject({ result: "pass" });
  });
});

describe("in a country whose holidays are not known any weekday may be one", () => {
  const site = (region: Dossier["premises"][number]["region"], country: string, timeZone = "Asia/Kuala_Lumpur"): Dossier["premises"] => [
    { premisesId: "site", name: "Site", region, timeZone, country },
  ];
  test("Malaysia", () => {
    expect(ask("2026-08-31T04:00:00Z", site("apac", "MY"), notStated)).toEqual({
      result: "unknown",
      finding: "which days are holidays is not stated, and this day may be one: the holidays of MY are not known",
      facts: [fact("apac"), { path: "premises/site/country", value: "MY" }],
      readings: inEurope.readings,
      missing: ["holidays of asia"],
      cure: cure("record the holidays that were agreed, as the contract's `settings.calendars` under `asia`"),
      untilAt: "2026-08-31T09:00:00Z",
    });
  });
  test.each([
    ["apac", "SG"],
    ["uk-eu", "DE"],
    ["us-est", "US"],
  ] as const)("not in one of the region's: %s, %s", (region, country) => {
    expect(ask("2026-09-15T15:00:00Z", site(region, country, "Europe/London"), notStated)).toMatchObject({ result: "pass" });
  });
  test("out of hours and at the weekend it is closed", () => {
    expect(ask("2026-08-31T00:59:59Z", site("apac", "MY"), notStated)).toMatchObject({ result: "fail", untilAt: "2026-08-31T01:00:00Z" });
    expect(ask("2026-08-29T04:00:00Z", site("apac", "MY"), notStated)).toMatchObject({ result: "fail", untilAt: "2026-08-31T01:00:00Z" });
  });
  test("holidays that were agreed decide there too", () => {
    const contracts = agreed({ asia: { holidays: { firstYear: 2026, lastYear: 2026, dates: ["2026-08-31"] } } });
    const on = (asOf: string) => ask(asOf, site("apac", "MY"), notStated, { dossier: { contracts } });
    expect([on("2026-08-31T04:00:00Z").result, on("2026-09-01T04:00:00Z").result, on("2027-09-01T04:00:00Z").result]).toEqual([
      "fail",
      "pass",
      "unknown",
    ]);
  });
  test("where the text excludes none, the country does not matter", () => {
    expect(ask("2026-08-31T04:00:00Z", site("apac", "MY"))).toMatchObject({ result: "pass" });
  });
});

describe("a day alone decides where all of it is alike", () => {
  const day = [["00:00", "24:00"]];
  const calendars = { europe: { weekly: { mon: day, tue: day, wed: day, thu: day, fri: [["00:00", "20:00"]] } as typeof weekly } };
  const on = (asOf: string) => ask(asOf, at("uk-eu"), notStated, { policy: { ...policy, calendars } });
  test("open throughout: Thursday 2026-03-12 in London", () => {
    expect(on("2026-03-12")).toMatchObject({
      result: "pass",
      finding: "open until 2026-03-13T20:00:00Z (Fri 2026-03-13 20:00 Europe/London)",
      untilAt: "2026-03-13T20:00:00Z",
    });
  });
  test("closed throughout: Saturday", () => {
    const opens = "opens at 2026-03-16T00:00:00Z (Mon 2026-03-16 00:00 Europe/London)";
    expect(on("2026-03-14")).toMatchObject({
      result: "fail",
      finding: `closed on 2026-03-14, ${opens}`,
      cure: cure(opens),
      untilAt: "2026-03-16T00:00:00Z",
    });
  });
  test("perhaps a holiday throughout: Easter Monday, until it is over in summer time", () => {
    expect(on("2026-04-06")).toMatchObject({ result: "unknown", missing: ["holidays of europe"], untilAt: "2026-04-06T23:00:00Z" });
  });
  test("open and closed: Friday depends on the instant", () => {
    expect(on("2026-03-13")).toMatchObject({ result: "unknown", missing: ["an instant as asOf"], cure: cure("ask for an instant") });
    expect(on("2026-03-13")).not.toHaveProperty("untilAt");
  });
  test("without a zone the day begins and ends nowhere", () => {
    expect(ask("2026-03-12", at("apac"), notStated)).toMatchObject({ result: "unknown", missing: ["timeZone of premises `site`"] });
  });
});

test("hours that never close have no end", () => {
  const always = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]])) as typeof weekly;
  const calendars = { east: { zone: "America/New_York", weekly: always } };
  expect(ask("2026-03-02T14:00:00Z", at("us-est"), open, { policy: { ...policy, calendars } })).toEqual({
    result: "pass",
    finding: "open",
    facts: [fact("us-est")],
    readings: ["whose-zone: named", "hours-half-open: closed-at-closing"],
  });
});

describe("what is not known", () => {
  test("the premises", () => {
    const unknown = { result: "unknown", finding: "hours go by the region of the premises, which are not known" };
    expect(ask("2026-03-02T14:00:00Z", [])).toEqual({ ...unknown, missing: ["premisesId"], cure: cure("state `premisesId`") });
    expect(ask("2026-03-02T14:00:00Z", [], open, { request: { premisesId: "new" } })).toEqual({
      ...unknown,
      missing: ["premises `new`"],
      cure: cure("record premises `new`"),
    });
  });
  test("the hours of the region", () => {
    expect(ask("2026-03-02T14:00:00Z", at("us-ct"))).toEqual({
      result: "unknown",
      finding: "no hours are stated for region us-ct",
      facts: [fact("us-ct")],
      missing: ["hours of us-ct"],
    });
  });
  test("the instant", () => {
    expect(ask("2026-03-02", at("us-est"))).toEqual({
      result: "unknown",
      finding: "whether it is open depends on the instant, and only a day is asked for",
      facts: [fact("us-est")],
      missing: ["an instant as asOf"],
      cure: cure("ask for an instant"),
      readings: inTheEast.readings,
    });
  });
  test("the zone", () => {
    expect(ask("2026-03-02T14:00:00Z", at("apac"))).toEqual({
      result: "unknown",
      finding: "the time zone of premises `site` is not known",
      facts: [fact("apac")],
      missing: ["timeZone of premises `site`"],
      cure: cure("record `timeZone` of premises `site`"),
      readings: ["whose-zone: named"],
    });
  });
  test("no reading is relied on where none says whose zone it is", () => {
    const { zones: _, ...plain } = open;
    expect(ask("2026-03-02T14:00:00Z", at("apac"), plain)).not.toHaveProperty("readings");
  });
});
