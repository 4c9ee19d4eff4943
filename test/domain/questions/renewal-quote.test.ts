/** What the next term costs: a line for each license, less what was paid when it was bought, and why there may be none. */
import { describe, expect, test } from "vitest";
import type { ContractLine, HeldContract, RecordedOffer } from "../../../domain/facts.ts";
import { quoteRenewal, renewalQuoteRequest } from "../../../domain/questions/renewal-quote.ts";
import { chf, contract, license, prices } from "../conditions/asked.ts";
import { asOf, type PolicyText } from "./asked.ts";
import { ending, type Sold, seller, sold, year } from "./quotable.ts";

interface Asked extends Sold {
  on?: string;
}

const quote = ({ on = "2026-06-15", ...facts }: Asked = {}) => quoteRenewal(sold(facts), { contractId: "c-1" }, asOf(on));
const base = {
  kind: "renewal",
  accountId: "acme",
  contractId: "c-1",
  policy: { id: "acme-support", version: "1" },
  reinstateOn: null,
  payOn: null,
  deliveredOn: null,
  total: null,
  waived: null,
  indicative: null,
  payBy: null,
  alternatives: [],
  missing: [],
};
const nothing = { lines: [], newTerm: null };
const reason = (result: string, finding: string, cure: unknown = null) => ({
  clause: "7.2",
  condition: "renewal",
  result,
  finding,
  facts: [{ path: "contracts/c-1/term/lastDay", value: "2026-12-31" }],
  cure,
});
/** As agreed in the contract's settings. */
const agreed = (finding: string, cure: unknown = null) => {
  const { facts, ...others } = reason("fail", finding, cure);
  return { ...others, facts: [...facts, { path: "contracts/c-1/settings/autoRenew", value: false }] };
};
const anchor = { id: "anchor", chosen: "from-anchor" };
const counting = { id: "notice-counting", chosen: "calendar-days" };

test("the whole quote", () => {
  expect(quote()).toEqual({
    ...base,
    status: "offered",
    lines: [
      {
        part: "renewal",
        licenseId: "l-1",
        ...year(2027),
        days: 365,
        basis: chf("1000.00"),
        rate: null,
        amount: chf("1000.00"),
        clause: "7.2",
        formula: "annual fee CHF 1,000.00 for 2027-01-01 to 2027-12-31",
      },
    ],
    total: chf("1000.00"),
    newTerm: year(2027),
    reasons: [reason("pass", "renews by itself after 2026-12-31 for 2027-01-01 to 2027-12-31")],
    readings: [anchor, counting, { id: "rounding", chosen: "each-line-half-up" }],
    asOf: "2026-06-15T21:59:59.999Z",
  });
});

test("is asked for a contract alone", () => {
  expect([
    renewalQuoteRequest.safeParse({ contractId: "c-1" }).success,
    renewalQuoteRequest.safeParse({ contractId: "c-1", more: 1 }).success,
  ]).toEqual([true, false]);
  expect(() => quoteRenewal(sold(), { contractId: "c-9" }, asOf("2026-06-15"))).toThrow(expect.objectContaining({ code: "contract-unknown" }));
});

