/** What is done to a good request, and whether it must be refused for it. */

import { inBody } from "./in-body.ts";
import { inClaims } from "./in-claims.ts";
import { canary, type Draft, type Setting, whoAndKey } from "./parts.ts";
import { roundBody } from "./round-body.ts";

export interface Mutation {
  name: string;
  /** They are done in this order; of two that touch the same, the first drawn is done. */
  order: number;
  /** Taken once in so many times that it is drawn: it is costly. */
  rare?: number;
  /** Means something only after the requests before it. */
  ofEarlier?: true;
  fits(setting: Setting): boolean;
  /** @returns whether the request must be refused now, whatever else is in it */
  apply(draft: Draft, setting: Setting): boolean;
}

const listRoute = ({ operation }: Setting) => Object.hasOwn(operation.query?.shape ?? {}, "cursor");
const hasQuery = ({ operation }: Setting, name: string) => Object.hasOwn(operation.query?.shape ?? {}, name);
const add = (draft: Draft, pair: string): true => {
  draft.query = draft.query === "" ? pair : `${draft.query}&${pair}`;
  return true;
};

const badIds = [
  "",
  "x".repeat(129),
  "a/b",
  "../../etc/passwd",
  "..\\x",
  "\u0000",
  "a b",
  "\u{1f701}",
  "a%",
  "a+b",
  "@",
  "~",
  "a;b",
  "a,b",
  "{accountId}",
  "\ud800",
  "=1+1",
  "<b>",
];
const goodIds = ["x".repeat(128), "__proto__", "constructor", "toString", "-", "...", "A-Z.a_z:0"];

const inQuery: Mutation[] = [
  {
    name: "query: unknown",
    order: 20,
    fits: () => true,
    apply: (draft, { chance }) => add(draft, chance.oneOf([`${canary}=1`, "dryRun=true", "__proto__=1", "constructor=x"])),
  },
  { name: "query: repeated", order: 20, fits: listRoute, apply: (draft) => add(draft, "limit=1&limit=2") },
  {
    name: "query: malformed",
    order: 20,
    fits: () => true,
    apply: (draft, { chance }) => add(draft, chance.oneOf(["%zz=1", "x=%ff", "limit=%C0%80", "%00=1"])),
  },
  {
    name: "query: limit",
    order: 20,
    fits: listRoute,
    apply: (draft, { chance }) => add(draft, `limit=${chance.oneOf(["0", "1000001", "-1", "1e1", "2.0", "NaN", "1e21", "%D9%A3", "-0"])}`),
  },
  {
    name: "query: times",
    order: 20,
    fits: (s) => hasQuery(s, "asOf"),
    apply: (draft, { chance }) =>
      add(
        draft,
        chance.oneOf([
          "asOf=2025-02-30",
          "asOf=yesterday",
          "asOf=2026-03-01T24:00:00Z",
          "knownAt=2026-01-01T00:00:00",
          "knownAt=2900-01-01",
          "knownAt=%2B012025-01-01",
        ]),
      ),
  },
  {
    name: "query: cursor is junk",
    order: 20,
    fits: listRoute,
    apply: (draft, { chance }) => add(draft, `cursor=${chance.oneOf(["x", "null", "MQ", "A".repeat(4_097), "%ff", "__proto__"])}`),
  },
  {
    name: "query: cursor of another list",
    ofEarlier: true,
    order: 20,
    fits: listRoute,
    apply(draft, { chance, memory }) {
      const foreign = memory.cursors.filter(({ list }) => list !== draft.path);
      return foreign.length > 0 && add(draft, `cursor=${chance.oneOf(foreign).cursor}`);
    },
  },
  {
    name: "query: search text",
    order: 20,
    fits: (s) => hasQuery(s, "q"),
    apply: (draft, { chance }) => !add(draft, `q=${chance.oneOf([canary, "%27%20OR%201%3D1", "%3Cscript%3E", "%2e%2e%2f"])}`),
  },
];

