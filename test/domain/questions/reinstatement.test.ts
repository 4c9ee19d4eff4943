/** A reinstatement quote whole: its status through the window and past it, the other readings' totals, exceptions, and when nothing is offered. */
import { describe, expect, test } from "vitest";
import type { RecordedException } from "../../../domain/facts.ts";
import { quoteReinstatement, reinstatementRequest } from "../../../domain/questions/reinstatement.ts";
import { Refused } from "../../../domain/refusal.ts";
import { chf, contract, invoice, license, prices } from "../conditions/asked.ts";
import { asOf, type PolicyText } from "./asked.ts";
import { ending, type Sold, seller, sold } from "./quotable.ts";

interface Asked extends Sold {
  on?: string;
  reinstateOn?: string;
  payOn?: string;
  licenseIds?: string[];
}

const quote = ({ on = "2027-01-15", reinstateOn = "2027-03-01", payOn, licenseIds, ...facts }: Asked = {}) =>
  quoteReinstatement(sold({ known: ending, ...facts }), reinstatementRequest.parse({ contractId: "c-1", reinstateOn, payOn, licenseIds }), asOf(on));

const lapsedFact = [{ path: "licenses/l-1/lapsedOn", value: "2027-01-01" }];
const windowReason = (result: string, finding: string) => ({
  clause: "7.3(i)",
  condition: "reinstatement-window",
  result,
  finding,
  facts: lapsedFact,
  cure: null,
});
const insideReason = windowReason("pass", "reinstatement on 2027-03-01 and payment on 2027-03-01 lie inside the window, which ends on 2027-12-31");
const nothing = { lines: [], total: null, waived: null, indicative: null, payBy: null, newTerm: null, alternatives: [] };
const base = {
  kind: "reinstatement",
  accountId: "acme",
  contractId: "c-1",
  policy: { id: "acme-support", version: "1" },
  reinstateOn: "2027-03-01",
  payOn: "2027-03-01",
  deliveredOn: null,
  asOf: "2027-01-15T22:59:59.999Z",
};
/** 59 days of 365 at CHF 1,000.00; a year at CHF 1,500.00; a quarter of CHF 1,661.64. */
const lines = [
  {
    part: "back-fees",
    licenseId: "l-1",
    firstDay: "2027-01-01",
    lastDay: "2027-02-28",
    days: 59,
    basis: chf("1000.00"),
    rate: null,
    amount: chf("161.64"),
    clause: "7.3(b)",
    formula: "CHF 1,000.00 a year for 59 days, 2027-01-01 to 2027-02-28, by the contract's twelve-month periods",
  },
  {
    part: "forward-fees",
    licenseId: "l-1",
    firstDay: "2027-03-01",
    lastDay: "2028-02-29",
    days: 366,
    basis: chf("1500.00"),
    rate: null,
    amount: chf("1500.00"),
    clause: "7.3(a)",
    formula: "CHF 150.00 a seat × 10 seats, price list `pl-1`",
  },
  {
    part: "reinstatement-fee",
    licenseId: null,
    firstDay: null,
    lastDay: null,
    days: null,
    basis: chf("1661.64"),
    rate: "0.25",
    amount: chf("415.41"),
    clause: "7.3(ii)",
    formula: "25 % of back fees and forward fees, CHF 1,661.64",
  },
];
const alternatives = [
  { reading: "accrual", option: "as-billed", total: chf("3125.00") },
  { reading: "rate", option: "literal", total: chf("2178.09") },
  { reading: "base", option: "forward", total: chf("2036.64") },
  { reading: "base", option: "back", total: chf("1702.05") },
  { reading: "base", option: "all-applicable", total: chf("2077.05") },
];

test("the whole quote inside the window", () => {
  expect(quote()).toEqual({
    ...base,
    status: "offered",
    lines,
    total: chf("2077.05"),
    waived: null,
    indicative: null,
    payBy: "2027-12-31",
    newTerm: { firstDay: "2027-03-01", lastDay: "2028-02-29" },
    alternatives,
    reasons: [
      insideReason,
      {
        clause: "7.6",
        condition: "price-cap",
        result: "info",
        finding:
          "the new annual fee of `l-1`, CHF 1,500.00, is more than 5 % above the last one, CHF 1,000.00; the cap on increases does not bind it",
        facts: [{ path: "licenses/l-1/annualFee", value: "1000.00" }],
        cure: null,
      },
    ],
    missing: [],
    readings: [
      { id: "window", chosen: "last-day-inside" },
      { id: "rate", chosen: "last-fee" },
      { id: "accrual", chosen: "daily" },
      { id: "base", chosen: "back-and-forward" },
      { id: "day-count", chosen: "contractual-period" },
      { id: "rounding", chosen: "each-line-half-up" },
    ],
  });
});

