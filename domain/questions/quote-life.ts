/** "What became of this quote?" It stays as it was made; whether it is open, accepted, void or expired is judged on a day. */
import type { Reason } from "../decision.ts";
import { byId } from "../dossier.ts";
import type { Dossier } from "../facts.ts";
import { insteadInTime, isAccepted, type OfferedFor } from "../offers.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { firstInstantOf } from "../time/zone.ts";
import { type AsOf, daysOf, earliestZone, instantOfAsOf } from "./question.ts";
import type { QuoteAnswer, QuoteStatus } from "./quote.ts";

/** What of a quote is judged at `asOf`. */
export interface QuoteFate {
  status: QuoteStatus;
  acceptedPaidOn: CalendarDate | null;
  reinstatedAs: string[];
  voidedAt: string | null;
  voidedReason: string | null;
}

type MadeQuote = Pick<QuoteAnswer, "kind" | "contractId" | "status" | "payBy" | "newTerm"> & {
  lines: readonly { licenseId: string | null }[];
};

/** Whether anything was offered at all. What had expired when it was asked for stood open before. */
export const wasOffered = ({ status }: Pick<QuoteAnswer, "status">) => status === "offered" || status === "expired";

/** What the quote is for, by which it is told whether another one was accepted instead. */
export const offeredFor = (
  quoteId: string,
  { kind, contractId, lines, newTerm }: Omit<MadeQuote, "status" | "payBy">,
): OfferedFor & { licenseIds: string[] } => ({
  quoteId,
  kind,
  contractId,
  licenseIds: [...new Set(lines.flatMap(({ licenseId }) => licenseId ?? []))],
  ...(kind === "renewal" && newTerm !== null && { termFirstDay: newTerm.firstDay }),
});

const nothingYet = { acceptedPaidOn: null, reinstatedAs: [], voidedAt: null, voidedReason: null };

/**
 * The fate at `asOf`, by the facts known: accepted from the day it was paid, void from the instant it was voided or from the
 * day on which another quote for the same was paid, expired from the day after `payBy`, which is itself in time (reading `window`).
 * @param dossier null where nothing is known of the account
 * @param zone where the policy's days begin; null where it states none
 */
export function quoteFateAt(quoteId: string, made: MadeQuote, dossier: Dossier | null, asOf: AsOf, zone: string | null): QuoteFate {
  const [day] = daysOf(asOf, zone);
  const offer = dossier === null ? undefined : byId(dossier.quotes, "quoteId", quoteId);
  if (dossier !== null && isAccepted(dossier, offer) && offer.acceptedPaidOn <= day)
    return { ...nothingYet, status: "accepted", acceptedPaidOn: offer.acceptedPaidOn, reinstatedAs: offer.reinstatedAs ?? [] };
  if (offer?.voidedAt !== undefined && parseInstant(offer.voidedAt) <= instantOfAsOf(asOf, zone))
    return { ...nothingYet, status: "void", voidedAt: offer.voidedAt, voidedReason: offer.voidedReason ?? null };
  if (!wasOffered(made)) return { ...nothingYet, status: made.status };
  const other = dossier === null ? undefined : insteadInTime(dossier, offeredFor(quoteId, made), made.payBy);
  if (other !== undefined && other.acceptedPaidOn <= day) {
    const voidedAt = formatInstant(firstInstantOf(other.acceptedPaidOn, zone ?? earliestZone));
    return {
      ...nothingYet,
      status: "void",
      voidedAt,
      voidedReason: `quote \`${other.quoteId}\` was accepted instead, paid on ${other.acceptedPaidOn}`,
    };
  }
  return { ...nothingYet, status: made.payBy !== null && day > made.payBy ? "expired" : "offered" };
}

/** Told while the payment that is recorded lies ahead: until that day the quote stands as it was, and must not be paid again. Null otherwise. */
export function paymentAhead(quoteId: string, { reasons }: Pick<QuoteAnswer, "reasons">, dossier: Dossier | null, asOf: AsOf, zone: string | null) {
  if (dossier === null) return null;
  const offer = byId(dossier.quotes, "quoteId", quoteId);
  const [day] = daysOf(asOf, zone);
  if (!isAccepted(dossier, offer) || offer.acceptedPaidOn <= day) return null;
  const paidOn = offer.acceptedPaidOn;
  const reason: Reason = {
    clause: reasons[0].clause,
    condition: "payment-recorded",
    result: "info",
    finding: `payment is recorded for ${paidOn}: the quote is accepted from that day on and is not to be paid again`,
    facts: [{ path: `quotes/${quoteId}/acceptedPaidOn`, value: paidOn }],
    cure: null,
  };
  return { paidOn, reason };
}
