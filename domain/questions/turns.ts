/** "How long does this answer hold?" Days on which facts that are recorded ahead, or other licenses and contracts, may change it. */

import { coversOf, lineOf, termsPolicy } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { HeldLicense } from "../facts.ts";
import { nonRenewalsOn, receiptDay, zoneOf } from "../notice-rulings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { firstInstantOf } from "../time/zone.ts";
import type { EntitlementAnswer } from "./entitlement.ts";
import type { KnownFacts } from "./question.ts";

const lastCalendarDate = "9000-12-31";

/** As many days as are looked at. */
const mostTurns = 100;

/** A day at whose beginning an answer may turn. */
type Turn = { day: CalendarDate; zone: string };

/**
 * Days after `asOf` on which the answer may change although no condition of it says so: a notice recorded for a day to
 * come, another contract that covers the license, another license that the request may be about. None for most accounts.
 */
export function turnsOf(facts: KnownFacts, licenses: readonly HeldLicense[], asOf: string): Turn[] {
  const { notices, contracts } = facts.dossier;
  const turns: Turn[] = [];
  const from = parseInstant(asOf);
  const zoneFor = (contract: (typeof contracts)[number]) => {
    const policy = termsPolicy(facts, contract, contract.term.firstDay);
    return (policy && zoneOf(policy, contract)) ?? "UTC";
  };
  const add = (day: CalendarDate | null | undefined, zone: string) => {
    if (day != null && firstInstantOf(day, zone) > from) turns.push({ day, zone });
  };
  for (const notice of notices) {
    const contract = contracts.find(({ contractId }) => contractId === notice.contractId);
    if (contract !== undefined && notice.kind === "non-renewal" && notice.withdrawn !== true)
      add(receiptDay(notice, zoneFor(contract)), zoneFor(contract));
  }
  const several = licenses.length > 1;
  // The ends that every notice on record will have brought about, those still to be received included.
  const ahead = nonRenewalsOn(facts, lastCalendarDate).ends;
  for (const license of licenses.slice(0, mostTurns)) {
    const naming = contracts.filter((contract) => lineOf(contract, license.licenseId) !== undefined);
    if (!several && naming.length <= 1) continue;
    const [first = contracts[0]] = naming;
    const zone = first === undefined ? "UTC" : zoneFor(first);
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
  return turns.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).slice(0, mostTurns);
}

/**
 * The first instant before `validUntil` at which the answer really differs; null where there is none. A turn that leaves
 * the answer as it is may bring a later change with it: a notice, once received, the end of cover.
 */
export function earlierTurn(answer: EntitlementAnswer, turns: readonly Turn[], decideAt: (instant: number) => EntitlementAnswer): string | null {
  const until = asksWhich(answer) ? firstDifference(answer, decideAt) : answer.validUntil;
  const last = until === null ? Number.POSITIVE_INFINITY : parseInstant(until);
  const ahead = new Set(turns.map(({ day, zone }) => firstInstantOf(day, zone)));
  for (let looked = 0; looked < mostTurns && ahead.size > 0; looked++) {
    const instant = Math.min(...ahead);
    if (instant >= last) break;
    const then = decideAt(instant);
    if (differs(answer, then)) return formatInstant(instant);
    ahead.delete(instant);
    if (then.validUntil !== null) ahead.add(parseInstant(then.validUntil));
  }
  return until === answer.validUntil ? null : until;
}

const differs = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.outcome !== b.outcome ||
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
