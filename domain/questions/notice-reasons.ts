/** Why a notice counts or does not, in sentences with the days and amounts. */
import { formulaOf } from "../compiled-policy.ts";
import type { Reason } from "../decision.ts";
import type { HeldContract } from "../facts.ts";
import type { IncreaseRuling } from "../increases.ts";
import { formatMoney, fromMinor } from "../money.ts";
import type { NonRenewalRuling } from "../notice-rulings.ts";
import { or } from "../policy-small-words.ts";

const noticeFact = (noticeId: string, receivedOn: string) => [{ path: `notices/${noticeId}/receivedOn`, value: receivedOn }];

/** Reasons of a ruling on a notice of non-renewal, in the order in which they are tested. */
export function nonRenewalReasons(ruling: NonRenewalRuling): Reason[] {
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
  if (ruling.ruling === "wrong-form") {
    const forms = or(renewal.entry.forms);
    return [
      {
        clause,
        condition: "notice-form",
        result: "fail",
        finding: `notice by ${notice.form} is not written notice; it must come by ${forms}`,
        facts: [{ path: `notices/${notice.noticeId}/form`, value: notice.form }],
        cure: { says: `give notice by ${forms}, received by ${timing.lastDayInTime}`, clause, price: null },
      },
    ];
  }
  const reasons: Reason[] = [];
  for (const group of new Set(leftOut.map((one) => `${one.clause} ${one.group} ${one.name}`))) {
    const its = leftOut.filter((one) => `${one.clause} ${one.group} ${one.name}` === group);
    const [first] = its as [(typeof its)[number]];
    const ids = its
      .map(({ licenseId }) => licenseId)
      .slice(0, 10)
      .join(", ");
    reasons.push({
      clause: first.clause,
      condition: "whole-non-renewal",
      result: "fail",
      finding: `the notice leaves out ${ids} of ${first.group.replace("-", " ")} \`${first.name}\``,
      facts: its.slice(0, 50).map(({ licenseId }) => ({ path: `licenses/${licenseId}`, value: null })),
      cure: { says: `give notice for ${ids} as well, received by ${timing.lastDayInTime}`, clause: first.clause, price: null },
    });
  }
  if (unplaced.length > 0) {
    reasons.push({
      clause,
      condition: "whole-non-renewal",
      result: "unknown",
      finding: `the product line of ${unplaced.slice(0, 10).join(", ")} is not recorded`,
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
          cure: null,
        },
  );
  return reasons;
}

/** Reasons of a ruling on an announced increase. */
export function increaseReasons(ruling: IncreaseRuling, { currency }: HeldContract): Reason[] {
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
          cure: null,
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
    cure: over ? { says: `announce at most ${shown(most)}`, clause, price: null } : null,
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
  return reasons;
}
