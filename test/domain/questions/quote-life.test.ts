/** What becomes of a quote: open, expired, accepted or void on a day, and why accepting it is refused. */
import { describe, expect, test } from "vitest";
import type { Dossier, RecordedOffer } from "../../../domain/facts.ts";
import type { QuoteAnswer, QuoteStatus } from "../../../domain/questions/quote.ts";
import { accept, notAcceptable } from "../../../domain/questions/quote-acceptance.ts";
import { offeredFor, paymentAhead, quoteFateAt, wasOffered } from "../../../domain/questions/quote-life.ts";
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

const made = { kind: "renewal" as const, contractId: "c-1", status: "offered" as QuoteStatus, payBy: "2027-12-31" as string | null };
const lines = [{ licenseId: "l-1" }, { licenseId: null }];
const newTerm = { firstDay: "2027-01-01", lastDay: "2027-12-31" };
const fate = (on: string, change: object, quotes: RecordedOffer[], zone: string | null = "Europe/Zurich", known: Partial<Dossier> = {}) =>
  quoteFateAt("qt_1", { ...made, lines, newTerm, ...change }, { ...sold().dossier, ...known, quotes }, asOf(on), zone);

describe("the status on a day", () => {
  const status = (
    on: string,
    made: { status?: QuoteStatus; payBy?: string | null } = {},
    known?: Partial<RecordedOffer>,
    zone: string | null = "Europe/Zurich",
  ) => fate(on, made, known === undefined ? [] : [offer(known)], zone).status;

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

describe("another one accepted instead", () => {
  const other = (known: Partial<RecordedOffer> = {}): RecordedOffer =>
    offer({ quoteId: "qt_2", acceptedPaidOn: "2027-06-01", licenseIds: ["l-1"], termFirstDay: "2027-01-01", ...known });
  const instead = (known: Partial<RecordedOffer>, change: object = {}, dossier: Partial<Dossier> = {}) =>
    fate("2027-06-01", change, [other(known)], "Europe/Zurich", dossier).status;
  const back = { kind: "reinstatement" as const, reinstatedAs: ["c-1-back"] };
  const contracts = [contract("c-1", ["l-1"]), contract("c-1-back", ["l-1"])];
  const reinstatement = { kind: "reinstatement" };
  const purchase = { kind: "additional-purchase" };

  test("is void from the day on which that was paid, with a reason that names it; open before", () => {
    expect(fate("2027-05-31", {}, [other()])).toMatchObject({ status: "offered", voidedAt: null, voidedReason: null });
    expect(fate("2027-06-01", {}, [other()])).toEqual({
      status: "void",
      acceptedPaidOn: null,
      reinstatedAs: [],
      // The day begins at 00:00 in Zurich, two hours ahead of UTC in June.
      voidedAt: "2027-05-31T22:00:00Z",
      voidedReason: "quote `qt_2` was accepted instead, paid on 2027-06-01",
    });
    // Where no zone is stated the day has begun once it has everywhere, at UTC-12.
    expect(fate("2027-06-01T12:00:00Z", {}, [other()], null)).toMatchObject({ status: "void", voidedAt: "2027-06-01T12:00:00Z" });
    expect(fate("2027-06-01T11:59:59Z", {}, [other()], null).status).toBe("offered");
  });
  test("that was paid only after this one had expired does not make it void", () => {
    expect([instead({}, { payBy: "2027-06-01" }), instead({}, { payBy: "2027-05-31" }), instead({}, { payBy: null })]).toEqual([
      "void",
      "expired",
      "void",
    ]);
  });
  test("is for the same: the kind, the contract, one of the licenses, and of a renewal the term", () => {
    for (const known of [{ kind: "additional-purchase" as const }, { contractId: "c-2" }, { licenseIds: ["l-2"] }, { termFirstDay: "2028-01-01" }])
      expect(instead(known), JSON.stringify(known)).toBe("offered");
    expect(instead({ licenseIds: undefined })).toBe("void");
    expect(instead({ acceptedPaidOn: undefined })).toBe("offered");
  });
  test("for the same lapse: by the license that came back", () => {
    expect(instead(back, reinstatement, { contracts })).toBe("void");
    expect(instead(back, { ...reinstatement, lines: [{ licenseId: "l-2" }] }, { contracts })).toBe("offered");
  });
  test("of which nothing is left is not accepted any more, and this one is open again", () => {
    expect(instead(back, reinstatement, { contracts: contracts.slice(0, 1) })).toBe("offered");
    const bought = { kind: "additional-purchase" as const, licenseIds: ["l-9"] };
    expect(instead(bought, { ...purchase, lines: [{ licenseId: "l-9" }] })).toBe("offered");
    expect(instead({ ...bought, licenseIds: ["l-1"] }, purchase)).toBe("void");
    expect(instead({ ...bought, licenseIds: ["l-1"] }, purchase, { licenses: [] })).toBe("void");
    expect(instead({ ...bought, licenseIds: ["l-1"] }, purchase, { licenses: [], contracts: [contract("c-1", [])] })).toBe("offered");
  });
  test("its own acceptance goes before all, as long as something is left of it", () => {
    const own = offer({ ...back, acceptedPaidOn: "2027-05-01" });
    const status = (known: Partial<Dossier>) => fate("2027-06-01", reinstatement, [own], "Europe/Zurich", known);
    expect(status({ contracts })).toMatchObject({ status: "accepted", acceptedPaidOn: "2027-05-01", reinstatedAs: ["c-1-back"] });
    expect(status({ contracts: [] })).toMatchObject({ status: "offered", acceptedPaidOn: null, reinstatedAs: [] });
  });
  test("nothing is known of an account that was taken back", () => {
    expect(quoteFateAt("qt_1", { ...made, lines, newTerm }, null, asOf("2028-01-01"), "Europe/Zurich").status).toBe("expired");
  });
});

test("what a quote is for: each license once, and of a renewal alone the term", () => {
  const twice = [...lines, { licenseId: "l-1" }, { licenseId: "l-2" }];
  const of = (change: object) => offeredFor("qt_1", { kind: "renewal", contractId: "c-1", lines: twice, newTerm, ...change });
  const common = { quoteId: "qt_1", contractId: "c-1", licenseIds: ["l-1", "l-2"] };
  expect(of({})).toStrictEqual({ ...common, kind: "renewal", termFirstDay: "2027-01-01" });
  expect(of({ newTerm: null })).toStrictEqual({ ...common, kind: "renewal" });
  expect(of({ kind: "reinstatement" })).toStrictEqual({ ...common, kind: "reinstatement" });
  expect(of({ lines: [{ licenseId: null }] }).licenseIds).toEqual([]);
});

test("the whole fate of what was accepted, and of what was voided", () => {
  const nothing = { acceptedPaidOn: null, reinstatedAs: [], voidedAt: null, voidedReason: null };
  expect(fate("2027-06-01", {}, [offer({ acceptedPaidOn: "2027-06-01" })])).toEqual({
    ...nothing,
    status: "accepted",
    acceptedPaidOn: "2027-06-01",
  });
  const voidedAt = "2027-05-01T08:00:00Z";
  const voided = { ...nothing, status: "void", voidedAt };
  expect(fate("2027-06-01", {}, [offer({ voidedAt, voidedReason: "a typing error" })])).toEqual({ ...voided, voidedReason: "a typing error" });
  expect(fate("2027-06-01", {}, [offer({ voidedAt })])).toEqual(voided);
  expect(fate("2027-06-01", {}, [])).toEqual({ ...nothing, status: "offered" });
});

describe("a payment that is recorded for a later day", () => {
  const reasons: QuoteAnswer["reasons"] = [
    { clause: "7.3(i)", condition: "reinstatement-window", result: "pass", finding: "inside", facts: [], cure: null },
    { clause: "7.3(a)", condition: "price-list", result: "info", finding: "by the list", facts: [], cure: null },
  ];
  const ahead = (on: string, known: Partial<RecordedOffer> = { acceptedPaidOn: "2027-06-01" }, zone: string | null = "Europe/Zurich") =>
    paymentAhead("qt_1", { reasons }, { ...sold().dossier, quotes: [offer({ quoteId: "qt_2" }), offer(known)] }, asOf(on), zone);
  const told = {
    paidOn: "2027-06-01",
    reason: {
      clause: "7.3(i)",
      condition: "payment-recorded",
      result: "info",
      finding: "payment is recorded for 2027-06-01: the quote is accepted from that day on and is not to be paid again",
      facts: [{ path: "quotes/qt_1/acceptedPaidOn", value: "2027-06-01" }],
      cure: null,
    },
  };
  test("is told until the day before, with the clause of the quote", () => {
    expect(ahead("2027-01-01")).toEqual(told);
    expect([ahead("2027-05-31"), ahead("2027-06-01"), ahead("2027-06-02")]).toEqual([told, null, null]);
  });
  test("by the day in the policy's zone, the earliest where it states none", () => {
    // The 1st of June begins at 22:00Z in Zurich, and at UTC-12, where it begins last, at noon.
    expect([ahead("2027-05-31T21:59:59Z"), ahead("2027-05-31T22:00:00Z")]).toEqual([told, null]);
    const paid = { acceptedPaidOn: "2027-06-01" };
    expect([ahead("2027-06-01T11:59:59Z", paid, null), ahead("2027-06-01T12:00:00Z", paid, null)]).toEqual([told, null]);
  });
  test("not of a quote that is not accepted, or of which nothing is left, or of which nothing is known", () => {
    expect(ahead("2027-01-01", {})).toBeNull();
    expect(ahead("2027-01-01", { acceptedPaidOn: "2027-06-01", kind: "reinstatement", reinstatedAs: ["c-gone"] })).toBeNull();
    expect(ahead("2027-01-01", { acceptedPaidOn: "2027-06-01", quoteId: "qt_3" })).toBeNull();
    expect(paymentAhead("qt_1", { reasons }, null, asOf("2027-01-01"), "Europe/Zurich")).toBeNull();
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
      detail:
        "quote `qt_1` was accepted, paid on 2026-07-01: got 2026-07-02; nothing else was recorded: when the renewal was paid stands on its invoice",
    });
  });
  test("and how a day that was mistyped is mended", () => {
    const detail = (known: Partial<RecordedOffer>) => why("2026-07-02", {}, { acceptedPaidOn: "2026-07-01", ...known })?.detail.replace(/^.*?; /, "");
    expect(detail({ kind: "reinstatement", reinstatedAs: ["c-1-a", "c-1-a-2"] })).toBe(
      "where that day is wrong, delete what accepting recorded, `DELETE /v1/accounts/acme/contracts/c-1-a`, `DELETE /v1/accounts/acme/contracts/c-1-a-2`, which takes role `sales-ops` or `admin`, and accept the quote again with a new `Idempotency-Key`",
    );
    expect(detail({ kind: "additional-purchase", licenseIds: ["l-9"] })).toBe(
      "where that day is wrong, delete what accepting recorded, `DELETE /v1/accounts/acme/contracts/c-1/lines/l-9` and `DELETE /v1/accounts/acme/licenses/l-9`, which takes role `sales-ops` or `admin`, and accept the quote again with a new `Idempotency-Key`",
    );
    const many = detail({ kind: "reinstatement", reinstatedAs: Array.from({ length: 12 }, (_, n) => `m-${n}`) });
    expect([many?.includes("m-9`"), many?.includes("m-10`"), many?.includes("and 2 more in the same way")]).toEqual([true, false, true]);
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
  test("is overtaken by another one for the same term that was paid", () => {
    const quotes = [offer({ quoteId: "qt_2", licenseIds: ["l-1"], termFirstDay: "2027-01-01", acceptedPaidOn: "2026-06-30" })];
    const accepting = (known: RecordedOffer[]) => accept({ ...facts, dossier: { ...facts.dossier, quotes: known } }, storedAs(), "2026-07-01");
    expect(accepting(quotes)).toEqual(overtaken("quote `qt_2` for the same term was accepted instead, paid on 2026-06-30"));
    expect(accepting([offer({ ...quotes[0], termFirstDay: "2028-01-01" })])).toMatchObject({ reinstatedAs: [] });
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
