/**
 * "What falls due, and when?" Every deadline of an account: days by which notices must be in, renewals, ends of cover,
 * windows that close, offers that expire, what the customer has to do, calendars that run out.
 */
import { formulaOf } from "../compiled-policy.ts";
import { lifeOf } from "../contract-life.ts";
import { byId } from "../dossier.ts";
import type { HeldContract, RecordedNotice } from "../facts.ts";
import { nonRenewalsOn, receiptDay } from "../notice-rulings.ts";
import { isOpen } from "../offers.ts";
import { addMonths, type CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import type { Term } from "../time/term.ts";
import { localDate } from "../time/zone.ts";
import { processPolicy } from "./choose-contract.ts";
import { calendarEnds } from "./deadlines-of-calendars.ts";
import { lapses } from "./deadlines-of-lapses.ts";
import { renewals } from "./deadlines-of-terms.ts";
import { zoneAt } from "./place.ts";
import { type AsOf, daysOf, type KnownFacts } from "./question.ts";

export const deadlineKinds = [
  "non-renewal-window",
  "price-notice-window",
  "renewal",
  "lapse",
  "reinstatement-window",
  "quote-expiry",
  "obligation",
  "calendar-end",
] as const;

export type DeadlineKind = (typeof deadlineKinds)[number];

export interface AccountDeadline {
  /** What it is the deadline of, unique in the account: the same when its day moves, another for the next term. */
  key: string;
  kind: DeadlineKind;
  /** The day itself: the last one of a window, the first one of a new term or after cover that is recorded. */
  on: CalendarDate;
  /** Only where an hour counts; else the day counts to its end in `timeZone`. */
  at: string | null;
  /** Null: the text states no zone and none was agreed. */
  timeZone: string | null;
  accountId: string;
  accountName: string;
  contractId: string | null;
  policyId: string | null;
  clause: string | null;
  /** One sentence. */
  what: string;
  /** The same day or the nearest business day before it. */
  safeOn: CalendarDate | null;
  /** The term that it belongs to. */
  term: Term | null;
}

/** A deadline as the parts of the question give it; what all of an account's have in common is added here. */
export type Found = Pick<AccountDeadline, "key" | "kind" | "on" | "clause" | "what"> & Partial<Pick<AccountDeadline, "at" | "safeOn" | "term">>;

/** What a decision told the customer to do by an instant. */
export interface DueObligation {
  /** The same for the same thing, however often a decision said it. */
  key: string;
  contractId: string | null;
  what: string;
  clause: string;
  /** Milliseconds since 1970. */
  dueAt: number;
}

/** How far the list looks back and ahead of the day it is made for; both days are in it. */
export interface Horizon {
  firstDay: CalendarDate;
  lastDay: CalendarDate;
}

export const monthsBack = 12;
export const monthsAhead = 36;

export const horizonOf = (day: CalendarDate): Horizon => ({ firstDay: addMonths(day, -monthsBack), lastDay: addMonths(day, monthsAhead) });

/**
 * The deadlines of an account as of now, by day. Terms and windows are derived from the facts each time, never from a
 * stored date; a notice counts from its receipt. Sources: Ebiexperts 7.2, 7.3(i), 7.6 and what other policies state instead.
 */
export function deadlinesOf(facts: KnownFacts, asOf: AsOf, obligations: readonly DueObligation[] = []): AccountDeadline[] {
  const { accountId, account, contracts } = facts.dossier;
  const found = new Map<string, AccountDeadline>();
  const add = (one: Found, contract: HeldContract | null, of: { policyId: string | null; timeZone: string | null }, horizon: Horizon) => {
    if (one.on < horizon.firstDay || one.on > horizon.lastDay) return;
    const { key, kind, on, clause, what, at = null, safeOn = null, term = null } = one;
    const contractId = contract?.contractId ?? null;
    found.set(key, { key, kind, on, at, ...of, accountId, accountName: account.name, contractId, clause, what, safeOn, term });
  };
  for (const contract of contracts) {
    const { policyId } = contract;
    const policy = processPolicy(facts, contract, asOf);
    const timeZone = zoneAt(policy, contract, facts.dossier.premises);
    const [day] = daysOf(asOf, timeZone);
    const seen = { ...facts, dossier: { ...facts.dossier, notices: receivedBy(facts.dossier.notices, day, timeZone) } };
    const { ends } = nonRenewalsOn(seen, day);
    const life = lifeOf(seen, contract, day, ends);
    const horizon = horizonOf(day);
    for (const one of [...renewals(seen, contract, horizon), ...lapses(seen, life, ends)]) add(one, contract, { policyId, timeZone }, horizon);
    for (const { agreed, ...one } of calendarEnds(life, policy, day)) add(one, agreed ? contract : null, { policyId, timeZone }, horizon);
  }
  for (const offer of facts.dossier.quotes) {
    const { quoteId, contractId, payBy, kind } = offer;
    if (payBy === undefined || !isOpen(facts.dossier, offer)) continue;
    const { contract, policy, day, ...of } = placeOf(facts, contractId, asOf);
    const clause = (kind === "reinstatement" && policy && formulaOf(policy, "reinstatement-window")?.clause) || null;
    const what = `last day to accept ${kind} quote \`${quoteId}\` by paying it`;
    add({ key: `quote-expiry/${quoteId}`, kind: "quote-expiry", on: payBy, clause, what }, contract, of, horizonOf(day));
  }
  for (const { key, contractId, what, dueAt, clause } of obligations) {
    const { contract, policy: _, day, ...of } = placeOf(facts, contractId, asOf);
    const on = localDate(dueAt, of.timeZone ?? "UTC");
    add({ key: `obligation/${key}`, kind: "obligation", on, at: formatInstant(dueAt), clause, what }, contract, of, horizonOf(day));
  }
  return [...found.values()].sort((a, b) => compare(a.on, b.on) || compare(a.kind, b.kind) || compare(a.key, b.key));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What was received by the end of a day; what is recorded for later has no effect yet. */
const receivedBy = (notices: readonly RecordedNotice[], day: CalendarDate, zone: string | null): RecordedNotice[] =>
  notices.filter((notice) => {
    const receivedOn = receiptDay(notice, zone);
    return receivedOn !== null && receivedOn <= day;
  });

/** Of a contract that something names, which may have been taken back since. */
function placeOf(facts: KnownFacts, contractId: string | null, asOf: AsOf) {
  const contract = byId(facts.dossier.contracts, "contractId", contractId) ?? null;
  const policy = contract && processPolicy(facts, contract, asOf);
  const timeZone = policy && zoneAt(policy, contract, facts.dossier.premises);
  return { contract, policy, policyId: contract?.policyId ?? null, timeZone, day: daysOf(asOf, timeZone)[0] };
}
