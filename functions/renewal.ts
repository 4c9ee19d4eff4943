/**
 * "What happens to this contract next?" Its status, the days by which notices must be in, and the term and fee to come.
 */
import * as z from "zod";
import { identifier, instant } from "../domain/facts.ts";
import { renewalAnswer } from "../domain/questions/answers.ts";
import { outlookRenewal } from "../domain/questions/renewal.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { engineVersion } from "./http/engine-version.ts";
import { environmentOf, handlerOf } from "./http/handler.ts";
import { contractOf, factsOf, knownFactsOf } from "./http/known-facts.ts";
import { timesQuery } from "./http/moment-shapes.ts";
import { asOfFrom, knownAtFrom, knownNow } from "./http/moments.ts";
import { answer, type Operations, question } from "./http/operation.ts";
import { type AnswerStore, openAnswering } from "./store/answering.ts";

const renewal = question({
  summary: "Look ahead to a contract's renewal",
  tag: "Contracts",
  params: z.strictObject({ accountId: identifier, contractId: identifier }),
  query: timesQuery,
  answers: { 200: renewalAnswer.extend({ knownAt: instant, factsDigest: z.string(), engineVersion: z.string() }).meta({ id: "Renewal" }) },
  async run(call) {
    const { params, query, now } = call;
    const known = knownAtFrom(query.knownAt, now, "query");
    const snapshot = await factsOf(call, params.accountId, known);
    const { contractId } = contractOf(snapshot.dossier, params.contractId);
    const outlook = outlookRenewal(knownFactsOf(snapshot), contractId, asOfFrom(query.asOf, now));
    return answer(200, { ...outlook, knownAt: formatInstant(known ?? knownNow(snapshot)), factsDigest: snapshot.factsDigest, engineVersion });
  },
});

export const operations: Operations<AnswerStore> = { "GET /v1/accounts/{accountId}/contracts/{contractId}/renewal": renewal };

export const handler = handlerOf(operations, environmentOf(openAnswering));
