/** What closing a gap costs under Ebiexperts 7.3, as one would write it for this policy alone: whole cents in numbers, exact below 2⁵³. */
import type { Dossier, HeldContract, PriceList } from "../../../domain/facts.ts";
import { formatMoney, type Money } from "../../../domain/money.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import { anchorOf, type Cover, covers, held, periodOf } from "./cover.ts";

export const centsOf = ({ amount }: Money) => Number(amount.replace(".", ""));
export const moneyOf = (cents: number, currency: string): Money => ({ amount: (cents / 100).toFixed(2), currency });
const halfUp = (numerator: number, denominator: number) => Math.floor((2 * numerator + denominator) / (2 * denominator));

export function priceOfGap(
  dossier: Dossier,
  priceLists: readonly PriceList[],
  allCovers: ReadonlyMap<string, Cover[]>,
  { policyId, currency }: HeldContract,
  gaps: readonly string[],
  day: CalendarDate,
): { total: Money; says: string } | null {
  let total = 0;
  const parts: string[] = [];
  const missing = new Set(gaps);
  const add = (cents: number, says: string) => {
    total += cents;
    parts.push(`${says} ${formatMoney(moneyOf(cents, currency))}`);
  };
  const listFee = (licenseId: string) => {
    const license = dossier.licenses.find((one) => one.licenseId === licenseId);
    const list = priceLists
      .filter((one) => one.policyId === policyId && one.currency === currency && one.effectiveFrom <= day)
      .filter(({ items }) => items.some(({ productId }) => productId === license?.productId))
      .reduce<PriceList | undefined>((latest, one) => (latest === undefined || one.effectiveFrom > latest.effectiveFrom ? one : latest), undefined);
    const item = list?.items.find(({ productId }) => productId === license?.productId);
    return license === undefined || item === undefined ? undefined : centsOf(item.annualFeePerSeat) * license.seats;
  };
  for (const contract of dossier.contracts) {
    if (contract.currency !== currency) continue;
    const lapsed = contract.lines.filter(({ licenseId }) => missing.has(licenseId) && hasLapsed(dossier, allCovers, contract, licenseId, day));
    if (lapsed.length === 0) continue;
    let fees = 0;
    for (const { licenseId, annualFee } of lapsed) {
      missing.delete(licenseId);
      const last = centsOf(annualFee);
      fees += backFees(last, anchorOf(contract), daysWithout(allCovers.get(licenseId) ?? [], contract, day)) + (listFee(licenseId) ?? last);
    }
    add(fees + halfUp(fees, 4), `reinstatement on ${day} of ${lapsed.map(({ licenseId }) => licenseId).join(", ")}`);
  }
  for (const licenseId of missing) {
    const fee = listFee(licenseId);
    if (fee === undefined) return null;
    add(fee, `first year of ${licenseId}`);
  }
  return { total: moneyOf(total, currency), says: parts.slice(0, 10).join("; ") };
}

function hasLapsed(dossier: Dossier, allCovers: ReadonlyMap<string, Cover[]>, contract: HeldContract, licenseId: string, day: CalendarDate): boolean {
  const license = dossier.licenses.find((one) => one.licenseId === licenseId);
  if (license !== undefined && (license.kind !== "perpetual" || !held(license, day))) return false;
  const its = allCovers.get(licenseId) ?? [];
  const cover = its.find((one) => one.contract === contract);
  return cover !== undefined && cover.lastDay !== null && cover.lastDay < day && !its.some((other) => other !== cover && covers(other, day));
}

/** The days since the contract's own cover ended that no other contract covered: from, until. */
function daysWithout(its: readonly Cover[], contract: HeldContract, day: CalendarDate): [CalendarDate, CalendarDate][] {
  const own = its.find((cover) => cover.contract === contract);
  let left: [CalendarDate, CalendarDate][] = [[addDays(own?.lastDay ?? day, 1), day]];
  for (const { firstDay, lastDay } of its.filter((cover) => cover !== own)) {
    const after = lastDay === null ? "9999-12-31" : addDays(lastDay, 1);
    left = left
      .flatMap(([from, until]): [CalendarDate, CalendarDate][] => [
        [from, firstDay < until ? firstDay : until],
        [after > from ? after : from, until],
      ])
      .filter(([from, until]) => from < until);
  }
  return left;
}

/** By the day, over the contract's own periods of 365 or 366 days; rounded once. */
function backFees(annual: number, anchor: CalendarDate, stretches: [CalendarDate, CalendarDate][]): number {
  let per365 = 0;
  let per366 = 0;
  for (const [firstDay, end] of stretches) {
    for (let from = firstDay; from < end; ) {
      const period = periodOf(anchor, from);
      const next = addMonths(period, 12);
      const until = next < end ? next : end;
      const fees = annual * daysBetween(from, until);
      if (daysBetween(period, next) === 365) per365 += fees;
      else per366 += fees;
      from = until;
    }
  }
  return halfUp(per365 * 366 + per366 * 365, 365 * 366);
}
