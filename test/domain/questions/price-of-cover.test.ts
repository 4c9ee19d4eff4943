/** What it costs to close a gap: reinstatement for what lapsed, a year's fee for what never was covered, and no price that is half known. */
import { describe, expect, test } from "vitest";
import type { Catalog, Dossier, HeldContract, HeldLicense } from "../../../domain/facts.ts";
import { type About, type Condition, chf, contract, judge, license, prices, product } from "../conditions/asked.ts";

const line: Condition = {
  condition: "whole-coverage",
  group: "product-line",
  of: ["perpetual"],
  otherwise: "discretion",
  cure: { says: "cover the line" },
};

/** Missed fees by the day, the listed fee of a year, and 25 % of both. */
const formulas: About["formulas"] = [
  { formula: "reinstatement", licenseKinds: ["perpetual"], anchor: "own" },
  { formula: "forward-fees", months: 12, withoutList: "last-fee" },
  { formula: "back-fees", accrual: "daily", rate: "last-fee" },
  { formula: "reinstatement-fee", basisPoints: 2_500, base: "back-and-forward", early: "assessed" },
  { formula: "reinstatement-window", months: 12, afterwards: "discretion" },
];

const running = contract("c-1", ["l-1"], { term: { firstDay: "2026-01-01", lastDay: "2027-12-31" } });
const lapsed = (contractId: string, licenseIds: string[], known: Partial<HeldContract> = {}) => ({ ...contract(contractId, licenseIds), ...known });

interface Asked {
  contracts?: HeldContract[];
  licenses?: HeldLicense[];
  priceLists?: Catalog["priceLists"];
  with?: About["formulas"];
  exceptions?: Dossier["exceptions"];
  /** Instead of the line's whole coverage, and other conditions of the policy. */
  condition?: Condition;
  beside?: Condition[];
  licenseId?: string;
}

/** On 2027-07-01, with ten seats of `p-1` at CHF 105.00 a year. */
const price = ({
  contracts = [running, lapsed("c-2", ["l-2"])],
  licenses = [license("l-1"), license("l-2")],
  priceLists,
  with: its = formulas,
  exceptions = [],
  condition = line,
  beside = [],
  licenseId,
}: Asked = {}) =>
  judge(condition, {
    beside,
    licenseId,
    dossier: { licenses, contracts, exceptions },
    catalog: { products: [product("p-1"), product("p-2")], priceLists: priceLists ?? prices({ "p-1": "105.00" }) },
    formulas: its,
    asOf: "2027-07-01",
  }).cure;

// Missed: 181 of 365 days at CHF 1,000.00 are 495.89; the year 1,050.00; 25 % of 1,545.89 are 386.47.
test("what lapsed on 2027-01-01 is brought back", () => {
  expect(price()).toEqual({
    says: "cover the line: l-2; reinstatement on 2027-07-01 of l-2 CHF 1,932.36",
    clause: "4.1",
    price: chf("1932.36"),
  });
});

describe("without the formulas that it takes it costs a year", () => {
  const year = { says: "cover the line: l-2; first year of l-2 CHF 1,050.00", clause: "4.1", price: chf("1050.00") };
  test("none of them", () => expect(price({ with: [] })).toEqual(year));
  test("no fees for the time ahead", () => {
    expect(price({ with: (formulas ?? []).filter(({ formula }) => formula !== "forward-fees") })).toEqual(year);
  });
});

