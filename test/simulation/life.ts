/**
 * Lives of accounts, a day at a time: commands that a careful and a careless office would send, most of them near the days
 * on which something turns.
 */
import { contractTermOn } from "../../domain/contract-terms.ts";
import type { Dossier, HeldContract, NamedInvoice } from "../../domain/facts.ts";
import { fromMinor, toMinor } from "../../domain/money.ts";
import { addDays, daysBetween } from "../../domain/time/calendar-date.ts";
import { type Account, later, type Pen, pathOf, put } from "./account.ts";
import { addContact } from "./beginning.ts";
import { giveNotice, raised } from "./notices-given.ts";
import { decide, quote, repeatSomething, settleQuote } from "./questions-asked.ts";

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

/** The fees of a term, at times sent twice. */
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
