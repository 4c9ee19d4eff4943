/** What is told of terms at their edges: a first term of three years, cover that ends in the next term, notices on first and last days. */
import { describe, expect, test } from "vitest";
import type { ContractLine, RecordedNotice } from "../../../domain/facts.ts";
import { chf, contract } from "../conditions/asked.ts";
import { ending, sold } from "./quotable.ts";
import { again, told } from "./told.ts";

const summer = "2026-06-01T10:00:00Z";
const renewals = (facts: Parameters<typeof told>[0], until: string, since = summer) =>
  told(facts, { since, until }).filter((line) => line.includes("contract.renewed"));
const noticed = (receivedOn: string) => {
  const notice: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn };
  return sold({ dossier: { notices: [notice] } });
};
const coveredUntil = (coveredUntil: string) => {
  const line: ContractLine = { licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil };
  return sold({ known: { lines: [line] } });
};

test("a first term of 36 months, to 2027-03-31: its own last days, and the renewal after the clocks went forward on the 28th", () => {
  // 45 days before 31 March is 14 February, 60 days 30 January.
  const three = sold({ known: { term: { firstDay: "2024-04-01", lastDay: "2027-03-31" } } });
  expect(told(three, { since: summer, until: "2027-03-31T22:00:00Z" })).toEqual([
    "2026-12-30T23:00:00Z price-notice-window.closing/c-1/2024-04-01/30 until 2027-01-30T23:00:00Z",
    "2027-01-14T23:00:00Z notice-window.closing/c-1/2024-04-01/30 until 2027-02-14T23:00:00Z",
    "2027-01-15T23:00:00Z price-notice-window.closing/c-1/2024-04-01/14 until 2027-01-30T23:00:00Z",
    "2027-01-26T23:00:00Z price-notice-window.closing/c-1/2024-04-01/3 until 2027-01-30T23:00:00Z",
    "2027-01-30T23:00:00Z notice-window.closing/c-1/2024-04-01/14 until 2027-02-14T23:00:00Z",
    "2027-02-10T23:00:00Z notice-window.closing/c-1/2024-04-01/3 until 2027-02-14T23:00:00Z",
    "2027-02-14T23:00:00Z notice-window.closed/c-1/2024-04-01",
    "2027-03-31T22:00:00Z contract.renewed/c-1/2027-04-01",
  ]);
});

describe("cover that ends by its line", () => {
  const renewed = "2026-12-31T23:00:00Z contract.renewed/c-1/2027-01-01";

  test("on the term's last day: nothing renews, and there is nothing to give notice of", () => {
    expect(
      told(coveredUntil("2026-12-31"), { since: summer, until: "2028-01-05T10:00:00Z" }).filter((line) => !line.includes("reinstatement")),
    ).toEqual(["2026-12-31T23:00:00Z contract.lapsed/c-1/2027-01-01"]);
  });
  test("on the first day of the next term: that one begins, and ends a day later", () => {
    const lines = told(coveredUntil("2027-01-01"), { since: summer, until: "2028-01-05T10:00:00Z" });
    expect(lines).toContain(renewed);
    expect(lines).toContain("2027-01-01T23:00:00Z contract.lapsed/c-1/2027-01-02");
    expect(lines.filter((line) => line.includes("c-1/2028-01-01"))).toEqual([]);
  });
  test("within the next term: none renews after it, and none of its windows is told", () => {
    const lines = told(coveredUntil("2027-06-30"), { since: summer, until: "2029-01-05T10:00:00Z" });
    expect(lines.filter((line) => line.includes("renewed"))).toEqual([renewed]);
    expect(lines.filter((line) => /notice-window.*2027-01-01/.test(line))).toEqual([]);
  });
});

