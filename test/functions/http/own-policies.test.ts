/** An operator's own policy: refused while something is wrong with it, published, answered by, replaced by a later version. */
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { northwindJson } from "../../northwind.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { type Service, startService } from "./service.ts";

const path = "/v1/policies/northwind-support/versions/2026-01";
const eur = (amount: string) => ({ amount, currency: "EUR" });
const contract = {
  policyId: "northwind-support",
  program: "silver",
  currency: "EUR",
  term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
  soldBy: "direct",
  lines: [{ licenseId: "l-1", annualFee: eur("1200.00") }],
};
const facts: [path: string, document: object][] = [
  ["/v1/products/nw-hub", { name: "Telemetry hub", productLine: "hub", kind: "software" }],
  ["/v1/accounts/fjord", { name: "Fjordlab", customerNumber: "NW-17" }],
  ["/v1/accounts/fjord/licenses/l-1", { productId: "nw-hub", kind: "perpetual", seats: 10, deliveredOn: "2026-01-01" }],
  ["/v1/accounts/fjord/contracts/c-1", contract],
];
const check = {
  accountId: "fjord",
  asOf: "2026-03-02T09:30:00Z",
  request: { kind: "error", productId: "nw-hub", severity: "urgent", channel: "portal", provides: ["customerNumber", "description"] },
};

/** The next version: silver waits four desk hours, and notice is due 60 days ahead. */
function nextVersion() {
  const document = northwindJson();
  Object.assign(document, { version: "2026-10", effectiveFrom: "2026-10-01" });
  document.clauses[5].deadlines[1].targetMinutes = 240;
  document.clauses[6].formulas[0].noticeDays = 60;
  return document;
}

