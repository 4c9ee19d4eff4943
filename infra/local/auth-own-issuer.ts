/** An issuer of one's own, found by its address: OpenID Connect Discovery 1.0, section 4. */
import { createRemoteJWKSet } from "jose";
import { isLoopback } from "./auth-loopback.ts";
import type { SignIn } from "./auth-sign-in.ts";
import { type Trust, tokenSignIn } from "./auth-tokens.ts";
import { CannotStart } from "./cannot-start.ts";

const patienceMilliseconds = 5_000;

/** @throws CannotStart when there is no such issuer */
export async function ownIssuer(issuer: string, audience: readonly string[], now: () => number): Promise<SignIn> {
  const described = await configurationOf(issuer);
  if (described.issuer !== issuer)
    throw new CannotStart(`the issuer at ${issuer} says it is \`${described.issuer}\`: set OIDC_ISSUER to exactly that`);
  const address = String(described.jwks_uri);
  if (!isTrustworthy(address)) throw new CannotStart(`the issuer at ${issuer} names no safe address of its keys: got \`${address}\`, expected https`);
  const keys = createRemoteJWKSet(new URL(address), { timeoutDuration: patienceMilliseconds });
  const trust: Trust = { issuer, audience, keys, now };
  return tokenSignIn(trust);
}

/** Keys that come unencrypted could be anyone's. */
export function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

async function configurationOf(issuer: string): Promise<{ issuer?: unknown; jwks_uri?: unknown }> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patienceMilliseconds) });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    return Object(await response.json());
  } catch (error) {
    const { message, cause } = error as Error;
    throw new CannotStart(`the issuer does not answer at ${address}: ${cause instanceof Error ? cause.message : message} (set OIDC_ISSUER)`);
  }
}
