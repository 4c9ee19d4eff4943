/** What becomes of a quote: open, expired, accepted or void on a day, and why accepting it is refused. */
import { describe, expect, test } from "vitest";
import type { RecordedOffer } from "../../../domain/facts.ts";
import type { QuoteAnswer, QuoteStatus } from "../../../domain/questions/quote.ts";
import { accept, notAcceptable } from "../../../domain/questions/quote-acceptance.ts";
import { quoteStatusAt, wasOffered } from "../../../domain/questions/quote-life.ts";
import { documentOf, madeBy, type StoredQuote } from "../../../domain/questions/quote-recorded.ts";
import { quoteRenewal } from "../../../domain/questions/renewal-quote.ts";
import { contract } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { sold } from "./quotable.ts";

const offer = (known: Partial<RecordedOffer> = {}): RecordedOffer => ({ quoteId: "qt_1", kind: "renewal", contractId: "c-1", ...known });
const statuses: QuoteStatus[] = ["offered", "discretion", "repurchase", "refused", "undetermined", "expired"];

test("what was offered at all: what had expired when it was asked for stood open before", () => {
  expect(statuses.filter((status) => wasOffered({ status }))).toEqual(["offered", "expired"]);
});

describe("the status on a day", () => {
  const status = (
    on: string,
    made: { status?: QuoteStatus; payBy?: string | null } = {},
    known?: Partial<RecordedOffer>,
    zone: string | null = "Europe/Zurich",
  ) => quoteStatusAt({ status: "offered", payBy: "2027-12-31", ...made }, known && offer(known), asOf(on), zone);

  test("open through the last day for paying, expired the day after; without one, open for ever", () => {
    expect([status("2027-12-30"), status("2027-12-31"), status("2028-01-01")]).toEqual(["offered", "offered", "expired"]);
    expect(status("2999-12-31", { payBy: null })).toBe("offered");
    expect(status("2027-12-31", { status: "expired" })).toBe("offered");
  });
  test("by the day in the policy's zone", () => {
    expect([status("2027-12-31T22:59:59Z"), status("2027-12-31T23:00:00Z")]).toEqual(["offered", "expired"]);
  });
  test("accepted from the day it was paid, even where it is recorded to be void", () => {
    const paid = { acceptedPaidOn: "2027-06-01" };
    expect([status("2027-05-31", {}, paid), status("2027-06-01", {}, paid), status("2028-06-01", {}, paid)]).toEqual([
      "offered",
      "accepted",
      "accepted",
    ]);
    expect(status("2027-06-01", {}, { ...paid, voidedAt: "2027-01-01T00:00:00Z" })).toBe("accepted");
  });
  test("void from the instant it was voided, whether or not anything was offered", () => {
    const known = { voidedAt: "2027-06-01T10:00:00Z" };
    expect([status("2027-06-01T09:59:59Z", {}, known), status("2027-06-01T10:00:00Z", {}, known)]).toEqual(["offered", "void"]);
    expect([status("2027-05-31", {}, known), status("2027-06-01", {}, known)]).toEqual(["offered", "void"]);
    expect(status("2027-06-01", { status: "refused" }, known)).toBe("void");
    // In New York the day ends six hours later than in Zurich.
    const late = { voidedAt: "2027-06-02T03:59:59Z" };
    expect([status("2027-06-01", {}, late), status("2027-06-01", {}, late, "America/New_York"), status("2027-06-01", {}, late, null)]).toEqual([
      "offered",
      "void",
      "offered",
    ]);
  });
  test("what was not offered stays so", () => {
    for (const one of ["discretion", "repurchase", "refused", "undetermined"] as const) expect(status("2028-06-01", { status: one })).toBe(one);
    expect(status("2028-06-01", {}, {})).toBe("expired");
  });
});

const facts = sold();
const renewal = quoteRenewal(facts, { contractId: "c-1" }, asOf("2026-06-15"));
const storedAs = (change: Partial<QuoteAnswer> = {}): StoredQuote => ({
  id: "qt_1",
  answer: { ...renewal, ...change },
  request: { contractId: "c-1" },
  asOf: asOf("2026-06-15"),
  day: "2026-06-15",
});

