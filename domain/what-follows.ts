/** "What follows the recorded term?" Where the text leaves that to an agreement nobody knows, unless the parties agreed that nothing does. */
import { type CompiledPolicy, formulaOf } from "./compiled-policy.ts";
import type { HeldContract } from "./facts.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

/** Whether the parties agreed that the contract does not renew by itself. */
export const agreedToEnd = ({ settings }: HeldContract): boolean => settings?.autoRenew === false;

/** Whether the text does not say what a license without a contract means, so that no end of cover is known to leave it without support. */
export const saysNothingElse = ({ conditions }: CompiledPolicy): boolean =>
  conditions.some(({ parameters }) => parameters.condition === "covered" && parameters.otherwise === "unknown");

/**
 * Whether it is open what follows cover under the contract: that which ran to the end of the recorded term, where the text leaves
 * open what follows a term; any cover, where it says nothing of licenses without a contract.
 * @param lastDay last day of the cover
 */
export function leavesOpen(policy: CompiledPolicy, contract: HeldContract, lastDay: CalendarDate): boolean {
  if (formulaOf(policy, "renewal") !== undefined || agreedToEnd(contract)) return false;
  if (saysNothingElse(policy)) return true;
  return (
    lastDay >= contract.term.lastDay &&
    policy.conditions.some(({ parameters }) => parameters.condition === "covered" && parameters.afterTerm === "unknown")
  );
}
