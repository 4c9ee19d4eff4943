/**
 * Every route, asked well and asked badly, answers what `/v1/openapi.json` says of it: a status that is listed, in the media
 * type that is listed, in the shape that is listed.
 */
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { newKey } from "../functions/http/example.ts";
import { type Response, routes, type Service } from "../functions/http/service.ts";
import { csv, line } from "../functions/imports/files.ts";
import { northwindJson } from "../northwind.ts";
import { check } from "./documents.ts";
import { body, good, kinds, lists, made, notices, type Sent } from "./every-route.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
// biome-ignore lint/suspicious/noExplicitAny: a document of all kinds of things
let document: any;

beforeAll(async () => {
  service = await startWithAcme();
  document = (await service.send("GET", "/v1/openapi.json")).body;
  const id = async (target: string, sent: object) => {
    const response = await service.send("POST", target, sent, newKey());
    expect(response.status, response.text).toBeLessThan(300);
    return (response.body.id ?? response.body.exceptionId) as string;
  };
  made.decision = await id("/v1/entitlement-checks", { ...check, request: { ...check.request, caseId: "case-1" } });
  made.notice = await id(notices, body("a notice"));
  const renewal = { ...body("a renewal"), asOf: "2026-03-02" };
  made.quote = await id("/v1/quotes", renewal);
  made.accepted = await id("/v1/quotes", { ...body("an additional purchase"), asOf: "2026-03-15" });
  made.voided = await id("/v1/quotes", { ...body("an additional purchase"), asOf: "2026-03-15", deliveredOn: "2026-05-01" });
  made.exception = await id("/v1/exceptions", body("an exception"));
  made.import = await id("/v1/imports", body("an import"));
  await service.imports.upload(
    made.import,
    (async function* () {
      yield new TextEncoder().encode(
        csv([
          { ...line, accountId: "imported" },
          { ...line, accountId: "imported", annualFee: "dear" },
        ]),
      );
    })(),
  );
  await service.imports.idle();
  await service.send("PUT", "/v1/policies/northwind-support/versions/2026-01", northwindJson());
});

test("every route is asked", () => {
  const written = kinds.flatMap(([, pattern]) => ["PUT", "GET", "DELETE"].map((method) => `${method} ${pattern}`));
  const asked = new Set([...Object.keys(good), ...written, ...lists.map(([pattern]) => `GET ${pattern}`), "$default"]);
  expect([...asked].sort()).toEqual(routes.map(([routeKey]) => routeKey).sort());
});

/** The schema that the document gives, as a validator of its own. */
function validator(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text));
}

function expectDescribed(routeKey: string, { status, headers, text, body: answered }: Response): void {
  const [method = "", path = ""] = routeKey.split(" ");
  const { responses } = document.paths[path][method.toLowerCase()];
  const said = responses[status] ?? (status >= 400 ? responses[`${String(status)[0]}XX`] : undefined);
  expect(said, `${routeKey} answers ${status}, of which the document says nothing: ${text.slice(0, 300)}`).toBeDefined();
  expect(said.description).not.toBe("");
  const type = headers["content-type"]?.split(";")[0];
  expect(Object.keys(said.content ?? {}), routeKey).toEqual(status === 204 ? [] : [type]);
  if (answered === undefined) return;
  const { error } = validator(said.content[type as string].schema).safeParse(answered);
  expect(error?.message, `${routeKey} ${text.slice(0, 300)}`).toBeUndefined();
}

async function ask(routeKey: string, target: string, sent?: object): Promise<Response> {
  const [method = ""] = routeKey.split(" ");
  const response = await service.send(method, target, sent, method === "POST" ? newKey() : {});
  expectDescribed(routeKey, response);
  return response;
}

describe("asked well", () => {
  test.each(kinds)("%s", async (kind, pattern, path) => {
    for (const status of [201, 200]) expect((await ask(`PUT ${pattern}`, path, body(kind))).status).toBe(status);
    expect((await ask(`GET ${pattern}`, path)).status).toBe(200);
    expect((await ask(`DELETE ${pattern}`, path)).status).toBe(204);
    expect((await ask(`GET ${pattern}`, path)).status).toBe(404);
  });

  test.each(lists)("GET %s", async (pattern, path) => {
    expect((await ask(`GET ${pattern}`, path)).status).toBe(200);
  });

  test.each(Object.entries(good))("%s", async (routeKey, [target, sent]) => {
    const { status, text } = await ask(routeKey, target(), sent);
    expect(status, text).toBeLessThan(300);
    await service.imports.idle();
  });
});

describe("asked badly", () => {
  const all: [string, Sent][] = [
    ...Object.entries(good),
    ...kinds.map(([kind, pattern, path]): [string, Sent] => [`PUT ${pattern}`, [() => path, body(kind)]]),
  ];

  test.each(all)("%s", async (routeKey, [target, sent]) => {
    const query = `${target()}${target().includes("?") ? "&" : "?"}nothing=like-it`;
    expect((await ask(routeKey, query, sent)).status).toBe(400);
    if (sent !== undefined) expect((await ask(routeKey, target(), { ...sent, nothing: "like it" })).status).toBe(400);
    service.claims = null;
    const { status } = await ask(routeKey, target(), sent);
    service.claims = { sub: "tester", client_id: "test", token_use: "access", "cognito:groups": "[admin]" };
    expect([401, 200]).toContain(status);
  });
});

test("the API page has a title, a way out without scripts, and the description that it shows", async () => {
  const page = await service.send("GET", "/docs");
  expect(page.headers["content-type"]).toContain("text/html");
  expect(page.text).toMatch(/<html lang="en"/);
  expect(page.text).toMatch(/<title>[^<]*Good Standing/);
  expect(page.text).toMatch(/<noscript>.*\/v1\/openapi\.json.*<\/noscript>/);
  expect(page.text).toContain("/docs/redoc.js");
  for (const methods of Object.values(document.paths) as Record<string, { summary: string; tags: string[] }>[]) {
    for (const { summary, tags } of Object.values(methods)) expect([summary.length > 5, tags.length]).toEqual([true, 1]);
  }
});
