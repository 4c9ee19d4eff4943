/**
 * Who may do what, cell by cell: every route for every role and scope, over the real handlers, held to the table in
 * docs/roles.md. Regressions: dify#34456, open-mercato#2696, bigcapital#990 (a check on GET, forgotten on the others;
 * identity taken from a header).
 */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessByRoute } from "../../../functions/http/access.ts";
import { answer, type Operation, type Operations, operation } from "../../../functions/http/operation.ts";
import { roles, type Scope, scopes } from "../../../functions/http/roles.ts";
import { serve } from "../../../functions/http/serve.ts";
import { examples, pathIds } from "../../hostile/examples.ts";
import { newKey, writeExample } from "./example.ts";
import { type AccessRow, accessRows } from "./roles-page.ts";
import { routes, type Service, startService } from "./service.ts";

const person = (...groups: string[]) => ({
  iss: "https://issuer",
  sub: "p-1",
  client_id: "desk",
  token_use: "access",
  "cognito:groups": `[${groups.join(" ")}]`,
});
const program = (...allowed: readonly string[]) => ({
  iss: "https://issuer",
  sub: "m-1",
  client_id: "m-1",
  token_use: "access",
  scope: allowed.join(" "),
});

let service: Service;
/** Calls of the store since the last request began. */
let calls: string[] = [];
function counted<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member === "object" && member !== null) return counted(member);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return member.apply(target, given);
      };
    },
  });
}

beforeAll(async () => {
  service = await startService(counted);
  await writeExample(service);
});
beforeEach(() => {
  calls = [];
});

/** The route asked with a good request, by the bearer of a token with these claims. */
async function ask(routeKey: string, claims: Record<string, unknown> | null, headers: Record<string, string> = {}) {
  const [method = "", path = ""] = routeKey === "$default" ? ["GET", "/nothing"] : routeKey.split(" ");
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) => pathIds[name] ?? "x");
  service.claims = claims;
  calls = [];
  const body = examples[routeKey]?.body ?? (method === "POST" ? {} : undefined);
  return service.send(method, target, body, { ...newKey(), ...headers });
}

test("docs/roles.md and the code have the same table, with a row for every route of the service and no other", () => {
  const inCode = Object.entries(accessByRoute).map(([routeKey, access]) => [
    routeKey,
    access === undefined || access === "anyone"
      ? { open: true, roles: [], scope: "good-standing/none needed" }
      : { open: false, roles: access.roles, scope: access.scope },
  ]);
  expect(Object.fromEntries(accessRows)).toEqual(Object.fromEntries(inCode));
  expect([...accessRows.keys()].sort()).toEqual(routes.map(([routeKey]) => routeKey).sort());
});

const guarded = routes.filter(([routeKey]) => accessRows.get(routeKey)?.open === false).map(([routeKey]) => routeKey);

describe.each(guarded)("%s", (routeKey) => {
  const row = accessRows.get(routeKey) as AccessRow;
  const others = (Object.keys(scopes) as Scope[]).filter((scope) => scope !== row.scope);
  const deniedRoles = roles.filter((role) => !row.roles.includes(role));

  const denied: [string, Record<string, unknown>][] = [
    ...deniedRoles.map((role): [string, Record<string, unknown>] => [role, person(role)]),
    ["all roles that may not", person(...deniedRoles, "intern")],
    ["a role that is none", person("intern", `${row.roles[0]}s`, (row.roles[0] ?? "").toUpperCase())],
    ["no role", person()],
    ["neither role nor scope", program()],
    ["a program with every other scope", program(...others)],
    ["a program with a scope that begins alike", program(`${row.scope}s`, row.scope.slice(0, -1), row.scope.toUpperCase())],
    ["a person in no role of ours, with the scope", { ...person("intern"), scope: row.scope }],
  ];

  test.each(denied)("not for %s: 403 that says who may, before anything is read", async (_, claims) => {
    const { status, body, headers } = await ask(routeKey, claims);
    expect({ status, code: body.code }).toEqual({ status: 403, code: "role-missing" });
    const may = row.roles.map((role) => `\`${role}\``).join(", ");
    expect(body.detail).toContain(`people in ${may} and for programs with the scope \`${row.scope}\``);
    expect(headers["www-authenticate"]).toBe(`Bearer error="insufficient_scope", scope="${row.scope}"`);
    expect(calls).toEqual([]);
  });

  test("not without a token: 401, before anything is read", async () => {
    const { status, body, headers } = await ask(routeKey, null);
    expect({ status, code: body.code, challenge: headers["www-authenticate"] }).toEqual({ status: 401, code: "not-signed-in", challenge: "Bearer" });
    expect(calls).toEqual([]);
  });

  test("not for who says of himself that he may: headers, query and body are no identity", async () => {
    const said = {
      authorization: `Bearer ${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"ada","cognito:groups":["admin"]}').toString("base64url")}.`,
      "x-amzn-oidc-identity": "ada",
      "x-forwarded-user": "ada",
      "x-role": "admin",
      "x-user": "ada",
      "cognito:groups": "[admin]",
      scope: row.scope,
      cookie: "role=admin",
    };
    expect((await ask(routeKey, null, said)).status).toBe(401);
    for (const role of deniedRoles) expect((await ask(routeKey, person(role), said)).status).toBe(403);
    expect(calls).toEqual([]);
  });

  const allowed: [string, Record<string, unknown>][] = [
    ...row.roles.map((role): [string, Record<string, unknown>] => [role, person(role)]),
    ["one of several roles", person("intern", ...deniedRoles, row.roles[0] as string)],
    ["a program with the scope", program(row.scope)],
    ["a program with several", program(...others, row.scope)],
  ];

  test.each(allowed)("for %s", async (_, claims) => {
    const { status } = await ask(routeKey, claims);
    expect([401, 403]).not.toContain(status);
    expect(status).toBeLessThan(500);
  });
});