describe("from the first mistake to the second version", () => {
  let service: Service;
  let first: { id: string; deadlines: { dueAt: string; clause: string }[] };
  let knownBefore: string;
  beforeAll(async () => {
    service = await startService();
  });
  const publish = (document: object, at = path, headers = {}) => service.send("PUT", at, document, headers);
  const published = async () => ((await service.announced()) as { type: string }[]).filter(({ type }) => type === "policy.version-published");

  test("what has not the shape of a policy is refused with its place", async () => {
    const document = northwindJson();
    document.clauses[6].formulas[0].noticeDays = "thirty";
    document.clauses[0].conditions[0].condition = "horoscope";
    const { status, body } = await publish(document);
    expect(status).toBe(400);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toContain("/clauses/6/formulas/0/noticeDays");
    expect(pointers).toContain("/clauses/0/conditions/0/condition");
  });

  test("what does not lint is refused with its place", async () => {
    const document = northwindJson();
    document.clauses[5].deadlines[1].clock.calendar = "helpdesk";
    delete document.clauses[9].informs;
    const { status, body } = await publish(document);
    expect(status).toBe(422);
    expect(body.code).toBe("policy-unsound");
    expect(body.errors).toEqual([
      { in: "body", pointer: "/clauses/9", detail: "clause `E` decides nothing: give it a part, or say in `informs` why not" },
      { in: "body", pointer: "/clauses/5/deadlines/1/clock/calendar", detail: "there is no calendar `helpdesk`; the policy has `desk`" },
    ]);
  });

  test("a calendar that ends before this year is refused", async () => {
    const document = northwindJson();
    document.effectiveFrom = "2020-01-01";
    document.calendars.desk.holidays = { firstYear: 2020, lastYear: 2025, dates: [] };
    const { status, body } = await publish(document);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/calendars/desk/holidays/lastYear" }]);
  });

  test("a document for another place than the path's is refused", async () => {
    const { status, body } = await publish(northwindJson(), "/v1/policies/southwind-support/versions/1");
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(["/id", "/version"]);
  });

  test("nothing of all this was stored, and no contract can name the policy yet", async () => {
    expect((await service.store.readCatalog(null)).version).toBe(0);
    expect(await published()).toEqual([]);
    for (const [at, document] of facts.slice(0, 3)) expect((await service.send("PUT", at, document)).status).toBe(201);
    const { status, body } = await service.send("PUT", "/v1/accounts/fjord/contracts/c-1", contract);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/policyId" }]);
    knownBefore = new Date(service.clock.now).toISOString();
  });

  test("a sound one is published, once", async () => {
    service.clock.now += 1_000;
    const { status, body, headers } = await publish(northwindJson(), path, { "if-none-match": "*" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: "northwind-support", version: "2026-01", shipped: false, effectiveFrom: "2026-01-01" });
    expect(body.inWords.clauses[6].does).toEqual([
      "Formula: renews by itself for 12 months at a time, unless notice by letter or email is received 30 days or more before the term's last day.",
    ]);
    expect(await published()).toMatchObject([
      { subject: "northwind-support", data: { policyId: "northwind-support", version: "2026-01", effectiveFrom: "2026-01-01" } },
    ]);

    const again = await publish(northwindJson());
    expect(again.status).toBe(200);
    expect(again.body).toEqual(body);
    expect(again.headers.etag).toBe(headers.etag);
    const { clauses, ...rest } = northwindJson();
    expect((await publish({ clauses, choices: null, ...rest })).status).toBe(200);
    expect(await published()).toHaveLength(1);
    expect((await publish(northwindJson(), path, { "if-none-match": "*" })).status).toBe(412);
  });

  test("a published version stays as it is", async () => {
    const { status, body } = await publish({ ...northwindJson(), title: "Other terms" });
    expect(status).toBe(409);
    expect(body.code).toBe("policy-version-published");
    expect(await published()).toHaveLength(1);
  });

  test("a version that ships cannot be overwritten, nor another be in force from the same day", async () => {
    const [shipped] = shippedPolicies.get("psigen-support") ?? [];
    const overwritten = await publish({ ...shipped, title: "Ours" }, "/v1/policies/psigen-support/versions/1");
    expect(overwritten.status).toBe(409);
    expect(overwritten.body.code).toBe("policy-version-published");
    const tied = await publish({ ...shipped, version: "2" }, "/v1/policies/psigen-support/versions/2");
    expect(tied.status).toBe(422);
    expect(tied.body.errors).toMatchObject([{ pointer: "/effectiveFrom" }]);
  });

  test("it is listed and read beside those that ship, and not before it was published", async () => {
    const { body } = await service.send("GET", "/v1/policies");
    expect(body.items.map(({ policyId }: { policyId: string }) => policyId)).toEqual([...shippedPolicies.keys(), "northwind-support"].sort());
    const listed = body.items.find(({ policyId }: { policyId: string }) => policyId === "northwind-support");
    expect(listed.versions).toEqual([{ version: "2026-01", effectiveFrom: "2026-01-01", shipped: false }]);
    expect((await service.send("GET", "/v1/policies/northwind-support")).body.inForce.version).toBe("2026-01");
    expect((await service.send("GET", path)).body.shipped).toBe(false);
    expect((await service.send("GET", "/v1/policies/psigen-support/versions/1")).body.shipped).toBe(true);
    expect((await service.send("GET", `${path}?knownAt=${knownBefore}`)).status).toBe(404);
  });

  test("a contract under it is answered by its clauses", async () => {
    const wrong = await service.send("PUT", "/v1/accounts/fjord/contracts/c-1", { ...contract, program: "bronze" });
    expect(wrong.body.errors).toMatchObject([{ pointer: "/program" }]);
    expect((await service.send("PUT", "/v1/accounts/fjord/contracts/c-1", contract)).status).toBe(201);
    const { status, body } = await service.send("POST", "/v1/entitlement-checks", check);
    expect(status).toBe(201);
    expect(body).toMatchObject({ outcome: "entitled", policy: { id: "northwind-support", version: "2026-01" }, contractId: "c-1" });
    expect(body.reasons.map(({ clause, result }: { clause: string; result: string }) => `${clause} ${result}`)).toEqual([
      "A.1 pass",
      "A.2 pass",
      "B.1 pass",
      "B.2 pass",
      "B.3 pass",
      "B.3 pass",
    ]);
    expect(body.deadlines).toMatchObject([{ kind: "first-response", dueAt: "2026-03-02T11:30:00Z", clause: "C.1", commitment: "committed" }]);
    first = body;

    const refused = await service.send("POST", "/v1/entitlement-checks", {
      ...check,
      request: { ...check.request, circumstances: ["field-hardware"] },
    });
    expect(refused.body).toMatchObject({ outcome: "not-entitled", headline: expect.stringContaining("(B.3)") });
    const { body: renewal } = await service.send("GET", "/v1/accounts/fjord/contracts/c-1/renewal?asOf=2026-03-02");
    expect(renewal).toMatchObject({
      status: "current",
      nonRenewal: { lastDayOn: "2026-12-01", clause: "D.1" },
      priceIncrease: { maximumFee: eur("1236.00"), clause: "D.2" },
    });
    const notice = { kind: "non-renewal", form: "phone", receivedOn: "2026-11-20" };
    expect((await service.send("POST", "/v1/accounts/fjord/contracts/c-1/notices/preview", notice, newKey())).body.ruling).toBe("wrong-form");
    const quote = { kind: "reinstatement", accountId: "fjord", contractId: "c-1", reinstateOn: "2027-03-01" };
    expect((await service.send("POST", "/v1/quotes/preview", quote, newKey())).status).toBe(200);
  });

  test("a later version governs from its day on; what was decided before is decided the same again", async () => {
    const at = "/v1/policies/northwind-support/versions/2026-10";
    expect((await publish(nextVersion(), at)).status).toBe(201);
    const ask = async (asOf: string) => (await service.send("POST", "/v1/entitlement-checks/preview", { ...check, asOf })).body;
    const before = await ask("2026-09-30T07:30:00Z");
    expect(before).toMatchObject({ policy: { version: "2026-01" }, deadlines: [{ dueAt: "2026-09-30T09:30:00Z" }] });
    const after = await ask("2026-10-01T07:30:00Z");
    expect(after).toMatchObject({ policy: { version: "2026-10" }, deadlines: [{ dueAt: "2026-10-01T11:30:00Z" }] });

    const { body: renewal } = await service.send("GET", "/v1/accounts/fjord/contracts/c-1/renewal?asOf=2026-10-02");
    expect(renewal.nonRenewal.lastDayOn).toBe("2026-12-01");
    const replay = await service.send("POST", `/v1/decisions/${first.id}/replay`);
    expect(replay.body.identical).toBe(true);
    expect((await service.send("GET", "/v1/policies/northwind-support?asOf=2026-09-30")).body.inForce.version).toBe("2026-01");
    expect((await service.send("GET", "/v1/policies/northwind-support?asOf=2026-10-01")).body.inForce.version).toBe("2026-10");
  });

  test("a version recorded late does not change what was decided before it was known", async () => {
    const backdated = { ...nextVersion(), version: "2026-02", effectiveFrom: "2026-02-01" };
    const knownAt = new Date(service.clock.now).toISOString();
    service.clock.now += 1_000;
    const forgotten = await publish({ ...backdated, effectiveFrom: null }, "/v1/policies/northwind-support/versions/2026-02");
    expect([forgotten.status, forgotten.body.errors]).toMatchObject([422, [{ pointer: "/effectiveFrom" }]]);
    expect(forgotten.body.errors[0].detail).toContain("is missing: there is version `2026-01`, in force from 2026-01-01");
    const { status, body, headers } = await publish(backdated, "/v1/policies/northwind-support/versions/2026-02");
    expect(status).toBe(201);
    expect(body.hints).toEqual([
      {
        pointer: "/effectiveFrom",
        detail: expect.stringMatching(
          /the days from 2026-02-01 through 2026-09-30 were under version `2026-01`, and are under this one from now on$/,
        ),
      },
    ]);
    // The document is the same, whatever was said of it.
    expect((await service.send("GET", "/v1/policies/northwind-support/versions/2026-02")).headers.etag).toBe(headers.etag);
    const now = await service.send("POST", "/v1/entitlement-checks/preview", check);
    expect(now.body).toMatchObject({ policy: { version: "2026-02" }, deadlines: [{ dueAt: "2026-03-02T13:30:00Z" }] });
    const then = await service.send("POST", "/v1/entitlement-checks/preview", { ...check, knownAt });
    expect(then.body.deadlines).toEqual(first.deadlines);
    expect((await service.send("POST", `/v1/decisions/${first.id}/replay`)).body.identical).toBe(true);
  });

  test("the catalog's log is whole", async () => {
    expect((await service.store.auditLog("catalog")).problems).toEqual([]);
  });
});

