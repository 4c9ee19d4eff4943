/** A good request for each route of the service, and the documents that facts are written as. */
import { northwindJson } from "../northwind.ts";
import { check, facts, questions } from "./documents.ts";

export const account = "/v1/accounts/acme";
export const notices = `${account}/contracts/c-1/notices`;
export const body = (kind: string) => ({ ...(facts[kind] ?? questions[kind])?.required });

/** Ids that the service made. */
export const made: Record<"decision" | "notice" | "quote" | "accepted" | "voided" | "exception" | "import", string> = {
  decision: "chk_none",
  notice: "ntc_none",
  quote: "qt_none",
  accepted: "qt_none",
  voided: "qt_none",
  exception: "exc_none",
  import: "imp_none",
};

export type Sent = [target: () => string, body?: object];
/** A good request for each route, in an order in which they can be sent. */
export const good: Record<string, Sent> = {
  "GET /v1/health": [() => "/v1/health"],
  "GET /v1/openapi.json": [() => "/v1/openapi.json"],
  "GET /docs": [() => "/docs"],
  "GET /docs/redoc.js": [() => "/docs/redoc.js"],
  "GET /v1/schemas/policy.json": [() => "/v1/schemas/policy.json"],
  "GET /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": [() => `${account}/contracts/c-1/lines/l-1`],
  "GET /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": [() => `${account}/invoices/inv-7/payments/p-1`],
  "GET /v1/accounts/{accountId}/facts": [() => `${account}/facts`],
  "GET /v1/accounts/{accountId}/standing": [() => `${account}/standing`],
  "GET /v1/accounts/{accountId}/contracts/{contractId}/renewal": [() => `${account}/contracts/c-1/renewal`],
  "GET /v1/accounts/{accountId}/decisions": [() => `${account}/decisions`],
  "GET /v1/accounts/{accountId}/notices": [() => `${account}/notices`],
  "GET /v1/accounts/{accountId}/notices/{noticeId}": [() => `${account}/notices/${made.notice}`],
  "GET /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}": [() => `${notices}/${made.notice}`],
  "GET /v1/accounts/{accountId}/quotes": [() => `${account}/quotes`],
  "GET /v1/accounts/{accountId}/exceptions": [() => `${account}/exceptions`],
  "GET /v1/accounts/{accountId}/exceptions/{exceptionId}": [() => `${account}/exceptions/${made.exception}`],
  "GET /v1/decisions": [() => "/v1/decisions?caseId=case-1"],
  "GET /v1/decisions/{decisionId}": [() => `/v1/decisions/${made.decision}`],
  "POST /v1/decisions/{decisionId}/replay": [() => `/v1/decisions/${made.decision}/replay`, {}],
  "POST /v1/entitlement-checks": [() => "/v1/entitlement-checks", check],
  "POST /v1/entitlement-checks/preview": [() => "/v1/entitlement-checks/preview", check],
  "POST /v1/entitlement-checks/batch": [() => "/v1/entitlement-checks/batch", { items: [check, {}] }],
  "POST /v1/contact-checks": [() => "/v1/contact-checks", body("a contact check")],
  "POST /v1/severity-assessments": [() => "/v1/severity-assessments", body("a severity assessment")],
  "POST /v1/case-closure-checks": [() => "/v1/case-closure-checks", body("a case closure check")],
  "POST /v1/quotes": [() => "/v1/quotes", body("a renewal")],
  "POST /v1/quotes/preview": [() => "/v1/quotes/preview", body("a reinstatement")],
  "GET /v1/quotes/{quoteId}": [() => `/v1/quotes/${made.quote}`],
  "POST /v1/quotes/{quoteId}/replay": [() => `/v1/quotes/${made.quote}/replay`, {}],
  "POST /v1/quotes/{quoteId}/accept": [() => `/v1/quotes/${made.accepted}/accept`, { paidOn: "2026-04-01" }],
  "POST /v1/quotes/{quoteId}/void": [() => `/v1/quotes/${made.voided}/void`, { reason: "another offer was made" }],
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices": [() => notices, body("a notice")],
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/preview": [() => `${notices}/preview`, body("a notice")],
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}/withdraw": [() => `${notices}/${made.notice}/withdraw`, {}],
  "POST /v1/accounts/{accountId}/notices/{noticeId}/withdraw": [() => `${account}/notices/${made.notice}/withdraw`, {}],
  "POST /v1/exceptions": [() => "/v1/exceptions", body("an exception")],
  "POST /v1/sweeps": [() => "/v1/sweeps", {}],
  "GET /v1/sweeps/last": [() => "/v1/sweeps/last"],
  "GET /v1/events": [() => "/v1/events"],
  "GET /v1/deadlines": [() => "/v1/deadlines"],
  "GET /v1/deadlines.csv": [() => "/v1/deadlines.csv"],
  "GET /v1/deadlines.ics": [() => "/v1/deadlines.ics"],
  "GET /v1/policies": [() => "/v1/policies"],
  "GET /v1/policies/{policyId}": [() => "/v1/policies/ebiexperts-support"],
  "GET /v1/policies/{policyId}/versions/{version}": [() => "/v1/policies/northwind-support/versions/2026-01"],
  "PUT /v1/policies/{policyId}/versions/{version}": [() => "/v1/policies/northwind-support/versions/2026-01", northwindJson()],
  ...Object.fromEntries(
    ["contracts", "renewals", "decisions", "quotes"].map((one) => [`GET /v1/exports/${one}.csv`, [() => `/v1/exports/${one}.csv`]]),
  ),
  "POST /v1/imports": [() => "/v1/imports", { kind: "contracts" }],
  "GET /v1/imports": [() => "/v1/imports"],
  "GET /v1/imports/{importId}": [() => `/v1/imports/${made.import}`],
  "GET /v1/imports/{importId}/rows": [() => `/v1/imports/${made.import}/rows?outcome=rejected`],
  "POST /v1/imports/{importId}/commit": [() => `/v1/imports/${made.import}/commit`],
  "POST /v1/imports/{importId}/revert": [() => `/v1/imports/${made.import}/revert`],
  "DELETE /v1/accounts/{accountId}/exceptions/{exceptionId}": [() => `${account}/exceptions/${made.exception}`],
};

/** Facts are written anew, read, listed and taken back. */
export const kinds: [kind: string, pattern: string, path: string][] = [
  ["product", "/v1/products/{productId}", "/v1/products/other"],
  ["price list", "/v1/price-lists/{priceListId}", "/v1/price-lists/other"],
  ["account", "/v1/accounts/{accountId}", "/v1/accounts/other"],
  ["license", "/v1/accounts/{accountId}/licenses/{licenseId}", `${account}/licenses/other`],
  ["premises", "/v1/accounts/{accountId}/premises/{premisesId}", `${account}/premises/other`],
  ["contract", "/v1/accounts/{accountId}/contracts/{contractId}", `${account}/contracts/other`],
  ["contact", "/v1/accounts/{accountId}/contacts/{contactId}", `${account}/contacts/other`],
  ["invoice", "/v1/accounts/{accountId}/invoices/{invoiceId}", `${account}/invoices/other`],
  ["contract line", "/v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}", `${account}/contracts/c-1/lines/other`],
  ["payment", "/v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}", `${account}/invoices/inv-7/payments/other`],
];
export const lists = kinds
  .slice(0, 8)
  .map(([, pattern, path]) => [pattern, path].map((one) => one.slice(0, one.lastIndexOf("/"))) as [string, string]);
