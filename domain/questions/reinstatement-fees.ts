/** The lines of a reinstatement quote: for each license the missed fees and the new term, then the surcharge on their sum. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import { coverOf, coversDay, type Ends, lineKey } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import type { Missing, Reason } from "../decision.ts";
import { annualFeeOn, type IncreaseRuling, increasesOn } from "../increases.ts";
import { feeFor, periodsBegun } from "../line-terms.ts";
import { basisPointsOf, capped, formatMoney, fromMinor, type Money, roundHalfUp } from "../money.ts";
import { priceOn } from "../price-lists.ts";
import type { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { daysIn, nthTerm, type Term } from "../time/term.ts";
import type { QuoteLine } from "./quote.ts";
import type { Reinstatement } from "./reinstatement.ts";
import type { Lapse } from "./reinstatement-lapses.ts";

export interface Reinstated {
  lines: QuoteLine[];
  /** In minor units of the contract's currency. */
  total: bigint;
  newTerm: Term;
  reasons: Reason[];
  /** What no price list states, so that there is no total. */
  missing: Missing[];
  /** Readings on which the amounts depend. */
  consulted: string[];
  /** False where the total would have to add up different currencies. */
  comparable: boolean;
}

/** One license's fees, rounded, in minor units. */
interface Fees {
  lapse: Lapse;
  back: bigint;
  listed: bigint;
  forward: bigint;
}

/** Composes the quote under the options of `readings`. Amounts are rounded once a line (reading `rounding`); the total adds rounded lines. */
export function compose(about: Reinstatement, chosen: Lapse[], ends: Ends, readings: Readings): Reinstated {
  const { contract, policy, reinstateOn } = about;
  // 7.3 end: asked for once a notice was given and before the support period has expired, for whichever day.
  const early = chosen.some(({ lapsedOn, licenseId }) => about.day < lapsedOn && ends.has(lineKey(contract.contractId, licenseId)));
  const [first] = chosen.map((lapse) => firstDayBack(lapse, reinstateOn)).sort() as [CalendarDate];
  const increases = increasesOn(about.facts, contract, about.day);
  const lines: QuoteLine[] = [];
  const fees: Fees[] = [];
  const reasons: Reason[] = [];
  const consulted = new Set<string>();
  const missing: Missing[] = [];
  for (const lapse of chosen) {
    const back = backFees(about, lapse, increases, readings, consulted);
    const listed = listedFee(about, lapse, missing);
    const forward = forwardFees(about, lapse, nthTerm(firstDayBack(lapse, reinstateOn), 0), increases, readings, consulted, reasons, missing);
    for (const part of [back, listed, forward]) if (part !== null) lines.push(part.line);
    fees.push({ lapse, back: back?.amount ?? 0n, listed: listed?.amount ?? 0n, forward: forward?.amount ?? 0n });
  }
  const surcharge = reinstatementFee(about, fees, early, ends, increases, readings, consulted);
  if (surcharge !== null) lines.push(surcharge.line);
  readings.use("day-count");
  readings.use("rounding");
  const total = fees.reduce((sum, { back, listed, forward }) => sum + back + listed + forward, surcharge?.amount ?? 0n);
  return {
    lines,
    total,
    newTerm: nthTerm(first, 0),
    reasons: [...reasons, ...missing.map(notListed)],
    missing,
    consulted: [...consulted].filter((id) => policy.readings.has(id)),
    comparable: surcharge?.comparable ?? true,
  };
}

/** Cover begins again on the day of reinstatement; brought back before it ended, on the day after it ends. */
const firstDayBack = ({ lapsedOn }: Lapse, reinstateOn: CalendarDate) => (reinstateOn < lapsedOn ? lapsedOn : reinstateOn);

/** What would have been payable from the lapse to the day before reinstatement; null when nothing lapsed. */
function backFees({ facts, contract, policy }: Reinstatement, lapse: Lapse, increases: IncreaseRuling[], readings: Readings, consulted: Set<string>) {
  const formula = formulaOf(policy, "back-fees");
  if (formula === undefined) return null;
  const { accrual, rate } = formula.entry;
  for (const fixed of [accrual, rate]) if (typeof fixed !== "string") consulted.add(fixed.reading);
  const [first] = lapse.uncovered;
  const end = lapse.uncovered.at(-1);
  if (first === undefined || end === undefined) return null;
  const term: Term = { firstDay: first.firstDay, lastDay: end.lastDay };
  const last = annualFeeOn(lapse.line, lapse.lapsedOn, contract, increases);
  const annual = readings.method(rate) === "literal" ? (listFee(facts, contract, lapse, lapse.lapsedOn)?.fee ?? last) : last;
  const asBilled = readings.method(accrual) === "as-billed";
  const amount = asBilled ? annual * BigInt(periodsBegun(contract, term)) : feeFor(annual, lapse.uncovered, contract);
  const basis = fromMinor(annual, contract.currency);
  const days = lapse.uncovered.reduce((sum, part) => sum + daysIn(part), 0);
  const formulaText = asBilled
    ? `annual fees that fell due in the lapse, ${formatMoney(basis)} each`
    : `${formatMoney(basis)} a year for ${days} ${days === 1 ? "day" : "days"}, ${lapse.uncovered.map((part) => `${part.firstDay} to ${part.lastDay}`).join(" and ")}, by the contract's twelve-month periods`;
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
}

const notListed = ({ what, clause }: Missing): Reason => ({
  clause,
  condition: "price-list",
  result: "unknown",
  finding: `not recorded: ${what}`,
  facts: [{ path: "price-lists", value: null }],
  cure: { says: "record the price list", clause, price: null },
});

