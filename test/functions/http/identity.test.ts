/** What a verified token says of who is calling: tokens as issuers make them, claims as API Gateway writes them. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { callerOf, defaultRolesClaim, identityOf } from "../../../functions/http/identity.ts";
import { Problem } from "../../../functions/http/problem.ts";

const eventOf = (authorizer: unknown) => ({ headers: {}, requestContext: { authorizer } }) as unknown as APIGatewayProxyEventV2;
const withClaims = (claims: unknown) => eventOf({ jwt: { claims } });

/** An access token of a person, as Cognito makes it. */
const access = { iss: "https://issuer", sub: "1f0c", client_id: "desk", token_use: "access", scope: "openid" };

function codeOf(claims: unknown): string {
  try {
    identityOf(withClaims(claims), defaultRolesClaim);
    return "taken";
  } catch (error) {
    return error instanceof Problem ? `${error.status} ${error.code}` : String(error);
  }
}

describe("roles", () => {
  test.each<[unknown, string[]]>([
    ["[support finance]", ["support", "finance"]],
    ["[admin]", ["admin"]],
    ["admin", ["admin"]],
    ["support admin", ["support", "admin"]],
    [["sales-ops", "other"], ["sales-ops"]],
    ["[]", []],
    ["", []],
    ["[intern  sales-ops]", ["sales-ops"]],
    // Not ours, however alike.
    ["[Admin ADMIN administrator admins sales_ops]", []],
    ["support,admin", []],
    ["[[admin]]", []],
    ["[__proto__ constructor toString]", []],
    [{ admin: true }, []],
    [true, []],
    [["admin", 1, null].slice(1), []],
  ])("%j", (claim, expected) => {
    expect(identityOf(withClaims({ ...access, "cognito:groups": claim }), defaultRolesClaim).roles).toEqual(expected);
  });

  test("are read from the claim that was set, and from no other", () => {
    const claims = { ...access, roles: "[finance]", "cognito:groups": "[admin]" };
    expect(identityOf(withClaims(claims), "roles").roles).toEqual(["finance"]);
    expect(identityOf(withClaims(claims), "https://acme.example/roles").roles).toBeNull();
  });
});

describe("scopes", () => {
  test.each<[object, string[]]>([
    [{ scope: "good-standing/ask good-standing/read" }, ["good-standing/ask", "good-standing/read"]],
    [{ scope: undefined, scp: "[good-standing/read openid]" }, ["good-standing/read"]],
    [{ scope: undefined, scp: ["good-standing/write"] }, ["good-standing/write"]],
    [{ scope: "good-standing ask read good-standing/* good-standing/asks xgood-standing/ask" }, []],
    [{ scope: "__proto__ constructor" }, []],
  ])("%j", (claims, expected) => {
    expect(identityOf(withClaims({ ...access, ...claims }), defaultRolesClaim)).toEqual({ roles: null, scopes: expected });
  });
});

describe("access tokens", () => {
  const { token_use: _, client_id: __, scope: ___, ...bare } = access;
  test.each<[string, object]>([
    ["of Cognito, a person's", access],
    ["of Cognito, a program's", { ...access, sub: "desk", scope: "good-standing/ask" }],
    ["of Auth0", { ...bare, aud: "[https://api https://userinfo]", azp: "desk", scope: "openid" }],
    ["of Entra", { ...bare, aud: "api://x", appid: "desk", scp: "user" }],
    ["of Okta", { ...bare, aud: "api://default", cid: "desk", scp: "[openid]" }],
    ["of Keycloak", { ...bare, typ: "Bearer", azp: "desk", scope: "openid" }],
    ["of RFC 9068", { ...bare, aud: "good-standing", client_id: "desk" }],
    ["of a program without a subject", { iss: "https://issuer", client_id: "m-1", scope: "good-standing/ask" }],
  ])("%s", (_, claims) => expect(codeOf(claims)).toBe("taken"));

  test.each<[string, object]>([
    ["of Cognito", { iss: "i", sub: "1f0c", aud: "desk", token_use: "id", "cognito:groups": "[admin]", email: "a@b", at_hash: "x" }],
    ["of Cognito, were it to have a scope", { ...access, token_use: "id" }],
    ["of Auth0", { ...bare, aud: "desk", nonce: "n", nickname: "ada" }],
    ["of Okta", { ...bare, aud: "desk", amr: "[pwd]", at_hash: "x", ver: "1" }],
    ["of Keycloak", { ...bare, typ: "ID", azp: "desk", at_hash: "x" }],
    ["of Keycloak, without a hash", { ...bare, typ: "ID", azp: "desk" }],
    ["of Google", { ...bare, azp: "desk", aud: "desk", at_hash: "x" }],
    ["with nothing but the party it was issued to", { ...bare, azp: "desk", aud: "desk", nonce: "n" }],
    ["with the hash of a code", { ...bare, azp: "desk", c_hash: "x" }],
    ["a refresh token", { ...access, token_use: "refresh" }],
    ["with nothing that an access token has", bare],
  ])("not ID tokens: %s", (_, claims) => expect(codeOf(claims)).toBe("401 token-refused"));
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a text", "admin"],
  ["no subject", { token_use: "access", scope: "good-standing/admin" }],
  ["an empty subject", { ...access, sub: "" }],
  ["a subject that is no text", { ...access, sub: { toString: () => "ada" } }],
])("claims that name nobody: %s", (_, claims) => expect(codeOf(claims)).toBe("401 not-signed-in"));

test("an identity that signed with AWS credentials is none of ours any more", () => {
  const event = eventOf({ iam: { userArn: "arn:aws:iam::1:user/ada" } });
  expect(() => identityOf(event, defaultRolesClaim)).toThrow(Problem);
  expect(callerOf(event)).toBe("anonymous");
});

describe("the caller", () => {
  test("is the subject, bound to its issuer: another issuer's person of the same name is another", () => {
    expect(callerOf(withClaims(access))).toBe("https://issuer#1f0c");
    expect(callerOf(withClaims({ ...access, iss: "https://other" }))).toBe("https://other#1f0c");
    expect(callerOf(withClaims({ sub: "1f0c" }))).toBe("1f0c");
    expect(callerOf(withClaims({ iss: "i", client_id: "m-1" }))).toBe("i#m-1");
    expect(callerOf(eventOf(undefined))).toBe("anonymous");
  });

  test("is never an address of a person", () => {
    const caller = callerOf(withClaims({ ...access, sub: "ada@acme.example", email: "ada@acme.example" }));
    expect(caller).toMatch(/^https:\/\/issuer#sha256:[0-9a-f]{64}$/);
    expect(caller).not.toBe(callerOf(withClaims({ ...access, sub: "eve@acme.example" })));
  });
});
