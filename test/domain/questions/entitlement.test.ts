/** Entitlement: which license is meant, what the reasons add up to, and until when; with what no case table shows of the whole answer. */
import { describe, expect, test } from "vitest";
import type { Catalog, Dossier } from "../../../domain/facts.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { Refused } from "../../../domain/refusal.ts";
import { contract, invoice, license } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const text: PolicyText = {
  severities: [
    { id: "high", says: "grave" },
    { id: "low", says: "not grave" },
  ],
  clauses: [
    { id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail", cure: { says: "bring it back" } }] },
    {
      id: "4.2",
      says: "exclusions",
      conditions: [
        { condition: "circumstance", tags: ["altered"], states: "it was altered", otherwise: "fail" },
        { condition: "circumstance", tags: ["old"], states: "it is old", otherwise: "discretion" },
      ],
    },
    {
      id: "5",
      says: "reply",
      deadlines: [{ deadline: "first-response", severity: "high", targetMinutes: 60, clock: "elapsed", commitment: "effort" }],
    },
  ],
};

interface Asked {
  dossier?: Partial<Dossier>;
  catalog?: Partial<Catalog>;
  request?: Partial<Parameters<typeof entitlementRequest.parse>[0] & object>;
  on?: string;
  policies?: PolicyText[];
}

function decide({ dossier, catalog, request, on = "2026-06-15", policies = [text] }: Asked = {}) {
  return decideEntitlement(factsOf(bookOf(...policies), dossier, catalog), entitlementRequest.parse({ kind: "error", ...request }), asOf(on));
}

/** Two licenses of one product, of which the contract covers the first. */
const half = { licenses: [license("l-1"), license("l-2")] };
const reasonOf = ({ reasons }: ReturnType<typeof decide>, condition = "covered") => reasons.filter((reason) => reason.condition === condition);

test("the whole answer", () => {
  expect(decide({ request: { severity: "high" }, on: "2026-06-15T10:00:00Z" })).toEqual({
    accountId: "acme",
    outcome: "entitled",
    headline: "Entitled: every condition of the Acme Support holds; first response due 2026-06-15T11:00:00Z (Mon 2026-06-15 13:00 Europe/Zurich)",
    policy: { id: "acme-support", version: "1" },
    contractId: "c-1",
    considered: [],
    reasons: [
      {
        clause: "2.1",
        condition: "covered",
        result: "pass",
        finding: "license `l-1` is covered under contract `c-1` since 2026-01-01 through 2026-12-31",
        facts: [{ path: "contracts/c-1/lines/l-1", value: "2026-01-01" }],
        cure: null,
      },
      { clause: "4.2", condition: "circumstance", result: "pass", finding: "the request does not state that it was altered", facts: [], cure: null },
      { clause: "4.2", condition: "circumstance", result: "pass", finding: "the request does not state that it is old", facts: [], cure: null },
    ],
    missing: [],
    serviceLevel: { program: "gold", requestedSeverity: "high", effectiveSeverity: "high" },
    deadlines: [
      {
        kind: "first-response",
        dueAt: "2026-06-15T11:00:00Z",
        commitment: "effort",
        clause: "5",
        clock: "elapsed",
        source: "policy",
        steps: [{ from: "2026-06-15T10:00:00Z", to: "2026-06-15T11:00:00Z", counted: "PT1H", note: "every hour counts" }],
      },
    ],
    obligations: [],
    readings: [
      { id: "term-days", chosen: "both-inside" },
      { id: "clock-start", chosen: "first-proper-report" },
    ],
    validUntil: "2026-12-31T23:00:00Z",
    asOf: "2026-06-15T10:00:00Z",
  });
});

describe("the headline", () => {
  const headline = (request: Asked["request"], on?: string) => decide({ request: request ?? {}, ...(on === undefined ? {} : { on }) }).headline;

  test("without a deadline that is known", () => {
    expect(headline({ severity: "low" })).toBe("Entitled: every condition of the Acme Support holds");
    expect(headline({ severity: "high" })).toBe("Entitled: every condition of the Acme Support holds; when the first response is due is not known");
  });
  test("an update is no first response", () => {
    const [cover] = text.clauses ?? [];
    const deadlines = [{ deadline: "next-update" as const, targetMinutes: 60, clock: "elapsed" as const, commitment: "effort" as const }];
    const policies = [{ ...text, clauses: [cover!, { id: "5", says: "updates", deadlines }] }];
    expect(decide({ policies, on: "2026-06-15T10:00:00Z" }).headline).toBe("Entitled: every condition of the Acme Support holds");
  });
  test("one ground", () => {
    expect(headline({ circumstances: ["altered"] })).toBe("Not entitled: the request states that it was altered (4.2)");
    expect(headline({ circumstances: ["old"] })).toBe("At the vendor's discretion: the request states that it is old (4.2)");
  });
  test("the first of several that decide, with how many more", () => {
    expect(headline({ circumstances: ["altered", "old"] }, "2027-01-01")).toBe(
      "Not entitled: license `l-1` has no cover under contract `c-1` on 2027-01-01: it ended on 2026-12-31 (2.1) (and 1 more)",
    );
    expect(headline({ circumstances: ["altered", "old"] })).toBe("Not entitled: the request states that it was altered (4.2)");
  });
});

test("an account without a contract", () => {
  expect(decide({ dossier: { contracts: [] }, request: { severity: "high" } })).toEqual({
    accountId: "acme",
    outcome: "undetermined",
    headline: "Undetermined: the account has no support contract",
    policy: null,
    contractId: null,
    considered: [],
    reasons: [
      {
        clause: "common",
        condition: "contract",
        result: "unknown",
        finding: "the account has no support contract",
        facts: [{ path: "contracts", value: null }],
        cure: { says: "record the support contract", clause: null, price: null },
      },
    ],
    missing: [{ what: "contract", clause: "common" }],
    serviceLevel: { program: null, requestedSeverity: "high", effectiveSeverity: "high" },
    deadlines: [],
    obligations: [],
    readings: [],
    validUntil: null,
    asOf: "2026-06-15T23:59:59.999Z",
  });
  expect(decide({ dossier: { contracts: [] } }).serviceLevel).toEqual({ program: null, requestedSeverity: null, effectiveSeverity: null });
});

describe("which licenses are meant", () => {
  const licenses = [
    license("l-1"),
    license("l-2", { productId: "p-2", deploymentId: "d-1" }),
    license("l-3", { productId: "p-2", deploymentId: "d-2" }),
  ];
  const dossier = { licenses, contracts: [contract("c-1", ["l-1", "l-2", "l-3"])] };
  const found = (request: Asked["request"]) => reasonOf(decide({ dossier, request: request ?? {} }))[0]?.finding;
  const covered = (licenseId: string) => `license \`${licenseId}\` is covered under contract \`c-1\` since 2026-01-01 through 2026-12-31`;

  test("the one named", () => expect(found({ licenseId: "l-3" })).toBe(covered("l-3")));
  test("those of the product, of the deployment, of both", () => {
    expect(found({ productId: "p-2" })).toBe(covered("l-2"));
    expect(found({ deploymentId: "d-2" })).toBe(covered("l-3"));
    expect(found({ productId: "p-2", deploymentId: "d-2" })).toBe(covered("l-3"));
    expect(found({ productId: "p-1", deploymentId: "d-2" })).toBe("the account holds no license of `p-1` in deployment `d-2`");
  });
  test("any, where nothing is named", () => expect(found({})).toBe(covered("l-1")));
  test("one of another product contradicts itself", () => {
    expect(() => decide({ dossier, request: { licenseId: "l-3", productId: "p-1" } })).toThrow(
      new Refused("license-of-other-product", [{ pointer: "/request/licenseId", detail: "license `l-3` is of `p-2`, not of `p-1`" }]),
    );
    expect(found({ licenseId: "l-3", productId: "p-2" })).toBe(covered("l-3"));
    expect(found({ licenseId: "l-9", productId: "p-1" })).toBe("the account holds no license `l-9`");
  });
  test("one that is not held on the day only if it is named", () => {
    const gone = { licenses: [license("l-1"), license("l-2", { retiredOn: "2026-06-15" })] };
    expect(reasonOf(decide({ dossier: gone }))[0]?.finding).toBe(covered("l-1"));
    expect(reasonOf(decide({ dossier: gone, request: { licenseId: "l-2" } }))[0]?.finding).toBe("license `l-2` was retired on 2026-06-15");
  });
});

test("a zone that was agreed where the policy has its own does not count, and is told", () => {
  const told = (timeZone: string) =>
    reasonOf(decide({ dossier: { contracts: [contract("c-1", ["l-1"], { settings: { timeZone } })] } }), "time-zone");
  expect(told("Europe/Lisbon")).toEqual([
    {
      clause: "common",
      condition: "time-zone",
      result: "info",
      finding: "days begin and end in Europe/Zurich, the zone of the policy; Europe/Lisbon, agreed for the contract, does not count",
      facts: [{ path: "contracts/c-1/settings/timeZone", value: "Europe/Lisbon" }],
      cure: null,
    },
  ]);
  expect(told("Europe/Zurich")).toEqual([]);
});

describe("several licenses whose answers agree", () => {
  test("are answered by the first, until the soonest changes", () => {
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-2"], { term: { firstDay: "2026-01-01", lastDay: "2026-09-30" } })];
    expect(decide({ dossier: { ...half, contracts } })).toMatchObject({ outcome: "entitled", contractId: "c-1", validUntil: "2026-09-30T22:00:00Z" });
    expect(decide({ dossier: { ...half, contracts: [...contracts].reverse() } })).toMatchObject({
      contractId: "c-1",
      validUntil: "2026-09-30T22:00:00Z",
    });
  });
  test("agree where one of them never changes", () => {
    const free = [license("l-1"), license("l-2", { kind: "subscription", termLastDay: "2026-08-31" })];
    expect(decide({ dossier: { licenses: free } })).toMatchObject({ outcome: "entitled", validUntil: "2026-08-31T22:00:00Z" });
    expect(decide({ dossier: { licenses: [...free].reverse() } })).toMatchObject({ outcome: "entitled", validUntil: "2026-08-31T22:00:00Z" });
  });
});

describe("several licenses whose answers agree on grounds of their own", () => {
  const over = (contractId: string, licenseId: string, lastDay: string) =>
    contract(contractId, [licenseId], { term: { firstDay: "2026-01-01", lastDay } });
  const contracts = [over("c-1", "l-1", "2026-04-30"), over("c-2", "l-2", "2026-03-31")];
  const out = decide({ dossier: { ...half, contracts } });

  test("each of the others is told after the first, with its contract", () => {
    expect(out).toMatchObject({
      outcome: "not-entitled",
      contractId: "c-1",
      headline: "Not entitled: license `l-1` has no cover under contract `c-1` on 2026-06-15: it ended on 2026-04-30 (2.1)",
    });
    expect(out.reasons.filter(({ condition }) => condition === "which-license")).toEqual([
      {
        clause: "2.1",
        condition: "which-license",
        result: "info",
        finding: "license `l-2`: Not entitled: license `l-2` has no cover under contract `c-2` on 2026-06-15: it ended on 2026-03-31 (2.1)",
        facts: [{ path: "licenses/l-2", value: "not-entitled" }],
        cure: null,
      },
    ]);
    expect(out.considered).toEqual([{ contractId: "c-2", chosen: false, because: "it answers for license `l-2`" }]);
  });
  test("on the same grounds the first speaks for all", () => {
    const same = decide({
      dossier: { licenses: half.licenses, contracts: [contract("c-1", ["l-1", "l-2"])] },
      request: { circumstances: ["altered"] },
    });
    expect(same.outcome).toBe("not-entitled");
    expect(same.reasons.some(({ condition }) => condition === "which-license")).toBe(false);
  });
});

describe("several licenses whose answers differ", () => {
  const finding = "the answer depends on which of 2 licenses it is about";

  test("each is listed, and the request must say which", () => {
    expect(decide({ dossier: half, request: { severity: "high" }, on: "2026-06-15T10:00:00Z" })).toMatchObject({
      outcome: "undetermined",
      headline: `Undetermined: ${finding}`,
      reasons: [
        {
          clause: "common",
          condition: "which-license",
          result: "unknown",
          finding,
          facts: [],
          cure: { says: "state licenseId", clause: null, price: null },
        },
        {
          clause: "2.1",
          condition: "which-license",
          result: "info",
          finding:
            "license `l-1`: Entitled: every condition of the Acme Support holds; first response due 2026-06-15T11:00:00Z (Mon 2026-06-15 13:00 Europe/Zurich)",
          facts: [{ path: "licenses/l-1", value: "entitled" }],
          cure: null,
        },
        {
          clause: "2.1",
          condition: "which-license",
          result: "info",
          finding: "license `l-2`: Not entitled: license `l-2` is on no support contract (2.1)",
          facts: [{ path: "licenses/l-2", value: "not-entitled" }],
          cure: null,
        },
      ],
      missing: [{ what: "licenseId", clause: "common" }],
      // It is the same for each.
      deadlines: [{ kind: "first-response", dueAt: "2026-06-15T11:00:00Z" }],
      obligations: [],
      validUntil: "2026-12-31T23:00:00Z",
    });
  });
  test("of several products the request must say which, where it names none", () => {
    const licenses = [license("l-1"), license("l-2", { productId: "p-2" })];
    const asked = (request: Asked["request"], of = licenses) => decide({ dossier: { ...half, licenses: of }, request: { ...request } });
    expect(asked({})).toMatchObject({
      reasons: [{ clause: "common", finding, cure: { says: "state productId" } }, {}, {}],
      // The severity is missing of each.
      missing: [
        { what: "productId", clause: "common" },
        { what: "severity", clause: "5" },
      ],
    });
    const [first] = asked({}, half.licenses).missing;
    expect(first).toEqual({ what: "licenseId", clause: "common" });
    expect(asked({ productId: "p-1" }, [...half.licenses, license("l-3", { productId: "p-2" })]).missing[0]).toEqual(first);
  });
  test("the clause of each is the one that decides it", () => {
    const out = decide({ dossier: half, request: { circumstances: ["old"] } });
    expect(out.reasons.map(({ clause, finding }) => [clause, finding])).toEqual([
      ["common", finding],
      ["4.2", "license `l-1`: At the vendor's discretion: the request states that it is old (4.2)"],
      ["2.1", "license `l-2`: Not entitled: license `l-2` is on no support contract (2.1)"],
    ]);
  });
  test("deadlines that differ are answers that differ", () => {
    const programs: PolicyText = {
      ...text,
      clauses: [
        ...(text.clauses ?? []).slice(0, 2),
        {
          id: "5",
          says: "reply",
          deadlines: ["gold", "silver"].map((program, index) => ({
            deadline: "first-response",
            program,
            targetMinutes: 60 + index,
            clock: "elapsed",
            commitment: "effort",
          })),
        },
      ],
    };
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-2"], { program: "silver" })];
    const asked = { dossier: { ...half, contracts }, policies: [programs] };
    expect(decide({ ...asked, on: "2026-06-15T10:00:00Z" })).toMatchObject({ outcome: "undetermined", headline: `Undetermined: ${finding}` });
    expect(decide(asked)).toMatchObject({ outcome: "entitled" });
  });
  test("fifty of sixty are listed", () => {
    const licenses = Array.from({ length: 60 }, (_, index) => license(`l-${index + 10}`));
    const { reasons } = decide({ dossier: { licenses, contracts: [contract("c-1", ["l-10"])] } });
    expect(reasons).toHaveLength(51);
    expect(reasons[0].finding).toBe("the answer depends on which of 60 licenses it is about");
  });
  test("more than two hundred are not looked at", () => {
    const licenses = (count: number) => Array.from({ length: count }, (_, index) => license(`l-${index + 1_000}`));
    const asked = (count: number) => decide({ dossier: { licenses: licenses(count), contracts: [contract("c-1", ["l-1000"])] } });
    expect(asked(200).reasons[0].finding).toBe("the answer depends on which of 200 licenses it is about");
    const finding = "the account holds more than 200 licenses that it may be about";
    expect(asked(201)).toEqual({
      accountId: "acme",
      outcome: "undetermined",
      headline: `Undetermined: ${finding}`,
      policy: { id: "acme-support", version: "1" },
      contractId: "c-1",
      considered: [],
      reasons: [
        {
          clause: "common",
          condition: "which-license",
          result: "unknown",
          finding,
          facts: [],
          cure: { says: "state licenseId", clause: null, price: null },
        },
      ],
      missing: [{ what: "licenseId", clause: "common" }],
      serviceLevel: { program: null, requestedSeverity: null, effectiveSeverity: null },
      deadlines: [],
      obligations: [],
      readings: [],
      validUntil: null,
      asOf: "2026-06-15T23:59:59.999Z",
    });
  });
});

describe("nothing of it is held", () => {
  const finding = "the account holds no license of `p-9`";

  test("the cover of each policy, once each, and no contract answers", () => {
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", [], { program: "silver" }), contract("c-3", [], { policyId: "other-support" })];
    const answer = decide({
      dossier: { contracts },
      request: { productId: "p-9", severity: "low" },
      policies: [text, { ...text, id: "other-support" }],
    });
    expect(answer).toMatchObject({
      outcome: "not-entitled",
      headline: `Not entitled: ${finding} (2.1) (and 1 more)`,
      policy: { id: "acme-support", version: "1" },
      contractId: null,
      considered: [],
      missing: [],
      serviceLevel: { program: "gold" },
      validUntil: null,
    });
    expect(answer.reasons).toEqual(
      [0, 1].map(() => ({
        clause: "2.1",
        condition: "covered",
        result: "fail",
        finding,
        facts: [{ path: "licenses", value: null }],
        cure: { says: "name a license that the account holds: l-1 (`p-1`)", clause: "2.1", price: null },
      })),
    );
  });
  describe("what is recorded and not held on the day is told", () => {
    const gone = [
      license("l-1", { retiredOn: "2026-03-12" }),
      license("l-2", { retiredOn: "2026-06-15" }),
      license("l-3", { retiredOn: "2026-02-01" }),
    ];
    const coming = [license("l-4", { deliveredOn: "2026-09-01" }), license("l-5", { deliveredOn: "2026-07-01" })];
    const contracts = [contract("c-1", ["l-2", "l-5"]), contract("c-2", ["l-2"], { term: { firstDay: "2026-01-01", lastDay: "2026-05-31" } })];
    const ask = (licenses: ReturnType<typeof license>[]) => decide({ dossier: { licenses, contracts }, request: { productId: "p-1" } });

    test("the last one that was retired, by the contract that it had", () => {
      const finding = "license `l-2` was retired on 2026-06-15";
      const answer = ask(gone);
      expect(answer).toMatchObject({
        outcome: "not-entitled",
        headline: `Not entitled: ${finding} (2.1)`,
        contractId: "c-1",
        considered: [{ contractId: "c-2", chosen: false }],
        validUntil: null,
      });
      expect(answer.reasons).toEqual([
        {
          clause: "2.1",
          condition: "covered",
          result: "fail",
          finding,
          facts: [{ path: "licenses/l-2/retiredOn", value: "2026-06-15" }],
          cure: null,
        },
      ]);
    });
    test("before those, the next one that is delivered, until it is", () => {
      const answer = ask([...gone, ...coming]);
      expect(answer).toMatchObject({ outcome: "not-entitled", contractId: "c-1", validUntil: "2026-06-30T22:00:00Z" });
      expect(answer.reasons.map(({ finding, cure }) => [finding, cure?.says])).toEqual([
        ["license `l-5` is delivered only on 2026-07-01", "cover of l-5 begins on 2026-07-01 under contract `c-1`"],
      ]);
    });
    test("a severity that its policy does not have cannot be asked", () => {
      expect(() => decide({ dossier: { licenses: gone, contracts }, request: { severity: "huge" } })).toThrow(Refused);
    });
  });
  test("until the first of it is delivered", () => {
    const coming = [
      license("l-1", { deliveredOn: "2026-09-01" }),
      license("l-2", { deliveredOn: "2026-07-01" }),
      license("l-3", { retiredOn: "2026-02-01" }),
    ];
    expect(decide({ dossier: { licenses: coming } })).toMatchObject({ outcome: "not-entitled", validUntil: "2026-06-30T22:00:00Z" });
  });
  test("a severity that the only policy does not have cannot be asked", () => {
    expect(() => decide({ request: { productId: "p-9", severity: "huge" } })).toThrow(Refused);
    const contracts = [contract("c-1", ["l-1"]), contract("c-3", [], { policyId: "other-support" })];
    const several = { dossier: { contracts }, request: { productId: "p-9", severity: "huge" }, policies: [text, { ...text, id: "other-support" }] };
    expect(decide(several)).toMatchObject({ outcome: "not-entitled" });
  });
});

describe("what is not of the policy", () => {
  test("a severity, a circumstance: both are told", () => {
    expect(() => decide({ request: { severity: "huge", circumstances: ["old", "odd"] } })).toThrow(
      new Refused("not-of-policy", [
        { pointer: "/request/circumstances/1", detail: "policy `acme-support` has no circumstance `odd`; it has `altered`, `old`" },
        { pointer: "/request/severity", detail: "policy `acme-support` has no severity `huge`; it has `high`, `low`" },
      ]),
    );
  });
  test("of a policy that has none they are to be left out", () => {
    const silent = { ...text, severities: [], clauses: (text.clauses ?? []).slice(0, 1) };
    expect(() => decide({ request: { severity: "huge", circumstances: ["old"] }, policies: [silent] })).toThrow(
      new Refused("not-of-policy", [
        { pointer: "/request/circumstances/0", detail: "policy `acme-support` has no circumstances: leave it out" },
        { pointer: "/request/severity", detail: "policy `acme-support` has no severities: leave it out" },
      ]),
    );
  });
  test("of several licenses those are meant under whose policy the request makes sense", () => {
    const other: PolicyText = { ...text, id: "other-support", severities: [{ id: "huge", says: "huge" }] };
    const dossier = { ...half, contracts: [contract("c-1", ["l-1"]), contract("c-2", ["l-2"], { policyId: "other-support" })] };
    expect(decide({ dossier, request: { severity: "huge" }, policies: [text, other] })).toMatchObject({ outcome: "entitled", contractId: "c-2" });
    expect(decide({ dossier, request: { severity: "high" }, policies: [text, other] })).toMatchObject({ outcome: "entitled", contractId: "c-1" });
    expect(() => decide({ dossier, request: { severity: "odd" }, policies: [text, other] })).toThrow(
      new Refused("not-of-policy", [{ pointer: "/request/severity", detail: "policy `acme-support` has no severity `odd`; it has `high`, `low`" }]),
    );
  });
});

describe("no zone is set", () => {
  const policies = [{ ...text, zone: null }];
  // At 10:00Z it is still the 30th on Baker Island, and already the 1st on Kiritimati.
  const eve = "2026-12-31T10:00:01Z";
  const request = { severity: "low" };

  test("where the days agree, the answer is that of the first", () => {
    expect(decide({ policies, request, on: "2026-06-15T10:00:00Z" })).toMatchObject({
      outcome: "entitled",
      missing: [],
      validUntil: "2026-12-31T10:00:00Z",
    });
    expect(decide({ policies, request })).toMatchObject({ outcome: "entitled", missing: [] });
  });
  test("where they do not, what differs is unknown", () => {
    expect(decide({ policies, request, on: eve })).toMatchObject({
      outcome: "undetermined",
      headline: "Undetermined: the answer depends on the time zone, which no fact gives (2.1)",
      missing: [{ what: "timeZone", clause: "2.1" }],
      reasons: [
        {
          clause: "2.1",
          result: "unknown",
          finding:
            "depends on the time zone, which no fact gives: license `l-1` is covered under contract `c-1` since 2026-01-01 through 2026-12-31; or license `l-1` has no cover under contract `c-1` on 2027-01-01: it ended on 2026-12-31",
          facts: [{ path: "contracts/c-1/lines/l-1", value: "2026-01-01" }],
          cure: { says: "record the agreed time zone as the contract's `settings.timeZone`", clause: null, price: null },
        },
        { clause: "4.2", result: "pass", finding: "the request does not state that it was altered" },
        { clause: "4.2", result: "pass" },
      ],
    });
  });
  test("the clause that is named is the one that differs, wherever it stands", () => {
    const [cover, exclusions, reply] = text.clauses ?? [];
    const turned = [{ ...text, zone: null, clauses: [exclusions!, cover!, reply!] }];
    expect(decide({ policies: turned, request, on: eve })).toMatchObject({
      headline: "Undetermined: the answer depends on the time zone, which no fact gives (2.1)",
      missing: [{ what: "timeZone", clause: "2.1" }],
    });
  });
  test("what fails on either day fails", () => {
    expect(decide({ policies, on: eve, request: { ...request, circumstances: ["altered"] } })).toMatchObject({
      outcome: "not-entitled",
      headline: "Not entitled: the request states that it was altered (4.2)",
      missing: [{ what: "timeZone", clause: "2.1" }],
      reasons: [{ result: "unknown" }, { result: "fail" }, { result: "pass" }],
    });
  });
  test("where only the figures differ both are said, and on what they hang", () => {
    const owing = {
      condition: "payments-current" as const,
      scope: "contract" as const,
      withoutContract: "unknown" as const,
      otherwise: "fail" as const,
    };
    const paying = [{ ...text, zone: null, clauses: [{ id: "2.2", says: "pays", conditions: [owing] }] }];
    const invoices = [invoice("i-1"), invoice("i-2", { dueOn: "2026-03-03" })];
    // At 13:00Z it is the 4th at UTC-12 and the 5th at UTC+14: i-1 was due 2 or 3 days ago, i-2 1 or 2.
    const found = decide({ policies: paying, dossier: { invoices }, on: "2026-03-04T13:00:00Z" });
    const said =
      "open balance CHF 1,200.00 on `i-1`, due 2026-03-02, 2 or 3 days ago; open balance CHF 1,200.00 on `i-2`, due 2026-03-03, 1 day or 2 days ago";
    expect(found).toMatchObject({
      outcome: "not-entitled",
      headline: `Not entitled: ${said} (2.2), depending on the time zone, which no fact gives`,
      missing: [],
      reasons: [{ finding: `${said}, depending on the time zone, which no fact gives` }],
    });
    const zoned = decide({ policies: [{ ...paying[0], zone: "Asia/Tokyo" }], dossier: { invoices }, on: "2026-03-04T13:00:00Z" });
    expect(zoned.reasons[0].finding).toContain("due 2026-03-02, 2 days ago;");
  });
  test("a contract's own zone makes it certain", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { timeZone: "Asia/Tokyo" } })];
    expect(decide({ policies, on: eve, dossier: { contracts } })).toMatchObject({ outcome: "entitled", validUntil: "2026-12-31T15:00:00Z" });
  });
  test("another contract without one leaves it open", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { timeZone: "Asia/Tokyo" } }), contract("c-2", ["l-1"], { program: "silver" })];
    expect(decide({ policies, on: "2026-12-31T15:00:00Z", dossier: { contracts } })).toMatchObject({ outcome: "undetermined" });
  });
});

