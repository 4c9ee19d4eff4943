/** The shipped policies are whole: they have the shape of a policy, every clause does something, every reading can be chosen; and answers have the shape they are described by. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { compile } from "../../domain/compiled-policy.ts";
import { commonReadings } from "../../domain/policies/common-readings.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { type Policy, policy as policySchema } from "../../domain/policy.ts";
import * as answers from "../../domain/questions/answers.ts";
import { decideCaseClosure } from "../../domain/questions/case-closure.ts";
import { checkContact } from "../../domain/questions/contact-change.ts";
import { assessSeverity } from "../../domain/questions/severity.ts";
import { accountStatus } from "../../domain/questions/standing.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { askAll, requests, runs } from "./invariants/asking.ts";
import { factsOf, portfolios } from "./invariants/portfolio.ts";

const shipped = [...shippedPolicies.values()].flat();

test("there are five policies, each under its own id", () => {
  expect([...shippedPolicies.keys()].sort()).toEqual([
    "ebiexperts-support",
    "ensim-support",
    "essensys-customer-success",
    "psigen-support",
    "wolfram-enterprise-support",
  ]);
  for (const [id, versions] of shippedPolicies) for (const { id: its, version } of versions) expect([its, version]).toEqual([id, "1"]);
});

/** Every `{reading: …}` and `{reading: …, is: …}` anywhere in a part, with the options that it counts on. */
function readingsNamedIn(part: unknown): { reading: string; is: string | undefined }[] {
  if (Array.isArray(part)) return part.flatMap(readingsNamedIn);
  if (typeof part !== "object" || part === null) return [];
  const { reading, is } = part as { reading?: unknown; is?: unknown };
  const own = typeof reading === "string" ? [{ reading, is: typeof is === "string" ? is : undefined }] : [];
  return [...own, ...Object.values(part).flatMap(readingsNamedIn)];
}

/** Values of a key anywhere in a part. */
function valuesOf(part: unknown, key: string): unknown[] {
  if (Array.isArray(part)) return part.flatMap((one) => valuesOf(one, key));
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => (name === key ? [value] : valuesOf(value, key)));
}

