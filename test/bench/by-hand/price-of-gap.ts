/** What closing a gap costs under Ebiexperts 7.3, as one would write it for this policy alone: whole cents in numbers, exact below 2⁵³. */
import type { HeldContract, HeldLicense, PriceList } from "../../../domain/facts.ts";
import { formatMoney, type Money } from "../../../domain/money.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import type { Case } from "./case.ts";
import { anchorOf, type Cover, held, periodOf } from "./cover.ts";
import { beginsOn, companions } from "./gaps.ts";

export const centsOf = ({ amount }: Money) => Number(amount.replace(".", ""));
export const moneyOf = (cents: number, currency: string): Money => ({ amount: (cents / 100).toFixed(2), currency });
const halfUp = (numerator: number, denominator: number) => Math.floor((2 * numerator + denominator) / (2 * denominator));

/** What may be paid for it: nothing where the vendor decides. `toBegin`: how many of the gaps close by themselves. */
export interface PriceOfGap {
  total: Money | null;
  says: string;
  toBegin: number;
}

export function priceOfGap(about: Case, gaps: readonly string[]): PriceOfGap | null {
  const { dossier, covers: allCovers, day } = about;
  const { currency } = about.contract;
  let total = 0;
  let firm = true;
  const parts: string[] = [];
  const coming: string[] = [];
  const missing = new Set(gaps);
  const done = new Set<string>();
  const told = (cents: number) => formatMoney(moneyOf(cents, currency));
  const licenseOf = (licenseId: string) => dossier.licenses.find((one) => one.licenseId === licenseId);
  const quotes = dossier.contracts
    .filter((contract) => contract.currency === currency)
    .map((contract) => ({
      contract,
      lapsed: contract.lines.filter(({ licenseId }) => missing.has(licenseId) && hasLapsed(about, contract, licenseId)),
    }))
    .filter(({ lapsed }) => lapsed.length > 0)
    .map(({ contract, lapsed }) => ({ contract, lapsed, late: windowEnd(about, contract, lapsed) < day }))
    .sort((a, b) => Number(a.late) - Number(b.late));
  for (const { contract, lapsed } of quotes) {
    const asked = lapsed.filter(({ licenseId }) => !done.has(licenseId));
    if (asked.length === 0) continue;
    const names = new Set(asked.map(({ licenseId }) => licenseId));
    const never = new Set<string>();
    for (let more = true; more; ) {
      more = false;
      never.clear();
      for (const { licenseId } of companions(about, names)) {
        if (done.has(licenseId)) continue;
        if (hasLapsed(about, contract, licenseId)) more = names.add(licenseId) !== undefined;
        else if (!endedBefore(about, licenseId)) never.add(licenseId);
      }
    }
    const chosen = contract.lines.filter(({ licenseId }) => names.has(licenseId));
    let fees = 0;
    for (const { licenseId, annualFee } of chosen) {
      missing.delete(licenseId);
      done.add(licenseId);
      const last = centsOf(annualFee);
      const back = backFees(last, anchorOf(contract), daysWithout(allCovers.get(licenseId) ?? [], contract, day));
      fees += back + (listFee(about, licenseOf(licenseId)) ?? last);
    }
    for (const licenseId of never) missing.add(licenseId);
    const sum = fees + halfUp(fees, 4);
    const end = windowEnd(about, contract, chosen);
    const says = `reinstatement on ${day} of ${[...names].join(", ")}`;
    if (end < day) {
      firm = false;
      parts.push(`${says} at the vendor's discretion (the window ended on ${end}), indicative ${told(sum)}`);
    } else {
      total += sum;
      parts.push(`${says} ${told(sum)}`);
    }
  }
  const late = firm ? [] : parts.filter((says) => says.includes("discretion"));
  let known = true;
  for (const licenseId of missing) {
    const license = licenseOf(licenseId);
    const begins = license && beginsOn(about, license);
    const fee = listFee(about, license);
    if (begins !== undefined) coming.push(`cover of ${licenseId} begins on ${begins}`);
    else if (fee === undefined) known = false;
    else {
      total += fee;
      parts.push(`first year of ${licenseId} ${told(fee)}`);
    }
  }
  const all = [...(known ? parts : late), ...coming];
  if (all.length === 0) return null;
  return { total: known && firm && parts.length > 0 ? moneyOf(total, currency) : null, says: all.slice(0, 10).join("; "), toBegin: coming.length };
}

function listFee({ catalog, contract: { policyId, currency }, day }: Case, license: HeldLicense | undefined): number | undefined {
  const list = catalog.priceLists
    .filter((one) => one.policyId === policyId && one.currency === currency && one.effectiveFrom <= day)
    .filter(({ items }) => items.some(({ productId }) => productId === license?.productId))
    .reduce<PriceList | undefined>((latest, one) => (latest === undefined || one.effectiveFrom > latest.effectiveFrom ? one : latest), undefined);
  const item = list?.items.find(({ productId }) => productId === license?.productId);
  return license === undefined || item === undefined ? undefined : centsOf(item.annualFeePerSeat) * license.seats;
}

/** Ended under the contract, and not covered by another one from within the twelve months that would begin today. */
function hasLapsed({ dossier, covers: allCovers, day }: Case, contract: HeldContract, licenseId: string): boolean {
  const license = dossier.licenses.find((one) => one.licenseId === licenseId);
  if (license !== undefined && (license.kind !== "perpetual" || !held(license, day))) return false;
  const its = allCovers.get(licenseId) ?? [];
  const cover = its.find((one) => one.contract === contract);
  if (cover === undefined || cover.lastDay === null || cover.lastDay >= day) return false;
  const end = addDays(addMonths(day, 12), -1);
  const counts = ({ firstDay, lastDay }: Cover) => firstDay <= end && (lastDay === null || (day <= lastDay && firstDay <= lastDay));
  return !its.some((other) => other !== cover && counts(other));
}

/** A perpetual license that lapsed under some other contract comes back by a quote of its own. */
const endedBefore = ({ dossier, covers: allCovers }: Case, licenseId: string) =>
  (allCovers.get(licenseId) ?? []).some(({ lastDay }) => lastDay !== null) &&
  dossier.licenses.find((one) => one.licenseId === licenseId)?.kind !== "subscription";

/** Last of the twelve months that began with the first of these lapses. */
const windowEnd = ({ covers: allCovers }: Case, contract: HeldContract, lapsed: HeldContract["lines"]): CalendarDate =>
  lapsed
    .flatMap(({ licenseId }) => (allCovers.get(licenseId) ?? []).find((one) => one.contract === contract)?.lastDay ?? [])
    .map((lastDay) => addDays(addMonths(addDays(lastDay, 1), 12), -1))
    .sort()[0] ?? "";

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
