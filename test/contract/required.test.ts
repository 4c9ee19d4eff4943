/** What must be there and what may be left out, in every request: "unknown fields too" are malformed, `null` equals absent. */
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import { type Service, startService } from "../functions/http/service.ts";
import { facts, questions } from "./documents.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  for (const { path, required } of Object.values(facts)) await service.send("PUT", path, required);
  // The documents' `knownAt`, half past eleven, must not lie ahead.
  service.clock.now += 3_600_000;
});

const bodies = [
  ...Object.entries(facts).map(([name, written]) => [name, { ...written, method: "PUT" }] as const),
  ...Object.entries(questions).map(([name, written]) => [name, { ...written, method: "POST" }] as const),
];

describe.each(bodies)("%s", (_, { method, path, required, optional }) => {
  const send = (body: object) => service.send(method, path, body, method === "POST" ? newKey() : {});

  test("may hold everything that is shown", async () => {
    const { status, text } = await send({ ...required, ...optional });
    expect(status, text).toBeLessThan(300);
  });

  test("needs nothing but what has no `?`, and `null` equals absent", async () => {
    const { status, text, body } = await send(required);
    expect(status, text).toBeLessThan(300);
    const nulls = Object.fromEntries(Object.keys(optional).map((name) => [name, null]));
    const withNulls = await send({ ...required, ...nulls });
    expect(withNulls.status, withNulls.text).toBeLessThan(300);
    if (method === "PUT") expect(withNulls.body).toEqual(body);
  });

  // Of a notice the day or the instant of receipt must be there, of which neither alone is required.
  test.each(Object.keys(required).filter((name) => name !== "receivedOn"))("is malformed without `%s`, absent or null", async (name) => {
    const { [name]: __, ...cut } = required;
    for (const body of [cut, { ...required, [name]: null }]) {
      const answered = await send(body);
      expect(answered.status, answered.text).toBe(400);
      expect(answered.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(`/${name}`);
    }
  });

  test("is malformed with a field that is not shown", async () => {
    const { status, body } = await send({ ...required, colour: "blue" });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: "body", pointer: "/colour" }]);
  });

  test("is malformed as a list, a text or a number", async () => {
    for (const text of ["[]", '"text"', "1", "true"]) {
      const { status } = await service.sendText(method, path, text, method === "POST" ? newKey() : {});
      expect(status, text).toBe(400);
    }
  });
});

test("in an entitlement request only `kind` is required, and each other field may be there", async () => {
  const all = {
    service: null,
    productId: "qs-analyzer",
    productVersion: "2025.11",
    licenseId: null,
    deploymentId: null,
    premisesId: null,
    environment: "production",
    severity: "severity-2",
    channel: "portal",
    contactId: "jmeier",
    requester: "customer",
    resellerName: null,
    language: "en",
    caseId: null,
    issues: 1,
    filedAt: null,
    phonedAt: null,
    lastVendorMessageAt: null,
    provides: ["description"],
    circumstances: [],
    attestations: {},
  };
  const ask = (request: object) => service.send("POST", "/v1/entitlement-checks/preview", { accountId: "acme", request });
  for (const kind of ["error", "question", "how-to", "feature-request", "work-order", "service"]) {
    for (const request of [{ kind }, { kind, ...all }]) expect((await ask(request)).status, kind).toBe(200);
  }
  expect((await ask(all)).body.errors).toMatchObject([{ pointer: "/request/kind" }]);
});
