/** Every condition in the order of the text: which are asked, what each reason carries, what mends it, and the soonest turn. */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import type { ConditionEntry } from "../../../domain/policy.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { chf, contract, invoice, license, prices, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const covered: ConditionEntry = { condition: "covered", otherwise: "fail" };
const english: ConditionEntry = { condition: "language", languages: ["en"], otherwise: "discretion" };

interface Asked {
  dossier?: Partial<Dossier>;
  policy?: PolicyText;
  on?: string;
  language?: string;
  priced?: boolean;
}

function decide(conditions: ConditionEntry[], { dossier, policy, on = "2026-06-15", language, priced = false }: Asked = {}) {
  const book = bookOf({ clauses: [{ id: "2.1", says: "conditions", conditions }], ...policy });
  const facts = factsOf(book, dossier, { products: [product("p-1")], priceLists: priced ? prices({ "p-1": "105.00" }) : [] });
  return decideEntitlement(facts, entitlementRequest.parse({ kind: "error", language }), asOf(on));
}

const reasons = (...about: Parameters<typeof decide>) =>
  decide(...about).reasons.map(({ condition, result, finding, cure }) => ({ condition, result, finding, cure }));
const spoken = { condition: "language", result: "discretion", finding: "support is given in `en`, the request is in `fr`" };

describe("which conditions are asked", () => {
  test("all, in order, whatever the one before says", () => {
    expect(decide([english, covered], { language: "fr", on: "2027-01-01" }).reasons.map(({ condition, result }) => [condition, result])).toEqual([
      ["language", "discretion"],
      ["covered", "fail"],
    ]);
  });
  test("one is not asked of some kinds of license", () => {
    const dossier = (kind: "freeware" | "perpetual") => ({ licenses: [license("l-1", { kind })], contracts: [contract("c-1", [])] });
    expect(reasons([{ ...covered, except: ["freeware"] }, english], { dossier: dossier("freeware") })).toEqual([
      { condition: "covered", result: "pass", finding: "not asked of a license of kind freeware", cure: null },
      { condition: "language", result: "pass", finding: "no other language is asked for", cure: null },
    ]);
    expect(reasons([{ ...covered, except: ["freeware"] }], { dossier: dossier("perpetual") })).toMatchObject([{ result: "fail" }]);
    expect(decide([{ ...covered, except: ["freeware"] }], { dossier: dossier("freeware") }).reasons[0].facts).toEqual([]);
  });
  test("one of some programs only under contracts of these", () => {
    const gold = { ...english, programs: ["gold"] };
    const asked = (program: string) =>
      decide([gold, covered], { language: "fr", dossier: { contracts: [contract("c-1", ["l-1"], { program })] } }).reasons.map(
        ({ condition }) => condition,
      );
    expect(asked("gold")).toEqual(["language", "covered"]);
    expect(asked("silver")).toEqual(["covered"]);
    const readings = [{ id: "tongue", question: "?", options: ["strict", "lax"].map((id) => ({ id, says: id })), default: "lax" }];
    const strict = { ...english, programs: ["silver"], when: { reading: "tongue", is: "strict" } };
    const policy = { clauses: [{ id: "2.1", says: "conditions", conditions: [strict, covered] }], readings };
    expect(decide([], { policy, language: "fr" }).readings.map(({ id }) => id)).toEqual(["term-days"]);
  });
  test("one under a reading only where its option is chosen; the answer names it where the condition would not pass", () => {
    const readings = [
      {
        id: "tongue",
        question: "which?",
        options: [
          { id: "strict", says: "strict" },
          { id: "lax", says: "lax" },
        ],
        default: "strict",
      },
    ];
    const ask = (language: string, choices: PolicyText["choices"] = {}) => {
      const policy = {
        clauses: [{ id: "2.1", says: "conditions", conditions: [{ ...english, when: { reading: "tongue", is: "strict" } }, covered] }],
        readings,
        choices,
      };
      const answer = decide([], { policy, language });
      return { conditions: answer.reasons.map(({ condition }) => condition), readings: answer.readings.map(({ id }) => id) };
    };
    expect(ask("fr")).toEqual({ conditions: ["language", "covered"], readings: ["tongue", "term-days"] });
    expect(ask("en")).toEqual({ conditions: ["language", "covered"], readings: ["term-days"] });
    expect(ask("fr", { tongue: "lax" })).toEqual({ conditions: ["covered"], readings: ["tongue", "term-days"] });
    expect(ask("en", { tongue: "lax" })).toEqual({ conditions: ["covered"], readings: ["term-days"] });
  });
});