test.each(routes.filter(([routeKey]) => accessRows.get(routeKey)?.open).map(([routeKey]) => routeKey))("%s is for anyone", async (routeKey) => {
  for (const claims of [null, person("intern"), program()]) expect((await ask(routeKey, claims)).status).toBe(routeKey === "$default" ? 404 : 200);
});

test("nothing but health and the description of the service is for anyone", () => {
  const open = [...accessRows].filter(([, row]) => row.open).map(([routeKey]) => routeKey);
  expect(open.sort()).toEqual(["$default", "GET /docs", "GET /docs/redoc.js", "GET /v1/health", "GET /v1/openapi.json"]);
});

test("the OpenAPI document says who may", async () => {
  const { body } = await ask("GET /v1/openapi.json", null);
  expect(body.components.securitySchemes.token).toMatchObject({ type: "http", scheme: "bearer" });
  for (const [routeKey] of routes) {
    if (routeKey === "$default") continue;
    const [method = "", path = ""] = routeKey.split(" ");
    const { security, description } = body.paths[path][method.toLowerCase()];
    const row = accessRows.get(routeKey) as AccessRow;
    expect(security, routeKey).toEqual(row.open ? [] : [{ token: [] }]);
    expect(description, routeKey).toContain(row.open ? "Needs no token." : `For people in ${row.roles.map((role) => `\`${role}\``).join(", ")} and`);
  }
});

test("an admin may do everything, and support changes no fact", () => {
  for (const [routeKey, row] of accessRows) {
    if (!row.open) expect(row.roles, routeKey).toContain("admin");
    if (/^(?:PUT|DELETE) /.test(routeKey)) expect(row.roles, routeKey).not.toContain("support");
  }
});

test("whoever may write what is at a path may read it", () => {
  for (const [routeKey, row] of accessRows) {
    const [method, path] = routeKey.split(" ");
    const reading = accessRows.get(`GET ${path}`);
    if (method !== "GET" && reading !== undefined) expect(reading.roles, routeKey).toEqual(expect.arrayContaining([...row.roles]));
  }
});

test("a route that is in no table is for nobody, whatever its name", async () => {
  for (const routeKey of ["GET /v1/forgotten", "toString", "__proto__"]) {
    const operations = Object.fromEntries([
      [routeKey, operation({ summary: "", tag: "", answers: {}, run: async () => answer(200, {}) }) as Operation],
    ]);
    const handler = serve(operations as Operations, { store: () => service.store, now: () => 0, log: () => {} });
    const claims = { ...person(...roles), scope: Object.keys(scopes).join(" ") };
    const requestContext = { requestId: "r", http: { method: "GET", path: "/" }, authorizer: { jwt: { claims } } };
    const event = { routeKey, rawPath: "/", rawQueryString: "", headers: {}, requestContext } as unknown as APIGatewayProxyEventV2;
    const { statusCode, body } = await handler(event, {} as Context);
    expect([statusCode, JSON.parse(body ?? "{}").code], routeKey).toEqual([403, "role-missing"]);
  }
});
