/** Why a notice counts or does not, in sentences with the days and amounts. */
import { formulaOf } from "../compiled-policy.ts";
import { listed } from "../conditions/condition.ts";
import type { Cure, Reason } from "../decision.ts";
import type { HeldContract } from "../facts.ts";
import { type IncreaseRuling, replacing } from "../increases.ts";
import { formatMoney, fromMinor } from "../money.ts";
import type { NonRenewalRuling } from "../notice-rulings.ts";
import { or, percent } from "../policy-small-words.ts";
import { addDays } from "../time/calendar-date.ts";
import { type Asking, nextChance } from "./next-chance.ts";

const noticeFact = (noticeId: string, receivedOn: string) => [{ path: `notices/${noticeId}/receivedOn`, value: receivedOn }];

/**
 * Reasons of a ruling on a notice of non-renewal, in the order in which they are tested. A cure names a day that has not
 * passed for who asks: where the term can be reached no more, that of the next one.
 */
export function nonRenewalReasons(ruling: NonRenewalRuling, asking: Asking): Reason[] {
  const { notice, receivedOn, timing, policy, leftOut, unplaced } = ruling;
  const renewal = formulaOf(policy, "renewal");
  const facts = noticeFact(notice.noticeId, receivedOn);
  if (renewal === undefined || timing === null) {
    const clause = policy.policy.clauses[0]?.id ?? "common";
    return [
      { clause, condition: "notice", result: "unknown", finding: `the policy does not say what a notice of ${notice.kind} does`, facts, cure: null },
    ];
  }
  const { clause } = renewal;
  const giveNotice = (how: string, of = clause): Cure | null => {
    if (!asking.goesOn) return null;
    if (asking.day <= timing.lastDayInTime) return { says: `give notice ${how}, received by ${timing.lastDayInTime}`, clause: of, price: null };
    const { receivedBy, term } = nextChance(ruling.contract, renewal.entry.noticeDays, asking.day);
    return { says: `give notice anew ${how}, received by ${receivedBy}: it ends support with ${term.lastDay}`, clause: of, price: null };
  };
  if (ruling.ruling === "wrong-form") {
    const forms = or(renewal.entry.forms);
    return [
      {
        clause,
        condition: "notice-form",
        result: "fail",
        finding: `notice by ${notice.form} is not written notice; it must come by ${forms}`,
        facts: [{ path: `notices/${notice.noticeId}/form`, value: notice.form }],
        cure: giveNotice(`by ${forms}`),
      },
    ];
  }
  const reasons: Reason[] = [];
  for (const group of new Set(leftOut.map((one) => `${one.clause} ${one.group} ${one.name}`))) {
    const its = leftOut.filter((one) => `${one.clause} ${one.group} ${one.name}` === group);
    const [first] = its as [(typeof its)[number]];
    const ids = listed(its.map(({ licenseId }) => licenseId));
    reasons.push({
      clause: first.clause,
      condition: "whole-non-renewal",
      result: "fail",
      finding: `the notice leaves out ${ids} of ${first.group.replace("-", " ")} \`${first.name}\``,
      facts: its.slice(0, 50).map(({ licenseId }) => ({ path: `licenses/${licenseId}`, value: null })),
      cure: giveNotice(`for ${ids} as well`, first.clause),
    });
  }
  if (unplaced.length > 0) {
    reasons.push({
      clause,
      condition: "whole-non-renewal",
      result: "unknown",
      finding: `the product line of ${listed(unplaced)} is not recorded`,
      facts: [],
      cure: null,
    });
  }
  reasons.push(
    timing.inTime
      ? {
          clause,
          condition: "notice-time",
          result: "pass",
          finding: `received on ${receivedOn}, in time through ${timing.lastDayInTime}`,
          facts,
          cure: null,
        }
      : {
          clause,
          condition: "notice-time",
          result: "fail",
          finding: `received on ${receivedOn}, after the last day in time, ${timing.lastDayInTime}`,
          facts,
          cure: ruling.effectiveOn === null ? giveNotice(`by ${or(renewal.entry.forms)}`) : null,
        },
  );
  return reasons;
}

