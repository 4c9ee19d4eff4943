/** Which days a contract covers a license: from its line, the renewals that follow by themselves, and the notices that end them. */
import { broughtBackOn } from "./brought-back.ts";
import { type CompiledPolicy, type FormulaOf, formulaOf, inForce, versionNamed } from "./compiled-policy.ts";
import { anchorOf, contractTermOn, isAdded } from "./contract-terms.ts";
import type { ContractLine, HeldContract, HeldLicense } from "./facts.ts";
import type { KnownFacts } from "./questions/question.ts";
import { Readings } from "./readings.ts";
import { addDays, addMonths, type CalendarDate } from "./time/calendar-date.ts";

export interface Cover {
  contract: HeldContract;
  line: ContractLine;
  firstDay: CalendarDate;
  /** From when it is paid for and its terms are counted: before `firstDay` where it was brought back and paid only later. */
  paidFrom: CalendarDate;
  /** Last covered day; null while the cover goes on renewing. */
  lastDay: CalendarDate | null;
  /** Whether the line renews by itself until something ends it. */
  renews: boolean;
}

/** Last day of lines that a valid notice ends, by `contractId/licenseId`. */
export type Ends = ReadonlyMap<string, CalendarDate>;

export const lineKey = (contractId: string, licenseId: string) => `${contractId}/${licenseId}`;

/** The version that governs money and notices: the one the contract pins, else the one in force on the first day of the running term. */
export function termsPolicy(facts: KnownFacts, contract: HeldContract, day: CalendarDate): CompiledPolicy | undefined {
  const versions = facts.policies.get(contract.policyId);
  if (versions === undefined) return undefined;
  const pinned = contract.policyVersion && versionNamed(facts.policies, contract.policyId, contract.policyVersion);
  if (pinned) return pinned;
  if (versions.length === 1) return inForce(facts.policies, contract.policyId, day);
  return inForce(facts.policies, contract.policyId, contractTermOn(contract, day)?.firstDay ?? anchorOf(contract));
}

/** Whether a contract goes on after its recorded term without anybody doing anything. */
export const renewsByItself = (facts: KnownFacts, contract: HeldContract): boolean => renewalOf(facts, contract) !== undefined;

function renewalOf(facts: KnownFacts, contract: HeldContract): FormulaOf<"renewal"> | undefined {
  if (contract.settings?.autoRenew === false) return undefined;
  const governing = termsPolicy(facts, contract, contract.term.firstDay);
  return governing && formulaOf(governing, "renewal")?.entry;
}

/** Whether the contract's cover of a license renews by itself: it does of the kinds that the text names; a license that is not recorded is taken for one. */
export function renewsLicense(facts: KnownFacts, contract: HeldContract, license: HeldLicense | undefined): boolean {
  const renewal = renewalOf(facts, contract);
  return renewal !== undefined && (license === undefined || (renewal.licenseKinds?.includes(license.kind) ?? true));
}

/** First covered day of a line: as recorded, else the later of the recorded term's first day and the delivery. */
export function firstCoveredDay(contract: HeldContract, line: ContractLine, license: HeldLicense | undefined): CalendarDate {
  if (line.coveredFrom !== undefined) return line.coveredFrom;
  const delivered = license?.deliveredOn;
  return delivered !== undefined && delivered > contract.term.firstDay ? delivered : contract.term.firstDay;
}

/**
 * Last day of an added license's initial period, which it was bought for whatever becomes of the contract
 * (reading `ebx-initial-outlasts`); null for a license that is covered from the beginning of a term.
 */
export function initialPeriodEnd(facts: KnownFacts, contract: HeldContract, line: ContractLine, firstDay: CalendarDate): CalendarDate | null {
  const governing = termsPolicy(facts, contract, firstDay);
  const initial = governing && formulaOf(governing, "initial-period");
  if (!initial || !isAdded(contract, line, firstDay)) return null;
  if (new Readings(governing, contract).method(initial.entry.outlasts) !== "initial-period") return null;
  return addDays(addMonths(firstDay, initial.entry.months), -1);
}

const later = (a: CalendarDate, b: CalendarDate | null) => (b !== null && b > a ? b : a);
const earlier = (a: CalendarDate | null, b: CalendarDate | undefined) => (b === undefined || (a !== null && a < b) ? a : b);

/** The cover that one line gives, notices taken into account. */
export function coverOf(facts: KnownFacts, ends: Ends, contract: HeldContract, line: ContractLine, license: HeldLicense | undefined): Cover {
  const paidFrom = firstCoveredDay(contract, line, license);
  let lastDay: CalendarDate | null = null;
  const ended = ends.size === 0 ? undefined : ends.get(lineKey(contract.contractId, line.licenseId));
  // A notice that ended an earlier term does not end cover that was recorded to begin after it.
  const renews = renewsLicense(facts, contract, license);
  const untilTermEnds = () => later(contract.term.lastDay, initialPeriodEnd(facts, contract, line, paidFrom));
  // Support of a subscription is included while that runs: it neither renews with the contract nor ends by notice.
  if (!renews) lastDay = (renewsByItself(facts, contract) ? license?.termLastDay : undefined) ?? untilTermEnds();
  else if (ended !== undefined && ended >= paidFrom) lastDay = later(ended, initialPeriodEnd(facts, contract, line, paidFrom));
  const firstDay = later(paidFrom, broughtBackOn(facts.dossier, contract.contractId) ?? null);
  const heldUntil = license?.retiredOn === undefined ? undefined : addDays(license.retiredOn, -1);
  return { contract, line, firstDay, paidFrom, lastDay: earlier(earlier(lastDay, line.coveredUntil), heldUntil), renews };
}

const lines = new WeakMap<HeldContract, Map<string, ContractLine>>();

/** The contract's line of a license: along the list for a few, by a map for many. */
export function lineOf(contract: HeldContract, licenseId: string): ContractLine | undefined {
  if (contract.lines.length <= 16) return contract.lines.find((line) => line.licenseId === licenseId);
  let map = lines.get(contract);
  if (map === undefined) {
    map = new Map(contract.lines.map((line) => [line.licenseId, line]));
    lines.set(contract, map);
  }
  return map.get(licenseId);
}

/** Every cover that the account's contracts give a license. */
export function coversOf(facts: KnownFacts, ends: Ends, license: HeldLicense | undefined, licenseId: string): Cover[] {
  const covers: Cover[] = [];
  for (const contract of facts.dossier.contracts) {
    const line = lineOf(contract, licenseId);
    if (line !== undefined) covers.push(coverOf(facts, ends, contract, line, license));
  }
  return covers;
}

/** Reading `term-days`: first and last day are inside. */
export const coversDay = (cover: Cover, day: CalendarDate) => cover.firstDay <= day && (cover.lastDay === null || day <= cover.lastDay);

/** Whether a license is held on a day: from its delivery until the day before it is retired. */
export const heldOn = (license: HeldLicense, day: CalendarDate) =>
  license.deliveredOn <= day && (license.retiredOn === undefined || day < license.retiredOn);

/** Whether the license carries support of its own on a day: a subscription does while it runs; null where its last day is not recorded. */
export function carriesSupport({ kind, termLastDay }: HeldLicense, day: CalendarDate): boolean | null {
  if (kind !== "subscription") return false;
  return termLastDay === undefined ? null : day <= termLastDay;
}