describe("the request", () => {
  const parse = (more: object) => reinstatementRequest.safeParse({ contractId: "c-1", reinstateOn: "2027-03-01", ...more }).success;
  test("names a license at least, or none at all, and 20,000 at most", () => {
    expect([parse({}), parse({ licenseIds: ["l-1"] }), parse({ licenseIds: [] }), parse({ more: 1 })]).toEqual([true, true, false, false]);
    const many = (n: number) => Array.from({ length: n }, (_, index) => `l-${index}`);
    expect([parse({ licenseIds: many(20_000) }), parse({ licenseIds: many(20_001) })]).toEqual([true, false]);
  });
  test("of another contract's license is refused, with its place", () => {
    const asked = () => quote({ licenseIds: ["l-1", "l-9"] });
    expect(asked).toThrow(Refused);
    expect(asked).toThrow(
      expect.objectContaining({
        code: "license-not-on-contract",
        errors: [{ pointer: "/licenseIds/1", detail: "license `l-9` is not on contract `c-1`" }],
      }),
    );
  });
  test("of a contract that is not there is refused", () => {
    expect(() => quoteReinstatement(sold(), { contractId: "c-9", reinstateOn: "2027-03-01" }, asOf("2027-01-15"))).toThrow(
      expect.objectContaining({ code: "contract-unknown", errors: [{ pointer: "/contractId", detail: "no contract `c-9` in the account" }] }),
    );
  });
  test("of 999 licenses fits 2,000 lines, of 1,000 it does not", () => {
    const of = (n: number) => {
      const ids = Array.from({ length: n }, (_, index) => `l-${index}`);
      const licenses = ids.map((id) => license(id));
      return quote({ dossier: { licenses, contracts: [contract("c-1", ids, ending)] } });
    };
    expect(of(999).lines).toHaveLength(1_999);
    expect(of(999).reasons[0].facts).toHaveLength(50);
    expect(() => of(1_000)).toThrow(
      expect.objectContaining({
        code: "quote-too-large",
        errors: [{ pointer: "/licenseIds", detail: "a quote has at most 2000 lines, this one would have 2001; name fewer" }],
      }),
    );
  });
});

describe("through the window and past it", () => {
  test("the last day is inside, the day after it is the vendor's to decide", () => {
    const last = quote({ reinstateOn: "2027-12-31" });
    // 364 days: 997.26; 25 % of 2,497.26 is 624.315.
    expect(last).toMatchObject({ status: "offered", total: chf("3121.58"), indicative: null, payBy: "2027-12-31" });
    const after = quote({ reinstateOn: "2028-01-01" });
    // A whole year: 1,000.00; 25 % of 2,500.00.
    expect(after).toMatchObject({ status: "discretion", total: null, waived: null, indicative: chf("3125.00"), payBy: null });
    expect(after.reasons[0]).toEqual(
      windowReason(
        "discretion",
        "reinstatement on 2028-01-01 lies after the window, which ended on 2027-12-31; what follows is for the vendor to decide",
      ),
    );
  });
  test("paid on the last day is inside, the day after it is not", () => {
    expect(quote({ payOn: "2027-12-31" })).toMatchObject({ status: "offered", payOn: "2027-12-31", total: chf("2077.05") });
    const late = quote({ payOn: "2028-01-01" });
    expect(late).toMatchObject({ status: "discretion", payBy: null, total: null, indicative: chf("2077.05") });
    expect(late.reasons[0]).toEqual(
      windowReason("discretion", "payment on 2028-01-01 lies after the window, which ended on 2027-12-31; what follows is for the vendor to decide"),
    );
  });
  test("reinstated on the last day and paid the day after, it is the payment that is late", () => {
    expect(quote({ reinstateOn: "2027-12-31", payOn: "2028-01-01" }).reasons[0].finding).toMatch(/^payment on 2028-01-01 lies after the window/);
  });
  test("asked when nobody can pay in time any more, it has expired", () => {
    expect([quote({ on: "2027-12-31" }).status, quote({ on: "2028-01-01" }).status]).toEqual(["offered", "expired"]);
    expect(quote({ on: "2028-01-01" })).toMatchObject({ total: chf("2077.05"), indicative: null });
  });
  test("on the day in the policy's zone", () => {
    expect([quote({ on: "2027-12-31T22:59:59Z" }).status, quote({ on: "2027-12-31T23:00:00Z" }).status]).toEqual(["offered", "expired"]);
    const there = { policy: { ...seller(), zone: null }, known: { settings: { autoRenew: false, timeZone: "America/New_York" } } };
    expect([quote({ on: "2028-01-01T04:59:59Z", ...there }).status, quote({ on: "2028-01-01T05:00:00Z", ...there }).status]).toEqual([
      "offered",
      "expired",
    ]);
    expect(quote({ on: "2028-01-01", ...there }).asOf).toBe("2028-01-02T04:59:59.999Z");
  });
  test("without a window there is no last day", () => {
    expect(quote({ policy: seller({ "reinstatement-window": null, "price-cap": null }), on: "2030-01-01" })).toMatchObject({
      status: "offered",
      total: chf("2077.05"),
      payBy: null,
      reasons: [],
    });
  });
  test("the earliest lapse closes it for all", () => {
    const lines = contract("c-1", ["l-1", "l-2"]).lines.map((line) => (line.licenseId === "l-2" ? { ...line, coveredUntil: "2026-06-30" } : line));
    const two = { dossier: { licenses: [license("l-1"), license("l-2")], contracts: [{ ...contract("c-1", [], ending), lines }] } };
    expect(quote({ ...two, reinstateOn: "2027-06-30" })).toMatchObject({ status: "offered", payBy: "2027-06-30" });
    expect(quote({ ...two, reinstateOn: "2027-07-01" })).toMatchObject({ status: "discretion", payBy: null });
  });
});

