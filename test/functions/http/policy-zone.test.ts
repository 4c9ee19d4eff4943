/** A text that states no time zone: a later version supplies it, for every version and every answer; one that is there stays as it is. */
import { beforeAll, expect, test } from "vitest";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { type Service, startService } from "./service.ts";

const [first] = shippedPolicies.get("psigen-support") ?? [];
const at = (version: string) => `/v1/policies/psigen-support/versions/${version}`;
const version = (name: string, known: object) => ({ ...first, version: name, effectiveFrom: "2026-06-01", ...known });
const zone = "America/Los_Angeles";

const facts: [path: string, document: object][] = [
  ["/v1/products/pp", { name: "Capture", productLine: "pp", kind: "software" }],
  ["/v1/accounts/acme", { name: "Acme" }],
  ["/v1/accounts/acme/licenses/l-1", { productId: "pp", kind: "perpetual", seats: 5, deliveredOn: "2026-01-01" }],
  [
    "/v1/accounts/acme/contracts/c-1",
    {
      policyId: "psigen-support",
      program: "standard",
      currency: "USD",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      soldBy: "direct",
      lines: [{ licenseId: "l-1", annualFee: { amount: "3000.00", currency: "USD" } }],
    },
  ],
];
const attestations = { knowledgeBaseConsulted: true, trained: true, access: true };
const request = { kind: "error", productId: "pp", attestations };

let service: Service;
let knownBefore: string;
const check = async (asOf: string, known: object = {}) =>
  (await service.send("POST", "/v1/entitlement-checks/preview", { accountId: "acme", asOf, request, ...known })).body;
const standing = async (asOf: string) => (await service.send("GET", `/v1/accounts/acme/standing?asOf=${asOf}`)).body;
const renewal = async (asOf: string) => (await service.send("GET", `/v1/accounts/acme/contracts/c-1/renewal?asOf=${asOf}`)).body;

beforeAll(async () => {
  service = await startService();
  for (const [path, document] of facts) expect((await service.send("PUT", path, document)).status).toBe(201);
  knownBefore = new Date(service.clock.now).toISOString();
  service.clock.now += 1_000;
});

const lacksZone = expect.arrayContaining([{ what: "timeZone", clause: "exclusions.2" }]);

/** The term begins on the first of January: at 08:00Z in Los Angeles, between 2025-12-31T10:00Z and 12:00Z somewhere. */
const [eve, day] = ["2026-01-01T07:59:59Z", "2026-01-01T08:00:00Z"] as const;

test("without one, what differs between the days that it may be is unknown", async () => {
  for (const on of [eve, day]) expect(await check(on)).toMatchObject({ outcome: "undetermined", missing: lacksZone });
  expect((await standing(eve)).dependsOnZone).not.toEqual([]);
  expect((await check("2026-05-31T12:00:00Z")).validUntil).toBe("2026-12-31T10:00:00Z");
});

test("a later version supplies it", async () => {
  const { status, body } = await service.send("PUT", at("2"), version("2", { zone }));
  expect([status, body.zone]).toEqual([201, zone]);
});

test("then check, standing and renewal have its days, under the version before it too", async () => {
  expect(await check(eve)).toMatchObject({ outcome: "not-entitled", policy: { version: "1" } });
  expect(await check(day)).toMatchObject({ outcome: "entitled", policy: { version: "1" }, validUntil: "2026-06-01T07:00:00Z" });
  expect(await check("2026-06-01T06:59:59.999Z")).toMatchObject({ policy: { version: "1" } });
  expect(await check("2026-06-01T07:00:00Z")).toMatchObject({ policy: { version: "2" }, validUntil: "2027-01-01T08:00:00Z" });
  const statuses = async (on: string) => [(await standing(on)).status, (await standing(on)).dependsOnZone, (await renewal(on)).status];
  expect(await statuses(eve)).toEqual(["not-started", [], "not-started"]);
  expect(await statuses(day)).toEqual(["current", [], "current"]);
  expect((await check("2026-01-01")).asOf).toBe("2026-01-02T07:59:59.999Z");
});

test("what was known before it was published is answered as before", async () => {
  expect(await check(eve, { knownAt: knownBefore })).toMatchObject({ outcome: "undetermined", missing: lacksZone });
});

test("the first version is read and written as it was", async () => {
  expect((await service.send("GET", at("1"))).body).toMatchObject({ zone: null, effectiveFrom: null });
  expect((await service.send("PUT", at("1"), first as object)).status).toBe(200);
});

test.each(["Europe/Zurich", "premises", null])("from then on it stays as it is: %s is refused", async (other) => {
  const { status, body } = await service.send("PUT", at("3"), version("3", { zone: other, effectiveFrom: "2027-01-01" }));
  expect(status).toBe(422);
  expect(body.errors).toContainEqual({
    in: "body",
    pointer: "/zone",
    detail: `the days of policy \`psigen-support\` begin in \`${zone}\` in every version, got \`${other}\``,
  });
});
