/** What a text leaves to another document can be agreed in a contract's settings; the answer is then definite and says so. */
import { describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import { contract as contractShape, type HeldContract, license, premises, product } from "../../../domain/facts.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { checkContact } from "../../../domain/questions/contact-change.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import type { AsOf, KnownFacts } from "../../../domain/questions/question.ts";
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
  test("a reason cites them, as what the parties agreed", () => {
    const settings = { calendars: { "support-hours": { zone: "America/New_York", weekly: week, holidays: none } } };
    const { reasons, headline } = decideEntitlement(facts("psigen-support", "standard", settings), request, monday);
    expect(reasons.filter(({ condition }) => condition === "agreed")).toEqual([
      {
        clause: "response.table",
        condition: "agreed",
        result: "info",
        finding: "zone, hours, holidays of the calendar `support-hours` are what the contract's parties agreed, not the policy's text",
        facts: [{ path: "contracts/c-1/settings/calendars/support-hours", value: "addendum" }],
        cure: null,
      },
    ]);
    expect(headline).not.toContain("agreed");
    const without = decideEntitlement(facts("psigen-support", "standard", { calendars: {} }), request, monday).reasons;
    expect(without.filter(({ condition }) => condition === "agreed")).toEqual([]);
  });
  test("where only the zone is missing, that is named, with how to record it", () => {
    const known = { weekly: week, holidays: none };
    const { deadlines, missing, reasons } = decideEntitlement(
      facts("psigen-support", "standard", { calendars: { "support-hours": known } }),
      request,
      monday,
    );
    expect([deadlines[0]?.dueAt, missing]).toEqual([null, [{ what: "timeZone", clause: "response.table" }]]);
    expect(reasons.filter(({ condition }) => condition === "time-zone")).toEqual([
      {
        clause: "response.table",
        condition: "time-zone",
        result: "info",
        finding: "the hours of the calendar `support-hours` are known, and not in which time zone they run",
        facts: [{ path: "contracts/c-1/settings/timeZone", value: null }],
        cure: { says: "record the agreed time zone as the contract's `settings.timeZone`", clause: null, price: null },
      },
    ]);
    expect(deadline({ timeZone: "America/New_York", calendars: { "support-hours": known } })).toMatchObject({ dueAt: "2026-03-02T17:30:00Z" });
    const lacking = decideEntitlement(facts("psigen-support", "standard", { calendars: { "support-hours": { weekly: week } } }), request, monday);
    expect(lacking.missing).toEqual([{ what: "hours and holidays of the calendar `support-hours`", clause: "response.table" }]);
  });
  test("hours without holidays leave it unknown", () => {
    expect(deadline({ calendars: { "support-hours": { zone: "America/New_York", weekly: week } } })).toMatchObject({ dueAt: null });
  });
});

describe("Wolfram contacts.updates-how: the hours of customer service are in another document", () => {
  const change = { contact: { role: "none" as const }, channel: "phone" as const };
  const check = (settings: HeldContract["settings"], asOf: AsOf = monday) => {
    const { outcome, reasons } = checkContact(facts("wolfram-enterprise-support", "standard", settings), change, asOf);
    return { outcome, cure: reasons.find(({ clause }) => clause === "contacts.updates-how")?.cure?.says };
  };
  const agreed = { calendars: { "customer-service": { weekly: week, holidays: none } } };

  test("unknown until they are agreed, and where only a day is asked for", () => {
    const record = "use web or portal, or record the hours as the contract's `settings.calendars` under `customer-service`";
    expect(check(undefined)).toEqual({ outcome: "undetermined", cure: record });
    expect(check(agreed, { date: "2026-03-02" })).toEqual({ outcome: "undetermined", cure: "ask for an instant" });
  });
  test("they close at 17:00 in Chicago, 23:00Z in winter", () => {
    expect(check(agreed, { instant: parseInstant("2026-03-02T22:59:59Z") }).outcome).toBe("allowed");
    expect(check(agreed, { instant: parseInstant("2026-03-02T23:00:00Z") })).toEqual({
      outcome: "refused",
      cure: "use web or portal, or call when it opens at 2026-03-03T14:00:00Z (Tue 2026-03-03 08:00 America/Chicago)",
    });
  });
});

test("Wolfram urgent.staff: what may be lost is said of critical requests alone", () => {
  const missed = (severity: string) =>
    decideEntitlement(facts("wolfram-enterprise-support", "standard", undefined), entitlementRequest.parse({ kind: "error", severity }), monday)
      .obligations.filter(({ clause }) => clause === "urgent.staff")
      .map(({ ifMissed }) => ifMissed);
  expect(missed("critical")).toEqual(["discretion", "discretion", "discretion"]);
  expect(missed("urgent")).toEqual([null, null, null]);
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
  test("a reason cites it, as what the parties agreed", () => {
    const targets = [
      { deadline: "first-response" as const, targetMinutes: 240, clock: "elapsed" as const },
      { deadline: "first-response" as const, severity: "urgent", targetMinutes: 90, clock: "elapsed" as const },
    ];
    const { deadlines, reasons } = decide({ targets });
    // The one for the severity goes before the one for any.
    expect(deadlines[0]).toMatchObject({ dueAt: "2026-03-02T17:00:00Z" });
    expect(reasons.filter(({ condition }) => condition === "agreed")).toMatchObject([
      {
        result: "info",
        finding: "the target of the first response, 90 minutes, is what the contract's parties agreed, not the policy's text",
        facts: [{ path: "contracts/c-1/settings/targets/1", value: 90 }],
      },
    ]);
    expect(decide({ targets: targets.slice(0, 1) }).deadlines[0]).toMatchObject({ dueAt: "2026-03-02T19:30:00Z" });
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

describe("Ensim response-times: the hours of 16x5 are not stated", () => {
  const request = entitlementRequest.parse({ kind: "error", severity: "critical", filedAt: "2026-03-02T15:30:00Z" });
  const decide = (settings: HeldContract["settings"]) => decideEntitlement(facts("ensim-support", "16x5", settings), request, monday);
  const notStated = { id: "ensim-hours", chosen: "not-stated" };

  test("the reading that says so decides until hours are agreed, and is named so long", () => {
    expect(decide({ timeZone: "America/New_York" })).toMatchObject({
      deadlines: [{ dueAt: null, source: "policy" }],
      readings: expect.arrayContaining([notStated]),
    });
    const holidays = decide({ timeZone: "America/New_York", calendars: { "16x5": { holidays: none } } });
    expect(holidays).toMatchObject({ deadlines: [{ dueAt: null }], readings: expect.arrayContaining([notStated]) });
    const agreed = decide({ timeZone: "America/New_York", calendars: { "16x5": { weekly: week, holidays: none } } });
    // 10:30 in New York; four hours of the program.
    expect(agreed.deadlines).toMatchObject([{ dueAt: "2026-03-02T19:30:00Z", source: "addendum" }]);
    expect(agreed.readings).not.toContainEqual(notStated);
  });
});
