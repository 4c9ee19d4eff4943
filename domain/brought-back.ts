/** From when support counts that was brought back: reinstatement is subject to payment (Ebiexperts 7.3), and a payment counts from the day it is paid. */
import type { Dossier, RecordedOffer } from "./facts.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

const known = new WeakMap<readonly RecordedOffer[], Map<string, CalendarDate>>();

/** The day on which the reinstatement that recorded this contract was paid; undefined for a contract that brought nothing back. */
export function broughtBackOn({ quotes }: Pick<Dossier, "quotes">, contractId: string): CalendarDate | undefined {
  if (quotes.length === 0) return undefined;
  let days = known.get(quotes);
  if (days === undefined) {
    days = new Map();
    for (const { acceptedPaidOn, reinstatedAs = [] } of quotes)
      if (acceptedPaidOn !== undefined) for (const made of reinstatedAs) days.set(made, acceptedPaidOn);
    known.set(quotes, days);
  }
  return days.get(contractId);
}
