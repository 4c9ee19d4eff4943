/** Deadlines of cover that ends: the first day without it, and the last day on which it can be reinstated on the terms of the text. */
import { formulaOf } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import { contractTermOn } from "../contract-terms.ts";
import type { Cover, Ends } from "../cover.ts";
import type { HeldContract } from "../facts.ts";
import { addDays } from "../time/calendar-date.ts";
import type { Found } from "./deadlines.ts";
import { type Ending, endingsOf, goneWithout, isLapse, isOpen, windowEndOf } from "./endings.ts";
import type { KnownFacts } from "./question.ts";
import { coveredClause } from "./renewal-reason.ts";

/**
 * For each day on which cover under the contract ends, whether by notice, by agreement or because the text does not renew it. None
 * where all of it goes on; where the text leaves open what follows, no day is called one without cover.
 */
export function lapses(facts: KnownFacts, life: ContractLife, ends: Ends): Found[] {
  return endingsOf(life).flatMap((ending) => {
    const remaining = goneWithout(facts, ends, ending);
    if (!isLapse(life, ending, remaining)) return [];
    const window = windowOf(facts, life, ending, remaining);
    return window === null ? [lapse(life, ending, remaining)] : [lapse(life, ending, remaining), window];
  });
}

function lapse(life: ContractLife, ending: Ending, remaining: Cover[]): Found {
  const { contract, policy, renewsByItself } = life;
  const { lastDay } = ending;
  const clause = (renewsByItself ? formulaOf(policy, "renewal")?.clause : undefined) ?? coveredClause(policy);
  const on = addDays(lastDay, 1);
  const what = isOpen(life, ending)
    ? `first day after the recorded ${endsTerm(contract, ending) ? `term of \`${contract.contractId}\`` : coverIn(contract, ending, remaining)}: what follows is in an agreement that is not part of the policy`
    : `first day without ${coverIn(contract, ending, remaining)}`;
  return { key: `lapse/${nameOf(contract, ending)}`, kind: "lapse", on, clause, term: contractTermOn(contract, lastDay), what };
}

const endsTerm = ({ term }: HeldContract, { whole, lastDay }: Ending): boolean => whole && lastDay >= term.lastDay;

const coverIn = ({ contractId, lines }: HeldContract, { whole }: Ending, { length }: Cover[]): string =>
  whole ? `cover under \`${contractId}\`` : `cover of ${length} of ${lines.length} licenses of \`${contractId}\``;

function windowOf(facts: KnownFacts, { contract, policy }: ContractLife, ending: Ending, remaining: Cover[]): Found | null {
  const window = formulaOf(policy, "reinstatement-window");
  const on = windowEndOf(facts, policy, ending, remaining);
  if (window === undefined || on === null) return null;
  const lapsedOn = addDays(ending.lastDay, 1);
  return {
    key: `reinstatement-window/${nameOf(contract, ending)}`,
    kind: "reinstatement-window",
    on,
    clause: window.clause,
    term: contractTermOn(contract, ending.lastDay),
    what: `last day to reinstate \`${contract.contractId}\`, which has no cover from ${lapsedOn}; afterwards ${afterwards[window.entry.afterwards]}`,
  };
}

const afterwards = { discretion: "it is at the vendor's discretion", repurchase: "the licenses are to be bought again" };

/** By the term that it ends in or with; where only some lines end, by their day as well, since a term may hold several. */
function nameOf(contract: HeldContract, { lastDay, whole }: Ending): string {
  const term = contractTermOn(contract, lastDay)?.firstDay ?? contract.term.firstDay;
  return whole ? `${contract.contractId}/${term}` : `${contract.contractId}/${term}/${lastDay}`;
}
