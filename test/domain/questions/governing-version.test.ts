/** Which version of a policy answers: the one in force at the request for what is asked of it, the one of the last term for money; one zone for all. */
import { describe, expect, test } from "vitest";
import { policyBook } from "../../../domain/compiled-policy.ts";
import type { Dossier, HeldContract } from "../../../domain/facts.ts";
import { decideEntitlement, type EntitlementRequest, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { contract, license, prices } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText, policyOf } from "./asked.ts";

type Clauses = NonNullable<PolicyText["clauses"]>;

const covered = { id: "2.1", says: "cover", conditions: [{ condition: "covered" as const, otherwise: "fail" as const }] };
const trained = {
  id: "3",
  says: "trained staff",
  conditions: [{ condition: "attestation" as const, name: "trained", states: "the staff is trained", otherwise: "discretion" as const }],
};
const target = (targetMinutes: number) => ({
  id: "5",
  says: "first response",
  deadlines: [{ deadline: "first-response" as const, targetMinutes, clock: "elapsed" as const, commitment: "committed" as const }],
});

/** From June on staff needs no training, and a response comes within half an hour instead of a whole one. */
const asBefore: Clauses = [covered, trained, target(60)];
const before: PolicyText = { clauses: asBefore };
const since = (known: PolicyText = {}): PolicyText => ({ version: "2", effectiveFrom: "2026-06-01", clauses: [covered, target(30)], ...known });

interface Asked {
  zone?: string | null;
  later?: PolicyText;
  request?: Partial<EntitlementRequest>;
  contracts?: HeldContract[];
  dossier?: Partial<Dossier>;
}
const facts = ({ zone = "Europe/Zurich", later = since({ zone }), contracts = [contract("c-1", ["l-1"])], dossier }: Asked) =>
  factsOf(bookOf({ ...before, zone }, later), { contracts, ...dossier });
const check = (on: string, asked: Asked = {}) =>
  decideEntitlement(facts(asked), entitlementRequest.parse({ kind: "error", ...asked.request }), asOf(on));
const told = (on: string, asked?: Asked) => {
  const { outcome, policy, validUntil } = check(on, asked);
  return [outcome, policy?.version, validUntil];
};
const endOf2026 = "2026-12-31T23:00:00Z";

describe("an answer holds until another version comes into force", () => {
  // The first of June begins in Zurich at 22:00Z.
  const june = "2026-05-31T22:00:00Z";
  test("at the beginning of its first day, and no other day", () => {
    expect(told("2026-05-31")).toEqual(["discretion", "1", june]);
    expect(told("2026-05-31T21:59:59.999Z")).toEqual(["discretion", "1", june]);
    expect(told(june)).toEqual(["entitled", "2", endOf2026]);
  });
  test("also where nothing else of the answer changes than what is promised", () => {
    expect(told("2026-05-31", { later: since({ clauses: asBefore }) })).toEqual(["discretion", "1", june]);
  });
  test("not that of a policy under which nothing is asked", () => {
    const other = policyOf({ id: "other", version: "1" });
    const later = policyOf({ id: "other", version: "2", effectiveFrom: "2026-06-01" });
    const policies = policyBook([policyOf({ ...before }), other, later]);
    const both = [contract("c-1", ["l-1"]), contract("c-2", [], { policyId: "other" })];
    const answer = decideEntitlement(factsOf(policies, { contracts: both }), entitlementRequest.parse({ kind: "error" }), asOf("2026-05-31"));
    expect(answer.validUntil).toBe(endOf2026);
  });
  test("without a zone as soon as it may be that day, and it is unknown until it must be", () => {
    const zone = null;
    expect(told("2026-05-31", { zone })).toEqual(["discretion", "1", "2026-06-01T00:00:00Z"]);
    expect(told("2026-05-31T09:59:59.999Z", { zone })).toEqual(["discretion", "1", "2026-05-31T10:00:00Z"]);
    const open = check("2026-05-31T10:00:00Z", { zone });
    expect([open.outcome, open.missing, open.validUntil]).toEqual(["undetermined", [{ what: "timeZone", clause: "3" }], "2026-06-01T12:00:00Z"]);
    expect(open.reasons.map(({ clause, result, finding }) => [clause, result, finding])).toEqual([
      ["2.1", "pass", "license `l-1` is covered under contract `c-1` since 2026-01-01 through 2026-12-31"],
      ["3", "unknown", "depends on the time zone, which no fact gives: the request does not say whether the staff is trained; or not asked"],
    ]);
    expect(told("2026-06-01T11:59:59.999Z", { zone })[0]).toBe("undetermined");
    expect(told("2026-06-01T12:00:00Z", { zone }).slice(0, 2)).toEqual(["entitled", "2"]);
  });
  test("what the later version asks besides, and holds, changes nothing", () => {
    const request = { attestations: { trained: true } };
    const later = since({ zone: null, clauses: [...asBefore, { id: "9", says: "any", informs: "nothing" }] });
    expect(check("2026-05-31T10:00:00Z", { zone: null, later, request })).toMatchObject({ outcome: "entitled", missing: [] });
    expect(check("2026-05-31T10:00:00Z", { zone: null, request }).reasons.map(({ clause, result }) => `${clause} ${result}`)).toEqual([
      "2.1 pass",
      "3 pass",
    ]);
  });
});

