/** A reinstatement quote in exact fractions of cents, as one would compute it by hand for Ebiexperts 7.3: no sentences, only the amounts. */
import type { Catalog, Dossier, HeldContract, HeldLicense, PriceList } from "../../../domain/facts.ts";
import type { Money } from "../../../domain/money.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import { anchorOf, periodOf } from "./cover.ts";

export interface Amounts {
  /** In cents: for each license the missed fees and the new term, then the surcharge. */
  lines: bigint[];
  total: bigint;
  /** The total under each other option. */
  alternatives: Record<string, bigint>;
}

const cents = ({ amount }: Money) => BigInt(amount.replace(".", ""));
const halfUp = (numerator: bigint, denominator: bigint) => (2n * numerator + denominator) / (2n * denominator);

interface Fees {
  daily: bigint;
  atListPrice: bigint;
  asBilled: bigint;
  forward: bigint;
}

/** Every line of the contract lapsed with its recorded term; other contracts run on. */
export function quoteByHand({ dossier, catalog }: { dossier: Dossier; catalog: Catalog }, contract: HeldContract, on: CalendarDate): Amounts {
  const licenses = new Map(dossier.licenses.map((license) => [license.licenseId, license]));
  const lapsedOn = addDays(contract.term.lastDay, 1);
  const share = shareOfYears(anchorOf(contract), lapsedOn, on);
  const billed = timesBilled(anchorOf(contract), lapsedOn, on);
  const fees = contract.lines.map(({ licenseId, annualFee }): Fees => {
    const last = cents(annualFee);
    const license = licenses.get(licenseId);
    return {
      daily: halfUp(last * share.numerator, share.denominator),
      atListPrice: halfUp((listFee(catalog, contract, license, lapsedOn) ?? last) * share.numerator, share.denominator),
      asBilled: last * billed,
      forward: listFee(catalog, contract, license, on) ?? last,
    };
  });
  const others = dossier.contracts.filter((other) => other !== contract).flatMap(({ lines }) => lines);
  const everythingElse = others.reduce((sum, { annualFee }) => sum + cents(annualFee), 0n);
  const back = sum(fees, "daily");
  const forward = sum(fees, "forward");
  const quarter = (base: bigint) => halfUp(base, 4n);
  const withBack = (other: bigint) => other + forward + quarter(other + forward);
  return {
    lines: [...fees.flatMap((fee) => [fee.daily, fee.forward]), quarter(back + forward)],
    total: withBack(back),
    alternatives: {
      forward: back + forward + quarter(forward),
      back: back + forward + quarter(back),
      "all-applicable": back + forward + quarter(back + forward + everythingElse),
      "as-billed": withBack(sum(fees, "asBilled")),
      literal: withBack(sum(fees, "atListPrice")),
    },
  };
}

const sum = (fees: readonly Fees[], which: keyof Fees) => fees.reduce((total, fee) => total + fee[which], 0n);

/** The days as parts of the contract's own years, which have 365 or 366 days. */
function shareOfYears(anchor: CalendarDate, from: CalendarDate, end: CalendarDate): { numerator: bigint; denominator: bigint } {
  let numerator = 0n;
  for (let firstDay = from; firstDay < end; ) {
    const period = periodOf(anchor, firstDay);
    const next = addMonths(period, 12);
    const until = next < end ? next : end;
    numerator += BigInt(daysBetween(firstDay, until)) * (daysBetween(period, next) === 365 ? 366n : 365n);
    firstDay = until;
  }
  return { numerator, denominator: 365n * 366n };
}

/** How often an annual fee fell due. */
function timesBilled(anchor: CalendarDate, from: CalendarDate, end: CalendarDate): bigint {
  let times = 0n;
  let due = periodOf(anchor, from);
  if (due < from) due = addMonths(due, 12);
  for (; due < end; due = addMonths(due, 12)) times += 1n;
  return times;
}

function listFee(
  { priceLists }: Catalog,
  { policyId, currency }: HeldContract,
  license: HeldLicense | undefined,
  day: CalendarDate,
): bigint | undefined {
  let found: PriceList | undefined;
  for (const list of priceLists) {
    if (list.policyId !== policyId || list.currency !== currency || list.effectiveFrom > day) continue;
    if (found !== undefined && list.effectiveFrom <= found.effectiveFrom) continue;
    if (list.items.some(({ productId }) => productId === license?.productId)) found = list;
  }
  const item = found?.items.find(({ productId }) => productId === license?.productId);
  return license === undefined || item === undefined ? undefined : cents(item.annualFeePerSeat) * BigInt(license.seats);
}
