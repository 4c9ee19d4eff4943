/** What conditions share: lists that stop, the sooner of two days, the schemas of their parameters, and a judge for each. */
import { describe, expect, test } from "vitest";
import { listed, sooner } from "../../../domain/conditions/condition.ts";
import { judgeOf } from "../../../domain/conditions/index.ts";
import { conditionEntry } from "../../../domain/conditions/parameters.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import type { Condition } from "./asked.ts";

describe("lists", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

  test("none, one, two", () => expect([0, 1, 2].map((count) => listed(ids(count)))).toEqual(["", "1", "1, 2"]));
  test("ten are named", () => expect(listed(ids(10))).toBe("1, 2, 3, 4, 5, 6, 7, 8, 9, 10"));
  test("of eleven, that there is one more", () => expect(listed(ids(11))).toBe("1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1 more"));
  test("of fewer, where fewer are wanted", () => expect(listed(ids(3), 2)).toBe("1, 2 and 1 more"));
});

describe("the sooner of two days", () => {
  test("either way round", () => {
    expect(sooner("2026-01-01", "2026-01-02")).toBe("2026-01-01");
    expect(sooner("2026-01-02", "2026-01-01")).toBe("2026-01-01");
  });
  test("never is later than any", () => {
    expect(sooner(null, "2026-01-01")).toBe("2026-01-01");
    expect(sooner("2026-01-01", null)).toBe("2026-01-01");
    expect(sooner("2026-01-01", undefined)).toBe("2026-01-01");
    expect(sooner(undefined, "2026-01-01")).toBe("2026-01-01");
    expect(sooner(undefined, undefined)).toBe(null);
  });
});

/** Each condition with the parameters that it cannot be without, and what is wrong with others. */
const known: [Condition, wrong: Record<string, unknown>[]][] = [
  [
    { condition: "attestation", name: "tried", states: "so", otherwise: "fail" },
    [{ states: "" }, { states: "s".repeat(301) }, { otherwise: "redirect" }],
  ],
  [
    { condition: "channel", ways: [{ channel: "web" }], otherwise: "fail" },
    [
      { ways: [] },
      { ways: [{ channel: "web", onlyWith: "name" }] },
      { ways: [{ channel: "web", more: 1 }] },
      { ways: [{ channel: "web", attested: { name: "a" } }] },
    ],
  ],
  [
    { condition: "circumstance", tags: ["a"], states: "so", otherwise: "fail" },
    [{ tags: [] }, { states: "" }, { states: "s".repeat(301) }, { unless: {} }, { unless: { attested: "a", more: 1 } }, { otherwise: "unknown" }],
  ],
  [
    { condition: "contact-role", roles: ["none"], otherwise: "fail" },
    [{ roles: [] }, { most: 0 }, { most: 1.5 }, { on: "contract" }, { otherwise: "discretion" }],
  ],
  [{ condition: "covered", otherwise: "fail" }, [{ otherwise: "discretion" }, { afterTerm: "fail" }]],
  [
    { condition: "intake", fields: ["a"], otherwise: "fail" },
    [
      { fields: [] },
      { fields: [["a"]] },
      { fields: ["Upper"] },
      { fields: ["a b"] },
      { fields: ["a".repeat(65)] },
      { initially: false },
      { otherwise: "unknown" },
    ],
  ],
  [
    { condition: "language", languages: ["en"], otherwise: "fail" },
    [{ languages: [] }, { languages: ["EN"] }, { languages: ["e"] }, { languages: ["engl"] }, { languages: ["en-GB"] }],
  ],
  [{ condition: "library-supported", otherwise: "fail" }, [{ otherwise: "discretion" }]],
  [
    { condition: "license-kind", kinds: ["trial"], says: "so", otherwise: "fail" },
    [{ kinds: [] }, { kinds: ["other"] }, { says: "" }, { says: "s".repeat(301) }, { otherwise: "redirect" }],
  ],
  [{ condition: "one-issue", otherwise: "fail" }, [{ otherwise: "discretion" }]],
  [
    { condition: "open-hours", calendars: { apac: "a" }, otherwise: "fail" },
    [{ calendars: { moon: "a" } }, { holidaysNotStated: false }, { zones: {} }, { zones: { reading: "a", more: 1 } }, { otherwise: "unknown" }],
  ],
  [
    { condition: "payments-current", scope: "contract", withoutContract: "unknown", otherwise: "fail" },
    [{ scope: "account" }, { withoutContract: "out" }, { otherwise: "unknown" }],
  ],
  [
    { condition: "product-kind", kinds: ["software"], says: "so", otherwise: "fail" },
    [{ kinds: [] }, { kinds: ["other"] }, { says: "" }, { says: "s".repeat(301) }, { otherwise: "unknown" }],
  ],
  [{ condition: "product-recorded", otherwise: "unknown" }, [{ otherwise: "fail" }]],
  [
    { condition: "request-kind", kinds: ["error"], says: "so", otherwise: "fail" },
    [
      { kinds: [] },
      { kinds: ["other"] },
      { says: "" },
      { says: "s".repeat(301) },
      { unlessExcluded: false },
      { missing: "" },
      { otherwise: "redirect" },
    ],
  ],
  [
    { condition: "sold-by-vendor", of: ["contract"], otherwise: "redirect" },
    [{ of: [] }, { of: ["account"] }, { exceptFromReseller: false }, { otherwise: "fail" }],
  ],
  [
    { condition: "timed-call", severities: ["a"], channels: ["email"], withinMinutes: 1, otherwise: "fail" },
    [{ severities: [] }, { channels: [] }, { withinMinutes: 0 }, { withinMinutes: 100_001 }, { withinMinutes: 1.5 }, { otherwise: "unknown" }],
  ],
  [{ condition: "uniform-program", group: "bundle", otherwise: "discretion" }, [{ group: "deployment" }, { otherwise: "unknown" }]],
  [{ condition: "version-supported", otherwise: "fail" }, [{ announced: {} }, { announced: "at-once" }, { otherwise: "discretion" }]],
  [
    { condition: "whole-coverage", group: "bundle", of: ["perpetual"], otherwise: "fail" },
    [{ group: "account" }, { of: [] }, { of: ["trial"] }, { products: [] }, { products: ["hardware"] }, { otherwise: "unknown" }],
  ],
];

