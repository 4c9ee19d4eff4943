/** A later version may drop a program or a reading that contracts agreed: their facts are still taken, and nothing falls silently to a default. */
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../domain/contradictions.ts";
import type { HeldContract } from "../../domain/facts.ts";
import { decideEntitlement, entitlementRequest } from "../../domain/questions/entitlement.ts";
import { contract } from "../domain/conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "../domain/questions/asked.ts";

const clauses: PolicyText["clauses"] = [{ id: "2", says: "cover", conditions: [{ condition: "covered", otherwise: "fail" }] }];
const edition = (...options: string[]) => ({
  id: "edition",
  question: "which?",
  options: options.map((id) => ({ id, says: id })),
  default: "coastal",
});
const first: PolicyText = { clauses, programs: ["gold", "harbor"], readings: [edition("coastal", "harbor")] };
const term = { firstDay: "2026-01-01", lastDay: "2027-12-31" };
const agreed = (program: string, option?: string, known: Partial<HeldContract> = {}) =>
  contract("c-1", ["l-1"], { program, term, ...(option !== undefined && { settings: { readings: { edition: option } } }), ...known });

describe("a version from 2027 on without `harbor`", () => {
  const dropped: PolicyText = { clauses, version: "2027", effectiveFrom: "2027-01-01", programs: ["gold"], readings: [edition("coastal")] };
  const refused = (document: HeldContract, ...versions: PolicyText[]) =>
    contradictionsOf("contracts/c-1", document, factsOf(bookOf(first, ...versions))).map(({ pointer }) => pointer);

  test("is published before it is in force: what was recorded can be written again", () => {
    expect(refused(agreed("harbor", "harbor"), dropped)).toEqual([]);
  });
  test("takes what the new version alone has, for a contract that it will govern", () => {
    expect(refused(agreed("platinum"), { ...dropped, programs: ["platinum"] })).toEqual([]);
  });
  test("refuses what no version has that may govern the contract", () => {
    const later = { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } };
    expect(refused(agreed("harbor", "harbor", later), dropped)).toEqual(["/program", "/settings/readings/edition"]);
    expect(refused(agreed("harbour", "pacific"), dropped)).toEqual(["/program", "/settings/readings/edition"]);
    expect(refused(agreed("harbor", "harbor", { policyVersion: "2027" }), dropped)).toEqual(["/program", "/settings/readings/edition"]);
    expect(refused(agreed("harbor", "harbor", { ...later, policyVersion: "1" }), dropped)).toEqual([]);
  });

  const check = (on: string, document: HeldContract, later = dropped) => {
    const answer = decideEntitlement(factsOf(bookOf(first, later), { contracts: [document] }), entitlementRequest.parse({ kind: "error" }), asOf(on));
    const { outcome, missing, reasons } = answer;
    return { outcome, missing: missing.map(({ what }) => what), facts: reasons.flatMap(({ facts }) => facts.map(({ path }) => path)) };
  };

  test("governs from its first day on: what was agreed and it does not have is missing, by name", () => {
    const document = agreed("harbor", "harbor");
    expect(check("2026-12-31", document)).toMatchObject({ outcome: "entitled", missing: [] });
    expect(check("2027-01-01", document)).toMatchObject({
      outcome: "undetermined",
      missing: ["contracts/c-1/program, under version `2027`", "contracts/c-1/settings/readings/edition, under version `2027`"],
      facts: expect.arrayContaining(["contracts/c-1/program", "contracts/c-1/settings/readings/edition"]),
    });
  });
  test("a reading that is gone altogether", () => {
    expect(check("2027-01-01", agreed("gold", "harbor"), { ...dropped, readings: [] })).toMatchObject({
      outcome: "undetermined",
      missing: ["contracts/c-1/settings/readings/edition, under version `2027`"],
    });
  });
  test("what it has is in order", () => {
    expect(check("2027-01-01", agreed("gold", "coastal"))).toMatchObject({ outcome: "entitled", missing: [] });
  });
});
