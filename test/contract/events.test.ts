/** Every event that the contract names is emitted when it becomes true, once, as CloudEvents 1.0, however often the sweep runs. */
import { beforeAll, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import type { Service } from "../functions/http/service.ts";
import { northwindJson } from "../northwind.ts";
import { check, facts } from "./documents.ts";
import { startWithAcme } from "./written.ts";

const required = (kind: string) => facts[kind]?.required as Record<string, unknown>;

interface Told {
  id: string;
  type: string;
  subject: string;
  time: string;
  data: Record<string, unknown>;
}

let service: Service;
let events: Told[];

async function send(method: string, target: string, body: object) {
  const { status, text, body: answered } = await service.send(method, target, body, method === "POST" ? newKey() : {});
  expect(status, `${method} ${target} → ${text}`).toBeLessThan(300);
  return answered;
}

async function sweepOn(day: string): Promise<void> {
  service.clock.now = Math.max(service.clock.now, Date.parse(`${day}T12:00:00Z`));
  // Twice, as a schedule that delivers twice.
  await send("POST", "/v1/sweeps", {});
  await send("POST", "/v1/sweeps", {});
}

async function customer(accountId: string, contract: object): Promise<string> {
  const path = `/v1/accounts/${accountId}`;
  await send("PUT", path, { name: accountId });
  await send("PUT", `${path}/licenses/l-1`, { ...required("license"), kind: "perpetual" });
  await send("PUT", `${path}/contracts/c-1`, { ...required("contract"), ...contract });
  return path;
}

const lapsing = { settings: { autoRenew: false } };

beforeAll(async () => {
  service = await startWithAcme();
  for (const accountId of ["lapses", "returns"]) await customer(accountId, lapsing);
  const renews = await customer("renews", {});
  await send("PUT", `${renews}/licenses/l-2`, { ...required("license"), kind: "perpetual" });
  await send("PUT", `${renews}/invoices/i-1`, { ...required("invoice"), contractId: "c-1", dueOn: "2026-12-15", payments: [] });
  await send("POST", "/v1/accounts/acme/contracts/c-1/notices", { kind: "non-renewal", form: "email", receivedOn: "2026-11-16" });
  await send("PUT", "/v1/policies/northwind-support/versions/2026-01", northwindJson());
  await customer("calls", { policyId: "wolfram-enterprise-support" });
  const filedAt = "2026-11-22T11:30:00Z";
  const critical = { kind: "error", licenseId: "l-1", severity: "critical", channel: "email", caseId: "case-1", filedAt };
  await send("POST", "/v1/entitlement-checks", { accountId: "calls", request: critical });
  for (const day of ["2026-11-22", "2026-12-16", "2027-01-01"]) await sweepOn(day);

  const quoted = (accountId: string) =>
    send("POST", "/v1/quotes", { kind: "reinstatement", accountId, contractId: "c-1", reinstateOn: "2027-03-01", asOf: "2027-02-01" });
  await quoted("lapses");
  await send("POST", `/v1/quotes/${(await quoted("returns")).id}/accept`, { paidOn: "2027-03-01" });
  for (const day of ["2027-10-02", "2027-10-17", "2027-11-02", "2027-11-13", "2027-11-17", "2027-12-01", "2028-01-01"]) await sweepOn(day);
  // Holidays are listed to the end of 2040.
  await sweepOn("2040-12-15");
  await service.store.events.number(await service.store.events.waiting(10_000));
  events = await all();
});

async function all(): Promise<Told[]> {
  const items: Told[] = [];
  for (let cursor = ""; ; ) {
    const { body } = await service.send("GET", `/v1/events?limit=100${cursor}`);
    items.push(...body.items);
    if (body.nextCursor === null) return items;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

const timesOf = (type: string, subject: string) => events.filter((one) => one.type === type && one.subject === subject).map(({ time }) => time);

// Midnight in Zurich is 23:00 in UTC in winter, 22:00 in summer.
test.each([
  ["contract.past-due", "renews", ["2026-12-15T23:00:00Z"]],
  ["contract.lapsed", "lapses", ["2026-12-31T23:00:00Z"]],
  ["contract.lapsed", "acme", ["2026-12-31T23:00:00Z"]],
  ["reinstatement-window.closed", "lapses", ["2027-12-31T23:00:00Z"]],
  ["quote.expired", "lapses", ["2027-12-31T23:00:00Z"]],
  ["quote.expired", "returns", []],
  ["obligation.missed", "calls", [expect.stringMatching(/^2026-11-22T11:45:00/)]],
])("%s of %s, when it became true", (type, subject, times) => {
  expect(timesOf(type, subject)).toEqual(times);
});

test("contract.renewed once a term", () => {
  const firstDays = events.filter(({ type, subject }) => type === "contract.renewed" && subject === "renews").map(({ data }) => data.term);
  expect(firstDays.slice(0, 2)).toEqual([
    { firstDay: "2027-01-01", lastDay: "2027-12-31" },
    { firstDay: "2028-01-01", lastDay: "2028-12-31" },
  ]);
  // 2027 to 2040, though no sweep ran for twelve years.
  expect(firstDays).toHaveLength(14);
});

test("notice-window.closing 30, 14 and 3 days ahead, then closed", () => {
  // The last day for notice is 2027-11-16.
  const closing = timesOf("notice-window.closing", "renews").filter((time) => time < "2028");
  // The days 2027-10-17, 2027-11-02 and 2027-11-13 begin; summer time ends between.
  expect(closing).toEqual(["2027-10-16T22:00:00Z", "2027-11-01T23:00:00Z", "2027-11-12T23:00:00Z"]);
  expect(timesOf("notice-window.closed", "renews").filter((time) => time < "2028")).toEqual(["2027-11-16T23:00:00Z"]);
});

test("every type that is named was emitted", () => {
  const named = `contract.renewed contract.lapsed contract.past-due notice-window.closing notice-window.closed price-notice-window.closing
    reinstatement-window.closing reinstatement-window.closed coverage.gap-detected quote.expired obligation.missed calendar.running-out
    notice.ruled quote.offered quote.accepted contract.reinstated policy.version-published`.split(/\s+/);
  const emitted = new Set(events.map(({ type }) => type));
  expect(named.filter((type) => !emitted.has(type))).toEqual([]);
  expect([...emitted].filter((type) => !named.includes(type))).toEqual([]);
});

test("each is CloudEvents 1.0 with an id of its own", () => {
  for (const event of events) {
    expect(event).toMatchObject({
      specversion: "1.0",
      id: expect.stringMatching(/^evt_/),
      source: expect.any(String),
      datacontenttype: "application/json",
    });
    expect(event.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

test("a sweep more announces nothing", async () => {
  expect((await send("POST", "/v1/sweeps", { asOf: "2026-11-22" })).announced).toBe(0);
  await sweepOn("2040-12-15");
  await service.store.events.number(await service.store.events.waiting(1_000));
  expect(await all()).toEqual(events);
});

test("a sweep decides nothing: a check is answered the same before the first one and after", async () => {
  const other = await startWithAcme();
  const outcome = async () => (await other.send("POST", "/v1/entitlement-checks/preview", { ...check, asOf: "2029-03-02T09:30:00Z" })).body.outcome;
  const before = await outcome();
  await other.send("POST", "/v1/sweeps", { asOf: "2029-03-03" });
  expect([before, await outcome()]).toEqual(["entitled", "entitled"]);
});
