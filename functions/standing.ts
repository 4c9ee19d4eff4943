/**
 * "How does this customer stand?" Every contract with its status, what is not covered, what is overdue, and the benefits
 * that follow.
 */
import * as z from "zod";
import { identifier, instant } from "../domain/facts.ts";
import { standingAnswer } from "../domain/questions/answers.ts";
import { describeStanding } from "../domain/questions/standing.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { engineVersion } from "./http/engine-version.ts";
import { environmentOf, handlerOf } from "./http/handler.ts";
import { factsOf, knownFactsOf } from "./http/known-facts.ts";
import { timesQuery } from "./http/moment-shapes.ts";
import { asOfFrom, knownAtFrom, knownNow } from "./http/moments.ts";
import { answer, type Operations, question } from "./http/operation.ts";
import { type AnswerStore, openAnswering } from "./store/answering.ts";

const standing = question({
  summary: "Describe how an account stands",
  tag: "Standing",
  params: z.strictObject({ accountId: identifier }),
  query: timesQuery,
  answers: { 200: standingAnswer.extend({ knownAt: instant, factsDigest: z.string(), engineVersion: z.string() }).meta({ id: "Standing" }) },
  async run(call) {
    const { params, query, now } = call;
    const known = knownAtFrom(query.knownAt, now, "query");
    const snapshot = await factsOf(call, params.accountId, known);
    const described = describeStanding(knownFactsOf(snapshot), asOfFrom(query.asOf, now));
    return answer(200, { ...described, knownAt: formatInstant(known ?? knownNow(snapshot)), factsDigest: snapshot.factsDigest, engineVersion });
  },
});

export const operations: Operations<AnswerStore> = { "GET /v1/accounts/{accountId}/standing": standing };

export const handler = handlerOf(operations, environmentOf(openAnswering));
