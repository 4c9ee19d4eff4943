/** What is announced of calendars: the listed holidays end soon, and response deadlines beyond them will be unknown. */
import type { CalendarEntry } from "../calendar-shape.ts";
import type { PolicyBook } from "../compiled-policy.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { firstInstantOf } from "../time/zone.ts";
import { beginning, type Candidate, type Followed, type Moment, type Moments } from "./moments.ts";

/** Days ahead of the first day that is not listed. */
const warningDays = [90, 30];

type Holidays = NonNullable<CalendarEntry["holidays"]>;

/** The last listed day; null where none is listed, which is unknown already, or there are no holidays. */
const endOf = (holidays: Holidays | null | undefined): CalendarDate | null =>
  holidays == null || holidays.lastYear < holidays.firstYear ? null : `${holidays.lastYear}-12-31`;

/** Of calendars whose holidays a contract's parties agreed on. */
export function agreedCalendarMoments(followed: Followed): Candidate[] {
  const { contractId, policyId, settings } = followed.contract;
  return Object.entries(settings?.calendars ?? {}).flatMap(([calendar, { holidays }]) => {
    const listedUntil = endOf(holidays);
    if (listedUntil === null) return [];
    return warnings(listedUntil, (day) => beginning(followed, day), {
      of: `${contractId}/${calendar}`,
      data: { contractId, policyId, calendar, listedUntil },
    });
  });
}

/**
 * Of the policies' own calendars: for all accounts at once. A policy has no other moments.
 * @param until milliseconds since 1970
 */
export function policyCalendarMoments(policies: PolicyBook, until: number, isSaid: (mark: string) => boolean): Moments {
  const due: Moment[] = [];
  let nextAt: number | null = null;
  for (const [policyId, versions] of policies) {
    const latest = versions.at(-1);
    for (const [calendar, { holidays, zone }] of Object.entries(latest?.calendars ?? {})) {
      const listedUntil = endOf(holidays);
      if (listedUntil === null) continue;
      const begins = (day: CalendarDate) => firstInstantOf(day, zone ?? "Etc/GMT+12");
      for (const { key, type, dueAt, tell } of warnings(listedUntil, begins, {
        of: `${policyId}/${calendar}`,
        data: { policyId, calendar, listedUntil },
      })) {
        if (dueAt > until) nextAt = Math.min(dueAt, nextAt ?? dueAt);
        const told = dueAt > until || isSaid(key) ? null : tell();
        if (told !== null) due.push({ key, marks: [key], type, dueAt, ...told });
      }
    }
  }
  return { due, nextAt };
}

/** The last day up to which every policy's own calendars list their holidays; null where none lists any. */
export function listedByAllUntil(policies: PolicyBook): CalendarDate | null {
  const ends = [...policies.values()].flatMap((versions) => Object.values(versions.at(-1)?.calendars ?? {}).map(({ holidays }) => endOf(holidays)));
  const known = ends.filter((end) => end !== null).sort();
  return known[0] ?? null;
}

/** Once for each calendar and the year in which it ends. */
function warnings(listedUntil: CalendarDate, begins: (day: CalendarDate) => number, { of, data }: { of: string; data: object }): Candidate[] {
  const end = addDays(listedUntil, 1);
  return warningDays.map((days) => ({
    key: `calendar.running-out/${of}/${listedUntil.slice(0, 4)}/${days}`,
    type: "calendar.running-out",
    dueAt: begins(addDays(end, -days)),
    tell: () => ({ purposeUntil: begins(end), data: { ...data, reminderDays: days } }),
  }));
}
