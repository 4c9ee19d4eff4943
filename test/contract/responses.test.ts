/** Every response has all the fields that the contract shows, by name, whatever stands in them; it may have more. */
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import type { Service } from "../functions/http/service.ts";
import { check, facts } from "./documents.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
beforeAll(async () => {
  service = await startWithAcme();
});

const get = async (target: string) => (await service.send("GET", target)).body;
const post = async (target: string, body: object) => (await service.send("POST", target, body, newKey())).body;
const names = (fields: string) => fields.trim().split(/\s+/);
const has = (value: object, fields: string) => expect(Object.keys(value)).toEqual(expect.arrayContaining(names(fields)));

const account = "/v1/accounts/acme";
const quote = { kind: "renewal", accountId: "acme", contractId: "c-1", asOf: "2026-10-02" };

describe("facts", () => {
  test.each(Object.entries(facts))("%s: every field that can be written, and its id", async (_, { path, required, optional }) => {
    const body = await get(path);
    has(body, [...Object.keys(required), ...Object.keys(optional)].join(" "));
    expect(body).toMatchObject({
      ...required,
      ...(path.includes("licenses") && { kind: "perpetual" }),
      ...(path.endsWith("c-1") && { lines: [{}] }),
    });
    expect(Object.values(body)).toContain(path.split("/").at(-1));
  });

  test("all of an account together", async () => {
    has(await get(`${account}/facts`), "accountId account licenses premises contracts contacts invoices notices quotes");
  });
});

test("Decision", async () => {
  const decision = await post("/v1/entitlement-checks", check);
  has(
    decision,
    `id accountId outcome headline policy contractId considered reasons missing serviceLevel deadlines obligations readings
     validUntil asOf knownAt decidedAt factsDigest engineVersion`,
  );
  expect(decision).toMatchObject({ id: expect.stringMatching(/^chk_/), accountId: "acme", outcome: "entitled", contractId: "c-1", asOf: check.asOf });
  has(decision.policy, "id version");
  for (const reason of decision.reasons) {
    has(reason, "clause condition result finding facts cure");
    for (const fact of reason.facts) has(fact, "path value");
  }
  has(decision.serviceLevel, "program requestedSeverity effectiveSeverity");
  expect(decision.deadlines.map(({ kind }: { kind: string }) => kind)).toEqual(["first-response", "next-update"]);
  for (const deadline of decision.deadlines) {
    has(deadline, "kind dueAt commitment clause clock steps");
    for (const step of deadline.steps) {
      has(step, "from to counted note");
      expect(step.counted).toMatch(/^PT(?=\d)(\d+H)?(\d+M)?(\d+S)?$/);
    }
  }
  for (const obligation of decision.obligations) has(obligation, "what dueAt clause ifMissed");
  for (const reading of decision.readings) has(reading, "id chosen");
  expect(decision.readings.length).toBeGreaterThan(0);
});

test("Decision: what is considered and what is missing", async () => {
  await service.send("PUT", `${account}/contracts/c-0`, facts.contract?.required);
  const decision = await post("/v1/entitlement-checks/preview", { ...check, request: { kind: "error", productId: "none" } });
  expect(decision.id).toBeNull();
  const { considered } = await post("/v1/entitlement-checks/preview", check);
  expect(considered).toHaveLength(1);
  has(considered[0], "contractId chosen because");
  await service.send("PUT", "/v1/accounts/bare", { name: "Bare" });
  const { outcome, missing } = await post("/v1/entitlement-checks/preview", { accountId: "bare", request: { kind: "error" } });
  expect([outcome, missing]).toEqual(["undetermined", [{ what: "contract", clause: expect.any(String) }]]);
  await service.send("DELETE", `${account}/contracts/c-0`);
});

test("Renewal", async () => {
  const renewal = await get(`${account}/contracts/c-1/renewal?asOf=2026-10-02`);
  has(renewal, "contractId status currentTerm lapsedOn nonRenewal priceIncrease next reinstatement reasons readings asOf knownAt engineVersion");
  // The worked example of the contract's text; CHF 10,000.00 and 5 % of it.
  expect(renewal).toMatchObject({
    contractId: "c-1",
    status: "current",
    currentTerm: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    lapsedOn: null,
    nonRenewal: { lastDayOn: "2026-11-16", safeOn: "2026-11-16", daysLeft: 45, clause: "7.2", notice: null },
    priceIncrease: {
      lastNoticeOn: "2026-11-01",
      currentFee: { amount: "10000.00", currency: "CHF" },
      maximumFee: { amount: "10500.00", currency: "CHF" },
      safeOn: "2026-10-30",
      clause: "7.6",
      notice: null,
    },
    next: {
      renews: true,
      term: { firstDay: "2027-01-01", lastDay: "2027-12-31" },
      fee: { amount: "10000.00", currency: "CHF" },
      lines: [{ licenseId: "l-1", term: { firstDay: "2027-01-01", lastDay: "2027-12-31" }, fee: { amount: "10000.00", currency: "CHF" } }],
    },
    reinstatement: null,
  });
});

