/**
 * What of cover that ended is in fact without support: licenses still held that neither another contract covers nor, as a
 * subscription, carry their own. The rest was moved, reinstated or given up.
 */
import { type Cover, carriesSupport, coversDay, coversOf, type Ends, heldOn } from "./cover.ts";
import { licensesById } from "./coverage.ts";
import type { HeldContract, HeldLicense } from "./facts.ts";
import type { KnownFacts } from "./questions/question.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

/** Whether any license of these covers of the contract is held on the day and has no support otherwise. */
export function isLeftWithout(facts: KnownFacts, contract: HeldContract, covers: readonly Cover[], ends: Ends, day: CalendarDate): boolean {
  const licenses = licensesById(facts.dossier);
  return covers.some(({ line }) => {
    const license = licenses(line.licenseId);
    if (license !== undefined && (!heldOn(license, day) || carriesSupport(license, day) === true)) return false;
    return otherCover(facts, contract, line.licenseId, license, ends, day) === undefined;
  });
}

/** Where support goes on that a contract no longer gives. */
export interface GoesOn {
  contractIds: string[];
  /** Subscriptions that carry their own. */
  subscriptions: string[];
}

/** Where all that these covers gave goes on, on a day: of every license still held. Null where one is left without or may be, or none is held. */
export function goesOnOn(facts: KnownFacts, contract: HeldContract, covers: readonly Cover[], ends: Ends, day: CalendarDate): GoesOn | null {
  const licenses = licensesById(facts.dossier);
  const contractIds = new Set<string>();
  const subscriptions: string[] = [];
  for (const { line } of covers) {
    const license = licenses(line.licenseId);
    if (license !== undefined && !heldOn(license, day)) continue;
    const other = otherCover(facts, contract, line.licenseId, license, ends, day);
    if (other !== undefined) contractIds.add(other.contract.contractId);
    else if (license !== undefined && carriesSupport(license, day) === true) subscriptions.push(line.licenseId);
    else return null;
  }
  return contractIds.size + subscriptions.length === 0 ? null : { contractIds: [...contractIds], subscriptions };
}

function otherCover(
  facts: KnownFacts,
  contract: HeldContract,
  licenseId: string,
  license: HeldLicense | undefined,
  ends: Ends,
  day: CalendarDate,
): Cover | undefined {
  if (facts.dossier.contracts.length === 1) return undefined;
  return coversOf(facts, ends, license, licenseId).find((cover) => cover.contract !== contract && coversDay(cover, day));
}
