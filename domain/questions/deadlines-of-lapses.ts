/** Deadlines of cover that ends: the first day without it, and the last day on which it can be reinstated on the terms of the text. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import { contractTermOn } from "../contract-terms.ts";
import { type Cover, coversOf, type Ends, heldOn } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import type { HeldContract } from "../facts.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { windowLastDay } from "../time/term.ts";
import type { Found } from "./deadlines.ts";
import { leftOpen } from "./next-term.ts";
import type { KnownFacts } from "./question.ts";
import { coveredClause } from "./renewal.ts";

/** Lines whose cover ends on the same day: the whole contract's, or some while the others go on. */
export interface Ending {
  lastDay: CalendarDate;
  covers: Cover[];
  whole: boolean;
}

/** For each day on which cover under the contract ends, whether by notice, by agreement or because the text does not renew it. */
export function lapses(facts: KnownFacts, life: ContractLife, ends: Ends): Found[] {
  return endingsOf(life).flatMap((ending) => {
    const remaining = goneWithout(facts, ends, ending);
    if (!ending.whole && remaining.length === 0) return [];
    const window = windowOf(facts, life, ending, remaining);
    return window === null ? [lapse(life, ending, remaining)] : [lapse(life, ending, remaining), window];
  });
}

/** The days on which cover under the contract ends, each with its lines. */
export function endingsOf({ covers, lastDay: last, contract }: ContractLife): Ending[] {
  const byDay = new Map<CalendarDate, Cover[]>();
  for (const cover of covers) {
    // A line that was taken off before its first day ended nothing; the contract itself ends with its last line, as its status says.
    if (cover.lastDay === null || (cover.lastDay < cover.firstDay && cover.lastDay !== last)) continue;
    const known = byDay.get(cover.lastDay);
    if (known === undefined) byDay.set(cover.lastDay, [cover]);
    else known.push(cover);
  }
  if (contract.lines.length === 0 && last !== null) byDay.set(last, []);
  return [...byDay].map(([lastDay, of]) => ({ lastDay, covers: of, whole: lastDay === last }));
}

/** The lines that nothing else covers from then on, of licenses still held: others were moved or given up, and lapse in nothing. */
export function goneWithout(facts: KnownFacts, ends: Ends, { covers, lastDay }: Ending): Cover[] {
  const licenses = licensesById(facts.dossier);
  const lapsedOn = addDays(lastDay, 1);
  return covers.filter(({ contract, line }) => {
    const license = licenses(line.licenseId);
    if (license !== undefined && !heldOn(license, lapsedOn)) return false;
    const others = facts.dossier.contracts.length === 1 ? [] : coversOf(facts, ends, license, line.licenseId);
    return !others.some((other) => other.contract !== contract && (other.lastDay === null || other.lastDay >= lapsedOn));
  });
}

function lapse({ contract, policy, renewsByItself, ...life }: ContractLife, ending: Ending, remaining: Cover[]): Found {
  const { lastDay, whole } = ending;
  const { contractId } = contract;
  const some = `cover of ${remaining.length} of ${contract.lines.length} licenses of \`${contractId}\``;
  const what = leftOpen({ contract, policy, renewsByItself, ...life })
    ? `first day after the recorded term of \`${contractId}\`: what follows is in an agreement that is not part of the policy`
    : `first day without ${whole ? `cover under \`${contractId}\`` : some}`;
  const clause = (renewsByItself ? formulaOf(policy, "renewal")?.clause : undefined) ?? coveredClause(policy);
  return { key: `lapse/${nameOf(contract, ending)}`, kind: "lapse", on: addDays(lastDay, 1), clause, term: contractTermOn(contract, lastDay), what };
}

/** Last day of the window of lines that are left without cover; null where the text has none, or for kinds that are not reinstated. */
export function windowEndOf(facts: KnownFacts, policy: CompiledPolicy, { lastDay }: Ending, remaining: readonly Cover[]): CalendarDate | null {
  const window = formulaOf(policy, "reinstatement-window");
  return window === undefined || !remaining.some(isReinstated(facts, policy)) ? null : windowLastDay(addDays(lastDay, 1), window.entry.months);
}

/** Reading `window`. None where all that ended is covered otherwise by now, or is of a kind that is not reinstated. */
function windowOf(facts: KnownFacts, { contract, policy }: ContractLife, ending: Ending, remaining: Cover[]): Found | null {
  const window = formulaOf(policy, "reinstatement-window");
  if (window === undefined || (ending.covers.length > 0 && !remaining.some(isReinstated(facts, policy)))) return null;
  const lapsedOn = addDays(ending.lastDay, 1);
  return {
    key: `reinstatement-window/${nameOf(contract, ending)}`,
    kind: "reinstatement-window",
    on: windowLastDay(lapsedOn, window.entry.months),
    clause: window.clause,
    term: contractTermOn(contract, ending.lastDay),
    what: `last day to reinstate \`${contract.contractId}\`, which has no cover from ${lapsedOn}; afterwards ${afterwards[window.entry.afterwards]}`,
  };
}

const afterwards = { discretion: "it is at the vendor's discretion", repurchase: "the licenses are to be bought again" };

function isReinstated(facts: KnownFacts, policy: CompiledPolicy): (cover: Cover) => boolean {
  const kinds = formulaOf(policy, "reinstatement")?.entry.licenseKinds;
  const licenses = licensesById(facts.dossier);
  return ({ line }) => {
    const license = licenses(line.licenseId);
    return license === undefined || kinds === undefined || kinds.includes(license.kind);
  };
}

/** By the term that it ends in or with; where only some lines end, by their day as well, since a term may hold several. */
function nameOf(contract: HeldContract, { lastDay, whole }: Ending): string {
  const term = contractTermOn(contract, lastDay)?.firstDay ?? contract.term.firstDay;
  return whole ? `${contract.contractId}/${term}` : `${contract.contractId}/${term}/${lastDay}`;
}
