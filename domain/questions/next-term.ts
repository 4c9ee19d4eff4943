/** What follows the term that runs: whether it renews, for which days each line, and at which fee. */
import type { ContractLife } from "../contract-life.ts";
import { anchorOf, contractTermOn, termAfter } from "../contract-terms.ts";
import type { ContractLine, HeldContract } from "../facts.ts";
import { annualFeeOn, type IncreaseRuling } from "../increases.ts";
import { feeFor, type LineTerm, lineTermWithin } from "../line-terms.ts";
import type { Readings } from "../readings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import type { Term } from "../time/term.ts";

export interface NextLine {
  licenseId: string;
  term: LineTerm;
  /** In minor units: of a year, and of the line's term, rounded once. */
  annual: bigint;
  fee: bigint;
  /** What of the fee is still to be paid, and for the days from when on: null where all was paid when the line was bought. */
  owed: bigint;
  owedFrom: CalendarDate | null;
}

export interface NextTerm {
  /** Null where the text leaves open what follows the recorded term. */
  renews: boolean | null;
  term: Term | null;
  lines: NextLine[];
}

const nothing: NextTerm = { renews: false, term: null, lines: [] };

/**
 * The term after the running one; before the first term, the first one. A line that was added may begin with its initial
 * period or a shorter term to the common end. Source: Ebiexperts 7.2, 7.6; formulas `renewal`, `co-term`.
 */
export function nextTermOf(life: ContractLife, day: CalendarDate, readings: Readings, increases: readonly IncreaseRuling[]): NextTerm {
  const { contract, currentTerm, policy } = life;
  if (life.leftOpen) return { ...nothing, renews: null };
  if (life.lapsedOn !== null) return nothing;
  const term = currentTerm === null ? (contractTermOn(contract, anchorOf(contract)) as Term) : termAfter(contract, currentTerm);
  if (currentTerm !== null && life.lastDay !== null && life.lastDay <= currentTerm.lastDay) return nothing;
  readings.use("anchor");
  const lines: NextLine[] = [];
  for (const { line, firstDay, paidFrom, lastDay, renews } of life.covers) {
    if (!renews || paidFrom > term.lastDay || (lastDay !== null && lastDay < term.firstDay)) continue;
    // What counts at `asOf`: a line from its first covered day on. Before the recorded term the whole contract is ahead.
    if (currentTerm !== null && firstDay > day && day >= contract.term.firstDay) continue;
    const its = lineTermWithin(contract, term, line, paidFrom, policy, readings);
    // An initial period may outlast the contract; what would follow it does not.
    if (its === null || (lastDay !== null && lastDay < its.firstDay)) continue;
    if (its.part === "stub") readings.use("day-count");
    const annual = annualFeeOn(line, term.firstDay, contract, increases);
    // A year of its own (reading `ebx-co-term`, option `literal`) is a full period: exactly the full fee (reading `day-count`).
    const ownYear = its.part === "renewal" && its.firstDay !== term.firstDay;
    const fee = ownYear || its.part === "initial-period" || currentTerm === null ? annual : feeFor(annual, [its], contract);
    lines.push({ licenseId: line.licenseId, term: its, annual, fee, ...owedOf(line, { fee, annual, its }, contract) });
  }
  return lines.length === 0 && contract.lines.length > 0 && life.lastDay !== null ? nothing : { renews: true, term, lines };
}

/** What is left to pay of the term's fee where days of it were paid with the purchase. */
function owedOf({ paidThrough }: ContractLine, { fee, annual, its }: { fee: bigint; annual: bigint; its: Term }, contract: HeldContract) {
  if (paidThrough === undefined || paidThrough < its.firstDay) return { owed: fee, owedFrom: its.firstDay };
  if (paidThrough >= its.lastDay) return { owed: 0n, owedFrom: null };
  const owedFrom = addDays(paidThrough, 1);
  return { owed: feeFor(annual, [{ firstDay: owedFrom, lastDay: its.lastDay }], contract), owedFrom };
}
