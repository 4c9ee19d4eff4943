/**
 * Lives of accounts, a day at a time: commands that a careful and a careless office would send, most of them near the days
 * on which something turns. Each account is drawn from a stream of its own.
 */
import { contractTermOn } from "../../domain/contract-terms.ts";
import type { Contract, Dossier, HeldContract, NamedInvoice } from "../../domain/facts.ts";
import { capped, fromMinor, toMinor } from "../../domain/money.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../domain/time/calendar-date.ts";
import { nthTerm } from "../../domain/time/term.ts";
import type { Chance } from "./chance.ts";
import { type Fault, faultKinds } from "./faults.ts";
import type { Request } from "./gateway.ts";
import type { Step } from "./step.ts";
import { ebiexperts, others, type Vendor } from "./vendors.ts";

/** `plain`: what the oracle speaks of. `odd`: every other reading, seller, kind and correction besides. */
export type Profile = "plain" | "odd" | "other-vendor";

export interface Account {
  accountId: string;
  profile: Profile;
  vendor: Vendor;
  chance: Chance;
  /** Last number given to something of its kind. */
  made: number;
  /** Steps that stored a quote and have not been dealt with; and steps with a key. */
  quotes: { step: number; kind: string; contractId: string }[];
  keyed: number[];
  decisions: number[];
}

export function accountFrom(chance: Chance, n: number): Account {
  const profile = chance.oneOf<Profile>(["plain", "plain", "plain", "odd", "other-vendor"]);
  const vendor = profile === "other-vendor" ? chance.oneOf(others) : ebiexperts;
  return { accountId: `acc-${n}`, profile, vendor, chance, made: 0, quotes: [], keyed: [], decisions: [] };
}

/** Makes steps of requests, at one instant after another of a day. */
export interface Pen {
  day: CalendarDate;
  send(request: Request, faultsOnceIn?: number): number;
  race(requests: readonly Request[]): number;
  repeat(of: number, otherBody: boolean): void;
}

export function penFor(
  account: Account | null,
  chance: Chance,
  day: CalendarDate,
  next: () => { id: number; at: number },
  into: Step[],
  faulty: boolean,
): Pen {
  const faults = (): Fault[] => (faulty && !chance.onceIn(3) ? faultsFrom(chance) : []);
  const accountId = account?.accountId ?? null;
  return {
    day,
    send(request) {
      const stamp = next();
      into.push({ ...stamp, do: "send", account: accountId, request, faults: faults() });
      return stamp.id;
    },
    race(requests) {
      const stamp = next();
      into.push({ ...stamp, do: "race", account: accountId ?? "", requests, faults: faults() });
      return stamp.id;
    },
    repeat(of, otherBody) {
      into.push({ ...next(), do: "repeat", of, otherBody, faults: [] });
    },
  };
}

export function faultsFrom(chance: Chance, calls = 4): Fault[] {
  return Array.from({ length: chance.between(1, 3) }, () => ({ call: chance.between(0, calls), kind: chance.oneOf(faultKinds) }));
}

const pathOf = ({ accountId }: Account, rest = "") => `/v1/accounts/${accountId}${rest}`;
const put = (target: string, body: object): Request => ({ method: "PUT", target, body });