test("an own version of a policy that ships follows it", async () => {
  const service = await startService();
  await writeExample(service);
  const [shipped] = shippedPolicies.get("ebiexperts-support") ?? [];
  const document = JSON.parse(JSON.stringify({ ...shipped, version: "2", effectiveFrom: "2026-06-01" }));
  document.clauses.find(({ id }: { id: string }) => id === "2.3").conditions[0].languages.push("de");
  expect((await service.send("PUT", "/v1/policies/ebiexperts-support/versions/2", document)).status).toBe(201);
  const { body } = await service.send("GET", "/v1/policies/ebiexperts-support");
  expect(body.versions).toEqual([
    { version: "1", effectiveFrom: null, shipped: true },
    { version: "2", effectiveFrom: "2026-06-01", shipped: false },
  ]);
  expect(body.inForce.version).toBe("2");
  const german = async (asOf: string) => {
    const { body } = await service.send("POST", "/v1/entitlement-checks/preview", {
      ...documents.check,
      asOf,
      request: { ...documents.check.request, language: "de" },
    });
    return body.reasons.find(({ clause }: { clause: string }) => clause === "2.3").result;
  };
  expect(await german("2026-05-31T12:00:00Z")).toBe("discretion");
  expect(await german("2026-06-01T12:00:00Z")).toBe("pass");
});

