/**
 * Sign-in on this machine: the real handlers behind the local gateway, with tokens made by jose as an issuer makes them,
 * good ones and every kind of bad one.
 */
import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import fc from "fast-check";
import { exportSPKI, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capabilities } from "../../functions/capabilities.ts";
import type { Operations } from "../../functions/http/operation.ts";
import { serve } from "../../functions/http/serve.ts";
import { claimsAsText } from "../../infra/local/auth-claims.ts";
import { demoIssuer } from "../../infra/local/auth-demo-issuer.ts";
import { type DemoKeys, demoKeys } from "../../infra/local/auth-demo-keys.ts";
import { openSignIn } from "../../infra/local/auth-open.ts";
import { ownIssuer } from "../../infra/local/auth-own-issuer.ts";
import type { SignIn } from "../../infra/local/auth-sign-in.ts";
import { type Gateway, type Handler, openGateway } from "../../infra/local/gateway.ts";
import { freshStore } from "../store.ts";

/** 2026-11-22T11:00:00Z in seconds: the clock of issuer and gateway. */
const seconds = Date.parse("2026-11-22T11:00:00Z") / 1_000;
const now = () => seconds * 1_000;

const folder = mkdtempSync(join(tmpdir(), "good-standing-"));
const gateways: Gateway[] = [];
let gateway: Gateway;
let keys: DemoKeys;
let issuer: ReturnType<typeof demoIssuer>;
let handlers: Map<string, Handler>;

beforeAll(async () => {
  keys = await demoKeys(folder);
  const { store } = await freshStore(now);
  handlers = new Map();
  for (const operations of Object.values(capabilities) as Operations[]) {
    const handler = serve(operations, { store: () => store, now, log() {} }) as Handler;
    for (const routeKey of Object.keys(operations)) handlers.set(routeKey, handler);
  }
  gateway = await opened();
  issuer = demoIssuer(gateway.url, keys, now);
  gateway.serve(new Map([...handlers, ...issuer.handlers]), issuer.signIn);
});
afterAll(async () => {
  for (const one of gateways) await one.stop(0);
  rmSync(folder, { recursive: true });
});

async function opened(): Promise<Gateway> {
  const one = await openGateway("127.0.0.1", 0);
  gateways.push(one);
  return one;
}

/** A good token of Ada's, changed. */
function token(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: Parameters<SignJWT["sign"]>[0] = keys.privateKey,
): Promise<string> {
  const good = {
    iss: issuer.issuer,
    aud: "good-standing",
    sub: "ada",
    client_id: "good-standing",
    token_use: "access",
    "cognito:groups": ["admin"],
    iat: seconds,
    exp: seconds + 3_600,
  };
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: keys.publicJwk.kid, typ: "at+jwt", ...header } as JWTHeaderParameters)
    .sign(key);
}

