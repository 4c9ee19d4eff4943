/** Asks the questions of case tables and shows the answers in the words of their columns. */
import type { RecordedNotice } from "../../domain/facts.ts";
import { notice } from "../../domain/facts.ts";
import { fromMinor, toMinor } from "../../domain/money.ts";
import { additionalPurchaseRequest, quoteAdditionalPurchase } from "../../domain/questions/additional-purchase.ts";
import { caseClosureRequest, decideCaseClosure } from "../../domain/questions/case-closure.ts";
import { checkContact, contactCheckRequest } from "../../domain/questions/contact-change.ts";
import { decideEntitlement, entitlementRequest } from "../../domain/questions/entitlement.ts";
import { ruleNotice } from "../../domain/questions/notice.ts";
import type { AsOf, KnownFacts } from "../../domain/questions/question.ts";
import type { QuoteAnswer } from "../../domain/questions/quote.ts";
import { quoteReinstatement, reinstatementRequest } from "../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../domain/questions/renewal.ts";
import { quoteRenewal, renewalQuoteRequest } from "../../domain/questions/renewal-quote.ts";
import { assessSeverity, impact } from "../../domain/questions/severity.ts";
import { describeStanding } from "../../domain/questions/standing.ts";
import { isCalendarDate } from "../../domain/time/calendar-date.ts";
import { parseInstant } from "../../domain/time/instant.ts";
import { because, contains, money, obliges, orDash, type Shown, says, term, yesOrNo } from "./expected.ts";
import { shaped } from "./shaped.ts";

export type Ask = Record<string, unknown>;
type Answer = Record<string, Shown>;

export interface Question {
  asks: string[];
  expects: string[];
  answer(facts: KnownFacts, ask: Ask): Answer;
}

function asOfIn({ asOf }: Ask): AsOf {
  const text = String(asOf);
  return isCalendarDate(text) ? { date: text } : { instant: parseInstant(text) };
}

const without = (ask: Ask, ...fields: string[]): Ask => Object.fromEntries(Object.entries(ask).filter(([field]) => !fields.includes(field)));

