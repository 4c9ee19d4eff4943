/** What support of more licenses costs, on which grounds it is not sold yet, and what the contract's end changes of it. */
import { describe, expect, test } from "vitest";
import type { Catalog, HeldContract, NamedInvoice } from "../../../domain/facts.ts";
import { type AdditionalPurchaseRequest, additionalPurchaseRequest, quoteAdditionalPurchase } from "../../../domain/questions/additional-purchase.ts";
import { initialTerm } from "../../../domain/questions/additional-purchase-fees.ts";
import { chf, contract, invoice, license, prices, product } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, listPrice, type Sold, seller, sold, year } from "./quotable.ts";

interface Asked extends Sold {
  on?: string;
  deliveredOn?: string;
  lines?: AdditionalPurchaseRequest["lines"];
}

const ten = { productId: "p-1", seats: 5, annualFee: chf("10000.00") };
const quote = ({ on = "2026-03-15", deliveredOn = "2026-04-01", lines = [ten], ...facts }: Asked = {}) =>
  quoteAdditionalPurchase(sold(facts), { contractId: "c-1", deliveredOn, lines }, asOf(on));
const parts = (asked: Asked) => quote(asked).lines.map(({ part, firstDay, lastDay, amount }) => `${part} ${firstDay}…${lastDay} ${amount.amount}`);

const base = {
  kind: "additional-purchase",
  accountId: "acme",
  contractId: "c-1",
  policy: { id: "acme-support", version: "1" },
  reinstateOn: null,
  payOn: null,
  deliveredOn: "2026-04-01",
  waived: null,
  indicative: null,
  payBy: null,
  asOf: "2026-03-15T22:59:59.999Z",
};
const nothing = { lines: [], total: null, newTerm: null, alternatives: [] };
const termFact = [{ path: "contracts/c-1/term/lastDay", value: "2026-12-31" }];
const reason = (condition: string, result: string, finding: string, facts: unknown[] = [], cure: unknown = null) => ({
  clause: "7.1",
  condition,
  result,
  finding,
  facts,
  cure,
});
const runs = reason("contract-runs", "pass", "contract `c-1` runs on 2026-04-01", termFact);
const current = reason("current-on-line", "pass", "support of product line `tools` is current on 2026-03-15");
const currentReading = { id: "current", chosen: "due-day-in-time" };

test("the whole quote: twelve months in full, then 275 of 365 days to the common end", () => {
  expect(quote()).toEqual({
    ...base,
    status: "offered",
    lines: [
      {
        part: "initial-period",
        licenseId: null,
        firstDay: "2026-04-01",
        lastDay: "2027-03-31",
        days: 365,
        basis: chf("10000.00"),
        rate: null,
        amount: chf("10000.00"),
        clause: "7.1",
        formula: "annual fee CHF 10,000.00, for 12 months from delivery, owed in full",
      },
      {
        part: "stub",
        licenseId: null,
        firstDay: "2027-04-01",
        lastDay: "2027-12-31",
        days: 275,
        basis: chf("10000.00"),
        rate: null,
        amount: chf("7534.25"),
        clause: "7.2(b)",
        formula: "CHF 10,000.00 a year for 275 days to the common end, by the contract's twelve-month periods",
      },
    ],
    total: chf("17534.25"),
    newTerm: { firstDay: "2026-04-01", lastDay: "2027-03-31" },
    alternatives: [{ reading: "align", option: "literal", total: chf("10000.00") }],
    reasons: [runs, current],
    missing: [],
    readings: [
      currentReading,
      { id: "rounding", chosen: "each-line-half-up" },
      { id: "align", chosen: "stub" },
      { id: "day-count", chosen: "contractual-period" },
    ],
  });
});