describe("after a notice of cancellation, whose effect is in the agreement", () => {
  const clause = { id: "7.3", says: "cancellation", notices: [{ notice: "cancellation", ruling: "undetermined", missing: "termination clause" }] };
  const policy = seller();
  const known = { ...policy, clauses: policy.clauses?.map((one) => (one.id === "7.3" ? { ...one, notices: clause.notices } : one)) } as typeof policy;
  const notice = { noticeId: "n-1", contractId: "c-1", kind: "cancellation" as const, form: "letter" as const, receivedOn: "2026-06-01" };
  const cancelled = (change: object = {}, asked: Asked = {}) =>
    quote({ policy: known, known: {}, on: "2026-07-01", ...asked, dossier: { notices: [{ ...notice, ...change }] } });

  test("nobody can say whether anything lapsed", () => {
    expect(cancelled()).toMatchObject({
      ...nothing,
      status: "undetermined",
      missing: [{ what: "termination clause", clause: "7.3" }],
      reasons: [
        {
          clause: "7.3",
          condition: "cancellation",
          result: "unknown",
          finding: "cancellation `n-1`, received on 2026-06-01: whether and when it ends support is not in the policy; missing: termination clause",
          facts: [{ path: "notices/n-1/receivedOn", value: "2026-06-01" }],
        },
      ],
    });
  });
  test("which counts from its receipt, until it is withdrawn, for the licenses that it names", () => {
    expect(cancelled({ receivedOn: "2026-07-01" }).status).toBe("undetermined");
    expect(cancelled({ receivedOn: "2026-07-02" }).status).toBe("refused");
    expect(cancelled({ withdrawn: true }).status).toBe("refused");
    expect(cancelled({ contractId: "c-2" }).status).toBe("refused");
    expect(cancelled({ licenseIds: ["l-1"] }, { licenseIds: ["l-1"] }).status).toBe("undetermined");
    expect(cancelled({ licenseIds: ["l-2"] }).status).toBe("refused");
  });
  test("what lapsed by itself is quoted all the same", () => {
    expect(cancelled({}, { known: ending, on: "2027-01-15" }).status).toBe("offered");
  });
});

