/** What a ruling and an outlook say beside what decides: whose agreement it is, and whose clock. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import { termsPolicy } from "../cover.ts";
import type { Reason } from "../decision.ts";
import type { HeldContract } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { KnownFacts } from "./question.ts";
import { soldByReseller } from "./quote-grounds.ts";

/**
 * Reasons for information: a contract through a reseller is under an agreement with them (Ebiexperts 7.6), and a zone that
 * was agreed where the policy has one of its own does not count.
 */
export function aside(facts: KnownFacts, contract: HeldContract, day: CalendarDate): Reason[] {
  const policy = termsPolicy(facts, contract, day);
  if (policy === undefined) return [];
  const { ends } = nonRenewalsOn(facts, day);
  const reseller = soldByReseller({ facts, contract, policy, asOf: { date: day }, day, ends, coverages: new Map() });
  const zone = unusedZone(policy, contract);
  return [reseller, zone].filter((reason) => reason !== null);
}

function unusedZone(compiled: CompiledPolicy, { contractId, settings }: HeldContract): Reason | null {
  const { policy } = compiled;
  const agreed = settings?.timeZone;
  if (agreed === undefined || policy.zone === null || policy.zone === "premises" || policy.zone === agreed) return null;
  return {
    clause: formulaOf(compiled, "renewal")?.clause ?? "common",
    condition: "time-zone",
    result: "info",
    finding: `days begin and end in ${policy.zone}, the zone of the policy; ${agreed}, agreed for the contract, does not count`,
    facts: [{ path: `contracts/${contractId}/settings/timeZone`, value: agreed }],
    cure: null,
  };
}