describe("no next term to quote", () => {
  test("before the first one: it is not begun", () => {
    const answer = quote({ on: "2025-12-31" });
    expect(answer).toMatchObject({ ...base, ...nothing, status: "refused", reasons: [reason("fail", "the contract begins on 2026-01-01")] });
    expect([quote({ on: "2026-01-01" }).status, answer.readings]).toEqual(["offered", [anchor]]);
  });
  test("once agreed that it ends", () => {
    expect(quote({ known: ending })).toMatchObject({
      ...base,
      ...nothing,
      status: "refused",
      reasons: [agreed("the parties agreed that the contract does not renew by itself; it ends on 2026-12-31")],
    });
  });
  test("once lapsed: what bringing it back costs, bindingly, indicatively or not known", () => {
    const lapsed = (on: string, asked: Asked = {}) => quote({ known: ending, on, ...asked }).reasons;
    const finding = "cover ended and did not renew; first day without cover 2027-01-01";
    const cure = (says: string, price: string | null) => [agreed(finding, { says, clause: "7.3", price: price && chf(price) })];
    expect(lapsed("2027-03-01")).toEqual(cure("bring support back: reinstatement quote; on 2027-03-01 CHF 2,077.05", "2077.05"));
    // Outside of the window nothing is offered: the sum is no price.
    const indicative = "bring support back: reinstatement quote; on 2028-01-01 at the vendor's discretion, indicative CHF 3,125.00";
    expect(lapsed("2028-01-01")).toEqual(cure(indicative, null));
    // Or the licenses are bought again, ten seats at the list's price where it has one.
    const again = seller({ "reinstatement-window": { formula: "reinstatement-window", months: 12, afterwards: "repurchase" } });
    const replaced = "then record `retiredOn` of the licenses that were replaced";
    const bought = (says: string) => [agreed(finding, { says, clause: "7.3(i)", price: null })];
    expect(lapsed("2028-01-01", { policy: again, catalog: {} })).toEqual(bought(`the licenses have to be bought again; ${replaced}`));
    const priceLists = prices({ "p-1": "105.00" }).map((list) => ({
      ...list,
      items: list.items.map((item) => ({ ...item, licensePricePerSeat: chf("700.00") })),
    }));
    expect(lapsed("2028-01-01", { policy: again, catalog: { priceLists } })).toEqual(
      bought(`the licenses have to be bought again; license price on 2028-01-01 CHF 7,000.00; ${replaced}`),
    );
    const policy = seller({ "forward-fees": { formula: "forward-fees", months: 12, withoutList: "unknown" } });
    expect(lapsed("2027-03-01", { policy, catalog: {} })).toEqual(cure("bring support back: reinstatement quote", null));
    expect(lapsed("2027-03-01", { policy: seller({ reinstatement: null }) })).toEqual([agreed(finding)]);
    expect(quote({ known: ending, on: "2027-03-01" }).readings).toEqual([{ id: "lapse", chosen: "not-renewed" }]);
  });
  test("once it goes on under another contract: nothing lapsed, and nothing is to be brought back", () => {
    const next = contract("c-2", ["l-1"], { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
    const answer = quote({ on: "2027-03-01", dossier: { contracts: [contract("c-1", ["l-1"], ending), next] } });
    expect(answer).toMatchObject({ ...base, ...nothing, status: "refused" });
    expect(answer.reasons).toMatchObject([
      { result: "fail", finding: "cover under the contract ended on 2026-12-31 and went on under `c-2`", cure: null },
    ]);
  });
  test("where the text leaves open what follows", () => {
    const policy: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "unknown" }] }] };
    const answer = quote({ policy });
    expect(answer).toMatchObject({ ...base, ...nothing, status: "undetermined", missing: [{ what: "agreement", clause: "2.1" }] });
    expect(answer.reasons).toEqual([expect.objectContaining({ clause: "2.1", condition: "renewal", result: "unknown", cure: null })]);
  });
  test("some of it lapsed a year ago, some later: which is bought again, and what both come to", () => {
    const again = seller({ "reinstatement-window": { formula: "reinstatement-window", months: 12, afterwards: "repurchase" } });
    const priceLists = prices({ "p-1": "150.00" }).map((list) => ({
      ...list,
      items: list.items.map((item) => ({ ...item, licensePricePerSeat: chf("700.00") })),
    }));
    const [first, second] = contract("c-1", ["l-1", "l-2"]).lines;
    const contracts = [contract("c-1", [], { ...ending, lines: [first!, { ...second!, coveredUntil: "2026-06-30" }] })];
    const dossier = { licenses: [license("l-1"), license("l-2")], contracts };
    const [{ cure }] = quote({ policy: again, catalog: { priceLists }, dossier, on: "2027-07-01" }).reasons;
    // The figures are those of the reinstatement quote: ten seats at 700.00, and 2,494.86 of fees.
    expect(cure).toEqual({
      says: [
        "l-2: reinstatement on 2027-07-01 lies after the window, which ended on 2027-06-30; the licenses have to be bought again; license prices CHF 7,000.00",
        "l-1: reinstatement on 2027-07-01 and payment on 2027-07-01 lie inside the window, which ends on 2027-12-31; fees CHF 2,494.86",
        "together on 2027-07-01 CHF 9,494.86",
        "then record `retiredOn` of the licenses that were replaced",
      ].join("; "),
      clause: "7.3(i)",
      price: null,
    });
  });
  test("a reseller sold it under a text that says nothing of renewals: it refuses none", () => {
    const policy = seller({ renewal: null });
    const soldBy = { reseller: "Resellia" };
    const open: PolicyText = {
      ...policy,
      clauses: (policy.clauses ?? []).map((clause) => ({
        ...clause,
        conditions: (clause.conditions ?? []).map((one) => (one.condition === "covered" ? { ...one, afterTerm: "unknown" as const } : one)),
      })),
    };
    const answer = quote({ policy: open, dossier: { contracts: [contract("c-1", ["l-1"], { soldBy })] } });
    expect(answer).toMatchObject({ ...nothing, status: "undetermined", missing: [{ what: "agreement", clause: "2.1" }] });
    expect(answer.reasons.map(({ condition, result }) => `${condition} ${result}`)).toEqual(["renewal unknown", "sold-by-vendor redirect"]);
  });
  test("where a reseller sold it, with what else there is to say", () => {
    const notices = [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal" as const, form: "email" as const, receivedOn: "2026-11-17" }];
    const answer = quote({
      known: { soldBy: { reseller: "Resellia" } },
      dossier: { contracts: [contract("c-1", ["l-1"], { soldBy: { reseller: "Resellia" } })], notices },
      on: "2026-12-01",
    });
    expect(answer).toMatchObject({ ...base, ...nothing, status: "refused" });
    expect(answer.reasons.map(({ condition, result }) => `${condition} ${result}`)).toEqual(["sold-by-vendor redirect", "notice-time fail"]);
  });
});