function words(fields: string[]): string[] {
  return fields.map((field) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

const entitlement: Question = {
  asks: ["as of", "known at", ...words(Object.keys(entitlementRequest.shape))],
  expects: ["outcome", "because", "contract", "missing", "cure", "first response", "next update", "obligations", "readings", "valid until"],
  answer(facts, ask) {
    const request = shaped(entitlementRequest, without(ask, "asOf", "knownAt"), "the request");
    const decision = decideEntitlement(facts, request, asOfIn(ask));
    const due = (kind: string) => {
      const deadline = decision.deadlines.find((one) => one.kind === kind);
      return deadline === undefined || deadline.commitment === "none" ? "none" : (deadline.dueAt ?? "unknown");
    };
    return {
      outcome: decision.outcome,
      because: because(decision.reasons),
      contract: orDash(decision.contractId),
      missing: says(decision.missing.map(({ what }) => what)),
      cure: says(decision.reasons.flatMap(({ cure }) => (cure === null ? [] : [cure.says]))),
      "first response": due("first-response"),
      "next update": due("next-update"),
      obligations: obliges(decision.obligations),
      readings: contains(decision.readings.map(({ id, chosen }) => `${id}: ${chosen}`)),
      "valid until": orDash(decision.validUntil),
    };
  },
};

const renewal: Question = {
  asks: ["contract", "as of"],
  expects: [
    ..."status,current term,lapsed on,notice by,notice safe on,days left,increase by,increase safe on,current fee".split(","),
    ..."maximum fee,renews,next term,next fee,next lines,reinstatement until,afterwards,because,missing,finding".split(","),
  ],
  answer(facts, ask) {
    const { status, currentTerm, lapsedOn, nonRenewal, priceIncrease, next, reinstatement, reasons, missing } = outlookRenewal(
      facts,
      String(ask.contract),
      asOfIn(ask),
    );
    return {
      status,
      "current term": term(currentTerm),
      "lapsed on": orDash(lapsedOn),
      "notice by": orDash(nonRenewal?.lastDayOn),
      "notice safe on": orDash(nonRenewal?.safeOn),
      "days left": nonRenewal === null ? "—" : String(nonRenewal.daysLeft),
      "increase by": orDash(priceIncrease?.lastNoticeOn),
      "increase safe on": orDash(priceIncrease?.safeOn),
      "current fee": money(priceIncrease?.currentFee ?? null),
      "maximum fee": money(priceIncrease?.maximumFee ?? null),
      renews: yesOrNo(next.renews),
      "next term": term(next.term),
      "next fee": money(next.fee),
      "next lines": contains(next.lines.map((line) => `${line.licenseId} ${term(line.term)} ${money(line.fee)}`)),
      "reinstatement until": orDash(reinstatement?.possibleUntil),
      afterwards: orDash(reinstatement?.afterwards),
      because: because(reasons),
      missing: says(missing.map(({ what }) => what)),
      finding: says(reasons.map(({ finding }) => finding)),
    };
  },
};

const noticeRuling: Question = {
  asks: ["contract", "kind", "form", "sent at", "received on", "received at", "license ids", "new fees", "starts at", "as of"],
  expects: ["ruling", "effective on", "maximum", "because"],
  answer(facts, ask) {
    const received: RecordedNotice = {
      noticeId: "asked",
      contractId: String(ask.contract),
      ...shaped(notice, without(ask, "contract", "asOf"), "the notice"),
    };
    const { ruling, effectiveOn, maximum, reasons } = ruleNotice(facts, String(ask.contract), received, asOfIn(ask));
    return { ruling, "effective on": orDash(effectiveOn), maximum: money(maximum), because: because(reasons) };
  },
};

function sumOf({ lines }: QuoteAnswer, part: string): string {
  const [first, ...more] = lines.filter((line) => line.part === part);
  if (first === undefined) return "—";
  return money(
    fromMinor(
      [first, ...more].reduce((sum, { amount }) => sum + toMinor(amount), 0n),
      first.amount.currency,
    ),
  );
}

const reinstatement: Question = {
  asks: ["contract", "as of", "reinstate on", "pay on", "license ids"],
  expects: "status,back fees,days,forward fees,reinstatement fee,total,indicative,pay by,new term,alternatives,because".split(","),
  answer(facts, ask) {
    const request = shaped(reinstatementRequest, { contractId: ask.contract, ...without(ask, "contract", "asOf") }, "the request");
    const quote = quoteReinstatement(facts, request, asOfIn(ask));
    const days = quote.lines.find(({ part }) => part === "back-fees")?.days;
    return {
      status: quote.status,
      "back fees": sumOf(quote, "back-fees"),
      days: days == null ? "—" : String(days),
      "forward fees": sumOf(quote, "forward-fees"),
      "reinstatement fee": sumOf(quote, "reinstatement-fee"),
      total: money(quote.total),
      indicative: money(quote.indicative),
      "pay by": orDash(quote.payBy),
      "new term": term(quote.newTerm),
      alternatives: contains(quote.alternatives.map(({ reading, option, total }) => `${reading} ${option}: ${money(total)}`)),
      because: because(quote.reasons),
    };
  },
};

const addition: Question = {
  asks: ["contract", "as of", "delivered on", "lines"],
  expects: ["status", "initial", "stub", "stub days", "total", "new term", "pay by", "because"],
  answer(facts, ask) {
    const { contract: contractId, deliveredOn, lines } = ask;
    const quote = quoteAdditionalPurchase(facts, shaped(additionalPurchaseRequest, { contractId, deliveredOn, lines }, "the request"), asOfIn(ask));
    const days = quote.lines.find(({ part }) => part === "stub")?.days;
    return {
      status: quote.status,
      initial: sumOf(quote, "initial-period"),
      stub: sumOf(quote, "stub"),
      "stub days": days == null ? "—" : String(days),
      total: money(quote.total),
      "new term": term(quote.newTerm),
      "pay by": orDash(quote.payBy),
      because: because(quote.reasons),
    };
  },
};

const renewalQuote: Question = {
  asks: ["contract", "as of"],
  expects: ["status", "lines", "total", "pay by", "because"],
  answer(facts, ask) {
    const quote = quoteRenewal(facts, shaped(renewalQuoteRequest, { contractId: ask.contract }, "the request"), asOfIn(ask));
    return {
      status: quote.status,
      lines: contains(quote.lines.map(({ licenseId, firstDay, lastDay, amount }) => `${licenseId} ${firstDay}…${lastDay} ${money(amount)}`)),
      total: money(quote.total),
      "pay by": orDash(quote.payBy),
      because: because(quote.reasons),
    };
  },
};

const contactCheck: Question = {
  asks: [
    "as of",
    "contact id",
    "role",
    "license ids",
    "premises ids",
    "registered in portal",
    "active from",
    "active until",
    "actor contact id",
    "channel",
  ],
  expects: ["outcome", "because", "missing", "cure"],
  answer(facts, ask) {
    const { actorContactId, channel } = ask;
    const given = {
      contact: without(ask, "asOf", "actorContactId", "channel"),
      ...(actorContactId === undefined ? {} : { actorContactId }),
      ...(channel === undefined ? {} : { channel }),
    };
    const { outcome, reasons, missing } = checkContact(facts, shaped(contactCheckRequest, given, "the request"), asOfIn(ask));
    return {
      outcome,
      because: because(reasons),
      missing: says(missing.map(({ what }) => what)),
      cure: says(reasons.flatMap(({ cure }) => (cure === null ? [] : [cure.says]))),
    };
  },
};

const severity: Question = {
  asks: ["policy id", ...words(Object.keys(impact.shape))],
  expects: ["severity", "because"],
  answer(facts, ask) {
    const assessed = assessSeverity(facts.policies, String(ask.policyId), shaped(impact, yesAndNo(without(ask, "policyId")), "the impact"), {
      date: "2026-03-02",
    });
    return { severity: assessed.severity ?? "unknown", because: because(assessed.reasons) };
  },
};

/** Facts of an impact are written as yes and no. */
const yesAndNo = (ask: Ask): Ask =>
  Object.fromEntries(Object.entries(ask).map(([field, value]) => [field, value === "yes" ? true : value === "no" ? false : value]));

const closure: Question = {
  asks: words(Object.keys(caseClosureRequest.shape)),
  expects: ["may close on", "because"],
  answer(facts, ask) {
    const { mayCloseOn, reasons } = decideCaseClosure(facts.policies, shaped(caseClosureRequest, ask, "the request"), { date: "2026-03-02" });
    return { "may close on": orDash(mayCloseOn), because: because(reasons) };
  },
};

const standing: Question = {
  asks: ["as of"],
  expects: ["status", "missing", "gaps", "overdue", "benefits"],
  answer(facts, ask) {
    const { status, contracts, gaps, overdue, benefits } = describeStanding(facts, asOfIn(ask));
    return {
      status,
      missing: says(contracts.flatMap(({ contractId, missing }) => missing.map(({ what }) => `${contractId} ${what}`))),
      gaps: says(gaps.map(({ licenseIds }) => licenseIds.join(", "))),
      overdue: says(overdue.map(({ invoiceId }) => invoiceId)),
      benefits: contains(benefits.map(({ benefit, available }) => `${benefit}: ${yesOrNo(available)}`)),
    };
  },
};

/** By the first word of a file's name. */
export const questions: Record<string, Question> = {
  entitlement,
  renewal,
  notice: noticeRuling,
  reinstatement,
  addition,
  quote: renewalQuote,
  contact: contactCheck,
  severity,
  closure,
  standing,
};
