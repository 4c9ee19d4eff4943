/** What makes it safe to send again: idempotency keys on every `POST` that stores, `PUT` that writes once, tags that tell of another's change. */
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import type { Service } from "../functions/http/service.ts";
import { check, facts, questions } from "./documents.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
beforeAll(async () => {
  service = await startWithAcme();
});

const chf = (amount: string) => ({ amount, currency: "CHF" });
const required = (kind: string) => facts[kind]?.required as Record<string, unknown>;
const key = (name: string) => ({ "idempotency-key": name });

describe("Idempotency-Key", () => {
  test("is required on quotes and notices, whatever else is wrong", async () => {
    for (const [target, body] of [
      ["/v1/quotes", questions["a renewal"]?.required],
      ["/v1/accounts/acme/contracts/c-1/notices", questions["a notice"]?.required],
      ["/v1/accounts/nobody/contracts/c-1/notices", questions["a notice"]?.required],
    ] as const) {
      expect((await service.send("POST", target, body)).body).toMatchObject({ status: 400, code: "idempotency-key-missing" });
      expect((await service.send("POST", target, body, key(""))).status).toBe(400);
    }
  });

  test("may be left out elsewhere", async () => {
    for (const kind of ["an entitlement check", "an exception", "an import", "a sweep"]) {
      const { path, required } = questions[kind] as { path: string; required: object };
      expect((await service.send("POST", path, required)).status, kind).toBeLessThan(300);
    }
  });

  test("belongs to the route: the same key on another one is another request", async () => {
    const same = key("of-two-routes");
    const made = await service.send("POST", "/v1/entitlement-checks", check, same);
    const quoted = await service.send("POST", "/v1/quotes", questions["a renewal"]?.required, same);
    const noticed = await service.send("POST", "/v1/accounts/acme/contracts/c-1/notices", questions["a notice"]?.required, same);
    const batch = await service.send("POST", "/v1/entitlement-checks/batch", { items: [check] }, same);
    expect([made, quoted, noticed, batch].map(({ status }) => status)).toEqual([201, 201, 201, 200]);
    for (const { headers } of [made, quoted, noticed, batch]) expect(headers["idempotency-replayed"]).toBeUndefined();
    const ids = [made.body.id, quoted.body.id, noticed.body.id].map((id: string) => id.slice(0, id.indexOf("_")));
    expect(ids).toEqual(["chk", "qt", "ntc"]);
  });

  test("belongs to the caller: another one's same key is another request", async () => {
    const [mine, theirs] = [await as("jo"), await as("kim")];
    expect(mine.body.id).not.toBe(theirs.body.id);
    expect(theirs.headers["idempotency-replayed"]).toBeUndefined();
    expect((await as("jo")).body.id).toBe(mine.body.id);
    async function as(caller: string) {
      service.caller = caller;
      const response = await service.send("POST", "/v1/entitlement-checks", check, key("of-two-callers"));
      service.caller = null;
      return response;
    }
  });

  test("does not expire: years later the stored response is replayed, though it would be another one by then", async () => {
    const same = key("for-ever");
    const first = await service.send("POST", "/v1/entitlement-checks", { accountId: "acme", request: { kind: "error" } }, same);
    const started = service.clock.now;
    service.clock.now += 5 * 366 * 86_400_000;
    const later = await service.send("POST", "/v1/entitlement-checks", { accountId: "acme", request: { kind: "error" } }, same);
    expect([later.text, later.status, later.headers["idempotency-replayed"]]).toEqual([first.text, 201, "true"]);
    const other = await service.send("POST", "/v1/entitlement-checks", check, same);
    expect(other.body).toMatchObject({ status: 409, code: "idempotency-key-reused" });
    service.clock.now = started;
  });

  test("of a request that was refused may be used again", async () => {
    const same = key("of-a-mistake");
    const wrong = await service.send("POST", "/v1/quotes", { kind: "renewal", accountId: "acme" }, same);
    expect(wrong.status).toBe(400);
    const unknown = await service.send("POST", "/v1/quotes", { kind: "renewal", accountId: "nobody", contractId: "c-1" }, same);
    expect(unknown.status).toBe(404);
    expect((await service.send("POST", "/v1/quotes", questions["a renewal"]?.required, same)).status).toBe(201);
  });
});

