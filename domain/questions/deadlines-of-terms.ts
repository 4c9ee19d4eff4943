/** Deadlines of terms that renew: by when notice must be in, by when an increase must be announced, when the next term begins. */
import { contractTermOn, termAfter } from "../contract-terms.ts";
import type { HeldContract } from "../facts.ts";
import { addDays } from "../time/calendar-date.ts";
import type { Term } from "../time/term.ts";
import type { Found, Horizon } from "./deadlines.ts";
import type { KnownFacts } from "./question.ts";
import { outlookRenewal } from "./renewal.ts";

/**
 * Of the recorded term and those that follow by themselves, as far as the horizon reaches. A term after which nothing
 * renews has none of these: a valid notice takes them away, and those of the terms after it.
 */
export function renewals(facts: KnownFacts, contract: HeldContract, horizon: Horizon): Found[] {
  const found: Found[] = [];
  for (const term of termsWithin(contract, horizon)) {
    // At its end, so that a line counts from wherever in the term it begins.
    const { nonRenewal, priceIncrease, next } = outlookRenewal(facts, contract.contractId, { date: term.lastDay });
    // Before a contract that was brought back and paid late has begun, there is nothing to give notice of.
    if (next.term === null || nonRenewal === null) continue;
    const base = { clause: nonRenewal.clause, term };
    const of = `${contract.contractId}/${term.firstDay}`;
    found.push({
      ...base,
      key: `non-renewal-window/${of}`,
      kind: "non-renewal-window",
      on: nonRenewal.lastDayOn,
      safeOn: nonRenewal.safeOn,
      what: `last day on which a notice of non-renewal of \`${contract.contractId}\` is in time for the term ${said(term)}`,
    });
    if (priceIncrease !== null)
      found.push({
        ...base,
        key: `price-notice-window/${of}`,
        kind: "price-notice-window",
        on: priceIncrease.lastNoticeOn,
        safeOn: priceIncrease.safeOn,
        clause: priceIncrease.clause,
        what: `last day to announce an increase of \`${contract.contractId}\` for the term that begins on ${next.term.firstDay}`,
      });
    found.push({
      ...base,
      key: `renewal/${contract.contractId}/${next.term.firstDay}`,
      kind: "renewal",
      on: next.term.firstDay,
      term: next.term,
      what: `\`${contract.contractId}\` renews by itself for ${said(next.term)}`,
    });
  }
  return found;
}

/** Never one before the recorded term: what happened then is not among the facts. */
function* termsWithin(contract: HeldContract, { firstDay, lastDay }: Horizon): Generator<Term> {
  // The term that ended the day before the list begins is followed by one that begins with it.
  const before = addDays(firstDay, -1);
  let term = contractTermOn(contract, before > contract.term.firstDay ? before : contract.term.firstDay) as Term;
  for (; term.firstDay <= lastDay; term = termAfter(contract, term)) yield term;
}

const said = ({ firstDay, lastDay }: Term) => `${firstDay} to ${lastDay}`;