describe.each(shipped.map((policy): [string, Policy] => [policy.id, policy]))("%s", (_id, policy) => {
  const { readings } = compile(policy);

  test("has the shape of a policy, with nothing added or coerced", () => {
    expect(policySchema.parse(structuredClone(policy))).toEqual(policySchema.parse(JSON.parse(JSON.stringify(policy))));
    expect(policySchema.safeParse({ ...policy, stray: true }).success).toBe(false);
  });

  test("names each clause once, and each clause does something or says why nothing is decided by it", () => {
    const ids = policy.clauses.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const idle = policy.clauses.filter(
      ({ id: _id, says: _says, informs, ...parts }) =>
        informs === undefined && !Object.values(parts).some((part) => Array.isArray(part) && part.length > 0),
    );
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  test("cites only clauses of its own", () => {
    const ids = new Set(policy.clauses.map(({ id }) => id));
    expect(valuesOf(policy.clauses, "clause").filter((id) => !ids.has(String(id)))).toEqual([]);
  });

  test("names only readings, options and calendars that there are", () => {
    const named = readingsNamedIn([policy.clauses, policy.calendars]);
    expect(named.filter(({ reading }) => !readings.has(reading))).toEqual([]);
    const options = (reading: string) => readings.get(reading)?.options.map(({ id }) => id) ?? [];
    expect(named.filter(({ reading, is }) => is !== undefined && !options(reading).includes(is))).toEqual([]);
    const calendars = valuesOf(policy.clauses, "calendar");
    expect(calendars.filter((id) => !Object.hasOwn(policy.calendars, String(id)))).toEqual([]);
    for (const [reading, option] of Object.entries(policy.choices ?? {})) expect(options(reading)).toContain(option);
  });

  test("relies on each of its readings", () => {
    const named = new Set(readingsNamedIn([policy.clauses, policy.calendars]).map(({ reading }) => reading));
    const own = policy.readings.filter(({ id }) => !commonReadings.some((common) => common.id === id));
    expect(own.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test("has severities and programs that its parts name", () => {
    const severities = policy.severities.map(({ id }) => id);
    expect(valuesOf(policy.clauses, "severity").filter((id) => !severities.includes(String(id)))).toEqual([]);
    expect(
      valuesOf(policy.clauses, "programs")
        .flat()
        .filter((id) => !policy.programs.includes(String(id))),
    ).toEqual([]);
    expect(valuesOf(policy.clauses, "program").filter((id) => !policy.programs.includes(String(id)))).toEqual([]);
  });

  test("has readings with a default among their options, each option once", () => {
    for (const { id, options, default: usual } of [...policy.readings, ...commonReadings]) {
      const ids = options.map((option) => option.id);
      expect([id, ids.includes(usual), new Set(ids).size]).toEqual([id, true, ids.length]);
    }
  });
});

/** Fails for a field too many, too few or of another kind; and for one that the schema would change. */
function strictly<T>(schema: z.ZodType<T>, answer: T): void {
  expect(schema.parse(answer)).toEqual(answer);
}

describe("answers have the shape that describes them", () => {
  const moments = fc.constantFrom("", "T05:00:00Z", "T23:30:00Z");

  test("decisions, standing, renewals, quotes, rulings", () =>
    fc.assert(
      fc.property(portfolios(), requests, moments, (portfolio, request, time) => {
        const facts = factsOf(portfolio);
        const asOf = time === "" ? { date: portfolio.focus } : { instant: Date.parse(`${portfolio.focus}${time}`) };
        const { decision, standing, renewals, quotes, rulings } = askAll(facts, request, asOf);
        strictly(answers.entitlementAnswer, decision);
        strictly(answers.standingAnswer, standing);
        for (const renewal of renewals) strictly(answers.renewalAnswer, renewal);
        for (const quote of quotes) strictly(answers.quoteAnswer, quote);
        for (const ruling of rulings) strictly(answers.noticeRuling, ruling);
        strictly(answers.accountStatusSchema, accountStatus(facts, asOf));
        for (const { reasons } of [decision, ...renewals, ...quotes, ...rulings]) for (const reason of reasons) strictly(answers.reason, reason);
        const contact = { contactId: "t-9", role: "technical-contact" as const };
        strictly(answers.contactCheckAnswer, checkContact(facts, { contact }, asOf));
      }),
      { numRuns: runs(150) },
    ));

  const said = fc.option(fc.boolean(), { nil: undefined });
  const impacts = fc
    .record({
      inoperable: said,
      serverSideFailure: said,
      plannedMaintenance: said,
      outsideVendorControl: said,
      majorFunctionImpacted: said,
      performanceDegraded: said,
      question: said,
    })
    .map((impact) => Object.fromEntries(Object.entries(impact).filter(([, value]) => value !== undefined)));

  test("severities", () =>
    fc.assert(
      fc.property(impacts, fc.constantFrom("production", undefined), fc.constantFrom(...shippedPolicies.keys()), (impact, environment, policyId) => {
        const stated = environment === undefined ? impact : { ...impact, environment };
        strictly(answers.severityAnswer, assessSeverity(shippedPolicies, policyId, stated, { date: "2026-03-02" }));
      }),
      { numRuns: runs(100) },
    ));

  test("closing of cases", () =>
    fc.assert(
      fc.property(fc.nat(60), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (vendor, customer, updated) => {
        const opened = Date.parse("2026-03-02T09:00:00Z");
        const after = (days: number) => formatInstant(opened + days * 86_400_000);
        const request = {
          policyId: "ebiexperts-support",
          openedAt: formatInstant(opened),
          lastVendorMessageAt: after(vendor),
          ...(customer === null ? {} : { lastCustomerMessageAt: after(customer) }),
          ...(updated === null ? {} : { updateProvidedOn: after(updated).slice(0, 10) }),
        };
        strictly(answers.caseClosureAnswer, decideCaseClosure(shippedPolicies, request, { date: "2026-07-01" }));
      }),
      { numRuns: runs(60) },
    ));

  test("a field too many, too few, or of another kind is noticed", () => {
    const [portfolio, request] = fc.sample(fc.tuple(portfolios(), requests), { numRuns: 1, seed: 7 })[0] as [
      Parameters<typeof factsOf>[0] & { focus: string },
      Parameters<typeof askAll>[1],
    ];
    const { decision } = askAll(factsOf(portfolio), request, { date: portfolio.focus });
    const { headline: _, ...without } = decision;
    for (const wrong of [{ ...decision, stray: 1 }, without, { ...decision, reasons: [] }, { ...decision, validUntil: "tomorrow" }]) {
      expect(answers.entitlementAnswer.safeParse(wrong).success).toBe(false);
    }
  });
});
