/**
 * What becomes of a stored quote: accepted or void, once, decided on the newest facts and recorded in the same transaction.
 */
import { byId } from "../../domain/dossier.ts";
import type { Offer, RecordedOffer } from "../../domain/facts.ts";
import { isAccepted } from "../../domain/offers.ts";
import { daysOf } from "../../domain/questions/question.ts";
import { accept, notAcceptable } from "../../domain/questions/quote-acceptance.ts";
import type { Recorded, StoredQuote } from "../../domain/questions/quote-recorded.ts";
import type { CalendarDate } from "../../domain/time/calendar-date.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Current, FactWrite, OutboxEvent, StoredRecord } from "../store/store.ts";
import { newId } from "./ids.ts";
import { knownFactsOf } from "./known-facts.ts";
import { type Answer, answer, type Call, replyOf } from "./operation.ts";
import { Problem } from "./problem.ts";
import { type AskedQuote, offerOf, type Quote, withFate } from "./quote.ts";
import { snapshotOf } from "./snapshot-of.ts";

export interface QuoteChange {
  writes: FactWrite[];
  events: OutboxEvent[];
  quote: Quote;
}

type Known = ReturnType<typeof snapshotOf>;

/** Writes what `decide` says, with the reply, on the facts that it was decided on. */
export async function quoteChanged(call: Call, { accountId }: StoredRecord, decide: (current: Known) => QuoteChange): Promise<Answer> {
  const { answer: given } = await call.store.change(
    { accountId },
    {
      operationId: newId("op", call.now),
      by: call.caller,
      decide(current: Current) {
        const { quote, writes, events } = decide(snapshotOf(current, accountId));
        const given = answer(200, quote);
        const reply = replyOf(call, given);
        return { writes, events, ...(reply && { reply }), answer: given };
      },
    },
  );
  return given;
}

/** @throws Problem 409 with the code that says why it cannot be accepted */
export function acceptQuote(call: Call, stored: StoredRecord, current: Known, paidOn: CalendarDate): QuoteChange {
  const made = JSON.parse(stored.answer) as Quote;
  const offer = standingOffer(current, stored.id);
  const { asOf, zone, request } = stored.question as AskedQuote;
  const quote: StoredQuote = { id: stored.id, answer: made, request, asOf, day: daysOf(asOf, zone)[0] };
  const refused = notAcceptable(quote, offer, paidOn);
  if (refused !== null) {
    const errors = refused.code === "quote-expired" ? [{ in: "body" as const, pointer: "/paidOn", detail: refused.detail }] : [];
    throw new Problem(409, refused.code, refused.detail, { errors });
  }
  if (offer?.acceptedPaidOn !== undefined) return unchanged(made, "accepted", offer);
  const recorded = accept(knownFactsOf(current), quote, paidOn);
  if ("code" in recorded) throw new Problem(409, recorded.code, recorded.detail);
  const { reinstatedAs } = recorded;
  const fact: Offer = { ...offerOf(stored.id, made), acceptedPaidOn: paidOn, ...(reinstatedAs.length > 0 && { reinstatedAs }) };
  return {
    writes: [{ path: `quotes/${stored.id}`, value: fact }, ...writesOf(recorded)],
    events: eventsOf(call, stored, made, fact),
    quote: withFate(made, "accepted", fact),
  };
}

/** @throws Problem 409 for one that was accepted, or made void for another reason */
export function voidQuote(call: Call, stored: StoredRecord, current: Known, reason: string): QuoteChange {
  const made = JSON.parse(stored.answer) as Quote;
  const offer = standingOffer(current, stored.id);
  if (offer?.acceptedPaidOn !== undefined)
    throw new Problem(409, "quote-already-accepted", `quote \`${stored.id}\` was accepted, paid on ${offer.acceptedPaidOn}: it cannot become void`);
  if (offer?.voidedAt !== undefined) {
    if (offer.voidedReason === reason) return unchanged(made, "void", offer);
    throw new Problem(409, "quote-void", `quote \`${stored.id}\` is void since ${offer.voidedAt}, for another reason`);
  }
  const fact: Offer = { ...offerOf(stored.id, made), voidedAt: formatInstant(call.now), voidedReason: reason };
  return { writes: [{ path: `quotes/${stored.id}`, value: fact }], events: [], quote: withFate(made, "void", fact) };
}

const unchanged = (made: Quote, status: "accepted" | "void", offer: RecordedOffer): QuoteChange => ({
  writes: [],
  events: [],
  quote: withFate(made, status, offer),
});

/** The offer as it is recorded; an acceptance of which nothing is left, since what it recorded was deleted, is none. */
function standingOffer({ dossier }: Known, quoteId: string): RecordedOffer | undefined {
  const offer = byId(dossier.quotes, "quoteId", quoteId);
  if (offer === undefined || isAccepted(dossier, offer)) return offer;
  const { acceptedPaidOn: _, reinstatedAs: __, ...open } = offer;
  return open;
}

const writesOf = ({ licenses, contracts }: Recorded): FactWrite[] => [
  ...licenses.map(({ licenseId, document }) => ({ path: `licenses/${licenseId}`, value: document })),
  ...contracts.map(({ contractId, document }) => ({ path: `contracts/${contractId}`, value: document })),
];

function eventsOf({ now }: Call, { accountId, id }: StoredRecord, { kind, contractId, total, newTerm }: Quote, fact: Offer): OutboxEvent[] {
  const { acceptedPaidOn: paidOn, reinstatedAs } = fact;
  const event = (type: string, data: object): OutboxEvent => ({ id: newId("evt", now), type, subject: accountId, time: now, data });
  const accepted = event("quote.accepted", { quoteId: id, contractId, kind, total, paidOn });
  return reinstatedAs === undefined ? [accepted] : [accepted, event("contract.reinstated", { quoteId: id, contractId, reinstatedAs, newTerm })];
}
