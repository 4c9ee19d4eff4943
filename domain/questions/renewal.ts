/** "What happens at the end of this term?" Last days for notice and for announcing an increase, the most it may be, the next term and its fees. */
import { calendarOf, formulaOf } from "../compiled-policy.ts";
import { type ContractLife, type ContractStatus, firstDayWithout, lifeOf } from "../contract-life.ts";
import { coversDay, type Ends, lineKey } from "../cover.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import { byId } from "../dossier.ts";
import type { HeldContract } from "../facts.ts";
import { annualFeeOn, effectOf, type IncreaseRuling, increasesOn } from "../increases.ts";
import { capped, formatMoney, fromMinor, type Money } from "../money.ts";
import { type NonRenewalRuling, nonRenewalsOn, type Ruling } from "../notice-rulings.ts";
import { openBalance, owed } from "../open-balance.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import { previousBusinessDay } from "../time/business-calendar.ts";
import { addDays, type CalendarDate, daysBetween } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import { lastDayForNotice, type Term } from "../time/term.ts";
import { cameBackAs, cameBackReason } from "./came-back.ts";
import { cancellationsNoted } from "./cancellations.ts";
import { processPolicy } from "./choose-contract.ts";
import { endingsOf, goneWithout, isOpen, windowEndOf } from "./endings.ts";
import { nextTermOf } from "./next-term.ts";
import { aside } from "./notice-aside.ts";
import { increaseReasons, nonRenewalReasons } from "./notice-reasons.ts";
import { zoneAt } from "./place.ts";
import { type AsOf, daysOf, instantOfAsOf, type KnownFacts } from "./question.ts";
import { renewalOnEitherDay } from "./renewal-on-two-days.ts";
import { renewalReason } from "./renewal-reason.ts";
import { recordZone } from "./two-days.ts";

export interface NoticeSeen {
  noticeId: string;
  ruling: Ruling;
  receivedOn: CalendarDate;
  effectiveOn: CalendarDate | null;
}

/** Licenses that lapsed on one day, and the last day of their window; null where the text has none. */
export interface LapsedLines {
  licenseIds: string[];
  licenseCount: number;
  lapsedOn: CalendarDate;
  possibleUntil: CalendarDate | null;
}

export interface RenewalAnswer {
  accountId: string;
  contractId: string;
  policy: { id: string; version: string };
  status: ContractStatus;
  currentTerm: Term | null;
  /** First day that is known to be without cover: none where all of it goes on elsewhere, or nobody knows what follows. */
  lapsedOn: CalendarDate | null;
  nonRenewal: { lastDayOn: CalendarDate; safeOn: CalendarDate; daysLeft: number; clause: string; notice: NoticeSeen | null } | null;
  priceIncrease: {
    lastNoticeOn: CalendarDate;
    currentFee: Money;
    maximumFee: Money;
    safeOn: CalendarDate;
    clause: string;
    notice: NoticeSeen | null;
  } | null;
  next: { renews: boolean | null; term: Term | null; fee: Money | null; lines: { licenseId: string; term: Term; fee: Money }[]; lineCount: number };
  reinstatement: { possibleUntil: CalendarDate; afterwards: "discretion" | "repurchase" } | null;
  /** What has no support by then, by the first day without it, also while other lines go on. */
  lapses: LapsedLines[];
  lapseCount: number;
  reasons: Reasons;
  missing: Missing[];
  readings: ReadingUsed[];
  asOf: string;
}

/** Lists inside answers stop here, with a count. */
const mostListed = 50;

interface Outlook {
  life: ContractLife;
  day: CalendarDate;
  readings: Readings;
  increases: IncreaseRuling[];
  nonRenewals: NonRenewalRuling[];
}

/**
 * Looks ahead from the term that runs at `asOf`; where no zone is given, on the earliest possible day, with what the latest one changes. Days for notice are counted from the running term, never from a stored date.
 * Source: Ebiexperts 7.2, 7.6; formulas `renewal`, `price-cap`, `co-term`. Fees of the next term are exact, rounded once a line.
 * @throws Refused for a contract that the account does not have
 */
