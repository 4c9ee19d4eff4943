/** What of an ended contract is in fact without cover: licenses still held that no other contract covers. The rest was moved, reinstated or given up. */
import { type Cover, coversDay, coversOf, type Ends, heldOn } from "./cover.ts";
import { licensesById } from "./coverage.ts";
import type { HeldContract } from "./facts.ts";
import type { KnownFacts } from "./questions/question.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

/** Whether any license of these covers of the contract is held on the day and has no cover under another one. */
export function isLeftWithout(facts: KnownFacts, contract: HeldContract, covers: readonly Cover[], ends: Ends, day: CalendarDate): boolean {
  const licenses = licensesById(facts.dossier);
  return covers.some(({ line }) => {
    const license = licenses(line.licenseId);
    if (license !== undefined && !heldOn(license, day)) return false;
    return !coversOf(facts, ends, license, line.licenseId).some((cover) => cover.contract !== contract && coversDay(cover, day));
  });
}
