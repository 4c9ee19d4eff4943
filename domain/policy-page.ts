/** A policy as a page that a person can read beside the text: Markdown, made from the data and from nothing else. */
import type { CalendarEntry } from "./calendar-shape.ts";
import type { Policy } from "./policy.ts";
import { type ExplainedClause, type ExplainedReading, explain, type LeftUnknown } from "./policy-explained.ts";
import { weekdays } from "./time/calendar-spec.ts";

export function policyPage(policy: Policy): string {
  const { clauses, readings, unknown } = explain(policy);
  const sections = [
    `# ${policy.vendor}: ${policy.title}`,
    about(policy),
    ...listed(
      "Programs, best first",
      policy.programs.map((program) => `\`${program}\``),
    ),
    ...listed(
      "Severities, gravest first",
      policy.severities.map(({ id, says }) => `\`${id}\`: ${says}`),
    ),
    ...listed(
      "Calendars",
      Object.entries(policy.calendars).map(([id, calendar]) => `\`${id}\`: ${calendarInWords(calendar)}`),
    ),
    "## Clauses",
    ...clauses.map(clauseSection),
    ...(readings.length === 0
      ? []
      : [
          "## Readings",
          "Where the text is unclear; the option marked with * holds unless a contract chooses another.",
          ...readings.map(readingSection),
        ]),
    ...listed("What is unknown", unknown.map(unknownInWords)),
  ];
  return `${sections.join("\n\n")}\n`;
}

function about({ id, version, effectiveFrom, zone }: Policy): string {
  const days =
    zone === null
      ? "its days begin in a time zone that is not stated"
      : zone === "premises"
        ? "its days begin in the time zone of the premises"
        : `its days begin in ${zone}`;
  return `Policy \`${id}\`, version \`${version}\`, in force ${effectiveFrom === null ? "since ever" : `from ${effectiveFrom}`}; ${days}.`;
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${item}`).join("\n")];
}

/** "Monday" of each day is its name in the data: mon–fri 08:00–17:00. */
function calendarInWords({ zone, weekly, holidays }: CalendarEntry): string {
  const hours = weekly === null ? "hours not stated" : hoursInWords(weekly);
  const where = zone ?? "time zone of the contract or the premises";
  if (holidays === null) return `${hours}, ${where}, every day of the year`;
  const less =
    holidays.lastYear < holidays.firstYear
      ? "less holidays that are not stated"
      : `less the holidays listed for ${holidays.firstYear} to ${holidays.lastYear}`;
  return `${hours}, ${where}, ${less}`;
}

function hoursInWords(weekly: NonNullable<CalendarEntry["weekly"]>): string {
  const runs: { first: string; last: string; hours: string }[] = [];
  for (const day of weekdays) {
    const hours = (weekly[day] ?? []).map(([opening, closing]) => `${opening}–${closing}`).join(" and ");
    const run = runs.at(-1);
    if (run?.hours === hours) run.last = day;
    else runs.push({ first: day, last: day, hours });
  }
  return runs
    .filter(({ hours }) => hours !== "")
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`)
    .join(", ");
}

function clauseSection({ clause, says, does, informs }: ExplainedClause): string {
  const lines = [...does, ...(informs === null ? [] : [`${does.length === 0 ? "Decides nothing" : "Decides nothing more"}: ${informs}.`])];
  return [`### ${clause}`, `In our words: ${says}.`, lines.map((line) => `- ${line}`).join("\n")].join("\n\n");
}

function readingSection({ id, question, chosen, options }: ExplainedReading): string {
  const lines = options.flatMap((option) => [
    `- \`${option.id}\`${option.id === chosen ? " *" : ""}: ${option.says}`,
    ...option.effect.map((effect) => `  - ${effect}`),
  ]);
  return [`### ${id}`, question, lines.join("\n")].join("\n\n");
}

function unknownInWords({ what, clause, recordedIn }: LeftUnknown): string {
  return `${what}${clause === null ? "" : ` (${clause})`}${recordedIn === null ? "" : `; recorded in ${recordedIn}`}`;
}
