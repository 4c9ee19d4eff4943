/** The same request sent twice, by a program that never heard its answer: one effect, one answer. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../../functions/store/store.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { routes, type Service, startService } from "./service.ts";

let service: Service;
/** When set, the store's next look for a reply finds none, as when another request is a moment faster. */
let blind = 0;
beforeAll(async () => {
  service = await startService((store: Store) => ({
    ...store,
    findReply: async (key) => (blind-- > 0 ? null : store.findReply(key)),
  }));
  await writeExample(service);
});

const account = "/v1/accounts/acme";
const notices = `${account}/contracts/c-1/notices`;
const withCase = { ...documents.check, request: { ...documents.check.request, caseId: "case-1" } };

/** Each route that stores by POST, with a body, and how many records there are of what it stores. */
const storing: [target: string, body: object, other: object, list: string][] = [
  ["/v1/entitlement-checks", withCase, documents.check, `${account}/decisions?limit=100`],
  ["/v1/entitlement-checks/batch", { items: [withCase, documents.check] }, { items: [withCase] }, `${account}/decisions?limit=100`],
  [notices, documents.notice, { ...documents.notice, form: "letter" }, `${account}/notices?limit=100`],
  ["/v1/quotes", documents.quote, { ...documents.quote, reinstateOn: "2027-07-02" }, `${account}/quotes?limit=100`],
  ["/v1/exceptions", documents.exception, { ...documents.exception, until: "2027-04-30" }, `${account}/exceptions?limit=100`],
];

test("every route that stores by POST takes a key", () => {
  const taking = routes.filter(([, { idempotency }]) => idempotency !== undefined).map(([routeKey]) => routeKey);
  expect(taking.sort()).toEqual([
    "POST /v1/accounts/{accountId}/contracts/{contractId}/notices",
    "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}/withdraw",
    "POST /v1/accounts/{accountId}/notices/{noticeId}/withdraw",
    "POST /v1/entitlement-checks",
    "POST /v1/entitlement-checks/batch",
    "POST /v1/exceptions",
    "POST /v1/imports",
    "POST /v1/imports/{importId}/commit",
    "POST /v1/imports/{importId}/revert",
    "POST /v1/quotes",
    "POST /v1/quotes/{quoteId}/accept",
    "POST /v1/quotes/{quoteId}/void",
    "POST /v1/sweeps",
  ]);
});

describe.each(storing)("POST %s", (target, body, other, list) => {
  const count = async () => (await service.send("GET", list)).body.items.length;

  test("sent again, minutes later and with its members in another order, is answered as it was and has no effect", async () => {
    const key = newKey();
    const first = await service.send("POST", target, body, key);
    const before = await count();
    service.clock.now += 300_000;
    const second = await service.sendText("POST", target, JSON.stringify(reversed(body)), key);
    expect(second.text).toBe(first.text);
    expect(second.status).toBe(first.status);
    expect(second.headers.location).toBe(first.headers.location);
    expect(second.headers["idempotency-replayed"]).toBe("true");
    expect(first.headers["idempotency-replayed"]).toBeUndefined();
    expect(await count()).toBe(before);
  });

  test("`null` for absent is the same body", async () => {
    const key = newKey();
    const first = await service.send("POST", target, body, key);
    const second = await service.send("POST", target, { ...body, asOf: "asOf" in body ? body.asOf : null }, key);
    expect(second.text).toBe(first.text);
  });

  test("with another body is refused and has no effect", async () => {
    const key = newKey();
    await service.send("POST", target, body, key);
    const before = await count();
    expect((await service.send("POST", target, other, key)).body).toMatchObject({
      status: 409,
      code: "idempotency-key-reused",
      errors: [{ in: "header", pointer: "/idempotency-key" }],
    });
    expect(await count()).toBe(before);
  });

  test("sent many times at once has one effect and one answer", async () => {
    const key = newKey();
    const before = await count();
    const alone = await service.send("POST", target, body, newKey());
    const each = (await count()) - before;
    blind = 8;
    const answers = await Promise.all(Array.from({ length: 8 }, () => service.send("POST", target, body, key)));
    blind = 0;
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers["idempotency-replayed"] === undefined)).toHaveLength(1);
    expect(answers[0]?.status).toBe(alone.status);
    expect(await count()).toBe(before + 2 * each);
  });

  test("sent at once with different bodies: one is answered, the others are refused", async () => {
    const key = newKey();
    blind = 4;
    const answers = await Promise.all([body, other, body, other].map((sent) => service.send("POST", target, sent, key)));
    blind = 0;
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 409)).toHaveLength(2);
    const won = answers.filter(({ status }) => status !== 409);
    expect(new Set(won.map(({ text }) => text)).size).toBe(1);
  });

  test("of another caller is another request", async () => {
    const key = newKey();
    const first = await service.send("POST", target, body, key);
    service.caller = "someone-else";
    const second = await service.send("POST", target, body, key);
    service.caller = null;
    expect(second.headers["idempotency-replayed"]).toBeUndefined();
    expect(second.text).not.toBe(first.text);
  });

  test("a refused request leaves its key free", async () => {
    const key = newKey();
    const refused = await service.send("POST", target, { ...body, unknown: 1 }, key);
    expect(refused.status).toBe(400);
    expect((await service.send("POST", target, body, key)).status).toBeLessThan(300);
  });

  test.each(["", " ", "a b", "ä", "x".repeat(256), "a\u0000"])("with the key %j is refused", async (key) => {
    expect((await service.send("POST", target, body, { "idempotency-key": key })).body).toMatchObject({
      status: 400,
      code: "idempotency-key-malformed",
    });
  });

  test("takes the longest key", async () => {
    const key = { "idempotency-key": `${newKey()["idempotency-key"]}~`.padEnd(255, "x") };
    expect((await service.send("POST", target, body, key)).status).toBeLessThan(300);
  });
});