describe("what the vendor decided", () => {
  const exception: RecordedException = {
    exceptionId: "x-1",
    clause: "7.3",
    reason: "a good customer",
    approvedBy: "Ada",
    approvedOn: "2028-01-01",
    until: "2028-03-31",
  };
  const granted = (known: Partial<RecordedException> = {}, asked: Asked = {}) =>
    quote({ on: "2028-01-10", reinstateOn: "2028-01-01", ...asked, dossier: { exceptions: [{ ...exception, ...known }], ...asked.dossier } });

  test("is offered through its last day, at the figure that was indicative", () => {
    const answer = granted();
    expect(answer).toMatchObject({
      status: "offered",
      total: chf("3125.00"),
      waived: chf("0.00"),
      indicative: null,
      payBy: "2028-03-31",
      missing: [],
    });
    expect(answer.reasons.map(({ result, facts, cure }) => ({ result, facts, cure }))).toEqual([
      { result: "pass", facts: [...lapsedFact, { path: "exceptions/x-1", value: "2028-03-31" }], cure: null },
      { result: "info", facts: [{ path: "licenses/l-1/annualFee", value: "1000.00" }], cure: null },
    ]);
    expect(answer.reasons[0].finding).toBe(
      "approved as an exception by Ada until 2028-03-31: a good customer; without it: reinstatement on 2028-01-01 lies after the window, which ended on 2027-12-31; what follows is for the vendor to decide",
    );
  });
  test("less what it waives, under every reading", () => {
    const answer = granted({ amountWaived: chf("2000.00") });
    expect([answer.total, answer.waived]).toEqual([chf("1125.00"), chf("2000.00")]);
    expect(answer.alternatives.map(({ option, total }) => [option, total?.amount])).toEqual([
      ["as-billed", "1125.00"],
      // A whole year at CHF 1,500.00, and a quarter of CHF 3,000.00.
      ["literal", "1750.00"],
      // 2,500.00 and a quarter of the 1,500.00; then of the 1,000.00.
      ["forward", "875.00"],
      ["back", "750.00"],
      ["all-applicable", "1125.00"],
    ]);
  });
  test("never less than nothing, and in the contract's currency alone", () => {
    expect(granted({ amountWaived: chf("9000.00") })).toMatchObject({ total: chf("0.00"), waived: chf("3125.00") });
    expect(granted({ amountWaived: { amount: "500.00", currency: "EUR" } })).toMatchObject({ total: chf("3125.00"), waived: chf("0.00") });
  });
  test("changes nothing inside the window, before it counts, or for another contract", () => {
    expect(granted({}, { reinstateOn: "2027-03-01", on: "2027-12-31" })).toMatchObject({ waived: null, payBy: "2027-12-31" });
    expect(granted({ approvedOn: "2028-01-11" }).status).toBe("discretion");
    expect(granted({ contractId: "c-2" }).status).toBe("discretion");
    expect(granted({ contractId: "c-1" }).status).toBe("offered");
    expect(granted({}, { on: "2028-04-01" }).status).toBe("discretion");
  });
  test("is not offered to begin or to be paid after its last day", () => {
    const on = (asked: Asked) => granted({}, asked);
    expect(on({ reinstateOn: "2028-03-31" })).toMatchObject({ status: "offered", payBy: "2028-03-31" });
    expect(on({ payOn: "2028-03-31" })).toMatchObject({ status: "offered", payBy: "2028-03-31" });
    for (const [asked, what] of [
      [{ reinstateOn: "2028-04-01" }, "reinstatement on 2028-04-01"],
      [{ payOn: "2028-04-01" }, "payment on 2028-04-01"],
    ] as const) {
      const answer = on(asked);
      expect(answer).toMatchObject({ status: "discretion", payBy: null, total: null, waived: null });
      expect(answer.reasons.at(-1)).toEqual({
        clause: "7.3(i)",
        condition: "exception",
        result: "info",
        finding: `the exception \`x-1\`, approved by Ada until 2028-03-31, is not applied: ${what} lies after its last day`,
        facts: [{ path: "exceptions/x-1", value: "2028-03-31" }],
        cure: null,
      });
    }
  });
  test("a waiver inside the window is told of as not applied", () => {
    const answer = granted({ amountWaived: chf("500.00") }, { reinstateOn: "2027-03-01", on: "2028-01-10", payOn: "2027-12-31" });
    expect(answer).toMatchObject({ status: "expired", waived: null });
    const early = granted({ amountWaived: chf("500.00"), approvedOn: "2027-01-01" }, { reinstateOn: "2027-03-01", on: "2027-02-01" });
    expect(early).toMatchObject({ status: "offered", waived: null, payBy: "2027-12-31" });
    expect(early.reasons.at(-1)).toMatchObject({
      result: "info",
      finding: "the exception `x-1`, approved by Ada until 2028-03-31, is not applied: inside the window nothing is at discretion",
    });
  });
  test("offers no sum that is not known", () => {
    const policy = seller({ "forward-fees": { formula: "forward-fees", months: 12, withoutList: "unknown" } });
    expect(granted({}, { policy, catalog: {} })).toMatchObject({ status: "undetermined", total: null, waived: null, indicative: null });
  });
});