describe("where the premises set the zone", () => {
  const policies: PolicyText[] = [
    {
      ...text,
      zone: "premises",
      regions: { "us-est": { zone: "America/New_York", always: true }, "uk-eu": { zone: "Europe/London", always: false } },
    },
  ];
  const at = (region: Dossier["premises"][number]["region"], timeZone?: string) => ({
    premisesId: `${region}-1`,
    name: region,
    region,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const until = (premises: Dossier["premises"], premisesId?: string) =>
    decide({ policies, dossier: { premises }, request: { premisesId }, on: "2026-06-15T10:00:00Z" }).validUntil;
  const [newYork, london, berlin] = ["2027-01-01T05:00:00Z", "2027-01-01T00:00:00Z", "2026-12-31T23:00:00Z"];
  // Where no zone is known, as early as a day can begin: at UTC+14.
  const anywhere = "2026-12-31T10:00:00Z";

  test("the region's always, or only where the premises state none", () => {
    expect(until([at("us-est", "America/Chicago")])).toBe(newYork);
    expect(until([at("uk-eu", "Europe/Berlin")])).toBe(berlin);
    expect(until([at("uk-eu")])).toBe(london);
    expect(until([at("apac", "Asia/Tokyo")])).toBe("2026-12-31T15:00:00Z");
    expect(until([at("apac")])).toBe(anywhere);
  });
  test("of the premises named, else of the only ones", () => {
    expect(until([at("us-est"), at("uk-eu")], "uk-eu-1")).toBe(london);
    expect(until([at("us-est"), at("uk-eu")])).toBe(anywhere);
    expect(until([at("us-est")], "elsewhere")).toBe(anywhere);
  });
  test("a zone agreed for the contract is the last resort", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { timeZone: "Asia/Tokyo" } })];
    const of = (premises: Dossier["premises"]) => decide({ policies, dossier: { premises, contracts }, on: "2026-06-15T10:00:00Z" }).validUntil;
    expect(of([at("us-est")])).toBe(newYork);
    expect(of([at("apac")])).toBe("2026-12-31T15:00:00Z");
    expect(of([])).toBe("2026-12-31T15:00:00Z");
  });
});

