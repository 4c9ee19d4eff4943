/** "What does this notice do?" Whether it counts, by its form, what it takes in, its day of receipt and the cap. */
import { listed } from "../conditions/condition.ts";
import { lifeOf } from "../contract-life.ts";
import { coverOf, type Ends } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import { byId } from "../dossier.ts";
import type { HeldContract, RecordedNotice } from "../facts.ts";
import { effectOf, increasesOn, replacing } from "../increases.ts";
import { formatMoney, fromMinor, type Money } from "../money.ts";
import { noticeContradictions } from "../notice-contradictions.ts";
import { type NonRenewalRuling, namedIn, nonRenewalsOn, type Ruling, receiptDay, zoneOf } from "../notice-rulings.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { processPolicy } from "./choose-contract.ts";
import { ruleMaintenance } from "./maintenance-notice.ts";
import { aside } from "./notice-aside.ts";
import { endingBefore, increaseReasons, leftToAgreement, nonRenewalReasons, replacementOf } from "./notice-reasons.ts";
import { type AsOf, daysOf, type KnownFacts } from "./question.ts";

export interface NoticeRuling {
  ruling: Ruling;
  /** One sentence. */
  effect: string;
  /** Last covered day for a non-renewal, first day of the new fees for an increase; null without effect. */
  effectiveOn: CalendarDate | null;
  /** The most that the fees of the lines named may become. */
  maximum: Money | null;
  reasons: Reasons;
  missing: Missing[];
  readings: ReadingUsed[];
}

/**
 * Rules a notice together with the others that are recorded, in the order wrong form, partial, late, over the cap, valid.
 * It is judged against the term running on its day of receipt. Source: Ebiexperts 7.1, 7.2, 7.3, 7.6.
 * @throws Refused for a contract that the account does not have, and for a notice that contradicts it
 */
export function ruleNotice(facts: KnownFacts, contractId: string, notice: RecordedNotice, asOf: AsOf): NoticeRuling {
  const contract = byId(facts.dossier.contracts, "contractId", contractId);
  if (contract === undefined)
    throw new Refused("contract-unknown", [{ pointer: "/contractId", detail: `no contract \`${contractId}\` in the account` }]);
  const contradictions = noticeContradictions(notice, contract);
  if (contradictions.length > 0) throw new Refused("notice-contradicts-contract", contradictions);
  const policy = processPolicy(facts, contract, asOf);
  const [today] = daysOf(asOf, zoneOf(policy, contract));
  const receivedOn = receiptDay(notice, zoneOf(policy, contract)) ?? today;
  const day = receivedOn > today ? receivedOn : today;
  const { dossier } = facts;
  const others = dossier.notices.filter(({ noticeId }) => noticeId !== notice.noticeId);
  const known: KnownFacts = { ...facts, dossier: { ...dossier, notices: [...others, { ...notice, contractId, withdrawn: false }] } };
  const its = policy.notices.find(({ entry }) => entry.notice === notice.kind);
  if (its?.entry.ruling === "undetermined") return undecided([leftToAgreement(notice, receivedOn, its.clause, its.entry.missing)], its.entry.missing);
  if (its?.entry.ruling === "hours-ahead") return ruleMaintenance(its.clause, its.entry, notice, zoneOf(policy, contract));
  if (notice.kind === "non-renewal") return ruleNonRenewal(known, contract, notice, day, today);
  if (notice.kind === "price-increase") return ruleIncrease(known, contract, notice, day, today);
  return undecided([leftToAgreement(notice, receivedOn)]);
}

/** The text leaves the effect to a document that is not there. */
function undecided(reasons: Reasons, missing = "agreement", besides = ""): NoticeRuling {
  const [{ clause, finding }] = reasons;
  return {
    ruling: "undetermined",
    effect: `Undetermined: ${finding}${besides}.`,
    effectiveOn: null,
    maximum: null,
    reasons,
    missing: [{ what: missing, clause }],
    readings: [],
  };
}

/** What becomes of the contract by itself, where that is known although the text says nothing of notices. */
function withoutNotice(facts: KnownFacts, contract: HeldContract, day: CalendarDate, ends: Ends): string {
  const life = lifeOf(facts, contract, day, ends);
  if (life.lastDay === null || life.leftOpen) return "";
  return `; without it too the contract does not renew: it ${life.lastDay < day ? "ended" : "ends"} with ${life.lastDay}`;
}

