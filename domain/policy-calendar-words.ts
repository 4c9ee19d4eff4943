/** A calendar of a policy in words: its hours, its zone, and which holidays are known. */
import type { CalendarEntry } from "./calendar-shape.ts";
import { weekdays } from "./time/calendar-spec.ts";

/** "mon–fri 08:00–17:00, Europe/Zurich, less the holidays listed for 2015 to 2040". @param policyZone counts where the calendar states none */
export function calendarInWords({ zone, weekly, holidays }: CalendarEntry, policyZone: string | null): string {
  const hours = weekly === null ? "hours not stated" : hoursInWords(weekly);
  const where = zone ?? (policyZone === "premises" ? null : policyZone) ?? "time zone of the contract or the premises";
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
