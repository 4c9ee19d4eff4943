/** Why a notice counts or does not, in sentences with the days and amounts. */
import { formulaOf } from "../compiled-policy.ts";
import { listed } from "../conditions/condition.ts";
import type { Cure, Reason } from "../decision.ts";
import type { HeldContract, NoticeKind, RecordedNotice } from "../facts.ts";
import { type IncreaseRuling, replacing, rises } from "../increases.ts";
import { formatMoney, fromMinor } from "../money.ts";
import type { LeftOut, NonRenewalRuling, Timing } from "../notice-rulings.ts";
import { or, percent } from "../policy-small-words.ts";
import { addDays } from "../time/calendar-date.ts";
import { type Asking, jointChance, nextChance } from "./next-chance.ts";

const noticeFact = (noticeId: string, receivedOn: string) => [{ path: `notices/${noticeId}/receivedOn`, value: receivedOn }];

/** What a notice does stands in another document; no clause says so where none names one, and "common" stands for what holds of every policy. */
export function leftToAgreement(
  { kind, noticeId, contractId }: RecordedNotice,
  receivedOn: string,
  clause = "common",
  missing = "agreement",
): Reason {
  const finding = `what a notice of ${kind} does is not in the policy; missing: ${missing}`;
  const says = whereRecorded(kind, contractId);
  const cure = says === null ? null : { says, clause: null, price: null };
  return { clause, condition: "notice", result: "unknown", finding, facts: noticeFact(noticeId, receivedOn), cure };
}

/** Where it is recorded what the parties take a notice to do, so that answers go by it. */
function whereRecorded(kind: NoticeKind, contractId: string): string | null {
  switch (kind) {
    case "non-renewal":
    case "cancellation":
      return `once it is known which support it ends and when, record that day as \`coveredUntil\` of the lines of contract \`${contractId}\``;
    case "price-increase":
      return `once it is known from when the new fees hold, record the term that begins then, with its fees, as a contract`;
    case "maintenance":
      return null;
  }
}

/**
 * Reasons of a ruling on a notice of non-renewal, in the order in which they are tested. A cure names a day that has not
 * passed for who asks: where the term can be reached no more, that of the next one.
 */
export function nonRenewalReasons(ruling: NonRenewalRuling, asking: Asking): Reason[] {
  const { notice, receivedOn, timing, policy, leftOut, unplaced } = ruling;
  const renewal = formulaOf(policy, "renewal");
  const facts = noticeFact(notice.noticeId, receivedOn);
  if (renewal === undefined || timing === null) return [leftToAgreement(notice, receivedOn)];
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
      cure: completing(ruling, its, asking, renewal.entry.noticeDays),
    });
  }
  if (unplaced.length > 0) {
    reasons.push({
      clause,
      condition: "whole-non-renewal",
      result: "unknown",
      finding: `whether ${listed(unplaced)} belong${unplaced.length === 1 ? "s" : ""} to the same product line or bundle is not recorded`,
      facts: [],
      cure: null,
    });
  }
  const isInTime = ruling.isNeedless || (timing.inTime && ruling.overOn === null);
  reasons.push({
    clause,
    condition: "notice-time",
    result: isInTime ? "pass" : "fail",
    finding: whenReceived(ruling, timing),
    facts,
    cure: isInTime || ruling.effectiveOn !== null || ruling.overOn !== null ? null : giveNotice(`by ${or(renewal.entry.forms)}`),
  });
  return reasons;
}

/**
 * How the notice becomes whole: notice for what it leaves out, less what other open notices name, while each can still end its
 * term; else all anew, in days that are in time under every contract.
 */
