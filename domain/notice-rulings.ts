/** Which notices of non-renewal count on a day, and what they end. Order of processing never matters, only days of receipt. */
import { type CompiledPolicy, formulaOf } from "./compiled-policy.ts";
import { anchorOf, contractTermOn, termAfter } from "./contract-terms.ts";
import {
  lineOf as contractLineOf,
  coverOf,
  type Ends,
  firstCoveredDay,
  heldOn,
  lineKey,
  renewsByItself,
  renewsLicense,
  termsPolicy,
} from "./cover.ts";
import { licensesById } from "./coverage.ts";
import { byId } from "./dossier.ts";
import type { HeldContract, HeldLicense, RecordedNotice } from "./facts.ts";
import type { KnownFacts } from "./questions/question.ts";
import { Readings } from "./readings.ts";
import type { CalendarDate } from "./time/calendar-date.ts";
import { parseInstant } from "./time/instant.ts";
import { lastDayForNotice, type Term } from "./time/term.ts";
import { localDate } from "./time/zone.ts";
import { membershipOf } from "./whole-groups.ts";

export type Ruling = "valid" | "late" | "partial" | "wrong-form" | "over-cap" | "undetermined";

/** The term that a notice is judged against, and what it would reach. */
export interface Timing {
  /** Running on the day of receipt; before the first term, the first one. */
  term: Term;
  lastDayInTime: CalendarDate;
  inTime: boolean;
  /** Last day of the term that a notice received in time ends; of the term it would count for, when late. */
  reaches: CalendarDate;
  readings: string[];
}

export interface NonRenewalRuling {
  notice: RecordedNotice;
  contract: HeldContract;
  ruling: Ruling;
  receivedOn: CalendarDate;
  timing: Timing | null;
  /** Running licenses of a group that the notice touches and leaves out, with the group. */
  leftOut: LeftOut[];
  /** Licenses whose product line is not known, so that nobody can say whether the notice is whole. */
  unplaced: string[];
  /** Last day of cover that the notice brings about; null without effect. */
  effectiveOn: CalendarDate | null;
  /** Last day of the cover that the notice speaks of, where that was over when it came; null while any was left to end. */
  overOn: CalendarDate | null;
  /** Nothing that it names renews by itself: it ends when it ends, and no notice is needed (docs/decisions 44). */
  isNeedless: boolean;
  policy: CompiledPolicy;
  /** How a partial notice becomes whole on the day asked for; null where its last day for notice has passed, and for others. */
  completion: Completion | null;
}

/** What notices that are still open lack together. */
export interface Completion {
  missing: LeftOut[];
  /** The earliest last day for notice among them: after it one of them can end its term no more. */
  closesOn: CalendarDate;
  /** Contracts that the others were given under. */
  contracts: HeldContract[];
}

export interface LeftOut {
  licenseId: string;
  /** Under which its cover runs: where notice for it is given. */
  contract: HeldContract;
  group: "product-line" | "bundle";
  name: string;
  clause: string;
}

/** The day on which a notice was received, in the policy's zone (reading `receipt`); null where only an unplaceable instant is known. */
export function receiptDay(notice: RecordedNotice, zone: string | null): CalendarDate | null {
  if (notice.receivedOn !== undefined) return notice.receivedOn;
  const at = notice.receivedAt ?? notice.sentAt;
  return at === undefined ? null : localDate(parseInstant(at), zone ?? "UTC");
}

/** Where a contract's days begin: in the policy's zone, else the one agreed; null where neither is stated. */
export const zoneOf = ({ zone }: CompiledPolicy, contract: HeldContract | null): string | null =>
  (zone === "premises" ? null : zone) ?? contract?.settings?.timeZone ?? null;

/**
 * Measures a notice against the term running on its day of receipt: in time through `lastDay` − N days
 * (reading `notice-counting`). A following term too short to hold its own notice day is reached from the term
 * before it (reading `short-term-notice`).
 */
