/** A policy as a page that a person can read beside the text: Markdown, made from the data and from nothing else. */
import type { Policy } from "./policy.ts";
import { type ExplainedClause, type ExplainedReading, explain, type LeftUnknown } from "./policy-explained.ts";

export function policyPage(policy: Policy): string {
  const { calendars, clauses, readings, unknown } = explain(policy);
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
      calendars.map(({ calendar, says }) => `\`${calendar}\`: ${says}`),
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
