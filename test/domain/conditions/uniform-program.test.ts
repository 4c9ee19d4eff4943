/** One level for a bundle: its covered licenses stand under one program, on the day. */
import { describe, expect, test } from "vitest";
import type { HeldContract } from "../../../domain/facts.ts";
import { type Condition, contract, judge, license } from "./asked.ts";

const condition: Condition = { condition: "uniform-program", group: "bundle", otherwise: "discretion" };
const licenses = [license("l-1", { bundleId: "b-1" }), license("l-2", { bundleId: "b-1" }), license("l-3", { bundleId: "b-2" }), license("l-4")];
const under = (contracts: HeldContract[], licenseId = "l-1", asOf = "2026-06-15") =>
  judge(condition, { dossier: { licenses, contracts }, licenseId, asOf });
const silver = (licenseIds: string[], lastDay = "2026-12-31") =>
  contract("c-2", licenseIds, { program: "silver", term: { firstDay: "2026-01-01", lastDay } });
const level = { result: "pass", finding: "bundle `b-1` is supported at one level" };
const differs = {
  result: "discretion",
  finding: "bundle `b-1` is supported at different levels: gold under `c-1`, silver under `c-2`",
  facts: [
    { path: "contracts/c-1/program", value: "gold" },
    { path: "contracts/c-2/program", value: "silver" },
  ],
};

test("a license outside of any bundle, or none", () => {
  const none = { result: "pass", finding: "no bundle is concerned" };
  expect(under([contract("c-1", ["l-4"])], "l-4")).toEqual(none);
  expect(judge(condition, { licenseId: null })).toEqual(none);
});

describe("one level", () => {
  test("one contract", () => expect(under([contract("c-1", ["l-1", "l-2"])])).toEqual(level));
  test("two of the same program", () => {
    expect(under([contract("c-1", ["l-1"]), contract("c-2", ["l-2"])])).toEqual(level);
  });
  test("none at all", () => expect(under([contract("c-1", [])])).toEqual(level));
  test("a lower one of another bundle, or of none, does not count", () => {
    expect(under([contract("c-1", ["l-1", "l-2"]), silver(["l-3", "l-4"])])).toEqual(level);
  });
  test("a lower one under another policy does not count", () => {
    const other = contract("c-2", ["l-2"], { program: "silver", policyId: "other-support" });
    expect(under([contract("c-1", ["l-1"]), other])).toEqual(level);
  });
});

describe("two levels", () => {
  test("of two licenses", () => expect(under([contract("c-1", ["l-1"]), silver(["l-2"])])).toEqual(differs));
  test("where the clause refuses", () => {
    const dossier = { licenses, contracts: [contract("c-1", ["l-1"]), silver(["l-2"])] };
    expect(judge({ ...condition, otherwise: "fail" }, { dossier })).toMatchObject({ result: "fail" });
  });
  test("through the last day of the lower one, and no longer", () => {
    const contracts = [contract("c-1", ["l-1"]), silver(["l-2"], "2026-06-30")];
    expect(under(contracts, "l-1", "2026-06-30")).toEqual(differs);
    expect(under(contracts, "l-1", "2026-07-01")).toEqual(level);
  });
});
