/** What can be set from outside for the local server, each with its default. */
import { isLoopback } from "./auth-loopback.ts";
import { isTrustworthy } from "./auth-own-issuer.ts";
import { CannotStart } from "./cannot-start.ts";

/** Who says who somebody is. */
export type Auth =
  | { by: "nobody" }
  | { by: "demo-issuer" }
  /** `rolesClaim`: undefined where it is as Cognito's. */
  | { by: "own-issuer"; issuer: string; audience: readonly string[]; rolesClaim: string | undefined };

export interface Settings {
  host: string;
  /** 0: any free one. */
  port: number;
  dataFolder: string;
  demo: boolean;
  /** Of another DynamoDB-compatible store than the embedded one; null: the embedded one. */
  endpoint: string | null;
  auth: Auth;
}

/** @throws CannotStart for a value that makes no sense */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const { HOST, PORT, DATA_DIR, DEMO, DYNAMODB_ENDPOINT } = environment;
  const port = PORT || "3000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new CannotStart(`PORT must be a number from 0 to 65535, got \`${PORT}\``);
  const demo = (DEMO || "on").toLowerCase();
  if (demo !== "on" && demo !== "off") throw new CannotStart(`DEMO must be \`on\` or \`off\`, got \`${DEMO}\``);
  const host = HOST || "127.0.0.1";
  const auth = authFrom(environment);
  if (auth.by === "nobody" && !isLoopback(host))
    throw new CannotStart(`without sign-in the service is for this machine only: got HOST=\`${host}\`, set AUTH=on or leave HOST out`);
  return { host, port: Number(port), dataFolder: DATA_DIR || ".data", demo: demo === "on", endpoint: DYNAMODB_ENDPOINT || null, auth };
}

function authFrom({ AUTH, OIDC_ISSUER, OIDC_AUDIENCE, ROLES_CLAIM }: NodeJS.ProcessEnv): Auth {
  const auth = (AUTH || (OIDC_ISSUER ? "on" : "off")).toLowerCase();
  if (auth !== "on" && auth !== "off") throw new CannotStart(`AUTH must be \`on\` or \`off\`, got \`${AUTH}\``);
  if (!OIDC_ISSUER) {
    if (OIDC_AUDIENCE || ROLES_CLAIM)
      throw new CannotStart("OIDC_AUDIENCE and ROLES_CLAIM belong to an issuer: set OIDC_ISSUER too, or leave them out");
    return { by: auth === "on" ? "demo-issuer" : "nobody" };
  }
  if (auth === "off") throw new CannotStart("AUTH is off although OIDC_ISSUER is set: leave one of them out");
  if (!isTrustworthy(OIDC_ISSUER)) throw new CannotStart(`OIDC_ISSUER must be an address with https, got \`${OIDC_ISSUER}\``);
  const audience = (OIDC_AUDIENCE ?? "").split(",").map((name) => name.trim());
  if (audience.includes("")) throw new CannotStart("OIDC_AUDIENCE must name whom the issuer's tokens are for, with commas between");
  return { by: "own-issuer", issuer: OIDC_ISSUER, audience, rolesClaim: ROLES_CLAIM || undefined };
}