describe("not acceptable", () => {
  const why = (paidOn: string, change: Partial<QuoteAnswer> = {}, known?: Partial<RecordedOffer>) =>
    notAcceptable(storedAs(change), known && offer(known), paidOn);

  test("once accepted, unless paid on that very day", () => {
    const known = { acceptedPaidOn: "2026-07-01" };
    expect(why("2026-07-01", {}, known)).toBeNull();
    expect(why("2026-07-02", {}, known)).toEqual({
      code: "quote-already-accepted",
      detail: "quote `qt_1` was accepted, paid on 2026-07-01: got 2026-07-02",
    });
  });
  test("once void", () => {
    expect(why("2026-07-01", {}, { voidedAt: "2026-06-20T08:00:00Z", voidedReason: "a typing error" })).toEqual({
      code: "quote-void",
      detail: "quote `qt_1` is void since 2026-06-20T08:00:00Z: a typing error",
    });
    expect(why("2026-07-01", {}, {})).toBeNull();
  });
  test("where nothing was offered: the first ground that decided, else the first", () => {
    const reason = (result: "pass" | "info" | "fail", finding: string) => ({ clause: "9", condition: "x", result, finding, facts: [], cure: null });
    const said = (...reasons: QuoteAnswer["reasons"]) => why("2026-07-01", { status: "refused", reasons })?.detail;
    expect(said(reason("pass", "one"), reason("info", "two"), reason("fail", "three"))).toBe(
      "quote `qt_1` offers nothing, its status is `refused`: three (9)",
    );
    expect(said(reason("info", "two"), reason("pass", "one"))).toBe("quote `qt_1` offers nothing, its status is `refused`: two (9)");
    expect(why("2026-07-01", { status: "refused" })?.code).toBe("quote-not-offered");
  });
  test("paid the day after the last one, not on it; without one at any time", () => {
    const payBy = "2026-12-31";
    expect([why("2026-12-31", { payBy }), why("2999-01-01")]).toEqual([null, null]);
    expect(why("2027-01-01", { payBy })).toEqual({ code: "quote-expired", detail: "quote `qt_1` had to be paid by 2026-12-31: got 2027-01-01" });
    expect(why("2026-12-31", { payBy, status: "expired" })).toBeNull();
  });
});

describe("accepting a renewal", () => {
  const taken = (contracts = facts.dossier.contracts, change: Partial<QuoteAnswer> = {}) =>
    accept({ ...facts, dossier: { ...facts.dossier, contracts } }, storedAs(change), "2026-07-01");
  const overtaken = (detail: string) => ({ code: "quote-overtaken", detail });

  test("records nothing: it renews anyway", () => {
    expect(taken()).toEqual({ licenses: [], contracts: [], reinstatedAs: [] });
  });
  test("is overtaken by another policy, another currency, or where the contract is gone", () => {
    expect(taken([])).toEqual(overtaken("contract `c-1` is no longer recorded"));
    expect(taken([contract("c-1", ["l-1"], { policyId: "other" })])).toEqual(overtaken("contract `c-1` is under policy `other` now"));
    expect(taken([{ ...contract("c-1", ["l-1"]), currency: "EUR" }])).toEqual(overtaken("contract `c-1` is in `EUR` now"));
  });
  test("has a currency to compare", () => {
    expect(taken(facts.dossier.contracts, { total: null })).toEqual(overtaken("contract `c-1` is in `CHF` now"));
  });
});

test("names end like the quote, and are no longer than ids may be", () => {
  expect(madeBy("c-1", "qt_0123456789ABCDEF")).toBe("c-1-6789ABCDEF");
  expect(madeBy("c".repeat(128), "qt_0123456789ABCDEF")).toHaveLength(121);
});

test("a document has no id of its own", () => {
  expect(documentOf(contract("c-1", []))).toEqual({
    policyId: "acme-support",
    program: "gold",
    currency: "CHF",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    lines: [],
  });
});
