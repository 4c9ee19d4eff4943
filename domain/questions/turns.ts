/** "How long does this answer hold?" Days on which facts that are recorded ahead, or other licenses and contracts, may change it. */

import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import { coverOf, coversOf, type Ends, lineOf, termsPolicy } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { Cure } from "../decision.ts";
import type { ContractLine, HeldContract, HeldLicense } from "../facts.ts";
import { nonRenewalsOn, receiptDay, zoneOf } from "../notice-rulings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { windowLastDay } from "../time/term.ts";
import { firstInstantOf } from "../time/zone.ts";
import type { EntitlementAnswer } from "./entitlement.ts";
import { type Place, zoneAt } from "./place.ts";
import { earliestZone, type KnownFacts, latestZone } from "./question.ts";

const lastCalendarDate = "9000-12-31";

/** As many days as are looked at. */
const mostTurns = 100;

/**
 * Instants after `asOf`, in epoch milliseconds, at which the answer may change although no condition of it says so: the
 * beginning of a day for which a notice is recorded, on which another version of the policy comes into force, on which what
 * lapsed can be brought back no more, on which another contract covers the license, or another license is one that the
 * request may be about. Where no zone is set a day begins twice: where it is first, and where it is last.
 * None for most accounts.
 * @param filed whether it is stated when the request was made: then the version is the one of that day
 */
export function turnsOf(facts: KnownFacts, licenses: readonly HeldLicense[], place: Place, asOf: string, filed: boolean): number[] {
  const { notices, contracts } = facts.dossier;
  if (contracts.length === 0) return [];
  const turns = new Set<number>();
  const from = parseInstant(asOf);
  const policyOf = (contract: HeldContract) => termsPolicy(facts, contract, contract.term.firstDay) as CompiledPolicy;
  const zoneFor = (contract: HeldContract) => zoneAt(policyOf(contract), contract, place);
  const add = (day: CalendarDate | null | undefined, zone: string | null) => {
    if (day == null) return;
    const begins = firstInstantOf(day, zone ?? earliestZone);
    if (begins <= from) return;
    turns.add(begins);
    // What was judged as a date may be the next one as soon as it is over.
    if (zone === null) turns.add(Math.max(firstInstantOf(day, latestZone), from + 1));
  };
  for (const notice of notices) {
    const contract = contracts.find(({ contractId }) => contractId === notice.contractId);
    if (contract !== undefined && notice.kind === "non-renewal" && notice.withdrawn !== true)
      add(receiptDay(notice, zoneOf(policyOf(contract), contract)), zoneFor(contract));
  }
  for (const contract of filed ? [] : contracts)
    for (const { effectiveFrom } of facts.policies.get(contract.policyId) ?? []) add(effectiveFrom, zoneFor(contract));
  const several = licenses.length > 1;
  // The ends that every notice on record will have brought about, those still to be received included.
  const ahead = nonRenewalsOn(facts, lastCalendarDate).ends;
  for (const license of licenses.slice(0, mostTurns)) {
    const naming = contracts.filter((contract) => lineOf(contract, license.licenseId) !== undefined);
    for (const contract of naming) add(windowClosedOn(facts, ahead, contract, license), zoneFor(contract));
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

/** The first day on which a license that lapsed under the contract can no longer be brought back as before; null where none is known. */
function windowClosedOn(facts: KnownFacts, ends: Ends, contract: HeldContract, license: HeldLicense): CalendarDate | null {
  const { lastDay } = coverOf(facts, ends, contract, lineOf(contract, license.licenseId) as ContractLine, license);
  const window = lastDay && formulaOf(termsPolicy(facts, contract, lastDay) as CompiledPolicy, "reinstatement-window");
  return window ? addDays(windowLastDay(addDays(lastDay, 1), window.entry.months), 1) : null;
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
  a.policy?.version !== b.policy?.version ||
  a.reasons.length !== b.reasons.length ||
  a.reasons.some(
    ({ clause, result, facts, cure }, index) =>
      clause !== b.reasons[index]?.clause ||
      result !== b.reasons[index]?.result ||
      facts.length !== b.reasons[index]?.facts.length ||
      kindOf(cure) !== kindOf(b.reasons[index]?.cure),
  );

/** By which clause something can be done, and whether at a price: what it costs may grow by the day. */
const kindOf = (cure: Cure | null | undefined) => (cure ? `${cure.clause} ${cure.price === null}` : "");

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