/** An account begins: what it holds, what it agreed to, who speaks for it. */
export function begin(account: Account, pen: Pen): void {
  const { chance, vendor, accountId, profile } = account;
  pen.send(put(pathOf(account), { name: accountId.toUpperCase(), customerNumber: `C-${accountId}` }));
  const today = pen.day;
  const anchor = chance.oneOf([
    addDays(today, -chance.between(0, 400)),
    addMonths("2024-02-29", 0),
    addMonths("2023-08-31", 0),
    addDays(today, chance.between(-330, -1)),
  ]);
  const productIds = Object.values(vendor.lines).flat();
  const contracts = chance.between(1, 2);
  for (let c = 1; c <= contracts; c++) {
    const term = termFor(chance, anchor <= today ? anchor : today, today, vendor);
    const lines: Contract["lines"] = [];
    for (let n = chance.between(1, 3); n > 0; n--) {
      const licenseId = `l-${++account.made}`;
      const added = chance.onceIn(5) && vendor.renews;
      const deliveredOn = added
        ? addDays(term.term.firstDay, Math.floor(daysBetween(term.term.firstDay, term.term.lastDay) / 3) + 1)
        : addDays(term.term.firstDay, -chance.between(0, 40));
      pen.send(
        put(pathOf(account, `/licenses/${licenseId}`), {
          productId: chance.oneOf(productIds),
          kind: profile === "odd" && chance.onceIn(6) ? chance.oneOf(["subscription", "trial", "freeware"]) : vendor.kind,
          seats: chance.between(1, 20),
          deliveredOn: deliveredOn > term.term.lastDay ? term.term.firstDay : deliveredOn,
          ...(profile === "odd" && chance.onceIn(4) ? { bundleId: "b-1", deploymentId: "d-1" } : {}),
        }),
      );
      const minor = chance.oneOf([33_333, 100, 1, 1_000_000, chance.between(0, 5_000_000)]);
      lines.push({ licenseId, annualFee: fromMinor(BigInt(minor), vendor.currency) });
    }
    const settings = {
      ...(chance.onceIn(8) ? { autoRenew: false } : {}),
      ...(profile === "odd" && chance.onceIn(2) ? { readings: { "late-notice": "counts-for-next-term", "ebx-co-term": "literal" } } : {}),
      ...(vendor.policyId === "ensim-support" && chance.onceIn(2) ? { timeZone: "America/New_York" } : {}),
    };
    const contract: Contract = {
      policyId: vendor.policyId,
      program: chance.oneOf(vendor.programs),
      currency: vendor.currency,
      ...term,
      soldBy: profile === "odd" && chance.onceIn(6) ? { reseller: "Resale Ltd" } : "direct",
      ...(Object.keys(settings).length === 0 || vendor.policyId !== ebiexperts.policyId
        ? settings.timeZone === undefined
          ? {}
          : { settings: { timeZone: settings.timeZone } }
        : { settings }),
      lines,
    };
    pen.send(put(pathOf(account, `/contracts/c-${c}`), contract));
  }
  for (let n = chance.between(1, 3); n > 0; n--) addContact(account, pen);
}

/** The term that runs or ran last: of twelve months, of three years, or a stub. */
function termFor(chance: Chance, anchor: CalendarDate, today: CalendarDate, { renews }: Vendor) {
  let n = 0;
  while (renews && nthTerm(anchor, n).lastDay < today) n++;
  const whole = nthTerm(anchor, n);
  const anchorOn = n > 0 ? { anchorOn: anchor } : {};
  const shape = renews ? chance.oneOf(["year", "year", "year", "three-years", "stub"]) : "year";
  if (shape === "stub")
    return { ...anchorOn, term: { firstDay: whole.firstDay, lastDay: addDays(whole.firstDay, chance.oneOf([43, 44, 45, 59, 60, 199, 299])) } };
  return { ...anchorOn, term: shape === "year" ? whole : { firstDay: whole.firstDay, lastDay: nthTerm(anchor, n + 2).lastDay } };
}

function addContact(account: Account, pen: Pen): void {
  const n = ++account.made;
  const { chance } = account;
  pen.send(
    put(pathOf(account, `/contacts/t-${n}`), {
      name: `Person ${n}`,
      email: `person-${n}@example.com`,
      role: chance.onceIn(6) ? "none" : account.vendor.role,
      activeFrom: addDays(pen.day, -chance.between(0, 30)),
      ...(chance.onceIn(3) ? { activeUntil: addDays(pen.day, chance.between(0, 400)) } : {}),
    }),
  );
}

/** What the office does for the account on a day; on most days nothing. @param dossier what is recorded so far */
export function liveDay(account: Account, dossier: Dossier, pen: Pen): void {
  const { chance } = account;
  for (const contract of dossier.contracts) {
    const term = contractTermOn(contract, pen.day);
    if (term === null || (!account.vendor.renews && term.lastDay > contract.term.lastDay)) continue;
    if (term.firstDay === pen.day || (pen.day === addDays(term.firstDay, 3) && chance.onceIn(3))) bill(account, contract, pen);
    const left = daysBetween(pen.day, term.lastDay);
    const isTurning = [61, 60, 59, 46, 45, 44, 43, 1, 0].includes(left);
    if (chance.onceIn(isTurning ? 8 : 200)) giveNotice(account, contract, pen);
  }
  payInvoices(account, dossier, pen);
  if (chance.onceIn(60)) quote(account, dossier, pen);
  if (account.quotes.length > 0 && chance.onceIn(6)) settleQuote(account, pen);
  if (chance.onceIn(60)) decide(account, dossier, pen);
  if (chance.onceIn(150)) addContact(account, pen);
  if (chance.onceIn(70)) repeatSomething(account, pen);
  if (chance.onceIn(150)) correct(account, dossier, pen);
}

