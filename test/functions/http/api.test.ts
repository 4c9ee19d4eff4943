/** The service about itself: health, paths and methods that are not there, the API page. */
import { gunzipSync } from "node:zlib";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/api.ts";
import { serve } from "../../../functions/http/serve.ts";
import { type Store, Unavailable } from "../../../functions/store/store.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

test("is well while its store answers", async () => {
  expect((await service.send("GET", "/v1/health")).body).toEqual({ status: "ok", engineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

test("is not well when it does not", async () => {
  const away = await startService((store: Store) => ({ ...store, health: () => Promise.reject(new Unavailable("away")) }));
  const { body, headers } = await away.send("GET", "/v1/health");
  expect(body).toMatchObject({ status: 503, code: "unavailable" });
  expect(headers["retry-after"]).toMatch(/^\d+$/);
});

describe("what is not there", () => {
  test.each([
    "/",
    "/v1",
    "/v1/accounts/",
    "/v1/accounts//licenses",
    "/v2/accounts",
    "/v1/accounts/acme/licenses/l-1/x",
    "/V1/accounts",
    "/docs/",
    "/docs/other.js",
  ])("%s: 404", async (path) => {
    for (const method of ["GET", "POST", "DELETE"])
      expect((await service.send(method, path)).body).toMatchObject({
        status: 404,
        code: "route-not-found",
        detail: "there is nothing at this path: `/docs` describes all that there is, `GET /v1/openapi.json` lists it",
      });
  });

  test.each([
    ["PATCH", "/v1/accounts/acme", "DELETE, GET, PUT"],
    ["DELETE", "/v1/accounts", "GET"],
    ["GET", "/v1/quotes", "POST"],
    ["PUT", "/v1/decisions/chk_1", "GET"],
    ["POST", "/v1/accounts/acme/licenses/l-1", "DELETE, GET, PUT"],
    ["DELETE", "/docs", "GET"],
    ["TRACE", "/v1/health", "GET"],
    ["HEAD", "/v1/health", "GET"],
  ])("%s %s: 405, with what is allowed", async (method, path, allow) => {
    const { body, headers } = await service.send(method, path);
    expect(body).toMatchObject({ status: 405, code: "method-not-allowed" });
    expect(headers.allow).toBe(allow);
  });

  test("OPTIONS says what is allowed", async () => {
    const { status, headers } = await serveDefault("OPTIONS", "/v1/quotes");
    expect(status).toBe(204);
    expect(headers?.allow).toBe("POST");
  });
});

async function serveDefault(method: string, path: string) {
  return fetchRaw("$default", method, path);
}

async function fetchRaw(routeKey: string, method: string, path: string) {
  const handler = serve(operations, { store: () => service.store, now: Date.now, log: () => {} });
  const event = { routeKey, rawPath: path, rawQueryString: "", headers: {}, requestContext: { requestId: "r", http: { method, path } } };
  const { statusCode, headers, body, isBase64Encoded } = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { status: statusCode, headers: headers as Record<string, string>, body: body ?? "", isBase64Encoded };
}

describe("the API page", () => {
  test("shows what the service itself serves, and may fetch nothing from elsewhere", async () => {
    const { status, headers, body } = await fetchRaw("GET /docs", "GET", "/docs");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body).toContain('spec-url="/v1/openapi.json"');
    for (const [, address] of body.matchAll(/(?:src|href|url)="([^"]*)"/g)) expect(address).toMatch(/^\//);
    const policy = headers["content-security-policy"] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  test("has its script from here, and the script names no picture of others", async () => {
    const { status, headers, body, isBase64Encoded } = await fetchRaw("GET /docs/redoc.js", "GET", "/docs/redoc.js");
    expect(status).toBe(200);
    expect(isBase64Encoded).toBe(true);
    expect(headers).toMatchObject({ "content-encoding": "gzip", "content-type": "text/javascript; charset=utf-8" });
    expect(body.length).toBeLessThan(1_000_000);
    const script = gunzipSync(Buffer.from(body, "base64")).toString();
    expect(script).toContain("spec-url");
    expect(script).not.toContain("cdn.redoc.ly");
  });
});