const send = (at: Gateway, method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
  fetch(at.url + path, {
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const bearing = (given: string) => ({ authorization: `Bearer ${given}` });

/** One of each kind. */
const asked: [method: string, path: string, body?: object][] = [
  ["GET", "/v1/accounts"],
  ["GET", "/v1/policies/ebiexperts-support"],
  ["PUT", "/v1/accounts/acme", { name: "Acme" }],
  ["POST", "/v1/severity-assessments", { policyId: "ebiexperts-support", impact: {} }],
  ["DELETE", "/v1/accounts/acme"],
];

test("a good token is taken on every kind of route", async () => {
  for (const [method, path, body] of asked) expect((await send(gateway, method, path, bearing(await token()), body)).status, path).toBeLessThan(300);
});

describe("the demo issuer's tokens", () => {
  const get = async (user: string, path: string) => (await send(gateway, "GET", path, bearing(await issuer.tokenFor(user)))).status;

  test.each<[user: string, prices: number, catalog: number]>([
    ["sam", 403, 403],
    ["rosa", 200, 403],
    ["finn", 200, 403],
    ["ada", 200, 201],
    ["ticket-system", 200, 403],
  ])("%s may do what the role or scope may", async (user, prices, catalog) => {
    expect(await get(user, "/v1/accounts")).toBe(200);
    expect(await get(user, "/v1/price-lists")).toBe(prices);
    const product = { name: "Query Studio", productLine: "qs", kind: "software" };
    expect((await send(gateway, "PUT", `/v1/products/of-${user}`, bearing(await issuer.tokenFor(user)), product)).status).toBe(catalog);
  });

  test("are given for a name, as a document or as they are", async () => {
    const response = await send(gateway, "POST", "/local/token", {}, { user: "ada" });
    const { access_token: given, ...rest } = (await response.json()) as { access_token: string };
    expect(rest).toEqual({ token_type: "Bearer", expires_in: 43_200 });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await send(gateway, "PUT", "/v1/accounts/x", bearing(given), { name: "X" })).status).toBe(201);
    const text = await (await send(gateway, "POST", "/local/token", { accept: "text/plain" }, { user: "sam" })).text();
    expect((await send(gateway, "GET", "/v1/accounts", bearing(text))).status).toBe(200);
    // As curl sends what follows `-d`.
    const form = await fetch(`${gateway.url}/local/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: '{"user":"ada"}',
    });
    expect(form.status).toBe(200);
  });

  test.each([{ user: "eve" }, { user: "__proto__" }, { user: "constructor" }, { user: 1 }, {}, undefined])("are not given for %j", async (body) => {
    const response = await send(gateway, "POST", "/local/token", {}, body);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["another machine", {}, "192.0.2.7"],
    ["behind a proxy", { "x-forwarded-for": "192.0.2.7" }, "127.0.0.1"],
    ["behind a proxy of the new kind", { forwarded: "for=192.0.2.7" }, "127.0.0.1"],
    ["a page of another machine", { origin: "https://evil.example" }, "127.0.0.1"],
    ["a name that leads here", { host: "evil.example:3000" }, "127.0.0.1"],
  ])("are not given to %s", async (_, headers, sourceIp) => {
    const event = { headers, body: '{"user":"ada"}', requestContext: { requestId: "r", http: { sourceIp } } } as unknown as APIGatewayProxyEventV2;
    const handler = issuer.handlers.get("POST /local/token") as Handler;
    await expect(handler(event, {} as Context)).rejects.toMatchObject({ status: 403, code: "not-from-here" });
  });

  test("are good after a restart: the key is kept, for its owner's eyes only", async () => {
    const again = await demoKeys(folder);
    expect(again.publicJwk).toEqual(keys.publicJwk);
    expect(statSync(join(folder, "demo-issuer.pem")).mode & 0o077).toBe(0);
    const later = demoIssuer(gateway.url, again, now);
    const headers = bearing(await issuer.tokenFor("ada"));
    await expect(later.signIn({ routeKey: "GET /v1/accounts", headers: { authorization: [headers.authorization] } })).resolves.toMatchObject({
      "cognito:groups": "[admin]",
    });
  });

  test("a file that is no key keeps it from starting", async () => {
    const other = mkdtempSync(join(tmpdir(), "good-standing-"));
    writeFileSync(join(other, "demo-issuer.pem"), "not a key");
    await expect(demoKeys(other)).rejects.toThrow(/demo-issuer\.pem` is no private key: remove it/);
    rmSync(other, { recursive: true });
  });
});

const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const changed = async (part: 0 | 1 | 2, change: (text: string) => string) =>
  (await token())
    .split(".")
    .map((text, n) => (n === part ? change(text) : text))
    .join(".");

/** Each with what the answer says of it. */
const corpus: [what: string, header: () => Promise<string | null> | string | null, says: RegExp][] = [
  ["none", () => null, /needs an access token/],
  ["an empty header", () => "", /needs an access token|send one header/],
  ["no scheme", () => token(), /send one header/],
  ["another scheme", async () => `Basic ${Buffer.from("ada:ada").toString("base64")}`, /send one header/],
  ["two tokens", async () => `Bearer ${await token()}, Bearer ${await token()}`, /send one header/],
  ["garbage", () => "Bearer garbage", /no JSON Web Token/],
  ["three times garbage", () => "Bearer a.b.c", /not accepted/],
  ["four parts", async () => `Bearer ${await token()}.x`, /no JSON Web Token/],
  ["no signature", async () => `Bearer ${await changed(2, () => "")}`, /not accepted/],
  [
    "alg none",
    async () =>
      `Bearer ${new UnsecuredJWT({ iss: issuer.issuer, sub: "ada", client_id: "good-standing", "cognito:groups": ["admin"] }).setExpirationTime(seconds + 60).encode()}`,
    /not accepted/,
  ],
  [
    "alg none, with the signature kept",
    async () => `Bearer ${await changed(0, () => base64({ alg: "none", kid: keys.publicJwk.kid }))}`,
    /algorithm/,
  ],
  ["alg NONE", async () => `Bearer ${await changed(0, () => base64({ alg: "nOnE", kid: keys.publicJwk.kid }))}`, /algorithm/],
  [
    "HS256 with the public key as the secret",
    async () => `Bearer ${await token({}, { alg: "HS256" }, new TextEncoder().encode(await exportSPKI(createPublicKey(keys.privateKey))))}`,
    /algorithm/,
  ],
  [
    "HS256 with the published key as the secret",
    async () => `Bearer ${await token({}, { alg: "HS256" }, new TextEncoder().encode(JSON.stringify(keys.publicJwk)))}`,
    /algorithm/,
  ],
  ["PS256, which the gateway does not take", async () => `Bearer ${await token({}, { alg: "PS256" })}`, /algorithm/],
  ["ES256 with a key of one's own", async () => `Bearer ${await token({}, { alg: "ES256" }, elliptic.privateKey)}`, /algorithm/],
  ["a key of one's own under the issuer's name", async () => `Bearer ${await token({}, {}, foreign.privateKey)}`, /signature/],
  [
    "a key of one's own, sent along",
    async () => `Bearer ${await token({}, { jwk: foreign.publicKey.export({ format: "jwk" }) }, foreign.privateKey)}`,
    /signature/,
  ],
  [
    "a key of one's own at an address",
    async () => `Bearer ${await token({}, { kid: "mine", jku: "https://evil.example/jwks.json" }, foreign.privateKey)}`,
    /key that the issuer does not name/,
  ],
  ["an unknown kid", async () => `Bearer ${await token({}, { kid: "other" })}`, /key that the issuer does not name/],
  ["no kid", async () => `Bearer ${await token({}, { kid: undefined })}`, /`kid`/],
  [
    "other claims under a good signature",
    async () =>
      `Bearer ${await changed(1, () => base64({ iss: issuer.issuer, aud: "good-standing", sub: "eve", client_id: "x", exp: seconds + 60, "cognito:groups": ["admin"] }))}`,
    /signature/,
  ],
  [
    "a signature with a bit changed",
    async () => `Bearer ${await changed(2, (text) => `${text.slice(0, 9)}${text[9] === "A" ? "B" : "A"}${text.slice(10)}`)}`,
    /signature/,
  ],
  ["another audience", async () => `Bearer ${await token({ aud: "other" })}`, /another audience/],
  ["other audiences", async () => `Bearer ${await token({ aud: ["other", "good-standing-2"] })}`, /another audience/],
  [
    "another audience, though the client is ours",
    async () => `Bearer ${await token({ aud: "other", client_id: "good-standing" })}`,
    /another audience/,
  ],
  ["no audience, and another client", async () => `Bearer ${await token({ aud: undefined, client_id: "other" })}`, /another audience/],
  ["neither audience nor client", async () => `Bearer ${await token({ aud: undefined, client_id: undefined })}`, /another audience/],
  ["another issuer", async () => `Bearer ${await token({ iss: "https://evil.example" })}`, /another issuer/],
  ["an issuer that begins alike", async () => `Bearer ${await token({ iss: `${issuer.issuer}/` })}`, /another issuer/],
  ["no issuer", async () => `Bearer ${await token({ iss: undefined })}`, /another issuer|`iss`/],
  ["expired", async () => `Bearer ${await token({ exp: seconds - 3_600 })}`, /expired/],
  ["no end", async () => `Bearer ${await token({ exp: undefined })}`, /`exp`/],
  [
    "an end that is no number",
    () => `Bearer ${signed({ alg: "RS256", kid: keys.publicJwk.kid }, { iss: issuer.issuer, sub: "ada", exp: "never" })}`,
    /`exp`/,
  ],
  ["not valid yet", async () => `Bearer ${await token({ nbf: seconds + 3_600 })}`, /not valid yet/],
  ["issued in the future", async () => `Bearer ${await token({ iat: seconds + 3_600 })}`, /issued in the future/],
  ["an ID token, by its use", async () => `Bearer ${await token({ token_use: "id" })}`, /not the ID token/],
  ["an ID token, by its hash", async () => `Bearer ${await token({ token_use: undefined, at_hash: "x" })}`, /not the ID token/],
  ["an ID token, by what it lacks", async () => `Bearer ${await token({ token_use: undefined, client_id: undefined })}`, /not the ID token/],
  ["a token of another type", async () => `Bearer ${await token({}, { typ: "logout+jwt" })}`, /another type/],
  [
    "a critical extension",
    async () => `Bearer ${await changed(0, () => base64({ alg: "RS256", kid: keys.publicJwk.kid, crit: ["x"], x: 1 }))}`,
    /not accepted/,
  ],
  [
    "a payload that is not encoded",
    async () => `Bearer ${await changed(0, () => base64({ alg: "RS256", kid: keys.publicJwk.kid, crit: ["b64"], b64: false }))}`,
    /not accepted/,
  ],
  ["a payload that is no object", () => `Bearer ${signed({ alg: "RS256", kid: keys.publicJwk.kid }, [])}`, /not accepted/],
  ["no subject", async () => `Bearer ${await token({ sub: "" })}`, /needs an access token/],
  ["twelve thousand bytes", async () => `Bearer ${await token({ padding: "x".repeat(9_000) })}`, /longer than/],
];

/** A good signature over whatever stands here. */
function signed(header: object, payload: unknown): string {
  const text = `${base64(header)}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
  return `${text}.${sign("sha256", Buffer.from(text), keys.privateKey).toString("base64url")}`;
}

describe.each(corpus)("%s", (_, header, says) => {
  test("is 401 on every kind of route, as a problem with a challenge, and does nothing", async () => {
    const authorization = await header();
    for (const [method, path, body] of asked) {
      const response = await send(gateway, method, path, authorization === null ? {} : { authorization }, body);
      const problem = (await response.json()) as { detail: string; code: string };
      expect([response.status, response.headers.get("content-type")], `${method} ${path}`).toEqual([401, "application/problem+json"]);
      expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(problem.detail).toMatch(says);
      expect(["not-signed-in", "token-refused"]).toContain(problem.code);
    }
    expect((await send(gateway, "GET", "/v1/accounts/acme", bearing(await token()))).status, "was not written").toBe(404);
  });

  test("keeps nobody from what is open, and is of no use where there is nothing", async () => {
    const authorization = await header();
    const headers = authorization === null ? {} : { authorization };
    expect((await send(gateway, "GET", "/v1/health", headers)).status).toBe(200);
    expect((await send(gateway, "GET", "/v1/nowhere", headers)).status).toBe(404);
    expect((await send(gateway, "PATCH", "/v1/accounts/acme", headers)).status).toBe(405);
  });
});

test("whatever stands in a token, it is taken or it is 401: never a fault of ours", async () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("RS256", "none", keys.publicJwk.kid, "JWT", seconds, seconds + 60, issuer.issuer),
  );
  const header = fc.record({ alg: value, kid: value, typ: value, crit: value, b64: value, jwk: value, jku: value }, { requiredKeys: [] });
  const payload = fc.oneof(value, fc.record({ iss: value, aud: value, sub: value, exp: value, nbf: value, iat: value }, { requiredKeys: [] }));
  const good = fc.record({ alg: fc.constant("RS256"), kid: fc.constant(keys.publicJwk.kid) });
  await fc.assert(
    fc.asyncProperty(fc.oneof(header, good), payload, async (head, claims) => {
      const headers = { authorization: [`Bearer ${signed(head, claims)}`] };
      const outcome = await issuer.signIn({ routeKey: "GET /v1/accounts", headers }).then(
        () => 200,
        ({ status }) => status,
      );
      expect([200, 401]).toContain(outcome);
    }),
    { numRuns: 300 },
  );
});

test("headers longer than the server takes are 431 before anyone looks at them", async () => {
  const response = await send(gateway, "GET", "/v1/accounts", bearing("x".repeat(20_000)));
  expect(response.status).toBe(431);
});

test("tokens of all types that are for access are taken", async () => {
  for (const typ of ["at+jwt", "application/at+jwt", "JWT", "jwt", undefined])
    expect((await send(gateway, "GET", "/v1/accounts", bearing(await token({}, { typ })))).status, typ).toBe(200);
  expect((await send(gateway, "GET", "/v1/accounts", { authorization: `bearer ${await token()}` })).status, "the scheme in any case").toBe(200);
  expect((await send(gateway, "GET", "/v1/accounts", bearing(await token({ aud: ["other", "good-standing"] })))).status).toBe(200);
  expect((await send(gateway, "GET", "/v1/accounts", bearing(await token({ aud: undefined })))).status, "by its client").toBe(200);
});

test.each<[string, Record<string, number>, number]>([
  ["ended five seconds ago", { exp: seconds - 5 }, 401],
  ["ended four seconds ago, by a clock that may be off by that", { exp: seconds - 4 }, 200],
  ["ends in a second", { exp: seconds + 1 }, 200],
  ["begins in five seconds", { nbf: seconds + 5 }, 200],
  ["begins in six seconds", { nbf: seconds + 6 }, 401],
  ["issued in five seconds", { iat: seconds + 5 }, 200],
  ["issued in six seconds", { iat: seconds + 6 }, 401],
])("a token that %s", async (_, claims, status) => {
  expect((await send(gateway, "GET", "/v1/accounts", bearing(await token(claims)))).status).toBe(status);
});

test("claims arrive as API Gateway writes them", async () => {
  const one = await opened();
  const echo: Handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.requestContext) });
  one.serve(
    new Map([
      ["GET /v1/accounts", echo],
      ["GET /v1/health", echo],
      ["$default", echo],
    ]),
    issuer.signIn,
  );
  const context = async (path: string) =>
    (await send(one, "GET", path, bearing(await token({ "cognito:groups": ["support", "finance"], verified: true })))).json();
  expect(await context("/v1/accounts")).toMatchObject({
    authorizer: {
      jwt: {
        claims: { sub: "ada", aud: "good-standing", "cognito:groups": "[support finance]", exp: String(seconds + 3_600), verified: "true" },
        scopes: null,
      },
    },
  });
  expect(await context("/v1/health")).not.toHaveProperty("authorizer");
  expect(claimsAsText({ empty: [], nested: { b: [1, 2], a: "x" }, nothing: null })).toEqual({
    empty: "[]",
    nested: "map[a:x b:[1 2]]",
    nothing: "null",
  });
});

describe("without sign-in", () => {
  let everyones: Gateway;
  beforeAll(async () => {
    everyones = await opened();
    everyones.serve(handlers, openSignIn);
  });

  test("everyone on this machine may do everything, and is called `local`", async () => {
    expect((await send(everyones, "PUT", "/v1/products/qs", {}, { name: "QS", productLine: "qs", kind: "software" })).status).toBe(201);
    expect(await openSignIn({ routeKey: "GET /v1/accounts", headers: {} })).toMatchObject({ sub: "local", "cognito:groups": "[admin]" });
  });

  test.each<[Record<string, string[]>, boolean]>([
    [{}, true],
    [{ host: ["127.0.0.1:3000"] }, true],
    [{ host: ["localhost"] }, true],
    [{ host: ["[::1]:3000"] }, true],
    [{ host: ["app.localhost:3000"] }, true],
    [{ host: ["localhost:3000"], origin: ["http://localhost:5173"] }, true],
    [{ host: ["localhost:3000"], origin: ["http://127.0.0.1:5173"] }, true],
    [{ host: ["evil.example:3000"] }, false],
    [{ host: ["localhost.evil.example"] }, false],
    [{ host: ["127.0.0.1.evil.example"] }, false],
    [{ host: [""] }, false],
    [{ host: ["localhost:3000"], origin: ["https://evil.example"] }, false],
    [{ host: ["localhost:3000"], origin: ["null"] }, false],
    [{ host: ["localhost:3000"], origin: [""] }, false],
    [{ host: ["localhost:3000"], origin: ["https://localhost.evil.example"] }, false],
  ])("what a browser sends for a page of another machine is refused: %j", async (headers, taken) => {
    const asking = openSignIn({ routeKey: "POST /v1/quotes", headers });
    if (taken) await expect(asking).resolves.not.toBeNull();
    else await expect(asking).rejects.toMatchObject({ status: 403, code: "not-from-here" });
  });
});

describe("an issuer of one's own", () => {
  let elsewhere: Gateway;
  let theirs: ReturnType<typeof demoIssuer>;
  beforeAll(async () => {
    elsewhere = await opened();
    theirs = demoIssuer(elsewhere.url, await demoKeys(join(folder, "theirs")), now);
    elsewhere.serve(theirs.handlers, openSignIn);
  });
  const asking = (given: string) => ({ routeKey: "GET /v1/accounts", headers: { authorization: [`Bearer ${given}`] } });

  test("is found by its address, and its tokens are taken as ours are", async () => {
    const signIn: SignIn = await ownIssuer(theirs.issuer, ["good-standing"], now);
    await expect(signIn(asking(await theirs.tokenFor("sam")))).resolves.toMatchObject({ "cognito:groups": "[support]", iss: theirs.issuer });
    await expect(signIn(asking(await token()))).rejects.toMatchObject({ status: 401 });
    await expect(signIn({ routeKey: "GET /v1/accounts", headers: {} })).rejects.toMatchObject({ status: 401, code: "not-signed-in" });
  });

  test("that does not exist, or says it is another, keeps it from starting", async () => {
    await expect(ownIssuer("http://127.0.0.1:9/local", ["a"], now)).rejects.toThrow(
      /^the issuer does not answer at http:\/\/127\.0\.0\.1:9\/local\/\.well-known/,
    );
    await expect(ownIssuer(`${elsewhere.url}/other`, ["a"], now)).rejects.toThrow(/^the issuer does not answer at/);
    await expect(ownIssuer(`${theirs.issuer}/`, ["a"], now)).rejects.toThrow(`says it is \`${theirs.issuer}\``);
  });

  test("whose keys are out of reach: 503, not 401, and nobody is let in", async () => {
    const gone = await opened();
    const vanishing = demoIssuer(gone.url, keys, now);
    gone.serve(vanishing.handlers, openSignIn);
    const signIn = await ownIssuer(vanishing.issuer, ["good-standing"], now);
    await gone.stop(0);
    await expect(signIn(asking(await vanishing.tokenFor("ada")))).rejects.toMatchObject({ status: 503, code: "unavailable" });
  });
});