describe("a request that was made before", () => {
  const filedAt = "2026-05-31T21:00:00Z";
  test("is judged by the version of that day, whenever it is asked about", () => {
    const asked = { request: { filedAt } };
    const due = "2026-05-31T22:00:00Z";
    for (const on of ["2026-05-31T21:30:00Z", "2026-06-01", "2026-06-15T10:00:00Z"]) {
      expect(told(on, asked)).toEqual(["discretion", "1", endOf2026]);
      expect(check(on, asked).deadlines[0]?.dueAt).toBe(due);
    }
    expect(check("2026-06-15", { request: { filedAt: "2026-05-31T22:00:00Z" } })).toMatchObject({
      outcome: "entitled",
      deadlines: [{ dueAt: "2026-05-31T22:30:00Z" }],
    });
  });
  test("has the cover of the day asked for", () => {
    expect(told("2027-01-15", { request: { filedAt } }).slice(0, 2)).toEqual(["not-entitled", "1"]);
  });
  test("without a zone on either day, also where a date is asked for", () => {
    const on = (at: string) => told("2026-06-15", { zone: null, request: { filedAt: at } }).slice(0, 2);
    expect(on("2026-05-31T09:59:59Z")).toEqual(["discretion", "1"]);
    expect(on("2026-05-31T10:00:00Z")[0]).toBe("undetermined");
    expect(on("2026-06-01T12:00:00Z")).toEqual(["entitled", "2"]);
  });
});

describe("a zone that a later version states", () => {
  // The first version states none. In Los Angeles the first of June begins at 07:00Z.
  const asked: Asked = { zone: null, later: since({ zone: "America/Los_Angeles" }) };
  test("is that of every version: both begin and end in it", () => {
    expect(told("2026-05-31T10:00:00Z", asked)).toEqual(["discretion", "1", "2026-06-01T07:00:00Z"]);
    expect(told("2026-06-01T07:00:00Z", asked)).toEqual(["entitled", "2", "2027-01-01T08:00:00Z"]);
    expect(told("2027-01-01T07:59:59Z", asked)[0]).toBe("entitled");
    expect(told("2027-01-01T08:00:00Z", asked)[0]).toBe("not-entitled");
  });
  test("stands before the one agreed, as a policy's zone does", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { timeZone: "Asia/Tokyo" } })];
    expect(told("2026-05-31", { ...asked, contracts })[2]).toBe("2026-06-01T07:00:00Z");
  });
  test("is the zone of terms and of standing too, also under a version that the contract pins", () => {
    for (const policyVersion of [undefined, "1"]) {
      const known = facts({ ...asked, contracts: [contract("c-1", ["l-1"], { policyVersion })] });
      const status = (at: string) => [describeStanding(known, asOf(at)).status, outlookRenewal(known, "c-1", asOf(at)).status];
      expect(status("2027-01-01T07:59:59Z")).toEqual(["current", "current"]);
      expect(status("2027-01-01T08:00:00Z")).toEqual(["ended", "ended"]);
      expect(describeStanding(known, asOf("2027-01-01T07:59:59Z")).dependsOnZone).toEqual([]);
    }
  });
});

