/** What is answered to "may this case be served?". */
import type { Considered, DeadlineAnswer, Missing, ObligationAnswer, Outcome, ReadingUsed, Reasons } from "../decision.ts";

export interface ServiceLevel {
  program: string | null;
  requestedSeverity: string | null;
  effectiveSeverity: string | null;
}

export interface EntitlementAnswer {
  accountId: string;
  outcome: Outcome;
  headline: string;
  policy: { id: string; version: string } | null;
  contractId: string | null;
  considered: Considered[];
  reasons: Reasons;
  missing: Missing[];
  serviceLevel: ServiceLevel;
  deadlines: DeadlineAnswer[];
  obligations: ObligationAnswer[];
  readings: ReadingUsed[];
  validUntil: string | null;
  asOf: string;
}

export const sameDeadlines = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.deadlines.length === b.deadlines.length &&
  a.deadlines.every(({ kind, dueAt }, index) => kind === b.deadlines[index]?.kind && dueAt === b.deadlines[index]?.dueAt);
