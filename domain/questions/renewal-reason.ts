/** "Why does it go on, or end?" The first reason of an outlook: what follows cover under the contract, by the text or by what was agreed. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import { anchorOf } from "../contract-terms.ts";
import type { FactUsed, Reason } from "../decision.ts";
import type { GoesOn } from "../left-without.ts";
import type { Readings } from "../readings.ts";
import type { Term } from "../time/term.ts";
import { agreedToEnd } from "../what-follows.ts";

/** @param next the term that follows by itself; null for none */
export function renewalReason(life: ContractLife, next: Term | null, readings: Readings): Reason {
  const { contract, policy, goesOn, currentTerm, lapsedOn, lastDay } = life;
  const renewal = formulaOf(policy, "renewal");
  const { contractId, term, settings } = contract;
  const decides = agreedToEnd(contract) || (settings?.autoRenew === true && renewal === undefined);
  const agreed: FactUsed[] = decides ? [{ path: `contracts/${contractId}/settings/autoRenew`, value: settings?.autoRenew ?? null }] : [];
  const base = {
    clause: renewal?.clause ?? coveredClause(policy),
    condition: "renewal",
    facts: [{ path: `contracts/${contractId}/term/lastDay`, value: term.lastDay }, ...agreed, ...placesOf(goesOn)],
    cure: null,
  };
  const says = (finding: string) => `${finding}${decides && !agreedToEnd(contract) ? noEffect : ""}`;
  if (life.leftOpen) {
    const cover = lastDay !== null && lastDay < term.lastDay ? "cover" : "term";
    const ends = `which ${lapsedOn === null ? "ends" : "ended"} on ${lastDay}`;
    return {
      ...base,
      result: "unknown",
      finding: says(`what follows the recorded ${cover}, ${ends}, is in an agreement that is not part of the policy`),
    };
  }
  if (currentTerm === null && lapsedOn === null) return { ...base, result: "info", finding: beginning(life) };
  if (lapsedOn !== null && goesOn !== null)
    return { ...base, result: "info", finding: says(`cover under the contract ended on ${lastDay} and went on ${whereItGoesOn(goesOn)}`) };
  if (lapsedOn !== null) {
    readings.use("lapse");
    return { ...base, result: "info", finding: says(`cover ended and did not renew; first day without cover ${lapsedOn}`) };
  }
  const until = currentTerm?.lastDay ?? "";
  const elsewhere = goesOn === null ? "" : `, and goes on ${whereItGoesOn(goesOn)}`;
  if (agreedToEnd(contract))
    return { ...base, result: "info", finding: `the parties agreed that the contract does not renew by itself; it ends on ${until}${elsewhere}` };
  if (next !== null) return { ...base, result: "pass", finding: `renews by itself after ${until} for ${next.firstDay} to ${next.lastDay}` };
  return { ...base, result: "info", finding: says(`does not renew: cover ends on ${lastDay ?? until}${elsewhere}`) };
}

const noEffect =
  "; that it renews by itself was agreed, and has no effect under a policy that does not say for how long, when notice is due and at which fee";

/** What was brought back and is paid only after its first day. */
const beginning = ({ contract, beginsOn }: ContractLife) =>
  beginsOn > anchorOf(contract)
    ? `support under the contract was brought back for ${contract.term.firstDay} on; that is paid on ${beginsOn}, and support is back from then on`
    : `the contract begins on ${beginsOn}`;

const named = (ids: readonly string[]) =>
  ids
    .slice(0, 10)
    .map((id) => `\`${id}\``)
    .join(", ");

/** "under `c-2` and in subscription `l-3`" */
export function whereItGoesOn({ contractIds, subscriptions }: GoesOn): string {
  const under = contractIds.length === 0 ? [] : [`under ${named(contractIds)}`];
  const itself = subscriptions.length === 0 ? [] : [`in ${subscriptions.length === 1 ? "subscription" : "subscriptions"} ${named(subscriptions)}`];
  return [...under, ...itself].join(" and ");
}

const placesOf = (goesOn: GoesOn | null): FactUsed[] =>
  goesOn === null
    ? []
    : [...goesOn.contractIds.map((id) => `contracts/${id}`), ...goesOn.subscriptions.map((id) => `licenses/${id}`)]
        .slice(0, 50)
        .map((path) => ({ path, value: null }));

export const coveredClause = (policy: CompiledPolicy) => policy.conditions.find(({ condition }) => condition === "covered")?.clause ?? "common";
