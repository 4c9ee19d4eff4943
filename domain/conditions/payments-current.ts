/** "Is everything paid that is due?" No invoice in scope that was due before the day has an open balance. */
import type { NamedInvoice } from "../facts.ts";
import { formatMoney } from "../money.ts";
import { daysOverdue, isOverdue, openBalance, overdueChangesOn, owed } from "../open-balance.ts";
import { type Inquiry, type Judge, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const paymentsCurrent: Judge<ParametersOf<"payments-current">> = ({ scope, otherwise, withoutContract }, inquiry) => {
  inquiry.readings.use("current");
  const overdue: NamedInvoice[] = [];
  const unplaced: NamedInvoice[] = [];
  let until: string | null = null;
  let unplacedUntil: string | null = null;
  for (const invoice of inquiry.facts.dossier.invoices) {
    const place = placeOf(invoice, scope, withoutContract, inquiry);
    if (place === "out") continue;
    const turn = overdueChangesOn(invoice, inquiry.day);
    if (place === "in") until = sooner(until, turn);
    else unplacedUntil = sooner(unplacedUntil, turn);
    if (isOverdue(invoice, inquiry.day)) (place === "in" ? overdue : unplaced).push(invoice);
  }
  if (overdue.length > 0)
    return { result: otherwise, finding: said(overdue, inquiry), facts: factsOf(overdue), cure: { price: owed(overdue, inquiry.day) }, until };
  // One that names no contract shows only where nothing else is overdue.
  until = sooner(until, unplacedUntil);
  if (unplaced.length > 0) {
    const finding = `${said(unplaced, inquiry)}, but no contract is recorded for it`;
    return { result: "unknown", finding, facts: factsOf(unplaced), missing: `contractId of invoice \`${unplaced[0]?.invoiceId}\``, until };
  }
  return { result: "pass", finding: passed[scope], facts: [], until };
};

const passed = {
  contract: "no support invoice of the contract is overdue",
  policy: "no support invoice of the account is overdue",
  other: "nothing else of the account is overdue",
} as const;

function placeOf(
  invoice: NamedInvoice,
  scope: ParametersOf<"payments-current">["scope"],
  withoutContract: string,
  inquiry: Inquiry,
): "in" | "out" | "unknown" {
  const support = invoice.kind === "support";
  if (scope === "other")
    return support && (invoice.contractId === undefined ? withoutContract === "in-scope" : samePolicy(invoice, inquiry)) ? "out" : "in";
  if (!support) return "out";
  if (invoice.contractId === undefined) return withoutContract === "in-scope" ? "in" : "unknown";
  if (scope === "contract") return invoice.contractId === inquiry.contract.contractId ? "in" : "out";
  return samePolicy(invoice, inquiry) ? "in" : "out";
}

function samePolicy({ contractId }: NamedInvoice, { facts, policy }: Inquiry): boolean {
  return facts.dossier.contracts.some((contract) => contract.contractId === contractId && contract.policyId === policy.policy.id);
}

function said(overdue: NamedInvoice[], { day }: Inquiry): string {
  const shown = overdue.slice(0, 5).map((invoice) => {
    const days = daysOverdue(invoice, day);
    const disputed = invoice.disputed ? ", disputed" : "";
    return `open balance ${formatMoney(openBalance(invoice, day))} on \`${invoice.invoiceId}\`, due ${invoice.dueOn}, ${days} ${days === 1 ? "day" : "days"} ago${disputed}`;
  });
  if (overdue.length > shown.length) shown.push(`${overdue.length - shown.length} more`);
  return shown.join("; ");
}

const factsOf = (invoices: NamedInvoice[]) =>
  invoices.slice(0, 50).map(({ invoiceId, dueOn }) => ({ path: `invoices/${invoiceId}/dueOn`, value: dueOn }));
