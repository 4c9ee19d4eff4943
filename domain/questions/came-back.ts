/** Under which contracts support that lapsed goes on: where all of it was brought back there is nothing left to reinstate, and no window. */
import { broughtBackOn } from "../brought-back.ts";
import type { ContractLife } from "../contract-life.ts";
import type { Ends } from "../cover.ts";
import type { Reason } from "../decision.ts";
import { byId } from "../dossier.ts";
import { isAccepted } from "../offers.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { endingsOf, goneWithout } from "./endings.ts";
import type { KnownFacts } from "./question.ts";

/** Contracts that accepted reinstatements recorded in the place of a lapsed one; none while anything of it is still without cover. */
export function cameBackAs(facts: KnownFacts, life: ContractLife, ends: Ends): string[] {
  const { dossier } = facts;
  if (life.lapsedOn === null) return [];
  const { contractId } = life.contract;
  const made = dossier.quotes
    .filter((offer) => offer.kind === "reinstatement" && offer.contractId === contractId && isAccepted(dossier, offer))
    .flatMap(({ reinstatedAs = [] }) => reinstatedAs)
    .filter((one) => byId(dossier.contracts, "contractId", one) !== undefined);
  const all = made.length > 0 && endingsOf(life).every((ending) => goneWithout(facts, ends, ending).length === 0);
  return all ? made : [];
}

/** Before the day on which it is paid nothing is back yet, although nothing else can be quoted for it. */
export function cameBackReason({ dossier }: KnownFacts, made: readonly string[], clause: string, day: CalendarDate): Reason[] {
  if (made.length === 0) return [];
  const paid = made.map((one) => ({ one, paidOn: broughtBackOn(dossier, one) ?? day }));
  const names = paid.slice(0, 10).map(({ one, paidOn }) => (paidOn > day ? `\`${one}\`, paid on ${paidOn}` : `\`${one}\``));
  const back = paid.some(({ paidOn }) => paidOn > day) ? "comes back" : "was brought back";
  const facts = made.slice(0, 50).map((one) => ({ path: `contracts/${one}`, value: null }));
  const finding = `what lapsed ${back} under ${names.join(", ")}: nothing is left to reinstate`;
  return [{ clause, condition: "reinstatement", result: "info", finding, facts, cure: null }];
}