describe("of several licenses", () => {
  const three = [license("l-1"), license("l-2"), license("l-3")];

  test("one lapsed, one never was covered", () => {
    expect(price({ licenses: three })).toEqual({
      says: "cover the line: l-2, l-3; reinstatement on 2027-07-01 of l-2 CHF 1,932.36; first year of l-3 CHF 1,050.00",
      clause: "4.1",
      price: chf("2982.36"),
    });
  });
  test("under two contracts each is brought back under its own", () => {
    expect(price({ licenses: three, contracts: [running, lapsed("c-2", ["l-2"]), lapsed("c-3", ["l-3"])] })).toMatchObject({
      says: "cover the line: l-2, l-3; reinstatement on 2027-07-01 of l-2 CHF 1,932.36; reinstatement on 2027-07-01 of l-3 CHF 1,932.36",
      price: chf("3864.72"),
    });
  });
  test("under one contract together: 25 % of 3,091.78 are 772.95", () => {
    expect(price({ licenses: three, contracts: [running, lapsed("c-2", ["l-2", "l-3"])] })).toMatchObject({
      says: "cover the line: l-2, l-3; reinstatement on 2027-07-01 of l-2, l-3 CHF 3,864.73",
      price: chf("3864.73"),
    });
  });
  test("one that lapsed under two contracts is paid for once", () => {
    expect(price({ contracts: [running, lapsed("c-2", ["l-2"]), lapsed("c-3", ["l-2"])] })).toMatchObject({ price: chf("1932.36") });
  });
  test("ten parts are told, all are in the price", () => {
    const ids = Array.from({ length: 12 }, (_, index) => `l-${index + 10}`);
    const { says, price: total } = price({ licenses: [license("l-1"), ...ids.map((id) => license(id))], contracts: [running] }) as {
      says: string;
      price: unknown;
    };
    expect(says.match(/first year of/g)).toHaveLength(10);
    expect(total).toEqual(chf("12600.00"));
  });
});

test("without the formula that brings it back, fees for the time ahead are no price of it", () => {
  expect(price({ with: (formulas ?? []).filter(({ formula }) => formula !== "reinstatement") })).toMatchObject({ price: chf("1050.00") });
});

describe("other contracts", () => {
  const year = { says: "cover the line: l-2; first year of l-2 CHF 1,050.00", clause: "4.1", price: chf("1050.00") };

  test("in another currency, or under another policy, bring nothing back", () => {
    const euro = { currency: "EUR", lines: [{ licenseId: "l-2", annualFee: { amount: "1000.00", currency: "EUR" } }] };
    expect(price({ contracts: [running, lapsed("c-2", [], euro)] })).toEqual(year);
    expect(price({ contracts: [running, lapsed("c-2", ["l-2"], { policyId: "other-support" })] })).toEqual(year);
  });
  test("that never covered it neither", () => expect(price({ contracts: [running, lapsed("c-2", [])] })).toEqual(year));
  test("that are still to begin cover it then: nothing is to be paid, and the line need not be covered otherwise", () => {
    const begins = lapsed("c-2", ["l-2"], { term: { firstDay: "2027-08-01", lastDay: "2028-07-31" } });
    expect(price({ contracts: [running, begins] })).toEqual({
      says: "cover of l-2 begins on 2027-08-01 under contract `c-2`",
      clause: "4.1",
      price: null,
    });
  });
  test("beside what is still to begin the rest is covered, at its own price", () => {
    const begins = lapsed("c-2", ["l-2"], { term: { firstDay: "2027-08-01", lastDay: "2028-07-31" } });
    const three = [license("l-1"), license("l-2"), license("l-3")];
    expect(price({ contracts: [running, begins, lapsed("c-3", ["l-3"])], licenses: three })).toEqual({
      says: "cover the line: l-3; reinstatement on 2027-07-01 of l-3 CHF 1,932.36; cover of l-2 begins on 2027-08-01 under contract `c-2`",
      clause: "4.1",
      price: chf("1932.36"),
    });
  });
});

