/** What the sweep tells of calendars: 90 and 30 days before the first day whose holidays are not listed. Source: Ebiexperts 3.1.4. */
import { describe, expect, test } from "vitest";
import { listedByAllUntil, policyCalendarMoments } from "../../../domain/questions/moments-of-calendars.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";
import { bookOf } from "./asked.ts";
import { seller, sold } from "./quotable.ts";
import { again, inWords, type Looked, one, told } from "./told.ts";

const listed = (lastYear: number) => ({ firstYear: 2026, lastYear, dates: [] });
const office = (lastYear: number) => ({
  zone: "Europe/Zurich",
  weekly: { mon: [["09:00", "17:00"] as [string, string]] },
  holidays: listed(lastYear),
});

describe("of a policy's own calendars, once for all accounts", () => {
  const book = bookOf(
    { id: "a", calendars: { office: office(2026), lobby: office(2027), desk: { zone: null, holidays: listed(2026) } } },
    { id: "b", calendars: { none: { zone: "UTC" }, unknown: { zone: "UTC", holidays: { firstYear: 2026, lastYear: 2025, dates: [] } } } },
  );
  const look = (until: string, said: string[] = []) => {
    const { due, nextAt } = policyCalendarMoments(book, parseInstant(until), (mark) => said.includes(mark));
    return { due: due.map(inWords).sort(), next: nextAt === null ? null : formatInstant(nextAt) };
  };
  // 90 days before 2027-01-01 is 2026-10-03, 30 days 2026-12-02; where no zone is set a day begins once it has everywhere, at noon in UTC.
  const of2026 = [
    "2026-10-02T22:00:00Z calendar.running-out/a/office/2026/90 until 2026-12-31T23:00:00Z",
    "2026-10-03T12:00:00Z calendar.running-out/a/desk/2026/90 until 2027-01-01T12:00:00Z",
    "2026-12-01T23:00:00Z calendar.running-out/a/office/2026/30 until 2026-12-31T23:00:00Z",
    "2026-12-02T12:00:00Z calendar.running-out/a/desk/2026/30 until 2027-01-01T12:00:00Z",
  ];

  test("each is told from its instant on, and the next is looked at", () => {
    expect(look("2026-10-02T21:59:59.999Z")).toEqual({ due: [], next: "2026-10-02T22:00:00Z" });
    expect(look("2026-10-02T22:00:00Z")).toEqual({ due: of2026.slice(0, 1), next: "2026-10-03T12:00:00Z" });
    expect(look("2026-12-31T10:00:00Z")).toEqual({ due: of2026, next: "2027-10-02T22:00:00Z" });
    expect(look("2028-01-01T10:00:00Z").next).toBe(null);
  });

  test("what was said is not said again", () => {
    expect(look("2026-12-31T10:00:00Z", ["calendar.running-out/a/office/2026/90", "calendar.running-out/a/office/2026/30"]).due).toEqual([
      of2026[1],
      of2026[3],
    ]);
  });

  test("what it says", () => {
    const { due } = policyCalendarMoments(book, parseInstant("2026-10-02T22:00:00Z"), () => false);
    expect(due).toEqual([
      {
        key: "calendar.running-out/a/office/2026/90",
        marks: ["calendar.running-out/a/office/2026/90"],
        type: "calendar.running-out",
        dueAt: Date.parse("2026-10-02T22:00:00Z"),
        purposeUntil: Date.parse("2026-12-31T23:00:00Z"),
        data: { policyId: "a", calendar: "office", listedUntil: "2026-12-31", reminderDays: 90 },
      },
    ]);
  });

  test("only the latest version of a policy counts", () => {
    const versions = bookOf(
      { id: "a", version: "2", effectiveFrom: "2026-01-01", calendars: { office: office(2030) } },
      { id: "a", version: "1", calendars: { office: office(2026) } },
    );
    const later = policyCalendarMoments(versions, parseInstant("2027-06-01T10:00:00Z"), () => false);
    expect(later.due).toEqual([]);
    expect(listedByAllUntil(versions)).toBe("2030-12-31");
  });

  test("listed by all until the first of them ends; those without a list are passed over", () => {
    expect(listedByAllUntil(book)).toBe("2026-12-31");
    expect(listedByAllUntil(bookOf({ id: "a", calendars: { x: office(2031), y: office(2029), z: office(2030) } }))).toBe("2029-12-31");
    expect(listedByAllUntil(bookOf({ id: "b" }))).toBe(null);
  });
});

describe("of holidays that the parties agreed on", () => {
  const agreed = (lastYear: number) =>
    sold({ policy: seller(), known: { settings: { calendars: { office: { holidays: listed(lastYear) }, desk: { zone: "UTC" } } } } });
  const looked: Looked = { since: "2026-06-01T10:00:00Z", until: "2027-01-15T10:00:00Z" };
  const lines = (lastYear: number, more: Partial<Looked> = {}) =>
    told(agreed(lastYear), { ...looked, ...more }).filter((line) => line.includes("calendar"));

  test("by the contract, in its zone", () => {
    expect(lines(2026)).toEqual([
      "2026-10-02T22:00:00Z calendar.running-out/c-1/office/2026/90 until 2026-12-31T23:00:00Z",
      "2026-12-01T23:00:00Z calendar.running-out/c-1/office/2026/30 until 2026-12-31T23:00:00Z",
    ]);
    expect(one(agreed(2026), looked, "calendar.running-out/c-1/office/2026/30").data).toEqual({
      contractId: "c-1",
      policyId: "acme-support",
      calendar: "office",
      listedUntil: "2026-12-31",
      reminderDays: 30,
    });
    expect(again(agreed(2026), { ...looked, until: "2026-10-01T10:00:00Z" })).toBe("2026-10-01T22:00:00Z");
  });
  test("none listed, or a later end: nothing yet; one year listed is a list", () => {
    expect(lines(2025)).toEqual([]);
    expect(lines(2027)).toEqual([]);
  });
});
