/** A policy made ready to be asked: its conditions in order with their judges, its formulas and readings at hand. */
import type { AgreedCalendar, CalendarEntry } from "./calendar-shape.ts";
import type { Judge } from "./conditions/condition.ts";
import { judgeOf } from "./conditions/index.ts";
import type { ConditionEntry } from "./conditions/parameters.ts";
import type { Contract } from "./facts.ts";
import { commonReadings } from "./policies/common-readings.ts";
import type { AssessmentEntry, Clause, FormulaEntry, Policy, ReadingEntry } from "./policy.ts";
import type { When } from "./policy-words.ts";
import { Readings } from "./readings.ts";
import { type Calendar, compileCalendar } from "./time/business-calendar.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

export interface CompiledCondition {
  clause: string;
  condition: ConditionEntry["condition"];
  when: When | undefined;
  except: readonly string[] | undefined;
  parameters: ConditionEntry;
  judge: Judge<ConditionEntry>;
}

type Part<K extends keyof Clause> = { clause: string; entry: NonNullable<Clause[K]> extends readonly (infer Item)[] ? Item : never };
export type FormulaOf<Name extends FormulaEntry["formula"]> = Extract<FormulaEntry, { formula: Name }>;

export interface CompiledPolicy {
  policy: Policy;
  /** In which the days begin that it is about: as some version of the policy states it (docs/decisions 45). */
  zone: Policy["zone"];
  conditions: CompiledCondition[];
  deadlines: Part<"deadlines">[];
  obligations: Part<"obligations">[];
  severities: Part<"severities">[];
  formulas: Part<"formulas">[];
  notices: Part<"notices">[];
  readings: Map<string, ReadingEntry>;
  /** Tags of circumstances that a request may name. */
  circumstances: Set<string>;
  calendars: Map<string, Calendar | null>;
  assessments: { clause: string; entry: StatedAssessment }[];
  closures: Part<"closures">[];
  contacts: Part<"contacts">[];
}

/** A definition with all its lists: where an empty one may be written it means the same as none. */
export type StatedAssessment = AssessmentEntry & Record<"all" | "any" | "denied" | "none", NonNullable<AssessmentEntry["all"]>>;

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** The policy, compiled once. */
export function compile(policy: Policy): CompiledPolicy {
  let known = compiled.get(policy);
  if (known === undefined) {
    known = compileNow(policy);
    compiled.set(policy, known);
  }
  return known;
}

const compiledInZone = new WeakMap<Policy, CompiledPolicy>();

/** One of the versions of a policy, in the zone that all of them have. */
function compileAmong(versions: readonly Policy[], policy: Policy): CompiledPolicy {
  const zone = statedZone(versions);
  if (zone === policy.zone) return compile(policy);
  let known = compiledInZone.get(policy);
  if (known?.zone !== zone) {
    known = { ...compile(policy), zone };
    compiledInZone.set(policy, known);
  }
  return known;
}

function compileNow(policy: Policy): CompiledPolicy {
  const parts = <K extends "deadlines" | "obligations" | "severities" | "formulas" | "notices" | "assessments" | "closures" | "contacts">(key: K) =>
    policy.clauses.flatMap(({ id, ...clause }) => (clause[key] ?? []).map((entry) => ({ clause: id, entry }))) as Part<K>[];
  return {
    policy,
    zone: policy.zone,
    conditions: policy.clauses.flatMap(({ id, conditions }) =>
      (conditions ?? []).map((entry) => ({
        clause: id,
        condition: entry.condition,
        when: entry.when,
        except: entry.except,
        parameters: entry,
        judge: judgeOf(entry),
      })),
    ),
    deadlines: parts("deadlines"),
    obligations: parts("obligations"),
    severities: parts("severities"),
    formulas: parts("formulas"),
    notices: parts("notices"),
    readings: new Map([...commonReadings, ...policy.readings].map((reading) => [reading.id, reading])),
    circumstances: new Set(
      policy.clauses.flatMap(({ conditions }) =>
        (conditions ?? []).flatMap((entry) =>
          entry.condition === "circumstance"
            ? [...entry.tags, ...(entry.unless !== undefined && "circumstance" in entry.unless ? [entry.unless.circumstance] : [])]
            : [],
        ),
      ),
    ),
    calendars: new Map(),
    assessments: parts("assessments").map(({ clause, entry }) => ({ clause, entry: withLists(entry) })),
    closures: parts("closures"),
    contacts: parts("contacts"),
  };
}

