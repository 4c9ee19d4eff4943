/** "What does the next term cost?" A line for each license, for the days and at the fee that the renewal outlook says. */
import * as z from "zod";
import { formulaOf } from "../compiled-policy.ts";
import { type ContractLife, lifeOf } from "../contract-life.ts";
import type { Reason, Reasons } from "../decision.ts";
import { identifier } from "../facts.ts";
import { increasesOn } from "../increases.ts";
import { formatMoney, fromMinor } from "../money.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { type AcceptedOffer, isAccepted } from "../offers.ts";
import { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { daysIn, type Term } from "../time/term.ts";
import { processPolicy } from "./choose-contract.ts";
import { cureOfLapse } from "./cure-of-lapse.ts";
import { type NextLine, nextTermOf } from "./next-term.ts";
import { zoneAt } from "./place.ts";
import { type AsOf, daysOf, type KnownFacts } from "./question.ts";
import { contractQuoted, mustBeQuotable, nothingOffered, type QuoteAnswer, type QuoteLine, type QuoteStatus } from "./quote.ts";
import { soldByReseller } from "./quote-grounds.ts";
import { outlookRenewal } from "./renewal.ts";

export const renewalQuoteRequest = z.strictObject({ contractId: identifier });

export type RenewalQuoteRequest = z.infer<typeof renewalQuoteRequest>;

/**
 * Quotes the term after the running one, by the facts known to be true at `asOf`. No last day for paying: a renewed term
 * that is not paid is past due, and renews all the same (reading `lapse`).
 * Source: Ebiexperts 7.2, 7.6; the lines are those of the outlook's next term.
 * @throws Refused for a contract that the account does not have, or for more than 2,000 lines
 */
export function quoteRenewal(facts: KnownFacts, { contractId }: RenewalQuoteRequest, asOf: AsOf): QuoteAnswer {
  const contract = contractQuoted(facts, contractId);
  const outlook = outlookRenewal(facts, contractId, asOf);
  const [day] = daysOf(asOf, zoneAt(processPolicy(facts, contract, asOf), contract, facts.dossier.premises));
  const { ends } = nonRenewalsOn(facts, day);
  const life = lifeOf(facts, contract, day, ends);
  const readings = new Readings(life.policy, contract);
  const next = nextTermOf(life, day, readings, increasesOn(facts, contract, day));
  const base = {
    kind: "renewal" as const,
    accountId: outlook.accountId,
    contractId,
    policy: outlook.policy,
    reinstateOn: null,
    payOn: null,
    deliveredOn: null,
    asOf: outlook.asOf,
  };
  const [first, ...others] = outlook.reasons;
  // A text that says nothing of renewals refuses none.
  const isSold = formulaOf(life.policy, "renewal") !== undefined;
  const redirect = isSold ? soldByReseller({ facts, contract, policy: life.policy, asOf, day, ends, coverages: new Map() }) : null;
  const begun = life.currentTerm !== null || life.lapsedOn !== null;
  const status = redirect === null ? statusOf(next.renews, begun) : "refused";
  if (status !== "offered") {
    const ground = redirect ?? (status === "undetermined" ? first : notRenewing(facts, life, first, asOf, day));
    const reasons: Reasons = [ground, ...others.filter(({ result }) => redirect === null || result !== "redirect")];
    return { ...base, ...nothingOffered, status, reasons, missing: outlook.missing, readings: outlook.readings };
  }
  const paid = paidAlready(facts, contractId, next.term, day);
  const owed = next.lines.filter(
    ({ owedFrom, licenseId }) => owedFrom !== null && !paid.some(({ licenseIds }) => licenseIds?.includes(licenseId) ?? true),
  );
  const reasons: Reasons = [...outlook.reasons];
  for (const offer of paid) reasons.push(paidReason(life, offer, next.term));
  if (owed.length === 0 && paid.length > 0) {
    const [ground, ...rest] = paid.map((offer): Reason => ({ ...paidReason(life, offer, next.term), result: "fail" }));
    const refusal: Reasons = [ground as Reason, ...rest, ...outlook.reasons];
    return { ...base, ...nothingOffered, status: "refused", reasons: refusal, missing: [], readings: outlook.readings };
  }
  mustBeQuotable(owed.length, "/contractId");
  readings.use("rounding");
  const total = owed.reduce((sum, { owed }) => sum + owed, 0n);
  return {
    ...base,
    status,
    lines: owed.map((line) => lineOf(life, line)),
    total: fromMinor(total, contract.currency),
    waived: null,
    indicative: null,
    payBy: null,
    newTerm: next.term,
    alternatives: [],
    reasons,
    missing: [],
    readings: [...outlook.readings, ...readings.used.filter(({ id }) => !outlook.readings.some((one) => one.id === id))],
  };
}

/** Renewals of the term that were accepted and paid by the day: what they are for is not charged again. */
function paidAlready({ dossier }: KnownFacts, contractId: string, term: Term | null, day: CalendarDate): AcceptedOffer[] {
  return dossier.quotes
    .filter((offer): offer is AcceptedOffer => isAccepted(dossier, offer))
    .filter(
      (offer) => offer.kind === "renewal" && offer.contractId === contractId && offer.termFirstDay === term?.firstDay && offer.acceptedPaidOn <= day,
    );
}

const paidReason = ({ policy }: ContractLife, { quoteId, acceptedPaidOn }: AcceptedOffer, term: Term | null): Reason => ({
  clause: formulaOf(policy, "renewal")?.clause ?? "common",
  condition: "renewal",
  result: "info",
  finding: `the renewal for ${term?.firstDay} to ${term?.lastDay} was paid on ${acceptedPaidOn} by quote \`${quoteId}\`: it is not charged again`,
  facts: [{ path: `quotes/${quoteId}/acceptedPaidOn`, value: acceptedPaidOn }],
  cure: null,
});

const statusOf = (renews: boolean | null, begun: boolean): QuoteStatus =>
  renews === null ? "undetermined" : renews && begun ? "offered" : "refused";

/** Why there is no next term to quote; once lapsed, with what bringing support back costs. */
function notRenewing(facts: KnownFacts, life: ContractLife, reason: Reason, asOf: AsOf, day: CalendarDate): Reason {
  const refused: Reason = { ...reason, result: "fail" };
  return life.lapsedOn === null ? refused : { ...refused, cure: cureOfLapse(facts, life, day, asOf) ?? refused.cure };
}

function lineOf({ policy, contract }: ContractLife, { licenseId, term, annual, owed, owedFrom }: NextLine): QuoteLine {
  const basis = fromMinor(annual, contract.currency);
  const firstDay = owedFrom ?? term.firstDay;
  const days = daysIn({ firstDay, lastDay: term.lastDay });
  return {
    part: term.part,
    licenseId,
    firstDay,
    lastDay: term.lastDay,
    days,
    basis,
    rate: null,
    amount: fromMinor(owed, contract.currency),
    clause: formulaOf(policy, term.part === "stub" ? "co-term" : term.part)?.clause ?? "common",
    formula:
      term.part === "stub" || firstDay > term.firstDay
        ? `${formatMoney(basis)} a year for ${days} ${days === 1 ? "day" : "days"} to the common end, by the contract's twelve-month periods`
        : `annual fee ${formatMoney(basis)} for ${term.firstDay} to ${term.lastDay}`,
  };
}
