/**
 * Decides one entitlement check on facts that were read, and says when, on what facts and by which release.
 */
import * as z from "zod/mini";
import { described, leanIdentifier } from "../../domain/lean-shapes.ts";
import { decideEntitlement, type EntitlementAnswer } from "../../domain/questions/entitlement.ts";
import { type EntitlementRequest, entitlementRequest } from "../../domain/questions/entitlement-request.ts";
import type { AsOf } from "../../domain/questions/question.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Snapshot, StoredRecord } from "../store/store.ts";
import { watchesOf } from "../sweeping/obligations.ts";
import { engineVersion } from "./engine-version.ts";
import { knownFactsOf } from "./known-facts.ts";
import { asOfFrom, knownNow, momentRule } from "./moments.ts";

const moment = (name: string) => z.optional(z.string().check(momentRule).register(z.globalRegistry, described(name)));

export const entitlementCheck = z
  .strictObject({ accountId: leanIdentifier, asOf: moment("AsOf"), knownAt: moment("KnownAt"), request: entitlementRequest })
  .register(z.globalRegistry, { id: "EntitlementCheck", description: "May this request be served, and by when must it be answered?" });

export type EntitlementCheck = z.infer<typeof entitlementCheck>;

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
