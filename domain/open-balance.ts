/** What is still owed on an invoice, and which invoices are overdue (reading `current`). */
import type { NamedInvoice } from "./facts.ts";
import { fromMinor, type Money, toMinor } from "./money.ts";
import { addDays, type CalendarDate, daysBetween } from "./time/calendar-date.ts";

/** Open balance at the end of a day: the amount less payments made by then; nothing once voided, never below zero. */
export function openBalance(invoice: NamedInvoice, day: CalendarDate): Money {
  return fromMinor(openMinor(invoice, day), invoice.amount.currency);
}

/** What is owed on several invoices together; null where they are in several currencies. */
export function owed(invoices: readonly NamedInvoice[], day: CalendarDate): Money | null {
  const [currency, ...others] = new Set(invoices.map(({ amount }) => amount.currency));
  if (currency === undefined || others.length > 0) return null;
  return fromMinor(
    invoices.reduce((sum, invoice) => sum + openMinor(invoice, day), 0n),
    currency,
  );
}

function openMinor({ amount, payments, voidedOn }: NamedInvoice, day: CalendarDate): bigint {
  if (voidedOn !== undefined && voidedOn <= day) return 0n;
  let open = toMinor(amount);
  for (const payment of payments) if (payment.paidOn <= day) open -= toMinor(payment.amount);
  return open > 0n ? open : 0n;
}

/** Whether anything is open at the end of a day; payments part-made and disputes leave it open. */
export function isOpen(invoice: NamedInvoice, day: CalendarDate): boolean {
  const { amount, payments, voidedOn } = invoice;
  if (voidedOn !== undefined && voidedOn <= day) return false;
  const [only] = payments;
  if (payments.length === 1 && only !== undefined && only.amount.amount === amount.amount) return only.paidOn > day && toMinor(amount) > 0n;
  return openMinor(invoice, day) > 0n;
}

/** Overdue on a day: due before it (the due day itself is in time) and open. */
export const isOverdue = (invoice: NamedInvoice, day: CalendarDate) => invoice.dueOn < day && isOpen(invoice, day);

/** "open balance CHF 9,800.00 on inv-7, due 2026-02-01, 29 days ago" needs the days. */
export const daysOverdue = (invoice: NamedInvoice, day: CalendarDate) => daysBetween(invoice.dueOn, day);

/** The first day after `day` on which the invoice becomes overdue, or stops being so, by time alone; null for never. */
export function overdueChangesOn(invoice: NamedInvoice, day: CalendarDate): CalendarDate | null {
  const now = isOverdue(invoice, day);
  const { dueOn, payments, voidedOn } = invoice;
  if (!now && dueOn < day && payments.every(({ paidOn }) => paidOn <= day)) return null;
  const turns = [addDays(dueOn, 1), ...payments.map(({ paidOn }) => paidOn), ...(voidedOn === undefined ? [] : [voidedOn])];
  turns.sort();
  return turns.find((turn) => turn > day && isOverdue(invoice, turn) !== now) ?? null;
}