describe("until when: days or hours, what comes first", () => {
  const called: PolicyText = {
    ...text,
    clauses: [
      ...(text.clauses ?? []),
      {
        id: "6",
        says: "call",
        conditions: [{ condition: "timed-call", severities: ["high"], channels: ["email"], withinMinutes: 15, otherwise: "discretion" }],
      },
    ],
  };
  const until = (on: string, zone: string | null = "Europe/Zurich") =>
    decide({ policies: [{ ...called, zone }], request: { severity: "high", channel: "email", filedAt: on }, on }).validUntil;

  test("the call", () => expect(until("2026-12-31T22:44:59Z")).toBe("2026-12-31T22:59:59.001Z"));
  test("the end of the term, where it comes before the call", () => expect(until("2026-12-31T22:50:00Z")).toBe("2026-12-31T23:00:00Z"));
  test("without a zone, what may come first: the day begins first at UTC+14", () => {
    expect(until("2026-06-15T10:00:00Z", null)).toBe("2026-06-15T10:15:00.001Z");
    expect(until("2026-12-31T09:50:00Z", null)).toBe("2026-12-31T10:00:00Z");
    // It is the 1st there already, and will be everywhere once it is at UTC-12.
    expect(until("2026-12-31T10:00:00Z", null)).toBe("2026-12-31T10:15:00.001Z");
    expect(decide({ policies: [{ ...text, zone: null }], request: {}, on: "2026-12-31T10:00:00Z" }).validUntil).toBe("2027-01-01T12:00:00Z");
    // A date stands as it is: over at the end of it in UTC, where `asOf` is.
    expect(decide({ policies: [{ ...text, zone: null }], request: {}, on: "2026-12-31" }).validUntil).toBe("2027-01-01T00:00:00Z");
    expect(decide({ policies: [{ ...text, zone: null }], request: {}, on: "2026-12-30" }).validUntil).toBe("2026-12-31T10:00:00Z");
  });
});

