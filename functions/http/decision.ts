/**
 * Decides one entitlement check on facts that were read, and says when, on what facts and by which release.
 */
import * as z from "zod";
import { identifier, instant } from "../../domain/facts.ts";
import { entitlementAnswer } from "../../domain/questions/answers.ts";
import { decideEntitlement, type EntitlementAnswer } from "../../domain/questions/entitlement.ts";
import { type EntitlementRequest, entitlementRequest } from "../../domain/questions/entitlement-request.ts";
import type { AsOf } from "../../domain/questions/question.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Snapshot, StoredRecord } from "../store/store.ts";
import { watchesOf } from "../sweeping/obligations.ts";
import { engineVersion } from "./engine-version.ts";
import { knownFactsOf } from "./known-facts.ts";
import { asOf, asOfFrom, knownAt, knownNow } from "./moments.ts";

export const entitlementCheck = z
  .strictObject({ accountId: identifier, asOf: asOf.optional(), knownAt: knownAt.optional(), request: entitlementRequest })
  .meta({ id: "EntitlementCheck", description: "May this request be served, and by when must it be answered?" });

export type EntitlementCheck = z.infer<typeof entitlementCheck>;

export const decision = entitlementAnswer
  .extend({
    id: z.string().nullable().meta({ description: "Null in a preview: nothing was stored.", example: "chk_01KB4Q3R8D2V9XJ5T0WZ6N7M1P" }),
    knownAt: instant,
    decidedAt: instant,
    factsDigest: z.string(),
    engineVersion: z.string(),
  })
  .meta({ id: "Decision", description: "An answer because of clauses. Every condition is among the reasons, passed or not." });

export type Decision = { id: string | null } & EntitlementAnswer & { knownAt: string; decidedAt: string; factsDigest: string; engineVersion: string };

/** What was asked, as it is stored for a replay: `asOf` is filled in. */
export interface AskedCheck {
  request: EntitlementRequest;
  asOf: AsOf;
}

/** When a decision was made and what was known then, as it is written in the decision. */
export type Made = Pick<Decision, "id" | "knownAt" | "decidedAt">;

/**
 * @param known by when facts had to be recorded; null: the newest
 * @param now milliseconds
 * @throws Refused when the request contradicts the policy
 */
export function decide(snapshot: Snapshot, check: EntitlementCheck, known: number | null, now: number, id: string | null): Decision {
  const knownAt = formatInstant(known ?? knownNow(snapshot));
  return decideAgain(snapshot, { request: check.request, asOf: asOfFrom(check.asOf, now) }, { id, knownAt, decidedAt: formatInstant(now) });
}

/** The same question on the same facts: the same answer, within a release to the byte. */
export function decideAgain(snapshot: Snapshot, { request, asOf }: AskedCheck, { id, knownAt, decidedAt }: Made): Decision {
  const answered = decideEntitlement(knownFactsOf(snapshot), request, asOf);
  return { id, ...answered, knownAt, decidedAt, factsDigest: snapshot.factsDigest, engineVersion };
}

export function decisionRecord(
  made: Decision & { id: string },
  json: string,
  check: EntitlementCheck,
  snapshot: Snapshot,
  now: number,
): StoredRecord {
  const question: AskedCheck = { request: check.request, asOf: asOfFrom(check.asOf, now) };
  const caseId = check.request.caseId ?? null;
  const watches = watchesOf(made, question, now);
  const record = { id: made.id, accountId: check.accountId, caseId, recordedAt: now, question, answer: json, versions: snapshot.versions };
  return { kind: "decision", ...record, ...(watches.length > 0 && { watches }) };
}