describe("what mends it", () => {
  const french = { language: "fr" };
  test("nothing, where neither the policy nor the condition says", () => expect(reasons([english], french)).toEqual([{ ...spoken, cure: null }]));
  test("what the policy says, at the clause that offers it, else at its own", () => {
    expect(reasons([{ ...english, cure: { says: "write English", clause: "9" } }], french)).toEqual([
      { ...spoken, cure: { says: "write English", clause: "9", price: null } },
    ]);
    expect(reasons([{ ...english, cure: { says: "write English" } }], french)).toEqual([
      { ...spoken, cure: { says: "write English", clause: "2.1", price: null } },
    ]);
  });
  test("a pass needs none", () => {
    expect(decide([{ ...english, cure: { says: "write English" } }], { language: "en" }).reasons[0].cure).toBe(null);
  });
  test("a price, where the facts give one", () => {
    const bought: ConditionEntry = { ...covered, cure: { says: "buy it" } };
    expect(decide([bought], { on: "2027-01-01" }).reasons[0].cure).toEqual({ says: "buy it", clause: "2.1", price: null });
    expect(decide([bought], { on: "2027-01-01", priced: true }).reasons[0].cure).toEqual({
      says: "buy it; first year of l-1 CHF 1,050.00",
      clause: "2.1",
      price: chf("1050.00"),
    });
  });
});

describe("what the vendor decided where the text leaves it to it", () => {
  const exceptions = [{ exceptionId: "x-1", clause: "2.1", reason: "they are new", approvedBy: "A. Head", until: "2026-07-31" }];
  const decided = (conditions: ConditionEntry[], on = "2026-06-15") => decide(conditions, { dossier: { exceptions }, language: "fr", on });

  test("passes, until the last day of it", () => {
    expect(decided([english], "2026-07-31")).toMatchObject({ outcome: "entitled", validUntil: "2026-07-31T22:00:00Z" });
    expect(decided([english], "2026-08-01")).toMatchObject({ outcome: "discretion", validUntil: null });
  });
  test("says what it was without it", () => {
    expect(decided([english]).reasons[0]).toMatchObject({
      result: "pass",
      finding: `approved as an exception by A. Head until 2026-07-31: they are new; without it: ${spoken.finding}`,
    });
  });
  test("mends nothing that the text refuses", () => {
    expect(decided([{ ...english, otherwise: "fail" }])).toMatchObject({ outcome: "not-entitled", reasons: [{ finding: spoken.finding }] });
  });
});

describe("what is missing", () => {
  const unknown: ConditionEntry = { condition: "channel", ways: [{ channel: "web" }], otherwise: "fail" };
  test("is told with the clause, and once for each reason", () => {
    expect(decide([unknown, unknown])).toMatchObject({
      outcome: "undetermined",
      missing: [
        { what: "channel", clause: "2.1" },
        { what: "channel", clause: "2.1" },
      ],
    });
  });
});

describe("the soonest turn", () => {
  const paid: ConditionEntry = { condition: "payments-current", scope: "contract", withoutContract: "unknown", otherwise: "fail" };
  const until = (dueOn: string, conditions: ConditionEntry[]) =>
    decide(conditions, { dossier: { invoices: [invoice("i-1", { dueOn })] } }).validUntil;

  test("of several reasons, in any order", () => {
    expect(until("2026-08-31", [covered, paid])).toBe("2026-08-31T22:00:00Z");
    expect(until("2026-08-31", [paid, covered])).toBe("2026-08-31T22:00:00Z");
    expect(until("2027-08-31", [covered, paid])).toBe("2026-12-31T23:00:00Z");
    expect(until("2027-08-31", [paid, covered])).toBe("2026-12-31T23:00:00Z");
  });
  test("of a reason that fails as well", () => {
    expect(decide([covered], { dossier: { licenses: [license("l-1", { deliveredOn: "2026-07-01" })] } })).toMatchObject({
      outcome: "not-entitled",
      validUntil: "2026-06-30T22:00:00Z",
    });
  });
  test("of instants the earlier", () => {
    const call = (severity: string, withinMinutes: number): ConditionEntry => ({
      condition: "timed-call",
      severities: [severity],
      channels: ["email"],
      withinMinutes,
      otherwise: "discretion",
    });
    const at = (conditions: ConditionEntry[]) => {
      const book = bookOf({ severities: [{ id: "high", says: "grave" }], clauses: [{ id: "2.1", says: "conditions", conditions }] });
      const request = entitlementRequest.parse({ kind: "error", severity: "high", channel: "email", filedAt: "2026-06-15T10:00:00Z" });
      return decideEntitlement(factsOf(book), request, asOf("2026-06-15T10:00:00Z")).validUntil;
    };
    expect(at([call("high", 30), call("high", 15)])).toBe("2026-06-15T10:15:00.001Z");
    expect(at([call("high", 15), call("high", 30)])).toBe("2026-06-15T10:15:00.001Z");
    expect(at([call("high", 15), call("low", 5)])).toBe("2026-06-15T10:15:00.001Z");
  });
});