export function timingOf(contract: HeldContract, receivedOn: CalendarDate, noticeDays: number, readings: Readings): Timing {
  const term = contractTermOn(contract, receivedOn) ?? (contractTermOn(contract, anchorOf(contract)) as Term);
  const lastDayInTime = lastDayForNotice(term.lastDay, noticeDays);
  if (receivedOn <= lastDayInTime) return { term, lastDayInTime, inTime: true, reaches: term.lastDay, readings: [] };
  const next = termAfter(contract, term);
  const nextLastDayInTime = lastDayForNotice(next.lastDay, noticeDays);
  if (nextLastDayInTime < next.firstDay && receivedOn <= nextLastDayInTime) {
    const both = readings.chosen("short-term-notice") === "counts-for-both";
    if (both) return { term, lastDayInTime: nextLastDayInTime, inTime: true, reaches: next.lastDay, readings: ["short-term-notice"] };
  }
  return { term, lastDayInTime, inTime: false, reaches: next.lastDay, readings: ["late-notice"] };
}

/** Where nothing renews by itself no notice is needed: one is in time for as long as the recorded term runs (docs/decisions 44). */
function timingUnder(facts: KnownFacts, contract: HeldContract, receivedOn: CalendarDate, noticeDays: number, readings: Readings): Timing {
  if (renewsByItself(facts, contract)) return timingOf(contract, receivedOn, noticeDays, readings);
  const { lastDay } = contract.term;
  return { term: contract.term, lastDayInTime: lastDay, inTime: receivedOn <= lastDay, reaches: lastDay, readings: [] };
}

/** The licenses that a notice names: its own list, or the whole contract. */
export const namedIn = (notice: RecordedNotice, contract: HeldContract): string[] =>
  notice.licenseIds ?? contract.lines.map(({ licenseId }) => licenseId);

const none: { rulings: NonRenewalRuling[]; ends: Ends } = { rulings: [], ends: new Map() };

