/** What is announced of payments: a contract became past due. */
import { type ContractLife, lifeOf } from "../contract-life.ts";
import { anchorOf } from "../contract-terms.ts";
import type { NamedInvoice } from "../facts.ts";
import { openBalance } from "../open-balance.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { localDate } from "../time/zone.ts";
import { beginning, type Candidate, endsBy, type Followed } from "./moments.ts";

/**
 * Once for each time that a contract becomes past due, named by the invoice that made it so: a second invoice that falls
 * due meanwhile changes nothing, one that falls due after all was paid does. Reading `current`: the due day is in time.
 */
export function* arrearsMoments(followed: Followed): Generator<Candidate> {
  const { facts, contract, since, zone, today } = followed;
  const support = facts.dossier.invoices.filter(({ kind }) => kind === "support");
  if (support.length === 0) return;
  const ends = endsBy(facts);
  const life = (day: CalendarDate) => lifeOf(facts, contract, day, ends(day));
  const isPastDue = (day: CalendarDate) => life(day).status === "past-due";
  const candidate = (invoiceId: string, dueAt: number, of: () => ContractLife | null): Candidate => ({
    key: `contract.past-due/${contract.contractId}/${invoiceId}`,
    type: "contract.past-due",
    dueAt,
    tell() {
      const then = of();
      // Paid meanwhile: nobody has to be told any more.
      return then && { purposeUntil: isPastDue(today) ? null : dueAt, data: toldOf(then, localDate(dueAt, zone)) };
    },
  });

  const first = localDate(since, zone);
  const before = life(first);
  const oldest = earliest(before.overdue);
  if (before.status === "past-due" && oldest !== null) yield candidate(oldest.invoiceId, since, () => before);
  for (const invoice of support) {
    const day = addDays(invoice.dueOn, 1);
    // The contract's own first day, where it begins with something overdue.
    const from = day < anchorOf(contract) ? anchorOf(contract) : day;
    if (from <= first) continue;
    yield candidate(invoice.invoiceId, beginning(followed, from), () => {
      const then = life(from);
      const begins = then.status === "past-due" && !isPastDue(addDays(from, -1));
      return begins && earliest(then.overdue)?.invoiceId === invoice.invoiceId ? then : null;
    });
  }
}

const earliest = (invoices: readonly NamedInvoice[]): NamedInvoice | null =>
  invoices.reduce<NamedInvoice | null>((least, one) => (least === null || one.dueOn < least.dueOn ? one : least), null);

const toldOf = ({ contract, overdue, currentTerm }: ContractLife, day: CalendarDate) => ({
  contractId: contract.contractId,
  policyId: contract.policyId,
  term: currentTerm,
  overdue: overdue.slice(0, 50).map((invoice) => ({ invoiceId: invoice.invoiceId, dueOn: invoice.dueOn, open: openBalance(invoice, day) })),
  overdueCount: overdue.length,
});
