/** "Support under the contract lapsed: what now?" What its reinstatement quote says, in a sentence: only what would be offered is a price. */
import { formulaOf } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import type { Cure } from "../decision.ts";
import { formatMoney } from "../money.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { AsOf, KnownFacts } from "./question.ts";
import { quoteReinstatement } from "./reinstatement.ts";

/** Null where the policy brings nothing back. @param on the day from which support is wanted again */
export function cureOfLapse(facts: KnownFacts, { contract, policy }: ContractLife, on: CalendarDate, asOf: AsOf): Cure | null {
  const reinstatement = formulaOf(policy, "reinstatement");
  if (reinstatement === undefined) return null;
  const { status, total, indicative, reasons } = quoteReinstatement(facts, { contractId: contract.contractId, reinstateOn: on }, asOf);
  if (status === "repurchase") {
    const price = indicative === null ? "" : `; license price on ${on} ${formatMoney(indicative)}`;
    return { says: `the licenses have to be bought again${price}`, clause: reasons[0].clause, price: null };
  }
  const sum =
    total !== null
      ? `; on ${on} ${formatMoney(total)}`
      : indicative !== null
        ? `; on ${on} at the vendor's discretion, indicative ${formatMoney(indicative)}`
        : "";
  return { says: `bring support back: reinstatement quote${sum}`, clause: reinstatement.clause, price: total };
}