function ruleNonRenewal(facts: KnownFacts, contract: HeldContract, notice: RecordedNotice, day: CalendarDate, today: CalendarDate): NoticeRuling {
  const { rulings, ends } = nonRenewalsOn(facts, day);
  const ruling = rulings.find((one) => one.notice.noticeId === notice.noticeId);
  if (ruling === undefined) throw new Error(`notice \`${notice.noticeId}\` was not ruled`);
  if (ruling.timing === null) {
    const reasons: Reasons = [leftToAgreement(notice, ruling.receivedOn), ...aside(facts, contract, day)];
    return undecided(reasons, "agreement", withoutNotice(facts, contract, day, ends));
  }
  const readings = new Readings(ruling.policy, contract);
  readings.use("receipt");
  readings.use("notice-counting");
  for (const id of ruling.timing.readings) readings.use(id);
  const endsOn = lastOfNamed(facts, ruling, ends);
  const reasons = [...nonRenewalReasons(ruling, { day: today, goesOn: endsOn === null }), ...aside(facts, contract, day)];
  const agreed = contract.settings?.autoRenew === false;
  const named = notice.licenseIds === undefined ? "the contract" : listed(namedIn(notice, contract));
  const effect =
    ruling.effectiveOn !== null
      ? `Support of ${named} ends with ${ruling.effectiveOn} ${agreed ? "as agreed, with or without notice" : "and does not renew"}${outlasting(facts, ruling, ruling.effectiveOn, ends)}.`
      : endsOn !== null && ruling.ruling !== "undetermined"
        ? `No effect: ${ruling.ruling === "late" ? "" : `${blocking(reasons)}; `}support of ${named} ${endsOn < day ? "ended" : "ends"} with ${endsOn}${agreed ? " as agreed" : ""} and does not renew.`
        : ruling.ruling === "late"
          ? `No effect: ${named} ${notice.licenseIds !== undefined && notice.licenseIds.length !== 1 ? "renew" : "renews"} on ${addDays(ruling.timing.term.lastDay, 1)}.`
          : ruling.ruling === "undetermined"
            ? notDetermined(reasons)
            : `No effect: ${blocking(reasons)}.`;
  return {
    ruling: ruling.ruling,
    effect,
    effectiveOn: ruling.effectiveOn,
    maximum: null,
    reasons: reasons as Reasons,
    missing: missingOf(reasons),
    readings: readings.used,
  };
}

/** Last day of the cover of all that a notice names; null while any of it goes on. */
function lastOfNamed(facts: KnownFacts, { notice, contract, receivedOn }: NonRenewalRuling, ends: Ends): CalendarDate | null {
  const { covers, lastDay } = lifeOf(facts, contract, receivedOn, ends);
  if (covers.length === 0) return lastDay;
  const named = new Set(namedIn(notice, contract));
  let last: CalendarDate = "";
  for (const cover of covers) {
    if (!named.has(cover.line.licenseId)) continue;
    if (cover.lastDay === null) return null;
    if (cover.lastDay > last) last = cover.lastDay;
  }
  return last;
}

/** The lines that were bought for an initial period which goes on after the others end (reading `ebx-initial-outlasts`). */
function outlasting(facts: KnownFacts, { notice, contract }: NonRenewalRuling, end: CalendarDate, ends: Ends): string {
  const named = new Set(namedIn(notice, contract));
  const license = licensesById(facts.dossier);
  const later = contract.lines
    .filter(({ licenseId }) => named.has(licenseId))
    .map((line) => ({ id: line.licenseId, lastDay: coverOf(facts, ends, contract, line, license(line.licenseId)).lastDay }))
    .filter(({ lastDay }) => lastDay !== null && lastDay > end);
  const shown = later.slice(0, 10).map(({ id, lastDay }) => `that of ${id} through ${lastDay}`);
  if (later.length > shown.length) shown.push(`${later.length - shown.length} more`);
  return shown.length === 0 ? "" : `, except for initial periods that were bought: ${shown.join(", ")}`;
}

function ruleIncrease(facts: KnownFacts, contract: HeldContract, notice: RecordedNotice, day: CalendarDate, today: CalendarDate): NoticeRuling {
  const increases = increasesOn(facts, contract, day);
  const ruling = increases.find((one) => one.notice.noticeId === notice.noticeId);
  if (ruling === undefined) throw new Error(`notice \`${notice.noticeId}\` was not ruled`);
  if (ruling.timing === null) return undecided([leftToAgreement(notice, ruling.receivedOn), ...aside(facts, contract, day)]);
  ruling.readings.use("receipt");
  ruling.readings.use("notice-counting");
  for (const id of ruling.timing.readings) ruling.readings.use(id);
  const { ending, named } = ruling;
  const goesOn = ending.length < named;
  const reasons = [...increaseReasons(ruling, contract, increases, { day: today, goesOn }), ...aside(facts, contract, day)];
  const replaced = replacementOf(ruling, contract.currency, increases);
  const money = (minor: bigint) => fromMinor(minor, contract.currency);
  const effect =
    ruling.effectiveOn !== null
      ? replacing(ruling, increases).later !== undefined
        ? `No effect any more: ${replaced}.`
        : goesOn
          ? `The fees of the lines named become ${formatMoney(money(ruling.proposed))} a year from ${ruling.effectiveOn}${replaced === null ? "" : `; it ${replaced}`}${ending.length === 0 ? "" : `; ${endingBefore(ruling, contract)}`}.`
          : `No effect: ${endingBefore(ruling, contract)}.`
      : `No effect: ${blocking(reasons)}.`;
  return {
    ruling: ruling.ruling,
    effect,
    effectiveOn: effectOf(ruling),
    maximum: ruling.overOn === null ? money(ruling.most) : null,
    reasons: reasons as Reasons,
    missing: [],
    readings: ruling.readings.used,
  };
}

const blocking = (reasons: readonly Reason[]) => reasons.find(({ result }) => result === "fail")?.finding ?? "it does not count";
const notDetermined = (reasons: readonly Reason[]) =>
  `Undetermined: ${reasons.find(({ result }) => result === "unknown")?.finding ?? "the policy does not say what it does"}.`;
const missingOf = (reasons: readonly Reason[]): Missing[] =>
  reasons.filter(({ result }) => result === "unknown").map(({ clause, finding }) => ({ what: finding, clause }));
