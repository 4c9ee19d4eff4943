/**
 * Fetches the policies for a question that is asked of one of them, and of no account.
 */
import * as z from "zod";
import { type PolicyBook, statedZone } from "../../domain/compiled-policy.ts";
import { instant } from "../../domain/facts.ts";
import { type AsOf, daysOf, instantOfAsOf } from "../../domain/questions/question.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { AnswerStore } from "../store/answering.ts";
import { engineVersion } from "./engine-version.ts";
import { asOf, knownAt } from "./moment-shapes.ts";
import { asOfFrom, knownAtFrom } from "./moments.ts";
import type { Call } from "./operation.ts";
import { policiesOf } from "./policies-of.ts";
import { notFound } from "./problem.ts";

/** What such a request has besides: `asOf` asks for the version in force then. */
export const askedWhen = { asOf: asOf.optional(), knownAt: knownAt.optional() };

/** What its answer has besides. */
export const answeredWhen = { asOf: instant, knownAt: instant, engineVersion: z.string() };

interface PolicyQuestion {
  policyId: string;
  asOf?: string | undefined;
  knownAt?: string | undefined;
}

export interface AskedPolicy {
  policies: PolicyBook;
  /** The day in the policy's zone, as for the contracts under it. */
  day: AsOf;
  when: { asOf: string; knownAt: string; engineVersion: string };
}

/** @throws Problem 400 for a `knownAt` in the future, 404 `policy-not-found` */
export async function policyAsked({ body, now, store }: Call<unknown, unknown, PolicyQuestion, AnswerStore>): Promise<AskedPolicy> {
  const known = knownAtFrom(body.knownAt, now, "body");
  const { catalog, recordedAt } = await store.readCatalog(known);
  const policies = policiesOf(catalog);
  const versions = policies.get(body.policyId);
  if (versions === undefined) throw notFound("policy", "policyId", body.policyId, "body");
  const stated = statedZone(versions);
  // A policy without a zone of its own is in force by the day in UTC.
  const zone = stated === null || stated === "premises" ? "UTC" : stated;
  const asOf = asOfFrom(body.asOf, now);
  return {
    policies,
    day: { date: daysOf(asOf, zone)[0] },
    when: { asOf: formatInstant(instantOfAsOf(asOf, zone)), knownAt: formatInstant(known ?? recordedAt), engineVersion },
  };
}
