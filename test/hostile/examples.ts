/** A good request for every route: what is changed in it is what the hostile ones are made of. */

import { documents } from "../functions/http/example.ts";
import { northwindJson } from "../northwind.ts";

export interface Example {
  body: object;
  /** Members without which the contract calls it no document. */
  required: readonly string[];
}

const example = (body: object, ...required: string[]): Example => ({ body, required });
const account = "/v1/accounts/{accountId}";

/** By route; a route that is not here takes no body. */
export const examples: Readonly<Record<string, Example>> = {
  "PUT /v1/products/{productId}": example(documents.product, "name", "productLine", "kind"),
  "PUT /v1/price-lists/{priceListId}": example(documents.priceList, "policyId", "effectiveFrom", "currency", "items"),
  [`PUT ${account}`]: example(documents.account, "name"),
  [`PUT ${account}/licenses/{licenseId}`]: example(
    { ...documents.license, soldBy: { reseller: "Resell" }, retiredOn: "2026-06-30" },
    "productId",
    "kind",
    "seats",
    "deliveredOn",
  ),
  [`PUT ${account}/premises/{premisesId}`]: example(documents.premises, "name", "region"),
  [`PUT ${account}/contracts/{contractId}`]: example(documents.contract, "policyId", "program", "currency", "term", "soldBy", "lines"),
  [`PUT ${account}/contracts/{contractId}/lines/{licenseId}`]: example(documents.line, "annualFee"),
  [`PUT ${account}/contacts/{contactId}`]: example({ ...documents.contact, licenseIds: ["l-1"], registeredInPortal: true }, "name", "role"),
  [`PUT ${account}/invoices/{invoiceId}`]: example(
    { ...documents.invoice, payments: [documents.payment], disputed: false },
    "kind",
    "issuedOn",
    "dueOn",
    "amount",
  ),
  [`PUT ${account}/invoices/{invoiceId}/payments/{paymentId}`]: example(documents.payment, "paidOn", "amount"),
  "POST /v1/entitlement-checks": example(documents.check, "accountId", "request"),
  "POST /v1/entitlement-checks/preview": example(documents.check, "accountId", "request"),
  "POST /v1/entitlement-checks/batch": example({ items: [] }, "items"),
  "POST /v1/decisions/{decisionId}/replay": example({ asOf: "2026-03-02T12:00:00Z" }),
  "POST /v1/quotes/{quoteId}/replay": example({ asOf: "2026-03-02T12:00:00Z" }),
  [`POST ${account}/contracts/{contractId}/notices`]: example(documents.notice, "kind", "form", "receivedOn"),
  [`POST ${account}/contracts/{contractId}/notices/preview`]: example(documents.notice, "kind", "form", "receivedOn"),
  [`POST ${account}/contracts/{contractId}/notices/{noticeId}/withdraw`]: example({}),
  [`POST ${account}/notices/{noticeId}/withdraw`]: example({}),
  "POST /v1/contact-checks": example(documents.contactCheck, "accountId", "contact"),
  "POST /v1/severity-assessments": example(documents.severity, "policyId", "impact"),
  "POST /v1/case-closure-checks": example(documents.closure, "policyId"),
  "POST /v1/imports": example({ kind: "contracts" }, "kind"),
  "POST /v1/quotes": example(documents.quote, "kind", "accountId", "contractId", "reinstateOn"),
  "POST /v1/quotes/preview": example(documents.quote, "kind", "accountId", "contractId", "reinstateOn"),
  "POST /v1/quotes/{quoteId}/accept": example({ paidOn: "2026-07-01" }, "paidOn"),
  "POST /v1/quotes/{quoteId}/void": example({ reason: "another offer was made" }, "reason"),
  "POST /v1/exceptions": example(documents.exception, "accountId", "clause", "reason", "approvedBy", "until"),
  "POST /v1/sweeps": example({ asOf: "2026-11-22T12:00:00Z" }),
  "PUT /v1/policies/{policyId}/versions/{version}": example(northwindJson(), "id", "version", "vendor", "clauses"),
};

/** What stands in the place of a path's parameters. */
export const pathIds: Readonly<Record<string, string>> = {
  accountId: "acme",
  licenseId: "l-1",
  premisesId: "hq",
  contractId: "c-1",
  contactId: "jmeier",
  invoiceId: "inv-7",
  paymentId: "p-1",
  productId: "qs-analyzer",
  priceListId: "pl-2026",
  policyId: "northwind-support",
  version: "2026-01",
};
