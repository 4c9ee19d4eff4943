/**
 * Every document that the contract lets a caller write, as its text shows it: what must be there, and what may be. Nothing
 * here is taken from the program.
 */
const chf = (amount: string) => ({ amount, currency: "CHF" });

export interface Written {
  /** Where it is written. */
  path: string;
  /** What has no `?` in the contract. */
  required: Record<string, unknown>;
  /** What has one, each with a good value. */
  optional: Record<string, unknown>;
}

const line = { licenseId: "l-1", annualFee: chf("10000.00") };

/** By kind, in an order in which they can be written. */
export const facts: Record<string, Written> = {
  product: {
    path: "/v1/products/qs-analyzer",
    required: { name: "QS Analyzer", productLine: "Query Studio", kind: "software" },
    optional: {
      endOfLifeAnnouncedOn: "2029-01-01",
      endOfLifeOn: "2030-01-01",
      supportedLibrary: false,
      latestVersion: "2025.11",
      versions: [{ version: "2025.11", supportEndsOn: "2028-01-31" }],
    },
  },
  account: { path: "/v1/accounts/acme", required: { name: "Acme AG" }, optional: { customerNumber: "4711", region: "Zurich" } },
  license: {
    path: "/v1/accounts/acme/licenses/l-1",
    required: { productId: "qs-analyzer", kind: "subscription", seats: 10, deliveredOn: "2025-01-01" },
    optional: { deploymentId: "d-1", bundleId: "b-1", soldBy: { reseller: "Resell" }, termLastDay: "2026-12-31", retiredOn: "2027-06-30" },
  },
  premises: {
    path: "/v1/accounts/acme/premises/hq",
    required: { name: "Head office", region: "uk-eu" },
    optional: { timeZone: "Europe/Zurich", country: "CH" },
  },
  contract: {
    path: "/v1/accounts/acme/contracts/c-1",
    required: {
      policyId: "ebiexperts-support",
      program: "enterprise",
      currency: "CHF",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      soldBy: "direct",
      lines: [line],
    },
    optional: {
      policyVersion: "1",
      anchorOn: "2025-01-01",
      settings: { timeZone: "Europe/Zurich", autoRenew: true, readings: { "ebx-48h": "business-hours" } },
    },
  },
  contact: {
    path: "/v1/accounts/acme/contacts/jmeier",
    required: { name: "Jane Meier", role: "technical-contact" },
    optional: {
      email: "jane@acme.example",
      phone: "+41 44 000 00 00",
      licenseIds: ["l-1"],
      premisesIds: ["hq"],
      registeredInPortal: true,
      activeFrom: "2025-01-01",
      activeUntil: "2028-12-31",
    },
  },
  invoice: {
    path: "/v1/accounts/acme/invoices/inv-7",
    required: { kind: "support", issuedOn: "2026-01-02", dueOn: "2026-02-01", amount: chf("10000.00") },
    // The contract has no `?` at `payments`; absent, none were made: see docs/decisions/0043-what-may-be-left-out.md.
    optional: { contractId: "c-1", payments: [{ paidOn: "2026-01-20", amount: chf("10000.00") }], disputed: false, voidedOn: "2027-01-01" },
  },
  "price list": {
    path: "/v1/price-lists/pl-2026",
    required: {
      policyId: "ebiexperts-support",
      effectiveFrom: "2026-01-01",
      currency: "CHF",
      items: [{ productId: "qs-analyzer", annualFeePerSeat: chf("1050.00") }],
    },
    optional: {},
  },
  "contract line": {
    path: "/v1/accounts/acme/contracts/c-1/lines/l-1",
    required: { annualFee: chf("10000.00") },
    optional: { coveredFrom: "2026-03-01", coveredUntil: "2026-11-30" },
  },
  payment: {
    path: "/v1/accounts/acme/invoices/inv-7/payments/p-1",
    required: { paidOn: "2026-01-20", amount: chf("10000.00") },
    optional: {},
  },
};

