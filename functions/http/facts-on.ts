/**
 * What of an account's facts counts on a day: the rule "what counts at `asOf`", applied to every kind of fact.
 */
import type { Dossier } from "../../domain/facts.ts";
import type { CalendarDate } from "../../domain/time/calendar-date.ts";

/** The facts less those that begin later or are over. First and last days count; a license is out on its `retiredOn`. */
export function factsOn(dossier: Dossier, day: CalendarDate): Dossier {
  const begun = (firstDay: string | undefined) => firstDay === undefined || firstDay <= day;
  const notOver = (lastDay: string | undefined) => lastDay === undefined || day <= lastDay;
  return {
    ...dossier,
    licenses: dossier.licenses.filter(({ deliveredOn, retiredOn }) => begun(deliveredOn) && (retiredOn === undefined || day < retiredOn)),
    contacts: dossier.contacts.filter(({ activeFrom, activeUntil }) => begun(activeFrom) && notOver(activeUntil)),
    invoices: dossier.invoices
      .filter(({ issuedOn }) => begun(issuedOn))
      .map((invoice) => ({ ...invoice, payments: invoice.payments.filter(({ paidOn }) => begun(paidOn)) })),
    notices: dossier.notices.filter(({ receivedOn, receivedAt, sentAt }) => begun(receivedOn ?? (receivedAt ?? sentAt)?.slice(0, 10))),
    exceptions: dossier.exceptions.filter(({ approvedOn, until }) => begun(approvedOn) && notOver(until)),
  };
}
