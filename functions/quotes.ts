/**
 * "What does it cost?" Quotes, each line with its formula and clause, kept as they were offered; and what becomes of them.
 */
import * as z from "zod";
import { calendarDate, identifier, text } from "../domain/facts.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { quoteAsPdf } from "./documents/quote-document.ts";
import { madeId } from "./http/id-shapes.ts";
import { newId } from "./http/ids.ts";
import { contractOf, factsOf, knownFactsOf } from "./http/known-facts.ts";
import { timesQuery } from "./http/moment-shapes.ts";
import { asOfFrom, knownAtFrom, knownNow } from "./http/moments.ts";
import { answer, type Call, type Operations, operation, replyOf } from "./http/operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery } from "./http/paging.ts";
import { notFound } from "./http/problem.ts";
import { askedFrom, offerOf, type Quote, type QuoteRequest, quote, quoteAsItStands, quoteOn, quoteRequest, withLicenseIds } from "./http/quote.ts";
import { acceptQuote, quoteChanged, voidQuote } from "./http/quote-changes.ts";
import { quoteReplay, replayOfQuote } from "./http/quote-replay.ts";
import { replayRequest } from "./http/replay.ts";
import { serve } from "./http/serve.ts";
import { snapshotOf } from "./http/snapshot-of.ts";
import type { Snapshot, StoredRecord } from "./store/store.ts";

const tag = "Quotes";

type Facts = Pick<Snapshot, "dossier" | "catalog" | "factsDigest" | "recordedAt" | "versions">;

const create = operation({
  summary: "Quote, and store the quote",
  description: "What is offered becomes a fact of the account: an offer, open through `payBy`.",
  tag,
  body: quoteRequest,
  idempotency: "required",
  answers: { 201: quote },
  async run(call) {
    const { body, now } = call;
    const { accountId } = body;
    const id = newId("qt", now);
    const request = withLicenseIds(body, id);
    const known = knownAtFrom(body.knownAt, now, "body");
    const earlier = known === null ? null : await factsOf(call, accountId, known, "body");
    const { answer: given } = await call.store.change(
      { accountId },
      {
        operationId: newId("op", now),
        by: call.caller,
        decide(current) {
          const facts = earlier ?? snapshotOf(current, accountId, "body");
          const made = quoteFor(call, request, facts, known, id);
          const given = answer(201, made, { location: `/v1/quotes/${id}` });
          const question = askedFrom(knownFactsOf(facts), request, asOfFrom(body.asOf, now), made);
          const { kind, contractId, total, payBy, status } = made;
          const record = {
            kind: "quote" as const,
            id,
            accountId,
            caseId: null,
            recordedAt: now,
            question,
            answer: given.json,
            versions: facts.versions,
          };
          const reply = replyOf(call, given);
          const effects = { records: [record], ...(reply && { reply }), answer: given };
          if (status !== "offered") return { writes: [], ...effects };
          const data = { quoteId: id, contractId, kind, total, payBy };
          return {
            writes: [{ path: `quotes/${id}`, value: offerOf(id, made) }],
            events: [{ id: newId("evt", now), type: "quote.offered", subject: accountId, time: now, data }],
            ...effects,
          };
        },
      },
    );
    return given;
  },
});

const preview = operation({
  summary: "Quote without storing",
  tag,
  body: quoteRequest,
  answers: { 200: quote },
  async run(call) {
    const known = knownAtFrom(call.body.knownAt, call.now, "body");
    return answer(200, quoteFor(call, call.body, await factsOf(call, call.body.accountId, known, "body"), known, null));
  },
});

const quoteParams = z.strictObject({ quoteId: madeId("qt") });

const get = operation({
  summary: "Read a quote, as it was made",
  description:
    "Its `status` and what became of the offer are judged at `asOf`, by the facts recorded by `knownAt`; the rest never changes. A payment that is recorded for a later day is told of in `reasons`.",
  tag,
  params: quoteParams,
  query: timesQuery,
  answers: { 200: quote },
  document: { suffix: ".pdf", type: "application/pdf", summary: "Read a quote as a document to send" },
  async run(call) {
    const { quoteId } = call.params;
    if (!quoteId.endsWith(".pdf")) return answer(200, await readQuote(call, quoteId, call.query));
    // A path parameter is a whole segment: `qt_….pdf` comes here, and ids that we make have no dot.
    const id = quoteId.slice(0, -".pdf".length);
    return quoteAsPdf(call, await storedQuote(call, id), await readQuote(call, id, call.query), call.query.asOf);
  },
});

