/** What a hostile request consists of, and what is drawn on to make one. */
import type { Operation } from "../../functions/http/operation.ts";
import type { Chance } from "../simulation/chance.ts";

/** Stands for what must never be in a log: names, addresses, tokens, bodies, unknown keys. */
export const canary = "canary7f3a";

export interface HostileRequest {
  number: number;
  routeKey: string;
  path: string;
  pathParameters: Record<string, unknown>;
  query: string;
  headers: Record<string, string>;
  /** What the gateway says of the token; null: there was none. */
  claims: unknown;
  text: string;
  isBase64: boolean;
  kinds: string[];
  /** The statuses of which the answer must have one; null: whatever is no fault. */
  allowed: readonly number[] | null;
}

/** What earlier answers gave: other people's keys, cursors of other lists. */
export interface Memory {
  keys: { routeKey: string; path: string; caller: string; key: string; text: string }[];
  cursors: { list: string; cursor: string }[];
  ids: Record<string, string>;
}

export type Draft = Omit<HostileRequest, "kinds" | "allowed" | "number">;

export interface Setting {
  chance: Chance;
  operation: Operation;
  routeKey: string;
  memory: Memory;
}

export const adminClaims = {
  iss: "https://issuer",
  sub: "tester",
  client_id: "desk",
  token_use: "access",
  "cognito:groups": "[admin]",
  email: `${canary}@person.example`,
};

/** The order of what changes a caller or a key: keys belong to callers, so it is done once, before all else. */
export const whoAndKey = 5;
