/** The last day up to which a calendar's holidays are listed, as long as the contract needs it, at the clause that counts by it. */
import { describe, expect, test } from "vitest";
import { deadlinesOf } from "../../../domain/questions/deadlines.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import type { PolicyText } from "./asked.ts";
import { ending, type Sold, seller, sold } from "./quotable.ts";

const listed = (lastYear: number) => ({ firstYear: 2026, lastYear, dates: [] });
const office = { zone: "Europe/Zurich", weekly: { mon: [["09:00", "17:00"] as [string, string]] } };
const severities = [{ id: "high", says: "grave" }];
const calendars: PolicyText["calendars"] = { desk: { ...office, holidays: listed(2027) }, office: { ...office, holidays: listed(2026) } };
const reply = (clock: "elapsed" | { calendar: string }) => ({
  deadline: "first-response" as const,
  targetMinutes: 60,
  clock,
  commitment: "effort" as const,
});
const replies: PolicyText["clauses"] = [
  { id: "3.1", says: "at once", deadlines: [reply("elapsed")] },
  { id: "3.2", says: "at the desk", deadlines: [reply({ calendar: "desk" })] },
  { id: "3.3", says: "in the office", deadlines: [reply({ calendar: "office" })] },
];

const under = (text: PolicyText, more: Omit<Sold, "policy"> = {}) =>
  sold({ policy: { ...seller({}, replies), severities, calendars, ...text }, ...more });
const ends = (facts: KnownFacts, today = "2026-11-22") => deadlinesOf(facts, { date: today }).filter(({ kind }) => kind === "calendar-end");
const said = (facts: KnownFacts, today?: string) => ends(facts, today).map(({ on, key, clause }) => `${on} ${key} ${clause}`);

const both = ["2026-12-31 calendar-end/acme-support/office 3.3", "2027-12-31 calendar-end/acme-support/desk 3.2"];

describe("of the policy's calendars", () => {
  test("each by its own last year, one year listed is a list, at the clause that counts by it", () => {
    expect(said(under({}))).toEqual(both);
    expect(ends(under({}))[0]).toMatchObject({
      kind: "calendar-end",
      what: "last day whose holidays calendar `office` lists: deadlines beyond it are unknown until more are recorded",
      contractId: null,
      policyId: "acme-support",
    });
  });
  test("without holidays, or with none known, there is no such day", () => {
    expect(
      said(under({ calendars: { ...calendars, desk: office, office: { ...office, holidays: { firstYear: 2026, lastYear: 2025, dates: [] } } } })),
    ).toEqual([]);
  });
  test("that no clause counts by: none is named", () => {
    expect(said(under({ clauses: seller().clauses ?? [] })).map((line) => line.split(" ").at(-1))).toEqual(["null", "null"]);
  });
  test("where only a formula counts by it, at that one's clause", () => {
    const renewal = { formula: "renewal" as const, months: 12 as const, noticeDays: 45, forms: ["email" as const], calendar: "office" };
    expect(said(under({ clauses: seller({ renewal }).clauses ?? [] }))).toEqual([
      "2026-12-31 calendar-end/acme-support/office 7.2",
      "2027-12-31 calendar-end/acme-support/desk null",
    ]);
  });
  test("known under a reading: where that is held, or was agreed", () => {
    const readings = [
      ...(seller().readings ?? []),
      { id: "hours", question: "which?", options: ["a", "b"].map((id) => ({ id, says: id })), default: "a" },
    ];
    const text = (option: string) => ({
      readings,
      calendars: { ...calendars, desk: { ...office, holidays: listed(2027), when: { reading: "hours", is: option } } },
    });
    expect(said(under(text("a")))).toEqual(both);
    expect(said(under(text("b")))).toEqual(both.slice(0, 1));
    expect(said(under(text("b"), { known: { settings: { readings: { hours: "b" } } } }))).toEqual(both);
  });
  test("needed through the contract's last day, not after it", () => {
    expect(said(under({}, { known: ending }), "2026-12-31")).toEqual(both);
    expect(said(under({}, { known: ending }), "2027-01-01")).toEqual([]);
  });
});

describe("of holidays that the parties agreed on", () => {
  test("in the place of the policy's, by the contract; the other calendar stays as it is", () => {
    const known = { settings: { calendars: { office: { holidays: listed(2028) } } } };
    expect(said(under({}, { known }))).toEqual([both[1], "2028-12-31 calendar-end/c-1/office 3.3"]);
    expect(ends(under({}, { known }))[1]).toMatchObject({ contractId: "c-1" });
  });
  test("hours alone leave the policy's holidays", () => {
    expect(said(under({}, { known: { settings: { calendars: { office: { zone: "UTC" } } } } }))).toEqual(both);
  });
});
