/** What the other parts of a clause do, in words: deadlines, obligations, severities, formulas, notices, benefits, closures, contacts. */
import { impactWords } from "./impact-words.ts";
import type { AssessmentEntry, BenefitEntry, Clause, ClosureEntry, ContactEntry, DeadlineEntry, FormulaEntry, ObligationEntry } from "./policy.ts";
import { conditionInWords, membersInWords } from "./policy-condition-words.ts";
import { and, days, hours, methodWords, minutes, months, or, percent, spoken, withArticle } from "./policy-small-words.ts";
import type { When } from "./policy-words.ts";

/** One part of a clause in words, and the reading under which it holds. */
export interface PartInWords {
  says: string;
  when: When | undefined;
  /** Readings that choose a method in it, and what it says under one of their options. */
  by: { reading: string; under(option: string): string }[];
}

/** Everything that a clause does, in the order of its shape. */
export function partsInWords(clause: Clause): PartInWords[] {
  return [
    ...told(clause.conditions, conditionInWords),
    ...told(clause.deadlines, deadlineInWords),
    ...told(clause.obligations, obligationInWords),
    ...told(clause.severities, ({ severity, kinds }) => `Severity: requests of kind ${or(kinds)} count as ${severity}, whatever was requested.`),
    ...told(clause.formulas, formulaInWords),
    ...told(clause.notices, noticeInWords),
    ...told(clause.benefits, benefitInWords),
    ...told(clause.assessments, assessmentInWords),
    ...told(clause.closures, closureInWords),
    ...told(clause.contacts, contactInWords),
  ];
}

function told<Entry extends object>(entries: readonly Entry[] | undefined, inWords: (entry: Entry) => string): PartInWords[] {
  return (entries ?? []).map((entry) => ({ says: inWords(entry), when: (entry as { when?: When }).when, by: methodsOf(entry, inWords) }));
}

/** Members of a part that leave a method to a reading, as `{reading: …}`. Formulas, benefits and grounds for closing can be told as if the method were fixed. */
function methodsOf<Entry extends object>(entry: Entry, inWords: (entry: Entry) => string): PartInWords["by"] {
  return Object.entries(entry).flatMap(([key, value]) => {
    if (key === "when" || typeof value !== "object" || value === null || !("reading" in value)) return [];
    const under = (option: string) => inWords("formula" in entry || "ground" in entry || "benefit" in entry ? { ...entry, [key]: option } : entry);
    return [{ reading: String(value.reading), under }];
  });
}

const firmness = {
  committed: "committed",
  effort: "with commercially reasonable efforts",
  informational: "for information",
  none: "nothing promised",
} as const;

function deadlineInWords({ deadline, severity, program, targetMinutes, missing, clock, commitment, oncePhoned, endOfLife }: DeadlineEntry): string {
  const about = [severity === undefined ? "" : ` for ${severity}`, program === undefined ? "" : ` under ${program}`].join("");
  const what = `Deadline: ${spoken(deadline)}${about}`;
  if (missing !== undefined) return `${what}: unknown, the target is in ${missing}.`;
  if (targetMinutes === undefined) return `${what}: no target.`;
  const counts = clock === "elapsed" ? "by the clock" : `in open hours of \`${clock.calendar}\``;
  const phoned = oncePhoned === undefined ? "" : ` From the report by phone on; until then: ${oncePhoned.meanwhile}.`;
  const old = endOfLife === undefined ? "" : ` Once the product's end of life is announced: in open hours of \`${endOfLife.calendar}\`.`;
  return `${what} within ${minutes(targetMinutes)} ${counts}, ${firmness[commitment]}.${phoned}${old}`;
}

function obligationInWords({ obligation, kinds, severities, channels, withinMinutes, ifMissed }: ObligationEntry): string {
  const only = [
    ...(kinds === undefined ? [] : [`requests of kind ${or(kinds)}`]),
    ...(severities === undefined ? [] : [`severity ${or(severities)}`]),
    ...(channels === undefined ? [] : [`reports by ${or(channels)}`]),
  ];
  const due = withinMinutes === undefined ? "" : `, within ${minutes(withinMinutes)} of filing`;
  const missed = ifMissed === null ? "no effect is stated" : ifMissed === "fail" ? "not entitled" : "at the vendor's discretion";
  return `Obligation${only.length === 0 ? "" : ` (${and(only)})`}: ${obligation}${due}. If missed: ${missed}.`;
}

