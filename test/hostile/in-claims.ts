/** Tokens of the wrong people and of wrong shapes; each must be refused wherever an identity is needed. */
import { roles } from "../../functions/http/roles.ts";
import { accessRows } from "../functions/http/roles-page.ts";
import type { Mutation } from "./mutations.ts";
import { adminClaims, canary, whoAndKey } from "./parts.ts";

const shapes: unknown[] = [
  null,
  "admin",
  ["admin"],
  {},
  { ...adminClaims, sub: "", client_id: "" },
  { ...adminClaims, sub: 7 },
  { ...adminClaims, sub: { toString: "admin" } },
  { ...adminClaims, token_use: "id" },
  { ...adminClaims, token_use: ["access"] },
  { ...adminClaims, typ: "ID" },
  { ...adminClaims, at_hash: canary },
  { sub: "tester", token_use: "access", "cognito:groups": "[admin]" },
  { ...adminClaims, "cognito:groups": { admin: true } },
  { ...adminClaims, "cognito:groups": [["admin"]] },
  { ...adminClaims, "cognito:groups": "[ADMIN]" },
  { ...adminClaims, "cognito:groups": "admin,finance" },
  { ...adminClaims, "cognito:groups": "[__proto__ constructor]" },
  { ...adminClaims, "cognito:groups": "" },
  { ...adminClaims, "cognito:groups": 1, scope: "good-standing/admin good-standing/write" },
  { ...adminClaims, "cognito:groups": undefined, scope: "good-standing/adminn good-standing" },
  { ...adminClaims, "cognito:groups": undefined, scope: { "good-standing/admin": true } },
];

const guarded = (routeKey: string) => accessRows.get(routeKey)?.open !== true;

export const inClaims: Mutation[] = [
  {
    name: "claims: of a wrong shape",
    order: 40,
    fits: ({ routeKey }) => guarded(routeKey),
    apply(draft, { chance }) {
      draft.claims = chance.oneOf(shapes);
      return true;
    },
  },
  {
    name: "claims: a role that may not",
    order: 40,
    fits: ({ routeKey }) => guarded(routeKey) && roles.some((role) => !accessRows.get(routeKey)?.roles.includes(role)),
    apply(draft, { chance, routeKey }) {
      const role = chance.oneOf(roles.filter((one) => !accessRows.get(routeKey)?.roles.includes(one)));
      draft.claims = { ...adminClaims, "cognito:groups": `[${role}]`, scope: "good-standing/admin" };
      return true;
    },
  },
  {
    name: "claims: a mail address as subject",
    order: whoAndKey,
    fits: () => true,
    apply(draft) {
      draft.claims = { ...adminClaims, sub: `${canary}@person.example`, name: canary, phone_number: canary };
      return false;
    },
  },
];
