/**
 * One small customer, as a caller would write it: two licenses of one product line of which one is on support, an
 * overdue invoice, a technical contact. And one document of each kind, good as it stands.
 */
import type { Service } from "./service.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });

export const documents = {
  product: { name: "QS Analyzer", productLine: "QS", kind: "software", versions: [{ version: "2025.11", supportEndsOn: "2027-01-31" }] },
  priceList: {
    policyId: "ebiexperts-support",
    effectiveFrom: "2026-01-01",
    currency: "CHF",
    items: [{ productId: "qs-analyzer", annualFeePerSeat: chf("100.00") }],
  },
  account: { name: "Acme AG", customerNumber: "4711", region: "Zurich" },
  license: { productId: "qs-analyzer", kind: "perpetual", seats: 10, deliveredOn: "2025-01-01", soldBy: "direct" },
  premises: { name: "Head office", region: "uk-eu", country: "CH", timeZone: "Europe/Zurich" },
  contract: {
    policyId: "ebiexperts-support",
    program: "enterprise",
    currency: "CHF",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    settings: { readings: { "ebx-48h": "business-hours" } },
    lines: [{ licenseId: "l-1", annualFee: chf("1000.00") }],
  },
  contact: { name: "Jane Meier", email: "jane@acme.example", phone: "+41 44 000 00 00", role: "technical-contact", activeFrom: "2025-01-01" },
  invoice: { contractId: "c-1", kind: "support", issuedOn: "2026-01-02", dueOn: "2026-02-01", amount: chf("1000.00"), payments: [] },
  line: { annualFee: chf("1200.00"), coveredFrom: "2026-03-01" },
  payment: { paidOn: "2026-03-01", amount: chf("400.00") },
  check: {
    accountId: "acme",
    asOf: "2026-03-02T09:30:00Z",
    request: {
      kind: "error",
      productId: "qs-analyzer",
      licenseId: "l-1",
      severity: "severity-2",
      channel: "portal",
      contactId: "jmeier",
      language: "en",
      provides: ["description"],
    },
  },
  notice: { kind: "non-renewal", form: "email", receivedOn: "2026-11-16" },
  quote: { kind: "reinstatement", accountId: "acme", contractId: "c-1", reinstateOn: "2027-07-01" },
  exception: {
    accountId: "acme",
    contractId: "c-1",
    clause: "7.3",
    reason: "the customer merged with another one",
    approvedBy: "head of sales",
    approvedOn: "2026-11-01",
    until: "2027-03-31",
    amountWaived: chf("100.00"),
  },
  contactCheck: {
    accountId: "acme",
    asOf: "2026-03-02",
    contact: {
      contactId: "tnew",
      name: "Tom New",
      email: "tom@acme.example",
      phone: "+41 44 000 00 01",
      role: "technical-contact",
      licenseIds: ["l-1"],
      registeredInPortal: true,
      activeFrom: "2026-03-02",
      activeUntil: "2026-12-31",
    },
    actorContactId: "jmeier",
    channel: "portal",
  },
  severity: {
    policyId: "ebiexperts-support",
    impact: { environment: "production", inoperable: true, serverSideFailure: true, plannedMaintenance: false, usersAffected: "few" },
  },
  // Opened on a Monday at 08:30 in Zurich; the vendor wrote at 10:00.
  closure: {
    policyId: "ebiexperts-support",
    openedAt: "2026-03-02T07:30:00Z",
    lastVendorMessageAt: "2026-03-02T09:00:00Z",
    lastCustomerMessageAt: "2026-03-02T07:30:00Z",
  },
};

/** Where each document is written, and what is written there. */
export const writes: [path: string, document: object][] = [
  ["/v1/products/qs-analyzer", documents.product],
  ["/v1/price-lists/pl-2026", documents.priceList],
  ["/v1/accounts/acme", documents.account],
  ["/v1/accounts/acme/licenses/l-1", documents.license],
  ["/v1/accounts/acme/licenses/l-2", documents.license],
  ["/v1/accounts/acme/premises/hq", documents.premises],
  ["/v1/accounts/acme/contracts/c-1", documents.contract],
  ["/v1/accounts/acme/contacts/jmeier", documents.contact],
  ["/v1/accounts/acme/invoices/inv-7", documents.invoice],
];

export async function writeExample(service: Service): Promise<void> {
  for (const [path, document] of writes) {
    const { status, text } = await service.send("PUT", path, document);
    if (status !== 201) throw new Error(`PUT ${path} answered ${status}: ${text}`);
  }
}

let keys = 0;
/** A new idempotency key. */
export function newKey(): { "idempotency-key": string } {
  keys += 1;
  return { "idempotency-key": `key-${keys}` };
}
