/** Shorthand for a customer's facts: licenses, twelve-month contracts, one invoice a term, contacts. */
import type { ContractLine, HeldContract, HeldLicense, NamedInvoice, RecordedNotice } from "../../../domain/facts.ts";
import { fromMinor, type Money, toMinor } from "../../../domain/money.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { type Term, windowLastDay } from "../../../domain/time/term.ts";
import { type DemoAccount, type DemoContact, demoAccount, demoNoticeId, type Parts, person } from "./account.ts";
import { annualFee, firstCurrency, type Vendor } from "./vendor.ts";

export type Licensed<Id extends string> = HeldLicense & { productId: Id };

export function license<Id extends string>(
  licenseId: string,
  productId: Id,
  seats: number,
  deliveredOn: CalendarDate,
  more: Partial<HeldLicense> = {},
): Licensed<Id> {
  return { licenseId, kind: "perpetual", seats, deliveredOn, ...more, productId };
}

export function contract<Id extends string>(
  vendor: Vendor<Id>,
  term: Term,
  licenses: readonly Licensed<Id>[],
  more: Partial<HeldContract> = {},
): HeldContract {
  const { policyId, programs } = vendor;
  const { currency = firstCurrency(vendor) } = more;
  const lines = licenses.map(
    ({ licenseId, productId, seats }): ContractLine => ({ licenseId, annualFee: annualFee(vendor, productId, seats, currency) }),
  );
  return { contractId: "c-1", policyId, program: programs[0], currency, term: { ...term }, soldBy: "direct", lines, ...more };
}

/** The fees of a contract's term, due on its first day: annual, in advance. */
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

/** Due on the first day of the term, and not paid. */
export const unpaidInvoice = (of: HeldContract) => invoice(of, of.term.firstDay, null);

function totalOf({ lines, currency }: HeldContract): Money {
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

/**
 * So many contacts of a role, the first active since the day, the others each thirty days later. Ids are the role's
 * initials and a number: `tc-1` is the first technical contact.
 */
export function contacts(
  role: DemoContact["role"],
  count: number,
  since: CalendarDate,
  firstPerson: number,
  more: Partial<DemoContact> = {},
): DemoContact[] {
  const initials = role.replace(/(\w)\w*-(\w)\w*/, "$1$2");
  return Array.from({ length: count }, (_, n) => ({
    contactId: `${initials}-${n + 1}`,
    ...person(firstPerson + n),
    role,
    activeFrom: addDays(since, 30 * n),
    ...more,
  }));
}

/** The twelve-month term that ends so many days after today (before it, when negative). */
export function termEnding(today: CalendarDate, daysFromToday: number): Term {
  const lastDay = addDays(today, daysFromToday);
  return { firstDay: addMonths(addDays(lastDay, 1), -12), lastDay };
}

/** The twelve-month term after which cover lapsed on the day. */
export function termBefore(lapsedOn: CalendarDate): Term {
  return { firstDay: addMonths(lapsedOn, -12), lastDay: addDays(lapsedOn, -1) };
}

/** The lapse whose twelve months end on the day; in a leap year one day of February is the end of none, then the next. */
export function lapseWithWindowUntil(day: CalendarDate): CalendarDate {
  const lapsedOn = addMonths(addDays(day, 1), -12);
  return windowLastDay(lapsedOn, 12) < day ? addDays(lapsedOn, 1) : lapsedOn;
}

/** Holidays that parties agreed on for the running year and the next: New Year's Day and Christmas Day. */
export function agreedHolidays(today: CalendarDate): { firstYear: number; lastYear: number; dates: CalendarDate[] } {
  const firstYear = Number(today.slice(0, 4));
  const lastYear = firstYear + 1;
  return { firstYear, lastYear, dates: [firstYear, lastYear].flatMap((year) => [`${year}-01-01`, `${year}-12-25`]) };
}

/** Monday to Friday on the wall clock of a zone, less the holidays agreed on: what a text leaves open and parties settle. */
export function agreedHours(today: CalendarDate, zone: string, opening: string, closing: string) {
  const day: [string, string][] = [[opening, closing]];
  return { zone, weekly: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays: agreedHolidays(today) };
}

/** A vendor's accounts as they are written down one after another. */
export interface Customers<Id extends string> {
  accounts: DemoAccount[];
  add(accountId: string, name: string, shows: string, parts: Parts): void;
  contract(term: Term, licenses: readonly Licensed<Id>[], more?: Partial<HeldContract>): HeldContract;
  /** A number of a person for the account that is added next. */
  nextPerson(): number;
  /** Licenses of these products with so many seats, `l-1` and on, under one contract for the term, which is paid; two contacts. */
  paid(term: Term, holds: readonly (readonly [Id, number])[], more?: Partial<HeldContract>): Sketch<Id>;
}

export interface Sketch<Id extends string> {
  term: Term;
  licenses: Licensed<Id>[];
  /** The only contract. */
  c1: HeldContract;
  contracts: HeldContract[];
  invoices: NamedInvoice[];
  contacts: DemoContact[];
}

export function customersOf<Id extends string>(vendor: Vendor<Id>): Customers<Id> {
  const accounts: DemoAccount[] = [];
  const nextPerson = () => vendor.firstPerson + 3 * accounts.length;
  return {
    accounts,
    nextPerson,
    contract: (term, licenses, more) => contract(vendor, term, licenses, more),
    add(accountId, name, shows, parts) {
      accounts.push(demoAccount(accountId, name, `${vendor.code}-${1001 + accounts.length}`, shows, parts));
    },
    paid(term, holds, more = {}) {
      const licenses = holds.map(([productId, seats], n) => licenseFrom(vendor, `l-${n + 1}`, productId, seats, term));
      const c1 = contract(vendor, term, licenses, more);
      const named = vendor.contacts(2, term.firstDay, nextPerson(), licenses);
      return { term, licenses, c1, contracts: [c1], invoices: [paidInvoice(c1)], contacts: named };
    },
  };
}

/** A license of the vendor's usual kind, delivered when the term began. */
export function licenseFrom<Id extends string>(
  { licenseKind }: Vendor<Id>,
  licenseId: string,
  productId: Id,
  seats: number,
  { firstDay, lastDay }: Term,
): Licensed<Id> {
  const more = licenseKind === "subscription" ? { kind: licenseKind, termLastDay: lastDay } : {};
  return license(licenseId, productId, seats, firstDay, more);
}