describe("other readings", () => {
  const chosen = (reading: string, option: string) => quote({ known: { settings: { ...ending.settings, readings: { [reading]: option } } } });
  test("that are chosen give their total, and the default becomes the alternative", () => {
    const answer = chosen("base", "forward");
    expect(answer.total).toEqual(chf("2036.64"));
    expect(answer.alternatives.filter(({ reading }) => reading === "base")).toEqual([
      { reading: "base", option: "back-and-forward", total: chf("2077.05") },
      { reading: "base", option: "back", total: chf("1702.05") },
      { reading: "base", option: "all-applicable", total: chf("2077.05") },
    ]);
  });
  test("go with those that the contract agreed on", () => {
    const both = quote({ known: { settings: { ...ending.settings, readings: { base: "back", accrual: "as-billed" } } } });
    expect(both.total).toEqual(chf("2750.00"));
    expect(both.alternatives).toContainEqual({ reading: "base", option: "forward", total: chf("2875.00") });
    // Daily, and the base still `back`: 161.64 + 1,500.00 + 40.41.
    expect(both.alternatives).toContainEqual({ reading: "accrual", option: "daily", total: chf("1702.05") });
  });
  test("are not asked where nothing depends on them", () => {
    const fixed = seller({
      "back-fees": { formula: "back-fees", accrual: "daily", rate: "last-fee" },
      "reinstatement-fee": { formula: "reinstatement-fee", basisPoints: 2_500, base: "forward", early: "assessed" },
    });
    expect(quote({ policy: fixed }).alternatives).toEqual([]);
  });
  test("have no total where it cannot be told", () => {
    const when = { reading: "base", is: "back" };
    const policy = seller({ "forward-fees": { formula: "forward-fees", months: 12, when, withoutList: "unknown" } });
    const answer = quote({ policy, catalog: {} });
    // Without a year to pay: 161.64 and a quarter of it.
    expect([answer.status, answer.total]).toEqual(["offered", chf("202.05")]);
    expect(answer.alternatives.filter(({ reading }) => reading === "base")).toEqual([
      { reading: "base", option: "forward", total: chf("161.64") },
      { reading: "base", option: "back", total: null },
      { reading: "base", option: "all-applicable", total: chf("202.05") },
    ]);
  });
});

describe("nothing is offered", () => {
  test("where the text says nothing about bringing support back", () => {
    expect(quote({ policy: seller({ reinstatement: null }) })).toEqual({
      ...base,
      ...nothing,
      status: "undetermined",
      reasons: [
        {
          clause: "2.1",
          condition: "agreement",
          result: "unknown",
          finding: "Acme Support does not say what bringing support back costs: it is in an agreement that is not part of the policy",
          facts: [],
          cure: null,
        },
      ],
      missing: [{ what: "agreement", clause: "2.1" }],
      readings: [],
    });
  });
  test("nor is there anything to bring back before cover has ended", () => {
    const besides = (reinstateOn: string) => quote({ policy: seller({ reinstatement: null }), reinstateOn }).reasons.slice(1);
    const finding = "nothing has lapsed by 2026-12-31: cover under contract `c-1` is recorded through 2026-12-31";
    expect(besides("2026-12-31")).toEqual([{ clause: "2.1", condition: "reinstatement", result: "info", finding, facts: [], cure: null }]);
    expect(besides("2027-01-01")).toEqual([]);
  });
  test("where a reseller sold it", () => {
    expect(quote({ known: { ...ending, soldBy: { reseller: "Resellia" } } })).toEqual({
      ...base,
      ...nothing,
      status: "refused",
      reasons: [
        {
          clause: "2.1",
          condition: "sold-by-vendor",
          result: "redirect",
          finding: "contract `c-1` was sold by reseller Resellia, who serves it",
          facts: [{ path: "contracts/c-1/soldBy", value: "Resellia" }],
          cure: { says: "turn to Resellia", clause: "2.1", price: null },
        },
      ],
      missing: [],
      readings: [],
    });
  });
  test("where nothing lapsed", () => {
    expect(quote({ known: {} })).toEqual({
      ...base,
      ...nothing,
      status: "refused",
      reasons: [
        {
          clause: "7.3",
          condition: "reinstatement",
          result: "fail",
          finding: "contract `c-1` has nothing that lapsed: license `l-1` renews by itself",
          facts: [],
          cure: null,
        },
      ],
      missing: [],
      readings: [],
    });
  });
});