const withLists = ({ all = [], any = [], denied = [], none = [], ...entry }: AssessmentEntry): StatedAssessment => ({
  ...entry,
  all,
  any,
  denied,
  none,
});

/** The clause and figures of a formula of the policy, or undefined where its text has none. */
export function formulaOf<Name extends FormulaEntry["formula"]>(
  { formulas }: CompiledPolicy,
  name: Name,
): { clause: string; entry: FormulaOf<Name> } | undefined {
  return formulas.find(({ entry }) => entry.formula === name) as { clause: string; entry: FormulaOf<Name> } | undefined;
}

/** The clause of the first condition of this name; "common", which stands for the rules common to all policies, where the text has none. */
export const clauseOf = ({ conditions }: CompiledPolicy, name: CompiledCondition["condition"]): string =>
  conditions.find(({ condition }) => condition === name)?.clause ?? "common";

/**
 * The calendar under this name, compiled at first use: the policy's, with what the contract's parties agreed of it.
 * Null where hours or zone are stated nowhere; `zone` is the one of the contract or the premises.
 */
export function calendarOf(of: CompiledPolicy, id: string, contract: Contract | null = null, zone: string | null = null): Calendar | null {
  const agreed = contract?.settings?.calendars;
  const terms = agreed !== undefined && Object.hasOwn(agreed, id) ? agreed[id] : undefined;
  const text = of.policy.calendars[id];
  const stated = text?.instead === undefined ? text : new Readings(of, contract).under(text);
  if (terms !== undefined) return compiledFrom(stated, terms, zone);
  const key = `${id} ${stated?.zone ?? zone}${stated === text ? "" : ` ${JSON.stringify(stated?.weekly)}`}`;
  let calendar = of.calendars.get(key);
  if (calendar === undefined) {
    calendar = compiledFrom(stated, {}, zone);
    of.calendars.set(key, calendar);
  }
  return calendar;
}

function compiledFrom(stated: CalendarEntry | undefined, agreed: AgreedCalendar, zone: string | null): Calendar | null {
  const where = agreed.zone ?? stated?.zone ?? zone;
  const weekly = agreed.weekly ?? stated?.weekly;
  if (where === null || weekly == null) return null;
  return compileCalendar({ zone: where, weekly, holidays: agreed.holidays ?? stated?.holidays ?? null });
}

/** Versions of policies by id, each list in order of effect. */
export type PolicyBook = ReadonlyMap<string, readonly Policy[]>;

/** A book of these policies. */
export function policyBook(policies: readonly Policy[]): PolicyBook {
  const book = new Map<string, Policy[]>();
  for (const policy of policies) book.set(policy.id, [...(book.get(policy.id) ?? []), policy]);
  for (const versions of book.values()) versions.sort((a, b) => compareDates(a.effectiveFrom, b.effectiveFrom));
  return book;
}

/** The book with an operator's own policies added; versions of the same id stand in one list, in order of effect. */
export function withOwn(book: PolicyBook, own: readonly Policy[]): PolicyBook {
  return own.length === 0 ? book : policyBook([...[...book.values()].flat(), ...own]);
}

const compareDates = (a: string | null, b: string | null) => (a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1);

/** The version in force on a day (reading `governing-version`): the latest that took effect by then; before the first, the first. */
export function inForce(book: PolicyBook, policyId: string, day: CalendarDate): CompiledPolicy | undefined {
  const versions = book.get(policyId) ?? [];
  const found = versions[inForceAt(versions, day)];
  return found && compileAmong(versions, found);
}

/** The version of this name. */
export function versionNamed(book: PolicyBook, policyId: string, name: string): CompiledPolicy | undefined {
  const versions = book.get(policyId) ?? [];
  const found = versions.find(({ version }) => version === name);
  return found && compileAmong(versions, found);
}

/**
 * In which the days of a policy begin, whichever version governs: a text that states no zone leaves a fact open, and the
 * version that states it supplies that for all of them. Null where none does.
 */
export const statedZone = (versions: readonly Policy[]): Policy["zone"] => versions.find(({ zone }) => zone !== null)?.zone ?? null;

/** The version in force on a day and those that take effect later: what may govern a contract whose term begins on it. */
export function inForceFrom(book: PolicyBook, policyId: string, day: CalendarDate): readonly Policy[] {
  const versions = book.get(policyId) ?? [];
  return versions.slice(inForceAt(versions, day));
}

const inForceAt = (versions: readonly Policy[], day: CalendarDate) =>
  Math.max(
    versions.findLastIndex(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= day),
    0,
  );