function bill(account: Account, contract: HeldContract, pen: Pen): void {
  const { chance } = account;
  const total = contract.lines.reduce((sum, { annualFee }) => sum + toMinor(annualFee), 0n);
  const invoiceId = `i-${++account.made}`;
  const dueOn = addDays(pen.day, chance.oneOf([0, 0, 14, 30, -10]));
  const request = put(pathOf(account, `/invoices/${invoiceId}`), {
    contractId: contract.contractId,
    kind: chance.onceIn(8) ? "other" : "support",
    issuedOn: addDays(dueOn, -30),
    dueOn,
    amount: fromMinor(total + 1n, contract.currency),
    payments: [],
  });
  pen.send(request);
  if (chance.onceIn(5)) pen.send(request);
}

/** Early, late, in part, or recorded long after. */
function payInvoices(account: Account, { invoices }: Dossier, pen: Pen): void {
  const { chance } = account;
  for (const invoice of invoices) {
    const open = invoice.payments.reduce((left, { amount }) => left - toMinor(amount), toMinor(invoice.amount));
    if (open <= 0n || !chance.onceIn(pen.day < invoice.dueOn ? 30 : 45)) continue;
    const part = chance.onceIn(3) ? open / 2n : open;
    const amount = fromMinor(part, invoice.amount.currency);
    pen.send(
      put(pathOf(account, `/invoices/${invoice.invoiceId}/payments/y-${++account.made}`), {
        paidOn: addDays(pen.day, -chance.between(0, 20)),
        amount,
      }),
    );
  }
}

function giveNotice(account: Account, contract: HeldContract, pen: Pen): void {
  const { chance, profile } = account;
  const receivedOn = later(addDays(pen.day, -chance.oneOf([0, 0, 0, 1, 2, 15, 50])), contract.term.firstDay);
  const received = chance.onceIn(6) ? { receivedAt: `${receivedOn}T${String(chance.between(1, 20)).padStart(2, "0")}:30:00Z` } : { receivedOn };
  const kind = chance.oneOf(["non-renewal", "price-increase", "non-renewal", ...(profile === "plain" ? [] : ["cancellation", "maintenance"])]);
  const form = chance.oneOf(["letter", "email", "portal", "email", "phone"]);
  const named = chance.someOf(contract.lines);
  const lines = named.length === 0 ? contract.lines : named;
  const body =
    kind === "price-increase"
      ? { kind, form, ...received, newFees: lines.map(({ licenseId, annualFee }) => ({ licenseId, annualFee: raised(chance, annualFee) })) }
      : { kind, form, ...received, ...(chance.onceIn(3) ? { licenseIds: lines.map(({ licenseId }) => licenseId) } : {}) };
  if (lines.length === 0) return;
  const request = { method: "POST", target: pathOf(account, `/contracts/${contract.contractId}/notices`), body };
  const step = pen.send({ ...request, key: `k-${++account.made}` });
  account.keyed.push(step);
  if (chance.onceIn(6)) pen.send({ method: "POST", target: pathOf(account, `/notices/$${step}$/withdraw`), body: {} });
}

/** The cap itself, a unit beside it, the old fee, or anything near. */
function raised(chance: Chance, fee: Contract["lines"][number]["annualFee"]) {
  const before = toMinor(fee);
  const most = capped(before, 500);
  return fromMinor(chance.oneOf([most, most + 1n, most > 0n ? most - 1n : 0n, before, (before * 97n) / 100n]), fee.currency);
}

function quote(account: Account, { contracts }: Dossier, pen: Pen): void {
  const { chance, accountId, vendor } = account;
  const contract = chance.oneOf(contracts);
  if (contract === undefined) return;
  const kind = chance.oneOf(["reinstatement", "reinstatement", "additional-purchase", "renewal"]);
  const about = { kind, accountId, contractId: contract.contractId };
  const on = addDays(pen.day, chance.oneOf([0, 0, 1, 30, -20, chance.between(0, 300)]));
  const bought = { productId: chance.oneOf(Object.values(vendor.lines).flat()), seats: chance.between(1, 9) };
  const price = chance.onceIn(4) ? {} : { annualFee: fromMinor(BigInt(chance.between(1, 900_000)), vendor.currency) };
  const body =
    kind === "reinstatement"
      ? { ...about, reinstateOn: on, ...(chance.onceIn(4) ? { payOn: addDays(on, chance.between(-5, 20)) } : {}) }
      : kind === "renewal"
        ? about
        : { ...about, deliveredOn: addDays(pen.day, chance.oneOf([0, 1, 20, -10])), lines: [{ ...bought, ...price }] };
  const step = pen.send({ method: "POST", target: "/v1/quotes", body, key: `k-${++account.made}` });
  account.quotes.push({ step, kind, contractId: contract.contractId });
  account.keyed.push(step);
}

