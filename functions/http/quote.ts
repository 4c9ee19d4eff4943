/**
 * Quotes as they are asked for and answered: made on facts that were read, kept as they were made, and shown with what
 * became of them since.
 */
import * as z from "zod";
import { versionNamed } from "../../domain/compiled-policy.ts";
import { byId } from "../../domain/dossier.ts";
import { calendarDate, type Dossier, identifier, instant, type Offer } from "../../domain/facts.ts";
import { additionalPurchaseRequest, quoteAdditionalPurchase } from "../../domain/questions/additional-purchase.ts";
import { quoteAnswer } from "../../domain/questions/answers.ts";
import { zoneAt } from "../../domain/questions/place.ts";
import type { AsOf, KnownFacts } from "../../domain/questions/question.ts";
import type { QuoteAnswer } from "../../domain/questions/quote.ts";
import { offeredFor, paymentAhead, type QuoteFate, quoteFateAt } from "../../domain/questions/quote-life.ts";
import { madeBy } from "../../domain/questions/quote-recorded.ts";
import { quoteReinstatement, reinstatementRequest } from "../../domain/questions/reinstatement.ts";
import { quoteRenewal, renewalQuoteRequest } from "../../domain/questions/renewal-quote.ts";
import type { Snapshot, StoredRecord } from "../store/store.ts";
import { engineVersion } from "./engine-version.ts";
import { madeId } from "./id-shapes.ts";
import { knownFactsOf } from "./known-facts.ts";
import { asOf, knownAt } from "./moment-shapes.ts";

const always = { accountId: identifier, asOf: asOf.optional(), knownAt: knownAt.optional() };

export const quoteRequest = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("reinstatement"), ...always, ...reinstatementRequest.shape })
    .meta({ id: "ReinstatementQuoteRequest", description: "What does it cost to bring lapsed support back on that day?" }),
  z
    .strictObject({ kind: z.literal("additional-purchase"), ...always, ...additionalPurchaseRequest.shape })
    .meta({ id: "AdditionalPurchaseQuoteRequest", description: "What does support of more licenses cost under a running contract?" }),
  z
    .strictObject({ kind: z.literal("renewal"), ...always, ...renewalQuoteRequest.shape })
    .meta({ id: "RenewalQuoteRequest", description: "What does the contract's next term cost?" }),
]);

export type QuoteRequest = z.infer<typeof quoteRequest>;

export const quote = quoteAnswer
  .extend({
    id: madeId("qt").nullable().meta({ description: "Null in a preview: nothing was stored." }),
    acceptedPaidOn: calendarDate.nullable().meta({ description: "When it was paid; null while it is not accepted." }),
    reinstatedAs: z.array(identifier).meta({ description: "Contracts that accepting it recorded, where it brought support back." }),
    voidedAt: instant.nullable(),
    voidedReason: z.string().nullable(),
    knownAt: instant,
    decidedAt: instant,
    factsDigest: z.string(),
    engineVersion: z.string(),
  })
  .meta({ id: "Quote", description: "Kept as it was made; only `status` and what became of the offer are judged at `asOf`." });

export type Quote = QuoteAnswer &
  QuoteFate & {
    id: string | null;
    knownAt: string;
    decidedAt: string;
    factsDigest: string;
    engineVersion: string;
  };

/** What was asked, as it is stored: `asOf` is filled in, and the zone where the policy's days begin. */
export interface AskedQuote {
  request: QuoteRequest;
  asOf: AsOf;
  zone: string | null;
}

/** When a quote was made and what was known then, as it is written in the quote. */
export type MadeQuote = Pick<Quote, "id" | "knownAt" | "decidedAt">;

const nothingYet = { acceptedPaidOn: null, reinstatedAs: [], voidedAt: null, voidedReason: null };

/** The same question on the same facts: the same quote, within a release to the byte. @throws Refused */
export function quoteOn(
  snapshot: Pick<Snapshot, "dossier" | "catalog" | "factsDigest">,
  { request, asOf }: Pick<AskedQuote, "request" | "asOf">,
  { id, knownAt, decidedAt }: MadeQuote,
): Quote {
  const answered = ask(knownFactsOf(snapshot), request, asOf);
  return { id, ...answered, ...nothingYet, knownAt, decidedAt, factsDigest: snapshot.factsDigest, engineVersion };
}

function ask(facts: KnownFacts, { accountId: _, asOf: __, knownAt: ___, ...request }: QuoteRequest, asOf: AsOf): QuoteAnswer {
  switch (request.kind) {
    case "reinstatement":
      return quoteReinstatement(facts, request, asOf);
    case "additional-purchase":
      return quoteAdditionalPurchase(facts, request, asOf);
    case "renewal":
      return quoteRenewal(facts, request, asOf);
  }
}

/** Names the licenses that are bought and have no name yet: after their product and the quote. */
export function withLicenseIds(request: QuoteRequest, quoteId: string): QuoteRequest {
  if (request.kind !== "additional-purchase") return request;
  const lines = request.lines.map((line, index) => ({ ...line, licenseId: line.licenseId ?? `${madeBy(line.productId, quoteId)}-${index + 1}` }));
  return { ...request, lines };
}

/** What was asked, with what is needed to judge the quote's status later. */
export function askedFrom(facts: KnownFacts, request: QuoteRequest, asOf: AsOf, { policy, contractId }: Quote): AskedQuote {
  const governing = versionNamed(facts.policies, policy.id, policy.version);
  const contract = byId(facts.dossier.contracts, "contractId", contractId) ?? null;
  return { request, asOf, zone: governing === undefined ? null : zoneAt(governing, contract, facts.dossier.premises) };
}

/**
 * A stored quote as it stands: as it was made, less `status` and what became of the offer by the facts known; with a reason more
 * while a payment is recorded that lies ahead.
 * @param dossier null where nothing is known of the account
 * @param asOf for when the status is judged
 */
export function quoteAsItStands({ id, answer, question }: StoredRecord, dossier: Dossier | null, asOf: AsOf): Quote {
  const made = JSON.parse(answer) as Quote;
  const { zone } = question as AskedQuote;
  const ahead = paymentAhead(id, made, dossier, asOf, zone);
  const reasons: Quote["reasons"] = ahead === null ? made.reasons : [...made.reasons, ahead.reason];
  return { ...made, reasons, ...quoteFateAt(id, made, dossier, asOf, zone) };
}

/** The offer that a quote makes, as a fact. */
export function offerOf(id: string, made: Quote): Offer {
  const { kind, contractId, licenseIds, termFirstDay } = offeredFor(id, made);
  const paidThrough = kind === "additional-purchase" ? lastDayOf(made) : undefined;
  return {
    kind,
    contractId,
    ...(made.payBy !== null && { payBy: made.payBy }),
    licenseIds,
    ...(termFirstDay !== undefined && { termFirstDay }),
    ...(paidThrough !== undefined && { paidThrough }),
  };
}

/** What is bought together is delivered on one day, and paid through one. */
const lastDayOf = ({ lines }: Quote) =>
  lines
    .flatMap(({ lastDay }) => lastDay ?? [])
    .sort()
    .at(-1);

/** A quote that was just accepted or made void. */
export function withFate(made: Quote, status: "accepted" | "void", offer: Offer): Quote {
  const accepted = status === "accepted" && { acceptedPaidOn: offer.acceptedPaidOn ?? null, reinstatedAs: offer.reinstatedAs ?? [] };
  const voided = status === "void" && { voidedAt: offer.voidedAt ?? null, voidedReason: offer.voidedReason ?? null };
  return { ...made, status, ...nothingYet, ...accepted, ...voided };
}
