/** The lines of an additional purchase: for each license twelve months in full, then what is left to the common end. */
import { formulaOf } from "../compiled-policy.ts";
import { contractTermOn, periodAnchor } from "../contract-terms.ts";
import type { Missing, Reason } from "../decision.ts";
import type { HeldContract } from "../facts.ts";
import { feeFor } from "../line-terms.ts";
import { formatMoney, fromMinor, toMinor } from "../money.ts";
import { priceOn } from "../price-lists.ts";
import type { Readings } from "../readings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { daysIn, nthTerm, type Term, termOn } from "../time/term.ts";
import { addTo, coversAdded } from "./addition.ts";
import type { Addition, PurchasedLine } from "./additional-purchase.ts";
import type { QuoteLine } from "./quote.ts";

export interface PricedLine extends PurchasedLine {
  /** In minor units. */
  annual: bigint;
  /** Where the fee comes from. */
  price: string;
}

/** The annual fee of each line: as stated, else by the price list of the day of delivery; never guessed, never zero for want of a list. */
export function priceLines(
  { facts, contract, deliveredOn }: Addition,
  lines: readonly PurchasedLine[],
  clause: string,
): { lines: PricedLine[]; reasons: Reason[]; missing: Missing[] } {
  const missing = new Set<string>();
  const priced = lines.flatMap((line): PricedLine[] => {
    const { productId, seats, annualFee } = line;
    if (annualFee !== undefined) return [{ ...line, annual: toMinor(annualFee), price: `annual fee ${formatMoney(annualFee)}` }];
    const item = priceOn(facts.catalog, contract.policyId, contract.currency, productId, deliveredOn);
    if (item === undefined) {
      missing.add(`annual fee in the price list, for \`${productId}\` on ${deliveredOn}`);
      return [];
    }
    const price = `${formatMoney(item.annualFeePerSeat)} a seat × ${seats} ${seats === 1 ? "seat" : "seats"}, price list \`${item.priceListId}\``;
    return [{ ...line, annual: toMinor(item.annualFeePerSeat) * BigInt(seats), price }];
  });
  const what = [...missing].slice(0, 50);
  const reasons = what.map(
    (fee): Reason => ({
      clause,
      condition: "price-list",
      result: "unknown",
      finding: `not recorded: ${fee}`,
      facts: [{ path: "price-lists", value: null }],
      cure: { says: "record the price list, or state the annual fee", clause, price: null },
    }),
  );
  return { lines: priced, reasons, missing: what.map((fee) => ({ what: fee, clause })) };
}

/**
 * Twelve months from delivery. Delivered on the common anchor, it is the contract's own period, which may be a day longer
 * where the anchor is a 29 February (reading `anchor`): then nothing is left to align.
 */
export function initialTerm(contract: HeldContract, deliveredOn: CalendarDate, months: number): Term {
  const own = nthTerm(deliveredOn, 0, months);
  const period = contractTermOn(contract, deliveredOn) === null ? own : termOn(periodAnchor(contract, deliveredOn), deliveredOn, months);
  return period.firstDay === deliveredOn ? period : own;
}

/**
 * Each line rounded once, half up (reading `rounding`), in the order asked. A line that would end with the contract is not
 * aligned: the initial period is owed in full whatever becomes of the contract. Readings `ebx-co-term`, `day-count`.
 */
export function composeAddition(addition: Addition, priced: readonly PricedLine[], readings: Readings): { lines: QuoteLine[]; total: bigint } {
  const { facts, contract, policy, day, deliveredOn } = addition;
  const formula = formulaOf(policy, "initial-period");
  if (formula === undefined) return { lines: [], total: 0n };
  const initial = initialTerm(contract, deliveredOn, formula.entry.months);
  // Until they are named, the new licenses go by their place.
  const added = priced.map(({ licenseId, productId, seats, annual }, index) => ({
    licenseId: licenseId ?? `/lines/${index}`,
    productId,
    seats,
    annual,
  }));
  const covers = coversAdded(addTo(facts, contract, deliveredOn, added), day);
  let total = 0n;
  readings.use("rounding");
  const lines = priced.flatMap((line, index): QuoteLine[] => {
    const basis = fromMinor(line.annual, contract.currency);
    const common = { licenseId: line.licenseId ?? null, basis, rate: null };
    total += line.annual;
    const first: QuoteLine = {
      ...common,
      part: "initial-period",
      ...initial,
      days: daysIn(initial),
      amount: basis,
      clause: formula.clause,
      formula: `${line.price}, for ${formula.entry.months} months from delivery, owed in full`,
    };
    const last = covers[index]?.lastDay ?? null;
    const stub = stubAfter(addition, initial, last, readings);
    if (stub === null) return [first];
    const fee = feeFor(line.annual, [stub.term], contract);
    total += fee;
    const days = daysIn(stub.term);
    const second: QuoteLine = {
      ...common,
      part: "stub",
      ...stub.term,
      days,
      amount: fromMinor(fee, contract.currency),
      clause: stub.clause,
      formula: `${formatMoney(basis)} a year for ${days} ${days === 1 ? "day" : "days"} to the common end, by the contract's twelve-month periods`,
    };
    return [first, second];
  });
  return { lines, total };
}

/** From the end of the initial period to the end of the contract's term that runs then; null where they fall together or cover ends. */
function stubAfter({ contract, policy }: Addition, initial: Term, lastDay: string | null, readings: Readings): { term: Term; clause: string } | null {
  const coTerm = formulaOf(policy, "co-term");
  const firstDay = addDays(initial.lastDay, 1);
  const common = contractTermOn(contract, firstDay);
  // Reading `term-days`: cover through the last day of the initial period does not reach the day after it.
  const ends = lastDay !== null && lastDay < firstDay;
  if (coTerm === undefined || common === null || common.firstDay === firstDay || ends) return null;
  if (readings.method(coTerm.entry.by) === "literal") return null;
  readings.use("day-count");
  return { term: { firstDay, lastDay: common.lastDay }, clause: coTerm.clause };
}
