/**
 * Who is calling: read from the token that the gateway verified, and from nothing that the request says besides.
 *
 * The gateway has tested the token's signature, issuer, audience and times. It hands on the claims as text, lists as
 * `[a b]` ("Working with JWT authorizers for HTTP APIs" in the API Gateway developer guide), and does not tell an
 * access token from an ID token: that is done here.
 */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { sha256 } from "../store/canonical.ts";
import { Problem } from "./problem.ts";
import { isRole, isScope, type Role, type Scope } from "./roles.ts";

export interface Identity {
  /** Null: the token says nothing of roles, as those of programs do. */
  roles: readonly Role[] | null;
  scopes: readonly Scope[];
}

/** Where Cognito names the groups of a person. Other issuers: `ROLES_CLAIM`. */
export const defaultRolesClaim = "cognito:groups";

type Claims = Readonly<Record<string, unknown>>;

/** @throws Problem 401 without a token, or with one that is not for access */
export function identityOf(event: APIGatewayProxyEventV2, rolesClaim: string): Identity {
  const claims = claimsOf(event);
  if (claims === null || subjectOf(claims) === null) throw notSignedIn();
  if (!isForAccess(claims)) throw tokenRefused("it is no access token: send the access token, not the ID token");
  return {
    roles: claims[rolesClaim] === undefined ? null : namesIn(claims[rolesClaim]).filter(isRole),
    scopes: [...namesIn(claims.scope), ...namesIn(claims.scp)].filter(isScope),
  };
}

/**
 * Who asks, for idempotency keys and the log: the token's subject, with its issuer where it names one, for subjects are
 * unique to their issuer only. A subject with an `@` may be a person's address: its digest stands for it.
 */
export function callerOf(event: APIGatewayProxyEventV2): string {
  const claims = claimsOf(event);
  const subject = claims === null ? null : subjectOf(claims);
  if (subject === null) return "anonymous";
  const shown = subject.includes("@") ? `sha256:${sha256(subject)}` : subject;
  return typeof claims?.iss === "string" ? `${claims.iss}#${shown}` : shown;
}

export function notSignedIn(): Problem {
  return new Problem(401, "not-signed-in", "this needs an access token: send it as `Authorization: Bearer …`", {
    headers: { "www-authenticate": "Bearer" },
  });
}

/** RFC 6750, section 3.1. @param why completes "the token is not accepted: …" */
export function tokenRefused(why: string): Problem {
  return new Problem(401, "token-refused", `the token is not accepted: ${why}`, { headers: { "www-authenticate": 'Bearer error="invalid_token"' } });
}

function claimsOf(event: APIGatewayProxyEventV2): Claims | null {
  const { authorizer } = event.requestContext as { authorizer?: { jwt?: { claims?: unknown } } };
  const claims = authorizer?.jwt?.claims;
  return typeof claims === "object" && claims !== null ? (claims as Claims) : null;
}

/** The person, or the program where there is none. */
function subjectOf({ sub, client_id: clientId }: Claims): string | null {
  const subject = sub ?? clientId;
  return typeof subject === "string" && subject !== "" ? subject : null;
}

/**
 * What only access tokens carry: the client they were issued to, or its scopes (RFC 9068, section 2.2). Not `azp`, which
 * ID tokens may carry too (OpenID Connect Core, section 2).
 */
const ofAccess = ["client_id", "cid", "appid", "scope", "scp"];
/** What only ID tokens carry: hashes of what they were issued with (OpenID Connect Core, 3.1.3.6 and 3.3.2.11). */
const ofSignIn = ["at_hash", "c_hash"];

/** Cognito says it in `token_use`, Keycloak in a claim `typ`; others show it by what else is there. */
function isForAccess(claims: Claims): boolean {
  const { token_use: use, typ } = claims;
  if (use !== undefined && use !== "access") return false;
  if (typeof typ === "string" && typ.toLowerCase() === "id") return false;
  return ofAccess.some((name) => claims[name] !== undefined) && !ofSignIn.some((name) => claims[name] !== undefined);
}

/** The names in a claim: a list, a list as the gateway writes it (`[a b]`), or names with spaces between (RFC 6749, 3.3). */
function namesIn(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((name) => typeof name === "string");
  if (typeof claim !== "string") return [];
  return claim
    .replace(/^\[(.*)\]$/s, "$1")
    .split(" ")
    .filter((name) => name !== "");
}