const methods = {
  "lines-named": "the annualized total of the lines named",
  "initial-period": "to the end of the initial period",
  stub: "by one shorter term",
  own: "from the day of reinstatement",
  common: "aligned to the contract's",
  "last-fee": "the last fee",
  unknown: "unknown",
  daily: "by the day",
  "as-billed": "as it would have been billed",
  "back-and-forward": "missed and new fees together",
  forward: "the new fees",
  back: "the missed fees",
  "all-applicable": "missed and new fees and those of everything else licensed",
  assessed: "yes",
  waived: "no",
} as const;

const method = (fixed: string | { reading: string }, literal = "") => methodWords(fixed, { ...methods, literal });

/** A new formula does not compile until it is put in words here. */
function formulaInWords(entry: FormulaEntry): string {
  switch (entry.formula) {
    case "renewal":
      return `Formula: ${entry.licenseKinds === undefined ? "" : `cover of ${or(entry.licenseKinds)} licenses `}renews by itself for ${months(entry.months)} at a time, unless notice by ${or(entry.forms)} is received ${days(entry.noticeDays)} or more before the term's last day.`;
    case "whole-non-renewal":
      return `Formula: notice of non-renewal takes in the whole ${spoken(entry.group)}; one for a part of it has no effect${membersInWords(entry.products)}.`;
    case "price-cap":
      return `Formula: a fee may rise at renewal with ${days(entry.noticeDays)}' notice, by at most ${percent(entry.mostBasisPoints)}, tested on: ${method(entry.testedOn, "all support fees of the contract")}.`;
    case "initial-period":
      return `Formula: an added license is first covered for ${months(entry.months)} in full; where the contract ends earlier: ${method(entry.outlasts, "to the end of the contract")}.`;
    case "additional-purchase":
      return `Formula: more licenses are sold while support of every earlier one of the ${spoken(entry.currentOn)} is current: covered, and nothing overdue${membersInWords(entry.products)}.`;
    case "co-term":
      return `Formula: after its first period an added license is aligned to the contract's term: ${method(entry.by, "not, it keeps terms of its own")}.`;
    case "reinstatement":
      return `Formula: lapsed cover of ${or(entry.licenseKinds)} licenses can come back; its new terms count: ${method(entry.anchor)}.`;
    case "forward-fees":
      return `Formula: the then-current annual fee for the new term of ${months(entry.months)}; where no price list is recorded: ${method(entry.withoutList, "unknown")}.`;
    case "listed-reinstatement-fee":
      return `Formula: a fee a seat by the price list of the day; without it: unknown (${entry.missing}).`;
    case "back-fees":
      return `Formula: what would have been payable for the lapse: ${method(entry.accrual)}, at: ${method(entry.rate, "the fee of the price list on the first day of the lapse")}.`;
    case "reinstatement-fee":
      return `Formula: a fee of ${percent(entry.basisPoints)} of: ${method(entry.base)}; due when cover is asked back before it has ended: ${method(entry.early)}.`;
    case "reinstatement-window":
      return `Formula: cover can come back within ${months(entry.months)} from the first day without it; afterwards ${entry.afterwards === "repurchase" ? "the licenses are bought again" : "at the vendor's discretion"}.`;
  }
}

function noticeInWords(entry: NonNullable<Clause["notices"]>[number]): string {
  if (entry.ruling === "undetermined") return `Notice of ${spoken(entry.notice)}: its effect is unknown, it is in ${entry.missing}.`;
  return `Notice of ${spoken(entry.notice)}: in time when sent by ${or(entry.forms)} ${hours(entry.hours)} or more ahead.`;
}

const needs = {
  contract: "with a running contract",
  "good-standing": "in good standing: nothing at all is overdue",
  nothing: "for everyone",
} as const;

