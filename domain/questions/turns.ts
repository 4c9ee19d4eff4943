/** "How long does this answer hold?" Days on which facts that are recorded ahead, or other licenses and contracts, may change it. */

import type { CompiledPolicy } from "../compiled-policy.ts";
import { coversOf, lineOf, termsPolicy } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { HeldContract, HeldLicense } from "../facts.ts";
import { nonRenewalsOn, receiptDay, zoneOf } from "../notice-rulings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { firstInstantOf } from "../time/zone.ts";
import type { EntitlementAnswer } from "./entitlement.ts";
import { type Place, zoneAt } from "./place.ts";
import { earliestZone, type KnownFacts, latestZone } from "./question.ts";

const lastCalendarDate = "9000-12-31";

/** As many days as are looked at. */
const mostTurns = 100;

/**
 * Instants after `asOf`, in epoch milliseconds, at which the answer may change although no condition of it says so: the
 * beginning of a day for which a notice is recorded, or on which another contract covers the license, or another license is
 * one that the request may be about. Where no zone is set a day begins twice: where it is first, and where it is last.
 * None for most accounts.
 */
export function turnsOf(facts: KnownFacts, licenses: readonly HeldLicense[], place: Place, asOf: string): number[] {
  const { notices, contracts } = facts.dossier;
  if (contracts.length === 0) return [];
  const turns = new Set<number>();
  const from = parseInstant(asOf);
  const policyOf = (contract: HeldContract) => termsPolicy(facts, contract, contract.term.firstDay) as CompiledPolicy;
  const zoneFor = (contract: HeldContract) => zoneAt(policyOf(contract), contract, place);
  const add = (day: CalendarDate | null | undefined, zone: string | null) => {
    if (day == null) return;
    for (const one of zone === null ? [latestZone, earliestZone] : [zone]) {
      const begins = firstInstantOf(day, one);
      if (begins > from) turns.add(begins);
    }
  };
  for (const notice of notices) {
    const contract = contracts.find(({ contractId }) => contractId === notice.contractId);
    if (contract !== undefined && notice.kind === "non-renewal" && notice.withdrawn !== true)
      add(receiptDay(notice, zoneOf(policyOf(contract), contract)), zoneFor(contract));
  }
  const several = licenses.length > 1;
  // The ends that every notice on record will have brought about, those still to be received included.
  const ahead = nonRenewalsOn(facts, lastCalendarDate).ends;
  for (const license of licenses.slice(0, mostTurns)) {
    const naming = contracts.filter((contract) => lineOf(contract, license.licenseId) !== undefined);
    if (!several && naming.length <= 1) continue;
    const [first = contracts[0] as HeldContract] = naming;
    const zone = zoneFor(first);
    add(license.deliveredOn, zone);
    add(license.retiredOn, zone);
    const product = productOf(facts.catalog, license.productId);
    add(product?.endOfLifeAnnouncedOn ?? product?.endOfLifeOn, zone);
    for (const ends of [ahead, new Map()]) {
      for (const { firstDay, lastDay, contract } of coversOf(facts, ends, license, license.licenseId)) {
        add(firstDay, zoneFor(contract));
        add(lastDay && addDays(lastDay, 1), zoneFor(contract));
      }
    }
  }
  return [...turns].sort((a, b) => a - b).slice(0, mostTurns);
}

/**
 * The first instant at which the answer really differs: `validUntil`, or a turn before it; null where there is none. A turn that leaves
 * the answer as it is may bring a later change with it: a notice, once received, the end of cover.
 */
export function earlierTurn(answer: EntitlementAnswer, turns: readonly number[], decideAt: (instant: number) => EntitlementAnswer): string | null {
  const until = asksWhich(answer) ? firstDifference(answer, decideAt) : answer.validUntil;
  const last = until === null ? Number.POSITIVE_INFINITY : parseInstant(until);
  const ahead = new Set(turns);
  for (let looked = 0; looked < mostTurns && ahead.size > 0; looked++) {
    const instant = Math.min(...ahead);
    if (instant >= last) break;
    const then = decideAt(instant);
    if (differs(answer, then)) return formatInstant(instant);
    ahead.delete(instant);
    if (then.validUntil !== null) ahead.add(parseInstant(then.validUntil));
  }
  return until;
}

const differs = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.contractId !== b.contractId ||
  a.reasons.length !== b.reasons.length ||
  a.reasons.some(
    ({ clause, result, facts }, index) =>
      clause !== b.reasons[index]?.clause || result !== b.reasons[index]?.result || facts.length !== b.reasons[index]?.facts.length,
  );

/** Whether the answers for several licenses differ, so that their reasons are only listed. */
const asksWhich = ({ reasons }: EntitlementAnswer) => reasons[0].condition === "which-license";

/** From the soonest change of a listed answer on, the first at which the list differs; a few changes may not show in it. */
function firstDifference(answer: EntitlementAnswer, decideAt: (instant: number) => EntitlementAnswer): string | null {
  let until = answer.validUntil;
  for (let looked = 0; until !== null && looked < mostTurns; looked++) {
    const then = decideAt(parseInstant(until));
    if (differs(answer, then) || answer.reasons.some(({ finding }, index) => finding !== then.reasons[index]?.finding)) return until;
    until = then.validUntil;
  }
  return until;
}
