/** Which licenses are without support, and when that changes by time alone. */
import type { HeldLicense } from "../../../domain/facts.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { Case } from "./case.ts";
import { covers, held } from "./cover.ts";

export const isCovered = ({ covers: all }: Case, { licenseId }: HeldLicense, day: CalendarDate) =>
  (all.get(licenseId) ?? []).some((cover) => covers(cover, day));

export function isGap(about: Case, license: HeldLicense, day: CalendarDate): boolean {
  if (!held(license, day)) return false;
  if (license.kind === "subscription") return license.termLastDay !== undefined && license.termLastDay < day;
  return !isCovered(about, license, day);
}

/** First day after today on which the state of a license changes by time alone. */
export function firstChange(
  about: Case,
  license: HeldLicense,
  state: (license: HeldLicense, day: CalendarDate) => boolean,
): CalendarDate | undefined {
  const { deliveredOn, retiredOn, termLastDay, licenseId } = license;
  const turns = [deliveredOn];
  if (retiredOn !== undefined) turns.push(retiredOn);
  if (termLastDay !== undefined) turns.push(addDays(termLastDay, 1));
  for (const { firstDay, lastDay } of about.covers.get(licenseId) ?? []) {
    turns.push(firstDay);
    if (lastDay !== null) turns.push(addDays(lastDay, 1));
  }
  const now = state(license, about.day);
  return turns.filter((turn) => turn > about.day && state(license, turn) !== now).sort()[0];
}
