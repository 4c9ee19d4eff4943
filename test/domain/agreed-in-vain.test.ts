/** What is agreed in a contract's settings and could have no effect is refused when it is written, with its place and why. */
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../domain/contradictions.ts";
import { contract as contractShape } from "../../domain/facts.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";

const catalog = { products: [], priceLists: [], policies: [] };

function found(policyId: string, program: string, settings: object): string[] {
  const document = contractShape.parse({
    policyId,
    program,
    currency: "USD",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    settings,
    lines: [],
  });
  return contradictionsOf("contracts/c-1", document, { dossier: null, catalog, policies: shippedPolicies }).map(
    ({ pointer, detail }) => `${pointer}: ${detail}`,
  );
}

const target = (known: object) => ({ deadline: "first-response", targetMinutes: 60, clock: "elapsed", ...known });
const own = "what is agreed instead of the text is a version of the policy of its own";

describe("targets", () => {
  const ensim = (...targets: object[]) => found("ensim-support", "24x7", { targets });
  const wolfram = (...targets: object[]) => found("wolfram-enterprise-support", "enterprise", { targets });

  test("of a severity or in a calendar that the policy does not have", () => {
    expect(ensim(target({ severity: "severity-9" }))).toEqual([
      "/settings/targets/0/severity: policy `ensim-support` has no severity `severity-9`; it has `critical`, `major`, `minor`, `feature-request`",
    ]);
    expect(found("essensys-customer-success", "other", { targets: [target({ severity: "high" })] })).toEqual([
      "/settings/targets/0/severity: policy `essensys-customer-success` has no severity `high`; it has no severities",
    ]);
    expect(wolfram(target({ severity: "urgent" }), target({ severity: "critical", clock: { calendar: "nights" } }))).toEqual([
      expect.stringMatching(/^\/settings\/targets\/1\/clock\/calendar: policy `wolfram-enterprise-support` has no calendar `nights`; /),
    ]);
  });
  test("of what the text states, or promises to nobody", () => {
    expect(ensim(target({ severity: "critical" }))).toEqual([
      `/settings/targets/0: clause response-times of policy \`ensim-support\` states the first-response of critical, and leaves it to no agreement; ${own}`,
    ]);
    expect(ensim(target({ severity: "major" }))).toEqual([
      `/settings/targets/0: policy \`ensim-support\` promises no first-response of major, and leaves none to an agreement; ${own}`,
    ]);
    expect(found("ebiexperts-support", "enterprise", { targets: [target({ deadline: "next-update", severity: "severity-3" })] })).toEqual([
      expect.stringContaining("/settings/targets/0: "),
    ]);
    expect(found("psigen-support", "standard", { targets: [target({}), target({ deadline: "next-update" })] })).toEqual([
      `/settings/targets/0: clause response.table of policy \`psigen-support\` states the first-response, and leaves it to no agreement; ${own}`,
      `/settings/targets/1: policy \`psigen-support\` promises no next-update, and leaves none to an agreement; ${own}`,
    ]);
  });
  test("twice for one severity; not for one beside all", () => {
    expect(wolfram(target({ severity: "urgent" }), target({ severity: "urgent", targetMinutes: 90 }))).toEqual([
      "/settings/targets/1: a target for the first-response of urgent is named twice",
    ]);
    expect(wolfram(target({}), target({ severity: "urgent", targetMinutes: 90 }))).toEqual([]);
    expect(wolfram(target({}), target({}))).toEqual(["/settings/targets/1: a target for the first-response is named twice"]);
  });
  test("of what the text leaves to another document", () => {
    expect(wolfram(target({ severity: "urgent" }), target({ severity: "critical" }))).toEqual([]);
    expect(found("essensys-customer-success", "other", { targets: [target({})] })).toEqual([]);
  });
});

describe("benefits", () => {
  const ensim = (benefits: object) => found("ensim-support", "16x5", { benefits });

  test("that the policy does not have, or whose text says who has them", () => {
    expect(ensim({ foo: true, documentation: false })).toEqual([
      expect.stringMatching(
        /^\/settings\/benefits\/foo: policy `ensim-support` has no benefit `foo`; it has `documentation`, `updates`, `web-and-phone`, /,
      ),
      `/settings/benefits/documentation: clause eligibility.portal of policy \`ensim-support\` says who has \`documentation\`, and leaves it to no agreement; ${own}`,
    ]);
    expect(found("wolfram-enterprise-support", "enterprise", { benefits: { foo: true } })).toEqual([
      "/settings/benefits/foo: policy `wolfram-enterprise-support` has no benefit `foo`; it has no benefits",
    ]);
  });
  test("whose marks are lost", () => expect(ensim({ "toll-free": false, escalation: true })).toEqual([]));
});

describe("hours", () => {
  const hours = { weekly: { mon: [["08:00", "17:00"]] } };
  test("that only another program counts in", () => {
    expect(found("ensim-support", "24x7", { calendars: { "16x5": hours } })).toEqual([
      "/settings/calendars/16x5: calendar `16x5` of policy `ensim-support` counts for program `16x5`, got `24x7`",
    ]);
    expect(found("ensim-support", "16x5", { calendars: { "16x5": hours } })).toEqual([]);
    expect(found("ensim-support", "24x7", { calendars: { "24x7": hours } })).toEqual([]);
  });
  test("that other clauses count in", () => {
    expect(found("ebiexperts-support", "enterprise", { calendars: { "standard-business-hours": hours } })).toEqual([]);
    expect(found("essensys-customer-success", "other", { calendars: { "us-est": hours } })).toEqual([]);
    expect(found("psigen-support", "standard", { calendars: { "support-hours": hours } })).toEqual([]);
  });
});