describe("the request", () => {
  const parse = (more: object) =>
    additionalPurchaseRequest.safeParse({ contractId: "c-1", deliveredOn: "2026-04-01", lines: [ten], ...more }).success;
  test("has a line at least, and a seat at least", () => {
    expect([parse({}), parse({ lines: [] }), parse({ more: 1 })]).toEqual([true, false, false]);
    expect([parse({ lines: [{ ...ten, seats: 0 }] }), parse({ lines: [{ ...ten, kind: "trial" }] })]).toEqual([false, false]);
  });
  test("in another currency, or for a license that there is, is refused with its place", () => {
    const lines = [
      { ...ten, licenseId: "l-1" },
      { ...ten, licenseId: "l-2" },
      { ...ten, licenseId: "l-2", annualFee: { amount: "1.00", currency: "EUR" } },
    ];
    expect(() => quote({ lines })).toThrow(
      expect.objectContaining({
        code: "facts-contradict",
        errors: [
          { pointer: "/lines/0/licenseId", detail: "license `l-1` is there already: name a new one, or none" },
          { pointer: "/lines/2/annualFee/currency", detail: "contract `c-1` is in `CHF`, got `EUR`" },
          { pointer: "/lines/2/licenseId", detail: "license `l-2` is there already: name a new one, or none" },
        ],
      }),
    );
  });
  test("of 1,000 lines is quotable, of 1,001 it is not", () => {
    const many = (n: number) => Array.from({ length: n }, () => ten);
    expect(quote({ lines: many(1_000) }).lines).toHaveLength(2_000);
    expect(() => quote({ lines: many(1_001) })).toThrow(
      expect.objectContaining({ code: "quote-too-large", errors: [expect.objectContaining({ pointer: "/lines" })] }),
    );
  });
});

describe("the fee", () => {
  const byList = { productId: "p-1", seats: 5 };
  test("is by the seat in the list of the day of delivery where none is stated", () => {
    const [first] = quote({ lines: [{ ...byList, licenseId: "l-9" }] }).lines;
    expect(first).toMatchObject({
      licenseId: "l-9",
      amount: chf("750.00"),
      formula: "CHF 150.00 a seat × 5 seats, price list `pl-1`, for 12 months from delivery, owed in full",
    });
    expect(quote({ lines: [{ ...byList, seats: 1 }] }).lines[0]?.formula).toContain("CHF 150.00 a seat × 1 seat, ");
  });
  test("is missing without a list, once for each product, and there is no total", () => {
    const answer = quote({ lines: [byList, ten, byList], catalog: {} });
    const what = "annual fee in the price list, for `p-1` on 2026-04-01";
    expect(answer).toMatchObject({ status: "undetermined", total: null, missing: [{ what, clause: "7.1" }] });
    expect(answer.lines.map(({ part }) => part)).toEqual(["initial-period", "stub"]);
    expect(answer.alternatives).toEqual([{ reading: "align", option: "literal", total: null }]);
    expect(answer.reasons).toEqual([
      reason("price-list", "unknown", `not recorded: ${what}`, [{ path: "price-lists", value: null }], {
        says: "record the price list, or state the annual fee",
        clause: "7.1",
        price: null,
      }),
      runs,
      current,
    ]);
  });
  test("two licenses add up, each rounded by itself", () => {
    const lines = [
      { ...ten, licenseId: "l-8", annualFee: chf("100.00") },
      { ...ten, licenseId: "l-9", annualFee: chf("200.00") },
    ];
    // 75.34 and 150.68.
    expect(quote({ lines }).total).toEqual(chf("526.02"));
    expect(quote({ lines }).lines.map(({ licenseId }) => licenseId)).toEqual(["l-8", "l-8", "l-9", "l-9"]);
  });
});

