/** What has lapsed, or is going to: each line of the contract seen from the day on which cover is to begin again. */
import { formulaOf } from "../compiled-policy.ts";
import { type Cover, coverOf, coversDay, coversOf, type Ends, heldOn } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import type { ContractLine, HeldLicense } from "../facts.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { nthTerm, type Term, windowLastDay } from "../time/term.ts";
import type { Reinstatement } from "./reinstatement.ts";

export interface Lapse {
  licenseId: string;
  line: ContractLine;
  license: HeldLicense | undefined;
  /** `running`: renews or has not ended. `excluded`: of a kind, or no longer held, for which nothing is brought back. */
  state: "lapsed" | "running" | "covered-elsewhere" | "excluded";
  /** First day without cover. */
  lapsedOn: CalendarDate;
  /** The days without cover until reinstatement that were not paid, in order; days that another contract covered are none (they are paid there). */
  uncovered: Term[];
  windowLastDay: CalendarDate;
  why: string;
}

/** Every line of the contract, or only those asked for, with what became of it by `reinstateOn`; a cover that a notice is going to end counts as lapsed. */
export function lapsesOf(
  { facts, contract, policy, reinstateOn }: Reinstatement,
  ends: Ends,
  kinds: readonly string[],
  only?: ReadonlySet<string>,
): Lapse[] {
  const licenses = licensesById(facts.dossier);
  const months = formulaOf(policy, "reinstatement-window")?.entry.months ?? 12;
  const asked = only === undefined ? contract.lines : contract.lines.filter(({ licenseId }) => only.has(licenseId));
  return asked.map((line): Lapse => {
    const license = licenses(line.licenseId);
    const { lastDay } = coverOf(facts, ends, contract, line, license);
    const lapsedOn = lastDay === null ? "" : addDays(lastDay, 1);
    const others =
      lastDay === null ? [] : coversOf(facts, ends, license, line.licenseId).filter((cover) => cover.contract !== contract && hasDays(cover));
    // What was paid when the line was bought is not charged again (P19).
    const unpaidFrom = line.paidThrough !== undefined && line.paidThrough >= lapsedOn ? addDays(line.paidThrough, 1) : lapsedOn;
    const uncovered = lastDay === null ? [] : without(others, { firstDay: unpaidFrom, lastDay: addDays(reinstateOn, -1) });
    const base = {
      licenseId: line.licenseId,
      line,
      license,
      lapsedOn,
      uncovered,
      windowLastDay: lastDay === null ? "" : windowLastDay(lapsedOn, months),
    };
    if (license !== undefined && !kinds.includes(license.kind)) return { ...base, state: "excluded", why: `is of kind ${license.kind}` };
    if (license !== undefined && !heldOn(license, reinstateOn)) return { ...base, state: "excluded", why: `is not held on ${reinstateOn}` };
    if (lastDay === null) return { ...base, state: "running", why: "renews by itself" };
    const noticed = ends.has(`${contract.contractId}/${line.licenseId}`);
    if (reinstateOn <= lastDay && !noticed) return { ...base, state: "running", why: `is covered through ${lastDay}` };
    const back = nthTerm(reinstateOn < lapsedOn ? lapsedOn : reinstateOn, 0);
    const elsewhere = others.find((cover) => cover.paidFrom <= back.lastDay && (cover.lastDay === null || cover.lastDay >= back.firstDay));
    if (elsewhere) {
      const from = coversDay(elsewhere, reinstateOn) ? "" : ` from ${elsewhere.paidFrom} on, within the new term`;
      return {
        ...base,
        state: "covered-elsewhere",
        why: `is ${paidLater(elsewhere) ? "paid for" : "covered"} under contract \`${elsewhere.contract.contractId}\`${from}`,
      };
    }
    return { ...base, state: "lapsed", why: `lapsed on ${lapsedOn}` };
  });
}

/** Where licenses are bought again after the window, each goes by its own: those that it is over for, and the others (docs/decisions 53). */
export function byWindow({ policy, reinstateOn }: Reinstatement, lapses: readonly Lapse[]): { gone: Lapse[]; left: Lapse[] } {
  const again = formulaOf(policy, "reinstatement-window")?.entry.afterwards === "repurchase";
  // Reading `window`: the last day is inside.
  const isGone = ({ windowLastDay }: Lapse) => again && windowLastDay < reinstateOn;
  return { gone: lapses.filter(isGone), left: lapses.filter((lapse) => !isGone(lapse)) };
}

/** A line whose last covered day lies before its first, such as before the delivery, covers nothing. */
const hasDays = ({ paidFrom, lastDay }: Cover) => lastDay === null || paidFrom <= lastDay;

/** Brought back for days before the one on which that is paid. */
const paidLater = ({ firstDay, paidFrom }: Cover) => paidFrom < firstDay;

/** What of a stretch of days no other cover takes in: days paid there are charged there, also where that is paid only later. */
function without(covers: readonly Cover[], stretch: Term): Term[] {
  let left = stretch.firstDay <= stretch.lastDay ? [stretch] : [];
  for (const { paidFrom: firstDay, lastDay } of covers) {
    left = left.flatMap((part) => {
      if (part.lastDay < firstDay || (lastDay !== null && lastDay < part.firstDay)) return [part];
      const before = part.firstDay < firstDay ? [{ firstDay: part.firstDay, lastDay: addDays(firstDay, -1) }] : [];
      const after = lastDay !== null && lastDay < part.lastDay ? [{ firstDay: addDays(lastDay, 1), lastDay: part.lastDay }] : [];
      return [...before, ...after];
    });
  }
  return left;
}
