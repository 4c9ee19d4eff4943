/**
 * A body for each route that takes one, as the API page shows it: one customer's year, which can be sent in this order as
 * it stands. The figures are those of the worked examples: a purchase in April, a notice in time on its last day, support
 * brought back half a year after it lapsed.
 */
import type { RouteKey } from "./operation.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });
const account = "/v1/accounts/{accountId}";

const check = {
  accountId: "acme",
  asOf: "2026-03-02T09:30:00Z",
  request: {
    kind: "error",
    productId: "qs-analyzer",
    productVersion: "2025.11",
    environment: "production",
    severity: "severity-2",
    channel: "portal",
    contactId: "jmeier",
    language: "en",
    provides: ["description"],
  },
};

const quotes = {
  "Buy more": {
    kind: "additional-purchase",
    accountId: "acme",
    contractId: "c-1",
    asOf: "2026-04-01",
    deliveredOn: "2026-04-01",
    lines: [{ productId: "qs-analyzer", seats: 5, annualFee: chf("10000.00") }],
  },
  Renew: { kind: "renewal", accountId: "acme", contractId: "c-1", asOf: "2026-10-01" },
  "Bring lapsed support back": { kind: "reinstatement", accountId: "acme", contractId: "c-1", asOf: "2026-11-20", reinstateOn: "2027-07-01" },
};

const notices = {
  "The customer does not renew": { kind: "non-renewal", form: "email", receivedOn: "2026-11-16" },
  "The vendor raises the fee": {
    kind: "price-increase",
    form: "letter",
    receivedOn: "2026-11-01",
    newFees: [{ licenseId: "l-1", annualFee: chf("10500.00") }],
  },
};

/** The least that a policy of one's own says; a longer one stands in docs/example-policy. */
const policy = {
  id: "northwind-care",
  version: "1",
  vendor: "Northwind Telemetry",
  title: "Northwind Telemetry Care Terms",
  zone: "Europe/Oslo",
  effectiveFrom: "2026-01-01",
  programs: ["gold", "silver"],
  severities: [{ id: "urgent", says: "no telemetry arrives" }],
  calendars: {},
  readings: [],
  clauses: [
    { id: "A.1", says: "care for what is under a running contract", conditions: [{ condition: "covered", otherwise: "fail" }] },
    {
      id: "C.1",
      says: "first response to what is urgent in an hour by the clock",
      deadlines: [{ deadline: "first-response", severity: "urgent", targetMinutes: 60, clock: "elapsed", commitment: "committed" }],
    },
    { id: "E", says: "these terms may change", informs: "each version has the day from which it is in force" },
  ],
};

/** By route, and by what the example shows. */
export const requestExamples: Readonly<Partial<Record<RouteKey, Readonly<Record<string, object>>>>> = {
  "PUT /v1/products/{productId}": {
    "A product with its versions": {
      name: "QS Analyzer",
      productLine: "Query Studio",
      kind: "software",
      versions: [{ version: "2025.11", supportEndsOn: "2027-11-30" }],
    },
  },
  "PUT /v1/price-lists/{priceListId}": {
    "A price list": {
      policyId: "ebiexperts-support",
      effectiveFrom: "2026-01-01",
      currency: "CHF",
      items: [{ productId: "qs-analyzer", annualFeePerSeat: chf("1050.00") }],
    },
  },
  [`PUT ${account}`]: { "An account": { name: "Acme AG", customerNumber: "4711", region: "Zurich" } },
  [`PUT ${account}/licenses/{licenseId}`]: {
    "A perpetual license": { productId: "qs-analyzer", kind: "perpetual", seats: 10, deliveredOn: "2026-01-01", soldBy: "direct" },
  },
  [`PUT ${account}/premises/{premisesId}`]: { Premises: { name: "Head office", region: "uk-eu", country: "CH", timeZone: "Europe/Zurich" } },
  [`PUT ${account}/contracts/{contractId}`]: {
    "A contract for one license": {
      policyId: "ebiexperts-support",
      program: "enterprise",
      currency: "CHF",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      soldBy: "direct",
      lines: [{ licenseId: "l-1", annualFee: chf("10000.00") }],
    },
  },
  [`PUT ${account}/contracts/{contractId}/lines/{licenseId}`]: { "One line": { annualFee: chf("10000.00") } },
  [`PUT ${account}/contacts/{contactId}`]: {
    "A technical contact": { name: "Jane Meier", email: "jane@acme.example", role: "technical-contact", activeFrom: "2026-01-01" },
  },
  [`PUT ${account}/invoices/{invoiceId}`]: {
    "An invoice, not yet paid": {
      contractId: "c-1",
      kind: "support",
      issuedOn: "2026-01-02",
      dueOn: "2026-02-01",
      amount: chf("10000.00"),
      payments: [],
    },
  },
  [`PUT ${account}/invoices/{invoiceId}/payments/{paymentId}`]: { "A payment": { paidOn: "2026-01-28", amount: chf("10000.00") } },
  "POST /v1/entitlement-checks": { "May we work on this case?": check },
  "POST /v1/entitlement-checks/preview": { "May we work on this case?": check },
  "POST /v1/entitlement-checks/batch": {
    "Two cases at once": { items: [check, { ...check, request: { ...check.request, channel: "phone", severity: "severity-1" } }] },
  },
  "POST /v1/decisions/{decisionId}/replay": { "How it is now": {}, "How it would be on a day": { asOf: "2026-12-31" } },
  "POST /v1/contact-checks": {
    "May he be named as a contact?": {
      accountId: "acme",
      asOf: "2026-03-02",
      contact: { contactId: "tnew", name: "Tom New", role: "technical-contact", activeFrom: "2026-03-02" },
      actorContactId: "jmeier",
      channel: "portal",
    },
  },
  "POST /v1/severity-assessments": {
    "How severe is it?": {
      policyId: "ebiexperts-support",
      impact: { environment: "production", inoperable: true, serverSideFailure: true, plannedMaintenance: false, outsideVendorControl: false },
    },
  },
  "POST /v1/case-closure-checks": {
    "May the case be closed?": {
      policyId: "ebiexperts-support",
      openedAt: "2026-03-02T07:30:00Z",
      lastVendorMessageAt: "2026-03-02T09:00:00Z",
      lastCustomerMessageAt: "2026-03-02T07:30:00Z",
    },
  },
  "POST /v1/quotes/preview": quotes,
  "POST /v1/quotes": quotes,
  "POST /v1/quotes/{quoteId}/replay": { "How it is now": {} },
  "POST /v1/quotes/{quoteId}/accept": { "It was paid": { paidOn: "2026-12-15" } },
  "POST /v1/quotes/{quoteId}/void": { "Another offer takes its place": { reason: "another offer was made" } },
  [`POST ${account}/contracts/{contractId}/notices/preview`]: notices,
  [`POST ${account}/contracts/{contractId}/notices`]: notices,
  "POST /v1/exceptions": {
    "A waived part of a fee": {
      accountId: "acme",
      contractId: "c-1",
      clause: "7.3",
      reason: "the customer merged with another one",
      approvedBy: "head of sales",
      until: "2027-12-31",
      amountWaived: chf("100.00"),
    },
  },
  "PUT /v1/policies/{policyId}/versions/{version}": { "A short policy": policy },
  "POST /v1/imports": { "Contracts from a file": { kind: "contracts" } },
  "POST /v1/sweeps": { "What is due by a day": { asOf: "2026-11-16T12:00:00Z" } },
};