const inPath: Mutation[] = [
  {
    name: "path: no id",
    order: 10,
    fits: ({ operation, routeKey }) => operation.params !== undefined && !routeKey.includes("{version}"),
    apply(draft, { chance }) {
      const name = chance.oneOf(Object.keys(draft.pathParameters));
      draft.pathParameters[name] = chance.oneOf<unknown>([...badIds, undefined, 1, {}, ["acme"]]);
      return true;
    },
  },
  {
    name: "path: unknown parameter",
    order: 10,
    fits: ({ operation }) => operation.params !== undefined,
    apply(draft) {
      draft.pathParameters[canary] = canary;
      return true;
    },
  },
  {
    name: "path: an odd id",
    order: 10,
    fits: ({ operation }) => operation.params !== undefined,
    apply(draft, { chance }) {
      draft.pathParameters[chance.oneOf(Object.keys(draft.pathParameters))] = chance.oneOf(goodIds);
      return false;
    },
  },
];

const inHeaders: Mutation[] = [
  {
    name: "header: no idempotency key",
    order: whoAndKey,
    fits: ({ operation }) => operation.idempotency === "required",
    apply(draft) {
      delete draft.headers["idempotency-key"];
      return true;
    },
  },
  {
    name: "header: malformed idempotency key",
    order: whoAndKey,
    fits: ({ operation }) => operation.idempotency !== undefined,
    apply(draft, { chance }) {
      draft.headers["idempotency-key"] = chance.oneOf(["", " ", "a b", "x".repeat(256), "\u0000", "ключ", "a\nb", "\ud800"]);
      return true;
    },
  },
  {
    name: "header: key used for another body",
    order: whoAndKey,
    ofEarlier: true,
    fits: ({ operation, routeKey, memory }) => operation.idempotency !== undefined && memory.keys.some((one) => one.routeKey === routeKey),
    apply(draft, { chance, memory }) {
      const used = chance.oneOf(memory.keys.filter((one) => one.routeKey === draft.routeKey));
      draft.path = used.path;
      draft.pathParameters = Object.fromEntries(
        [...draft.routeKey.matchAll(/\{(\w+)\}/g)].map(([, name]) => [
          name as string,
          used.path.split("/")[draft.routeKey.split("/").indexOf(`{${name}}`)] as string,
        ]),
      );
      draft.headers["idempotency-key"] = used.key;
      // Where the body is the same, it is the request itself again.
      return used.text !== draft.text && draft.text !== "";
    },
  },
  {
    name: "header: key of another caller",
    order: whoAndKey,
    fits: ({ operation, routeKey, memory }) => operation.idempotency !== undefined && memory.keys.some((one) => one.routeKey === routeKey),
    apply(draft, { chance, memory }) {
      draft.headers["idempotency-key"] = chance.oneOf(memory.keys.filter((one) => one.routeKey === draft.routeKey)).key;
      draft.claims = { ...(draft.claims as object), sub: `somebody-${chance.between(1, 1_000_000_000)}` };
      return false;
    },
  },
  {
    name: "header: stale if-match",
    order: 31,
    fits: ({ operation }) => operation.requestHeaders !== undefined,
    apply(draft, { chance }) {
      draft.headers["if-match"] = chance.oneOf(['"0"', `W/"${canary}"`, canary, ",,,", '"a", "b"']);
      return true;
    },
  },
  {
    name: "header: lies",
    order: 32,
    fits: () => true,
    apply(draft, { chance }) {
      const lies: Record<string, string>[] = [
        { "x-user": "admin", "x-roles": "admin", "x-amzn-oidc-identity": canary },
        { "x-http-method-override": "DELETE", "x-original-url": "/v1/accounts/acme" },
        { cookie: canary, "x-forwarded-for": canary, referer: canary },
        { "content-length": "0", "transfer-encoding": "chunked" },
        { accept: "text/html", "accept-encoding": canary, "if-none-match": canary },
      ];
      Object.assign(draft.headers, chance.oneOf(lies));
      return false;
    },
  },
];

export const mutations: readonly Mutation[] = [...inPath, ...inQuery, ...inHeaders, ...inClaims, ...inBody, ...roundBody];
