/**
 * Every day, every contract: status, term, days for notice, fees and what follows, against a second opinion that lives
 * through the days by the clauses (P2, P3, P6, P7, P8); and whatever the policy, without new facts things only move forward (P11).
 */
import type { Dossier } from "../../../domain/facts.ts";
import { toMinor } from "../../../domain/money.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import { outlookRenewal, type RenewalAnswer } from "../../../domain/questions/renewal.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { dayOf, textOf } from "../../domain/oracle/days.ts";
import { outlookOf } from "../../domain/oracle/outlook.ts";
import { type Walked, walkFrom } from "../../domain/oracle/walk.ts";
import { dayOfClock } from "../clock.ts";
import { ensure, ensureSame, type Step } from "../step.ts";
import type { Observer, World } from "../world.ts";

interface Kept {
  version: number;
  /** Null where the oracle has no opinion. */
  walkTo: ((day: number) => Walked) | null;
  dossier: Dossier;
  before: Map<string, { day: CalendarDate; answer: RenewalAnswer }>;
}

export type Outlook = typeof outlookRenewal;

const minor = (money: { amount: string; currency: string } | null | undefined) => (money == null ? null : String(toMinor(money)));

export class RenewalChecks implements Observer {
  /** Contract-days that were compared with the oracle. */
  compared = 0;
  readonly #outlook: Outlook;
  readonly #kept = new Map<string, Kept>();

  constructor(outlook: Outlook = outlookRenewal) {
    this.#outlook = outlook;
  }

  async after(world: World, step: Step): Promise<void> {
    if (step.do !== "look") return;
    const day = dayOfClock(world.clock);
    for (const accountId of world.model.accountIds) await this.#look(world, accountId, day);
  }

  async #look(world: World, accountId: string, day: CalendarDate): Promise<void> {
    const snapshot = await world.factsOf(accountId);
    if (snapshot === null) return;
    const { dossier, catalog, versions } = snapshot;
    let kept = this.#kept.get(accountId);
    const isNew = kept?.version !== versions.account;
    if (kept === undefined || isNew) {
      kept = {
        version: versions.account,
        walkTo: speaksOf(dossier) ? walkFrom(withoutWithdrawn(dossier), catalog) : null,
        dossier,
        before: new Map(),
      };
      this.#kept.set(accountId, kept);
    }
    const facts = { dossier, catalog, policies: shippedPolicies };
    const walked = kept.walkTo?.(dayOf(day)) ?? null;
    for (const contract of dossier.contracts) {
      const { contractId } = contract;
      const answer = this.#outlook(facts, contractId, { date: day });
      const tell = () => `${accountId} ${contractId} on ${day}`;
      const before = kept.before.get(contractId);
      if (before !== undefined) assertForward(tell, before, answer, day);
      kept.before.set(contractId, { day, answer });
      if (walked === null || day < contract.term.firstDay) continue;
      this.compared++;
      ensureSame("oracle: renewal", tell, shown(answer), expectedOf(walked, dossier, contractId, dayOf(day)));
    }
    // Rulings stand: they are compared when the facts have changed, and once a month.
    if (walked !== null && (isNew || day.endsWith("-01"))) rulingsAgree(facts, walked, day, accountId);
  }
}

/** What the second opinion knows: Ebiexperts' own readings, perpetual licenses, no end of cover but by notice. */
export function speaksOf({ contracts, licenses, notices }: Dossier): boolean {
  const firstDay = new Map(contracts.map(({ contractId, term }) => [contractId, term.firstDay]));
  return (
    contracts.length > 0 &&
    contracts.every(
      ({ policyId, soldBy, settings, lines }) =>
        policyId === "ebiexperts-support" &&
        soldBy === "direct" &&
        settings?.readings === undefined &&
        lines.every(({ coveredFrom, coveredUntil }) => coveredFrom === undefined && coveredUntil === undefined),
    ) &&
    licenses.every(({ kind, retiredOn }) => kind === "perpetual" && retiredOn === undefined) &&
    notices.every(
      ({ kind, contractId, receivedOn, receivedAt }) =>
        (kind === "non-renewal" || kind === "price-increase") && (receivedOn ?? String(receivedAt).slice(0, 10)) >= String(firstDay.get(contractId)),
    )
  );
}

const withoutWithdrawn = (dossier: Dossier): Dossier => ({ ...dossier, notices: dossier.notices.filter(({ withdrawn }) => withdrawn !== true) });