describe("PUT", () => {
  const path = "/v1/accounts/acme/licenses/l-twice";

  test("twice is the same as once, and replaces the whole document", async () => {
    const first = await service.send("PUT", path, { ...required("license"), bundleId: "b-1" });
    const again = await service.send("PUT", path, { ...required("license"), bundleId: "b-1" });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect((await service.send("PUT", path, required("license"))).body.bundleId).toBeNull();
    expect((await service.send("GET", "/v1/accounts/acme/licenses?limit=100")).body.items.filter(byId("licenseId", "l-twice"))).toHaveLength(1);
  });

  test("with a stale If-Match is 412 and writes nothing", async () => {
    const { headers } = await service.send("GET", path);
    await service.send("PUT", path, { ...required("license"), seats: 11 });
    for (const method of ["PUT", "DELETE"]) {
      const { body } = await service.send(method, path, method === "PUT" ? required("license") : undefined, { "if-match": headers.etag ?? "" });
      expect(body).toMatchObject({ status: 412, code: "precondition-failed" });
    }
    expect((await service.send("GET", path)).body.seats).toBe(11);
  });

  test("of a payment twice is one payment", async () => {
    const invoice = "/v1/accounts/acme/invoices/once";
    await service.send("PUT", invoice, { ...required("invoice"), payments: [] });
    for (const status of [201, 200]) {
      expect((await service.send("PUT", `${invoice}/payments/p-1`, { paidOn: "2026-01-20", amount: chf("400.00") })).status).toBe(status);
    }
    expect((await service.send("GET", invoice)).body.payments).toEqual([{ paymentId: "p-1", paidOn: "2026-01-20", amount: chf("400.00") }]);
  });
});

describe("DELETE", () => {
  test.each([
    "contracts/c-1/lines/l-1",
    "contracts/c-1",
    "contacts/jmeier",
    "invoices/inv-7/payments/p-1",
    "invoices/inv-7",
    "premises/hq",
    "licenses/l-1",
  ])("of %s is a tombstone: gone now, and there for who asks what was known before", async (path) => {
    const target = `/v1/accounts/acme/${path}`;
    await service.send("PUT", "/v1/accounts/acme/invoices/inv-7/payments/p-1", { paidOn: "2026-01-20", amount: chf("1.00") });
    const { body: before, status } = await service.send("GET", target);
    expect(status).toBe(200);
    const knownAt = new Date(service.clock.now).toISOString();
    expect((await service.send("DELETE", target)).status).toBe(204);
    expect((await service.send("GET", target)).status).toBe(404);
    const seen = await service.send("GET", `${target}?knownAt=${knownAt}&asOf=2026-03-02`);
    expect([seen.status, seen.body]).toEqual([200, before]);
  });

  test("of a product and a price list", async () => {
    for (const target of ["/v1/products/qs-analyzer", "/v1/price-lists/pl-2026"]) {
      const knownAt = new Date(service.clock.now).toISOString();
      expect((await service.send("DELETE", target)).status).toBe(204);
      expect((await service.send("GET", target)).status).toBe(404);
      expect((await service.send("GET", `${target}?knownAt=${knownAt}`)).status).toBe(200);
    }
  });
});

test("a decision and a quote are returned as they were, after all that they stood on was taken back", async () => {
  const other = await startWithAcme();
  const decision = await other.send("POST", "/v1/entitlement-checks", check);
  const quote = await other.send("POST", "/v1/quotes", { ...questions["a renewal"]?.required, asOf: "2026-10-02" }, newKey());
  for (const path of ["contracts/c-1", "licenses/l-1", "contacts/jmeier"]) await other.send("DELETE", `/v1/accounts/acme/${path}`);
  expect((await other.send("GET", `/v1/decisions/${decision.body.id}`)).text).toBe(decision.text);
  expect((await other.send("GET", `/v1/quotes/${quote.body.id}`)).text).toBe(quote.text);
  const { body } = await other.send("POST", `/v1/decisions/${decision.body.id}/replay`, {});
  expect([body.identical, body.stored.outcome, body.today.answer.outcome]).toEqual([true, "entitled", "undetermined"]);
});

const byId = (name: string, id: string) => (item: Record<string, unknown>) => item[name] === id;
