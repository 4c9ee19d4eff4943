/** The calendar, read by a parser that is not ours: what it is told is what was recorded, and no text breaks out of its line. */
import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../../../functions/http/ics.ts";
import type { ListedDeadline } from "../../../functions/store/store.ts";

const deadline: ListedDeadline = {
  id: "0123456789abcdef0123456789abcdef",
  key: "non-renewal-window/c-1/2026-01-01",
  kind: "non-renewal-window",
  on: "2026-11-16",
  at: null,
  timeZone: "Europe/Zurich",
  safeOn: "2026-11-16",
  accountId: "acme",
  accountName: "Acme AG",
  contractId: "c-1",
  policyId: "ebiexperts-support",
  clause: "7.2",
  what: "last day on which a notice of non-renewal of `c-1` is in time for the term 2026-01-01 to 2026-12-31",
  term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
  sequence: 7,
  updatedAt: Date.parse("2026-03-02T09:30:00.250Z"),
  canceledAt: null,
};

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((component) => ({ component, event: new ICAL.Event(component) }));
  return { calendar, events };
}
const one = (own: Partial<ListedDeadline> = {}) => {
  const { events } = read(calendarOf([{ ...deadline, ...own }]));
  expect(events).toHaveLength(1);
  return events[0] as (typeof events)[number];
};

test("to the byte", () => {
  expect(calendarOf([deadline])).toBe(
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Good Standing//Deadlines//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      "X-WR-CALNAME:Good Standing deadlines",
      "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
      "BEGIN:VEVENT",
      "UID:0123456789abcdef0123456789abcdef@good-standing",
      "SEQUENCE:7",
      "DTSTAMP:20260302T093000Z",
      "LAST-MODIFIED:20260302T093000Z",
      "DTSTART;VALUE=DATE:20261116",
      "DTEND;VALUE=DATE:20261117",
      "SUMMARY:Acme AG: last day for notice of non-renewal",
      "DESCRIPTION:last day on which a notice of non-renewal of `c-1` is in time f",
      " or the term 2026-01-01 to 2026-12-31 (7.2)",
      "CATEGORIES:NON-RENEWAL-WINDOW",
      "STATUS:CONFIRMED",
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
  );
});

test("a day is all day, whatever the machine's zone; an hour is an instant in UTC", () => {
  const day = one().event.startDate;
  expect([day.isDate, day.toString()]).toEqual([true, "2026-11-16"]);
  expect(one({ on: "2026-12-31" }).event.endDate.toString()).toBe("2027-01-01");
  // The night in which Zurich sets its clocks back.
  const hour = one({ kind: "obligation", on: "2026-10-25", at: "2026-10-25T01:30:00.500Z", safeOn: null }).event.startDate;
  expect([hour.isDate, hour.toJSDate().toISOString()]).toEqual([false, "2026-10-25T01:30:00.000Z"]);
});

test("what is no more is canceled, modified when it was found to be", () => {
  const { component } = one({ canceledAt: Date.parse("2026-11-20T08:00:00Z"), sequence: 9 });
  expect(component.getFirstPropertyValue("status")).toBe("CANCELLED");
  expect(component.getFirstPropertyValue("sequence")).toBe(9);
  expect(String(component.getFirstPropertyValue("last-modified"))).toBe("2026-11-20T08:00:00Z");
});

test("a safe day is told where it is another", () => {
  expect(one({ on: "2026-11-01", safeOn: "2026-10-30" }).event.description).toMatch(/\(7\.2\)\nLast business day: 2026-10-30$/);
  expect(one().event.description).not.toContain("business day");
});

test("without a deadline it is still a calendar", () => {
  expect(read(calendarOf([])).events).toEqual([]);
});

describe("a name cannot say anything but itself", () => {
  test.each([
    "a, b; c: d",
    "back\\slash, \\n and \\, and \\;",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "x\nATTACH:http://evil.example",
    "x\rATTENDEE:mailto:a@evil.example",
    "x\u2028BEGIN:VALARM\u2029y\u0085z",
    'quote"; VALUE=URI:x',
    "emoji 🏳️‍🌈 and Ünïcödé, 中文字符".repeat(9),
    "x".repeat(200),
  ])("%j", (accountName) => {
    const { component, event } = one({ accountName });
    expect(event.summary).toBe(`${accountName.replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, "\n")}: last day for notice of non-renewal`);
    expect(component.getAllProperties().map(({ name }) => name)).toEqual(
      one()
        .component.getAllProperties()
        .map(({ name }) => name),
    );
    expect(component.getAllSubcomponents()).toEqual([]);
  });

  test("control characters are left out", () => {
    expect(one({ accountName: "a\u0007b\u001Bc\u007Fd\u009Fe" }).event.summary).toBe("abcde: last day for notice of non-renewal");
  });

  test("any texts: lines of at most 75 octets, ended by CR LF, no character cut, and all of it comes back", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, text, (accountName, what) => {
        const written = calendarOf([{ ...deadline, accountName, what }]);
        expect(written.endsWith("\r\n")).toBe(true);
        expect(written.isWellFormed()).toBe(true);
        for (const line of written.split("\r\n")) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const { event } = one({ accountName, what });
        expect(event.summary).toBe(`${accountName}: last day for notice of non-renewal`);
        expect(event.description).toBe(`${what} (7.2)`);
      }),
    );
  });
});