const shown = ({ status, currentTerm, lapsedOn, nonRenewal, priceIncrease, next, reinstatement }: RenewalAnswer) => ({
  status,
  currentTerm: currentTerm && [currentTerm.firstDay, currentTerm.lastDay],
  lapsedOn,
  noticeBy: nonRenewal?.lastDayOn ?? null,
  increaseBy: priceIncrease?.lastNoticeOn ?? null,
  currentFee: minor(priceIncrease?.currentFee),
  maximumFee: minor(priceIncrease?.maximumFee),
  renews: next.renews,
  nextTerm: next.term && [next.term.firstDay, next.term.lastDay],
  nextFee: minor(next.fee),
  lines: next.lines.map(({ licenseId, term, fee }) => [licenseId, term.firstDay, term.lastDay, minor(fee)]),
  possibleUntil: status === "ended" ? null : (reinstatement?.possibleUntil ?? null),
});

function expectedOf(walked: Walked, dossier: Dossier, contractId: string, today: number): ReturnType<typeof shown> {
  const { status, currentTerm, lapsedOn, noticeBy, increaseBy, currentFee, maximumFee, renews, nextTerm, nextFee, lines, possibleUntil } = outlookOf(
    walked,
    dossier,
    contractId,
    today,
  );
  return {
    status: status as RenewalAnswer["status"],
    currentTerm: currentTerm && [currentTerm.firstDay, currentTerm.lastDay],
    lapsedOn,
    noticeBy,
    increaseBy,
    currentFee: currentFee === null ? null : String(currentFee),
    maximumFee: maximumFee === null ? null : String(maximumFee),
    renews,
    nextTerm: nextTerm && [nextTerm.firstDay, nextTerm.lastDay],
    nextFee: nextFee === null ? null : String(nextFee),
    lines: lines.map(({ licenseId, firstDay, lastDay, fee }) => [licenseId, firstDay, lastDay, String(fee)]),
    possibleUntil,
  };
}

/** What is owed on a covered contract goes before the notice that it was given. */
const order = ["not-started", "current", "lapsed", "ended"];
const running: readonly string[] = ["current", "past-due", "notice-given"];

/** A day later, with the same facts: terms tile, fees rise with a term only, and what has lapsed stays so. */
function assertForward(
  tell: () => string,
  { day, answer: was }: { day: CalendarDate; answer: RenewalAnswer },
  is: RenewalAnswer,
  today: CalendarDate,
): void {
  const place = (status: string) => order.indexOf(running.includes(status) ? "current" : status);
  const forgotten = was.status === "notice-given" && is.status === "current";
  ensure(place(is.status) >= place(was.status) && !forgotten, "P11 only forward", () => `${tell()}: ${was.status} on ${day}, then ${is.status}`);
  ensure(
    was.lapsedOn === null || is.lapsedOn === was.lapsedOn,
    "P11 a lapse stays",
    () => `${tell()}: lapsed on ${was.lapsedOn}, then ${is.lapsedOn}`,
  );
  if (was.currentTerm === null || is.currentTerm === null || !isOtherTerm(was, is)) return;
  const follows = is.currentTerm.firstDay === addDays(was.currentTerm.lastDay, 1) && is.currentTerm.firstDay === today;
  ensure(follows, "P2 terms tile", () => `${tell()}: after ${JSON.stringify(was.currentTerm)} comes ${JSON.stringify(is.currentTerm)}`);
  ensure(was.next.renews !== false, "P8 what does not renew ends", () => `${tell()}: ${JSON.stringify(was.next)}, yet renewed`);
}

const isOtherTerm = (was: RenewalAnswer, is: RenewalAnswer) => was.currentTerm?.firstDay !== is.currentTerm?.firstDay;

function rulingsAgree(facts: Parameters<typeof ruleNotice>[0], walked: Walked, day: CalendarDate, accountId: string): void {
  for (const notice of facts.dossier.notices) {
    const receivedOn = notice.receivedOn ?? String(notice.receivedAt).slice(0, 10);
    if (notice.withdrawn === true || receivedOn > day) continue;
    // What a notice means once nothing renews any more is nobody's question.
    const life = walked.lives.find(({ contract }) => contract.contractId === notice.contractId);
    const named = notice.newFees?.map(({ licenseId }) => licenseId) ?? notice.licenseIds;
    const about = life?.lines.filter(({ licenseId }) => named?.includes(licenseId) ?? true) ?? [];
    const over = about.filter(({ last, initialLast }) => last !== null && (last < dayOf(receivedOn) || last === initialLast));
    if (over.length > 0 && (over.length === about.length || notice.kind === "price-increase")) continue;
    const { ruling, effectiveOn, maximum } = ruleNotice(facts, notice.contractId, notice, { date: day });
    const expected = walked.verdicts.get(notice.noticeId);
    const effect = expected?.effectiveOn == null ? null : textOf(expected.effectiveOn);
    const tell = () => `${accountId} ${notice.noticeId} on ${day}`;
    ensureSame(
      "oracle: notice",
      tell,
      [ruling, effectiveOn, minor(maximum)],
      [expected?.ruling, effect, expected?.maximum == null ? null : String(expected.maximum)],
    );
  }
}