describe("a license that was added on 2026-04-01", () => {
  const added = (known: Partial<ContractLine> = {}, on = "2026-06-15", more: Partial<HeldContract> = {}, policy?: PolicyText) =>
    quote({
      on,
      ...(policy === undefined ? {} : { policy }),
      dossier: {
        licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-04-01" })],
        contracts: [
          {
            ...contract("c-1", ["l-1"]),
            lines: [...contract("c-1", ["l-1"]).lines, { licenseId: "l-2", annualFee: chf("1000.00"), ...known }],
            ...more,
          },
        ],
      },
    });
  const its = (...asked: Parameters<typeof added>) => added(...asked).lines.filter(({ licenseId }) => licenseId === "l-2");

  test("has one shorter term to the common end", () => {
    expect(its()).toEqual([
      {
        part: "stub",
        licenseId: "l-2",
        firstDay: "2027-04-01",
        lastDay: "2027-12-31",
        days: 275,
        basis: chf("1000.00"),
        rate: null,
        amount: chf("753.42"),
        clause: "7.2(b)",
        formula: "CHF 1,000.00 a year for 275 days to the common end, by the contract's twelve-month periods",
      },
    ]);
    expect(added()).toMatchObject({ total: chf("1753.42"), newTerm: year(2027) });
    const used = added().readings.map(({ id }) => id);
    expect([used.length, [...used].sort()]).toEqual([5, ["align", "anchor", "day-count", "notice-counting", "rounding"]]);
  });
  test("then goes with the rest", () => {
    expect(its({}, "2027-06-15")).toMatchObject([{ part: "renewal", ...year(2028), days: 366, amount: chf("1000.00") }]);
  });
  test("before it is delivered it is not in the quote, on that day it is", () => {
    expect([its({}, "2026-03-31").length, its({}, "2026-04-01").length]).toEqual([0, 1]);
  });
  test("owes nothing for what was paid with the purchase, and the rest from the day after", () => {
    expect(its({ paidThrough: "2027-12-31" })).toEqual([]);
    expect(added({ paidThrough: "2027-12-31" }).total).toEqual(chf("1000.00"));
    expect(its({ paidThrough: "2027-12-30" })).toMatchObject([
      {
        firstDay: "2027-12-31",
        days: 1,
        amount: chf("2.74"),
        formula: "CHF 1,000.00 a year for 1 day to the common end, by the contract's twelve-month periods",
      },
    ]);
    expect(its({ paidThrough: "2027-06-30" })).toMatchObject([
      { part: "stub", firstDay: "2027-07-01", lastDay: "2027-12-31", days: 184, amount: chf("504.11") },
    ]);
    expect(its({ paidThrough: "2027-03-31" })).toMatchObject([{ firstDay: "2027-04-01", amount: chf("753.42") }]);
    expect(its({ paidThrough: "2027-04-01" })).toMatchObject([{ firstDay: "2027-04-02", days: 274, amount: chf("750.68") }]);
    // Paid into the year that it goes with the rest.
    expect(its({ paidThrough: "2028-06-30" }, "2027-06-15")).toMatchObject([
      {
        part: "renewal",
        firstDay: "2028-07-01",
        days: 184,
        amount: chf("502.73"),
        clause: "7.2",
        formula: "CHF 1,000.00 a year for 184 days to the common end, by the contract's twelve-month periods",
      },
    ]);
  });
  test("keeps terms of its own by the other reading: a full year of them is exactly the full fee", () => {
    expect(its({}, "2026-06-15", { settings: { readings: { align: "literal" } } })).toMatchObject([
      { part: "renewal", firstDay: "2027-04-01", lastDay: "2028-03-31", days: 366, amount: chf("1000.00"), clause: "7.2" },
    ]);
  });
  test("is left out where its cover ended, on the last day of the term or before what would follow", () => {
    expect(its({ coveredUntil: "2026-12-31" })).toEqual([]);
    expect(its({ coveredUntil: "2027-03-31" })).toEqual([]);
    expect(its({ coveredUntil: "2027-04-01" })).toHaveLength(1);
  });
});

