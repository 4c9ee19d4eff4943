/** A version of a policy beside those that there are: what keeps it from being one of them, and which days it changes after the fact. */
import { statedZone } from "./compiled-policy.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import { addDays, type CalendarDate } from "./time/calendar-date.ts";

/** Problems, each with its place in the document. @param versions the others, in order of effect */
export function besideVersions(document: Policy, versions: readonly Policy[]): Refusal[] {
  const [first] = versions;
  if (first === undefined) return [];
  const found = firstDayOf(document, versions);
  if (first.vendor !== document.vendor) {
    found.push({
      pointer: "/vendor",
      detail: `policy \`${document.id}\` is of vendor \`${first.vendor}\`, got \`${document.vendor}\`: give your policy an id of its own`,
    });
  }
  const zone = statedZone(versions);
  if (zone !== null && zone !== document.zone) {
    found.push({
      pointer: "/zone",
      detail: `the days of policy \`${document.id}\` begin in \`${zone}\` in every version, got \`${document.zone}\``,
    });
  }
  return found;
}

function firstDayOf({ effectiveFrom }: Policy, versions: readonly Policy[]): Refusal[] {
  const pointer = "/effectiveFrom";
  const tie = versions.find((one) => one.effectiveFrom === effectiveFrom);
  if (tie !== undefined) {
    const day = effectiveFrom ?? "since ever";
    return [
      {
        pointer,
        detail: `version \`${tie.version}\` is in force from the same day, ${day}: nobody could tell which governs, give this one another first day`,
      },
    ];
  }
  if (effectiveFrom !== null) return [];
  const [first] = versions as [Policy];
  return [
    {
      pointer,
      detail: `is missing: there is version \`${first.version}\`, in force from ${first.effectiveFrom}, and this one would be in force before it, since ever`,
    },
  ];
}

/** A hint where the first day in force is before today: the days that were under another version and are under this one from now on. */
export function daysChanged({ effectiveFrom }: Policy, versions: readonly Policy[], today: CalendarDate): Refusal[] {
  const before =
    versions.findLast((one) => effectiveFrom !== null && (one.effectiveFrom === null || one.effectiveFrom < effectiveFrom)) ?? versions[0];
  if (effectiveFrom === null || effectiveFrom >= today || before === undefined) return [];
  const next = versions.find((one) => one.effectiveFrom !== null && one.effectiveFrom > effectiveFrom)?.effectiveFrom ?? null;
  const until = next === null ? "on" : `through ${addDays(next, -1)}`;
  const detail = `lies before today, ${today}: the days from ${effectiveFrom} ${until} were under version \`${before.version}\`, and are under this one from now on`;
  return [{ pointer: "/effectiveFrom", detail }];
}
