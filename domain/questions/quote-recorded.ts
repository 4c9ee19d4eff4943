/** A stored quote as accepting it sees it, and what accepting it makes fact. */
import type { Contract, HeldContract, License } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { AdditionalPurchaseRequest } from "./additional-purchase.ts";
import type { AsOf } from "./question.ts";
import type { QuoteAnswer } from "./quote.ts";
import type { ReinstatementRequest } from "./reinstatement.ts";

/** A quote as it was stored, and what had been asked. */
export interface StoredQuote {
  id: string;
  answer: QuoteAnswer;
  request: AdditionalPurchaseRequest | ReinstatementRequest | { contractId: string };
  /** When it was asked for, and the day in the policy's zone. */
  asOf: AsOf;
  day: CalendarDate;
}

/** What becomes fact. Documents replace those of the same id. */
export interface Recorded {
  licenses: { licenseId: string; document: License }[];
  contracts: { contractId: string; document: Contract }[];
  /** Contracts under which lapsed support goes on. */
  reinstatedAs: string[];
}

/** Why not: `code` for programs, `detail` for people. */
export interface NotAcceptable {
  code: "quote-already-accepted" | "quote-void" | "quote-not-offered" | "quote-expired" | "quote-overtaken";
  detail: string;
}

export const overtaken = (detail: string): NotAcceptable => ({ code: "quote-overtaken", detail });

/** Ends the ids of what a quote brings about: as unlike any other as the quote's own id. */
export const madeBy = (id: string, quoteId: string) => `${id.slice(0, 110)}-${quoteId.slice(-10)}`;

/** A contract as it is written, without its id. */
export function documentOf({ contractId: _, ...document }: HeldContract): Contract {
  return document;
}