/** Reasons of a ruling on an announced increase, among all that were ruled for the contract. */
export function increaseReasons(ruling: IncreaseRuling, contract: HeldContract, increases: readonly IncreaseRuling[], asking: Asking): Reason[] {
  const { currency } = contract;
  const { notice, receivedOn, timing, running, proposed, most, steep } = ruling;
  const facts = noticeFact(notice.noticeId, receivedOn);
  const clause = ruling.clause ?? ruling.policy.policy.clauses[0]?.id ?? "common";
  if (timing === null)
    return [
      { clause, condition: "price-notice", result: "unknown", finding: "the policy does not say what an announced increase does", facts, cure: null },
    ];
  const shown = (minor: bigint) => formatMoney(fromMinor(minor, currency));
  const reasons: Reason[] = [
    timing.inTime
      ? {
          clause,
          condition: "price-notice",
          result: "pass",
          finding: `announced on ${receivedOn}, in time through ${timing.lastDayInTime}`,
          facts,
          cure: null,
        }
      : {
          clause,
          condition: "price-notice",
          result: "fail",
          finding: `announced on ${receivedOn}, after the last day in time, ${timing.lastDayInTime}; the term renews at the old fee`,
          facts,
          cure: ruling.effectiveOn === null ? announceAnew(ruling, contract, asking, clause) : null,
        },
  ];
  const over = proposed > most;
  reasons.push({
    clause,
    condition: "price-cap",
    result: over ? "fail" : "pass",
    finding: over
      ? `from ${shown(running)} to ${shown(proposed)} is above the maximum ${shown(most)}; the old fee stays`
      : `from ${shown(running)} to ${shown(proposed)} is within the maximum ${shown(most)}`,
    facts,
    cure: !over
      ? null
      : asking.goesOn && timing.inTime && asking.day <= timing.lastDayInTime
        ? { says: `announce at most ${shown(most)}, received by ${timing.lastDayInTime}`, clause, price: null }
        : announceAnew(ruling, contract, asking, clause),
  });
  if (!over) {
    for (const line of steep.slice(0, 50)) {
      reasons.push({
        clause,
        condition: "price-cap-line",
        result: "info",
        finding: `\`${line.licenseId}\` alone rises from ${shown(line.running)} to ${shown(line.proposed)}, above ${shown(line.most)}; the cap is tested on the total`,
        facts,
        cure: null,
      });
    }
  }
  const replaced = replacementOf(ruling, currency, increases);
  if (replaced !== null) reasons.push({ clause, condition: "price-notice-replaced", result: "info", finding: replaced, facts, cure: null });
  return reasons;
}

/** What the vendor can still do: an increase for the first term that an announcement reaches from today on. */
function announceAnew({ policy }: IncreaseRuling, contract: HeldContract, { day, goesOn }: Asking, clause: string): Cure | null {
  const cap = formulaOf(policy, "price-cap");
  if (cap === undefined || !goesOn) return null;
  const { receivedBy, term } = nextChance(contract, cap.entry.noticeDays, day);
  const begins = addDays(term.lastDay, 1);
  const most = `at most ${percent(cap.entry.mostBasisPoints)} above the fee then running`;
  return { says: `announce it anew, received by ${receivedBy}, for the term that begins on ${begins}: ${most}`, clause, price: null };
}

/** Which announced increases this one replaces, or which replaces it; null where it is the only one for its day. */
export function replacementOf(ruling: IncreaseRuling, currency: string, increases: readonly IncreaseRuling[]): string | null {
  const { earlier, later } = replacing(ruling, increases);
  const told = ({ notice, receivedOn, proposed }: IncreaseRuling) =>
    `\`${notice.noticeId}\`, received on ${receivedOn}, to ${formatMoney(fromMinor(proposed, currency))} a year`;
  if (later !== undefined) return `replaced by ${told(later)} from ${later.effectiveOn}: of several announced for one day the last received holds`;
  if (earlier.length === 0) return null;
  const shown = earlier.slice(-10).map(told);
  if (earlier.length > shown.length) shown.push(`${earlier.length - shown.length} more`);
  const old = leftAtOldFee(ruling, earlier);
  const stay = old.length === 0 ? "" : `; ${listed(old)}, which it does not name, ${old.length === 1 ? "keeps" : "keep"} the old fee`;
  return `replaces ${shown.join("; ")}${stay}`;
}

/** Lines that only a replaced announcement names. */
function leftAtOldFee({ notice }: IncreaseRuling, earlier: readonly IncreaseRuling[]): string[] {
  const named = new Set(notice.newFees?.map(({ licenseId }) => licenseId));
  return [...new Set(earlier.flatMap((one) => (one.notice.newFees ?? []).map(({ licenseId }) => licenseId)))].filter((id) => !named.has(id));
}