describe("whether a term renews is asked on its last day", () => {
  const threeYears = "2029-01-05T10:00:00Z";
  const begins = (n: number) => `${n - 1}-12-31T23:00:00Z contract.renewed/c-1/${n}-01-01`;

  test("a notice received on that day is late: the next begins, and the one after", () => {
    expect(renewals(noticed("2026-12-31"), threeYears)).toEqual([begins(2027), begins(2028), begins(2029)]);
  });
  test("a notice received on the first day of the next one ends that one, not the one before", () => {
    expect(renewals(noticed("2027-01-01"), threeYears)).toEqual([begins(2027)]);
  });
  test("of a term whose end was brought about on its first day there is nothing to look for but the lapse", () => {
    const january = { since: "2026-01-15T10:00:00Z", until: "2026-01-15T10:00:00Z" };
    expect(again(noticed("2026-01-01"), january)).toBe("2026-12-31T23:00:00Z");
    expect(again(sold(), january)).toBe("2026-10-01T22:00:00Z");
  });
});

test("a contract recorded on the last day of its term is followed through the windows of the next", () => {
  const lines = told(sold(), { since: "2026-12-31T10:00:00Z", until: "2027-11-20T10:00:00Z" });
  expect(lines[0]).toBe("2026-12-31T23:00:00Z contract.renewed/c-1/2027-01-01");
  expect(lines.at(-1)).toBe("2027-11-16T23:00:00Z notice-window.closed/c-1/2027-01-01");
  expect(lines).toHaveLength(8);
});

test("what was brought back and paid late: its windows are told from the payment on, and the renewal that follows", () => {
  const back = contract("c-back", ["l-1"], { term: { firstDay: "2027-03-01", lastDay: "2028-02-29" } });
  const brought = (acceptedPaidOn: string) =>
    sold({
      dossier: {
        contracts: [back],
        quotes: [{ quoteId: "qt_1", kind: "reinstatement", contractId: "c-1", acceptedPaidOn, reinstatedAs: ["c-back"] }],
      },
    });
  const of = (acceptedPaidOn: string) =>
    told(brought(acceptedPaidOn), { since: "2027-02-01T10:00:00Z", until: "2028-03-05T10:00:00Z", of: ["c-back"] });
  // 45 days before 29 February 2028 is 15 January, 60 days 31 December.
  expect(of("2027-06-01")).toEqual([
    "2027-11-30T23:00:00Z price-notice-window.closing/c-back/2027-03-01/30 until 2027-12-31T23:00:00Z",
    "2027-12-15T23:00:00Z notice-window.closing/c-back/2027-03-01/30 until 2028-01-15T23:00:00Z",
    "2027-12-16T23:00:00Z price-notice-window.closing/c-back/2027-03-01/14 until 2027-12-31T23:00:00Z",
    "2027-12-27T23:00:00Z price-notice-window.closing/c-back/2027-03-01/3 until 2027-12-31T23:00:00Z",
    "2027-12-31T23:00:00Z notice-window.closing/c-back/2027-03-01/14 until 2028-01-15T23:00:00Z",
    "2028-01-11T23:00:00Z notice-window.closing/c-back/2027-03-01/3 until 2028-01-15T23:00:00Z",
    "2028-01-15T23:00:00Z notice-window.closed/c-back/2027-03-01",
    "2028-02-29T23:00:00Z contract.renewed/c-back/2028-03-01",
  ]);
  expect(of("2027-03-01")).toEqual(of("2027-06-01"));
});

test("an initial period that outlasts the contract renews nothing: no next term is told", () => {
  // Added on 2026-04-01 for twelve months, to a contract that ends with 2026 by agreement.
  const lines = ["l-1", "l-2"].map((licenseId): ContractLine => ({ licenseId, annualFee: chf("1000.00") }));
  const added = sold({ known: { ...ending, lines: [lines[0]!, { ...lines[1]!, coveredFrom: "2026-04-01" }] } });
  expect(renewals(added, "2027-02-01T10:00:00Z")).toEqual([]);
  expect(told(added, { since: summer, until: "2027-04-05T10:00:00Z" })).toContain("2027-03-31T22:00:00Z contract.lapsed/c-1/2027-04-01");
});
