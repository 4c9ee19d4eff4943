/** Two times and a status: a date is the last millisecond of that day in the policy's zone, and what is asked as of a day is judged on it. */
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import type { Service } from "../functions/http/service.ts";
import { check, facts } from "./documents.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
beforeAll(async () => {
  service = await startWithAcme();
});

const chf = (amount: string) => ({ amount, currency: "CHF" });
const required = (kind: string) => facts[kind]?.required as Record<string, unknown>;
const get = async (target: string) => (await service.send("GET", target)).body;
const post = (target: string, body: object) => service.send("POST", target, body, newKey());

async function customer(accountId: string, contract: object): Promise<string> {
  const path = `/v1/accounts/${accountId}`;
  await service.send("PUT", path, { name: accountId });
  await service.send("PUT", `${path}/licenses/l-1`, { ...required("license"), kind: "perpetual" });
  const { status, text } = await service.send("PUT", `${path}/contracts/c-1`, { ...required("contract"), ...contract });
  expect(status, text).toBe(201);
  return path;
}

describe("a date", () => {
  // Zurich is one hour ahead of UTC in March and two in July, Chicago six behind and five.
  test.each([
    ["ebiexperts-support", "enterprise", "2026-03-02", "2026-03-02T22:59:59.999Z"],
    ["ebiexperts-support", "enterprise", "2026-07-01", "2026-07-01T21:59:59.999Z"],
    ["wolfram-enterprise-support", "enterprise", "2026-03-02", "2026-03-03T05:59:59.999Z"],
    ["wolfram-enterprise-support", "enterprise", "2026-07-01", "2026-07-02T04:59:59.999Z"],
  ])("of %s is its last millisecond there", async (policyId, program, date, instant) => {
    const path = await customer(`${policyId}-${date}`, { policyId, program });
    const accountId = `${policyId}-${date}`;
    const decision = await post("/v1/entitlement-checks/preview", { accountId, asOf: date, request: { kind: "error" } });
    const contact = await post("/v1/contact-checks", { accountId, asOf: date, contact: { name: "Tom", role: "regular-contact" } });
    const severity = await post("/v1/severity-assessments", { policyId, impact: {}, asOf: date });
    for (const { body } of [decision, contact, severity]) expect(body.asOf).toBe(instant);
    for (const target of [`${path}/standing`, `${path}/contracts/c-1/renewal`]) expect((await get(`${target}?asOf=${date}`)).asOf).toBe(instant);
  });

  test("of a quote as well", async () => {
    const asked = { kind: "renewal", accountId: "acme", contractId: "c-1", asOf: "2026-07-01" };
    expect((await post("/v1/quotes/preview", asked)).body.asOf).toBe("2026-07-01T21:59:59.999Z");
  });

  test("answers as its last millisecond does, and not as the next one", async () => {
    const path = await customer("midnight", {});
    await service.send("PUT", `${path}/contacts/t-1`, { ...required("contact"), activeUntil: "2026-03-02" });
    const asked = async (asOf: string) =>
      (await post("/v1/entitlement-checks/preview", { ...check, accountId: "midnight", asOf, request: { ...check.request, contactId: "t-1" } })).body
        .outcome;
    expect(await asked("2026-03-02")).toBe("entitled");
    expect(await asked("2026-03-02T22:59:59.999Z")).toBe("entitled");
    expect(await asked("2026-03-02T23:00:00Z")).toBe("not-entitled");
  });
});

