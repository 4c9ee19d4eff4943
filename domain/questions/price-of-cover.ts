/**
 * "What would it cost to close the gap?" Reinstatement for what lapsed, as it can be quoted; a year's fee for what never was
 * covered; nothing for what is going to be covered by itself.
 */
import { formulaOf } from "../compiled-policy.ts";
import { coverBegins, type Inquiry, listed } from "../conditions/condition.ts";
import { moneyPolicy } from "../contract-life.ts";
import type { Ends } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import { exceptionAt } from "../exceptions.ts";
import type { HeldContract } from "../facts.ts";
import { formatMoney, fromMinor, type Money, toMinor } from "../money.ts";
import { priceOn } from "../price-lists.ts";
import { Readings } from "../readings.ts";
import type { Reinstatement } from "./reinstatement.ts";
import { compose, replacedSaid, repurchaseLines } from "./reinstatement-fees.ts";
import { byWindow, type Lapse, lapsesOf } from "./reinstatement-lapses.ts";
import { incompleteGroups } from "./reinstatement-refusals.ts";

export interface PriceOfCover {
  /** Null where a part of it is for the vendor to decide, or is a price that binds nobody before there is an order. */
  total: Money | null;
  says: string;
  /** The clause by which licenses have to be bought again, where some do. */
  boughtAgainBy: string | null;
  /** Licenses asked about whose cover is still to begin. */
  toBegin: string[];
}

/** What one quote or purchase contributes. */
interface Part {
  says: string;
  /** In minor units; null where no quote would offer it. */
  amount: bigint | null;
  boughtAgainBy?: string;
}

/** Price of covering the licenses on the day of the inquiry and what it is made of; null where the facts give none. */
export function priceOfCover(inquiry: Inquiry, licenseIds: readonly string[], ends: Ends): PriceOfCover | null {
  const { contract, facts, day, coverage } = inquiry;
  const { quoted, missing } = broughtBack(inquiry, licenseIds, ends);
  const parts = quoted.flatMap((part) => part ?? []);
  const licenses = licensesById(facts.dossier);
  const toBegin: string[] = [];
  const coming: Part[] = [];
  let known = parts.length === quoted.length;
  for (const licenseId of missing) {
    const license = licenses(licenseId);
    const next = license && coverage.nextCover(license);
    const item = license && priceOn(facts.catalog, contract.policyId, contract.currency, license.productId, day);
    if (next) {
      toBegin.push(licenseId);
      coming.push({ says: coverBegins(licenseId, next), amount: 0n });
    } else if (!license || !item) known = false;
    else parts.push(priced(`first year of ${licenseId}`, toMinor(item.annualFeePerSeat) * BigInt(license.seats), contract));
  }
  // A sum that is half known is not told; what nobody may take for an offer is, all the same.
  const told = [...(known ? parts : parts.filter(({ amount }) => amount === null)), ...coming];
  if (told.length === 0) return null;
  const firm = known && parts.length > 0 && parts.every(({ amount }) => amount !== null);
  return {
    total: firm
      ? fromMinor(
          parts.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n),
          contract.currency,
        )
      : null,
    says: told
      .slice(0, 10)
      .map(({ says }) => says)
      .join("; "),
    boughtAgainBy: parts.find(({ boughtAgainBy }) => boughtAgainBy !== undefined)?.boughtAgainBy ?? null,
    toBegin,
  };
}

const priced = (says: string, amount: bigint, { currency }: HeldContract): Part => ({
  says: `${says} ${formatMoney(fromMinor(amount, currency))}`,
  amount,
});

/** What lapsed, contract by contract as it is quoted, those first whose window is still open; and what no quote brings back. */
function broughtBack(inquiry: Inquiry, licenseIds: readonly string[], ends: Ends): { quoted: (Part | null)[]; missing: Set<string> } {
  const { contract, facts, day } = inquiry;
  const missing = new Set(licenseIds);
  const quoted: (Part | null)[] = [];
  const done = new Set<string>();
  const quotes = facts.dossier.contracts
    .filter(({ policyId, currency }) => policyId === contract.policyId && currency === contract.currency)
    .flatMap((from) => {
      const policy = moneyPolicy(facts, from, day, ends);
      const kinds = formulaOf(policy, "reinstatement")?.entry.licenseKinds;
      if (kinds === undefined || formulaOf(policy, "forward-fees") === undefined) return [];
      const about: Reinstatement = { facts, contract: from, policy, day, reinstateOn: day, payOn: day };
      const asked = lapsedOf(about, ends, kinds, missing);
      return [{ about, kinds, asked, late: passedWindow(about, asked) !== null }];
    })
    .sort((a, b) => Number(a.late) - Number(b.late));
  for (const { about, kinds, asked } of quotes) {
    const open = asked.filter(({ licenseId }) => !done.has(licenseId));
    if (open.length === 0) continue;
    const { chosen, neverCovered } = asQuoted(inquiry, about, open, kinds, done, ends);
    for (const { licenseId } of chosen) {
      missing.delete(licenseId);
      done.add(licenseId);
    }
    for (const licenseId of neverCovered) missing.add(licenseId);
    const { gone, left } = byWindow(about, chosen);
    for (const those of [gone, left]) if (those.length > 0) quoted.push(partOf(about, those, ends));
  }
  return { quoted, missing };
}