export function outlookRenewal(facts: KnownFacts, contractId: string, asOf: AsOf): RenewalAnswer {
  const contract = byId(facts.dossier.contracts, "contractId", contractId);
  if (contract === undefined)
    throw new Refused("contract-unknown", [{ pointer: "/contractId", detail: `no contract \`${contractId}\` in the account` }]);
  const { premises } = facts.dossier;
  const policy = processPolicy(facts, contract, asOf);
  const zone = zoneAt(policy, contract, premises);
  const at = formatInstant(instantOfAsOf(asOf, zone));
  const [first, last] = daysOf(asOf, zone).map((day) => ({ ...outlookOn(facts, contract, day), asOf: at })) as [RenewalAnswer, RenewalAnswer?];
  return last === undefined ? first : renewalOnEitherDay(first, last, recordZone(policy.zone, premises));
}

function outlookOn(facts: KnownFacts, contract: HeldContract, day: CalendarDate): Omit<RenewalAnswer, "asOf"> {
  const { contractId } = contract;
  const { rulings, ends } = nonRenewalsOn(facts, day);
  const life = lifeOf(facts, contract, day, ends);
  const outlook: Outlook = {
    life,
    day,
    readings: new Readings(life.policy, contract),
    increases: increasesOn(facts, contract, day),
    nonRenewals: rulings.filter((ruling) => ruling.contract === contract),
  };
  const next = nextOf(outlook);
  const back = cameBackAs(facts, life, ends);
  const reasons: Reasons = [
    ...reasonsOf(outlook, next),
    ...cameBackReason(facts, back, formulaOf(life.policy, "reinstatement")?.clause ?? "common", day),
    ...cancellationsNoted(facts, contract, life.policy, day),
    ...aside(facts, contract, day),
  ];
  const lapses = lapsesBy(facts, life, day, ends);
  const afterwards = formulaOf(life.policy, "reinstatement-window")?.entry.afterwards;
  return {
    accountId: facts.dossier.accountId,
    contractId,
    policy: { id: life.policy.policy.id, version: life.policy.policy.version },
    status: life.status,
    currentTerm: isRenewedInto(life, ends) ? life.currentTerm : null,
    lapsedOn: firstDayWithout(life),
    nonRenewal: nonRenewalOf(outlook),
    priceIncrease: priceIncreaseOf(outlook),
    next: { ...next, lines: next.lines.slice(0, mostListed) },
    reinstatement:
      life.possibleUntil === null || afterwards === undefined || back.length > 0
        ? null
        : { possibleUntil: soonest(life.possibleUntil, lapses), afterwards },
    lapses: lapses.slice(0, mostListed),
    lapseCount: lapses.length,
    reasons,
    missing: reasons.filter(({ result }) => result === "unknown").map(({ clause }) => ({ what: "agreement", clause })),
    readings: outlook.readings.used,
  };
}

/** Whether the term is a recorded one, or a line renewed into it: an initial period that outlasts the last term makes none. */
const isRenewedInto = ({ contract, covers, currentTerm }: ContractLife, ends: Ends): boolean =>
  currentTerm === null ||
  currentTerm.firstDay <= contract.term.lastDay ||
  covers.length === 0 ||
  covers.some(({ line, paidFrom, lastDay, renews }) => {
    const ended = ends.get(lineKey(contract.contractId, line.licenseId));
    const stays = ended === undefined || ended < paidFrom || ended >= currentTerm.firstDay;
    return renews && stays && (lastDay === null || lastDay >= currentTerm.firstDay);
  });

