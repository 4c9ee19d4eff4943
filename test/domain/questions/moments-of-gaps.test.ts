/** What the sweep tells of whole coverage: a license is left without support while others of its group have it. Source: Ebiexperts 2.2. */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import type { Clause } from "../../../domain/policy.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { contract, license, product } from "../conditions/asked.ts";
import { bookOf, factsOf, type PolicyText } from "./asked.ts";
import { again, type Looked, one, told } from "./told.ts";

const clausesOf = (group: "product-line" | "bundle"): NonNullable<PolicyText["clauses"]> => [
  { id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail" }] },
  { id: "2.2", says: "the whole of it", conditions: [{ condition: "whole-coverage", group, of: ["perpetual"], otherwise: "discretion" }] },
];
const policy: PolicyText = { clauses: clausesOf("product-line") };

/** Without a line for `l-2`; `c-1` runs over 2026 and no longer. */
const known = (dossier: Partial<Dossier>, text: PolicyText = policy): KnownFacts => factsOf(bookOf(text), dossier, { products: [product("p-1")] });
const two = (second: Parameters<typeof license>[1]) => known({ licenses: [license("l-1"), license("l-2", second)] });

const looked: Looked = { since: "2026-01-15T10:00:00Z", until: "2026-11-01T10:00:00Z" };
const gap = "coverage.gap-detected/gap/acme-support/product-line/tools";
/** Of gaps alone. */
const gaps = (facts: KnownFacts, more: Partial<Looked> = {}) => told(facts, { ...looked, ...more }).filter((line) => line.includes("gap"));

describe("a second license that no contract covers", () => {
  test("is told on the day on which it is delivered, until the others end", () => {
    const facts = two({ deliveredOn: "2026-08-01" });
    expect(gaps(facts)).toEqual([`2026-07-31T22:00:00Z ${gap}/l-2/2026-08-01 until 2026-12-31T23:00:00Z`]);
    expect(one(facts, looked, `${gap}/l-2/2026-08-01`)).toEqual({
      key: `${gap}/l-2/2026-08-01`,
      marks: ["gap/acme-support/product-line/tools/l-2/2026-08-01"],
      type: "coverage.gap-detected",
      dueAt: Date.parse("2026-07-31T22:00:00Z"),
      purposeUntil: Date.parse("2026-12-31T23:00:00Z"),
      data: {
        policyId: "acme-support",
        clause: "2.2",
        group: "product-line",
        name: "tools",
        since: "2026-08-01",
        licenseIds: ["l-2"],
        count: 1,
      },
    });
  });

  test("not before that instant, at which is looked again; once said, not again", () => {
    const facts = two({ deliveredOn: "2026-08-01" });
    const before = { ...looked, until: "2026-07-31T21:59:59.999Z" };
    expect(gaps(facts, before)).toEqual([]);
    expect(again(facts, before)).toBe("2026-07-31T22:00:00Z");
    expect(gaps(facts, { until: "2026-07-31T22:00:00Z" })).toHaveLength(1);
    expect(gaps(facts, { said: ["gap/acme-support/product-line/tools/l-2/2026-08-01"] })).toEqual([]);
  });

  test("retired again: until then", () => {
    expect(gaps(two({ deliveredOn: "2026-08-01", retiredOn: "2026-09-01" }))).toEqual([
      `2026-07-31T22:00:00Z ${gap}/l-2/2026-08-01 until 2026-08-31T22:00:00Z`,
    ]);
  });

  test("held as the contract was recorded: told then, named by the day from which it is", () => {
    const facts = two({ deliveredOn: "2025-06-01" });
    expect(gaps(facts)).toEqual([`2026-01-15T10:00:00Z ${gap}/l-2/2026-01-01 until 2026-12-31T23:00:00Z`]);
    expect(one(facts, looked, `${gap}/l-2/2026-01-01`).data).toMatchObject({ since: "2026-01-01" });
  });

  test("over on the day on which the contract was recorded: history; on the day after, told", () => {
    expect(gaps(two({ retiredOn: "2026-01-15" }))).toEqual([]);
    expect(gaps(two({ retiredOn: "2026-01-16" }))).toEqual([`2026-01-15T10:00:00Z ${gap}/l-2/2026-01-01 until 2026-01-15T23:00:00Z`]);
  });

  test("begun earlier on the day on which the contract was recorded: told at its recording", () => {
    expect(gaps(two({ deliveredOn: "2026-08-01" }), { since: "2026-08-01T10:00:00Z" })).toEqual([
      `2026-08-01T10:00:00Z ${gap}/l-2/2026-08-01 until 2026-12-31T23:00:00Z`,
    ]);
  });

  test("a subscription, or one of another product line, leaves no gap; nor one where the text asks for no whole", () => {
    expect(gaps(two({ kind: "subscription" }))).toEqual([]);
    const elsewhere = factsOf(
      bookOf(policy),
      { licenses: [license("l-1"), license("l-2", { productId: "p-2" })] },
      { products: [product("p-1"), product("p-2", { productLine: "toys" })] },
    );
    expect(gaps(elsewhere)).toEqual([]);
    expect(gaps(known({ licenses: [license("l-1"), license("l-2")] }, { clauses: clausesOf("product-line").slice(0, 1) }))).toEqual([]);
  });
});

test("a whole that only contracts with an option ask for: told while one of these covers some of it", () => {
  const readings = [{ id: "edition", question: "which?", options: ["coastal", "ocean"].map((id) => ({ id, says: id })), default: "coastal" }];
  const [cover, whole] = clausesOf("product-line") as [Clause, Clause];
  const conditions = whole.conditions?.map((one) => ({ ...one, when: { reading: "edition", is: "ocean" } })) as Clause["conditions"];
  const text: PolicyText = { readings, clauses: [cover, { ...whole, conditions }] };
  const licenses = [license("l-1"), license("l-2")];
  const chosen = (edition: string) => contract("c-1", ["l-1"], { settings: { readings: { edition } } });
  expect(gaps(known({ licenses, contracts: [chosen("coastal")] }, text))).toEqual([]);
  expect(gaps(known({ licenses, contracts: [chosen("ocean")] }, text))).toEqual([
    `2026-01-15T10:00:00Z ${gap}/l-2/2026-01-01 until 2026-12-31T23:00:00Z`,
  ]);
});

describe("several licenses", () => {
  const three = (third: Parameters<typeof license>[1]) => known({ licenses: [license("l-1"), license("l-2"), license("l-3", third)] });

  test("of one group left without on the same day are told together, until the last has an end", () => {
    const facts = three({ retiredOn: "2026-06-01" });
    expect(gaps(facts)).toEqual([`2026-01-15T10:00:00Z ${gap}/l-2/2026-01-01 until 2026-12-31T23:00:00Z`]);
    const moment = one(facts, looked, `${gap}/l-2/2026-01-01`);
    expect(moment.marks).toEqual(["l-2", "l-3"].map((id) => `gap/acme-support/product-line/tools/${id}/2026-01-01`));
    expect(moment.data).toMatchObject({ licenseIds: ["l-2", "l-3"], count: 2 });
  });

  test("of which one was said: the other alone", () => {
    const said = ["gap/acme-support/product-line/tools/l-2/2026-01-01"];
    expect(gaps(three({}), { said })).toEqual([`2026-01-15T10:00:00Z ${gap}/l-3/2026-01-01 until 2026-12-31T23:00:00Z`]);
  });

  test("on different days are told apart, the sooner is looked at next", () => {
    const facts = known({ licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-09-01" }), license("l-3", { deliveredOn: "2026-08-01" })] });
    expect(gaps(facts)).toEqual([
      `2026-07-31T22:00:00Z ${gap}/l-3/2026-08-01 until 2026-12-31T23:00:00Z`,
      `2026-08-31T22:00:00Z ${gap}/l-2/2026-09-01 until 2026-12-31T23:00:00Z`,
    ]);
    expect(again(facts, { ...looked, until: "2026-07-01T10:00:00Z" })).toBe("2026-07-31T22:00:00Z");
    expect(again(facts, { ...looked, until: "2026-07-31T22:00:00Z" })).toBe("2026-08-31T22:00:00Z");
    const turned = known({
      licenses: [license("l-1"), license("l-3", { deliveredOn: "2026-08-01" }), license("l-2", { deliveredOn: "2026-09-01" })],
    });
    expect(again(turned, { ...looked, until: "2026-07-01T10:00:00Z" })).toBe("2026-07-31T22:00:00Z");
    expect(again(turned, { ...looked, until: "2026-08-15T10:00:00Z" })).toBe("2026-08-31T22:00:00Z");
  });

  test("more than fifty: fifty are listed, all are counted and none is told twice", () => {
    const licenses = Array.from({ length: 52 }, (_, n) => license(`l-${n + 1}`));
    const moment = one(known({ licenses }), looked, `${gap}/l-2/2026-01-01`);
    const { licenseIds, count } = moment.data as { licenseIds: string[]; count: number };
    expect([licenseIds.length, count, moment.marks.length]).toEqual([50, 51, 51]);
  });
});

describe("contracts that cover a group between them", () => {
  const licenses = [license("l-1"), license("l-2")];
  const half = (contractId: string, more: Parameters<typeof contract>[2]) => contract(contractId, ["l-2"], more);

  test("with days between two terms: a gap as long as those", () => {
    const contracts = [
      contract("c-1", ["l-1"]),
      half("c-2", { term: { firstDay: "2026-01-01", lastDay: "2026-06-30" } }),
      half("c-3", { term: { firstDay: "2026-08-01", lastDay: "2026-12-31" } }),
    ];
    expect(gaps(known({ licenses, contracts }), { of: ["c-1", "c-2", "c-3"] })).toEqual([
      `2026-06-30T22:00:00Z ${gap}/l-2/2026-07-01 until 2026-07-31T22:00:00Z`,
    ]);
  });

  test("one that follows on without a day between: no gap", () => {
    const contracts = [
      contract("c-1", ["l-1"]),
      half("c-2", { term: { firstDay: "2026-01-01", lastDay: "2026-06-30" } }),
      half("c-3", { term: { firstDay: "2026-07-01", lastDay: "2026-12-31" } }),
    ];
    expect(gaps(known({ licenses, contracts }), { of: ["c-1", "c-2", "c-3"] })).toEqual([]);
  });

  test("under another policy it does not count", () => {
    const policies = bookOf(policy, { ...policy, id: "other-support" });
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-1"]), half("c-3", { policyId: "other-support" })];
    const facts = factsOf(policies, { licenses, contracts }, { products: [product("p-1")] });
    const other = gap.replace("acme", "other");
    const lines = (of: string[]) => gaps(facts, { of });
    expect(lines(["c-1", "c-3"])).toEqual([
      `2026-01-15T10:00:00Z ${gap}/l-2/2026-01-01 until 2026-12-31T23:00:00Z`,
      `2026-01-15T10:00:00Z ${other}/l-1/2026-01-01 until 2026-12-31T23:00:00Z`,
    ]);
  });

  test("told since the contract under the policy that was recorded first", () => {
    const facts = known({ licenses, contracts: ["c-1", "c-2", "c-3"].map((id) => contract(id, ["l-1"])) });
    const recorded = { "c-1": "2026-03-01T10:00:00Z", "c-2": "2026-02-01T10:00:00Z", "c-3": "2026-04-01T10:00:00Z" };
    expect(gaps(facts, { of: ["c-1", "c-2", "c-3"], recorded })).toEqual([`2026-02-01T10:00:00Z ${gap}/l-2/2026-01-01 until 2026-12-31T23:00:00Z`]);
  });

  test("where the cover renews the gap lasts for ever", () => {
    const renewing: PolicyText = {
      clauses: [
        ...clausesOf("product-line"),
        { id: "7", says: "renews", formulas: [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }] },
      ],
    };
    expect(gaps(known({ licenses }, renewing))).toEqual([`2026-01-15T10:00:00Z ${gap}/l-2/2026-01-01`]);
  });

  test("of bundles, each by its name as the caller wrote it", () => {
    const bundled = [license("l-1", { bundleId: "b:1" }), license("l-2", { bundleId: "b:1" }), license("l-3", { bundleId: "b-2" })];
    expect(gaps(known({ licenses: bundled }, { clauses: clausesOf("bundle") }))).toEqual([
      "2026-01-15T10:00:00Z coverage.gap-detected/gap/acme-support/bundle/b%3A1/l-2/2026-01-01 until 2026-12-31T23:00:00Z",
    ]);
  });
});
