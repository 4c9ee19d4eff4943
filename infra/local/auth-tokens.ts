/**
 * Verifies access tokens as API Gateway's JWT authorizer does ("Controlling access to HTTP APIs with JWT authorizers"):
 * RSA signature by a key that the issuer names, issuer, `aud` or else `client_id`, and times. The cryptography is jose's.
 */
import { type errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { notSignedIn, tokenRefused } from "../../functions/http/identity.ts";
import { Problem } from "../../functions/http/problem.ts";
import { claimsAsText } from "./auth-claims.ts";
import { needsToken, type SignIn } from "./auth-sign-in.ts";

export interface Trust {
  issuer: string;
  /** A token is for us when its `aud` is one of these, or its `client_id` where it has no `aud`. */
  audience: readonly string[];
  /** The issuer's keys. */
  keys: JWTVerifyGetKey;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Those that API Gateway takes; never `none`, never one with a shared secret. */
const algorithms = ["RS256", "RS384", "RS512"];
/** Between the issuer's clock and ours. */
const toleranceSeconds = 5;
/** API Gateway takes 10 240 bytes for all headers of a request. */
const longestToken = 10_240;

export function tokenSignIn(trust: Trust): SignIn {
  return async ({ routeKey, headers }) => {
    if (!needsToken(routeKey)) return null;
    return claimsAsText(await verified(bearerOf(headers.authorization), trust));
  };
}

function bearerOf(sent: readonly string[] | undefined): string {
  if (sent === undefined) throw notSignedIn();
  const [, token] = /^bearer +(\S+)$/i.exec(sent[0] ?? "") ?? [];
  if (sent.length > 1 || token === undefined) throw tokenRefused("send one header `Authorization: Bearer …`");
  if (token.length > longestToken) throw tokenRefused(`it is longer than \`${longestToken}\` characters`);
  return token;
}

async function verified(token: string, { issuer, audience, keys, now }: Trust): Promise<JWTPayload> {
  const currentDate = new Date(now());
  const options = { issuer, algorithms, clockTolerance: toleranceSeconds, requiredClaims: ["exp"], currentDate };
  const { payload, protectedHeader } = await jwtVerify(token, keys, options).catch((error: unknown) => {
    throw refusalOf(error, issuer);
  });
  if (protectedHeader.kid === undefined) throw tokenRefused("its header has no `kid`");
  // RFC 9068, section 2.1; most issuers write no type or the general one.
  if (!/^(?:application\/)?(?:at\+)?jwt$/i.test(protectedHeader.typ ?? "JWT")) throw tokenRefused("it is of another type than an access token");
  if (payload.iat !== undefined && payload.iat > currentDate.getTime() / 1_000 + toleranceSeconds) throw tokenRefused("it was issued in the future");
  const meant = [payload.aud ?? payload.client_id].flat();
  if (!meant.some((name) => typeof name === "string" && audience.includes(name)))
    throw tokenRefused(`it is for another audience, expected \`${audience.join("` or `")}\``);
  return payload;
}

/** By jose's code: what is wrong with the token. Everything else is wrong with the issuer's keys, or out of reach. */
const refusals: Record<string, string> = {
  ERR_JWT_EXPIRED: "it is expired: get a new one",
  ERR_JWS_INVALID: "it is no JSON Web Token",
  ERR_JWT_INVALID: "it is no JSON Web Token",
  ERR_JOSE_NOT_SUPPORTED: "it asks for what is not supported",
  ERR_JOSE_ALG_NOT_ALLOWED: `its algorithm is none of ${algorithms.join(", ")}`,
  ERR_JWKS_NO_MATCHING_KEY: "it is signed with a key that the issuer does not name",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "its header has no `kid`",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "its signature is not the issuer's",
};

function refusalOf(error: unknown, issuer: string): Problem {
  const { code = "", claim } = error as Partial<errors.JWTClaimValidationFailed>;
  if (code === "ERR_JWT_CLAIM_VALIDATION_FAILED") {
    if (claim === "iss") return tokenRefused(`it is of another issuer, expected \`${issuer}\``);
    return tokenRefused(claim === "nbf" ? "it is not valid yet" : `its claim \`${claim}\` is missing or no good`);
  }
  const why = refusals[code];
  if (why !== undefined) return tokenRefused(why);
  return new Problem(503, "unavailable", `the keys of the issuer \`${issuer}\` are not available: try again`, { headers: { "retry-after": "5" } });
}