describe("after a window that ends in buying again", () => {
  const policy = seller({ "reinstatement-window": { formula: "reinstatement-window", months: 12, afterwards: "repurchase" } });
  const list = (known: object) => ({
    priceLists: prices({ "p-1": "150.00" }).map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, ...known })) })),
  });
  const licensePricePerSeat = chf("700.00");

  test("the day of reinstatement alone decides, not that of payment", () => {
    const answer = quote({ policy, payOn: "2028-06-01" });
    expect(answer).toMatchObject({ status: "offered", total: chf("2077.05"), payBy: "2027-12-31" });
    expect(answer.reasons[0].finding).toBe(
      "reinstatement on 2027-03-01 lies inside the window, which ends on 2027-12-31; it is to be paid by then: payment on 2028-06-01 would be too late to accept this",
    );
  });
  test("the licenses have their price, which binds nobody", () => {
    expect(quote({ policy, reinstateOn: "2028-01-01", catalog: list({ licensePricePerSeat }) })).toEqual({
      ...base,
      ...nothing,
      reinstateOn: "2028-01-01",
      payOn: "2028-01-01",
      status: "repurchase",
      lines: [
        {
          part: "repurchase",
          licenseId: "l-1",
          firstDay: null,
          lastDay: null,
          days: null,
          basis: chf("700.00"),
          rate: null,
          amount: chf("7000.00"),
          clause: "7.3(i)",
          formula: "CHF 700.00 a seat × 10 seats, price list `pl-1`",
        },
      ],
      indicative: chf("7000.00"),
      reasons: [
        windowReason("fail", "reinstatement on 2028-01-01 lies after the window, which ended on 2027-12-31; the licenses have to be bought again"),
      ],
      missing: [],
      readings: [{ id: "window", chosen: "last-day-inside" }],
    });
  });
  test("a price that is not listed is missing, and there is no sum", () => {
    const two = {
      licenses: [license("l-1"), license("l-2", { productId: "p-2", seats: 1 })],
      contracts: [contract("c-1", ["l-1", "l-2"], ending)],
    };
    const answer = quote({ policy, reinstateOn: "2028-01-01", catalog: list({ licensePricePerSeat }), dossier: two });
    expect(answer.lines.map(({ licenseId }) => licenseId)).toEqual(["l-1"]);
    expect([answer.indicative, answer.missing]).toEqual([null, [{ what: "license price of `p-2` on 2028-01-01", clause: "7.3(i)" }]]);
    expect(quote({ policy, reinstateOn: "2028-01-01" })).toMatchObject({
      lines: [],
      indicative: null,
      missing: [{ what: "license price of `p-1` on 2028-01-01", clause: "7.3(i)" }],
    });
  });
  test("two that are listed add up; a license that is not recorded has no price", () => {
    const contracts = [contract("c-1", ["l-1", "l-2"], ending)];
    const both = { licenses: [license("l-1"), license("l-2", { seats: 1 })], contracts };
    expect(quote({ policy, reinstateOn: "2028-01-01", catalog: list({ licensePricePerSeat }), dossier: both }).indicative).toEqual(chf("7700.00"));
    const one = { licenses: [license("l-1")], contracts };
    expect(quote({ policy, reinstateOn: "2028-01-01", catalog: list({ licensePricePerSeat }), dossier: one }).missing).toEqual([
      { what: "license price of `l-2` on 2028-01-01", clause: "7.3(i)" },
    ]);
  });
  describe("each goes by its own lapse", () => {
    // l-2 lapsed on 2026-07-01, through 2027-06-30; l-1 on 2027-01-01. Ten seats at CHF 700.00 are 7,000.00.
    // 181 days of 365 at 1,000.00 are 495.89; with a year at 1,500.00 and a quarter of both, 498.97, fees of 2,494.86.
    const [first, second] = contract("c-1", ["l-1", "l-2"]).lines;
    const contracts = [contract("c-1", [], { ...ending, lines: [first!, { ...second!, coveredUntil: "2026-06-30" }] })];
    const dossier = { licenses: [license("l-1"), license("l-2")], contracts };
    const asked = (reinstateOn: string, catalog = list({ licensePricePerSeat })) => quote({ policy, reinstateOn, dossier, catalog });

    test("inside of every window all of them come back for fees", () => {
      expect(asked("2027-06-30")).toMatchObject({ status: "offered", payBy: "2027-06-30", indicative: null });
    });
    test("the one whose window is over is bought again, the other comes back for fees", () => {
      const answer = asked("2027-07-01");
      expect(answer).toMatchObject({
        status: "repurchase",
        total: null,
        indicative: chf("9494.86"),
        payBy: null,
        newTerm: { firstDay: "2027-07-01", lastDay: "2028-06-30" },
        missing: [],
      });
      expect(answer.lines.map(({ part, licenseId, amount }) => `${part} ${licenseId} ${amount.amount}`)).toEqual([
        "repurchase l-2 7000.00",
        "back-fees l-1 495.89",
        "forward-fees l-1 1500.00",
        "reinstatement-fee null 498.97",
      ]);
      expect(answer.reasons.slice(0, 2)).toEqual([
        {
          clause: "7.3(i)",
          condition: "reinstatement-window",
          result: "fail",
          finding:
            "l-2: reinstatement on 2027-07-01 lies after the window, which ended on 2027-06-30; the licenses have to be bought again; license prices CHF 7,000.00",
          facts: [{ path: "licenses/l-2/lapsedOn", value: "2026-07-01" }],
          cure: null,
        },
        {
          clause: "7.3(i)",
          condition: "reinstatement-window",
          result: "pass",
          finding: "l-1: reinstatement on 2027-07-01 and payment on 2027-07-01 lie inside the window, which ends on 2027-12-31; fees CHF 2,494.86",
          facts: [{ path: "licenses/l-1/lapsedOn", value: "2027-01-01" }],
          cure: null,
        },
      ]);
    });
    test("a price that is not listed leaves the sum of the fees", () => {
      const answer = asked("2027-07-01", list({}));
      expect([answer.status, answer.indicative]).toEqual(["repurchase", null]);
      expect(answer.reasons.slice(0, 2).map(({ finding }) => finding.split("; ").at(-1))).toEqual([
        "the licenses have to be bought again",
        "fees CHF 2,494.86",
      ]);
    });
    test("past every window all of them are bought again", () => {
      expect(asked("2028-01-01")).toMatchObject({ status: "repurchase", indicative: chf("14000.00"), newTerm: null });
    });
  });
});

