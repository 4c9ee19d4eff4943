/** Lets a request in, or says who would be let in. Tested before anything of the request is read. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { accessOf } from "./access.ts";
import { type Identity, identityOf } from "./identity.ts";
import { Problem } from "./problem.ts";

/**
 * People are admitted by their role and programs by their scope. A token that speaks of roles is a person's, and its
 * scopes count for nothing: what a program may do is not for whoever signs in with it.
 * @throws Problem 401 without an access token, 403 where the table of access does not let its bearer
 */
export function admit(event: APIGatewayProxyEventV2, rolesClaim: string): void {
  const access = accessOf(event.routeKey);
  if (access === "anyone") return;
  const { roles, scopes } = identityOf(event, rolesClaim);
  if (access === undefined) throw new Problem(403, "role-missing", "nobody may do this: the route is not in the table of access");
  const may = roles === null ? scopes.includes(access.scope) : roles.some((role) => access.roles.includes(role));
  if (may) return;
  const needed = `people in ${listed(access.roles)} and for programs with the scope \`${access.scope}\``;
  throw new Problem(403, "role-missing", `this is for ${needed}; ${holdingOf({ roles, scopes })}`, {
    headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${access.scope}"` },
  });
}

function holdingOf({ roles, scopes }: Identity): string {
  if (roles !== null) return roles.length === 0 ? "the token has none of our roles" : `the token has ${listed(roles)}`;
  return scopes.length === 0 ? "the token has neither role nor scope" : `the token has ${listed(scopes)}`;
}

const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