const replay = operation({
  summary: "Make a quote again, from the facts that it stood on, and from those of today",
  description: "Nothing is stored. As for a decision: `today` says what it would cost now, what changed, and which fact changed it.",
  tag,
  params: quoteParams,
  body: replayRequest,
  answers: { 200: quoteReplay },
  run: async (call) => replayOfQuote(call, await storedQuote(call, call.params.quoteId)),
});

const list = operation({
  summary: "List an account's quotes, newest first",
  tag,
  params: z.strictObject({ accountId: identifier }),
  query: pageQuery,
  answers: { 200: listOf(quote) },
  async run(call) {
    const { accountId } = call.params;
    const named = `quotes of account ${accountId}`;
    const page = pageOf(call.query, named);
    const { dossier } = await factsOf(call, accountId, null);
    const { records, after } = await call.store.listRecords("quote", accountId, page);
    const items = records.map((record) => quoteAsItStands(record, dossier, { instant: call.now }));
    return answer(200, { items, nextCursor: cursorAfter(after, named) });
  },
});

const accept = operation({
  summary: "Accept a quote by paying it",
  description:
    "Once, when paid by `payBy`, whenever it is recorded; the same again answers the same. Records the reinstated terms or the licenses that were bought as facts; support that was brought back counts from `paidOn`. Other quotes for the same are void from then on. Where `paidOn` was wrong, `DELETE` what accepting recorded and accept again: the problem of a second acceptance says what that is.",
  tag,
  params: quoteParams,
  body: z.strictObject({ paidOn: calendarDate }).meta({ id: "QuoteAcceptance" }),
  idempotency: "accepted",
  answers: { 200: quote },
  async run(call) {
    const record = await storedQuote(call, call.params.quoteId);
    return quoteChanged(call, record, (current) => acceptQuote(call, record, current, call.body.paidOn));
  },
});

const makeVoid = operation({
  summary: "Make a quote void",
  description: "Once, and not after it was accepted; the same again answers the same.",
  tag,
  params: quoteParams,
  body: z.strictObject({ reason: text(1_000) }).meta({ id: "QuoteVoiding" }),
  idempotency: "accepted",
  answers: { 200: quote },
  async run(call) {
    const record = await storedQuote(call, call.params.quoteId);
    return quoteChanged(call, record, (current) => voidQuote(call, record, current, call.body.reason));
  },
});

/** @throws Problem 404 `quote-not-found` */
export async function storedQuote(call: Pick<Call, "store">, quoteId: string): Promise<StoredRecord> {
  const stored = await call.store.getRecord("quote", quoteId);
  if (stored === null) throw notFound("quote", "quoteId", quoteId);
  return stored;
}

/** A stored quote as it stands at `asOf`, now by default. @throws Problem 404 `quote-not-found`, 400 for a `knownAt` in the future */
export async function readQuote(call: Pick<Call, "store" | "now">, quoteId: string, { asOf, knownAt }: z.infer<typeof timesQuery>): Promise<Quote> {
  const known = knownAtFrom(knownAt, call.now, "query");
  const stored = await storedQuote(call, quoteId);
  // Null where the account was taken back, or not yet known: then nothing is known of the offer.
  const facts = await call.store.readFacts(stored.accountId, known);
  return quoteAsItStands(stored, facts?.dossier ?? null, asOfFrom(asOf, call.now));
}

function quoteFor(call: Call, request: QuoteRequest, facts: Facts, known: number | null, id: string | null): Quote {
  contractOf(facts.dossier, request.contractId, "body");
  const when = { knownAt: formatInstant(known ?? knownNow(facts)), decidedAt: formatInstant(call.now) };
  return quoteOn(facts, { request, asOf: asOfFrom(request.asOf, call.now) }, { id, ...when });
}

export const operations: Operations = {
  "POST /v1/quotes": create,
  "POST /v1/quotes/preview": preview,
  "GET /v1/quotes/{quoteId}": get,
  "POST /v1/quotes/{quoteId}/replay": replay,
  "POST /v1/quotes/{quoteId}/accept": accept,
  "POST /v1/quotes/{quoteId}/void": makeVoid,
  "GET /v1/accounts/{accountId}/quotes": list,
};

export const handler = serve(operations);
