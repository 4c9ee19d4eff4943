/** What changes for a customer from one policy, or version of it, to another: clause by clause, in words. */
import type { Policy } from "../../domain/policy.ts";
import { type ExplainedClause, type ExplainedReading, explain } from "../../domain/policy-explained.ts";

/** A line each; one line where nothing changes. */
export function differencesInWords(before: Policy, after: Policy): string[] {
  const [was, is] = [explain(before), explain(after)];
  const found = [
    ...ofDocument(before, after),
    ...byId(was.clauses, is.clauses, ({ clause }) => clause, "clause", clauseIs, clauseChanged),
    ...byId(
      was.readings,
      is.readings,
      ({ id }) => id,
      "reading",
      ({ question }) => [question],
      readingChanged,
    ),
    ...gained(
      was.unknown.map(({ what }) => what),
      is.unknown.map(({ what }) => what),
      "unknown from now on",
      "known from now on",
    ),
  ];
  return found.length === 0 ? ["nothing changes"] : found;
}

const text = (value: unknown) => (value === null || value === undefined ? "not stated" : typeof value === "string" ? value : JSON.stringify(value));

function ofDocument(before: Policy, after: Policy): string[] {
  const fields = ["id", "version", "vendor", "title", "zone", "effectiveFrom"] as const;
  const changed = fields.filter((field) => before[field] !== after[field]).map((field) => `${field}: ${text(before[field])} → ${text(after[field])}`);
  const lists = [
    ...gained(before.programs, after.programs, "new program", "no longer a program"),
    ...gained(
      before.severities.map(({ id, says }) => `${id} (${says})`),
      after.severities.map(({ id, says }) => `${id} (${says})`),
      "new severity",
      "no longer a severity",
    ),
  ];
  const calendars = [...new Set([...Object.keys(before.calendars), ...Object.keys(after.calendars)])].flatMap((id) => {
    const [was, is] = [before.calendars[id], after.calendars[id]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    if (was === undefined || is === undefined) return [`calendar ${id} is ${was === undefined ? "new" : "gone"}`];
    const parts = (["zone", "weekly", "holidays", "when"] as const).filter((part) => JSON.stringify(was[part]) !== JSON.stringify(is[part]));
    return [`calendar ${id}: other ${parts.join(", ")}`];
  });
  return [...changed, ...lists, ...calendars];
}

function byId<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (one: T) => string,
  what: string,
  tell: (one: T) => string[],
  changed: (was: T, is: T) => string[],
): string[] {
  const known = new Map(before.map((one) => [idOf(one), one]));
  const kept = new Set(after.map(idOf));
  return [
    ...before.filter((one) => !kept.has(idOf(one))).flatMap((one) => [`${what} ${idOf(one)} is gone:`, ...tell(one).map((line) => `  - ${line}`)]),
    ...after.flatMap((one) => {
      const was = known.get(idOf(one));
      if (was === undefined) return [`${what} ${idOf(one)} is new:`, ...tell(one).map((line) => `  + ${line}`)];
      const lines = changed(was, one);
      return lines.length === 0 ? [] : [`${what} ${idOf(one)}:`, ...lines.map((line) => `  ${line}`)];
    }),
  ];
}

const clauseIs = ({ says, does, informs }: ExplainedClause) => [says, ...does, ...(informs === null ? [] : [`decides nothing: ${informs}`])];

const clauseChanged = (was: ExplainedClause, is: ExplainedClause) => signed(clauseIs(was), clauseIs(is));

function readingChanged(was: ExplainedReading, is: ExplainedReading): string[] {
  const options = ({ options }: ExplainedReading) => options.map(({ id, says }) => `option \`${id}\`: ${says}`);
  const chosen = was.chosen === is.chosen ? [] : [`chosen: \`${was.chosen}\` → \`${is.chosen}\``];
  return [...chosen, ...signed([was.question, ...options(was)], [is.question, ...options(is)])];
}

/** Lines that are gone and lines that are new. */
function signed(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

function gained(before: readonly string[], after: readonly string[], news: string, gone: string): string[] {
  return [
    ...before.filter((one) => !after.includes(one)).map((one) => `${gone}: ${one}`),
    ...after.filter((one) => !before.includes(one)).map((one) => `${news}: ${one}`),
  ];
}
