/** Where a policy's days are those of the premises: one zone where all of the account's lie in one, else the one agreed, else two days. */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import { deadlinesOf } from "../../../domain/questions/deadlines.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { contract } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";
import { told } from "./told.ts";

const policy: PolicyText = {
  zone: "premises",
  regions: { "uk-eu": { zone: "Europe/London", always: false }, "us-est": { zone: "America/New_York", always: true } },
  clauses: [
    { id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail" }] },
    { id: "8", says: "a manager", benefits: [{ benefit: "manager", says: "a manager", needs: "contract" }] },
  ],
};
type Premises = Dossier["premises"];
const site = (premisesId: string, region: Premises[number]["region"], timeZone?: string): Premises[number] => ({
  premisesId,
  name: premisesId,
  region,
  ...(timeZone === undefined ? {} : { timeZone }),
});
const facts = (premises: Premises, timeZone?: string) =>
  factsOf(bookOf(policy), {
    premises,
    contracts: [
      contract("c-1", ["l-1"], {
        term: { firstDay: "2026-01-01", lastDay: "2026-09-30" },
        ...(timeZone === undefined ? {} : { settings: { timeZone } }),
      }),
    ],
  });
/** What check, standing and renewal say of one instant. */
function all(premises: Premises, at: string, timeZone?: string) {
  const known = facts(premises, timeZone);
  const standing = describeStanding(known, asOf(at));
  return [
    decideEntitlement(known, entitlementRequest.parse({ kind: "error" }), asOf(at)).outcome,
    standing.status,
    standing.benefits[0]?.available,
    standing.dependsOnZone.length,
    outlookRenewal(known, "c-1", asOf(at)).status,
    outlookRenewal(known, "c-1", asOf(at)).missing.length,
  ];
}
const running = ["entitled", "current", true, 0, "current", 0];
const over = ["not-entitled", "ended", false, 0, "ended", 0];

describe("all in one zone: its days", () => {
  // In London the thirtieth of September ends at 23:00Z, in New York at 04:00Z.
  test("one, in the zone of its region", () => {
    expect(all([site("lon", "uk-eu")], "2026-09-30T22:59:59Z")).toEqual(running);
    expect(all([site("lon", "uk-eu")], "2026-09-30T23:00:00Z")).toEqual(over);
  });
  test("several, also of different regions", () => {
    const two = [site("lon", "uk-eu"), site("dub", "apac", "Europe/London")];
    expect(all(two, "2026-09-30T22:59:59Z")).toEqual(running);
    expect(all(two, "2026-09-30T23:00:00Z")).toEqual(over);
  });
  test("before the one agreed", () => {
    expect(all([site("nyc", "us-est")], "2026-10-01T03:59:59Z", "Asia/Tokyo")).toEqual(running);
    expect(all([site("nyc", "us-est")], "2026-10-01T04:00:00Z", "Asia/Tokyo")).toEqual(over);
  });
});

describe("else", () => {
  const apart = [site("lon", "uk-eu"), site("nyc", "us-est")];
  test("the one agreed", () => {
    expect(all(apart, "2026-09-30T14:59:59Z", "Asia/Tokyo")).toEqual(running);
    expect(all(apart, "2026-09-30T15:00:00Z", "Asia/Tokyo")).toEqual(over);
  });
  test.each<[string, Premises, string]>([
    ["in several", apart, "record the agreed time zone as the contract's `settings.timeZone`"],
    ["in none that is known", [site("syd", "apac")], "record `timeZone` of the premises"],
    ["without any", [], "record `timeZone` of the premises"],
  ])("two days, and what to record: %s", (_, premises, says) => {
    const at = "2026-09-30T12:00:00Z";
    expect(all(premises, at)).toEqual(["undetermined", "current", null, 2, "current", 1]);
    expect(outlookRenewal(facts(premises), "c-1", asOf(at)).reasons.at(-1)?.cure?.says).toBe(says);
    expect(decideEntitlement(facts(premises), entitlementRequest.parse({ kind: "error" }), asOf(at)).reasons[0].cure?.says).toBe(says);
  });
});

test("the zone of premises that a request names stands before that of all", () => {
  const request = entitlementRequest.parse({ kind: "error", premisesId: "nyc" });
  const on = (at: string) => decideEntitlement(facts([site("lon", "uk-eu"), site("nyc", "us-est")]), request, asOf(at)).outcome;
  expect([on("2026-10-01T03:59:59Z"), on("2026-10-01T04:00:00Z")]).toEqual(["entitled", "not-entitled"]);
});

describe("what is announced and what falls due goes by it", () => {
  test("the end of cover is told when the day ends in London", () => {
    const lapses = (premises: Premises) => told(facts(premises), { since: "2026-01-01T12:00:00Z", until: "2026-10-02T00:00:00Z" });
    expect(lapses([site("lon", "uk-eu")])).toEqual(["2026-09-30T23:00:00Z contract.lapsed/c-1/2026-10-01"]);
    expect(lapses([])).toEqual(["2026-10-01T12:00:00Z contract.lapsed/c-1/2026-10-01"]);
  });
  test("the list says in which zone", () => {
    const zones = (premises: Premises) => [...new Set(deadlinesOf(facts(premises), asOf("2026-09-01T12:00:00Z")).map(({ timeZone }) => timeZone))];
    expect([zones([site("lon", "uk-eu")]), zones([])]).toEqual([["Europe/London"], [null]]);
  });
});
