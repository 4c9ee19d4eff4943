/** Deadlines of terms that renew, whole, and at the edges of the list and of the terms: each day worked by hand from 7.2 and 7.6. */
import { describe, expect, test } from "vitest";
import type { RecordedNotice } from "../../../domain/facts.ts";
import { deadlinesOf } from "../../../domain/questions/deadlines.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import { chf, contract } from "../conditions/asked.ts";
import { type Sold, sold } from "./quotable.ts";

const kinds = ["price-notice-window", "non-renewal-window", "renewal"];
const found = (given: Sold, today: CalendarDate) => deadlinesOf(sold(given), { date: today }).filter(({ kind }) => kinds.includes(kind));
const said = (given: Sold, today: CalendarDate) => found(given, today).map(({ on, kind }) => `${on} ${kind}`);
const notice = (known: Partial<RecordedNotice>): Sold => ({
  dossier: { notices: [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", ...known }] },
});

test("each says what it is the last day of, for which term, by which clause", () => {
  const all = found({}, "2026-11-22").slice(0, 3);
  expect(all.map(({ key, kind, on, safeOn, clause, term, what }) => ({ key, kind, on, safeOn, clause, term, what }))).toEqual([
    {
      key: "price-notice-window/c-1/2026-01-01",
      kind: "price-notice-window",
      on: "2026-11-01",
      safeOn: "2026-10-30",
      clause: "7.6",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      what: "last day to announce an increase of `c-1` for the term that begins on 2027-01-01",
    },
    {
      key: "non-renewal-window/c-1/2026-01-01",
      kind: "non-renewal-window",
      on: "2026-11-16",
      safeOn: "2026-11-16",
      clause: "7.2",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      what: "last day on which a notice of non-renewal of `c-1` is in time for the term 2026-01-01 to 2026-12-31",
    },
    {
      key: "renewal/c-1/2027-01-01",
      kind: "renewal",
      on: "2027-01-01",
      safeOn: null,
      clause: "7.2",
      term: { firstDay: "2027-01-01", lastDay: "2027-12-31" },
      what: "`c-1` renews by itself for 2027-01-01 to 2027-12-31",
    },
  ]);
});

describe("a valid notice takes away those of the term that it ends and of those after it, and no earlier ones", () => {
  const first = ["2026-11-01 price-notice-window", "2026-11-16 non-renewal-window", "2027-01-01 renewal"];

  test("received in the second term", () => expect(said(notice({ receivedOn: "2027-03-01" }), "2027-06-01")).toEqual(first));
  test("on the last day in time for the second", () => expect(said(notice({ receivedOn: "2027-11-16" }), "2027-11-20")).toEqual(first.slice(2)));
  test("a day later the third term begins, and is the last that does", () => {
    expect(said(notice({ receivedOn: "2027-11-17" }), "2027-11-20").slice(0, 4)).toEqual([
      "2027-01-01 renewal",
      "2027-11-01 price-notice-window",
      "2027-11-16 non-renewal-window",
      "2028-01-01 renewal",
    ]);
  });
  test("an increase that was announced leaves them all", () => {
    const newFees = [{ licenseId: "l-1", annualFee: chf("1050.00") }];
    expect(said(notice({ kind: "price-increase", receivedOn: "2026-10-01", newFees }), "2026-11-22")).toEqual(said({}, "2026-11-22"));
  });
});

describe("the list, 36 months ahead of 2026-11-22: through 2029-11-22", () => {
  test("a short term that begins on its last day has its last days before it, and they are in the list", () => {
    // 30 days: 45 days before 21 December is 6 November, 60 days 22 October.
    const short = { known: { term: { firstDay: "2029-11-22", lastDay: "2029-12-21" } } };
    expect(said(short, "2026-11-22")).toEqual(["2029-10-22 price-notice-window", "2029-11-06 non-renewal-window"]);
  });
  test("a renewal on its last day is in it, a day later is not", () => {
    const from = (firstDay: string, lastDay: string) => said({ known: { term: { firstDay, lastDay } } }, "2026-11-22").at(-1);
    expect(from("2026-11-22", "2027-11-21")).toBe("2029-11-22 renewal");
    expect(from("2026-11-23", "2027-11-22")).toBe("2029-10-08 non-renewal-window");
  });
});

test("a line that begins only within the term takes part in its deadlines", () => {
  const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2026-12-31" }];
  expect(said({ known: { lines } }, "2026-11-22").slice(0, 3)).toEqual([
    "2026-11-01 price-notice-window",
    "2026-11-16 non-renewal-window",
    "2027-01-01 renewal",
  ]);
});

test("what was brought back has none of a term that passed before it was paid", () => {
  const term = { firstDay: "2027-03-01", lastDay: "2028-02-29" };
  const contracts = [contract("c-back", ["l-1"], { term })];
  const brought = (acceptedPaidOn: CalendarDate): Sold => ({
    dossier: { contracts, quotes: [{ quoteId: "qt_1", kind: "reinstatement", contractId: "c-1", acceptedPaidOn, reinstatedAs: ["c-back"] }] },
  });
  // 60 days before 29 February 2028 is 31 December, 45 days 15 January.
  const first = ["2027-12-31 price-notice-window", "2028-01-15 non-renewal-window", "2028-03-01 renewal"];
  expect(said(brought("2028-02-29"), "2027-12-15").slice(0, 3)).toEqual(first);
  // 60 days before 28 February 2029 is 30 December.
  expect(said(brought("2028-03-01"), "2027-12-15").slice(0, 1)).toEqual(["2028-12-30 price-notice-window"]);
});
