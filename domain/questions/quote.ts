/** What every quote is: lines that say what each is made of, what they add up to, until when it can be paid, and because of which clauses. */
import type { Missing, ReadingUsed, Reasons } from "../decision.ts";
import { byId } from "../dossier.ts";
import type { HeldContract, QuoteKind } from "../facts.ts";
import type { Money } from "../money.ts";
import { Refused } from "../refusal.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { Term } from "../time/term.ts";
import type { KnownFacts } from "./question.ts";

/** `discretion`, `repurchase`, `refused`, `undetermined`: nothing was offered. `expired`, `accepted`, `void`: what became of an offer. */
export type QuoteStatus = "offered" | "discretion" | "repurchase" | "refused" | "undetermined" | "accepted" | "void" | "expired";

export interface QuoteLine {
  part: "back-fees" | "forward-fees" | "reinstatement-fee" | "initial-period" | "stub" | "renewal" | "repurchase";
  licenseId: string | null;
  firstDay: CalendarDate | null;
  lastDay: CalendarDate | null;
  days: number | null;
  /** What the line is a part of: an annual fee, or the sum that a share is taken of. */
  basis: Money;
  /** A share as a decimal, e.g. "0.25"; null where days decide. */
  rate: string | null;
  amount: Money;
  clause: string;
  formula: string;
}

/** The total under another option of a reading; null where that cannot be told. */
export interface Alternative {
  reading: string;
  option: string;
  total: Money | null;
}

export interface QuoteAnswer {
  kind: QuoteKind;
  status: QuoteStatus;
  accountId: string;
  contractId: string;
  policy: { id: string; version: string };
  /** Of a reinstatement only, as is `payOn`. */
  reinstateOn: CalendarDate | null;
  payOn: CalendarDate | null;
  /** Of an additional purchase only. */
  deliveredOn: CalendarDate | null;
  lines: QuoteLine[];
  /** The sum of the lines, less what is waived. */
  total: Money | null;
  /** What an approved exception takes off; null without one. */
  waived: Money | null;
  /** What the same formula gives where nobody is bound by it. */
  indicative: Money | null;
  /** Last day on which paying accepts it; null where the text sets none. */
  payBy: CalendarDate | null;
  newTerm: Term | null;
  alternatives: Alternative[];
  reasons: Reasons;
  missing: Missing[];
  readings: ReadingUsed[];
  asOf: string;
}

/** What a quote has where nothing is offered. */
export const nothingOffered = { lines: [], total: null, waived: null, indicative: null, payBy: null, newTerm: null, alternatives: [] };

/** A quote has at most so many lines. */
export const mostQuoteLines = 2_000;

/** @throws Refused for a quote that would have more than 2,000 lines */
export function mustBeQuotable(lines: number, pointer: string): void {
  if (lines <= mostQuoteLines) return;
  throw new Refused("quote-too-large", [
    { pointer, detail: `a quote has at most ${mostQuoteLines} lines, this one would have ${lines}; name fewer` },
  ]);
}

/** @throws Refused for a contract that the account does not have */
export function contractQuoted(facts: KnownFacts, contractId: string): HeldContract {
  const contract = byId(facts.dossier.contracts, "contractId", contractId);
  if (contract === undefined)
    throw new Refused("contract-unknown", [{ pointer: "/contractId", detail: `no contract \`${contractId}\` in the account` }]);
  return contract;
}
