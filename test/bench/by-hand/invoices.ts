/** What is owed, and since when. */
import type { FactUsed } from "../../../domain/decision.ts";
import type { NamedInvoice } from "../../../domain/facts.ts";
import type { Money } from "../../../domain/money.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { centsOf, moneyOf } from "./price-of-gap.ts";

export function openCents({ amount, payments, voidedOn }: NamedInvoice, day: CalendarDate): number {
  if (voidedOn !== undefined && voidedOn <= day) return 0;
  const paid = payments.filter(({ paidOn }) => paidOn <= day).reduce((sum, payment) => sum + centsOf(payment.amount), 0);
  return Math.max(centsOf(amount) - paid, 0);
}

/** All that is open together; null in several currencies. */
export function openTotal(invoices: readonly NamedInvoice[], day: CalendarDate): Money | null {
  const currency = invoices[0]?.amount.currency;
  if (currency === undefined || invoices.some(({ amount }) => amount.currency !== currency)) return null;
  return moneyOf(
    invoices.reduce((sum, invoice) => sum + openCents(invoice, day), 0),
    currency,
  );
}

export const isOverdue = (invoice: NamedInvoice, day: CalendarDate) => invoice.dueOn < day && openCents(invoice, day) > 0;
export const dueDays = (invoices: NamedInvoice[]): FactUsed[] =>
  invoices.slice(0, 50).map(({ invoiceId, dueOn }) => ({ path: `invoices/${invoiceId}/dueOn`, value: dueOn }));

export function overdueChanges(invoice: NamedInvoice, day: CalendarDate): CalendarDate | undefined {
  const turns = [addDays(invoice.dueOn, 1), ...invoice.payments.map(({ paidOn }) => paidOn)];
  if (invoice.voidedOn !== undefined) turns.push(invoice.voidedOn);
  const coming = turns.filter((turn) => turn > day);
  if (coming.length === 0) return undefined;
  const now = isOverdue(invoice, day);
  return coming.sort().find((turn) => isOverdue(invoice, turn) !== now);
}