/** The twelve months from the first day without cover; asked on 2027-07-01. */
describe("the window", () => {
  const held = [license("l-1"), license("l-2", { deliveredOn: "2025-01-01" })];
  const endedOn = (contractId: string, lastDay: string) => lapsed(contractId, ["l-2"], { term: { firstDay: "2025-01-01", lastDay } });

  // Missed: 364 days, 184 and 180 of 365 by the periods from 1 January, are 997.26; the year 1,050.00; 25 % of 2,047.26 are 511.82.
  test("its last day: what lapsed on 2026-07-02 is brought back", () => {
    expect(price({ licenses: held, contracts: [running, endedOn("c-2", "2026-07-01")] })).toMatchObject({
      says: "cover the line: l-2; reinstatement on 2027-07-01 of l-2 CHF 2,559.08",
      price: chf("2559.08"),
    });
  });
  // Missed: a year, 1,000.00; 25 % of 2,050.00 are 512.50.
  test("the day after: it is the vendor's to decide, and there is no price", () => {
    expect(price({ licenses: held, contracts: [running, endedOn("c-2", "2026-06-30")] })).toEqual({
      says: "cover the line: l-2; reinstatement on 2027-07-01 of l-2 at the vendor's discretion (the window ended on 2027-06-30), indicative CHF 2,562.50",
      clause: "4.1",
      price: null,
    });
  });
  test("decided by an exception there is one, less what it waives and never below zero", () => {
    const approved = (waived: string) => ({
      exceptionId: "x-1",
      contractId: "c-2",
      clause: "7",
      reason: "a good customer",
      approvedBy: "A. Vendor",
      until: "2027-07-01",
      amountWaived: chf(waived),
    });
    const asked = { licenses: held, contracts: [running, endedOn("c-2", "2026-06-30")] };
    expect(price({ ...asked, exceptions: [approved("512.50")] })).toMatchObject({
      says: "cover the line: l-2; reinstatement on 2027-07-01 of l-2 by exception of A. Vendor until 2027-07-01 CHF 2,050.00",
      price: chf("2050.00"),
    });
    expect(price({ ...asked, exceptions: [approved("9999.00")] })).toMatchObject({ price: chf("0.00") });
    expect(price({ ...asked, exceptions: [{ ...approved("512.50"), contractId: "c-1" }] })).toMatchObject({ price: null });
  });
  test("of two contracts under which it lapsed, the one whose window is open", () => {
    const contracts = [running, endedOn("c-2", "2025-12-31"), lapsed("c-3", ["l-2"])];
    expect(price({ licenses: held, contracts })).toMatchObject({ price: chf("1932.36") });
  });
  test("a price that is half known is not told, what is the vendor's to decide is", () => {
    const three = [...held, license("l-3", { productId: "p-2" })];
    expect(price({ licenses: three, contracts: [running, endedOn("c-2", "2026-06-30")] })).toMatchObject({
      says: "cover the line: l-2, l-3; reinstatement on 2027-07-01 of l-2 at the vendor's discretion (the window ended on 2027-06-30), indicative CHF 2,562.50",
      price: null,
    });
  });

  describe("after which the licenses are bought again", () => {
    const again = (formulas ?? []).map((entry) =>
      entry.formula === "reinstatement-window" ? { ...entry, afterwards: "repurchase" as const } : entry,
    );
    const asked = { licenses: held, contracts: [running, endedOn("c-2", "2026-06-30")], with: again };
    const replaced = "then record `retiredOn` of the licenses that were replaced";
    const words = "cover the line: l-2; l-2 has to be bought again (the window ended on 2027-06-30)";

    test("at the list's price", () => {
      const priceLists = prices({ "p-1": "105.00" }).map((list) => ({
        ...list,
        items: list.items.map((item) => ({ ...item, licensePricePerSeat: chf("700.00") })),
      }));
      expect(price({ ...asked, priceLists })).toEqual({ says: `${words}, license price CHF 7,000.00; ${replaced}`, clause: "4.1", price: null });
    });
    test("which the list does not say", () => expect(price(asked)).toEqual({ says: `${words}; ${replaced}`, clause: "4.1", price: null }));
    test("and asked about the license itself, that is all there is to do", () => {
      const covered: Condition = { condition: "covered", otherwise: "fail", cure: { says: "bring support back", clause: "4.1" } };
      expect(price({ ...asked, condition: covered, licenseId: "l-2" })).toEqual({
        says: `l-2 has to be bought again (the window ended on 2027-06-30); ${replaced}`,
        clause: "7",
        price: null,
      });
    });
  });
});

