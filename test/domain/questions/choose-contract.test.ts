/** Which contract answers: the one that covers the license, the best program, the earliest anchor; and why the others do not. */
import { describe, expect, test } from "vitest";
import type { Dossier, HeldContract } from "../../../domain/facts.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { contract, license, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const text: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail" }] }] };
const renewing: PolicyText = {
  clauses: [...(text.clauses ?? []), { id: "7", says: "renews", formulas: [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }] }],
};

function choose(
  contracts: HeldContract[],
  { policy = text, dossier, on = "2026-06-15" }: { policy?: PolicyText; dossier?: Partial<Dossier>; on?: string } = {},
) {
  const facts = factsOf(
    bookOf(policy, { ...policy, id: "other-support" }),
    { contracts, ...dossier },
    { products: [product("p-1"), product("p-2"), product("p-3", { productLine: "games" })] },
  );
  const { contractId, considered } = decideEntitlement(facts, entitlementRequest.parse({ kind: "error", licenseId: "l-1" }), asOf(on));
  return { contractId, considered };
}
const not = (contractId: string, because: string) => ({ contractId, chosen: false, because });
const over = (firstDay: string, lastDay: string) => ({ term: { firstDay, lastDay } });

test("the only one that names the license, whatever others there are", () => {
  expect(choose([contract("c-0", []), contract("c-1", ["l-1"])])).toEqual({ contractId: "c-1", considered: [] });
  expect(choose([contract("c-0", []), contract("c-1", ["l-1"])], { on: "2027-06-15" })).toEqual({ contractId: "c-1", considered: [] });
});

describe("of several that cover it", () => {
  test("the best program", () => {
    expect(choose([contract("c-1", ["l-1"], { program: "silver" }), contract("c-2", ["l-1"])])).toEqual({
      contractId: "c-2",
      considered: [not("c-1", "its program is lower")],
    });
  });
  test("a program that the policy does not name comes last", () => {
    expect(choose([contract("c-1", ["l-1"], { program: "lead" }), contract("c-2", ["l-1"], { program: "silver" })])).toEqual({
      contractId: "c-2",
      considered: [not("c-1", "its program is lower")],
    });
  });
  test("of one program the earliest anchor", () => {
    const later = contract("c-1", ["l-1"], over("2026-02-01", "2027-01-31"));
    expect(choose([later, contract("c-2", ["l-1"])])).toEqual({ contractId: "c-2", considered: [not("c-1", "its anchor is later")] });
    const anchored = contract("c-3", ["l-1"], { anchorOn: "2020-01-01" });
    expect(choose([later, contract("c-2", ["l-1"]), anchored])).toEqual({
      contractId: "c-3",
      considered: [not("c-2", "its anchor is later"), not("c-1", "its anchor is later")],
    });
  });
  test("programs compare under one policy only: of two policies the earliest anchor, whatever the programs", () => {
    const other = (contractId: string, known: Partial<HeldContract>) => contract(contractId, ["l-1"], { policyId: "other-support", ...known });
    const since = (anchorOn: string, program: string) => ({ anchorOn, program });
    expect(choose([contract("c-1", ["l-1"], since("2025-01-01", "silver")), other("c-2", since("2024-01-01", "silver"))])).toEqual({
      contractId: "c-2",
      considered: [not("c-1", "its anchor is later")],
    });
    expect(choose([contract("c-1", ["l-1"], since("2025-01-01", "gold")), other("c-2", since("2024-01-01", "silver"))])).toEqual({
      contractId: "c-2",
      considered: [not("c-1", "its anchor is later")],
    });
    // Each policy's best program stands for it, also where a lower one of it has the earliest anchor of all.
    const three = [
      contract("c-1", ["l-1"], since("2023-01-01", "silver")),
      contract("c-3", ["l-1"], since("2025-01-01", "gold")),
      other("c-2", since("2024-01-01", "silver")),
    ];
    for (const contracts of [three, three.toReversed()])
      expect(choose(contracts)).toEqual({
        contractId: "c-2",
        considered: [not("c-3", "its anchor is later"), not("c-1", "its program is lower than that of `c-3`")],
      });
  });
  test("a policy without programs has no lower one", () => {
    const none = { policy: { ...text, programs: [] } };
    const anchored = [contract("c-1", ["l-1"], { program: "b" }), contract("c-2", ["l-1"], { program: "a", anchorOn: "2024-01-01" })];
    expect(choose(anchored, none)).toEqual({ contractId: "c-2", considered: [not("c-1", "its anchor is later")] });
  });
  test("of one anchor the first by id, and that is said", () => {
    const same = not("c-2", "its anchor is the same, and `c-1` comes first by its id");
    expect(choose([contract("c-2", ["l-1"]), contract("c-1", ["l-1"])])).toEqual({ contractId: "c-1", considered: [same] });
    expect(choose([contract("c-1", ["l-1"]), contract("c-2", ["l-1"])])).toEqual({ contractId: "c-1", considered: [same] });
  });
});

