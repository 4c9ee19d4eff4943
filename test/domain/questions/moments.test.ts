/** What the sweep tells of terms, windows and offers, and when it looks again: each instant worked by hand from the clause. */
import { describe, expect, test } from "vitest";
import type { RecordedNotice, RecordedOffer } from "../../../domain/facts.ts";
import { chf, contract } from "../conditions/asked.ts";
import { seller, sold, year } from "./quotable.ts";
import { again, type Looked, one, told } from "./told.ts";

const summer = "2026-06-01T10:00:00Z";
/** The beginning of 2027 in Zurich. */
const newYear = "2026-12-31T23:00:00Z";
const over2026: Looked = { since: summer, until: newYear };

const noticed = (known: Partial<RecordedNotice>) =>
  sold({ dossier: { notices: [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", ...known }] } });

/** Notice is in time until 2026-11-16 (45 days, 7.2), an increase until 2026-11-01 (60 days, 7.6). Summer time ends on 2026-10-25. */
const allOf2026 = [
  "2026-10-01T22:00:00Z price-notice-window.closing/c-1/2026-01-01/30 until 2026-11-01T23:00:00Z",
  "2026-10-16T22:00:00Z notice-window.closing/c-1/2026-01-01/30 until 2026-11-16T23:00:00Z",
  "2026-10-17T22:00:00Z price-notice-window.closing/c-1/2026-01-01/14 until 2026-11-01T23:00:00Z",
  "2026-10-28T23:00:00Z price-notice-window.closing/c-1/2026-01-01/3 until 2026-11-01T23:00:00Z",
  "2026-11-01T23:00:00Z notice-window.closing/c-1/2026-01-01/14 until 2026-11-16T23:00:00Z",
  "2026-11-12T23:00:00Z notice-window.closing/c-1/2026-01-01/3 until 2026-11-16T23:00:00Z",
  "2026-11-16T23:00:00Z notice-window.closed/c-1/2026-01-01",
  "2026-12-31T23:00:00Z contract.renewed/c-1/2027-01-01",
];

describe("a contract that renews", () => {
  test("30, 14 and 3 days ahead of each last day, the day after the last to give notice, and the new term's first day", () => {
    expect(told(sold(), over2026)).toEqual(allOf2026);
  });

  test("what each says", () => {
    const about = { contractId: "c-1", policyId: "acme-support", term: year(2026) };
    expect(one(sold(), over2026, "notice-window.closing/c-1/2026-01-01/14")).toEqual({
      key: "notice-window.closing/c-1/2026-01-01/14",
      marks: ["notice-window.closing/c-1/2026-01-01/14"],
      type: "notice-window.closing",
      dueAt: Date.parse("2026-11-01T23:00:00Z"),
      purposeUntil: Date.parse("2026-11-16T23:00:00Z"),
      data: { ...about, lastDayOn: "2026-11-16", safeOn: "2026-11-16", clause: "7.2", reminderDays: 14 },
    });
    expect(one(sold(), over2026, "notice-window.closed/c-1/2026-01-01")).toMatchObject({
      type: "notice-window.closed",
      data: { ...about, lastDayOn: "2026-11-16", clause: "7.2" },
    });
    // 5 % of CHF 1,000.00; 1 November is a Sunday.
    expect(one(sold(), over2026, "price-notice-window.closing/c-1/2026-01-01/3")).toMatchObject({
      type: "price-notice-window.closing",
      data: {
        ...about,
        lastNoticeOn: "2026-11-01",
        safeOn: "2026-10-30",
        clause: "7.6",
        currentFee: chf("1000.00"),
        maximumFee: chf("1050.00"),
        reminderDays: 3,
      },
    });
    expect(one(sold(), over2026, "contract.renewed/c-1/2027-01-01")).toMatchObject({
      type: "contract.renewed",
      data: { contractId: "c-1", policyId: "acme-support", term: year(2027), fee: chf("1000.00") },
    });
  });

  test("is renewed from the first instant of the day on, not before, and is looked at again then", () => {
    const before = { ...over2026, until: "2026-12-31T22:59:59.999Z" };
    expect(told(sold(), before)).toEqual(allOf2026.slice(0, -1));
    expect(again(sold(), before)).toBe(newYear);
    expect(again(sold(), over2026)).toBe("2027-10-01T22:00:00Z");
  });

  test("however many terms went by, each is told; what was said is not", () => {
    const late = { since: summer, until: "2028-12-31T23:00:00Z" };
    expect(told(sold(), late).filter((line) => line.includes("renewed"))).toEqual([
      "2026-12-31T23:00:00Z contract.renewed/c-1/2027-01-01",
      "2027-12-31T23:00:00Z contract.renewed/c-1/2028-01-01",
      "2028-12-31T23:00:00Z contract.renewed/c-1/2029-01-01",
    ]);
    expect(told(sold(), { ...over2026, said: ["contract.renewed/c-1/2027-01-01", "notice-window.closed/c-1/2026-01-01"] })).toEqual(
      allOf2026.slice(0, 6),
    );
  });

  test("nothing is told of one that is not followed, and there is nothing to look for", () => {
    expect(told(sold(), { ...over2026, of: [] })).toEqual([]);
    expect(again(sold(), { ...over2026, of: [] })).toBe(null);
  });

  test("its own first day is no renewal; one recorded before it has the windows of its first term", () => {
    const early = { since: "2025-03-01T10:00:00Z", until: "2026-10-01T22:00:00Z" };
    expect(told(sold(), early)).toEqual([allOf2026[0]]);
    expect(again(sold(), { ...early, until: early.since })).toBe("2026-10-01T22:00:00Z");
  });

  test("a first term of a month: the days before its end by which to act lie before it, and are told", () => {
    const short = sold({ known: { term: { firstDay: "2026-12-01", lastDay: "2026-12-31" } } });
    const lines = told(short, over2026);
    expect(lines.filter((line) => !line.includes("renewed"))).toEqual(
      allOf2026.slice(0, -1).map((line) => line.replace("c-1/2026-01-01", "c-1/2026-12-01")),
    );
    expect(lines.at(-1)).toBe(allOf2026.at(-1));
  });

  test("a renewal is told where it was recorded just before, not where it was at that instant", () => {
    const from = (since: string) => told(sold(), { since, until: newYear });
    expect(from("2026-12-31T22:59:59.999Z")).toEqual([allOf2026[7]]);
    expect(from(newYear)).toEqual([]);
  });

  test("without a cap there is no day for an increase", () => {
    expect(told(sold({ policy: seller({ "price-cap": null }) }), over2026)).toEqual(allOf2026.filter((line) => !line.includes("price")));
  });

  test("where no zone is stated or agreed, a day has begun once it has everywhere", () => {
    const nowhere = sold({ policy: { ...seller(), zone: null } });
    expect(told(nowhere, { since: summer, until: "2027-01-01T12:00:00Z" }).at(-1)).toBe("2027-01-01T12:00:00Z contract.renewed/c-1/2027-01-01");
    expect(again(nowhere, { since: summer, until: "2027-01-01T11:59:59.999Z" })).toBe("2027-01-01T12:00:00Z");
  });

  test("two contracts that renew at once are told in the order of their names", () => {
    const both = sold({ dossier: { contracts: [contract("c-2", ["l-1"]), contract("c-1", ["l-1"])] } });
    const renewed = told(both, { since: "2026-12-01T10:00:00Z", until: newYear, of: ["c-1", "c-2"] });
    expect(renewed).toEqual([`${newYear} contract.renewed/c-1/2027-01-01`, `${newYear} contract.renewed/c-2/2027-01-01`]);
  });
});

describe("a contract recorded while a window is open", () => {
  const from = (since: string) => told(sold(), { since, until: "2026-12-01T10:00:00Z" });

  test("the latest reminder that has passed is due at once, those before are not", () => {
    expect(from("2026-11-05T10:00:00Z")).toEqual([
      "2026-11-05T10:00:00Z notice-window.closing/c-1/2026-01-01/14 until 2026-11-16T23:00:00Z",
      allOf2026[5],
      allOf2026[6],
    ]);
  });
  test("recorded as the reminder falls due, once", () => expect(from("2026-11-01T23:00:00Z")).toEqual(allOf2026.slice(4, 7)));
  test("at the last instant of the window", () => {
    expect(from("2026-11-16T22:59:59.999Z")).toEqual([
      "2026-11-16T22:59:59.999Z notice-window.closing/c-1/2026-01-01/3 until 2026-11-16T23:00:00Z",
      allOf2026[6],
    ]);
  });
  test("once it has closed that is history", () => expect(from("2026-11-16T23:00:00Z")).toEqual([]));
});

describe("a notice of non-renewal", () => {
  test("in time: the reminder before it has served, none follows, and the contract lapses", () => {
    // Those of an increase had their purpose while they were open: notice came later.
    expect(told(noticed({ receivedOn: "2026-11-10" }), { ...over2026, until: "2026-11-20T10:00:00Z" })).toEqual([
      allOf2026[0],
      "2026-10-16T22:00:00Z notice-window.closing/c-1/2026-01-01/30 until 2026-10-16T22:00:00Z",
      allOf2026[2],
      allOf2026[3],
      "2026-11-01T23:00:00Z notice-window.closing/c-1/2026-01-01/14 until 2026-11-01T23:00:00Z",
    ]);
    const after = told(noticed({ receivedOn: "2026-11-10" }), over2026);
    expect(after.at(-1)).toBe(`${newYear} contract.lapsed/c-1/2027-01-01`);
  });
  test("while reminders of an increase are due: none of those either", () => {
    expect(told(noticed({ receivedOn: "2026-10-20" }), { ...over2026, until: "2026-11-20T10:00:00Z" })).toEqual(
      ["2026-10-01T22:00:00Z price-notice-window", "2026-10-16T22:00:00Z notice-window", "2026-10-17T22:00:00Z price-notice-window"].map(
        (line, n) => `${line}.closing/c-1/2026-01-01/${n < 2 ? 30 : 14} until ${line.slice(0, 20)}`,
      ),
    );
  });
  test("on the last day: the window is not told as closed", () => {
    const lines = told(noticed({ receivedOn: "2026-11-16" }), over2026);
    expect(lines.filter((line) => /closed|renewed/.test(line))).toEqual([]);
    expect(lines).toContain("2026-11-12T23:00:00Z notice-window.closing/c-1/2026-01-01/3 until 2026-11-12T23:00:00Z");
  });
  test("recorded for a day to come: until then there is something to be done", () => {
    const facts = noticed({ receivedOn: "2026-11-10" });
    expect(told(facts, { ...over2026, until: "2026-10-20T10:00:00Z" })).toEqual(allOf2026.slice(0, 3));
    // On the day itself it counts.
    expect(told(facts, { ...over2026, until: "2026-11-09T23:00:00Z" })).toContain(
      "2026-10-16T22:00:00Z notice-window.closing/c-1/2026-01-01/30 until 2026-10-16T22:00:00Z",
    );
    expect(told(facts, { ...over2026, until: "2026-11-09T22:59:59.999Z" })).toContain(allOf2026[1]);
  });
  test("a day late it changes nothing", () => expect(told(noticed({ receivedOn: "2026-11-17" }), over2026)).toEqual(allOf2026));
});

describe("an increase", () => {
  const increased = (amount: string) =>
    noticed({ kind: "price-increase", receivedOn: "2026-10-10", newFees: [{ licenseId: "l-1", annualFee: chf(amount) }] });
  const prices = (lines: string[]) => lines.filter((line) => line.includes("price"));

  test("that was announced in time and within the cap needs no reminder, and the next term costs it", () => {
    expect(prices(told(increased("1050.00"), over2026))).toEqual([
      "2026-10-01T22:00:00Z price-notice-window.closing/c-1/2026-01-01/30 until 2026-10-01T22:00:00Z",
    ]);
    expect(one(increased("1050.00"), over2026, "contract.renewed/c-1/2027-01-01").data).toMatchObject({ fee: chf("1050.00") });
  });
  test("over the cap: there is still something to be done", () => {
    expect(prices(told(increased("1050.01"), over2026))).toEqual(prices(allOf2026));
  });
});

describe("an offer", () => {
  const offer: RecordedOffer = { quoteId: "qt_1", kind: "renewal", contractId: "c-1", payBy: "2026-07-31" };
  const august: Looked = { since: summer, until: "2026-07-31T22:00:00Z" };
  const offered = (known: Partial<RecordedOffer> = {}) => sold({ dossier: { quotes: [{ ...offer, ...known }] } });

  test("expires the day after the last one to pay it", () => {
    expect(one(offered(), august, "quote.expired/qt_1")).toEqual({
      key: "quote.expired/qt_1",
      marks: ["quote.expired/qt_1"],
      type: "quote.expired",
      dueAt: Date.parse("2026-07-31T22:00:00Z"),
      purposeUntil: null,
      data: { quoteId: "qt_1", kind: "renewal", contractId: "c-1", payBy: "2026-07-31" },
    });
    const before = { ...august, until: "2026-07-31T21:59:59.999Z" };
    expect(told(offered(), before)).toEqual([]);
    expect(again(offered(), before)).toBe("2026-07-31T22:00:00Z");
  });
  test.each<[string, Partial<RecordedOffer>]>([
    ["accepted", { acceptedPaidOn: "2026-07-31" }],
    ["made void", { voidedAt: "2026-07-01T10:00:00Z" }],
    ["without a day to pay by", { payBy: undefined }],
    ["of a contract that is not followed", { contractId: "c-9" }],
  ])("%s, not", (_, known) => expect(told(offered(known), august)).toEqual([]));
  test("is not, where another one for the same was accepted while it could be paid", () => {
    const back = { quoteId: "qt_2", kind: "reinstatement" as const, contractId: "c-1", reinstatedAs: ["c-back"] };
    const contracts = [contract("c-1", ["l-1"]), contract("c-back", ["l-1"])];
    const keys = (paidOn: string, licenseIds = ["l-1"], held = contracts) =>
      told(
        sold({
          dossier: {
            contracts: held,
            quotes: [
              { ...offer, kind: "reinstatement", licenseIds },
              { ...back, acceptedPaidOn: paidOn },
            ],
          },
        }),
        august,
      ).filter((one) => one.includes("quote.expired"));
    const expired = ["2026-07-31T22:00:00Z quote.expired/qt_1"];
    expect([keys("2026-07-31"), keys("2026-08-01"), keys("2026-07-31", ["l-2"]), keys("2026-07-31", ["l-1"], contracts.slice(0, 1))]).toEqual([
      [],
      expired,
      expired,
      expired,
    ]);
  });
  test("that had expired as its contract was recorded is history", () => {
    expect(told(offered(), { ...august, since: "2026-07-31T22:00:00Z" })).toEqual([]);
    expect(told(offered(), { ...august, since: "2026-07-31T21:59:59.999Z" })).toEqual(["2026-07-31T22:00:00Z quote.expired/qt_1"]);
  });
});