describe("the headline says what has to be done for the answer to hold", () => {
  const call = {
    condition: "timed-call" as const,
    severities: ["high"],
    channels: ["email" as const],
    withinMinutes: 15,
    otherwise: "discretion" as const,
  };
  const headline = (clauses: PolicyText["clauses"], request: Asked["request"], on = "2026-06-15T10:00:00Z") =>
    decide({
      policies: [{ ...text, clauses: [...(text.clauses ?? []).slice(0, 1), ...(clauses ?? [])] }],
      request: { severity: "high", ...request },
      on,
    }).headline;
  const holds = "Entitled: every condition of the Acme Support holds";
  const obligations = (...said: { obligation: string; ifMissed: "discretion" | "fail" | null; withinMinutes?: number }[]) => [
    { id: "6", says: "duties", obligations: said },
  ];

  test("an obligation that decides, and how many more there are", () => {
    const access = { obligation: "grant access", ifMissed: "discretion" as const };
    expect(headline(obligations(access), {})).toBe(`${holds}; the customer must grant access`);
    expect(headline(obligations(access, { obligation: "stay near", ifMissed: "fail" }), {})).toBe(
      `${holds}; the customer must grant access (and 1 more obligation)`,
    );
    expect(headline(obligations(access, { obligation: "a", ifMissed: "fail" }, { obligation: "b", ifMissed: "fail" }), {})).toBe(
      `${holds}; the customer must grant access (and 2 more obligations)`,
    );
  });
  test("one without a stated effect decides nothing", () => expect(headline(obligations({ obligation: "be kind", ifMissed: null }), {})).toBe(holds));
  test("what is due at an instant goes before what is not", () => {
    const both = obligations({ obligation: "grant access", ifMissed: "fail" }, { obligation: "call", ifMissed: "discretion", withinMinutes: 15 });
    expect(headline(both, { filedAt: "2026-06-15T09:50:00Z" })).toBe(
      `${holds}; the customer must call, by 2026-06-15T10:05:00Z (Mon 2026-06-15 12:05 Europe/Zurich) (and 1 more obligation)`,
    );
  });
  test("a call that was made in time has not to be made", () => {
    const clauses = [
      { id: "6", says: "call", conditions: [call], obligations: [{ obligation: "call", ifMissed: "discretion" as const, withinMinutes: 15 }] },
    ];
    const filed = { channel: "email" as const, filedAt: "2026-06-15T09:50:00Z" };
    expect(headline(clauses, filed)).toContain("; the customer must call, by 2026-06-15T10:05:00Z");
    expect(headline(clauses, { ...filed, phonedAt: "2026-06-15T10:05:00Z" }, "2026-06-15T10:05:00Z")).toBe(holds);
    expect(headline(clauses, { ...filed, phonedAt: "2026-06-15T10:05:00Z" })).toContain("; the customer must call, by 2026-06-15T10:05:00Z");
    expect(headline(clauses, { ...filed, phonedAt: "2026-06-15T09:49:59Z" })).toContain("; the customer must call, by 2026-06-15T10:05:00Z");
  });
  test("nor has one that the vendor does without by an exception", () => {
    const obligations = [{ obligation: "call", ifMissed: "discretion" as const, withinMinutes: 15 }];
    const missed = (exceptions: Dossier["exceptions"]) =>
      decide({
        policies: [{ ...text, clauses: [...(text.clauses ?? []).slice(0, 1), { id: "6", says: "call", conditions: [call], obligations }] }],
        dossier: { exceptions },
        request: { severity: "high", channel: "email", filedAt: "2026-06-15T09:00:00Z" },
        on: "2026-06-15T10:00:00Z",
      });
    expect(missed([])).toMatchObject({ outcome: "discretion", obligations: [{ what: "call", dueAt: "2026-06-15T09:15:00Z" }] });
    const exception = { exceptionId: "x-1", clause: "6", reason: "they are new", approvedBy: "A. Head", until: "2026-06-30" };
    expect(missed([exception])).toMatchObject({
      outcome: "entitled",
      headline: "Entitled by exception of A. Head until 2026-06-30 (6): everything else of the Acme Support holds",
      obligations: [],
    });
  });
  test("a target that waits for the report by phone: until then no response is due", () => {
    const waits = {
      deadline: "first-response" as const,
      severity: "high",
      targetMinutes: 30,
      clock: "elapsed" as const,
      commitment: "effort" as const,
      oncePhoned: { meanwhile: "phone now: the target counts from the call" },
    };
    const clauses = [{ id: "5", says: "reply", deadlines: [waits] }, ...obligations({ obligation: "grant access", ifMissed: "discretion" })];
    expect(headline(clauses, { channel: "portal" })).toBe(
      `${holds}; the customer must phone now: the target counts from the call, and no response is due before (and 1 more obligation)`,
    );
    expect(headline(clauses, { channel: "phone", filedAt: "2026-06-15T09:50:00Z" })).toBe(
      `${holds}; first response due 2026-06-15T10:20:00Z (Mon 2026-06-15 12:20 Europe/Zurich); the customer must grant access`,
    );
  });
});
