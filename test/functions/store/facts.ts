/**
 * Facts to store in tests: an ordinary account of about 30, and one with as many licenses as a test wants.
 */
import { randomBytes } from "node:crypto";
import type { Account, Contact, Contract, Invoice, License, Premises, Product } from "../../../domain/facts.ts";
import type { Command, FactWrite, StoredRecord } from "../../../functions/store/store.ts";

export function license(productId: string, seats = 5): License {
  return { productId, kind: "perpetual", seats, deliveredOn: "2024-03-01" };
}

export function contact(role: Contact["role"]): Contact {
  return { role, registeredInPortal: true, activeFrom: "2024-03-01" };
}

export function invoice(contractId: string, amount: string): Invoice {
  return {
    contractId,
    kind: "support",
    issuedOn: "2025-12-01",
    dueOn: "2026-01-01",
    amount: { amount, currency: "CHF" },
    payments: [{ paymentId: "p-1", paidOn: "2025-12-20", amount: { amount, currency: "CHF" } }],
  };
}

export const product: Product = { name: "QS Analyzer", productLine: "analysis", kind: "software", latestVersion: "2025.11" };

/** The account, 12 licenses, 3 contracts covering them, 7 contacts, 6 invoices, a place: 30 facts. */
export function ordinaryAccount(): FactWrite[] {
  const account: Account = { name: "Muster Maschinenbau AG", customerNumber: "K-10423", region: "emea" };
  const premises: Premises = { name: "Werk Winterthur", region: "uk-eu", timeZone: "Europe/Zurich", country: "CH" };
  const writes: FactWrite[] = [
    { path: "account", value: account },
    { path: "premises/winterthur", value: premises },
  ];
  for (let n = 1; n <= 12; n++)
    writes.push({ path: `licenses/l-${n}`, value: { ...license(`qs-product-${n % 5}`, n * 3), deploymentId: `deployment-${n}` } });
  for (let c = 0; c < 3; c++) {
    const contract: Contract = {
      policyId: "ebiexperts-support",
      policyVersion: "2025-01-01",
      program: "enterprise",
      currency: "CHF",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      soldBy: "direct",
      settings: { timeZone: "Europe/Zurich", readings: { "ebx-48h": "business-hours" } },
      lines: Array.from({ length: 4 }, (_, n) => ({ licenseId: `l-${c * 4 + n + 1}`, annualFee: { amount: `${1000 + n}.00`, currency: "CHF" } })),
    };
    writes.push({ path: `contracts/c-${c + 1}`, value: contract });
  }
  for (let n = 1; n <= 7; n++) writes.push({ path: `contacts/person-${n}`, value: contact("technical-contact") });
  for (let n = 1; n <= 6; n++) writes.push({ path: `invoices/inv-2025-${n}`, value: invoice(`c-${(n % 3) + 1}`, `${4000 + n}.00`) });
  return writes;
}

/** Licenses whose ids and deployments cannot be packed small. */
export function largeAccount(licenses: number): FactWrite[] {
  const writes: FactWrite[] = [{ path: "account", value: { name: "Large" } }];
  for (let n = 0; n < licenses; n++) {
    const id = randomBytes(18).toString("hex");
    writes.push({ path: `licenses/${id}`, value: { ...license(`qs-product-${n % 50}`), deploymentId: randomBytes(18).toString("hex") } });
  }
  return writes;
}

let operations = 0;

/** A command that writes these facts whatever is there. */
export function writing(...writes: FactWrite[]): Command<null> {
  return { operationId: `op-${++operations}`, by: "test", decide: () => ({ writes, answer: null }) };
}

export function decision(id: string, accountId: string, caseId: string | null = null): StoredRecord {
  return {
    kind: "decision",
    id,
    accountId,
    caseId,
    recordedAt: 1_780_000_000_000,
    question: { accountId, request: { kind: "error" } },
    answer: JSON.stringify({ id, outcome: "entitled", headline: "two\nlines" }),
    versions: { account: 1, catalog: 1 },
  };
}
