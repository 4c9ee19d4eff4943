/**
 * The shape of an answer: an outcome *because* of clauses. An answer cannot be without a ground.
 */
import type { Money } from "./money.ts";

/** What one condition says. Strongest first: see `outcomeOf`. */
export type Result = "pass" | "fail" | "discretion" | "unknown" | "redirect" | "info";

export type Outcome = "entitled" | "not-entitled" | "discretion" | "undetermined" | "redirected";

/** A recorded fact that an answer stands on, e.g. `{path: "invoices/inv-7/dueOn", value: "2026-02-01"}`. */
export interface FactUsed {
  path: string;
  value: string | number | boolean | null;
}

/** What would change a reason for the better; with its price where the facts give one. */
export interface Cure {
  says: string;
  clause: string | null;
  price: Money | null;
}

export interface Reason {
  clause: string;
  condition: string;
  result: Result;
  /** One sentence with the figures in it. */
  finding: string;
  facts: FactUsed[];
  cure: Cure | null;
}

export type Reasons = [Reason, ...Reason[]];

/** A fact or a document that is needed for an answer and is not recorded. */
export interface Missing {
  what: string;
  clause: string;
}

/** A reading that an answer relied on, and the option that was chosen. */
export interface ReadingUsed {
  id: string;
  chosen: string;
}

export interface DeadlineStep {
  from: string;
  to: string;
  /** ISO 8601 duration that counted between `from` and `to`. */
  counted: string;
  note: string;
}

export type Commitment = "committed" | "effort" | "informational" | "none";

export interface DeadlineAnswer {
  kind: "first-response" | "next-update";
  dueAt: string | null;
  commitment: Commitment;
  clause: string;
  /** `business`: only open hours count. `elapsed`: every hour counts. */
  clock: "business" | "elapsed";
  /** `addendum`: target, hours or holidays are those that the contract's settings state, not the policy's text. */
  source: "policy" | "addendum";
  steps: DeadlineStep[];
}

export interface ObligationAnswer {
  what: string;
  dueAt: string | null;
  clause: string;
  ifMissed: "discretion" | "fail" | null;
}

/** A contract that could have answered, and why it did or did not. */
export interface Considered {
  contractId: string;
  chosen: boolean;
  because: string;
}

const strongestFirst: readonly [Result, Outcome][] = [
  ["redirect", "redirected"],
  ["fail", "not-entitled"],
  ["unknown", "undetermined"],
  ["discretion", "discretion"],
];

/** The outcome that reasons add up to: any redirect, then any fail, unknown, discretion; else entitled. */
export function outcomeOf(reasons: readonly { result: Result }[]): Outcome {
  for (const [result, outcome] of strongestFirst) {
    for (const reason of reasons) if (reason.result === result) return outcome;
  }
  return "entitled";
}