const whenOwing = { "current-agreement": "also while fees are owed", "while-paid": "not while fees of it are owed" } as const;

function benefitInWords({ benefit, says, needs: takes, owing, programs, missing }: BenefitEntry): string {
  const under = programs === undefined ? "" : `, under ${or(programs)}`;
  return `Benefit \`${benefit}\`: ${says}; ${needs[takes]}${owing === undefined ? "" : `, ${methodWords(owing, whenOwing)}`}${under}${missing === undefined ? "" : `. Unknown who has it: ${missing}`}.`;
}

function assessmentInWords({
  severity,
  all = [],
  any = [],
  denied = [],
  none = [],
  environment,
  usersAffected,
  missing,
  lostElsewhere,
}: AssessmentEntry): string {
  const asked = [
    ...all.map((name) => impactWords[name].so),
    ...(any.length === 0 ? [] : [or(any.map((name) => impactWords[name].so))]),
    ...denied.map((name) => impactWords[name].not),
    ...none.map((name) => `it is not stated that ${impactWords[name].so}`),
    ...(environment === undefined ? [] : [`it is in ${environment}`]),
    ...(usersAffected === undefined ? [] : [`the users affected are ${or(usersAffected.map(spoken))}`]),
  ];
  if (missing !== undefined) return `Assessment: ${severity} is unknown; it is defined in: ${missing}.`;
  const lost = lostElsewhere === undefined ? "" : ` Outside ${lostElsewhere.environment}: unknown, ${lostElsewhere.missing} is lost.`;
  return `Assessment: ${severity} if ${asked.length === 0 ? "nothing above fits" : and(asked)}.${lost}`;
}

const events = {
  agreedInWritingOn: "on the day on which both sides agreed in writing",
  updateProvidedOn: "on the day on which an update was provided",
  workaroundOn: "on the day on which a workaround was provided",
  customerAskedToCloseOn: "on the day on which the customer asked for it",
} as const;

const countedFrom = { "last-vendor-message": "the vendor's last message", "first-unanswered": "the first message that was not answered" } as const;

function closureInWords(entry: ClosureEntry): string {
  if (entry.ground === "event") return `Closing: a case may be closed ${events[entry.on]}.`;
  if (entry.ground === "not-stated") return `Closing: unknown, ${entry.says}. Missing: ${entry.missing}.`;
  return `Closing: a case may be closed after ${entry.businessDays} business days of \`${entry.calendar}\` without an answer, counted from: ${methodWords(entry.countedFrom, countedFrom)}.`;
}

/** A new rule for contacts does not compile until it is put in words here. */
function contactInWords(entry: ContactEntry): string {
  switch (entry.contact) {
    case "most":
      return `Contacts: at most ${entry.most === "seats" ? "as many as the license has seats" : entry.most} active as ${or(entry.roles.map(spoken))} at a time, per ${entry.per}.`;
    case "one-each":
      return `Contacts: one active ${spoken(entry.role)} per ${entry.per}.`;
    case "registered":
      return `Contacts: ${withArticle(or(entry.roles.map(spoken)))} is registered in the portal.`;
    case "named-for":
      return `Contacts: ${withArticle(or(entry.roles.map(spoken)))} is named for ${entry.on === "license" ? "a license" : "premises"}.`;
    case "customers-own":
      return `Contacts: whoever the customer names as ${or(entry.roles.map(spoken))} may ask, whomever they work for.`;
    case "changes-by":
      return `Contacts: ${withArticle(entry.anyone)} changes the data of contacts of their licenses, and who is one of them; ${withArticle(entry.own)} only their own data; first contacts of a license are registered without.`;
    case "changes-how":
      return `Contacts: changes${entry.roles === undefined ? "" : ` of ${withArticle(or(entry.roles.map(spoken)))}`} are taken by ${or(entry.channels)}${entry.how === undefined ? "" : ` (${entry.how})`}${entry.unknown.length === 0 ? "" : `; by ${or(entry.unknown)}: undetermined, ${entry.missing ?? "the rest"} is not stated`}${entry.calendar === undefined ? "" : `, until hours of \`${entry.calendar}\` are agreed`}.`;
  }
}