const inEach = { when: { reading: "a", is: "b" }, cure: { says: "mend it", clause: "4.1" }, except: ["freeware"] };

describe("parameters", () => {
  test("every condition that the shipped policies make is known here", () => {
    const made = [...shippedPolicies.values()].flat().flatMap(({ clauses }) => clauses.flatMap(({ conditions }) => conditions ?? []));
    const names = new Set(known.map(([{ condition }]) => condition));
    expect(made.filter(({ condition }) => !names.has(condition))).toEqual([]);
  });
  test.each(known)("$condition", (right, wrong) => {
    expect(conditionEntry.parse(right)).toEqual(right);
    expect(conditionEntry.parse({ ...right, ...inEach })).toEqual({ ...right, ...inEach });
    expect(conditionEntry.safeParse({ ...right, more: 1 }).success, "an unknown parameter").toBe(false);
    for (const key of Object.keys(right)) {
      const { [key as "condition"]: _, ...without } = right;
      expect(conditionEntry.safeParse(without).success, `without ${key}`).toBe(false);
    }
    for (const parameters of wrong) expect(conditionEntry.safeParse({ ...right, ...parameters }).success, JSON.stringify(parameters)).toBe(false);
    expect(judgeOf(conditionEntry.parse(right))).toBeTypeOf("function");
  });
  test.each<[string, Record<string, unknown>]>([
    [
      "channel",
      { condition: "channel", ways: [{ channel: "phone", onlyWith: "caseId", attested: { name: "a", is: false } }], otherwise: "discretion" },
    ],
    ["circumstance", { condition: "circumstance", tags: ["a"], states: "s".repeat(300), otherwise: "discretion", unless: { attested: "a" } }],
    ["circumstance", { condition: "circumstance", tags: ["4.1(b)"], states: "so", otherwise: "fail", unless: { circumstance: "4.1(c)" } }],
    ["contact-role", { condition: "contact-role", roles: ["technical-contact"], on: "premises", most: 1, otherwise: "unknown" }],
    ["contact-role", { condition: "contact-role", roles: ["technical-contact"], on: "license", otherwise: "unknown" }],
    ["covered", { condition: "covered", otherwise: "unknown", afterTerm: "unknown" }],
    [
      "intake",
      {
        condition: "intake",
        fields: ["a".repeat(64), ["b", "cD2"]],
        channels: ["web"],
        severities: ["high"],
        kinds: ["error"],
        attested: "a",
        initially: true,
        otherwise: "discretion",
      },
    ],
    ["language", { condition: "language", languages: ["en", "gsw"], otherwise: "discretion" }],
    ["open-hours", { condition: "open-hours", calendars: {}, holidaysNotStated: true, zones: { reading: "a" }, otherwise: "discretion" }],
    [
      "request-kind",
      { condition: "request-kind", kinds: ["error"], says: "s".repeat(300), otherwise: "discretion", unlessExcluded: true, missing: "a list" },
    ],
    ["product-kind", { condition: "product-kind", kinds: ["extension"], says: "so", otherwise: "discretion" }],
    ["version-supported", { condition: "version-supported", announced: { reading: "a" }, otherwise: "fail" }],
    ["sold-by-vendor", { condition: "sold-by-vendor", of: ["license"], exceptFromReseller: true, otherwise: "redirect" }],
    ["timed-call", { condition: "timed-call", severities: ["a"], channels: ["chat"], withinMinutes: 100_000, otherwise: "discretion" }],
    [
      "whole-coverage",
      {
        condition: "whole-coverage",
        group: "deployment",
        of: ["subscription"],
        products: ["software", "open-source-library"],
        otherwise: "discretion",
      },
    ],
  ])("%s with all that it may say", (_, right) => {
    expect(conditionEntry.parse(right)).toEqual(right);
  });
  test("a condition that is not known", () => {
    expect(conditionEntry.safeParse({ condition: "weather", otherwise: "fail" }).success).toBe(false);
    expect(() => judgeOf({ condition: "weather" } as never)).toThrow("no judge for condition `weather`");
  });
});
