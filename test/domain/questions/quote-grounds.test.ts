/** On what grounds support of a product is not sold at all, and what is said of a contract alone. */
import { describe, expect, test } from "vitest";
import { compile } from "../../../domain/compiled-policy.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { judgePurchase, notInPolicy, soldByReseller } from "../../../domain/questions/quote-grounds.ts";
import { contract, product } from "../conditions/asked.ts";
import { asOf, type PolicyText, policyOf } from "./asked.ts";
import { type Sold, seller, sold } from "./quotable.ts";

const kinds = { condition: "product-kind" as const, kinds: ["cloud-service" as const], says: "a cloud service", otherwise: "redirect" as const };
const policy = seller({}, [{ id: "1", says: "the cloud", conditions: [kinds] }]);

const purchase = (known: Partial<HeldContract> = {}, catalog: Sold["catalog"] = {}) => {
  const held = { ...contract("c-1", ["l-1"]), ...known };
  const facts = sold({ policy, known: held, catalog });
  return {
    facts,
    contract: held,
    policy: compile(policyOf(policy)),
    asOf: asOf("2026-06-15"),
    day: "2026-06-15",
    ends: new Map(),
    coverages: new Map(),
  };
};
const asked = (...about: Parameters<typeof judgePurchase>) =>
  judgePurchase(...about).reasons.map(({ condition, result }) => `${condition} ${result}`);

describe("asked are", () => {
  test("of a product: that it is recorded, its kind, and the seller; not cover, which it cannot have yet", () => {
    expect(asked(purchase(), "p-1")).toEqual(["product-recorded pass", "sold-by-vendor pass", "product-kind pass"]);
    expect(asked(purchase({}, { products: [product("p-1", { kind: "cloud-service" })] }), "p-1")).toContain("product-kind redirect");
    expect(asked(purchase(), "p-9")).toContain("product-recorded unknown");
  });
  test("of the contract alone: the seller", () => {
    expect(asked(purchase(), null)).toEqual(["sold-by-vendor pass"]);
    expect(asked(purchase({ soldBy: { reseller: "Shop" } }), null)).toEqual(["sold-by-vendor redirect"]);
  });
});

test("a reseller is the reason to turn to them, the vendor is none", () => {
  expect(soldByReseller(purchase())).toBeNull();
  expect(soldByReseller(purchase({ soldBy: { reseller: "Shop" } }))).toMatchObject({
    clause: "2.1",
    result: "redirect",
    cure: { says: "turn to Shop" },
  });
});

test("what is not in the policy is in an agreement, by the clause of cover where there is one", () => {
  const told = (clauses: NonNullable<PolicyText["clauses"]>) => notInPolicy(compile(policyOf({ clauses })), "a renewal");
  const finding = "Acme Support does not say what a renewal costs: it is in an agreement that is not part of the policy";
  const unknown = (clause: string) => ({
    reasons: [{ clause, condition: "agreement", result: "unknown", finding, facts: [], cure: null }],
    missing: [{ what: "agreement", clause }],
    readings: [],
  });
  expect(
    told([
      { id: "1", says: "a", informs: "a" },
      { id: "2", says: "b", conditions: [{ condition: "covered", otherwise: "fail" }] },
    ]),
  ).toEqual(unknown("2"));
  expect(told([{ id: "3", says: "a", informs: "a" }])).toEqual(unknown("common"));
});
