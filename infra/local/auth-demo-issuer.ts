/**
 * An issuer to try sign-in with, on this machine: it gives an access token to whoever asks for a demo person or program,
 * without a password. So it gives none to who asks from elsewhere. Its tokens are signed, published and verified as
 * those of a real issuer are (OpenID Connect Discovery 1.0, RFC 9068).
 */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createLocalJWKSet, SignJWT } from "jose";
import { readBody } from "../../functions/http/body.ts";
import { defaultRolesClaim } from "../../functions/http/identity.ts";
import { newId } from "../../functions/http/ids.ts";
import { Problem, shown } from "../../functions/http/problem.ts";
import type { DemoKeys } from "./auth-demo-keys.ts";
import { demoNames, demoPersons, demoPrograms } from "./auth-demo-users.ts";
import { isLoopback } from "./auth-loopback.ts";
import { refuseForeignPages } from "./auth-open.ts";
import { type Trust, tokenSignIn } from "./auth-tokens.ts";
import type { Handler } from "./gateway.ts";

const audience = "good-standing";
const tokenSeconds = 12 * 3_600;

/** @param url of the local gateway; `now`: milliseconds since 1970 */
export function demoIssuer(url: string, { privateKey, publicJwk }: DemoKeys, now: () => number) {
  const issuer = `${url}/local`;
  const published = { keys: [publicJwk] };

  /** The claims that Cognito would give, and RFC 9068 asks for. @throws Problem 400 for a name that is none of the demo's */
  function tokenFor(name: string): Promise<string> {
    const seconds = Math.floor(now() / 1_000);
    return new SignJWT({ client_id: audience, token_use: "access", ...claimsOf(name) })
      .setProtectedHeader({ alg: "RS256", kid: publicJwk.kid, typ: "at+jwt" })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + tokenSeconds)
      .setJti(newId("tok", now()))
      .sign(privateKey);
  }

  const handlers = new Map<string, Handler>([
    ["GET /local/.well-known/openid-configuration", json(async () => configurationOf(issuer))],
    ["GET /local/.well-known/jwks.json", json(async () => published)],
    [
      "POST /local/token",
      json(async (event) => {
        refuseElsewhere(event, new URL(url).hostname);
        const token = await tokenFor(nameIn(event));
        // A shell takes the token as it is.
        if (event.headers.accept === "text/plain") return token;
        return { access_token: token, token_type: "Bearer", expires_in: tokenSeconds };
      }),
    ],
  ]);
  const trust: Trust = { issuer, audience: [audience], keys: createLocalJWKSet(published), now };
  return { issuer, audience, tokenFor, handlers, signIn: tokenSignIn(trust) };
}

function claimsOf(name: string): Record<string, unknown> {
  if (Object.hasOwn(demoPersons, name)) {
    const { subject, role } = demoPersons[name] as (typeof demoPersons)[string];
    return { sub: subject, username: name, scope: "openid", [defaultRolesClaim]: [role] };
  }
  if (Object.hasOwn(demoPrograms, name)) return { sub: name, client_id: name, scope: demoPrograms[name]?.join(" ") };
  throw new Problem(400, "no-such-user", `there is no demo user ${shown(name)}: ask for one of ${demoNames.map((one) => `\`${one}\``).join(", ")}`);
}

function configurationOf(issuer: string): object {
  return {
    issuer,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

/** A token for the asking is for the person at this machine, whatever interface the service listens on. @throws Problem 403 */
function refuseElsewhere({ headers, requestContext }: APIGatewayProxyEventV2, address: string): void {
  refuseForeignPages({ host: valueOf(headers.host), origin: valueOf(headers.origin) });
  const { sourceIp } = requestContext.http;
  // Who comes from the very address that we listen on is here too.
  const here = isLoopback(sourceIp) || sourceIp === address;
  if (here && headers.forwarded === undefined && headers["x-forwarded-for"] === undefined) return;
  throw new Problem(
    403,
    "not-from-here",
    "the demo issuer gives tokens on its own machine only: set OIDC_ISSUER to have people sign in from elsewhere",
  );
}

const valueOf = (header: string | undefined) => (header === undefined ? undefined : [header]);

function nameIn(event: APIGatewayProxyEventV2): string {
  const body = readBody({ body: event.body, isBase64Encoded: event.isBase64Encoded, contentType: "application/json" });
  const name = (body as { user?: unknown } | undefined)?.user;
  if (typeof name !== "string") throw new Problem(400, "invalid-request", 'send the name of a demo user: `{"user": "ada"}`');
  return name;
}

/** A handler that answers JSON, or a text as it is. Its problems are answered by the gateway. */
function json(answer: (event: APIGatewayProxyEventV2) => Promise<object | string>): Handler {
  return async (event) => {
    const answered = await answer(event);
    const [type, body] = typeof answered === "string" ? ["text/plain", answered] : ["application/json", JSON.stringify(answered)];
    return { statusCode: 200, headers: { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" }, body };
  };
}