function settleQuote(account: Account, pen: Pen): void {
  const { chance } = account;
  const open = account.quotes.pop();
  if (open === undefined || chance.onceIn(3)) return;
  const accept = {
    method: "POST",
    target: `/v1/quotes/$${open.step}$/accept`,
    body: { paidOn: addDays(pen.day, chance.oneOf([0, 0, -1, 5, 200, 400])) },
  };
  const refuse = { method: "POST", target: `/v1/quotes/$${open.step}$/void`, body: { reason: "changed their mind" } };
  if (chance.onceIn(5)) {
    pen.race([accept, chance.oneOf([accept, refuse])]);
    return;
  }
  const step = pen.send({ ...chance.oneOf([accept, accept, refuse]), key: `k-${++account.made}` });
  account.keyed.push(step);
  if (chance.onceIn(3)) pen.send(chance.oneOf([accept, refuse]));
}

function decide(account: Account, { licenses, contacts }: Dossier, pen: Pen): void {
  const { chance, accountId, vendor } = account;
  const time = `${pen.day}T${String(chance.between(0, 23)).padStart(2, "0")}:15:00Z`;
  const request = {
    kind: chance.oneOf(["error", "error", "question", "feature-request"]),
    licenseId: chance.oneOf(licenses)?.licenseId,
    contactId: chance.oneOf(contacts)?.contactId,
    severity: chance.onceIn(4) ? undefined : chance.oneOf(vendor.severities),
    channel: chance.oneOf(["portal", "email", "phone", "chat"]),
    language: chance.onceIn(8) ? "fr" : "en",
    filedAt: time,
    caseId: chance.onceIn(3) ? `case-${chance.between(1, 9)}` : undefined,
  };
  const body = { accountId, ...(chance.onceIn(2) ? { asOf: time } : {}), request };
  const step = pen.send({ method: "POST", target: "/v1/entitlement-checks", body, ...(chance.onceIn(2) ? { key: `k-${++account.made}` } : {}) });
  account.decisions.push(step);
  account.keyed.push(step);
}

function repeatSomething(account: Account, pen: Pen): void {
  const { chance } = account;
  const earlier = chance.oneOf(account.keyed);
  if (earlier !== undefined) pen.repeat(earlier, chance.onceIn(3));
}

/** What was wrong is taken back or written anew, some of it long after. */
function correct(account: Account, { invoices, contacts, contracts, licenses }: Dossier, pen: Pen): void {
  const { chance, profile } = account;
  const invoice = chance.oneOf<NamedInvoice | undefined>(invoices);
  if (invoice !== undefined && chance.onceIn(2)) {
    const { invoiceId, ...document } = invoice;
    if (chance.onceIn(2)) pen.send({ method: "DELETE", target: pathOf(account, `/invoices/${invoiceId}`) });
    else
      pen.send(
        put(pathOf(account, `/invoices/${invoiceId}`), {
          ...document,
          disputed: chance.onceIn(2),
          voidedOn: addDays(pen.day, -chance.between(0, 90)),
        }),
      );
    return;
  }
  const contact = chance.oneOf(contacts);
  if (contact !== undefined && chance.onceIn(2)) {
    pen.send({ method: "DELETE", target: pathOf(account, `/contacts/${contact.contactId}`) });
    return;
  }
  const contract = chance.oneOf(contracts);
  if (profile !== "odd" || contract === undefined) return;
  const { contractId, ...document } = contract;
  const line = chance.oneOf(document.lines);
  const license = licenses.find(({ licenseId }) => licenseId === line?.licenseId);
  if (line === undefined || license === undefined) return;
  if (chance.onceIn(2))
    pen.send(put(pathOf(account, `/contracts/${contractId}/lines/${line.licenseId}`), { annualFee: raised(chance, line.annualFee) }));
  else {
    const { licenseId, ...held } = license;
    pen.send(put(pathOf(account, `/licenses/${licenseId}`), { ...held, retiredOn: later(pen.day, held.deliveredOn) }));
  }
}

const later = (a: CalendarDate, b: CalendarDate) => (a > b ? a : b);
