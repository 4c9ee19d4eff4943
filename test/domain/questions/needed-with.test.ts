/** The cure of a license that never had support names and prices all that the policy wants covered with it. */
import { expect, test } from "vitest";
import type { HeldContract, HeldLicense } from "../../../domain/facts.ts";
import { type About, type Condition, chf, contract, judge, license, prices, product } from "../conditions/asked.ts";

const covered: Condition = { condition: "covered", otherwise: "fail" };
const whole = (group: "product-line" | "deployment", more: object = {}): Condition => ({
  condition: "whole-coverage",
  group,
  of: ["perpetual"],
  otherwise: "fail",
  ...more,
});
const four = [license("l-1"), license("l-2", { productId: "p-2" }), license("l-3", { productId: "p-3" }), license("l-4", { productId: "p-4" })];

/** `p-1` and `p-2` are tools, at CHF 400.00 and 100.00 a seat; `p-3` is a game, `p-4` no product that is recorded. Ten seats of each. */
const cure = (
  licenses: HeldLicense[],
  { beside = [whole("product-line")], contracts = [contract("c-9", [])], ...about }: About & { contracts?: HeldContract[] } = {},
) =>
  judge(covered, {
    dossier: { licenses, contracts },
    catalog: {
      products: [product("p-1"), product("p-2"), product("p-3", { productLine: "games" })],
      priceLists: prices({ "p-1": "400.00", "p-2": "100.00", "p-3": "150.00" }),
    },
    beside,
    licenseId: "l-1",
    ...about,
  }).cure;

const alone = { says: "put l-1 on a support contract; first year of l-1 CHF 4,000.00", clause: "4.1", price: chf("4000.00") };
const both = {
  says: "put l-1 on a support contract, and with it l-2; first year of l-1 CHF 4,000.00; first year of l-2 CHF 1,000.00",
  clause: "4.1",
  price: chf("5000.00"),
};

test("nothing of its line has support: all of it has to be covered, other lines have not", () => expect(cure(four)).toEqual(both));
test("the license alone, where the policy asks for no whole line, or not of its kind", () => {
  expect(cure(four, { beside: [] })).toEqual(alone);
  expect(cure([license("l-1"), license("l-2", { productId: "p-2", kind: "trial" })])).toEqual(alone);
  expect(cure(four, { beside: [whole("product-line", { of: ["subscription"] })] })).toEqual(alone);
});
test("only gaps: what is covered, retired, or going to be covered is not paid for", () => {
  expect(cure(four, { contracts: [contract("c-1", ["l-2"])] })).toEqual(alone);
  expect(cure([license("l-1"), license("l-2", { productId: "p-2", retiredOn: "2026-06-15" })])).toEqual(alone);
  const begins = contract("c-1", ["l-2"], { term: { firstDay: "2026-07-01", lastDay: "2027-06-30" } });
  expect(cure(four, { contracts: [begins] })).toEqual(alone);
});
test("nothing with a license whose own cover is to begin", () => {
  const begins = contract("c-1", ["l-1"], { term: { firstDay: "2026-07-01", lastDay: "2027-06-30" } });
  expect(cure(four, { contracts: [begins] })).toMatchObject({ says: "cover of l-1 begins on 2026-07-01 under contract `c-1`", price: null });
});
test("by way of another one: what the deployment of the line's other license lacks", () => {
  const [first, second, third] = four as [HeldLicense, HeldLicense, HeldLicense];
  const licenses = [first, { ...second, deploymentId: "d-1" }, { ...third, deploymentId: "d-1" }];
  expect(cure(licenses, { beside: [whole("product-line"), whole("deployment")] })).toMatchObject({
    says: expect.stringContaining("and with it l-2, l-3;"),
    price: chf("6500.00"),
  });
});
test("what lapsed is quoted with what lapsed with it", () => {
  const lapsed = contract("c-1", ["l-1"], { term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } });
  const licenses = [license("l-1", { deliveredOn: "2025-01-01" }), ...four.slice(1)];
  const formulas: About["formulas"] = [{ formula: "reinstatement", licenseKinds: ["perpetual"], anchor: "own" }];
  expect(cure(licenses, { contracts: [lapsed], formulas })).toEqual(alone);
  // Where nothing is brought back it is covered anew, with all that it takes.
  expect(cure(licenses, { contracts: [lapsed] })).toEqual(both);
});
