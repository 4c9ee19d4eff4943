/**
 * What is wrong with a policy beyond its shape, told to the person who wrote it: names that lead nowhere, clauses that do
 * nothing, calendars that end too early, formulas that lack what they need, conditions that contradict one another.
 */
import * as z from "zod";
import type { CalendarEntry } from "./calendar-shape.ts";
import { commonReadings } from "./policies/common-readings.ts";
import { type ConditionEntry, type FormulaEntry, formulaEntry, type Policy, type ReadingEntry } from "./policy.ts";
import { harmProblems } from "./policy-lint-harm.ts";
import { escaped, everyPart, mayBothBeAsked, mayHoldAtOnce, quoted } from "./policy-parts.ts";
import { licenseKind, type When } from "./policy-words.ts";
import { requestKind } from "./questions/entitlement-request.ts";
import type { Refusal } from "./refusal.ts";
import { calendarProblems } from "./time/business-calendar.ts";

/** What a rule looks at: the policy, with everything in it that can be named. */
interface Linted {
  policy: Policy;
  /** Its own and those common to all policies. */
  readings: ReadonlyMap<string, ReadingEntry>;
  neededThrough: number | null;
}

/** Every problem of a policy, each with its place; none for a sound one. @param neededThrough last year that its calendars must reach, where that is known */
export function lint(policy: Policy, neededThrough: number | null = null): Refusal[] {
  const readings = new Map([...policy.readings, ...commonReadings].map((reading) => [reading.id, reading]));
  const linted: Linted = { policy, readings, neededThrough };
  return [...rules.flatMap((rule) => rule(linted)), ...harmProblems(policy)];
}

const rules = [
  names,
  readingsSound,
  choicesKnown,
  clausesDoSomething,
  coverAsked,
  referencesLead,
  calendarsSound,
  deadlinesSound,
  formulasComplete,
  conditionsAgree,
];

/** A name of a list, which must be one of those there are. */
function known(pointer: string, what: string, name: string | undefined, names: readonly string[]): Refusal[] {
  if (name === undefined || names.includes(name)) return [];
  return [{ pointer, detail: `there is no ${what} \`${name}\`; the policy has ${names.length === 0 ? "none" : quoted(names)}` }];
}

function twice(ids: readonly string[], pointer: (index: number) => string, what: string): Refusal[] {
  return ids.flatMap((id, index) => (ids.indexOf(id) === index ? [] : [{ pointer: pointer(index), detail: `${what} \`${id}\` is listed twice` }]));
}

const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);

function names({ policy }: Linted): Refusal[] {
  return [
    ...twice(idsOf(policy.clauses), (index) => `/clauses/${index}/id`, "clause"),
    ...twice(idsOf(policy.severities), (index) => `/severities/${index}/id`, "severity"),
    ...twice(idsOf(policy.readings), (index) => `/readings/${index}/id`, "reading"),
    ...twice(policy.programs, (index) => `/programs/${index}`, "program"),
  ];
}

function readingsSound({ policy }: Linted): Refusal[] {
  const common = idsOf(commonReadings);
  return policy.readings.flatMap(({ id, options, default: chosen }, index) => {
    const at = `/readings/${index}`;
    const found = [...twice(idsOf(options), (option) => `${at}/options/${option}/id`, "option"), ...noOption(`${at}/default`, id, chosen, options)];
    if (common.includes(id))
      found.push({ pointer: `${at}/id`, detail: `reading \`${id}\` is common to all policies: choose its option in \`choices\`` });
    return found;
  });
}

function noOption(pointer: string, reading: string, option: string, options: readonly { id: string }[]): Refusal[] {
  if (options.some(({ id }) => id === option)) return [];
  return [{ pointer, detail: `reading \`${reading}\` has no option \`${option}\`; it has ${quoted(idsOf(options))}` }];
}

function noReading({ readings }: Linted, pointer: string, id: string): Refusal[] {
  return readings.has(id) ? [] : [{ pointer, detail: `there is no reading \`${id}\`; the policy has ${quoted(readings.keys())}` }];
}

