/** The days on which cover under a contract ends, what is left without any, and through when that can be brought back. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import { type Cover, carriesSupport, coversOf, type Ends, heldOn } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { windowLastDay } from "../time/term.ts";
import { leavesOpen } from "../what-follows.ts";
import type { KnownFacts } from "./question.ts";

/** Lines whose cover ends on the same day: the whole contract's, or some while the others go on. */
export interface Ending {
  lastDay: CalendarDate;
  covers: Cover[];
  whole: boolean;
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

/** The lines that nothing else covers from then on, of licenses still held that carry no support of their own: others were moved or given up, and lapse in nothing. */
export function goneWithout(facts: KnownFacts, ends: Ends, { covers, lastDay }: Ending): Cover[] {
  const licenses = licensesById(facts.dossier);
  const lapsedOn = addDays(lastDay, 1);
  return covers.filter(({ contract, line }) => {
    const license = licenses(line.licenseId);
    if (license !== undefined && (!heldOn(license, lapsedOn) || carriesSupport(license, lapsedOn) !== false)) return false;
    const others = facts.dossier.contracts.length === 1 ? [] : coversOf(facts, ends, license, line.licenseId);
    return !others.some((other) => other.contract !== contract && (other.lastDay === null || other.lastDay >= lapsedOn));
  });
}

/** Whether the ending is told as a lapse: of a contract unless all of it goes on, of lines where any is left without. @param remaining of its lines, those left without */
export const isLapse = (life: ContractLife, { whole }: Ending, remaining: readonly Cover[]): boolean =>
  whole ? life.goesOn === null : remaining.length > 0;

/** Whether nobody knows what follows the ending. */
export const isOpen = ({ policy, contract }: ContractLife, { lastDay }: Ending): boolean => leavesOpen(policy, contract, lastDay);

/**
 * Last day on which what ended can be brought back (reading `window`); null where the text has none, and where all that ended is
 * covered otherwise by now or is of a kind that is not reinstated.
 * @param remaining of the ending's lines, those that nothing else covers
 */
export function windowEndOf(
  facts: KnownFacts,
  policy: CompiledPolicy,
  { lastDay, covers }: Ending,
  remaining: readonly Cover[],
): CalendarDate | null {
  const window = formulaOf(policy, "reinstatement-window");
  if (window === undefined || (covers.length > 0 && !remaining.some(isReinstated(facts, policy)))) return null;
  return windowLastDay(addDays(lastDay, 1), window.entry.months);
}

function isReinstated(facts: KnownFacts, policy: CompiledPolicy): (cover: Cover) => boolean {
  const kinds = formulaOf(policy, "reinstatement")?.entry.licenseKinds;
  const licenses = licensesById(facts.dossier);
  return ({ line }) => {
    const license = licenses(line.licenseId);
    return license === undefined || kinds === undefined || kinds.includes(license.kind);
  };
}
