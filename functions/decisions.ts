/**
 * Decisions that were made: each is kept as it was answered, can be found again by account or by case, and can be made
 * again from the facts that it stood on.
 */
import * as z from "zod";
import { identifier } from "../domain/facts.ts";
import { type AskedCheck, type Decision, decideAgain, decision } from "./http/decision.ts";
import { factsOf } from "./http/known-facts.ts";
import { knownAtFrom, timesQuery } from "./http/moments.ts";
import { answer, type Operations, operation } from "./http/operation.ts";
import { listOf, pageOf, pageQuery } from "./http/paging.ts";
import { notFound } from "./http/problem.ts";
import { recordPage } from "./http/record-page.ts";
import { serve } from "./http/serve.ts";
import type { Store } from "./store/store.ts";

const tag = "Entitlement";
const decisionParams = z.strictObject({ decisionId: identifier });

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
  summary: "Make a decision again, from the facts that it stood on",
  description: "Nothing is stored. `identical` compares everything but `engineVersion`: a new release may answer otherwise, and says so here.",
  tag,
  params: decisionParams,
  body: z.strictObject({}).optional(),
  answers: { 200: z.strictObject({ identical: z.boolean(), decision, stored: decision }).meta({ id: "Replay" }) },
  async run({ params, store }) {
    const record = await stored(store, params.decisionId);
    const before = JSON.parse(record.answer) as Decision;
    const snapshot = await store.readFactsAtVersions(record.accountId, record.versions);
    const again = decideAgain(snapshot, record.question as AskedCheck, before);
    const identical = JSON.stringify({ ...again, engineVersion: before.engineVersion }) === record.answer;
    return answer(200, { identical, decision: again, stored: before });
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
