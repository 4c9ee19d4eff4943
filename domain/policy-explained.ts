/** A policy put in words, from its data alone: what each clause does, what each reading changes, what the text leaves unknown. */
import { commonReadings } from "./policies/common-readings.ts";
import type { Policy, ReadingEntry } from "./policy.ts";
import { calendarInWords } from "./policy-calendar-words.ts";
import { type PartInWords, partsInWords } from "./policy-part-words.ts";
import { or } from "./policy-small-words.ts";
import type { When } from "./policy-words.ts";

export interface ExplainedClause {
  clause: string;
  says: string;
  /** What it does here, a sentence each; with the reading under which it does. */
  does: string[];
  /** Why nothing is decided by it, or by what is left of it. */
  informs: string | null;
}

export interface ExplainedReading {
  id: string;
  question: string;
  chosen: string;
  options: { id: string; says: string; effect: string[] }[];
}

/** What the text leaves open, and where the parties' agreement on it is recorded; null where only another version can say. */
export interface LeftUnknown {
  what: string;
  clause: string | null;
  recordedIn: string | null;
}

export interface ExplainedPolicy {
  /** Hours and holidays of each calendar; years that the data leave open are said to be. */
  calendars: { calendar: string; says: string }[];
  clauses: ExplainedClause[];
  readings: ExplainedReading[];
  unknown: LeftUnknown[];
}

export function explain(policy: Policy): ExplainedPolicy {
  const clauses = policy.clauses.map((clause) => ({ clause, parts: partsInWords(clause) }));
  const parts = clauses.flatMap(({ clause: { id }, parts }) => parts.map((part) => ({ clause: id, ...part })));
  return {
    calendars: Object.entries(policy.calendars).map(([calendar, entry]) => ({ calendar, says: calendarInWords(entry, policy.zone) })),
    clauses: clauses.map(({ clause, parts }) => ({
      clause: clause.id,
      says: clause.says,
      does: parts.map(underReading),
      informs: clause.informs ?? null,
    })),
    readings: [...policy.readings, ...chosenCommon(policy)].map((reading) => explainReading(policy, reading, parts)),
    unknown: unknownIn(policy),
  };
}

const under = (when: When | undefined) => (when === undefined ? "" : ` [only if \`${when.reading}\` is \`${when.is}\`]`);
const underReading = ({ says, when }: PartInWords) => `${says}${under(when)}`;

/** Readings that all policies share stand in the page of a policy only where it chooses otherwise. */
const chosenCommon = ({ choices }: Policy) => commonReadings.filter(({ id }) => choices !== undefined && Object.hasOwn(choices, id));

function explainReading(
  policy: Policy,
  { id, question, options, default: usual }: ReadingEntry,
  parts: ({ clause: string } & PartInWords)[],
): ExplainedReading {
  const calendars = Object.entries(policy.calendars).filter(([, { when }]) => when?.reading === id);
  return {
    id,
    question,
    chosen: policy.choices?.[id] ?? usual,
    options: options.map((option) => ({
      ...option,
      effect: [
        ...parts.filter(({ when }) => when?.reading === id && when.is === option.id).map(({ clause, says }) => `${clause}: ${says}`),
        ...calendars.map(
          ([name, { when, weekly }]) =>
            `calendar \`${name}\` is ${when?.is !== option.id ? "unknown, and so is whatever is counted by it" : weekly === null ? "known as far as it is agreed" : "known"}`,
        ),
        ...insteadUnder(policy, { reading: id, is: option.id }),
        ...parts.flatMap(({ clause, by }) => by.filter(({ reading }) => reading === id).map(({ under }) => `${clause}: ${under(option.id)}`)),
      ],
    })),
  };
}