export const check = {
  accountId: "acme",
  asOf: "2026-03-02T09:30:00Z",
  request: {
    kind: "error",
    productId: "qs-analyzer",
    licenseId: "l-1",
    environment: "production",
    severity: "severity-2",
    channel: "portal",
    contactId: "jmeier",
    requester: "customer",
    language: "en",
    provides: ["description"],
  },
};

/** What is asked of the service, with what must be there. */
export const questions: Record<string, Written> = {
  "an entitlement check": {
    path: "/v1/entitlement-checks",
    required: { accountId: "acme", request: { kind: "error" } },
    optional: { asOf: "2026-03-02T09:30:00Z", knownAt: "2026-11-22T11:30:00Z" },
  },
  "an entitlement preview": {
    path: "/v1/entitlement-checks/preview",
    required: { accountId: "acme", request: { kind: "error" } },
    optional: { asOf: "2026-03-02", knownAt: "2026-11-22T11:30:00Z" },
  },
  "a notice": {
    path: "/v1/accounts/acme/contracts/c-1/notices",
    // The day or the instant of receipt decides: without either a notice is 422.
    required: { kind: "non-renewal", form: "email", receivedOn: "2026-11-16" },
    optional: { sentAt: "2026-11-15T09:00:00Z", receivedAt: "2026-11-16T09:00:00Z", licenseIds: ["l-1"] },
  },
  "a reinstatement": {
    path: "/v1/quotes",
    required: { kind: "reinstatement", accountId: "acme", contractId: "c-1", reinstateOn: "2026-07-01" },
    optional: { asOf: "2026-06-01", payOn: "2026-07-15", licenseIds: ["l-1"] },
  },
  "an additional purchase": {
    path: "/v1/quotes",
    required: {
      kind: "additional-purchase",
      accountId: "acme",
      contractId: "c-1",
      deliveredOn: "2026-04-01",
      lines: [{ productId: "qs-analyzer", seats: 5, annualFee: chf("5000.00") }],
    },
    optional: { asOf: "2026-03-15" },
  },
  "a renewal": { path: "/v1/quotes", required: { kind: "renewal", accountId: "acme", contractId: "c-1" }, optional: { asOf: "2026-03-15" } },
  "a contact check": {
    path: "/v1/contact-checks",
    required: { accountId: "acme", contact: { name: "Tom New", role: "technical-contact" } },
    optional: { actorContactId: "jmeier", channel: "portal", asOf: "2026-03-02" },
  },
  "a severity assessment": {
    path: "/v1/severity-assessments",
    required: { policyId: "ebiexperts-support", impact: {} },
    optional: { asOf: "2026-03-02" },
  },
  "a case closure check": {
    path: "/v1/case-closure-checks",
    required: { policyId: "ebiexperts-support", openedAt: "2026-02-27T08:00:00Z" },
    // The contract has no `?` at the two messages; a case may have none: see docs/decisions/0043-what-may-be-left-out.md.
    optional: {
      lastVendorMessageAt: "2026-03-02T09:00:00Z",
      lastCustomerMessageAt: "2026-02-27T08:00:00Z",
      agreedInWritingOn: "2026-03-05",
      updateProvidedOn: "2026-03-06",
      workaroundOn: "2026-03-07",
      customerAskedToCloseOn: "2026-03-08",
    },
  },
  "an import": { path: "/v1/imports", required: { kind: "contracts" }, optional: {} },
  "an exception": {
    path: "/v1/exceptions",
    required: { accountId: "acme", clause: "7.3", reason: "a merger", approvedBy: "head of sales", until: "2027-03-31" },
    optional: { contractId: "c-1", amountWaived: chf("100.00") },
  },
  "a sweep": { path: "/v1/sweeps", required: {}, optional: { asOf: "2026-11-22T12:00:00Z" } },
};