/** A policy that refuses a selection which leaves a product line incomplete, asked about one license alone. */
describe("what can be quoted", () => {
  const covered: Condition = { condition: "covered", otherwise: "fail", cure: { says: "bring support back", clause: "7" } };
  const silent: Condition = { ...line, of: ["perpetual"] };
  const alone = (asked: Asked) => price({ condition: covered, beside: [silent], licenseId: "l-2", ...asked });

  // Twice 495.89 and twice 1,050.00 are 3,091.78; 25 % are 772.95.
  test("with the license the other of its line that lapsed under the contract", () => {
    expect(alone({ contracts: [lapsed("c-2", ["l-1", "l-2"])] })).toEqual({
      says: "bring support back; reinstatement on 2027-07-01 of l-2, l-1 CHF 3,864.73",
      clause: "7",
      price: chf("3864.73"),
    });
  });
  test("and with what never was covered", () => {
    expect(alone({ contracts: [lapsed("c-2", ["l-2"])] })).toEqual({
      says: "bring support back; reinstatement on 2027-07-01 of l-2 CHF 1,932.36; first year of l-1 CHF 1,050.00",
      clause: "7",
      price: chf("2982.36"),
    });
  });
  test("not with what lapsed under another contract, which has a quote of its own", () => {
    expect(alone({ contracts: [lapsed("c-2", ["l-2"]), lapsed("c-3", ["l-1"])] })).toMatchObject({ price: chf("1932.36") });
  });
  test("not with what another contract is going to cover", () => {
    const begins = lapsed("c-3", ["l-1"], { term: { firstDay: "2027-08-01", lastDay: "2028-07-31" } });
    expect(alone({ contracts: [lapsed("c-2", ["l-2"]), begins] })).toMatchObject({ price: chf("1932.36") });
  });
  test("where the policy has no such rule, alone", () => {
    expect(alone({ contracts: [lapsed("c-2", ["l-1", "l-2"])], beside: [] })).toMatchObject({ price: chf("1932.36") });
  });
});

test("where one part is not known, no price is told", () => {
  const none = { says: "cover the line: l-2", clause: "4.1", price: null };
  const never = { contracts: [running], licenses: [license("l-1"), license("l-2", { productId: "p-2" })] };
  expect(price({ ...never, priceLists: prices({ "p-1": "105.00" }) })).toEqual(none);
  const listed = (formulas ?? []).map((entry) => (entry.formula === "forward-fees" ? { ...entry, withoutList: "unknown" as const } : entry));
  expect(price({ with: listed, priceLists: [] })).toEqual(none);
  expect(price({ priceLists: [] })).toMatchObject({ price: chf("1869.86") });
});

describe("a sum that is half known is not told", () => {
  const words = "cover the line: l-2, l-3";
  const half = { says: words, clause: "4.1", price: null };
  const three = [license("l-1"), license("l-2"), license("l-3", { productId: "p-2" })];
  const unknown = (formulas ?? []).map((entry) => (entry.formula === "forward-fees" ? { ...entry, withoutList: "unknown" as const } : entry));

  test("where one is not on the list, beside what never was covered or what lapsed", () => {
    expect(price({ licenses: three, contracts: [running] })).toEqual(half);
    expect(price({ licenses: three, contracts: [running, lapsed("c-2", ["l-2"]), lapsed("c-3", ["l-3"])], with: unknown })).toEqual(half);
  });
  test("what begins by itself is, without a price", () => {
    const begins = lapsed("c-2", ["l-2"], { term: { firstDay: "2027-08-01", lastDay: "2028-07-31" } });
    const four = [...three, license("l-4")];
    expect(price({ licenses: four, contracts: [running, begins] })).toEqual({
      says: "cover the line: l-3, l-4; cover of l-2 begins on 2027-08-01 under contract `c-2`",
      clause: "4.1",
      price: null,
    });
  });
  test("nor is it a price where a part is for the vendor to decide", () => {
    // Missed: a year, 1,000.00, and 1,050.00 for the next; 25 % of 2,050.00 are 512.50.
    const held = [license("l-1"), license("l-2", { deliveredOn: "2025-01-01" }), license("l-3")];
    const ended = lapsed("c-2", ["l-2"], { term: { firstDay: "2025-01-01", lastDay: "2026-06-30" } });
    expect(price({ licenses: held, contracts: [running, ended] })).toEqual({
      says: `${words}; reinstatement on 2027-07-01 of l-2 at the vendor's discretion (the window ended on 2027-06-30), indicative CHF 2,562.50; first year of l-3 CHF 1,050.00`,
      clause: "4.1",
      price: null,
    });
  });
});

