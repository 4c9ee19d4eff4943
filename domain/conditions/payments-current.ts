/** "Is everything paid that is due?" No invoice in scope that was due before the day has an open balance. */
import type { NamedInvoice } from "../facts.ts";
import { formatMoney } from "../money.ts";
import { daysOverdue, isOverdue, openBalance, overdueChangesOn, owed } from "../open-balance.ts";
import { days } from "../policy-small-words.ts";
import { addDays } from "../time/calendar-date.ts";
import { type Inquiry, type Judge, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

type Parameters = ParametersOf<"payments-current">;

export const paymentsCurrent: Judge<Parameters> = (parameters, inquiry) => {
  const { scope, otherwise } = parameters;
  inquiry.readings.use("current");
  const kinds = kindsOf(parameters, inquiry);
  const [graceDays, late] = parameters.graceDays === undefined ? [0, ""] : [parameters.graceDays, ` by more than ${days(parameters.graceDays)}`];
  const overdue: NamedInvoice[] = [];
  const unplaced: NamedInvoice[] = [];
  let until: string | null = null;
  let unplacedUntil: string | null = null;
  for (const invoice of inquiry.facts.dossier.invoices) {
    const place = placeOf(invoice, parameters, kinds, inquiry);
    if (place === "out") continue;
    // Due when the days of grace are over; the last of them is still in time.
    const inGrace = graceDays === 0 ? invoice : { ...invoice, dueOn: addDays(invoice.dueOn, graceDays) };
    const turn = overdueChangesOn(inGrace, inquiry.day);
    if (place === "in") until = sooner(until, turn);
    else unplacedUntil = sooner(unplacedUntil, turn);
    if (isOverdue(inGrace, inquiry.day)) (place === "in" ? overdue : unplaced).push(invoice);
  }
  if (overdue.length > 0)
    return {
      result: otherwise,
      finding: said(overdue, inquiry, graceDays),
      facts: factsOf(overdue),
      cure: { price: owed(overdue, inquiry.day) },
      until,
    };
  // One that names no contract shows only where nothing else is overdue.
  until = sooner(until, unplacedUntil);
  if (unplaced.length > 0) {
    const finding = `${said(unplaced, inquiry, graceDays)}, but no contract is recorded for it`;
    return { result: "unknown", finding, facts: factsOf(unplaced), missing: `contractId of invoice \`${unplaced[0]?.invoiceId}\``, until };
  }
  const looked = kinds.map((kind) => `no ${kind} invoice`).join(" and ");
  return { result: "pass", finding: `${scope === "other" ? passed.other : `${looked} ${passed[scope]}`}${late}`, facts: [], until };
};

const passed = {
  contract: "of the contract is overdue",
  policy: "of the account is overdue",
  other: "nothing else of the account is overdue",
} as const;

/** Kinds of invoice that support depends on: its own, and those of a subscription that includes it where that is how the text is read. */
function kindsOf({ ofSubscription = "support-invoices" }: Parameters, { license, readings }: Inquiry): readonly NamedInvoice["kind"][] {
  const too = license?.kind === "subscription" && readings.method(ofSubscription) === "subscription-too";
  return too ? ["support", "subscription"] : ["support"];
}

function placeOf(
  invoice: NamedInvoice,
  { scope, withoutContract }: Parameters,
  kinds: readonly NamedInvoice["kind"][],
  inquiry: Inquiry,
): "in" | "out" | "unknown" {
  const support = kinds.includes(invoice.kind);
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

function said(overdue: NamedInvoice[], { day }: Inquiry, graceDays: number): string {
  const shown = overdue.slice(0, 5).map((invoice) => {
    const ago = daysOverdue(invoice, day);
    const grace = graceDays === 0 ? "" : ` (the ${days(graceDays)} of grace are over)`;
    const disputed = invoice.disputed ? ", disputed" : "";
    return `open balance ${formatMoney(openBalance(invoice, day))} on \`${invoice.invoiceId}\`, due ${invoice.dueOn}, ${days(ago)} ago${grace}${disputed}`;
  });
  if (overdue.length > shown.length) shown.push(`${overdue.length - shown.length} more`);
  return shown.join("; ");
}

const factsOf = (invoices: NamedInvoice[]) =>
  invoices.slice(0, 50).map(({ invoiceId, dueOn }) => ({ path: `invoices/${invoiceId}/dueOn`, value: dueOn }));
