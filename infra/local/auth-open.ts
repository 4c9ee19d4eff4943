/**
 * No sign-in: everyone who can reach the server may do everything, which is why it listens on loopback only. A browser
 * reaches it too, on behalf of any page it shows, so what was sent for another page is refused.
 */
import { isIP } from "node:net";
import { defaultRolesClaim } from "../../functions/http/identity.ts";
import { Problem } from "../../functions/http/problem.ts";
import { isLoopback } from "./auth-loopback.ts";
import { type Asked, needsToken, type SignIn } from "./auth-sign-in.ts";

const local = { sub: "local", client_id: "local", token_use: "access", [defaultRolesClaim]: "[admin]" };

export const openSignIn: SignIn = async (asked) => {
  if (!needsToken(asked.routeKey)) return null;
  refuseForeignPages(asked.headers);
  return local;
};

/**
 * A page elsewhere shows itself by the name it reached us under (a name of its own that leads here: DNS rebinding; an
 * address cannot be made to) or by its origin. Programs send no origin. @throws Problem 403
 */
export function refuseForeignPages(headers: Asked["headers"]): void {
  const [host] = headers.host ?? [];
  const [origin] = headers.origin ?? [];
  const name = host === undefined ? null : hostnameOf(`http://${host}`);
  if (name !== null && !isLoopback(name) && !isAddress(name)) throw foreign("`Host` names another machine");
  if (origin === undefined || isLoopback(hostnameOf(origin)) || hostnameOf(origin) === name) return;
  throw foreign("`Origin` is a page of another machine");
}

function foreign(why: string): Problem {
  return new Problem(403, "not-from-here", `${why}: what is open to all is for this machine only (sign-in is AUTH=on)`);
}

const isAddress = (name: string) => isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;

/** Empty for what is no address of a page, such as the origin `null`. */
function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}
