/** What every request gets, whatever it asks: a way out for each fault, a line in the log, headers that keep it safe. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { Refused } from "../../../domain/refusal.ts";
import { answer, type Operations, operation } from "../../../functions/http/operation.ts";
import { Problem } from "../../../functions/http/problem.ts";
import { serve } from "../../../functions/http/serve.ts";
import { type Store, TooLarge, Unavailable } from "../../../functions/store/store.ts";

/** A route that is in the table of access. */
const route = "POST /v1/severity-assessments";
const claims = { sub: "user-1", client_id: "test", token_use: "access", "cognito:groups": "[admin]" };

function event(routeKey: string, more: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  return {
    version: "2.0",
    routeKey,
    rawPath: "/v1/thing",
    rawQueryString: "",
    headers: { authorization: "Bearer secret-token", "content-type": "application/json" },
    requestContext: { requestId: "request-1", http: { method: "POST", path: "/v1/thing" }, authorizer: { jwt: { claims } } },
    isBase64Encoded: false,
    ...more,
  } as unknown as APIGatewayProxyEventV2;
}

/** A capability of one route that does this. */
async function when(act: () => unknown, more: Partial<APIGatewayProxyEventV2> = {}) {
  const operations: Operations = {
    [route]: operation({
      summary: "",
      tag: "",
      body: z.strictObject({ name: z.string() }).optional(),
      answers: { 200: z.unknown() },
      run: async () => answer(200, (await act()) ?? {}),
    }),
  };
  const lines: string[] = [];
  const handler = serve(operations, { store: () => ({}) as Store, now: () => 0, log: (line) => lines.push(line) });
  const result = await handler(event(route, more), {} as Context);
  return { result, body: JSON.parse(result.body ?? "null"), lines, log: JSON.parse(lines[0] ?? "null") };
}

const raise = (thrown: unknown) => () => {
  throw thrown;
};

describe("what is thrown", () => {
  test("a problem is answered as it is, with its headers", async () => {
    const { result, body } = await when(raise(new Problem(405, "method-not-allowed", "this path takes GET", { headers: { allow: "GET" } })));
    expect(result.statusCode).toBe(405);
    expect(result.headers).toMatchObject({ "content-type": "application/problem+json", allow: "GET", "cache-control": "no-store" });
    expect(body).toEqual({
      type: "about:blank",
      title: "Method Not Allowed",
      status: 405,
      code: "method-not-allowed",
      detail: "this path takes GET",
      errors: [],
      errorCount: 0,
      requestId: "request-1",
    });
  });

  test("a question that contradicts the facts: 422 with its places", async () => {
    const { body } = await when(raise(new Refused("not-of-policy", [{ pointer: "/request/severity", detail: "no such" }])));
    expect(body).toMatchObject({ status: 422, code: "not-of-policy", errors: [{ in: "body", pointer: "/request/severity", detail: "no such" }] });
  });

  test("too much to store: 422", async () => {
    expect((await when(raise(new TooLarge("an account holds at most …")))).body).toMatchObject({ status: 422, code: "too-large" });
  });

  test("a store out of reach: 503 with the time to wait, and the whole story in the log", async () => {
    const { result, body, log } = await when(
      raise(new Unavailable("the table cannot be read", { retryAfterSeconds: 7, cause: new Error("socket hang up") })),
    );
    expect(body).toMatchObject({ status: 503, code: "unavailable" });
    expect(result.headers?.["retry-after"]).toBe("7");
    expect(JSON.stringify(body)).not.toMatch(/table|socket/);
    expect(log).toMatchObject({ level: "error", status: 503, error: expect.stringContaining("socket hang up") });
  });

  test.each([
    ["an error", new TypeError("x is not a function at acme")],
    ["a text", "acme"],
    ["null", null],
    ["undefined", undefined],
    ["a frozen object", Object.freeze({ secret: "acme" })],
    ["an error that says it may be shown", Object.assign(new Error("acme"), { expose: true, statusCode: 418 })],
    ["a symbol", Symbol("acme")],
  ])("%s: an opaque 500", async (_, thrown) => {
    const { result, body, log } = await when(raise(thrown));
    expect(result.statusCode).toBe(500);
    expect(body).toMatchObject({ status: 500, code: "internal-error", requestId: "request-1" });
    expect(JSON.stringify(result)).not.toContain("acme");
    expect(log).toMatchObject({ level: "error", status: 500, route, error: expect.any(String) });
  });

  test("the log tells of our fault with the stack and what caused it", async () => {
    const { log } = await when(raise(new Error("outer", { cause: new Error("inner") })));
    expect(log.error).toMatch(/outer[\s\S]*serve\.test\.ts[\s\S]*caused by Error: inner/);
  });

  test("a value that is no JSON is our fault, not an empty answer", async () => {
    expect((await when(() => ({ big: 1n }))).body).toMatchObject({ status: 500 });
  });
});

describe("the log", () => {
  test("has one line for a request that went well", async () => {
    const { lines, log } = await when(() => ({}));
    expect(lines).toHaveLength(1);
    expect(log).toEqual({
      level: "info",
      requestId: "request-1",
      route,
      status: 200,
      durationMs: expect.any(Number),
      caller: "user-1",
    });
  });

  test("names the code of a refused request, and nothing of what it said", async () => {
    const { lines, log } = await when(() => ({}), { body: '{"name":"Jane Meier","phone":"+41"}', rawQueryString: "" });
    expect(log).toMatchObject({ level: "info", status: 400, code: "invalid-request" });
    expect(lines.join()).not.toMatch(/Jane|\+41|secret-token|phone/);
  });

  test("is one line, whatever is in it", async () => {
    expect((await when(raise(new Error("a\nb\u2028c")))).lines[0]).not.toMatch(/\n/);
  });
});

test("every answer is not to be kept, sniffed or framed, and names its request", async () => {
  for (const act of [() => ({}), raise(new Error("x"))]) {
    const { result } = await when(act);
    expect(result.headers).toMatchObject({
      "x-request-id": "request-1",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    });
  }
});

test("the caller is who the authorizer says, whatever the request says", async () => {
  const requestContext = { requestId: "r", http: { method: "POST", path: "/" } } as APIGatewayProxyEventV2["requestContext"];
  const { log } = await when(() => ({}), { requestContext, headers: { "x-caller": "admin", "x-user": "admin", authorization: "Bearer admin" } });
  expect(log.caller).toBe("anonymous");
});

test("a body in base64 is read", async () => {
  const encoded = (text: string) => ({ body: Buffer.from(text).toString("base64"), isBase64Encoded: true });
  expect((await when(() => ({}), encoded('{"name":"x"}'))).result.statusCode).toBe(200);
  expect((await when(() => ({}), encoded('{"name":1}'))).body).toMatchObject({ status: 400, errors: [{ pointer: "/name" }] });
  expect((await when(() => ({}), { body: "%%%", isBase64Encoded: true })).body.code).toBe("malformed-body");
});

test("a function asked for a route that it does not have", async () => {
  const handler = serve({}, { store: () => ({}) as Store, now: () => 0, log: () => {} });
  for (const routeKey of ["GET /v1/none", "__proto__", "constructor"]) expect((await handler(event(routeKey), {} as Context)).statusCode).toBe(404);
});
