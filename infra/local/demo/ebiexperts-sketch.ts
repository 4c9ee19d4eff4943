/** Shorthand for an Ebiexperts customer's facts: perpetual licenses, twelve-month contracts, one invoice a term. */
import type { ContactDocument, HeldContract, HeldLicense, NamedInvoice, RecordedNotice } from "../../../domain/facts.ts";
import { fromMinor, type Money, toMinor } from "../../../domain/money.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { Term } from "../../../domain/time/term.ts";
import { demoNoticeId, person } from "./account.ts";
import { annualFee, ebiexpertsPolicyId, type SoftwareId } from "./ebiexperts-catalog.ts";

export function license(
  licenseId: string,
  productId: SoftwareId,
  seats: number,
  deliveredOn: CalendarDate,
  more: Partial<HeldLicense> = {},
): HeldLicense & { productId: SoftwareId } {
  return { licenseId, kind: "perpetual", seats, deliveredOn, ...more, productId };
}

export function contract(
  term: Term,
  licenses: (HeldLicense & { productId: SoftwareId })[],
  more: Partial<HeldContract> & { currency?: string } = {},
): HeldContract {
  const currency = more.currency ?? "CHF";
  return {
    contractId: "c-1",
    policyId: ebiexpertsPolicyId,
    program: "enterprise",
    currency,
    term: { firstDay: term.firstDay, lastDay: term.lastDay },
    soldBy: "direct",
    lines: licenses.map(({ licenseId, productId, seats }) => ({ licenseId, annualFee: annualFee(productId, seats, currency) })),
    ...more,
  };
}

/** The fees of a contract's term, due on its first day: annual, in advance (7.6). */
export function invoice(of: HeldContract, dueOn: CalendarDate, paid: CalendarDate | null, more: Partial<NamedInvoice> = {}): NamedInvoice {
  const amount = totalOf(of);
  return {
    invoiceId: `inv-${of.contractId}-${dueOn.slice(0, 4)}`,
    contractId: of.contractId,
    kind: "support",
    issuedOn: addDays(dueOn, -30),
    dueOn,
    amount,
    payments: paid === null ? [] : [{ paymentId: "p-1", paidOn: paid, amount }],
    ...more,
  };
}

/** Paid five days before it was due. */
export function paidInvoice(of: HeldContract, dueOn: CalendarDate = of.term.firstDay): NamedInvoice {
  return invoice(of, dueOn, addDays(dueOn, -5));
}

export function totalOf({ lines, currency }: HeldContract): Money {
  return fromMinor(
    lines.reduce((sum, line) => sum + toMinor(line.annualFee), 0n),
    currency,
  );
}

/** The fees so many basis points higher, each line rounded down: the cap is never passed by rounding. */
export function raisedFees({ lines, currency }: HeldContract, basisPoints: number): NonNullable<RecordedNotice["newFees"]> {
  return lines.map(({ licenseId, annualFee }) => ({
    licenseId,
    annualFee: fromMinor((toMinor(annualFee) * BigInt(10_000 + basisPoints)) / 10_000n, currency),
  }));
}

export function notice(receivedOn: CalendarDate, accountId: string, more: Partial<RecordedNotice> = {}): RecordedNotice {
  return { noticeId: demoNoticeId(receivedOn, accountId), contractId: "c-1", kind: "non-renewal", form: "email", receivedOn, ...more };
}

/** So many technical contacts, the first active since the day, the others each a month of days later. */
export function technicalContacts(count: number, since: CalendarDate, firstPerson: number): (ContactDocument & { contactId: string })[] {
  return Array.from({ length: count }, (_, n) => ({
    contactId: `tc-${n + 1}`,
    ...person(firstPerson + n),
    role: "technical-contact" as const,
    activeFrom: addDays(since, 30 * n),
  }));
}
