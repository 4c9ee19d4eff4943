/** Under which contracts support that lapsed goes on: where all of it was brought back there is nothing left to reinstate, and no window. */
import type { ContractLife } from "../contract-life.ts";
import type { Ends } from "../cover.ts";
import type { Reason } from "../decision.ts";
import { byId } from "../dossier.ts";
import { isAccepted } from "../offers.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { endingsOf, goneWithout } from "./endings.ts";
import type { KnownFacts } from "./question.ts";

/** Contracts that accepted reinstatements recorded in the place of a lapsed one; none while anything of it is still without cover. */
export function cameBackAs(facts: KnownFacts, life: ContractLife, day: CalendarDate, ends: Ends): string[] {
  const { dossier } = facts;
  if (life.lapsedOn === null || dossier.quotes.length === 0) return [];
  const { contractId } = life.contract;
  const made = dossier.quotes
    .filter((offer) => offer.kind === "reinstatement" && offer.contractId === contractId && isAccepted(dossier, offer))
    .flatMap(({ reinstatedAs = [] }) => reinstatedAs)
    .filter((one) => byId(dossier.contracts, "contractId", one) !== undefined);
  if (made.length === 0) return [];
  const without = endingsOf(life).some((ending) => ending.lastDay < day && goneWithout(facts, ends, ending).length > 0);
  return without ? [] : made;
}

export const cameBackReason = (made: readonly string[], clause: string): Reason[] =>
  made.length === 0
    ? []
    : [
        {
          clause,
          condition: "reinstatement",
          result: "info",
          finding: `what lapsed was brought back under ${made
            .slice(0, 10)
            .map((one) => `\`${one}\``)
            .join(", ")}: nothing is left to reinstate`,
          facts: made.slice(0, 50).map((one) => ({ path: `contracts/${one}`, value: null })),
          cure: null,
        },
      ];
