/** The terms of one line: those of the contract; for an added license first its initial period, then a stub to the common end. */
import { type CompiledPolicy, formulaOf } from "./compiled-policy.ts";
import { contractTermOn, isAdded, periodAnchor } from "./contract-terms.ts";
import type { ContractLine, HeldContract } from "./facts.ts";
import { addFractions, roundHalfUp, shareOf } from "./money.ts";
import type { Readings } from "./readings.ts";
import { addDays, type CalendarDate } from "./time/calendar-date.ts";
import { nthTerm, type Term, termIndexOn, termOn, yearsOf } from "./time/term.ts";

export type LineTerm = Term & { part: "renewal" | "initial-period" | "stub" };

/**
 * The term of a line that begins inside one of the contract's terms, or null where none begins there: an added
 * license's initial period may outrun it. Reading `ebx-co-term`.
 */
export function lineTermWithin(
  contract: HeldContract,
  within: Term,
  line: ContractLine,
  firstDay: CalendarDate,
  policy: CompiledPolicy,
  readings: Readings,
): LineTerm | null {
  const initial = initialPeriod(contract, line, firstDay, policy);
  if (initial === null || firstDay > within.lastDay) return { ...within, part: "renewal" };
  if (firstDay >= within.firstDay) return { ...initial, part: "initial-period" };
  const after = addDays(initial.lastDay, 1);
  if (after > within.lastDay) return null;
  const coTerm = formulaOf(policy, "co-term");
  if (coTerm === undefined || readings.method(coTerm.entry.by) === "literal") return ownTermWithin(after, within);
  return after <= within.firstDay ? { ...within, part: "renewal" } : { firstDay: after, lastDay: within.lastDay, part: "stub" };
}

function ownTermWithin(anchor: CalendarDate, within: Term): LineTerm | null {
  const running = termOn(anchor, within.lastDay);
  return running.firstDay >= within.firstDay ? { ...running, part: "renewal" } : null;
}

/** The twelve months from the first covered day of a license that was added to the contract's terms; null for others. */
export function initialPeriod(contract: HeldContract, line: ContractLine, firstDay: CalendarDate, policy: CompiledPolicy): Term | null {
  const initial = formulaOf(policy, "initial-period");
  if (initial === undefined || contractTermOn(contract, firstDay) === null || !isAdded(contract, line, firstDay)) return null;
  return nthTerm(firstDay, 0, initial.entry.months);
}

/** What parts of years cost together, exact and rounded once, half up (readings `day-count`, `rounding`). Minor units. */
export function feeFor(annualFee: bigint, parts: readonly Term[], contract: HeldContract): bigint {
  const pieces = parts.flatMap((part) => byAnchor(contract, part)).flatMap((part) => yearsOf(periodAnchor(contract, part.firstDay), part));
  return roundHalfUp(addFractions(...pieces.map(({ days, of }) => shareOf(annualFee, BigInt(days), BigInt(of)))));
}

/** A stretch of days cut where the contract's periods change their anchor: at the end of the recorded term. */
function byAnchor({ term }: HeldContract, part: Term): Term[] {
  if (part.firstDay > term.lastDay || part.lastDay <= term.lastDay) return [part];
  return [
    { firstDay: part.firstDay, lastDay: term.lastDay },
    { firstDay: addDays(term.lastDay, 1), lastDay: part.lastDay },
  ];
}

/** How many of the contract's twelve-month periods begin within a stretch of days: as many annual fees fall due in it. */
export function periodsBegun(contract: HeldContract, stretch: Term): number {
  return byAnchor(contract, stretch).reduce((sum, { firstDay, lastDay }) => {
    const anchor = periodAnchor(contract, firstDay);
    const first = termIndexOn(anchor, firstDay);
    const begins = nthTerm(anchor, first).firstDay === firstDay ? 1 : 0;
    return sum + termIndexOn(anchor, lastDay) - first + begins;
  }, 0);
}
