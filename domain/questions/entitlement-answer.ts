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

const dueOf = ({ deadlines }: EntitlementAnswer) => deadlines.map(({ kind, dueAt }) => `${kind} ${dueAt}`).join();

export const sameDeadlines = (a: EntitlementAnswer, b: EntitlementAnswer) => dueOf(a) === dueOf(b);