/** The price list of the day for a lapsed license; undefined without license or list. */
function itemFor({ facts, contract, reinstateOn }: Reinstatement, { license }: Lapse) {
  return license && priceOn(facts.catalog, contract.policyId, contract.currency, license.productId, reinstateOn);
}

const seatsOf = (seats: number) => `${seats} ${seats === 1 ? "seat" : "seats"}`;

/** A fee a seat as the price list of the day states it; null where the policy has none, or the list does not say. */
function listedFee(about: Reinstatement, lapse: Lapse, missing: Missing[]) {
  const formula = formulaOf(about.policy, "listed-reinstatement-fee");
  if (formula === undefined) return null;
  const item = itemFor(about, lapse);
  const fee = item?.reinstatementFeePerSeat;
  if (item === undefined || fee === undefined || lapse.license === undefined) {
    missing.push({
      what: `${formula.entry.missing}, for \`${lapse.license?.productId ?? lapse.licenseId}\` on ${about.reinstateOn}`,
      clause: formula.clause,
    });
    return null;
  }
  const amount = minorOf(fee) * BigInt(lapse.license.seats);
  return { amount, line: perSeat("reinstatement-fee", lapse, fee, amount, formula.clause, item.priceListId) };
}

function perSeat(
  part: "reinstatement-fee" | "repurchase",
  { licenseId, license }: Lapse,
  fee: Money,
  amount: bigint,
  clause: string,
  priceListId: string,
): QuoteLine {
  const formula = `${formatMoney(fee)} a seat × ${seatsOf(license?.seats ?? 0)}, price list \`${priceListId}\``;
  return {
    part,
    licenseId,
    firstDay: null,
    lastDay: null,
    days: null,
    basis: fee,
    rate: null,
    amount: fromMinor(amount, fee.currency),
    clause,
    formula,
  };
}

/** What remains to be done once they are bought again: until then the old ones are licenses held without support. */
export const replacedSaid = "then record `retiredOn` of the licenses that were replaced";

/** What the licenses cost when they have to be bought again; a line for each whose price the list of the day states. */
export function repurchaseLines(about: Reinstatement, chosen: Lapse[], clause: string): { lines: QuoteLine[]; missing: Missing[] } {
  const lines: QuoteLine[] = [];
  const missing: Missing[] = [];
  for (const lapse of chosen) {
    const item = itemFor(about, lapse);
    const price = item?.licensePricePerSeat;
    if (item === undefined || price === undefined || lapse.license === undefined)
      missing.push({ what: `license price of \`${lapse.license?.productId ?? lapse.licenseId}\` on ${about.reinstateOn}`, clause });
    else lines.push(perSeat("repurchase", lapse, price, minorOf(price) * BigInt(lapse.license.seats), clause, item.priceListId));
  }
  return { lines, missing };
}

/** The fee of the list in force on the day: fee per seat × seats; undefined without list or license. */
function listFee({ catalog }: Reinstatement["facts"], contract: Reinstatement["contract"], { license }: Lapse, day: CalendarDate) {
  if (license === undefined) return undefined;
  const item = priceOn(catalog, contract.policyId, contract.currency, license.productId, day);
  return item && { fee: minorOf(item.annualFeePerSeat) * BigInt(license.seats), item, seats: license.seats };
}

const minorOf = ({ amount }: Money) => BigInt(amount.replace(".", ""));

/** The then-current annual fee for twelve months; without a price list the last fee (reading `forward-from-last-fee`), or unknown. */
function forwardFees(
  { facts, contract, policy, reinstateOn }: Reinstatement,
  lapse: Lapse,
  newTerm: Term,
  increases: IncreaseRuling[],
  readings: Readings,
  consulted: Set<string>,
  reasons: Reason[],
  missing: Missing[],
) {
  const its = formulaOf(policy, "forward-fees");
  if (its?.entry.when !== undefined) consulted.add(its.entry.when.reading);
  readings.rely(its?.entry.when);
  if (its === undefined || !readings.holds(its.entry.when)) return null;
  const { clause, entry } = its;
  const listed = listFee(facts, contract, lapse, reinstateOn);
  const last = annualFeeOn(lapse.line, lapse.lapsedOn, contract, increases);
  if (listed === undefined && readings.method(entry.withoutList) !== "last-fee") {
    missing.push({ what: `annual fee in the price list, for \`${lapse.license?.productId ?? lapse.licenseId}\` on ${reinstateOn}`, clause });
    return null;
  }
  const amount = listed?.fee ?? last;
  const money = fromMinor(amount, contract.currency);
  const formula =
    listed === undefined
      ? `last annual fee ${formatMoney(money)}; no price list is in force on ${reinstateOn}`
      : `${formatMoney(listed.item.annualFeePerSeat)} a seat × ${seatsOf(listed.seats)}, price list \`${listed.item.priceListId}\``;
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
  return {
    clause: cap.clause,
    condition: "price-cap",
    result: "info",
    finding,
    facts: [{ path: `licenses/${licenseId}/annualFee`, value: fromMinor(last, currency).amount }],
    cure: null,
  };
}

/** A share of the rounded lines in the base, rounded once; null where the policy has none or waives it. */
function reinstatementFee(
  about: Reinstatement,
  fees: Fees[],
  early: boolean,
  ends: Ends,
  increases: IncreaseRuling[],
  readings: Readings,
  consulted: Set<string>,
) {
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
function otherFees(
  { facts, contract, reinstateOn, day }: Reinstatement,
  fees: Fees[],
  ends: Ends,
  increases: IncreaseRuling[],
): { sum: bigint; comparable: boolean } {
  const back = new Set(fees.map(({ lapse }) => lapse.licenseId));
  const licenses = licensesById(facts.dossier);
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