describe("of several that lapsed under one contract", () => {
  const held = ["l-1", "l-2", "l-3"].map((id) => license(id, { deliveredOn: "2025-01-01" }));
  const [later, earlier] = contract("c-2", ["l-2", "l-3"]).lines;
  const ended = lapsed("c-2", [], {
    term: { firstDay: "2025-01-01", lastDay: "2026-12-31" },
    lines: [later!, { ...earlier!, coveredUntil: "2026-06-30" }],
  });
  test("the earliest lapse ends the window for all", () => {
    expect(price({ licenses: held, contracts: [running, ended] })).toMatchObject({
      says: expect.stringContaining("of l-2, l-3 at the vendor's discretion (the window ended on 2027-06-30), indicative CHF"),
      price: null,
    });
  });
  describe("and after which the licenses are bought again", () => {
    const again = (formulas ?? []).map((entry) =>
      entry.formula === "reinstatement-window" ? { ...entry, afterwards: "repurchase" as const } : entry,
    );
    const says = (lapse: HeldContract) => (price({ licenses: held, contracts: [running, lapse], with: again }) as { says: string }).says;
    test("all of them", () => {
      const both = lapsed("c-2", ["l-2", "l-3"], { term: { firstDay: "2025-01-01", lastDay: "2026-06-30" } });
      expect(says(both)).toContain("cover the line: l-2, l-3; l-2, l-3 have to be bought again (the window ended on 2027-06-30)");
    });
    test("or those alone whose own window ended; the other is brought back", () => {
      expect(says(ended)).toContain("l-3 has to be bought again (the window ended on 2027-06-30)");
      expect(says(ended)).toContain("reinstatement on 2027-07-01 of l-2 CHF 1,932.36");
    });
  });
  test("without a window there is none that ends", () => {
    const open = (formulas ?? []).filter(({ formula }) => formula !== "reinstatement-window");
    const one = lapsed("c-2", ["l-2"], { term: { firstDay: "2025-01-01", lastDay: "2026-06-30" } });
    expect(price({ licenses: held.slice(0, 2), contracts: [running, one], with: open })).toMatchObject({ price: chf("2562.50") });
  });
});

test("a waiver in another currency waives nothing", () => {
  const waiver = { exceptionId: "x-1", clause: "7", reason: "new", approvedBy: "A. Vendor", until: "2027-07-01" };
  const ended = lapsed("c-2", ["l-2"], { term: { firstDay: "2025-01-01", lastDay: "2026-06-30" } });
  const asked = { licenses: [license("l-1"), license("l-2", { deliveredOn: "2025-01-01" })], contracts: [running, ended] };
  expect(price({ ...asked, exceptions: [{ ...waiver, amountWaived: { amount: "512.50", currency: "EUR" } }] })).toMatchObject({
    price: chf("2562.50"),
  });
  expect(price({ ...asked, exceptions: [waiver] })).toMatchObject({ price: chf("2562.50") });
  expect(price({ ...asked, exceptions: [{ ...waiver, amountWaived: chf("2562.49") }] })).toMatchObject({ price: chf("0.01") });
});
