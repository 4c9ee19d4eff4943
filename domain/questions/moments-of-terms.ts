/** What is announced of terms that renew: the next one has begun, notice or an increase must be in soon, notice is too late. */

import { lifeOf } from "../contract-life.ts";
import { anchorOf, contractTermOn, termAfter } from "../contract-terms.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import type { Term } from "../time/term.ts";
import { localDate } from "../time/zone.ts";
import { beginning, type Candidate, type Followed, lastOfDays, reminders } from "./moments.ts";
import { outlookRenewal, type RenewalAnswer } from "./renewal.ts";

/**
 * Once for each contract and term. Whether a term renews is asked on its last day, by the notices received until then: a
 * notice that is recorded late may bring the end of a contract of which the renewal was announced.
 */
export function* termMoments(followed: Followed): Generator<Candidate> {
  const { contract, since, facts } = followed;
  const { contractId } = contract;
  const outlooks = new Map<CalendarDate, RenewalAnswer>();
  const outlook = (day: CalendarDate): RenewalAnswer => {
    let known = outlooks.get(day);
    if (known === undefined) {
      known = outlookRenewal(facts, contractId, { date: day });
      outlooks.set(day, known);
    }
    return known;
  };
  const { beginsOn, lastDay } = lifeOf(facts, contract, followed.today, nonRenewalsOn(facts, lastOfDays).ends);
  for (const term of termsAhead(followed, lastDay)) {
    if (term.firstDay > anchorOf(contract)) {
      const dueAt = beginning(followed, term.firstDay);
      if (dueAt > since)
        yield { key: `contract.renewed/${contractId}/${term.firstDay}`, type: "contract.renewed", dueAt, tell: () => renewed(term, outlook) };
    }
    yield* windows(followed, beginsOn, term, outlook);
  }
}

type Outlook = (day: CalendarDate) => RenewalAnswer;

function renewed(term: Term, outlook: Outlook) {
  const { contractId, policy, next } = outlook(addDays(term.firstDay, -1));
  if (next.term?.firstDay !== term.firstDay) return null;
  return { purposeUntil: null, data: { contractId, policyId: policy.id, term, fee: next.fee } };
}

function* windows(followed: Followed, beginsOn: CalendarDate, term: Term, outlook: Outlook): Generator<Candidate> {
  const { contract, since } = followed;
  const { contractId } = contract;
  const of = `${contractId}/${term.firstDay}`;
  // A term's windows are asked for on a day of the term itself on which the contract has begun; those of a short one may lie before it.
  const first = term.firstDay < beginsOn ? beginsOn : term.firstDay;
  const within = (day: CalendarDate) => outlook(day < first ? first : day);
  const { nonRenewal, priceIncrease, next, policy } = within(first);
  if (nonRenewal === null || next.renews !== true) return;
  const base = { contractId, policyId: policy.id, term };
  const renews = (day: CalendarDate) => within(day).next.renews === true;

  const { lastDayOn, safeOn, clause } = nonRenewal;
  const notice = { ...base, lastDayOn, safeOn, clause };
  const open = { type: "notice-window.closing" as const, of, lastDay: lastDayOn, tell: (day: CalendarDate) => (renews(day) ? notice : null) };
  yield* reminders(followed, open);
  const closedAt = beginning(followed, addDays(lastDayOn, 1));
  if (closedAt > since) {
    const tell = () => (renews(lastDayOn) ? { purposeUntil: null, data: { ...base, lastDayOn, clause } } : null);
    yield { key: `notice-window.closed/${of}`, type: "notice-window.closed", dueAt: closedAt, tell };
  }

  if (priceIncrease === null) return;
  const { lastNoticeOn, safeOn: safeFor, clause: capClause } = priceIncrease;
  // An increase that was validly announced needs no reminder.
  const tell = (day: CalendarDate) => {
    const { priceIncrease: then } = within(day);
    if (!renews(day) || then === null || then.notice?.ruling === "valid") return null;
    return { ...base, lastNoticeOn, safeOn: safeFor, clause: capClause, currentFee: then.currentFee, maximumFee: then.maximumFee };
  };
  yield* reminders(followed, { type: "price-notice-window.closing", of, lastDay: lastNoticeOn, tell });
}

/** Of the terms that began since the contract is followed or ran then, through the second one after today: no reminder lies further ahead. */
function* termsAhead({ contract, since, zone, today }: Followed, lastDay: CalendarDate | null): Generator<Term> {
  const first = localDate(since, zone);
  const anchor = anchorOf(contract);
  let beyond = 0;
  for (let term = contractTermOn(contract, first < anchor ? anchor : first) as Term; beyond < 2; term = termAfter(contract, term)) {
    if (lastDay !== null && term.firstDay > lastDay) return;
    yield term;
    if (term.firstDay > today) beyond++;
  }
}