describe("standing gives the benefits of the version in force, as a check does", () => {
  const gives = (programs: string[]): Clauses => [
    covered,
    { id: "8", says: "a manager", benefits: [{ benefit: "manager", says: "a manager", needs: "contract" as const, programs }] },
  ];
  const versions = [{ clauses: gives(["gold"]) }, { version: "2", effectiveFrom: "2026-06-01", clauses: gives(["silver"]) }];
  const benefits = (on: string, zone: string | null = "Europe/Zurich") =>
    describeStanding(factsOf(bookOf(...versions.map((one) => ({ ...one, zone })))), asOf(on)).benefits.map(({ available }) => available);
  test("from its first day on, in the middle of a term", () => {
    expect([benefits("2026-05-31"), benefits("2026-06-01")]).toEqual([[true], [false]]);
  });
  test("null where it may be in force and may not", () => {
    expect(benefits("2026-05-31T10:00:00Z", null)).toEqual([null]);
    const [one, other] = [
      { clauses: gives(["gold"]), zone: null },
      { version: "2", effectiveFrom: "2026-06-01", zone: null, clauses: [covered] },
    ];
    expect(describeStanding(factsOf(bookOf(one, other)), asOf("2026-05-31T10:00:00Z")).benefits).toMatchObject([{ available: null }]);
    expect(
      describeStanding(
        factsOf(bookOf({ ...other, version: "0", effectiveFrom: null }, { ...one, effectiveFrom: "2026-06-01" })),
        asOf("2026-05-31T10:00:00Z"),
      ).benefits,
    ).toMatchObject([{ available: null }]);
  });
});

describe("after a lapse the version of the last term governs money", () => {
  // Nine months to bring support back; from March 2026 on three.
  const within = (months: number): Clauses => [
    { ...covered, conditions: [{ condition: "covered", otherwise: "fail", cure: { says: "bring support back", clause: "7" } }] },
    {
      id: "7",
      says: "bringing support back",
      formulas: [
        { formula: "reinstatement", licenseKinds: ["perpetual"], anchor: "own" },
        { formula: "reinstatement-window", months, afterwards: "discretion" },
        { formula: "forward-fees", months: 12, withoutList: "unknown" },
      ],
    },
  ];
  const policies = bookOf({ clauses: within(9) }, { version: "2", effectiveFrom: "2026-03-01", clauses: within(3) });
  const lapsing = contract("c-1", ["l-1"], { term: { firstDay: "2025-06-01", lastDay: "2026-05-31" } });
  const known = factsOf(
    policies,
    { contracts: [lapsing], licenses: [license("l-1", { deliveredOn: "2025-06-01" })] },
    { priceLists: prices({ "p-1": "105.00" }) },
  );
  // Lapsed on 2026-06-01: nine months are over after 2027-02-28, three after 2026-08-31.
  test.each(["2026-05-31", "2026-06-01", "2026-10-01"])("a quote of %s", (on) => {
    const quote = quoteReinstatement(known, { contractId: "c-1", reinstateOn: "2026-10-01" }, asOf(on));
    expect([quote.policy.version, quote.payBy]).toEqual(["1", "2027-02-28"]);
  });
  test("the outlook, standing and the cure of a check say the same", () => {
    const on = asOf("2026-10-01");
    expect(outlookRenewal(known, "c-1", on)).toMatchObject({ policy: { version: "1" }, reinstatement: { possibleUntil: "2027-02-28" } });
    expect(describeStanding(known, on).contracts).toMatchObject([{ status: "lapsed", policy: { version: "1" }, reinstatementUntil: "2027-02-28" }]);
    const answer = decideEntitlement(known, entitlementRequest.parse({ kind: "error" }), on);
    expect([answer.policy?.version, answer.reasons[0].cure?.price]).toEqual(["2", { amount: "1050.00", currency: "CHF" }]);
    // The day after the window that is another cure.
    expect(answer.validUntil).toBe("2027-02-28T23:00:00Z");
  });
  test("the one that is pinned, all the same", () => {
    const pinned = { ...known, dossier: { ...known.dossier, contracts: [{ ...lapsing, policyVersion: "2" }] } };
    const quote = quoteReinstatement(pinned, { contractId: "c-1", reinstateOn: "2026-07-01" }, asOf("2026-07-01"));
    expect([quote.policy.version, quote.payBy]).toEqual(["2", "2026-08-31"]);
  });
});