describe("the shorter term to the common end", () => {
  test("of one day; and none where the delivery falls on the anchor", () => {
    const [, day] = quote({ deliveredOn: "2026-12-31" }).lines;
    expect(day).toMatchObject({
      days: 1,
      amount: chf("27.40"),
      formula: "CHF 10,000.00 a year for 1 day to the common end, by the contract's twelve-month periods",
    });
    expect(parts({ deliveredOn: "2027-01-01" })).toEqual(["initial-period 2027-01-01…2027-12-31 10000.00"]);
    expect(quote({ deliveredOn: "2027-01-01" }).alternatives).toEqual([]);
  });
  test("is none by the other reading, or where the text aligns nothing", () => {
    const literal = quote({ known: { settings: { readings: { align: "literal" } } } });
    expect([literal.total, literal.alternatives]).toEqual([chf("10000.00"), [{ reading: "align", option: "stub", total: chf("17534.25") }]]);
    expect(literal.readings).not.toContainEqual({ id: "day-count", chosen: "contractual-period" });
    expect(quote({ policy: seller({ "co-term": null }) })).toMatchObject({ total: chf("10000.00"), alternatives: [] });
    expect(quote({ policy: seller({ "co-term": { formula: "co-term", by: "stub" } }) })).toMatchObject({ total: chf("17534.25"), alternatives: [] });
  });
  test("is none where the contract ends before", () => {
    expect(parts({ known: ending })).toEqual(["initial-period 2026-04-01…2027-03-31 10000.00"]);
    const notices = [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal" as const, form: "email" as const, receivedOn: "2026-11-16" }];
    const given = { dossier: { notices }, deliveredOn: "2026-12-15" };
    expect(parts({ ...given, on: "2026-11-16" })).toEqual(["initial-period 2026-12-15…2027-12-14 10000.00"]);
    expect(parts({ ...given, on: "2026-11-15" })).toEqual(["initial-period 2026-12-15…2027-12-14 10000.00", "stub 2027-12-15…2027-12-31 465.75"]);
  });
});

test("the initial period is the contract's own, a day longer, where its anchor is a 29 February", () => {
  const leap = (firstDay: string, lastDay: string, anchorOn?: string) => contract("c-1", [], { term: { firstDay, lastDay }, anchorOn });
  expect(initialTerm(leap("2027-02-28", "2028-02-28", "2024-02-29"), "2027-02-28", 12)).toEqual({ firstDay: "2027-02-28", lastDay: "2028-02-28" });
  expect(initialTerm(leap("2027-02-28", "2028-02-28", "2024-02-29"), "2027-03-01", 12)).toEqual({ firstDay: "2027-03-01", lastDay: "2028-02-29" });
  // Before its first term there is none to align with.
  expect(initialTerm(leap("2028-02-29", "2029-02-27"), "2027-02-28", 12)).toEqual({ firstDay: "2027-02-28", lastDay: "2028-02-27" });
});

describe("a contract that does not run on the day of delivery", () => {
  const first = (asked: Asked) => quote(asked).reasons[0];
  test("has not begun", () => {
    expect(quote({ deliveredOn: "2025-12-31", on: "2026-02-01" })).toMatchObject({
      ...nothing,
      status: "refused",
      reasons: [reason("contract-runs", "fail", "contract `c-1` begins only on 2026-01-01", termFact), { result: "pass" }],
      readings: [currentReading],
    });
  });
  test("once it goes on under another contract: nothing is to be brought back", () => {
    const next = contract("c-2", ["l-1"], { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
    const dossier = { contracts: [contract("c-1", ["l-1"], ending), next] };
    expect(quote({ on: "2027-03-01", deliveredOn: "2027-03-01", dossier }).reasons[0]).toEqual(
      reason("contract-runs", "fail", "support under contract `c-1` ended on 2026-12-31 and went on under `c-2`", termFact),
    );
  });
  test("has lapsed: what bringing it back costs, bindingly or not", () => {
    const lapsed = { known: ending, on: "2026-12-31" };
    const fail = (cure: unknown) => reason("contract-runs", "fail", "support under contract `c-1` lapsed on 2027-01-01", termFact, cure);
    const cure = (day: string, price: string) => ({
      says: `bring support back: reinstatement quote; on ${day} CHF ${price}`,
      clause: "7.3",
      price: chf(price.replace(",", "")),
    });
    expect(first({ ...lapsed, deliveredOn: "2027-03-01" })).toEqual(fail(cure("2027-03-01", "2,077.05")));
    // Outside of the window nothing is offered: the sum is no price.
    const indicative = "bring support back: reinstatement quote; on 2028-01-01 at the vendor's discretion, indicative CHF 3,125.00";
    expect(first({ ...lapsed, deliveredOn: "2028-01-01" })).toEqual(fail({ says: indicative, clause: "7.3", price: null }));
    const policy = seller({ "forward-fees": { formula: "forward-fees", months: 12, withoutList: "unknown" } });
    expect(first({ ...lapsed, policy, catalog: {}, deliveredOn: "2027-03-01" })).toEqual(
      fail({ says: "bring support back: reinstatement quote", clause: "7.3", price: null }),
    );
    expect(first({ ...lapsed, policy: seller({ reinstatement: null }), deliveredOn: "2027-03-01" })).toEqual(fail(null));
  });
  test("begins a shorter term that day: twelve months in full all the same, then to the common end (7.1, 7.2)", () => {
    const stub = (lastDay: string, deliveredOn = "2026-04-01") =>
      quote({ known: { term: { firstDay: "2026-04-01", lastDay } }, on: "2026-05-01", deliveredOn });
    const finding =
      "the term that begins on 2026-04-01 ends on 2026-12-31, before twelve months are over: the initial period is owed in full all the same, and goes on in the next term";
    const short = stub("2026-12-31");
    expect([short.status, short.missing]).toEqual(["offered", []]);
    expect(short.reasons).toContainEqual(reason("shorter-term", "info", finding, [{ path: "contracts/c-1/term/lastDay", value: "2026-12-31" }]));
    const period = ({ part, firstDay, lastDay, amount }: (typeof short.lines)[number]) => [part, firstDay, lastDay, amount.amount];
    // By hand: 275 of the 365 days of 2027 are 7,534.25 of 10,000.00.
    expect(short.lines.map(period)).toEqual([
      ["initial-period", "2026-04-01", "2027-03-31", "10000.00"],
      ["stub", "2027-04-01", "2027-12-31", "7534.25"],
    ]);
    // A day short of twelve months: all of the next term but its first day, which is 365 of its 366 days, 9,972.68.
    expect(stub("2027-03-30").lines.map(period)).toEqual([
      ["initial-period", "2026-04-01", "2027-03-31", "10000.00"],
      ["stub", "2027-04-01", "2028-03-30", "9972.68"],
    ]);
    for (const other of [stub("2027-03-31"), stub("2027-03-30", "2026-04-02"), stub("2029-03-31")])
      expect([other.status, other.reasons.some(({ condition }) => condition === "shorter-term")]).toEqual(["offered", false]);
  });
});

describe("the product", () => {
  test("that is not recorded belongs to no line that could be current", () => {
    const answer = quote({ lines: [{ ...ten, productId: "p-9" }] });
    expect(answer).toMatchObject({ status: "undetermined", missing: [{ what: "product `p-9` and its product line", clause: "2.1" }] });
    expect(answer.reasons.map(({ condition, result }) => `${condition} ${result}`)).toEqual(["product-recorded unknown", "contract-runs pass"]);
    expect(answer.readings).not.toContainEqual(currentReading);
  });
  test("a reseller's is told of once, whatever the products", () => {
    const answer = quote({ known: { soldBy: { reseller: "Resellia" } }, lines: [ten, { ...ten, productId: "p-9" }] });
    expect(answer.status).toBe("refused");
    expect(answer.reasons.map(({ condition, result }) => `${condition} ${result}`)).toEqual([
      "sold-by-vendor redirect",
      "product-recorded unknown",
      "contract-runs pass",
      "current-on-line pass",
    ]);
  });
  test("fifty reasons are listed, those that decide first, and of more the number", () => {
    const of = (n: number) => quote({ lines: Array.from({ length: n }, (_, index) => ({ ...ten, productId: `x-${index}` })) });
    expect([of(49).reasons.length, of(49).reasons[49]]).toEqual([50, runs]);
    const many = of(52);
    expect([many.reasons.length, many.missing.length]).toEqual([51, 50]);
    expect(many.reasons[49]?.finding).toBe("product `x-49` is not recorded");
    expect(many.reasons[50]).toEqual({
      clause: "2.1",
      condition: "more",
      result: "info",
      finding: "3 more reasons are not listed",
      facts: [],
      cure: null,
    });
    expect(quote({ catalog: {}, lines: Array.from({ length: 51 }, (_, index) => ({ productId: `x-${index}`, seats: 1 })) }).missing).toHaveLength(50);
  });
});

describe("support of the earlier licenses", () => {
  const beside = (known: object = {}, more: Asked = {}) => quote({ dossier: { licenses: [license("l-1"), license("l-2", known)] }, ...more });
  const gap = (says: string, price: string | null, finding = "l-2 of product line `tools` has no support on 2026-03-15", ids = ["l-2"]) =>
    reason(
      "current-on-line",
      "fail",
      finding,
      ids.map((id) => ({ path: `licenses/${id}`, value: null })),
      { says, clause: "7.1", price: price === null ? null : chf(price) },
    );

  test("is missing: which, and what it would cost", () => {
    expect(beside()).toMatchObject({ status: "refused", reasons: [gap("cover l-2; first year of l-2 CHF 1,500.00", "1500.00"), runs], missing: [] });
    expect(beside({}, { catalog: {} }).reasons[0]).toEqual(gap("cover l-2", null));
    const three = { dossier: { licenses: [license("l-1"), license("l-2"), license("l-3")] } };
    expect(quote(three).reasons[0]).toEqual(
      gap(
        "cover l-2, l-3; first year of l-2 CHF 1,500.00; first year of l-3 CHF 1,500.00",
        "3000.00",
        "l-2, l-3 of product line `tools` have no support on 2026-03-15",
        ["l-2", "l-3"],
      ),
    );
    const many = Array.from({ length: 51 }, (_, index) => license(`m-${index}`));
    expect(quote({ dossier: { licenses: many } }).reasons[0].facts).toHaveLength(50);
  });
  test.each([
    ["a trial", { kind: "trial" }],
    ["of another line", { productId: "p-2" }],
    ["of a product that is not recorded", { productId: "p-9" }],
    ["not delivered yet", { deliveredOn: "2026-03-16" }],
    ["a subscription that runs", { kind: "subscription", termLastDay: "2026-03-15" }],
  ])("is not asked of a license that is %s", (_, known) => {
    const catalog: Partial<Catalog> = { ...listPrice, products: [product("p-1"), product("p-2", { productLine: "reports" })] };
    expect(beside(known, { catalog }).status).toBe("offered");
  });
  test("is asked of a subscription that ended", () => {
    expect(beside({ kind: "subscription", termLastDay: "2026-03-14" }).status).toBe("refused");
  });
  test("is not asked where the text does not", () => {
    const answer = beside({}, { policy: seller({ "additional-purchase": null }) });
    expect([answer.status, answer.reasons]).toEqual(["offered", [runs]]);
  });
});

describe("an invoice overdue", () => {
  const owing = (invoices: NamedInvoice[], contracts: HeldContract[] = [contract("c-1", ["l-1"])], on = "2026-03-15") =>
    quote({ dossier: { invoices, contracts }, on });
  const open = (ids: string[], price: string | null, more = "", result = "fail") =>
    reason(
      "current-on-line",
      result,
      `open balance ${ids.map((id) => `CHF 1,200.00 on \`${id}\`, due 2026-03-02`).join("; ")}${more}`,
      ids.map((id) => ({ path: `invoices/${id}/dueOn`, value: "2026-03-02" })),
      { says: "pay the open balance", clause: "7.1", price: price === null ? null : chf(price) },
    );

  test("stands against it from the day after it was due", () => {
    expect(owing([invoice("i-1")])).toMatchObject({ status: "refused", reasons: [open(["i-1"], "1200.00"), runs], missing: [] });
    expect([owing([invoice("i-1")], undefined, "2026-03-02").status, owing([invoice("i-1")], undefined, "2026-03-03").status]).toEqual([
      "offered",
      "refused",
    ]);
  });
  test("of two the sum; in another currency none", () => {
    expect(owing([invoice("i-1"), invoice("i-2")]).reasons[0]).toEqual(open(["i-1", "i-2"], "2400.00"));
    const mixed = owing([invoice("i-1"), invoice("i-2", { amount: { amount: "5.00", currency: "EUR" } })]).reasons[0];
    expect([mixed.cure?.price, mixed.finding]).toEqual([
      null,
      "open balance CHF 1,200.00 on `i-1`, due 2026-03-02; EUR 5.00 on `i-2`, due 2026-03-02",
    ]);
  });
  test("five are told of, of more the number", () => {
    const of = (n: number) => owing(Array.from({ length: n }, (_, index) => invoice(`i-${index}`))).reasons[0];
    expect([of(5).finding.endsWith("on `i-4`, due 2026-03-02"), of(6).finding.endsWith("on `i-4`, due 2026-03-02; 1 more")]).toEqual([true, true]);
    expect(of(51).facts).toHaveLength(50);
  });
  test("of a contract that names no license of the line, or is under another policy, or of another kind, does not", () => {
    const own = contract("c-1", ["l-1"]);
    expect(owing([invoice("i-1", { contractId: "c-2" })], [own, contract("c-2", ["l-7"])]).status).toBe("offered");
    expect(owing([invoice("i-1", { contractId: "c-2" })], [own, contract("c-2", ["l-1"], { policyId: "other" })]).status).toBe("offered");
    expect(owing([invoice("i-1", { contractId: "c-2" })], [own, contract("c-2", ["l-7", "l-1"])]).status).toBe("refused");
    expect(owing([invoice("i-1", { kind: "other" })]).status).toBe("offered");
  });
  test("of one license of several is enough", () => {
    const licenses = [license("l-1"), license("l-2")];
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-2"])];
    expect(quote({ dossier: { licenses, contracts, invoices: [invoice("i-1", { contractId: "c-2" })] } }).status).toBe("refused");
  });
  test("that names no contract leaves it open", () => {
    const answer = owing([invoice("i-1", { contractId: undefined })]);
    expect(answer).toMatchObject({
      status: "undetermined",
      total: null,
      reasons: [open(["i-1"], "1200.00", ", but no contract is recorded for it", "unknown"), runs],
      missing: [{ what: "contractId of invoice `i-1`", clause: "7.1" }],
    });
    // One that stands against it decides.
    expect(owing([invoice("i-1", { contractId: undefined }), invoice("i-2")])).toMatchObject({ status: "refused", missing: [] });
    // With a gap beside it, what is missing is told too.
    const both = quote({ dossier: { licenses: [license("l-1"), license("l-2")], invoices: [invoice("i-1", { contractId: undefined })] } });
    expect([both.status, both.missing.length]).toEqual(["refused", 1]);
  });
  test("that names no contract is no matter where no license of the line is under one", () => {
    expect(
      quote({
        lines: [{ ...ten, productId: "p-2" }],
        catalog: { products: [product("p-1"), product("p-2", { productLine: "reports" })], priceLists: prices({}) },
        dossier: { invoices: [invoice("i-1", { contractId: undefined })] },
      }).status,
    ).toBe("offered");
  });
});

test("where the text does not sell more, the agreement is missing", () => {
  expect(quote({ policy: seller({ "initial-period": null }) })).toEqual({
    ...base,
    ...nothing,
    status: "undetermined",
    reasons: [
      {
        clause: "2.1",
        condition: "agreement",
        result: "unknown",
        finding: "Acme Support does not say what support of more licenses costs: it is in an agreement that is not part of the policy",
        facts: [],
        cure: null,
      },
    ],
    missing: [{ what: "agreement", clause: "2.1" }],
    readings: [],
  });
  const bare = { clauses: [{ id: "1", says: "nothing", informs: "nothing" }] };
  expect(quote({ policy: bare }).missing).toEqual([{ what: "agreement", clause: "common" }]);
  const covered = { id: "2.1", says: "cover", conditions: [{ condition: "covered" as const, otherwise: "fail" as const }] };
  const spoken = { id: "1.1", says: "language", conditions: [{ condition: "language" as const, languages: ["en"], otherwise: "fail" as const }] };
  expect(quote({ policy: { clauses: [...bare.clauses, spoken, covered] } }).missing).toEqual([{ what: "agreement", clause: "2.1" }]);
});

test("prices and periods go by the policy of the term in which it is delivered", () => {
  expect(quote({ deliveredOn: "2027-02-01" }).newTerm).toEqual({ firstDay: "2027-02-01", lastDay: "2028-01-31" });
  expect(parts({ deliveredOn: "2027-01-01", on: "2026-06-15" })).toEqual([`initial-period ${year(2027).firstDay}…${year(2027).lastDay} 10000.00`]);
});

describe("a notice that ends the contract only after the initial period", () => {
  const noticed = (receivedOn: string, deliveredOn: string) =>
    parts({
      on: receivedOn,
      deliveredOn,
      dossier: { notices: [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn }] },
    });
  test("leaves the days to that end to be paid, also a single one; none where cover ends with the period", () => {
    // Received in 2027, it ends support with 2027: 275 days of 365 are left, as without it.
    expect(noticed("2027-01-15", "2026-04-01")).toEqual(["initial-period 2026-04-01…2027-03-31 10000.00", "stub 2027-04-01…2027-12-31 7534.25"]);
    // One day of 365 at CHF 10,000.00: 27.397.
    expect(noticed("2027-01-15", "2026-12-31")).toEqual(["initial-period 2026-12-31…2027-12-30 10000.00", "stub 2027-12-31…2027-12-31 27.40"]);
    expect(noticed("2026-05-15", "2026-04-01")).toEqual(["initial-period 2026-04-01…2027-03-31 10000.00"]);
  });
});

test("fifty products without a price are told", () => {
  const products = Array.from({ length: 51 }, (_, n) => product(`p-${n + 100}`));
  const lines = products.map(({ productId }) => ({ productId, seats: 1 }));
  const { reasons, missing } = quote({ lines, catalog: { products: [product("p-1"), ...products] } });
  const unpriced = reasons.filter(({ condition }) => condition === "price-list");
  expect([missing.length, missing[0]?.what]).toEqual([50, "annual fee in the price list, for `p-100` on 2026-04-01"]);
  expect(unpriced.every(({ finding }) => finding !== "not recorded: annual fee in the price list, for `p-150` on 2026-04-01")).toBe(true);
});