function choicesKnown(linted: Linted): Refusal[] {
  return Object.entries(linted.policy.choices ?? {}).flatMap(([id, option]) => {
    const pointer = `/choices/${escaped(id)}`;
    const reading = linted.readings.get(id);
    return reading === undefined ? noReading(linted, pointer, id) : noOption(pointer, id, option, reading.options);
  });
}

function clausesDoSomething({ policy }: Linted): Refusal[] {
  return policy.clauses.flatMap((clause, index) => {
    const { id, says, informs, lost, ...parts } = clause;
    if (informs !== undefined || Object.values(parts).some((part) => part !== undefined && part.length > 0)) return [];
    return [{ pointer: `/clauses/${index}`, detail: `clause \`${id}\` decides nothing: give it a part, or say in \`informs\` why not` }];
  });
}

/** Cover is a condition of every policy: without it nobody could say of a license that is not held why it is not supported. */
function coverAsked({ policy, readings }: Linted): Refusal[] {
  const asked = everyPart(policy, "conditions").flatMap(({ entry }) => (entry.condition === "covered" ? [entry] : []));
  const always = (when: When | undefined, among: typeof asked) =>
    when === undefined ||
    idsOf(readings.get(when.reading)?.options ?? []).every((option) =>
      among.some((one) => one.when?.reading === when.reading && one.when.is === option),
    );
  const without = (policy.programs.length === 0 ? [undefined] : policy.programs).find((program) => {
    const its = asked.filter(({ programs }) => programs === undefined || program === undefined || programs.includes(program));
    return !its.some(({ when }) => always(when, its));
  });
  if (without === undefined && asked.length > 0) return [];
  const detail =
    asked.length === 0
      ? "no clause has the condition `covered`"
      : `the condition \`covered\` is not asked under every option of its reading${asked.some(({ programs }) => programs !== undefined) ? ` and every program: not under \`${without}\`` : ""}`;
  return [{ pointer: "/clauses", detail: `${detail}: a license without support would pass` }];
}

/** Whatever names a reading, an option, a clause, a severity, a program, a calendar or a kind of request, wherever it stands. */
function referencesLead(linted: Linted): Refusal[] {
  const { policy } = linted;
  const clauses = idsOf(policy.clauses);
  const severities = idsOf(policy.severities);
  const calendars = Object.keys(policy.calendars);
  const within: Record<string, [what: string, names: readonly string[]]> = {
    clause: ["clause", clauses],
    severity: ["severity", severities],
    severities: ["severity", severities],
    program: ["program", policy.programs],
    programs: ["program", policy.programs],
    calendar: ["calendar", calendars],
    calendars: ["calendar", calendars],
    kinds: ["kind of request", requestKind.options],
    exceptServices: ["service", servicesOf(policy)],
  };
  const found: Refusal[] = [];
  const visit = (value: unknown, at: string, part: string): void => {
    if (typeof value !== "object" || value === null) return;
    if ("reading" in value) found.push(...readingNamed(linted, value as { reading: string; is?: string }, at));
    for (const [key, member] of Object.entries(value)) {
      const pointer = `${at}/${escaped(key)}`;
      const [what, there] = (Object.hasOwn(within, key) && !isOwn(part, key) && within[key]) || [];
      if (what === undefined) visit(member, pointer, Array.isArray(value) ? part : key);
      else for (const [inner, name] of namesIn(member)) found.push(...known(pointer + inner, what, name, there ?? []));
    }
  };
  policy.clauses.forEach((clause, index) => {
    visit(clause, `/clauses/${index}`, "clause");
  });
  for (const [id, calendar] of Object.entries(policy.calendars)) visit(calendar, `/calendars/${escaped(id)}`, "calendar");
  for (const [id, region] of Object.entries(policy.regions ?? {})) visit(region, `/regions/${id}`, "region");
  return found;
}

/** What a request may name as its service: benefits, and circumstances under their tags. */
const servicesOf = (policy: Policy): string[] => [
  ...everyPart(policy, "benefits").map(({ entry }) => entry.benefit),
  ...everyPart(policy, "conditions").flatMap(({ entry }) => (entry.condition === "circumstance" ? entry.tags : [])),
];

/** In conditions, `kinds` are those of the condition's own subject, held by its schema; `severities` of a clause are its parts. */
const isOwn = (part: string, key: string) => (part === "conditions" && key === "kinds") || (part === "clause" && key === "severities");

/** The names that a member gives, each with where it stands: one, a list of them, or one for each key. */
function namesIn(member: unknown): [inner: string, name: string][] {
  if (typeof member === "string") return [["", member]];
  if (typeof member !== "object" || member === null) return [];
  return Object.entries(member).flatMap(([key, name]) => (typeof name === "string" ? [[`/${escaped(key)}`, name]] : []) as [string, string][]);
}

function readingNamed(linted: Linted, { reading: id, is }: { reading: string; is?: string }, at: string): Refusal[] {
  const reading = linted.readings.get(id);
  if (reading === undefined) return noReading(linted, `${at}/reading`, id);
  return is === undefined ? [] : noOption(`${at}/is`, id, is, reading.options);
}

function calendarsSound({ policy, neededThrough }: Linted): Refusal[] {
  const { effectiveFrom } = policy;
  const begins = effectiveFrom === null ? null : Number(effectiveFrom.slice(0, 4));
  return Object.entries(policy.calendars).flatMap(([id, calendar]) => {
    const at = `/calendars/${escaped(id)}`;
    const { holidays } = calendar;
    const found = problemsOf(calendar).map((detail) => ({ pointer: detail.startsWith("holidays") ? `${at}/holidays` : `${at}/weekly`, detail }));
    calendar.instead?.forEach(({ weekly = null }, index) => {
      const its = problemsOf({ ...calendar, weekly, holidays: null });
      found.push(...its.map((detail) => ({ pointer: `${at}/instead/${index}/weekly`, detail })));
    });
    found.push(...datesOutside(holidays).map(({ index, detail }) => ({ pointer: `${at}/holidays/dates/${index}`, detail })));
    // One year less than the first: holidays are stated not to be known.
    if (holidays === null || holidays.lastYear < holidays.firstYear) return found;
    const needed = Math.max(begins ?? 0, neededThrough ?? 0);
    if (holidays.lastYear < needed) {
      const why = needed === begins ? `the policy is in force from ${effectiveFrom}` : `${needed} is needed`;
      found.push({ pointer: `${at}/holidays/lastYear`, detail: `the holidays end with ${holidays.lastYear}, and ${why}: list those of later years` });
    }
    return found;
  });
}

/** Hours that are not stated are looked at as if it were always open; each date has a place of its own. */
function problemsOf({ zone, weekly, holidays }: CalendarEntry): string[] {
  return calendarProblems({ zone, weekly: weekly ?? { mon: [["00:00", "24:00"]] }, holidays: holidays && { ...holidays, dates: [] } });
}

function datesOutside(holidays: CalendarEntry["holidays"]): { index: number; detail: string }[] {
  const { firstYear = 0, lastYear = 0, dates = [] } = holidays ?? {};
  return dates.flatMap((date, index) => {
    const year = Number(date.slice(0, 4));
    return year < firstYear || year > lastYear ? [{ index, detail: `${date} is outside ${firstYear}–${lastYear}` }] : [];
  });
}

function deadlinesSound({ policy }: Linted): Refusal[] {
  const seen: { when: When | undefined; key: string }[] = [];
  return everyPart(policy, "deadlines").flatMap(({ entry, pointer }) => {
    const { deadline, severity, program, when, targetMinutes, missing, commitment } = entry;
    const found: Refusal[] = [];
    if (targetMinutes === undefined && missing === undefined && commitment !== "none") {
      found.push({
        pointer,
        detail: "the deadline has no target: give `targetMinutes`, name the document that states it in `missing`, or set `commitment` to `none`",
      });
    }
    if (targetMinutes !== undefined && missing !== undefined)
      found.push({ pointer: `${pointer}/missing`, detail: "the target is stated, so no document is missing" });
    const key = `${deadline} ${severity} ${program}`;
    if (seen.some((one) => one.key === key && mayHoldAtOnce(one.when, when)))
      found.push({ pointer, detail: `the ${deadline} of this severity and program is promised twice` });
    seen.push({ when, key });
    return found;
  });
}

type FormulaName = FormulaEntry["formula"];

/** What each formula is nothing without: of each group, one. */
const needs: Partial<Record<FormulaName, readonly (readonly FormulaName[])[]>> = {
  "whole-non-renewal": [["renewal"]],
  "price-cap": [["renewal"]],
  "additional-purchase": [["initial-period"]],
  "co-term": [["renewal"], ["initial-period"]],
  reinstatement: [["forward-fees", "listed-reinstatement-fee", "back-fees"], ["reinstatement-window"]],
  "forward-fees": [["reinstatement"]],
  "listed-reinstatement-fee": [["reinstatement"]],
  "back-fees": [["reinstatement"]],
  "reinstatement-fee": [["reinstatement"]],
  "reinstatement-window": [["reinstatement"]],
};

const baseNeeds: Record<string, readonly FormulaName[]> = {
  "back-and-forward": ["back-fees", "forward-fees"],
  "all-applicable": ["back-fees", "forward-fees"],
  forward: ["forward-fees"],
  back: ["back-fees"],
};

function formulasComplete({ policy, readings }: Linted): Refusal[] {
  const formulas = everyPart(policy, "formulas");
  const has = (name: FormulaName) => formulas.some(({ entry }) => entry.formula === name);
  const stated = new Set<string>();
  return formulas
    .flatMap(({ entry, pointer }) => {
      const found: Refusal[] = [];
      for (const group of needs[entry.formula] ?? []) {
        if (!group.some(has))
          found.push({ pointer, detail: `\`${entry.formula}\` needs ${group.map((name) => `\`${name}\``).join(" or ")}, and the policy has none` });
      }
      if (entry.formula === "reinstatement-fee") {
        const bases = typeof entry.base === "string" ? [entry.base] : idsOf(readings.get(entry.base.reading)?.options ?? []);
        const absent = new Set(bases.flatMap((base) => baseNeeds[base] ?? []).filter((name) => !has(name)));
        for (const name of absent)
          found.push({ pointer: `${pointer}/base`, detail: `the base of the fee needs \`${name}\`, and the policy has none` });
      }
      const key = entry.formula === "whole-non-renewal" ? `${entry.formula} ${entry.group}` : entry.formula;
      if (stated.has(key)) found.push({ pointer, detail: `\`${entry.formula}\` is stated twice: only the first would count` });
      stated.add(key);
      for (const [field, value] of Object.entries(entry)) found.push(...methodsNamed(entry.formula, field, value, `${pointer}/${field}`, readings));
      return found;
    })
    .concat(closuresCount(policy, readings), rulesRead(policy, readings));
}