const lapsedOf = (about: Reinstatement, ends: Ends, kinds: readonly string[], only: ReadonlySet<string>) =>
  lapsesOf(about, ends, kinds, only).filter(({ state, lapsedOn }) => state === "lapsed" && lapsedOn <= about.day);

/**
 * The selection that a quote accepts: with each license the others of its product line, deployment or bundle that lapsed under
 * the contract, and those that have to be covered first.
 */
function asQuoted(
  { coverage }: Inquiry,
  about: Reinstatement,
  asked: Lapse[],
  kinds: readonly string[],
  done: ReadonlySet<string>,
  ends: Ends,
): { chosen: Lapse[]; neverCovered: string[] } {
  const names = new Set(asked.map(({ licenseId }) => licenseId));
  const others = about.contract.lines.filter(({ licenseId }) => !names.has(licenseId) && !done.has(licenseId) && !coverage.isCovered(licenseId));
  const lapses = others.length === 0 ? asked : [...asked, ...lapsedOf(about, ends, kinds, new Set(others.map(({ licenseId }) => licenseId)))];
  for (;;) {
    const chosen = lapses.filter(({ licenseId }) => names.has(licenseId));
    const groups = incompleteGroups(about, lapses, chosen, ends, coverage);
    const more = groups.flatMap(({ lapsedHere }) => lapsedHere);
    if (more.length === 0) return { chosen, neverCovered: groups.flatMap((group) => group.neverCovered).filter((id) => !done.has(id)) };
    for (const licenseId of more) names.add(licenseId);
  }
}

/** The window that ended for some of them, with its last day; null while all can be brought back. Reading `window`: the last day is inside. */
function passedWindow({ policy, day }: Reinstatement, chosen: readonly Lapse[]) {
  const window = formulaOf(policy, "reinstatement-window");
  const [endedOn] = chosen.map(({ windowLastDay }) => windowLastDay).sort();
  return window !== undefined && endedOn !== undefined && endedOn < day ? { ...window, endedOn } : null;
}

/** What the quote of the day says: offered, at the vendor's discretion after the window, or the licenses bought again; null without a sum. */
function partOf(about: Reinstatement, chosen: Lapse[], ends: Ends): Part | null {
  const { policy, contract, day, facts } = about;
  const ids = listed(chosen.map(({ licenseId }) => licenseId));
  const window = passedWindow(about, chosen);
  const ended = `the window ended on ${window?.endedOn}`;
  const inform = (amount: bigint) => formatMoney(fromMinor(amount, contract.currency));
  if (window?.entry.afterwards === "repurchase") {
    const { lines, missing } = repurchaseLines(about, chosen, window.clause);
    const sum = lines.reduce((total, { amount }) => total + toMinor(amount), 0n);
    const price = missing.length > 0 ? "" : `, license price ${inform(sum)}`;
    return {
      says: `${ids} ${chosen.length === 1 ? "has" : "have"} to be bought again (${ended})${price}; ${replacedSaid}`,
      amount: null,
      boughtAgainBy: window.clause,
    };
  }
  const { total, missing } = compose(about, chosen, ends, new Readings(policy, contract));
  const says = `reinstatement on ${day} of ${ids}`;
  const known = missing.length === 0;
  if (window === null) return known ? priced(says, total, contract) : null;
  const { exception } = exceptionAt(facts.dossier.exceptions, window.clause, contract.contractId, day);
  if (exception === undefined || !known)
    return { says: `${says} at the vendor's discretion (${ended})${known ? `, indicative ${inform(total)}` : ""}`, amount: null };
  const { amountWaived } = exception;
  const waived = amountWaived?.currency === contract.currency ? toMinor(amountWaived) : 0n;
  return priced(`${says} by exception of ${exception.approvedBy} until ${exception.until}`, waived < total ? total - waived : 0n, contract);
}