describe("one that covers it goes before a better one that does not", () => {
  const silver = contract("c-2", ["l-1"], { program: "silver" });
  test("any more", () => {
    expect(choose([contract("c-1", ["l-1"], over("2025-01-01", "2025-12-31")), silver])).toEqual({
      contractId: "c-2",
      considered: [not("c-1", "its cover ended on 2025-12-31")],
    });
  });
  test("whose text leaves open what follows its recorded term: that it ended is not known", () => {
    const open: PolicyText = {
      clauses: [{ id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail", afterTerm: "unknown" }] }],
    };
    const because = (known: Partial<HeldContract>) =>
      choose([contract("c-1", ["l-1"], { ...over("2025-01-01", "2025-12-31"), ...known }), silver], { policy: open }).considered[0]?.because;
    expect(because({})).toBe("its recorded cover ended on 2025-12-31, and what follows is in an agreement that is not part of the policy");
    expect(because({ settings: { autoRenew: false } })).toBe("its cover ended on 2025-12-31");
  });
  test("yet", () => {
    expect(choose([contract("c-1", ["l-1"], over("2026-06-16", "2027-06-15")), silver])).toEqual({
      contractId: "c-2",
      considered: [not("c-1", "its cover begins only on 2026-06-16")],
    });
    expect(choose([contract("c-1", ["l-1"], over("2026-06-15", "2027-06-14")), silver])).toMatchObject({ contractId: "c-1" });
  });
});

describe("with none that covers it", () => {
  const earlier = contract("c-1", ["l-1"], over("2024-01-01", "2024-12-31"));
  const last = contract("c-2", ["l-1"], over("2025-01-01", "2025-12-31"));
  const coming = contract("c-3", ["l-1"], over("2027-01-01", "2027-12-31"));

  test("the last one that did, before one that is still to come", () => {
    for (const contracts of [
      [coming, earlier, last],
      [last, earlier, coming],
    ])
      expect(choose(contracts)).toEqual({
        contractId: "c-2",
        considered: [not("c-1", "its cover ended on 2024-12-31"), not("c-3", "its cover begins only on 2027-01-01")],
      });
  });
  test("one that renews once it has begun is still to come", () => {
    expect(
      choose([coming, contract("c-9", ["l-1"], { ...over("2025-01-01", "2025-12-31"), settings: { autoRenew: false } })], { policy: renewing }),
    ).toEqual({
      contractId: "c-9",
      considered: [not("c-3", "its cover begins only on 2027-01-01")],
    });
  });
  test("of two that ended together the first by id", () => {
    expect(choose([contract("c-5", ["l-1"], over("2025-01-01", "2025-12-31")), last])).toMatchObject({ contractId: "c-2" });
    expect(choose([last, contract("c-5", ["l-1"], over("2025-01-01", "2025-12-31"))])).toMatchObject({ contractId: "c-2" });
  });
});

describe("a license that no contract names", () => {
  const licenses = [license("l-1"), license("l-2", { productId: "p-2" }), license("l-3", { productId: "p-3" })];

  test("those of its product line, by id", () => {
    expect(choose([contract("c-1", ["l-3"]), contract("c-3", ["l-2"]), contract("c-2", ["l-3", "l-2"])], { dossier: { licenses } })).toEqual({
      contractId: "c-2",
      considered: [not("c-3", "it does not name the license")],
    });
  });
  test("else any, by id, under whatever policy", () => {
    expect(choose([contract("c-2", ["l-3"]), contract("c-1", ["l-3"], { policyId: "other-support" })], { dossier: { licenses } })).toEqual({
      contractId: "c-1",
      considered: [not("c-2", "it does not name the license")],
    });
  });
  test("of a product that is not recorded, any", () => {
    const unknown = [license("l-1", { productId: "p-9" }), license("l-2", { productId: "p-9" })];
    expect(choose([contract("c-2", ["l-2"]), contract("c-1", [])], { dossier: { licenses: unknown } })).toMatchObject({ contractId: "c-1" });
  });
});

test("fifty others are told of", () => {
  const contracts = Array.from({ length: 60 }, (_, index) => contract(`c-${index + 10}`, ["l-1"]));
  const { contractId, considered } = choose(contracts);
  expect([contractId, considered.length, considered.at(-1)?.contractId]).toEqual(["c-10", 50, "c-60"]);
});

test("a contract under a policy that is not known is our fault, not an answer", () => {
  expect(() => choose([contract("c-1", ["l-1"], { policyId: "gone" })])).toThrow("contract `c-1` names policy `gone`, which is not known");
});

describe("the version of the policy in force at the request", () => {
  const versions = [
    { ...text, version: "1" },
    { ...text, version: "2", effectiveFrom: "2026-07-01" },
  ];
  const versionAt = (on: string, settings: HeldContract["settings"] = {}, more: PolicyText = {}) => {
    const facts = factsOf(bookOf(...versions.map((version) => ({ ...version, ...more }))), { contracts: [contract("c-1", ["l-1"], { settings })] });
    return decideEntitlement(facts, entitlementRequest.parse({ kind: "error" }), asOf(on)).policy?.version;
  };

  test("by the day in the policy's zone: July begins at 22:00Z in Zurich", () => {
    expect(versionAt("2026-06-30T21:59:59Z")).toBe("1");
    expect(versionAt("2026-06-30T22:00:00Z")).toBe("2");
    expect(versionAt("2026-06-30T22:00:00Z", { timeZone: "America/New_York" })).toBe("2");
  });
  test("in the contract's, where the policy states none: July begins at 04:00Z in New York", () => {
    expect(versionAt("2026-07-01T03:59:59Z", { timeZone: "America/New_York" }, { zone: null })).toBe("1");
    expect(versionAt("2026-07-01T04:00:00Z", { timeZone: "America/New_York" }, { zone: null })).toBe("2");
    expect(versionAt("2026-07-01T04:00:00Z", { timeZone: "America/New_York" }, { zone: "premises" })).toBe("2");
  });
});