function lapsesBy(facts: KnownFacts, life: ContractLife, day: CalendarDate, ends: Ends): LapsedLines[] {
  return endingsOf(life)
    .filter((ending) => ending.lastDay < day && !isOpen(life, ending))
    .sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1))
    .flatMap((ending) => {
      const without = goneWithout(facts, ends, ending);
      const ids = without.map(({ line }) => line.licenseId);
      const lapsedOn = addDays(ending.lastDay, 1);
      const possibleUntil = windowEndOf(facts, life.policy, ending, without);
      return ids.length === 0 ? [] : [{ licenseIds: ids.slice(0, mostListed), licenseCount: ids.length, lapsedOn, possibleUntil }];
    });
}

/** Through when all that lapsed can be brought back together: the line that lapsed first closes it. */
const soonest = (last: CalendarDate, lapses: readonly LapsedLines[]) =>
  lapses.reduce((first, { possibleUntil }) => (possibleUntil !== null && possibleUntil < first ? possibleUntil : first), last);

/** The day itself, or the nearest business day before it; Monday to Friday where no calendar holds. */
function safeDay({ policy, contract }: ContractLife, calendarId: string | undefined, day: CalendarDate): CalendarDate {
  return previousBusinessDay(calendarId === undefined ? null : calendarOf(policy, calendarId, contract), day);
}

function nonRenewalOf({ life, day, readings, nonRenewals }: Outlook): RenewalAnswer["nonRenewal"] {
  const renewal = formulaOf(life.policy, "renewal");
  if (renewal === undefined || life.currentTerm === null || !life.renewsByItself || nothingLeft(life, nonRenewals)) return null;
  readings.use("notice-counting");
  const lastDayOn = lastDayForNotice(life.currentTerm.lastDay, renewal.entry.noticeDays);
  return {
    lastDayOn,
    safeOn: safeDay(life, renewal.entry.calendar, lastDayOn),
    daysLeft: daysBetween(day, lastDayOn),
    clause: renewal.clause,
    notice: seenIn(life.currentTerm, nonRenewals),
  };
}

function priceIncreaseOf({ life, day, readings, increases, nonRenewals }: Outlook): RenewalAnswer["priceIncrease"] {
  const cap = formulaOf(life.policy, "price-cap");
  if (cap === undefined || life.currentTerm === null || !life.renewsByItself || nothingLeft(life, nonRenewals)) return null;
  readings.use("notice-counting");
  const lastNoticeOn = lastDayForNotice(life.currentTerm.lastDay, cap.entry.noticeDays);
  const { contract } = life;
  const current = life.covers
    .filter((cover) => cover.renews && coversDay(cover, day))
    .reduce((sum, { line }) => sum + annualFeeOn(line, day, contract, increases), 0n);
  return {
    lastNoticeOn,
    currentFee: fromMinor(current, contract.currency),
    maximumFee: fromMinor(capped(current, cap.entry.mostBasisPoints), contract.currency),
    safeOn: safeDay(life, cap.entry.calendar, lastNoticeOn),
    clause: cap.clause,
    notice: seenIn(life.currentTerm, increases),
  };
}

/** Whether nothing renews after the running term for a reason from before it: nothing is left to give notice of. */
function nothingLeft({ currentTerm, covers, lastDay }: ContractLife, nonRenewals: readonly NonRenewalRuling[]): boolean {
  if (currentTerm === null || seenIn(currentTerm, nonRenewals) !== null) return false;
  const isOver = (last: CalendarDate | null) => last !== null && last <= currentTerm.lastDay;
  return covers.length === 0 ? isOver(lastDay) : covers.every((cover) => !cover.renews || isOver(cover.lastDay));
}

/** Received in the term, or before and counting for it: what came late in the term before reaches it, and only some readings let it count. */
const concerns =
  (term: Term) =>
  ({ timing, receivedOn, effectiveOn }: NonRenewalRuling | IncreaseRuling): boolean =>
    receivedOn >= term.firstDay || (timing?.reaches === term.lastDay && effectiveOn !== null);

