/** "Support under the contract lapsed: what now?" What its reinstatement quote says, in a sentence: only what would be offered is a price. */
import { formulaOf } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import type { Cure } from "../decision.ts";
import { formatMoney } from "../money.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { AsOf, KnownFacts } from "./question.ts";
import { quoteReinstatement } from "./reinstatement.ts";
import { replacedSaid } from "./reinstatement-fees.ts";

/** Null where the policy brings nothing back, or all of it goes on elsewhere. @param on the day from which support is wanted again */
export function cureOfLapse(facts: KnownFacts, { contract, policy, goesOn }: ContractLife, on: CalendarDate, asOf: AsOf): Cure | null {
  const reinstatement = formulaOf(policy, "reinstatement");
  if (reinstatement === undefined || goesOn !== null) return null;
  const { status, total, indicative, reasons, newTerm } = quoteReinstatement(facts, { contractId: contract.contractId, reinstateOn: on }, asOf);
  if (status === "repurchase") {
    // Some come back for fees, where there is a term for them.
    const some = reasons.filter(({ condition }) => condition === "reinstatement-window").map(({ finding }) => finding);
    const what = newTerm === null ? "the licenses have to be bought again" : some.join("; ");
    const price = indicative === null ? "" : `; ${newTerm === null ? "license price" : "together"} on ${on} ${formatMoney(indicative)}`;
    return { says: `${what}${price}; ${replacedSaid}`, clause: reasons[0].clause, price: null };
  }
  const sum =
    total !== null
      ? `; on ${on} ${formatMoney(total)}`
      : indicative !== null
        ? `; on ${on} at the vendor's discretion, indicative ${formatMoney(indicative)}`
        : "";
  return { says: `bring support back: reinstatement quote${sum}`, clause: reinstatement.clause, price: total };
}