describe("a contract's status", () => {
  const statusOn = async (path: string, day: string) => (await get(`${path}/contracts/c-1/renewal?asOf=${day}`)).status;

  test("not started, current, notice given, lapsed, ended, each from its first day", async () => {
    const path = await customer("ends", {});
    await post(`${path}/contracts/c-1/notices`, { kind: "non-renewal", form: "letter", receivedOn: "2026-11-16" });
    const expected = {
      "2025-12-31": "not-started",
      "2026-01-01": "current",
      "2026-11-15": "current",
      "2026-11-16": "notice-given",
      "2026-12-31": "notice-given",
      "2027-01-01": "lapsed",
      "2027-12-31": "lapsed",
      "2028-01-01": "ended",
    };
    for (const [day, status] of Object.entries(expected)) expect([day, await statusOn(path, day)]).toEqual([day, status]);
    const lapsed = await get(`${path}/contracts/c-1/renewal?asOf=2027-01-01`);
    expect(lapsed).toMatchObject({
      lapsedOn: "2027-01-01",
      nonRenewal: null,
      priceIncrease: null,
      reinstatement: { possibleUntil: "2027-12-31", afterwards: "discretion" },
    });
  });

  test("past due goes before notice given", async () => {
    const path = await customer("owes", {});
    await service.send("PUT", `${path}/invoices/i`, { ...required("invoice"), contractId: "c-1", payments: [] });
    await post(`${path}/contracts/c-1/notices`, { kind: "non-renewal", form: "email", receivedOn: "2026-10-01" });
    const expected = { "2026-02-01": "current", "2026-02-02": "past-due", "2026-10-01": "past-due", "2027-01-01": "lapsed" };
    for (const [day, status] of Object.entries(expected)) expect([day, await statusOn(path, day)]).toEqual([day, status]);
    // A payment counts from the day it was paid, whenever it is recorded; a void invoice from the day it was voided.
    await service.send("PUT", `${path}/invoices/i/payments/p`, { paidOn: "2026-03-01", amount: chf("10000.00") });
    expect([await statusOn(path, "2026-02-28"), await statusOn(path, "2026-03-01"), await statusOn(path, "2026-10-01")]).toEqual([
      "past-due",
      "current",
      "notice-given",
    ]);
    await service.send("PUT", `${path}/invoices/i`, { ...required("invoice"), contractId: "c-1", payments: [], voidedOn: "2026-02-10" });
    expect([await statusOn(path, "2026-02-09"), await statusOn(path, "2026-02-10")]).toEqual(["past-due", "current"]);
  });

  test("days left are counted down, and on after the day", async () => {
    const path = await customer("counts", {});
    for (const [day, daysLeft] of [
      ["2026-10-02", 45],
      ["2026-11-16", 0],
      ["2026-11-17", -1],
      ["2026-12-31", -45],
    ] as const) {
      expect((await get(`${path}/contracts/c-1/renewal?asOf=${day}`)).nonRenewal).toMatchObject({ lastDayOn: "2026-11-16", daysLeft });
    }
    // The next term is derived: nothing ran, and nobody recorded it.
    expect(await get(`${path}/contracts/c-1/renewal?asOf=2027-01-01`)).toMatchObject({
      status: "current",
      currentTerm: { firstDay: "2027-01-01", lastDay: "2027-12-31" },
      nonRenewal: { lastDayOn: "2027-11-16", daysLeft: 319 },
    });
  });

  test("terms of twelve months are counted from the anchor; after a first term of 36 months from the day after it", async () => {
    const long = await customer("long", { anchorOn: "2023-01-01", term: { firstDay: "2023-01-01", lastDay: "2025-12-31" } });
    expect((await get(`${long}/contracts/c-1/renewal?asOf=2024-06-01`)).currentTerm).toEqual({ firstDay: "2023-01-01", lastDay: "2025-12-31" });
    expect((await get(`${long}/contracts/c-1/renewal?asOf=2026-06-01`)).currentTerm).toEqual({ firstDay: "2026-01-01", lastDay: "2026-12-31" });
    const leap = await customer("leap", { anchorOn: "2024-02-29", term: { firstDay: "2025-02-28", lastDay: "2026-02-27" } });
    expect((await get(`${leap}/contracts/c-1/renewal?asOf=2028-02-29`)).currentTerm).toEqual({ firstDay: "2028-02-29", lastDay: "2029-02-27" });
  });
});

