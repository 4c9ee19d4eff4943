/** Reports at any hour of the years for which holidays are known, more of them around clock changes and holidays, and the targets of the policy. */
import { ebiexperts } from "../../domain/policies/ebiexperts.ts";
import type { CalendarSpec } from "../../domain/time/business-calendar.ts";
import { swissCentre } from "../../domain/time/holidays/swiss-centre.ts";
import { chanceFrom } from "../../infra/local/demo/chance.ts";
import type { Asked } from "./deadline-walks.ts";

export const swissHours = ebiexperts.calendars["standard-business-hours"] as CalendarSpec & { zone: string };

const minute = 60_000;
const first = Date.UTC(2016, 0, 1);
const minutesInYears = (Date.UTC(2039, 0, 1) - first) / minute;

export function askedDeadlines(count: number, seed: number): Asked[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, () => {
    const year = chance.between(2016, 2038);
    const beforeClockChange = Date.UTC(year, chance.oneOf([2, 9]), chance.between(24, 31)) + chance.between(0, 24 * 60) * minute;
    const beforeHoliday = Date.parse(`${chance.oneOf(swissCentre.dates)}T00:00:00Z`) - chance.between(0, 3 * 24 * 60) * minute;
    const anyTime = first + chance.between(0, minutesInYears) * minute;
    const from = chance.oneOf([beforeClockChange, beforeHoliday, anyTime, anyTime]);
    return { from: Math.min(Math.max(from, first), first + minutesInYears * minute), minutes: chance.oneOf([30, 60, 240, 2_880]) };
  });
}