/** A reading that chooses a method has methods as its options. */
function methodsNamed(formula: FormulaName, field: string, value: unknown, pointer: string, readings: Linted["readings"]): Refusal[] {
  if (field === "when" || typeof value !== "object" || value === null || !("reading" in value)) return [];
  const shape = formulaEntry.options.find((option) => option.shape.formula.value === formula)?.shape as Record<string, unknown> | undefined;
  const allowed =
    shape?.[field] instanceof z.ZodUnion ? shape[field].options.flatMap((option) => (option instanceof z.ZodEnum ? option.options : [])) : [];
  return optionsAmong(value as { reading: string }, allowed as string[], pointer, readings);
}

function optionsAmong({ reading }: { reading: string }, allowed: readonly string[], pointer: string, readings: Linted["readings"]): Refusal[] {
  const strange = idsOf(readings.get(reading)?.options ?? []).filter((id) => !allowed.includes(id));
  return strange.map((id) => ({
    pointer: `${pointer}/reading`,
    detail: `option \`${id}\` of reading \`${reading}\` is no method here; methods are ${quoted(allowed)}`,
  }));
}

function closuresCount(policy: Policy, readings: Linted["readings"]): Refusal[] {
  return everyPart(policy, "closures").flatMap(({ entry, pointer }) =>
    entry.ground === "no-answer"
      ? optionsAmong(entry.countedFrom, ["last-vendor-message", "first-unanswered"], `${pointer}/countedFrom`, readings)
      : [],
  );
}

