/** What an outlook and a ruling say beside what decides: a reseller's agreement, and an agreed zone that does not count. */
import { expect, test } from "vitest";
import { aside } from "../../../domain/questions/notice-aside.ts";
import { contract } from "../conditions/asked.ts";
import { type Sold, seller, sold } from "./quotable.ts";

function said(known: Sold["known"], policy = seller()) {
  const held = { ...contract("c-1", ["l-1"]), ...known };
  return aside(sold({ policy, known: held }), held, "2026-06-15");
}
const agreed = { settings: { timeZone: "Asia/Tokyo" } };
const zone = (clause: string) => ({
  clause,
  condition: "time-zone",
  result: "info",
  finding: "days begin and end in Europe/Zurich, the zone of the policy; Asia/Tokyo, agreed for the contract, does not count",
  facts: [{ path: "contracts/c-1/settings/timeZone", value: "Asia/Tokyo" }],
  cure: null,
});

test("nothing, of a contract with the vendor in the zone of the policy", () => {
  expect(said({})).toEqual([]);
  expect(said({ settings: { timeZone: "Europe/Zurich" } })).toEqual([]);
});
test("an agreed zone does not count where the policy has its own, by the clause of renewals, or of none", () => {
  expect(said(agreed)).toEqual([zone("7.2")]);
  expect(said(agreed, seller({ renewal: null }))).toEqual([zone("common")]);
});
test("where the policy has none, or that of the premises, it counts", () => {
  expect(said(agreed, { ...seller(), zone: null })).toEqual([]);
  expect(said(agreed, { ...seller(), zone: "premises" })).toEqual([]);
});
test("a reseller's agreement comes first", () => {
  expect(said({ ...agreed, soldBy: { reseller: "Resell Ltd" } })).toMatchObject([
    { clause: "2.1", condition: "sold-by-vendor", result: "redirect" },
    zone("7.2"),
  ]);
});