test("the JSON Schema takes what the service takes, and refuses what has another shape", async () => {
  const service = await startService();
  const { body } = await service.send("GET", "/v1/schemas/policy.json");
  expect(body.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  const schema = z.fromJSONSchema(body);
  // What nobody could guess is said: an order, and a sentence that has to fit.
  expect(body.properties.programs.description).toContain("the best first");
  expect(JSON.stringify(body)).toContain("A sentence that can follow");
  expect(schema.safeParse(northwindJson()).error).toBeUndefined();
  for (const [id, versions] of shippedPolicies) {
    for (const one of versions) expect(schema.safeParse(JSON.parse(JSON.stringify(one))).error).toBeUndefined();
    const { shipped, inWords, commonReadings, ...read } = (await service.send("GET", `/v1/policies/${id}/versions/1`)).body;
    expect([shipped, Object.keys(inWords).length > 0, commonReadings.length > 0, schema.safeParse(read).error]).toEqual([
      true,
      true,
      true,
      undefined,
    ]);
  }
  const absent = northwindJson();
  Object.assign(absent, { choices: null, effectiveFrom: null });
  absent.calendars.desk.weekly.sat = null;
  absent.clauses[0].conditions[0].when = null;
  expect(schema.safeParse(absent).error).toBeUndefined();
  expect(schema.safeParse({ ...northwindJson(), vendor: null }).success).toBe(false);
  expect(schema.safeParse({ ...northwindJson(), colour: "blue" }).success).toBe(false);
  const wrong = northwindJson();
  wrong.clauses[6].formulas[0].noticeDays = "thirty";
  expect(schema.safeParse(wrong).success).toBe(false);
  expect((await service.send("GET", "/v1/openapi.json")).body.info.description).toContain("/v1/schemas/policy.json");
});
