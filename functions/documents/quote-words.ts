/** The words of a quote's document for what the service writes in short. */
import type { Result } from "../../domain/decision.ts";
import type { QuoteLine, QuoteStatus } from "../../domain/questions/quote.ts";

export const partNames: Record<QuoteLine["part"], string> = {
  "back-fees": "Fees for the lapse",
  "forward-fees": "Fees for the new term",
  "reinstatement-fee": "Reinstatement fee",
  "initial-period": "Initial support period",
  stub: "Part up to the common end",
  renewal: "Renewal",
  repurchase: "License bought again",
};

export const statusNames: Record<QuoteStatus, string> = {
  offered: "offered",
  discretion: "for the vendor to decide: nothing is offered",
  repurchase: "to be bought again: nothing is offered",
  refused: "refused: nothing is offered",
  undetermined: "undetermined: nothing is offered",
  accepted: "accepted",
  void: "void",
  expired: "expired",
};

/** What a quote is and what its days are called: what was only asked for neither resumes nor is due. */
interface QuoteNames {
  is: string;
  reinstateOn: string;
  payOn: string;
  deliveredOn: string;
  newTerm: string;
  payBy: string;
  costs: string;
}

const offered: QuoteNames = {
  is: "This is a quote, not an invoice.",
  reinstateOn: "Support resumes on",
  payOn: "Payment assumed on",
  deliveredOn: "Delivery on",
  newTerm: "New term",
  payBy: "To be paid by",
  costs: "What it costs",
};
const over: QuoteNames = {
  ...offered,
  is: "This is a quote that can no longer be accepted by paying it. It is not an invoice.",
  reinstateOn: "Support was to resume on",
  payBy: "Was to be paid by",
  costs: "What it would have cost",
};
const askedFor: QuoteNames = {
  is: "This is neither an offer nor an invoice: nothing can be accepted by paying it.",
  reinstateOn: "Support asked for from",
  payOn: "Payment asked for on",
  deliveredOn: "Delivery asked for on",
  newTerm: "New term, if granted",
  payBy: "Last day of the window",
  costs: "What it would cost",
};

export const quoteNames: Record<QuoteStatus, QuoteNames> = {
  offered,
  accepted: { ...offered, payBy: "Was to be paid by" },
  expired: over,
  void: over,
  discretion: askedFor,
  repurchase: askedFor,
  refused: askedFor,
  undetermined: askedFor,
};

export const resultNames: Record<Result, string> = {
  pass: "Holds",
  fail: "Does not hold",
  discretion: "For the vendor to decide",
  unknown: "Not known",
  redirect: "For somebody else",
  info: "Note",
};

/** A share in percent: "0.25" → "25 %", "0.075" → "7.5 %", exactly. */
export function percentOf(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const digits = fraction.replace(/0+$/, "").padEnd(2, "0");
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  return digits.length === 2 ? `${percent} %` : `${percent}.${digits.slice(2)} %`;
}
