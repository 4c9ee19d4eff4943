/** "What became of this quote?" It stays as it was made; whether it is open, accepted, void or expired is judged on a day. */
import type { RecordedOffer } from "../facts.ts";
import { parseInstant } from "../time/instant.ts";
import { type AsOf, daysOf, instantOfAsOf } from "./question.ts";
import type { QuoteAnswer, QuoteStatus } from "./quote.ts";

/** Whether anything was offered at all. What had expired when it was asked for stood open before. */
export const wasOffered = ({ status }: Pick<QuoteAnswer, "status">) => status === "offered" || status === "expired";

/**
 * The status at `asOf`, by the facts known then: accepted from the day it was paid, void from the instant it was voided,
 * expired from the day after `payBy`, which is itself in time (reading `window`).
 * @param zone where the policy's days begin; null where it states none
 */
export function quoteStatusAt(
  made: Pick<QuoteAnswer, "status" | "payBy">,
  offer: RecordedOffer | undefined,
  asOf: AsOf,
  zone: string | null,
): QuoteStatus {
  const [day] = daysOf(asOf, zone);
  if (offer?.acceptedPaidOn !== undefined && offer.acceptedPaidOn <= day) return "accepted";
  if (offer?.voidedAt !== undefined && parseInstant(offer.voidedAt) <= instantOfAsOf(asOf, zone)) return "void";
  if (!wasOffered(made)) return made.status;
  return made.payBy !== null && day > made.payBy ? "expired" : "offered";
}
