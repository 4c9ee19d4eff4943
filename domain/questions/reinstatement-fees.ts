/** The lines of a reinstatement quote: for each license the missed fees and the new term, then the surcharge on their sum. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import { periodAnchor } from "../contract-terms.ts";
import { coverOf, coversDay, type Ends } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import type { Reason } from "../decision.ts";
import { annualFeeOn, type IncreaseRuling, increasesOn } from "../increases.ts";
import { feeFor } from "../line-terms.ts";
import { basisPointsOf, capped, formatMoney, fromMinor, type Money, roundHalfUp } from "../money.ts";
import { priceOn } from "../price-lists.ts";
import type { Readings } from "../readings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { daysIn, nthTerm, type Term, termIndexOn } from "../time/term.ts";
import type { Reinstatement } from "./reinstatement.ts";
import type { Lapse } from "./reinstatement-lapses.ts";

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

export interface Reinstated {
  lines: QuoteLine[];
  /** In minor units of the contract's currency. */
  total: bigint;
  newTerm: Term;
  reasons: Reason[];
  /** Readings on which the amounts depend. */
  consulted: string[];
  /** False where the total would have to add up different currencies. */
  comparable: boolean;
}

/** One license's fees, rounded, in minor units. */
interface Fees {
  lapse: Lapse;
  back: bigint;
  forward: bigint;
}

/** Composes the quote under the options of `readings`. Amounts are rounded once a line (reading `rounding`); the total adds rounded lines. */
export function compose(about: Reinstatement, chosen: Lapse[], ends: Ends, readings: Readings): Reinstated {
  const { contract, policy, reinstateOn } = about;
  const [latestLapse] = chosen.map(({ lapsedOn }) => lapsedOn).sort().reverse() as [CalendarDate];
  const early = reinstateOn < latestLapse;
  const newTerm = nthTerm(early ? latestLapse : reinstateOn, 0);
  const increases = increasesOn(about.facts, contract, about.day);
  const lines: QuoteLine[] = [];
  const fees: Fees[] = [];
  const reasons: Reason[] = [];
  const consulted = new Set<string>();
  for (const lapse of chosen) {
    const back = backFees(about, lapse, increases, readings, consulted);
    const forward = forwardFees(about, lapse, newTerm, increases, readings, reasons);
    if (back !== null) lines.push(back.line);
    lines.push(forward.line);
    fees.push({ lapse, back: back?.amount ?? 0n, forward: forward.amount });
  }
  const surcharge = reinstatementFee(about, fees, early, ends, increases, readings, consulted);
  if (surcharge !== null) lines.push(surcharge.line);
  readings.use("day-count");
  readings.use("rounding");
  const total = fees.reduce((sum, { back, forward }) => sum + back + forward, surcharge?.amount ?? 0n);
  return { lines, total, newTerm, reasons, consulted: [...consulted].filter((id) => policy.readings.has(id)), comparable: surcharge?.comparable ?? true };
}

/** What would have been payable from the lapse to the day before reinstatement; null when nothing lapsed. */
function backFees({ facts, contract, policy, reinstateOn }: Reinstatement, lapse: Lapse, increases: IncreaseRuling[], readings: Readings, consulted: Set<string>) {
  const formula = formulaOf(policy, "back-fees");
  if (formula === undefined) return null;
  const { accrual, rate } = formula.entry;
  for (const fixed of [accrual, rate]) if (typeof fixed !== "string") consulted.add(fixed.reading);
  const term: Term = { firstDay: lapse.lapsedOn, lastDay: addDays(reinstateOn, -1) };
  if (term.lastDay < term.firstDay) return null;
  const last = annualFeeOn(lapse.line, lapse.lapsedOn, contract, increases);
  const annual = readings.method(rate) === "literal" ? (listFee(facts, contract, lapse, lapse.lapsedOn)?.fee ?? last) : last;
  const asBilled = readings.method(accrual) === "as-billed";
  const amount = asBilled ? annual * BigInt(periodsBegun(lapse, term)) : feeFor(annual, term, contract);
  const basis = fromMinor(annual, contract.currency);
  const days = daysIn(term);
  const formulaText = asBilled
    ? `annual fees that fell due in the lapse, ${formatMoney(basis)} each`
    : `${formatMoney(basis)} a year for ${days} ${days === 1 ? "day" : "days"}, ${term.firstDay} to ${term.lastDay}, by the contract's twelve-month periods`;
  const line: QuoteLine = {
    part: "back-fees",
    licenseId: lapse.licenseId,
    ...term,
    days,
    basis,
    rate: null,
    amount: fromMinor(amount, contract.currency),
    clause: formula.clause,
    formula: formulaText,
  };
  return { line, amount };

  /** Contractual periods that began within the lapse: on its first day and each twelve months on. */
  function periodsBegun({ lapsedOn }: Lapse, { lastDay }: Term): number {
    const anchor = periodAnchor(contract, lapsedOn);
    const first = termIndexOn(anchor, lapsedOn);
    const begunBefore = nthTerm(anchor, first).firstDay < lapsedOn ? 1 : 0;
    return termIndexOn(anchor, lastDay) - first + 1 - begunBefore;
  }
}

/** The fee of the list in force on the day: fee per seat × seats; undefined without list or license. */
function listFee({ catalog }: Reinstatement["facts"], contract: Reinstatement["contract"], { license }: Lapse, day: CalendarDate) {
  if (license === undefined) return undefined;
  const item = priceOn(catalog, contract.policyId, contract.currency, license.productId, day);
  return item && { fee: minorOf(item.annualFeePerSeat) * BigInt(license.seats), item, seats: license.seats };
}