/** Rules every notice of non-renewal received by `day`, together: notices under several contracts may make a product line whole. */
export function nonRenewalsOn(facts: KnownFacts, day: CalendarDate): { rulings: NonRenewalRuling[]; ends: Ends } {
  if (facts.dossier.notices.length === 0) return none;
  const received = facts.dossier.notices
    .filter(({ kind, withdrawn }) => kind === "non-renewal" && withdrawn !== true)
    .map((notice) => begin(facts, notice))
    .filter((ruling): ruling is NonRenewalRuling => ruling !== null && ruling.receivedOn <= day)
    .sort((a, b) => compare(a.receivedOn, b.receivedOn) || compare(a.notice.noticeId, b.notice.noticeId));
  const ends = new Map<string, CalendarDate>();
  const open: NonRenewalRuling[] = [];
  for (const ruling of received) {
    const pending = open.filter((other) => isOpen(other, ruling.receivedOn));
    const counted = received.filter((other) => other.ruling === "valid" && other.effectiveOn !== null && other.effectiveOn >= ruling.receivedOn);
    settle(facts, ruling, pending, counted, ends);
    if (isOpen(ruling, ruling.receivedOn)) open.push(ruling);
  }
  const still = open.filter((ruling) => isOpen(ruling, day));
  for (const ruling of still) if (ruling.ruling === "partial") ruling.completion = completionOf(facts, ruling, still, { received, ends, day });
  return { rulings: received, ends };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a notice that is not whole may still become so: through its own last day for notice (7.2), as long as its term can be ended. */
const isOpen = ({ ruling, timing }: NonRenewalRuling, day: CalendarDate) =>
  (ruling === "partial" || ruling === "undetermined") && timing !== null && timing.inTime && timing.lastDayInTime >= day;

/** What the open notices that need one another, this one among them, lack together. */
function completionOf(
  facts: KnownFacts,
  ruling: NonRenewalRuling,
  open: readonly NonRenewalRuling[],
  { received, ends, day }: { received: readonly NonRenewalRuling[]; ends: Ends; day: CalendarDate },
): Completion {
  const counted = received.filter((other) => other.ruling === "valid" && other.effectiveOn !== null && other.effectiveOn >= day);
  const together = new Set([ruling]);
  for (const one of together) {
    const { leftOut } = leftOutBy(facts, one, day, [one, ...counted], ends);
    for (const other of open)
      if (leftOut.some(({ licenseId, contract }) => contract === other.contract && namedIn(other.notice, contract).includes(licenseId)))
        together.add(other);
  }
  const missing = new Map<string, LeftOut>();
  for (const one of together)
    for (const lacking of leftOutBy(facts, one, day, [...together, ...counted], ends).leftOut)
      missing.set(`${lacking.clause} ${lacking.name} ${lacking.licenseId}`, lacking);
  const last = [...together].map(({ timing }) => timing?.lastDayInTime ?? day).sort();
  return { missing: [...missing.values()], closesOn: last[0] as CalendarDate, contracts: [...together].map(({ contract }) => contract) };
}

/** A ruling as far as the notice alone decides it: its form and its time. */
function begin(facts: KnownFacts, notice: RecordedNotice): NonRenewalRuling | null {
  const contract = byId(facts.dossier.contracts, "contractId", notice.contractId);
  const policy = contract && termsPolicy(facts, contract, contract.term.firstDay);
  if (!contract || !policy) return null;
  const receivedOn = receiptDay(notice, zoneOf(policy, contract));
  if (receivedOn === null) return null;
  const governing = termsPolicy(facts, contract, receivedOn) ?? policy;
  const renewal = formulaOf(governing, "renewal");
  const ruling: NonRenewalRuling = {
    notice,
    contract,
    receivedOn,
    policy: governing,
    ruling: "undetermined",
    timing: renewal ? timingUnder(facts, contract, receivedOn, renewal.entry.noticeDays, new Readings(governing, contract)) : null,
    leftOut: [],
    unplaced: [],
    effectiveOn: null,
    overOn: null,
    isNeedless: false,
    completion: null,
  };
  if (renewal && !renewal.entry.forms.includes(notice.form)) ruling.ruling = "wrong-form";
  return ruling;
}

/** Adds what depends on other notices: whether the groups that it touches are whole. Ends the lines of those that are. */
function settle(
  facts: KnownFacts,
  ruling: NonRenewalRuling,
  pending: NonRenewalRuling[],
  counted: NonRenewalRuling[],
  ends: Map<string, CalendarDate>,
): void {
  if (ruling.timing === null || ruling.ruling === "wrong-form") return;
  const together = new Set(ruling.timing.inTime ? [ruling, ...pending] : [ruling]);
  for (let stable = false; !stable; ) {
    stable = true;
    for (const one of together) {
      Object.assign(one, leftOutBy(facts, one, ruling.receivedOn, [...together, ...counted], ends));
      if (one.leftOut.length + one.unplaced.length > 0) {
        together.delete(one);
        stable = false;
      }
    }
  }
  if (!together.has(ruling)) {
    ruling.ruling = ruling.leftOut.length > 0 ? "partial" : "undetermined";
    return;
  }
  for (const one of together) conclude(facts, one, ends);
}

/**
 * A whole notice takes effect if it came in time, or if late ones count for the next term. It ends the lines that it names
 * and that still run; what ended before it came stays ended, and a second notice ends nothing later than the first.
 */
function conclude(facts: KnownFacts, ruling: NonRenewalRuling, ends: Map<string, CalendarDate>): void {
  const { contract, timing, notice, policy, receivedOn } = ruling;
  if (timing === null) return;
  const counts = timing.inTime || new Readings(policy, contract).chosen("late-notice") === "counts-for-next-term";
  const { reaches } = timing;
  const licenses = licensesById(facts.dossier);
  const named = new Set(namedIn(notice, contract));
  let last: CalendarDate | null = null;
  let over: CalendarDate | null = null;
  let beside: CalendarDate | null = null;
  let isLeft = named.size === 0;
  for (const line of contract.lines) {
    if (!named.has(line.licenseId)) continue;
    const until = coverOf(facts, ends, contract, line, licenses(line.licenseId)).lastDay;
    const key = lineKey(contract.contractId, line.licenseId);
    const known = ends.get(key);
    const ended = known !== undefined && known >= firstCoveredDay(contract, line, licenses(line.licenseId)) ? known : undefined;
    if (until !== null && until >= receivedOn && renewsByItself(facts, contract) && !renewsLicense(facts, contract, licenses(line.licenseId))) {
      // What does not renew, such as a subscription, ends when it ends, with or without notice.
      if (beside === null || until > beside) beside = until;
      continue;
    }
    const end = until !== null && until < (ended ?? reaches) ? until : (ended ?? reaches);
    if (end < receivedOn) {
      if (over === null || end > over) over = end;
      continue;
    }
    isLeft = true;
    if (!counts) continue;
    if (ended === undefined) ends.set(key, reaches);
    if (last === null || end > last) last = end;
  }
  ruling.isNeedless = !isLeft && beside !== null;
  ruling.ruling = ruling.isNeedless || (timing.inTime && (last !== null || named.size === 0)) ? "valid" : "late";
  ruling.effectiveOn = ruling.isNeedless ? beside : last;
  ruling.overOn = isLeft || ruling.isNeedless ? null : over;
}

/** What the notice leaves out of the groups it touches, other notices of `together` and lines already ended counted in. */
function leftOutBy(
  facts: KnownFacts,
  ruling: NonRenewalRuling,
  day: CalendarDate,
  together: readonly NonRenewalRuling[],
  ends: Ends,
): { leftOut: LeftOut[]; unplaced: string[] } {
  const licenses = licensesById(facts.dossier);
  // A notice speaks of cover that there still is: what ended before, and came back under another contract, is not taken in.
  const goingOn = ({ notice, contract }: NonRenewalRuling) =>
    namedIn(notice, contract).filter((licenseId) => {
      const ended = ends.get(lineKey(contract.contractId, licenseId));
      if (ended === undefined || ended >= day) return true;
      const line = contractLineOf(contract, licenseId);
      return line === undefined || ended < firstCoveredDay(contract, line, licenses(licenseId));
    });
  const named = new Set(goingOn(ruling));
  const given = new Set(together.flatMap(goingOn));
  const running = runningLicenses(facts, ruling.contract.policyId, day, ends).filter(
    ({ license: { licenseId } }) => !named.has(licenseId) && !given.has(licenseId),
  );
  if (running.length === 0) return { leftOut: [], unplaced: [] };
  const touched = facts.dossier.licenses.filter(({ licenseId }) => named.has(licenseId));
  const leftOut: LeftOut[] = [];
  const unplaced = new Set<string>();
  for (const { clause, entry } of ruling.policy.formulas) {
    if (entry.formula !== "whole-non-renewal") continue;
    // Of a product line only perpetual licenses are members.
    const its = (license: HeldLicense) =>
      entry.group === "bundle" || license.kind === "perpetual" ? membershipOf(entry, license, facts.catalog) : null;
    const groups = new Set<string>();
    const maybe = new Set<string>();
    for (const license of touched) {
      const group = its(license);
      if (group === null) continue;
      if (group.missing === null) groups.add(group.name);
      else if (group.name === null) unplaced.add(license.licenseId);
      else maybe.add(group.name);
    }
    for (const { license, contract } of running) {
      const group = its(license);
      if (group === null) continue;
      if (group.name === null || maybe.has(group.name)) unplaced.add(license.licenseId);
      else if (!groups.has(group.name)) continue;
      else if (group.missing !== null) unplaced.add(license.licenseId);
      else leftOut.push({ licenseId: license.licenseId, contract, group: entry.group, name: group.name, clause });
    }
  }
  return { leftOut, unplaced: leftOut.length > 0 ? [] : [...unplaced] };
}

/** Licenses held on the day whose cover would renew by itself, with the contract: what a notice can leave out. */
function runningLicenses(facts: KnownFacts, policyId: string, day: CalendarDate, ends: Ends): { license: HeldLicense; contract: HeldContract }[] {
  const licenses = licensesById(facts.dossier);
  const renewing = new Map<string, HeldContract>();
  for (const contract of facts.dossier.contracts) {
    if (contract.policyId !== policyId || !renewsByItself(facts, contract)) continue;
    for (const { licenseId, coveredUntil } of contract.lines) {
      if (!renewsLicense(facts, contract, licenses(licenseId))) continue;
      const ended = ends.get(lineKey(contract.contractId, licenseId));
      if (ended !== undefined && ended >= contract.term.firstDay) continue;
      if (coveredUntil === undefined || coveredUntil >= day) renewing.set(licenseId, contract);
    }
  }
  return facts.dossier.licenses.flatMap((license) => {
    const contract = renewing.get(license.licenseId);
    return contract !== undefined && heldOn(license, day) ? [{ license, contract }] : [];
  });
}