/** What becomes of somebody who owes, and of a product whose end is announced, where a reading says it. */
function rulesRead(policy: Policy, readings: Linted["readings"]): Refusal[] {
  const read = (value: string | { reading: string } | undefined, allowed: readonly string[], pointer: string) =>
    typeof value === "object" && value !== null ? optionsAmong(value, allowed, pointer, readings) : [];
  return [
    ...everyPart(policy, "benefits").flatMap(({ entry, pointer }) => read(entry.owing, ["current-agreement", "while-paid"], `${pointer}/owing`)),
    ...everyPart(policy, "conditions").flatMap(({ entry, pointer }) =>
      entry.condition === "payments-current" ? read(entry.ofSubscription, ["support-invoices", "subscription-too"], `${pointer}/ofSubscription`) : [],
    ),
    ...everyPart(policy, "conditions").flatMap(({ entry, pointer }) =>
      entry.condition === "version-supported" ? read(entry.announced, ["day-announced", "at-once"], `${pointer}/announced`) : [],
    ),
  ];
}

/** Parameters of a condition that tell how, not whether, it is judged. */
const notDeciding = ["condition", "otherwise", "when", "programs", "cure", "except", "says", "states", "words", "tags", "kinds"];

/** The same is asked twice, both can hold at once, and what follows differs. */
function conditionsAgree({ policy }: Linted): Refusal[] {
  const conditions = everyPart(policy, "conditions");
  return conditions.flatMap((one, index) => {
    const other = conditions.slice(0, index).find((before) => before.entry.otherwise !== one.entry.otherwise && asksTheSame(before.entry, one.entry));
    if (other === undefined) return [];
    const said =
      one.entry.condition === "circumstance"
        ? `circumstance \`${shared(other.entry, one.entry, "tags")?.[0]}\``
        : `condition \`${one.entry.condition}\``;
    return [
      {
        pointer: one.pointer,
        detail: `${said} gives \`${one.entry.otherwise}\` here and \`${other.entry.otherwise}\` at clause \`${other.clause}\`, and both can hold at once`,
      },
    ];
  });
}

function asksTheSame(a: ConditionEntry, b: ConditionEntry): boolean {
  if (a.condition !== b.condition || !mayBothBeAsked(a, b)) return false;
  const excepted = new Set([...(a.except ?? []), ...(b.except ?? [])]);
  if (licenseKind.options.every((kind) => excepted.has(kind))) return false;
  for (const list of ["tags", "kinds"] as const) if (shared(a, b, list)?.length === 0) return false;
  return a.condition === "circumstance" || deciding(a) === deciding(b);
}

/** What two lists have in common; undefined where the conditions have no such list. */
function shared(a: ConditionEntry, b: ConditionEntry, list: "tags" | "kinds"): string[] | undefined {
  const [its, others] = [a, b].map((entry) => (entry as Partial<Record<typeof list, string[]>>)[list]);
  return its === undefined || others === undefined ? undefined : its.filter((name) => others.includes(name));
}

/** Text of the parameters that decide, whatever order they were written in. */
const deciding = (entry: ConditionEntry) =>
  JSON.stringify(
    Object.entries(entry)
      .filter(([key]) => !notDeciding.includes(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