test.each([
  [notices, documents.notice],
  ["/v1/quotes", documents.quote],
])("POST %s without a key: 400, and nothing is stored", async (target, body) => {
  const before = (await service.send("GET", `${account}/facts`)).body.factsDigest;
  expect((await service.send("POST", target, body)).body).toMatchObject({
    status: 400,
    code: "idempotency-key-missing",
    errors: [{ in: "header", pointer: "/idempotency-key" }],
  });
  expect((await service.send("GET", `${account}/facts`)).body.factsDigest).toBe(before);
});

test("a key belongs to the route with its path parameters, however they are spelled", async () => {
  await service.send("PUT", `${account}/contracts/c:2`, {
    ...documents.contract,
    lines: [{ licenseId: "l-2", annualFee: documents.line.annualFee }],
  });
  const key = newKey();
  const one = await service.send("POST", notices, documents.notice, key);
  const two = await service.send("POST", `${account}/contracts/c:2/notices`, documents.notice, key);
  expect(two.headers["idempotency-replayed"]).toBeUndefined();
  expect(two.body.id).not.toBe(one.body.id);
  const same = await service.send("POST", `${account}/contracts/c%3A2/notices`, documents.notice, key);
  expect(same.headers["idempotency-replayed"]).toBe("true");
  expect(same.text).toBe(two.text);
});

test("an answer is replayed although its account is gone meanwhile", async () => {
  await service.send("PUT", "/v1/accounts/brief", documents.account);
  const key = newKey();
  const check = { accountId: "brief", request: { kind: "error" } };
  const first = await service.send("POST", "/v1/entitlement-checks", check, key);
  await service.send("DELETE", "/v1/accounts/brief");
  expect((await service.send("POST", "/v1/entitlement-checks", check, key)).text).toBe(first.text);
  blind = 1;
  expect((await service.send("POST", "/v1/entitlement-checks", check, key)).text, "also when it looked too early").toBe(first.text);
  expect((await service.send("POST", "/v1/entitlement-checks", check, newKey())).status).toBe(404);
});

test("a batch of a hundred, sent twice at once", async () => {
  const key = newKey();
  const hundred = { items: Array.from({ length: 100 }, () => documents.check) };
  const first = await service.send("POST", "/v1/entitlement-checks/batch", hundred, key);
  const second = await service.send("POST", "/v1/entitlement-checks/batch", hundred, key);
  expect(second.text).toBe(first.text);
  for (const { id } of first.body.items.slice(-2)) expect((await service.send("GET", `/v1/decisions/${id}`)).status).toBe(200);
});

test("a preview takes no notice of a key", async () => {
  const key = newKey();
  await service.send("POST", "/v1/quotes/preview", documents.quote, key);
  expect((await service.send("POST", "/v1/quotes/preview", { ...documents.quote, reinstateOn: "2028-01-01" }, key)).status).toBe(200);
});

/** The same JSON with the members of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, reversed(member)])
      .reverse(),
  );
}
