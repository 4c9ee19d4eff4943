/** What stands at the door of the local gateway, in the place of API Gateway's authorizer. */
import { accessOf } from "../../functions/http/access.ts";

export interface Asked {
  routeKey: string;
  /** By lower-case name, each time it was sent. */
  headers: NodeJS.Dict<string[]>;
}

/**
 * The claims of the token for the handler; null where the route needs none.
 * @throws Problem 401 or 403 for who is not let in, 503 while it cannot be told
 */
export type SignIn = (asked: Asked) => Promise<Record<string, string> | null>;

/** Open routes, and those of the machine that are no part of the service, need no token. All others do. */
export function needsToken(routeKey: string): boolean {
  return accessOf(routeKey) !== "anyone" && !/^[A-Z]+ \/local\//.test(routeKey);
}