const minorOf = ({ amount }: Money) => BigInt(amount.replace(".", ""));

/** The then-current annual fee for twelve months; without a price list the last fee (reading `forward-from-last-fee`). */
function forwardFees({ facts, contract, policy, reinstateOn }: Reinstatement, lapse: Lapse, newTerm: Term, increases: IncreaseRuling[], readings: Readings, reasons: Reason[]) {
  const { clause, entry } = formulaOf(policy, "forward-fees") as NonNullable<ReturnType<typeof formulaOf<"forward-fees">>>;
  const listed = listFee(facts, contract, lapse, reinstateOn);
  const last = annualFeeOn(lapse.line, lapse.lapsedOn, contract, increases);
  if (listed === undefined) readings.method(entry.withoutList);
  const amount = listed?.fee ?? last;
  const money = fromMinor(amount, contract.currency);
  const formula =
    listed === undefined
      ? `last annual fee ${formatMoney(money)}; no price list is in force on ${reinstateOn}`
      : `${formatMoney(listed.item.annualFeePerSeat)} a seat × ${listed.seats} ${listed.seats === 1 ? "seat" : "seats"}, price list \`${listed.item.priceListId}\``;
  const flag = aboveCap(policy, lapse.licenseId, amount, last, contract.currency);
  if (flag !== null) reasons.push(flag);
  const line: QuoteLine = {
    part: "forward-fees",
    licenseId: lapse.licenseId,
    ...newTerm,
    days: daysIn(newTerm),
    basis: money,
    rate: null,
    amount: money,
    clause,
    formula,
  };
  return { line, amount };
}

/** The cap on increases does not bind the then-current fee; where the fee exceeds it the quote says so. */
function aboveCap(policy: CompiledPolicy, licenseId: string, amount: bigint, last: bigint, currency: string): Reason | null {
  const cap = formulaOf(policy, "price-cap");
  if (cap === undefined || amount <= capped(last, cap.entry.mostBasisPoints)) return null;
  const shown = (minor: bigint) => formatMoney(fromMinor(minor, currency));
  const finding = `the new annual fee of \`${licenseId}\`, ${shown(amount)}, is more than ${cap.entry.mostBasisPoints / 100} % above the last one, ${shown(last)}; the cap on increases does not bind it`;
  return { clause: cap.clause, condition: "price-cap", result: "info", finding, facts: [{ path: `licenses/${licenseId}/annualFee`, value: fromMinor(last, currency).amount }], cure: null };
}

/** A share of the rounded lines in the base, rounded once; null where the policy has none or waives it. */
function reinstatementFee(about: Reinstatement, fees: Fees[], early: boolean, ends: Ends, increases: IncreaseRuling[], readings: Readings, consulted: Set<string>) {
  const formula = formulaOf(about.policy, "reinstatement-fee");
  if (formula === undefined) return null;
  const { basisPoints, base, early: whenEarly } = formula.entry;
  if (early && typeof whenEarly !== "string") consulted.add(whenEarly.reading);
  if (typeof base !== "string") consulted.add(base.reading);
  if (early && readings.method(whenEarly) === "waived") return null;
  const option = readings.method(base);
  const back = fees.reduce((sum, fee) => sum + fee.back, 0n);
  const forward = fees.reduce((sum, fee) => sum + fee.forward, 0n);
  const others = option === "all-applicable" ? otherFees(about, fees, ends, increases) : { sum: 0n, comparable: true };
  const sum = (option === "forward" ? forward : option === "back" ? back : back + forward) + others.sum;
  const amount = roundHalfUp(basisPointsOf(sum, basisPoints));
  const { currency } = about.contract;
  const percent = `${basisPoints / 100} %`;
  const line: QuoteLine = {
    part: "reinstatement-fee",
    licenseId: null,
    firstDay: null,
    lastDay: null,
    days: null,
    basis: fromMinor(sum, currency),
    rate: String(basisPoints / 10_000),
    amount: fromMinor(amount, currency),
    clause: formula.clause,
    formula: `${percent} of ${baseWords[option]}, ${formatMoney(fromMinor(sum, currency))}`,
  };
  return { line, amount, comparable: others.comparable };
}

const baseWords = {
  "back-and-forward": "back fees and forward fees",
  forward: "forward fees",
  back: "back fees",
  "all-applicable": "back fees, forward fees and the annual fees of everything else licensed",
};

/** Annual fees of everything else that is covered under the policy on the day of reinstatement. */
function otherFees({ facts, contract, reinstateOn, day }: Reinstatement, fees: Fees[], ends: Ends, increases: IncreaseRuling[]): { sum: bigint; comparable: boolean } {
  const back = new Set(fees.map(({ lapse }) => lapse.licenseId));
  const licenses = licensesById(facts);
  let sum = 0n;
  let comparable = true;
  for (const other of facts.dossier.contracts) {
    if (other.policyId !== contract.policyId) continue;
    const its = other === contract ? increases : increasesOn(facts, other, day);
    for (const line of other.lines) {
      if (back.has(line.licenseId) || !coversDay(coverOf(facts, ends, other, line, licenses(line.licenseId)), reinstateOn)) continue;
      if (other.currency !== contract.currency) comparable = false;
      else sum += annualFeeOn(line, reinstateOn, other, its);
    }
  }
  return { sum, comparable };
}

