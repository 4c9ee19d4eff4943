/**
 * "May this case be served?" Asked by support agents before they answer, and by ticket systems for every case.
 */
import * as z from "zod/mini";
import type { Outcome } from "../domain/decision.ts";
import { described } from "../domain/lean-shapes.ts";
import { concurrently } from "./http/concurrently.ts";
import { type Decision, decide, decisionRecord, type EntitlementCheck, entitlementCheck } from "./http/decision.ts";
import { environmentOf, handlerOf } from "./http/handler.ts";
import { newId } from "./http/ids.ts";
import { factsOf } from "./http/known-facts.ts";
import { knownAtFrom } from "./http/moments.ts";
import { answer, type Call, type Operations, question, record } from "./http/operation.ts";
import { beneath, describeProblem, type Problem } from "./http/problem.ts";
import { problemOf } from "./http/problem-of.ts";
import { parseShape } from "./http/shape-errors.ts";
import { type AnswerStore, openAnswering } from "./store/answering.ts";
import type { Snapshot, StoredRecord } from "./store/store.ts";

const tag = "Entitlement";
const mostChecks = 100;

const check = question({
  summary: "Decide whether a request may be served, and store the decision",
  tag,
  body: entitlementCheck,
  idempotency: "accepted",
  answers: { 201: "Decision" },
  async run(call) {
    const { body, now } = call;
    const known = knownAtFrom(body.knownAt, now, "body");
    const snapshot = await factsOf(call, body.accountId, known, "body");
    const id = newId("chk", now);
    const made = { ...decide(snapshot, body, known, now, id), id };
    const given = { ...answer(201, made, { location: `/v1/decisions/${id}` }), outcomes: [made.outcome] };
    return record(call, [decisionRecord(made, given.json, body, snapshot, now)], given);
  },
});

const preview = question({
  summary: "Decide without storing",
  tag,
  body: entitlementCheck,
  answers: { 200: "Decision" },
  async run(call) {
    const { body, now } = call;
    const known = knownAtFrom(body.knownAt, now, "body");
    const snapshot = await factsOf(call, body.accountId, known, "body");
    return answer(200, decide(snapshot, body, known, now, null));
  },
});

const batch = question({
  summary: "Decide up to 100 requests, and store the decisions",
  description: "Each item is answered by itself, in order: with a decision, or with the problem that it would have been answered with alone.",
  tag,
  body: z
    .strictObject({
      // Each item is held to its own shape, so that a wrong one does not keep the others from being answered.
      items: z
        .array(z.unknown().register(z.globalRegistry, described("EntitlementCheck")))
        .check(z.maxLength(mostChecks, `must be at most \`${mostChecks}\` items`)),
    })
    .register(z.globalRegistry, { id: "EntitlementChecks" }),
  idempotency: "accepted",
  answers: { 200: "EntitlementDecisions" },
  async run(call) {
    const factsFor = readingOnce(call);
    const decided = await concurrently(16, call.body.items, (item, index) => decideItem(call, factsFor, item, index));
    const records = decided.flatMap((one) => ("record" in one ? [one.record] : []));
    const outcomes = decided.flatMap((one) => ("record" in one ? [one.outcome] : []));
    const items = decided.map((one) => ("record" in one ? one.record.answer : JSON.stringify(describeProblem(one.problem, call.requestId))));
    return record(call, records, { status: 200, json: `{"items":[${items.join(",")}]}`, outcomes });
  },
});

type Asking = Call<unknown, unknown, unknown, AnswerStore>;

type FactsFor = (accountId: string, known: number | null) => Promise<Snapshot>;

type Decided = { record: StoredRecord; outcome: Outcome } | { problem: Problem };

async function decideItem(call: Asking, factsFor: FactsFor, item: unknown, index: number): Promise<Decided> {
  const at = ["items", index];
  try {
    const { now } = call;
    const body: EntitlementCheck = parseShape(entitlementCheck, item, "body");
    const known = knownAtFrom(body.knownAt, now, "body");
    const snapshot = await factsFor(body.accountId, known);
    const id = newId("chk", now);
    const made: Decision & { id: string } = { ...decide(snapshot, body, known, now, id), id };
    return { record: decisionRecord(made, JSON.stringify(made), body, snapshot, now), outcome: made.outcome };
  } catch (error) {
    const problem = problemOf(error);
    // A fault of ours is no answer to one item: the whole request failed, and may be sent again.
    if (problem.status >= 500) throw error;
    return { problem: beneath(problem, at) };
  }
}

/** Reads the facts of an account once, however many items ask about it: all of them are answered from the same facts. */
function readingOnce(call: Asking): FactsFor {
  const reading = new Map<string, Promise<Snapshot>>();
  return (accountId, known) => {
    const key = `${known} ${accountId}`;
    const begun = reading.get(key) ?? factsOf(call, accountId, known, "body");
    reading.set(key, begun);
    return begun;
  };
}

export const operations: Operations<AnswerStore> = {
  "POST /v1/entitlement-checks": check,
  "POST /v1/entitlement-checks/preview": preview,
  "POST /v1/entitlement-checks/batch": batch,
};

export const handler = handlerOf(operations, environmentOf(openAnswering));
