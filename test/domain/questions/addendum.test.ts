/** What a text leaves to another document can be agreed in a contract's settings; the answer is then definite and says so. */
import { describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import { contract as contractShape, type HeldContract, license, premises, product } from "../../../domain/facts.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { parseInstant } from "../../../domain/time/instant.ts";

const fee = { amount: "100.00", currency: "USD" };

function facts(policyId: string, program: string, settings: HeldContract["settings"]): KnownFacts {
  const known = contractShape.parse({
    policyId,
    program,
    currency: "USD",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    settings,
    lines: [{ licenseId: "l-1", annualFee: fee }],
  });
  const dossier = {
    ...emptyDossier("acme", { name: "Acme", customerNumber: "7" }),
    licenses: [{ licenseId: "l-1", ...license.parse({ productId: "p-1", kind: "perpetual", seats: 3, deliveredOn: "2026-01-01" }) }],
    premises: [{ premisesId: "nyc", ...premises.parse({ name: "New York", region: "us-est" }) }],
    contracts: [{ contractId: "c-1", ...known }],
    contacts: [{ contactId: "ann", role: "authorized-representative" as const, premisesIds: ["nyc"] }],
  };
  const catalog = { products: [{ productId: "p-1", ...product.parse({ name: "P", productLine: "p", kind: "software" }) }], priceLists: [] };
  return { dossier, catalog: { ...catalog, policies: [] }, policies: shippedPolicies } as KnownFacts;
}

const monday = { instant: parseInstant("2026-03-02T15:30:00Z") };
const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["08:00", "17:00"]]]));
const none = { firstYear: 2026, lastYear: 2026, dates: [] };

describe("PSIGEN response.table: support hours are not in the text", () => {
  const request = entitlementRequest.parse({
    kind: "error",
    severity: "many-or-all",
    attestations: { knowledgeBaseConsulted: true, trained: true, access: true },
  });
  const deadline = (settings: HeldContract["settings"]) =>
    decideEntitlement(facts("psigen-support", "standard", settings), request, monday).deadlines[0];

  test("unknown until they are agreed", () => {
    expect(deadline(undefined)).toMatchObject({ dueAt: null, source: "policy", clause: "response.table" });
  });
  test("agreed hours, zone and holidays make it definite: two hours from 10:30 in New York", () => {
    expect(deadline({ calendars: { "support-hours": { zone: "America/New_York", weekly: week, holidays: none } } })).toMatchObject({
      dueAt: "2026-03-02T17:30:00Z",
      source: "addendum",
    });
  });
  test("hours without holidays leave it unknown", () => {
    expect(deadline({ calendars: { "support-hours": { zone: "America/New_York", weekly: week } } })).toMatchObject({ dueAt: null });
  });
});

describe("Wolfram requests.by: targets are in another document", () => {
  const request = entitlementRequest.parse({ kind: "error", severity: "urgent", filedAt: "2026-03-02T15:30:00Z" });
  const decide = (settings: HeldContract["settings"]) =>
    decideEntitlement(facts("wolfram-enterprise-support", "enterprise", settings), request, monday);

  test("unknown, and the document is named", () => {
    const decision = decide(undefined);
    expect(decision.deadlines[0]).toMatchObject({ dueAt: null, source: "policy" });
    expect(decision.missing.map(({ what }) => what)).toContain("first response target, which is in: Enterprise Support Service Level Agreement");
  });
  test("an agreed target makes it definite", () => {
    const settings = { targets: [{ deadline: "first-response" as const, severity: "urgent", targetMinutes: 90, clock: "elapsed" as const }] };
    expect(decide(settings).deadlines[0]).toMatchObject({ dueAt: "2026-03-02T17:00:00Z", source: "addendum" });
  });
  test("one agreed for another severity does not", () => {
    const settings = { targets: [{ deadline: "first-response" as const, severity: "critical", targetMinutes: 30, clock: "elapsed" as const }] };
    expect(decide(settings).deadlines[0]).toMatchObject({ dueAt: null, source: "policy" });
  });
});

describe("essensys 1.1.4: holidays are not stated", () => {
  const request = entitlementRequest.parse({
    kind: "error",
    channel: "chat",
    contactId: "ann",
    premisesId: "nyc",
    provides: ["contactName", "contactPhone", "description"],
  });
  const thanksgiving = { instant: parseInstant("2026-11-26T15:00:00Z") };
  const decide = (settings: HeldContract["settings"]) =>
    decideEntitlement(facts("essensys-customer-success", "enterprise", settings), request, thanksgiving);
  const hours = (settings: HeldContract["settings"]) => decide(settings).reasons.find(({ condition }) => condition === "open-hours");

  test("a day that may be one is unknown", () => {
    expect(decide(undefined).outcome).toBe("undetermined");
    expect(hours(undefined)).toMatchObject({ result: "unknown" });
  });
  test("the operator's set decides: open where it does not list the day", () => {
    const reason = hours({ calendars: { "us-est": { holidays: none } } });
    expect(reason).toMatchObject({ result: "pass" });
    expect(reason?.facts).toContainEqual({ path: "contracts/c-1/settings/calendars/us-est", value: "addendum" });
  });
  test("and closed where it does", () => {
    expect(hours({ calendars: { "us-est": { holidays: { ...none, dates: ["2026-11-26"] } } } })).toMatchObject({ result: "fail" });
  });
});

test("Ensim response-times: a benefit whose mark is lost is unknown until it is agreed", () => {
  const escalation = (settings: HeldContract["settings"]) =>
    describeStanding(facts("ensim-support", "24x7", settings), monday).benefits.find(({ benefit }) => benefit === "escalation")?.available;
  expect(escalation(undefined)).toBe(null);
  expect(escalation({ benefits: { escalation: true } })).toBe(true);
  expect(escalation({ benefits: { escalation: false } })).toBe(false);
});
