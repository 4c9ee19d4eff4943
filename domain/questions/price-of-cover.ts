/** "What would it cost to close the gap?" Reinstatement for what lapsed, a year's fee for what never was covered. */
import { formulaOf } from "../compiled-policy.ts";
import type { Inquiry } from "../conditions/condition.ts";
import type { Ends } from "../cover.ts";
import { formatMoney, fromMinor, type Money, toMinor } from "../money.ts";
import { priceOn } from "../price-lists.ts";
import { Readings } from "../readings.ts";
import { compose } from "./reinstatement-fees.ts";
import { lapsesOf } from "./reinstatement-lapses.ts";

/** Price of covering the licenses on the day of the inquiry and what it is made of; null where the facts give none. */
export function priceOfCover(inquiry: Inquiry, licenseIds: readonly string[], ends: Ends): { total: Money; says: string } | null {
  const { contract, facts, policy, day } = inquiry;
  let total = 0n;
  const parts: string[] = [];
  const missing = new Set(licenseIds);
  const add = (amount: bigint, says: string) => {
    total += amount;
    parts.push(`${says} ${formatMoney(fromMinor(amount, contract.currency))}`);
  };
  const reinstatement = formulaOf(policy, "reinstatement");
  if (reinstatement !== undefined && formulaOf(policy, "forward-fees") !== undefined) {
    for (const from of facts.dossier.contracts) {
      if (from.policyId !== contract.policyId || from.currency !== contract.currency) continue;
      const about = { facts, contract: from, policy, day, reinstateOn: day, payOn: day };
      const lapsed = lapsesOf(about, ends, reinstatement.entry.licenseKinds, missing).filter(
        ({ state, licenseId, lapsedOn }) => state === "lapsed" && lapsedOn <= day && missing.has(licenseId),
      );
      if (lapsed.length === 0) continue;
      const composed = compose(about, lapsed, ends, new Readings(policy, from));
      if (composed.missing.length > 0) return null;
      for (const { licenseId } of lapsed) missing.delete(licenseId);
      add(composed.total, `reinstatement on ${day} of ${lapsed.map(({ licenseId }) => licenseId).join(", ")}`);
    }
  }
  for (const licenseId of missing) {
    const license = facts.dossier.licenses.find((one) => one.licenseId === licenseId);
    const item = license && priceOn(facts.catalog, contract.policyId, contract.currency, license.productId, day);
    if (!license || !item) return null;
    add(toMinor(item.annualFeePerSeat) * BigInt(license.seats), `first year of ${licenseId}`);
  }
  return { total: fromMinor(total, contract.currency), says: parts.slice(0, 10).join("; ") };
}