/** The notice that counts for the running term: the last valid one received, else the last one received in it. */
function seenIn(term: Term, rulings: readonly (NonRenewalRuling | IncreaseRuling)[]): NoticeSeen | null {
  const relevant = rulings.filter(concerns(term));
  const seen = relevant.findLast(({ effectiveOn }) => effectiveOn !== null) ?? relevant.at(-1);
  return seen === undefined
    ? null
    : {
        noticeId: seen.notice.noticeId,
        ruling: seen.ruling,
        receivedOn: seen.receivedOn,
        effectiveOn: "named" in seen ? effectOf(seen) : seen.effectiveOn,
      };
}

function nextOf({ life, day, readings, increases }: Outlook): RenewalAnswer["next"] {
  const { renews, term, lines } = nextTermOf(life, day, readings, increases);
  if (term === null) return { renews, term, fee: null, lines: [], lineCount: 0 };
  const { currency } = life.contract;
  const total = lines.reduce((sum, { fee }) => sum + fee, 0n);
  return {
    renews,
    term,
    fee: fromMinor(total, currency),
    lines: lines.map(({ licenseId, term: { firstDay, lastDay }, fee }) => ({
      licenseId,
      term: { firstDay, lastDay },
      fee: fromMinor(fee, currency),
    })),
    lineCount: lines.length,
  };
}

function reasonsOf(outlook: Outlook, next: RenewalAnswer["next"]): Reasons {
  const { life, nonRenewals, increases, readings } = outlook;
  const asking = { day: outlook.day, goesOn: life.lastDay === null };
  const reasons: Reason[] = [renewalReason(life, next.term, readings), ...paidBefore(life, next)];
  if (life.overdue.length > 0 && life.currentTerm !== null) reasons.push(pastDue(life, outlook.day));
  if (life.currentTerm !== null) {
    const its = concerns(life.currentTerm);
    for (const ruling of nonRenewals.filter(its)) reasons.push(...nonRenewalReasons(ruling, asking));
    for (const ruling of increases.filter(its)) reasons.push(...increaseReasons(ruling, life.contract, increases, asking));
    for (const { timing } of [...nonRenewals, ...increases].filter(its)) for (const id of timing?.readings ?? []) readings.use(id);
  }
  return reasons as Reasons;
}

/** Lines of which days of the next term were paid when they were bought (reading `ebx-co-term`). */
function paidBefore({ contract, policy }: ContractLife, { lines }: RenewalAnswer["next"]): Reason[] {
  const paid = contract.lines.flatMap(({ licenseId, paidThrough }) => {
    const term = paidThrough === undefined ? undefined : lines.find((line) => line.licenseId === licenseId)?.term;
    return term === undefined || paidThrough === undefined || paidThrough < term.firstDay ? [] : [{ licenseId, paidThrough }];
  });
  if (paid.length === 0) return [];
  const named = paid
    .slice(0, 10)
    .map(({ licenseId, paidThrough }) => `\`${licenseId}\` was paid through ${paidThrough} when it was bought: a renewal quote leaves that out`);
  const facts = paid
    .slice(0, mostListed)
    .map(({ licenseId, paidThrough }) => ({ path: `contracts/${contract.contractId}/lines/${licenseId}/paidThrough`, value: paidThrough }));
  const clause = formulaOf(policy, "co-term")?.clause ?? "common";
  return [{ clause, condition: "renewal", result: "info", finding: named.join("; "), facts, cure: null }];
}

function pastDue({ policy, overdue }: ContractLife, day: CalendarDate): Reason {
  const clause = policy.conditions.find(({ condition }) => condition === "payments-current")?.clause ?? "common";
  const each = overdue.slice(0, 10).map((invoice) => `${formatMoney(openBalance(invoice, day))} on \`${invoice.invoiceId}\`, due ${invoice.dueOn}`);
  const facts = overdue.slice(0, mostListed).map(({ invoiceId, dueOn }) => ({ path: `invoices/${invoiceId}/dueOn`, value: dueOn }));
  return {
    clause,
    condition: "payments-current",
    result: "fail",
    finding: `open balance ${each.join("; ")}`,
    facts,
    cure: { says: "pay the open balance", clause, price: owed(overdue, day) },
  };
}