describe("a quote's status", () => {
  // Lapsed on 2025-01-01: the window ends on 2025-12-31.
  const lapsed = { term: { firstDay: "2024-01-01", lastDay: "2024-12-31" }, settings: { autoRenew: false } };
  const asked = (accountId: string) => ({ kind: "reinstatement", accountId, contractId: "c-1", reinstateOn: "2025-07-01" });

  test("is that of today where nothing is said, and of the day that is asked about", async () => {
    await customer("last-year", lapsed);
    const { body } = await post("/v1/quotes", asked("last-year"));
    expect(body).toMatchObject({ status: "expired", payBy: "2025-12-31" });
    const statusOn = async (day: string) => (await get(`/v1/quotes/${body.id}?asOf=${day}`)).status;
    expect([await statusOn("2025-07-01"), await statusOn("2025-12-31"), await statusOn("2026-01-01")]).toEqual(["offered", "offered", "expired"]);
    expect((await post("/v1/quotes/preview", { ...asked("last-year"), asOf: "2025-06-01" })).body.status).toBe("offered");
  });

  test("paid by its last day it is accepted, whenever that is recorded; a day later it is not", async () => {
    const path = await customer("paid-late", lapsed);
    const { body } = await post("/v1/quotes", { ...asked("paid-late"), asOf: "2025-06-01" });
    expect(body.status).toBe("offered");
    expect((await post(`/v1/quotes/${body.id}/accept`, { paidOn: "2026-01-01" })).status).toBe(409);
    const accepted = await post(`/v1/quotes/${body.id}/accept`, { paidOn: "2025-12-31" });
    expect([accepted.status, accepted.body.status]).toEqual([200, "accepted"]);
    const terms = (await get(`${path}/contracts`)).items.map(({ term }: { term: object }) => term);
    expect(terms).toContainEqual({ firstDay: "2025-07-01", lastDay: "2026-06-30" });
    expect((await post(`/v1/quotes/${body.id}/accept`, { paidOn: "2025-12-30" })).status).toBe(409);
    expect((await post(`/v1/quotes/${body.id}/void`, { reason: "wrong" })).status).toBe(409);
  });

  test("without a last day, as of a purchase, it is not past", async () => {
    const request = { kind: "additional-purchase", accountId: "acme", contractId: "c-1", deliveredOn: "2026-04-01", asOf: "2026-03-15" };
    const { body } = await post("/v1/quotes", { ...request, lines: [{ productId: "qs-analyzer", seats: 5, annualFee: chf("10000.00") }] });
    expect(body).toMatchObject({ status: "offered", total: chf("17534.25"), payBy: null });
    // 275 of 365 days: 7,534.25; the worked example.
    expect(body.lines.map(({ part, firstDay, lastDay, amount }: Record<string, unknown>) => [part, firstDay, lastDay, amount])).toEqual([
      ["initial-period", "2026-04-01", "2027-03-31", chf("10000.00")],
      ["stub", "2027-04-01", "2027-12-31", chf("7534.25")],
    ]);
  });
});

test("the same question with the same two times is answered the same for ever, whatever is recorded later", async () => {
  const path = await customer("ever", {});
  const knownAt = new Date(service.clock.now).toISOString();
  const asked = { accountId: "ever", asOf: "2026-03-02T09:30:00Z", knownAt, request: { kind: "error", severity: "severity-2" } };
  const lasting = (text: string) => text.replace(/"(?:id|decidedAt)":"[^"]*",?/g, "");
  const ask = async () => lasting((await post("/v1/entitlement-checks", asked)).text);
  const quote = { kind: "renewal", accountId: "ever", contractId: "c-1", asOf: "2026-03-02", knownAt };
  const quoted = async () => lasting((await post("/v1/quotes", quote)).text);
  const read = async () => JSON.stringify(await get(`${path}/contracts/c-1/renewal?asOf=2026-03-02&knownAt=${knownAt}`));
  const before = [await ask(), await quoted(), await read()];
  service.clock.now += 86_400_000;
  await service.send("PUT", `${path}/invoices/i`, { ...required("invoice"), contractId: "c-1", payments: [] });
  await service.send("DELETE", `${path}/licenses/l-1`);
  await service.send("PUT", "/v1/products/qs-analyzer", { ...required("product"), kind: "cloud-service" });
  expect([await ask(), await quoted(), await read()]).toEqual(before);
  const { knownAt: _, ...now } = asked;
  expect(lasting((await post("/v1/entitlement-checks", now)).text)).not.toBe(before[0]);
  await service.send("PUT", "/v1/products/qs-analyzer", required("product"));
});
