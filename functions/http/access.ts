/**
 * Who may do what: the one table of route × role. Both the gateway's routes and the functions' own check are made from
 * it. A route without a row is for nobody. In words: docs/roles.md.
 */
import type { RouteKey } from "./operation.ts";
import { type Role, roles, type Scope } from "./roles.ts";

/** `anyone`: needs no identity. Otherwise people with one of the roles, and programs with the scope. */
export type Access = "anyone" | { readonly roles: readonly Role[]; readonly scope: Scope };

const everyRole: readonly Role[] = roles;
const salesOps: readonly Role[] = ["sales-ops", "admin"];
const finance: readonly Role[] = ["finance", "admin"];
const commercial: readonly Role[] = ["sales-ops", "finance", "admin"];
const adminOnly: readonly Role[] = ["admin"];

const read = (who: readonly Role[]): Access => ({ roles: who, scope: "good-standing/read" });
const ask = (who: readonly Role[]): Access => ({ roles: who, scope: "good-standing/ask" });
const write: Access = { roles: salesOps, scope: "good-standing/write" };
const billing = (who: readonly Role[]): Access => ({ roles: who, scope: "good-standing/billing" });
const administer: Access = { roles: adminOnly, scope: "good-standing/admin" };

export const accessByRoute: Readonly<Partial<Record<RouteKey, Access>>> = {
  "GET /v1/health": "anyone",
  "GET /v1/openapi.json": "anyone",
  "GET /docs": "anyone",
  "GET /docs/redoc.js": "anyone",
  $default: "anyone",

  // Facts. Support reads what its answers rest on and writes none of it: nobody changes what gates their own case.
  "GET /v1/accounts": read(everyRole),
  "PUT /v1/accounts/{accountId}": write,
  "GET /v1/accounts/{accountId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}": write,
  "GET /v1/accounts/{accountId}/facts": read(everyRole),
  "PUT /v1/accounts/{accountId}/licenses/{licenseId}": write,
  "GET /v1/accounts/{accountId}/licenses/{licenseId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/licenses/{licenseId}": write,
  "GET /v1/accounts/{accountId}/licenses": read(everyRole),
  "PUT /v1/accounts/{accountId}/premises/{premisesId}": write,
  "GET /v1/accounts/{accountId}/premises/{premisesId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/premises/{premisesId}": write,
  "GET /v1/accounts/{accountId}/premises": read(everyRole),
  "PUT /v1/accounts/{accountId}/contracts/{contractId}": write,
  "GET /v1/accounts/{accountId}/contracts/{contractId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/contracts/{contractId}": write,
  "GET /v1/accounts/{accountId}/contracts": read(everyRole),
  "PUT /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": write,
  "GET /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": write,
  "PUT /v1/accounts/{accountId}/contacts/{contactId}": write,
  "GET /v1/accounts/{accountId}/contacts/{contactId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/contacts/{contactId}": write,
  "GET /v1/accounts/{accountId}/contacts": read(everyRole),
  "PUT /v1/accounts/{accountId}/invoices/{invoiceId}": billing(finance),
  "GET /v1/accounts/{accountId}/invoices/{invoiceId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/invoices/{invoiceId}": billing(finance),
  "GET /v1/accounts/{accountId}/invoices": read(everyRole),
  "PUT /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": billing(finance),
  "GET /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": billing(finance),

  // The catalog and policies are shared by all accounts.
  "GET /v1/products": read(everyRole),
  "PUT /v1/products/{productId}": administer,
  "GET /v1/products/{productId}": read(everyRole),
  "DELETE /v1/products/{productId}": administer,
  "GET /v1/price-lists": read(commercial),
  "PUT /v1/price-lists/{priceListId}": administer,
  "GET /v1/price-lists/{priceListId}": read(commercial),
  "DELETE /v1/price-lists/{priceListId}": administer,
  "GET /v1/policies": read(everyRole),
  "GET /v1/policies/{policyId}": read(everyRole),
  "GET /v1/policies/{policyId}/versions/{version}": read(everyRole),
  "PUT /v1/policies/{policyId}/versions/{version}": administer,
  "GET /v1/schemas/policy.json": read(everyRole),

  // Questions about a case.
  "POST /v1/entitlement-checks": ask(everyRole),
  "POST /v1/entitlement-checks/preview": ask(everyRole),
  "POST /v1/entitlement-checks/batch": ask(everyRole),
  "POST /v1/contact-checks": ask(everyRole),
  "POST /v1/severity-assessments": ask(everyRole),
  "POST /v1/case-closure-checks": ask(everyRole),
  "GET /v1/accounts/{accountId}/standing": read(everyRole),
  "GET /v1/decisions": read(everyRole),
  "GET /v1/decisions/{decisionId}": read(everyRole),
  "POST /v1/decisions/{decisionId}/replay": ask(everyRole),
  "GET /v1/accounts/{accountId}/decisions": read(everyRole),

  // Renewals and notices.
  "GET /v1/accounts/{accountId}/contracts/{contractId}/renewal": read(commercial),
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices": write,
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/preview": ask(salesOps),
  "GET /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}": read(everyRole),
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}/withdraw": write,
  "GET /v1/accounts/{accountId}/notices": read(everyRole),
  "GET /v1/accounts/{accountId}/notices/{noticeId}": read(everyRole),
  "POST /v1/accounts/{accountId}/notices/{noticeId}/withdraw": write,

  // Quotes. To accept one says that money came in.
  "POST /v1/quotes": billing(commercial),
  "POST /v1/quotes/preview": ask(commercial),
  "GET /v1/quotes/{quoteId}": read(commercial),
  "GET /v1/accounts/{accountId}/quotes": read(commercial),
  "POST /v1/quotes/{quoteId}/accept": billing(finance),
  "POST /v1/quotes/{quoteId}/void": billing(finance),
  "POST /v1/quotes/{quoteId}/replay": ask(commercial),

  // What the vendor lets pass although the policy does not.
  "POST /v1/exceptions": administer,
  "GET /v1/accounts/{accountId}/exceptions": read(everyRole),
  "GET /v1/accounts/{accountId}/exceptions/{exceptionId}": read(everyRole),
  "DELETE /v1/accounts/{accountId}/exceptions/{exceptionId}": administer,

  // Across all accounts.
  "GET /v1/deadlines": read(commercial),
  "GET /v1/deadlines.csv": read(commercial),
  "GET /v1/deadlines.ics": read(commercial),
  "GET /v1/exports/contracts.csv": read(commercial),
  "GET /v1/exports/renewals.csv": read(commercial),
  "GET /v1/exports/decisions.csv": read(everyRole),
  "GET /v1/exports/quotes.csv": read(commercial),
  "GET /v1/events": read(commercial),
  "POST /v1/imports": administer,
  "GET /v1/imports": administer,
  "GET /v1/imports/{importId}": administer,
  "GET /v1/imports/{importId}/rows": administer,
  "POST /v1/imports/{importId}/commit": administer,
  "POST /v1/imports/{importId}/revert": administer,
  "POST /v1/sweeps": administer,
  "GET /v1/sweeps/last": administer,
};

/** Undefined for a route that is not in the table, whatever its name: nobody may. */
export function accessOf(routeKey: string): Access | undefined {
  return Object.hasOwn(accessByRoute, routeKey) ? accessByRoute[routeKey as RouteKey] : undefined;
}
