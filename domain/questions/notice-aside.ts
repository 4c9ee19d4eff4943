/** What a ruling and an outlook say beside what decides: whose agreement it is, and whose clock. */
import { moneyPolicy } from "../contract-life.ts";
import type { Reason } from "../decision.ts";
import type { HeldContract } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { KnownFacts } from "./question.ts";
import { soldByReseller } from "./quote-grounds.ts";
import { unusedZone } from "./unused-zone.ts";

/**
 * Reasons for information: a contract through a reseller is under an agreement with them (Ebiexperts 7.6), and a zone that
 * was agreed where the policy has one of its own does not count.
 */
export function aside(facts: KnownFacts, contract: HeldContract, day: CalendarDate): Reason[] {
  const { ends } = nonRenewalsOn(facts, day);
  const policy = moneyPolicy(facts, contract, day, ends);
  const reseller = soldByReseller({ facts, contract, policy, asOf: { date: day }, day, ends, coverages: new Map() });
  const zone = unusedZone(policy, contract);
  return [reseller, zone].filter((reason) => reason !== null);
}
