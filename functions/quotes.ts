/**
 * "What does it cost?" Quotes, each line with its formula and clause, kept as they were offered.
 */
import * as z from "zod";
import { identifier, instant } from "../domain/facts.ts";
import { quoteAnswer } from "../domain/questions/answers.ts";
import { type QuoteAnswer, quoteReinstatement, reinstatementRequest } from "../domain/questions/reinstatement.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { engineVersion } from "./http/engine-version.ts";
import { newId } from "./http/ids.ts";
import { contractOf, factsOf, knownFactsOf } from "./http/known-facts.ts";
import { asOf, asOfFrom, knownAt, knownAtFrom, knownNow, timesQuery } from "./http/moments.ts";
import { answer, type Call, type Operations, operation, record } from "./http/operation.ts";
import { listOf, pageOf, pageQuery } from "./http/paging.ts";
import { notFound, Problem } from "./http/problem.ts";
import { recordPage } from "./http/record-page.ts";
import { serve } from "./http/serve.ts";
import type { Snapshot } from "./store/store.ts";

const tag = "Quotes";

const reinstatement = z
  .strictObject({
    kind: z.literal("reinstatement"),
    accountId: identifier,
    asOf: asOf.optional(),
    knownAt: knownAt.optional(),
    ...reinstatementRequest.shape,
  })
  .meta({ id: "ReinstatementQuoteRequest", description: "What does it cost to bring lapsed support back on that day?" });

/** Kinds that the service knows of and does not quote yet. */
const notYet = z.looseObject({ kind: z.enum(["additional-purchase", "renewal"]), accountId: identifier });

const quoteRequest = z.discriminatedUnion("kind", [reinstatement, notYet]);

const quote = quoteAnswer
  .extend({
    id: z.string().nullable().meta({ description: "Null in a preview: nothing was stored.", example: "qt_01KB4Q3R8D2V9XJ5T0WZ6N7M1P" }),
    knownAt: instant,
    decidedAt: instant,
    factsDigest: z.string(),
    engineVersion: z.string(),
  })
  .meta({ id: "Quote", description: "Totals are the sums of the lines. `status` is judged at `asOf`." });

type Request = z.infer<typeof quoteRequest>;

const create = operation({
  summary: "Quote, and store the quote",
  tag,
  body: quoteRequest,
  idempotency: "required",
  answers: { 201: quote },
  async run(call) {
    const { body, now } = call;
    const id = newId("qt", now);
    const { quoted, snapshot } = await quoteFor(call, body, id);
    const given = answer(201, quoted, { location: `/v1/quotes/${id}` });
    const { status, accountId, contractId, total, payBy } = quoted;
    const question = { request: body, asOf: asOfFrom(body.asOf as string | undefined, now) };
    const stored = {
      kind: "quote" as const,
      id,
      accountId,
      caseId: null,
      recordedAt: now,
      question,
      answer: given.json,
      versions: snapshot.versions,
    };
    const data = { quoteId: id, contractId, total, payBy };
    const events = status === "offered" ? [{ id: newId("evt", now), type: "quote.offered", subject: accountId, time: now, data }] : [];
    return record(call, [stored], given, events);
  },
});

const preview = operation({
  summary: "Quote without storing",
  tag,
  body: quoteRequest,
  answers: { 200: quote },
  run: async (call) => answer(200, (await quoteFor(call, call.body, null)).quoted),
});

const get = operation({
  summary: "Read a quote, as it was answered",
  tag,
  params: z.strictObject({ quoteId: identifier }),
  query: timesQuery,
  answers: { 200: quote },
  async run({ params, query, now, store }) {
    knownAtFrom(query.knownAt, now, "query");
    const stored = await store.getRecord("quote", params.quoteId);
    if (stored === null) throw notFound("quote", "quoteId", params.quoteId);
    return { status: 200, json: stored.answer };
  },
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
    await factsOf(call, accountId, null);
    return recordPage(await call.store.listRecords("quote", accountId, page), named);
  },
});

async function quoteFor(call: Call, body: Request, id: string | null): Promise<{ quoted: Quoted; snapshot: Snapshot }> {
  const { now } = call;
  const known = knownAtFrom(body.knownAt as string | undefined, now, "body");
  const snapshot = await factsOf(call, body.accountId, known, "body");
  if (body.kind !== "reinstatement") {
    const detail = `quotes of kind \`${body.kind}\` cannot be made yet: expected \`reinstatement\``;
    throw new Problem(422, "quote-kind-not-available", detail, { errors: [{ in: "body", pointer: "/kind", detail }] });
  }
  const { kind: _, accountId: __, asOf, knownAt: ___, ...request } = body;
  contractOf(snapshot.dossier, request.contractId, "body");
  const answered = quoteReinstatement(knownFactsOf(snapshot), request, asOfFrom(asOf, now));
  const knownAt = formatInstant(known ?? knownNow(snapshot));
  return { snapshot, quoted: { id, ...answered, knownAt, decidedAt: formatInstant(now), factsDigest: snapshot.factsDigest, engineVersion } };
}

type Quoted = { id: string | null } & QuoteAnswer & { knownAt: string; decidedAt: string; factsDigest: string; engineVersion: string };

export const operations: Operations = {
  "POST /v1/quotes": create,
  "POST /v1/quotes/preview": preview,
  "GET /v1/quotes/{quoteId}": get,
  "GET /v1/accounts/{accountId}/quotes": list,
};

export const handler = serve(operations);
