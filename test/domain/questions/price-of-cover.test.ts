/** What it costs to close a gap: reinstatement for what lapsed, a year's fee for what never was covered, and no price that is half known. */
import { describe, expect, test } from "vitest";
import type { Catalog, HeldContract, HeldLicense } from "../../../domain/facts.ts";
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
}

/** On 2027-07-01, with ten seats of `p-1` at CHF 105.00 a year. */
const price = ({
  contracts = [running, lapsed("c-2", ["l-2"])],
  licenses = [license("l-1"), license("l-2")],
  priceLists,
  with: its = formulas,
}: Asked = {}) =>
  judge(line, {
    dossier: { licenses, contracts },
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
  });
  test("that never covered it neither", () => expect(price({ contracts: [running, lapsed("c-2", [])] })).toEqual(year));
  test("that are still to begin neither", () => {
    expect(price({ contracts: [running, lapsed("c-2", ["l-2"], { term: { firstDay: "2027-08-01", lastDay: "2028-07-31" } })] })).toEqual(year);
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