/** What stands in for hours and zones under an option. */
function insteadUnder({ calendars, regions = {}, zone: policyZone }: Policy, { reading, is }: When): string[] {
  const its = <Entry extends { when: When }>(instead: readonly Entry[] = []) =>
    instead.filter(({ when }) => when.reading === reading && when.is === is);
  return [
    ...Object.entries(calendars).flatMap(([name, calendar]) =>
      its(calendar.instead).map(
        ({ zone = calendar.zone, weekly = calendar.weekly }) => `calendar \`${name}\`: ${calendarInWords({ ...calendar, zone, weekly }, policyZone)}`,
      ),
    ),
    ...Object.entries(regions).flatMap(([name, { instead }]) => its(instead).map(({ zone }) => `premises in \`${name}\`: zone ${zone}`)),
  ];
}

function unknownIn(policy: Policy): LeftUnknown[] {
  const found: LeftUnknown[] = [];
  const add = (what: string, clause: string | null, recordedIn: string | null) => {
    if (!found.some((one) => one.what === what && one.clause === clause)) found.push({ what, clause, recordedIn });
  };
  if (policy.zone === null) add("the time zone in which the policy's days begin", null, "the contract's `settings.timeZone`");
  for (const [region, { zone }] of Object.entries(policy.regions ?? {}))
    if (zone === null) add(`the time zone of premises in \`${region}\` that state none`, null, "the premises' `timeZone`");
  for (const [id, { zone, weekly, holidays }] of Object.entries(policy.calendars)) {
    const agreed = `the contract's \`settings.calendars\`, under \`${id}\``;
    if (weekly === null) add(`the hours of \`${id}\``, null, agreed);
    if (zone === null && policy.zone === null) add(`the time zone of \`${id}\``, null, agreed);
    if (holidays !== null && holidays.lastYear < holidays.firstYear) add(`the holidays of \`${id}\``, null, agreed);
    else if (holidays !== null) add(`the holidays of \`${id}\` before ${holidays.firstYear} and after ${holidays.lastYear}`, null, agreed);
  }
  for (const {
    id,
    conditions = [],
    deadlines = [],
    notices = [],
    benefits = [],
    contacts = [],
    formulas = [],
    assessments = [],
    closures = [],
    lost = [],
  } of policy.clauses) {
    for (const { what, recordedIn } of lost) add(what, id, recordedIn ?? null);
    for (const entry of conditions) {
      if (entry.condition === "covered" && entry.otherwise === "unknown")
        add("who is covered where no contract line says so", id, "the contract's lines");
      if (entry.condition === "covered" && entry.afterTerm === "unknown")
        add("what follows the recorded term", id, "the contract's term, once it goes on");
      if (entry.condition === "request-kind" && entry.missing !== undefined)
        add(`whether support includes requests of kind ${or(entry.kinds)}: ${entry.missing}`, id, null);
      if (entry.condition === "contact-role" && entry.otherwise === "unknown") add("who else may ask", id, null);
      if (entry.condition === "open-hours" && entry.holidaysNotStated) add("which days are holidays", id, "the contract's `settings.calendars`");
    }
    for (const { missing } of deadlines) if (missing !== undefined) add(`response targets: ${missing}`, id, "the contract's `settings.targets`");
    for (const entry of notices) if (entry.ruling === "undetermined") add(`the effect of a notice of ${entry.notice}: ${entry.missing}`, id, null);
    for (const { benefit, missing } of benefits)
      if (missing !== undefined) add(missing, id, `the contract's \`settings.benefits\`, under \`${benefit}\``);
    for (const entry of contacts) {
      if (entry.contact !== "changes-how" || entry.unknown.length === 0) continue;
      add(
        entry.missing ?? `whether changes are taken by ${or(entry.unknown)}`,
        id,
        entry.calendar === undefined ? null : `the contract's \`settings.calendars\`, under \`${entry.calendar}\``,
      );
    }
    for (const { missing } of assessments) if (missing !== undefined) add(`what the severities mean: ${missing}`, id, null);
    for (const { severity, lostElsewhere: lost } of assessments)
      if (lost !== undefined) add(`${severity} outside ${lost.environment}: ${lost.missing}`, id, null);
    for (const entry of closures) if (entry.ground === "not-stated") add(`closing of cases: ${entry.missing}`, id, null);
    for (const entry of formulas) if (entry.formula === "listed-reinstatement-fee") add(entry.missing, id, "a price list");
  }
  return found;
}