function completing({ contract, completion }: NonRenewalRuling, its: readonly LeftOut[], { day, goesOn }: Asking, noticeDays: number): Cure | null {
  if (!goesOn) return null;
  const [{ clause }] = its as [LeftOut];
  const lacking = completion === null || completion.missing.length === 0 ? its : completion.missing;
  const under = [...new Set(lacking.map((one) => one.contract))] as [HeldContract, ...HeldContract[]];
  const ids = under.map((one) => {
    const named = listed([...new Set(lacking.filter((left) => left.contract === one).map(({ licenseId }) => licenseId))]);
    return one === contract ? named : `${named} on contract \`${one.contractId}\``;
  });
  const received = (from: string, by: string) =>
    from <= day ? `received by ${by}` : from === by ? `received on ${by}` : `received from ${from} through ${by}`;
  const rest = completion && jointChance(under, noticeDays, day);
  if (completion && rest && rest.from <= completion.closesOn) {
    const by = rest.receivedBy < completion.closesOn ? rest.receivedBy : completion.closesOn;
    return { says: `give notice for ${ids.join(" and ")} as well, ${received(rest.from, by)}`, clause, price: null };
  }
  const all = [...new Set([contract, ...under, ...(completion?.contracts ?? [])])] as [HeldContract, ...HeldContract[]];
  const anew = jointChance(all, noticeDays, day);
  if (anew === null) return null;
  const when = all.length === 1 ? `received by ${anew.receivedBy}` : `all ${received(anew.from, anew.receivedBy)}`;
  const ends = all.map((one) => ({ contractId: one.contractId, lastDay: nextChance(one, noticeDays, anew.receivedBy).term.lastDay }));
  const until = ends.every(({ lastDay }) => lastDay === anew.term.lastDay)
    ? `with ${anew.term.lastDay}`
    : listed(ends.map(({ contractId, lastDay }) => `under contract \`${contractId}\` with ${lastDay}`));
  return { says: `give notice anew for ${ids.join(" and ")} as well, ${when}: it ends support ${until}`, clause, price: null };
}

/** When the notice came, against what it could still end. Without a renewal there is no last day for notice. */
function whenReceived({ receivedOn, contract, effectiveOn, overOn, isNeedless }: NonRenewalRuling, timing: Timing): string {
  if (isNeedless) return `received on ${receivedOn}; what it is about does not renew by itself: it ends with ${effectiveOn}, and no notice is needed`;
  if (overOn !== null) return `received on ${receivedOn}, too late: nothing that it is about renews after ${overOn}`;
  if (contract.settings?.autoRenew === false && timing.inTime) return `received on ${receivedOn}; ${agreedToEnd(contract)}, and no notice is needed`;
  if (timing.inTime) return `received on ${receivedOn}, in time through ${timing.lastDayInTime}`;
  const counts = effectiveOn === null ? "" : `; it counts for the term after, which it ends with ${effectiveOn}`;
  return `received on ${receivedOn}, after the last day in time, ${timing.lastDayInTime}${counts}`;
}

/** What `settings.autoRenew` says where it is false. */
export const agreedToEnd = ({ term }: HeldContract) => `the parties agreed that the contract does not renew by itself: it ends with ${term.lastDay}`;

/** Reasons of a ruling on an announced increase, among all that were ruled for the contract. */
export function increaseReasons(ruling: IncreaseRuling, contract: HeldContract, increases: readonly IncreaseRuling[], asking: Asking): Reason[] {
  const { currency } = contract;
  const { notice, receivedOn, timing, running, proposed, most, steep } = ruling;
  const facts = noticeFact(notice.noticeId, receivedOn);
  const clause = ruling.clause ?? "common";
  if (timing === null) return [leftToAgreement(notice, receivedOn)];
  const shown = (minor: bigint) => formatMoney(fromMinor(minor, currency));
  const goesOn = ruling.ending.length < ruling.named;
  if (ruling.overOn !== null) {
    const finding = `announced on ${receivedOn}, too late: support of the lines named was over with ${ruling.overOn}`;
    return [{ clause, condition: "price-notice", result: "fail", finding, facts, cure: null }];
  }
  const reasons: Reason[] = [
    timing.inTime
      ? {
          clause,
          condition: "price-notice",
          result: "pass",
          finding: rises(ruling)
            ? `announced on ${receivedOn}, in time through ${timing.lastDayInTime}`
            : `announced on ${receivedOn}; the fees of the lines named do not rise in total, and no notice of that is needed`,
          facts,
          cure: null,
        }
      : {
          clause,
          condition: "price-notice",
          result: "fail",
          finding: `announced on ${receivedOn}, after the last day in time, ${timing.lastDayInTime}${goesOn ? "; the term renews at the old fee" : ""}`,
          facts,
          cure: ruling.effectiveOn === null ? announceAnew(ruling, contract, asking, clause) : null,
        },
  ];
  if (ruling.ending.length > 0)
    reasons.push({ clause, condition: "price-next-term", result: "info", finding: endingBefore(ruling, contract), facts, cure: null });
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

/** The lines named that do not renew, which no new fee can reach. */
export function endingBefore({ ending, named }: IncreaseRuling, contract: HeldContract): string {
  const last = ending.reduce((day, { lastDay }) => (lastDay > day ? lastDay : day), "");
  if (ending.length === named && contract.settings?.autoRenew === false) return `${agreedToEnd(contract)}, and no term follows`;
  if (ending.length === named) return `support of the lines named ends with ${last}, and no term follows`;
  return `support of ${listed(ending.map(({ licenseId }) => licenseId))} ends with ${last}: the new fee does not reach it`;
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