describe("what is owed beside the contract, where the text gives no help until it is paid", () => {
  const owing: NonNullable<PolicyText["clauses"]> = [
    {
      id: "2.2",
      says: "everything is paid",
      conditions: [
        { condition: "payments-current", scope: "policy", withoutContract: "in-scope", otherwise: "fail", cure: { says: "pay the open balance" } },
      ],
    },
  ];
  const reasonsOf = (policy: PolicyText, known: Parameters<typeof invoice>[1] = {}) =>
    quote({ policy, dossier: { contracts: [contract("c-1", ["l-1"], ending)], invoices: [invoice("inv-1", known)] } }).reasons.filter(
      ({ condition }) => condition === "payments-current",
    );

  test("is told beside the offer, with its figures", () => {
    expect(reasonsOf(seller({}, owing))).toEqual([
      {
        clause: "2.2",
        condition: "payments-current",
        result: "info",
        finding: expect.stringMatching(/^open balance CHF 1,200\.00 on `inv-1`, due 2026-03-02, .*: support that is back waits for that too$/),
        facts: [{ path: "invoices/inv-1/dueOn", value: "2026-03-02" }],
        cure: { says: "pay the open balance", clause: "2.2", price: chf("1200.00") },
      },
    ]);
  });
  test("not what is paid, not due, or of a contract alone: what comes back has a contract of its own", () => {
    expect(reasonsOf(seller({}, owing), { payments: [{ paidOn: "2027-01-15", amount: chf("1200.00") }] })).toEqual([]);
    expect(reasonsOf(seller({}, owing), { dueOn: "2027-01-15" })).toEqual([]);
    const ofContract = owing.map((clause) => ({ ...clause, conditions: clause.conditions?.map((one) => ({ ...one, scope: "contract" })) }));
    expect(reasonsOf(seller({}, ofContract as typeof owing))).toEqual([]);
  });
});
