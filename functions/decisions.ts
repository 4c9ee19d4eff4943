/**
 * Decisions that were made: each is kept as it was answered, can be found again by account or by case, and can be made
 * again from the facts that it stood on.
 */
import * as z from "zod";
import { identifier } from "../domain/facts.ts";
import { decideEntitlement, type EntitlementAnswer } from "../domain/questions/entitlement.ts";
import { statementsOfDecision } from "../domain/questions/what-changed-statements.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { type AskedCheck, type Decision, decideAgain } from "./http/decision.ts";
import { decision } from "./http/decision-shape.ts";
import { madeId } from "./http/id-shapes.ts";
import { factsOf } from "./http/known-facts.ts";
import { timesQuery } from "./http/moment-shapes.ts";
import { knownAtFrom } from "./http/moments.ts";
import { answer, type Operations, operation } from "./http/operation.ts";
import { listOf, pageOf, pageQuery } from "./http/paging.ts";
import { notFound } from "./http/problem.ts";
import { recordPage } from "./http/record-page.ts";
import { answerToday, replayRequest, todayShape } from "./http/replay.ts";
import { serve } from "./http/serve.ts";
import type { Store } from "./store/store.ts";

const tag = "Entitlement";
const decisionParams = z.strictObject({ decisionId: madeId("chk") });

const get = operation({
  summary: "Read a decision, as it was answered",
  tag,
  params: decisionParams,
  query: timesQuery,
  answers: { 200: decision },
  async run({ params, query, now, store }) {
    knownAtFrom(query.knownAt, now, "query");
    return { status: 200, json: (await stored(store, params.decisionId)).answer };
  },
});

const replay = operation({
  summary: "Make a decision again, from the facts that it stood on, and from those of today",
  description:
    "Nothing is stored. `identical` compares everything but `engineVersion`: a new release may answer otherwise, and says so here. `today` says what the same question is answered now, what changed, and which fact changed it.",
  tag,
  params: decisionParams,
  body: replayRequest,
  answers: { 200: z.strictObject({ identical: z.boolean(), decision, stored: decision, today: todayShape(decision) }).meta({ id: "Replay" }) },
  async run(call) {
    const record = await stored(call.store, call.params.decisionId);
    const said = JSON.parse(record.answer) as Decision;
    const { request, asOf } = record.question as AskedCheck;
    const before = await call.store.readFactsAtVersions(record.accountId, record.versions);
    const made = decideAgain(before, { request, asOf }, said);
    const identical = JSON.stringify({ ...made, engineVersion: said.engineVersion }) === record.answer;
    const { again, ...since } = await answerToday<EntitlementAnswer>(call, {
      record,
      said,
      before,
      identical,
      asOf,
      ask: (facts, asOf) => decideEntitlement(facts, request, asOf),
      statements: statementsOfDecision,
    });
    const decidedAt = formatInstant(call.now);
    const now = again && decideAgain(again.snapshot, { request, asOf: again.asOf }, { id: null, knownAt: again.knownAt, decidedAt });
    return answer(200, { identical, decision: made, stored: said, today: { answer: now, ...since } });
  },
});

const listOfCase = operation({
  summary: "Find the decisions of a case, newest first",
  tag,
  query: pageQuery.extend({ caseId: identifier }),
  answers: { 200: listOf(decision) },
  async run({ query, store }) {
    const list = `decisions of case ${query.caseId}`;
    return recordPage(await store.listDecisionsByCase(query.caseId, pageOf(query, list)), list);
  },
});

const listOfAccount = operation({
  summary: "List an account's decisions, newest first",
  tag,
  params: z.strictObject({ accountId: identifier }),
  query: pageQuery,
  answers: { 200: listOf(decision) },
  async run(call) {
    const { accountId } = call.params;
    const list = `decisions of account ${accountId}`;
    const page = pageOf(call.query, list);
    await factsOf(call, accountId, null);
    return recordPage(await call.store.listRecords("decision", accountId, page), list);
  },
});

async function stored(store: Store, id: string) {
  const record = await store.getRecord("decision", id);
  if (record === null) throw notFound("decision", "decisionId", id);
  return record;
}

export const operations: Operations = {
  "GET /v1/decisions": listOfCase,
  "GET /v1/decisions/{decisionId}": get,
  "POST /v1/decisions/{decisionId}/replay": replay,
  "GET /v1/accounts/{accountId}/decisions": listOfAccount,
};

export const handler = serve(operations);