test("Notice", async () => {
  const asked = { kind: "non-renewal", form: "email", receivedOn: "2026-11-16" };
  const previewed = await post(`${account}/contracts/c-1/notices/preview`, asked);
  expect(previewed.id).toBeNull();
  const notice = await post(`${account}/contracts/c-1/notices`, asked);
  has(notice, "id kind form sentAt receivedOn receivedAt licenseIds newFees startsAt ruling effect effectiveOn maximum reasons readings");
  expect(notice).toMatchObject({ ...asked, id: expect.stringMatching(/^ntc_/), ruling: "valid", effectiveOn: "2026-12-31", maximum: null });
  expect(notice).toMatchObject({ sentAt: null, receivedAt: null, licenseIds: null, newFees: null, startsAt: null });
  const withdrawn = await post(`${account}/contracts/c-1/notices/${notice.id}/withdraw`, {});
  expect(withdrawn).toMatchObject({ id: notice.id, ruling: "valid", withdrawn: true });
  expect((await get(`${account}/contracts/c-1/renewal?asOf=2026-12-01`)).status).toBe("current");
});

test("Quote", async () => {
  const made = await post("/v1/quotes", quote);
  has(made, "id kind status lines total indicative payBy newTerm alternatives reasons readings asOf knownAt decidedAt engineVersion");
  expect(made).toMatchObject({
    id: expect.stringMatching(/^qt_/),
    kind: "renewal",
    status: "offered",
    total: { amount: "10000.00", currency: "CHF" },
  });
  for (const line of made.lines) has(line, "part licenseId firstDay lastDay days basis rate amount clause formula");
  expect((await post("/v1/quotes/preview", quote)).id).toBeNull();
});

test("standing: contracts with status, gaps, overdue invoices, benefits", async () => {
  const standing = await get(`${account}/standing?asOf=2026-10-02`);
  has(standing, "accountId contracts gaps overdue benefits asOf knownAt engineVersion");
  expect(standing.contracts).toMatchObject([{ contractId: "c-1", status: "current" }]);
  expect(standing.benefits).toContainEqual(expect.objectContaining({ benefit: "updates", available: true }));
});

test("questions about a contact, a severity and a closure", async () => {
  const contact = await post("/v1/contact-checks", { accountId: "acme", contact: { name: "Tom New", role: "technical-contact" } });
  has(contact, "id accountId outcome headline reasons missing asOf knownAt decidedAt factsDigest");
  expect(contact.outcome).toBe("allowed");
  const impact = { environment: "production", inoperable: true, serverSideFailure: true };
  const severity = await post("/v1/severity-assessments", { policyId: "ebiexperts-support", impact });
  has(severity, "severity reasons asOf knownAt engineVersion");
  expect(severity.severity).toBe("severity-1");
  const closure = await post("/v1/case-closure-checks", {
    policyId: "ebiexperts-support",
    openedAt: "2026-02-27T08:00:00Z",
    lastVendorMessageAt: "2026-03-02T09:00:00Z",
    lastCustomerMessageAt: "2026-02-27T08:00:00Z",
  });
  has(closure, "mayCloseOn reasons asOf knownAt engineVersion");
  // Ten whole business days after Monday 2 March end on Monday 16 March: 4.1 (v), worked example.
  expect(closure.mayCloseOn).toBe("2026-03-17");
  // Without a message of either side no silence counts: 4.1 (i) alone is the ground.
  const silent = { policyId: "ebiexperts-support", openedAt: "2026-02-27T08:00:00Z", lastVendorMessageAt: null, lastCustomerMessageAt: null };
  expect((await post("/v1/case-closure-checks", silent)).mayCloseOn).toBeNull();
  expect((await post("/v1/case-closure-checks", { ...silent, agreedInWritingOn: "2026-03-05" })).mayCloseOn).toBe("2026-03-05");
});

test("every list: items and nextCursor", async () => {
  const below = ["licenses", "contracts", "contacts", "invoices", "premises", "notices", "quotes", "decisions"].map((list) => `${account}/${list}`);
  for (const target of [...below, "/v1/accounts", "/v1/decisions?caseId=none", "/v1/deadlines", "/v1/policies", "/v1/events"]) {
    const body = await get(target);
    has(body, "items nextCursor");
    expect(Array.isArray(body.items), target).toBe(true);
  }
});

test("a policy: clauses, conditions, formulas, readings", async () => {
  const policy = await get("/v1/policies/ebiexperts-support/versions/1");
  has(policy, "id version clauses readings");
  for (const clause of policy.clauses) has(clause, "id says conditions formulas");
  for (const reading of policy.readings) has(reading, "id options");
});

test("a problem: type, title, status, code, detail, errors", async () => {
  for (const [target, status] of [
    ["/v1/accounts/nobody", 404],
    ["/v1/accounts/a%20b", 400],
    ["/v1/none", 404],
  ] as const) {
    const answered = await service.send("GET", target);
    expect(answered.headers["content-type"]).toBe("application/problem+json");
    has(answered.body, "type title status code detail errors");
    expect(answered.body.status).toBe(status);
    for (const error of answered.body.errors) has(error, "pointer detail");
  }
});
