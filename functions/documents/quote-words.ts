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
