/** What every question is asked of: the facts that are known, the policies, and the day or instant it is asked for. */
import type { PolicyBook } from "../compiled-policy.ts";
import type { Catalog, Dossier } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { lastInstantOf, localDate } from "../time/zone.ts";

export interface KnownFacts {
  dossier: Dossier;
  catalog: Catalog;
  policies: PolicyBook;
}

/** When the answer is to be true. A date means the last millisecond of that day in the policy's zone. Instants are epoch milliseconds. */
export type AsOf = { date: CalendarDate } | { instant: number };

/** The zones that hold the earliest and the latest local date on Earth. */
export const earliestZone = "Etc/GMT+12";
export const latestZone = "Etc/GMT-14";

/**
 * The local days that `asOf` may be: one in a known zone; where the zone is not set, the earliest and the latest
 * possible one, which may be the same.
 */
export function daysOf(asOf: AsOf, zone: string | null): [CalendarDate] | [CalendarDate, CalendarDate] {
  if ("date" in asOf) return [asOf.date];
  if (zone !== null) return [localDate(asOf.instant, zone)];
  const [first, last] = [localDate(asOf.instant, earliestZone), localDate(asOf.instant, latestZone)];
  return first === last ? [first] : [first, last];
}

/** `asOf` as an instant in the zone; a date without a zone is taken in UTC. */
export function instantOfAsOf(asOf: AsOf, zone: string | null): number {
  return "instant" in asOf ? asOf.instant : lastInstantOf(asOf.date, zone ?? "UTC");
}