describe("the end of the whole contract", () => {
  const until = (coveredUntil: string) => quote({ known: { lines: [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil }] } });
  test("on the last day of the term leaves no next one, the day after it does", () => {
    expect([until("2026-12-31").status, until("2027-01-01").status]).toEqual(["refused", "offered"]);
    expect(until("2027-01-01").lines).toHaveLength(1);
  });
  test("a contract without lines renews for nothing", () => {
    expect(quote({ known: { lines: [] } })).toMatchObject({ status: "offered", lines: [], total: chf("0.00"), newTerm: year(2027) });
  });
});

test("of 2,000 lines is quotable, of 2,001 it is not", () => {
  const of = (n: number) => {
    const ids = Array.from({ length: n }, (_, index) => `l-${index}`);
    return quote({ dossier: { contracts: [contract("c-1", ids)] } });
  };
  expect(of(2_000).total).toEqual(chf("2000000.00"));
  expect(() => of(2_001)).toThrow(
    expect.objectContaining({ code: "quote-too-large", errors: [expect.objectContaining({ pointer: "/contractId" })] }),
  );
});

describe("a line that was bought on the first day of a shorter term", () => {
  const line = { licenseId: "l-2", annualFee: chf("1000.00"), paidThrough: "2027-12-31" };
  const bought = (paidThrough: string | null, on: string) => {
    const { paidThrough: _, ...unpaid } = line;
    const lines = [...contract("c-1", ["l-1"]).lines, paidThrough === null ? unpaid : { ...unpaid, paidThrough }];
    const known = { term: { firstDay: "2026-04-01", lastDay: "2026-12-31" }, lines };
    return quote({ known, on, dossier: { licenses: [license("l-1"), license("l-2")] } }).lines.map(({ licenseId, part, firstDay, lastDay }) =>
      [licenseId, part, firstDay, lastDay].join(" "),
    );
  };

  test("goes on in the next term, and then with the rest; what the term was recorded for renews with it", () => {
    const other = "l-1 renewal 2027-01-01 2027-12-31";
    expect(bought("2027-12-31", "2026-06-15")).toEqual([other]);
    // Paid through its twelve months alone, the stub is left to pay: from 2027-04-01 on.
    expect(bought("2027-03-31", "2026-06-15")).toEqual([other, "l-2 stub 2027-04-01 2027-12-31"]);
    expect(bought(null, "2026-06-15")).toEqual([other, "l-2 renewal 2027-01-01 2027-12-31"]);
    expect(bought("2027-12-31", "2027-06-15")).toEqual(["l-1 renewal 2028-01-01 2028-12-31", "l-2 renewal 2028-01-01 2028-12-31"]);
  });
});

describe("a renewal that was paid", () => {
  const offer: RecordedOffer = {
    quoteId: "qt_0",
    kind: "renewal",
    contractId: "c-1",
    licenseIds: ["l-1"],
    termFirstDay: "2027-01-01",
    acceptedPaidOn: "2026-06-15",
  };
  const finding = "the renewal for 2027-01-01 to 2027-12-31 was paid on 2026-06-15 by quote `qt_0`: it is not charged again";
  const again = (on: string, known: Partial<RecordedOffer> = {}, ids = ["l-1"]) =>
    quote({ on, dossier: { licenses: ids.map((id) => license(id)), contracts: [contract("c-1", ids)], quotes: [{ ...offer, ...known }] } });

  test("is not offered again from the day it was paid on", () => {
    expect(again("2026-06-14")).toMatchObject({ status: "offered", total: chf("1000.00") });
    const refused = again("2026-06-15");
    expect(refused).toMatchObject({ status: "refused", total: null, lines: [] });
    expect(refused.reasons[0]).toMatchObject({ clause: "7.2", condition: "renewal", result: "fail", finding });
  });
  test("leaves what it was not for", () => {
    const rest = again("2026-06-15", {}, ["l-1", "l-2"]);
    expect(rest).toMatchObject({ status: "offered", total: chf("1000.00"), lines: [{ licenseId: "l-2" }] });
    expect(rest.reasons).toContainEqual(expect.objectContaining({ result: "info", finding }));
    expect(again("2026-06-15", { termFirstDay: "2028-01-01" }).status).toBe("offered");
    expect(again("2026-06-15", { contractId: "c-2" }).status).toBe("offered");
    expect(again("2026-06-15", { kind: "reinstatement" }).status).toBe("offered");
  });
});
