/** "Is it open now?" Where service is given only in its hours, by the region of the premises. */
import { calendarOf } from "../compiled-policy.ts";
import type { FactUsed } from "../decision.ts";
import type { Premises } from "../facts.ts";
import { closingAfter, isOpenAt, nextOpening } from "../time/business-calendar.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { mayBeHoliday } from "../time/holidays/possible.ts";
import { spokenInstant } from "../time/spoken-instant.ts";
import { firstInstantOf, localDate } from "../time/zone.ts";
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

const holidayRegion = (of: Premises["region"]) => (of === "uk-eu" || of === "apac" ? of : "us");

export const inOpenHours: Judge<ParametersOf<"open-hours">> = (
  { calendars, otherwise, holidaysNotStated, zones },
  { premises, request, policy, contract, zone, at, atIsExact, readings },
) => {
  if (premises === null) {
    const what = request.premisesId === undefined ? "premisesId" : `premises \`${request.premisesId}\``;
    const says = request.premisesId === undefined ? "state `premisesId`" : `record ${what}`;
    return { result: "unknown", finding: "hours go by the region of the premises, which are not known", missing: what, cure: { says } };
  }
  const facts: FactUsed[] = [{ path: `premises/${premises.premisesId}/region`, value: premises.region }];
  const calendarId = calendars[premises.region];
  if (calendarId === undefined)
    return { result: "unknown", finding: `no hours are stated for region ${premises.region}`, facts, missing: `hours of ${premises.region}` };
  readings.rely(policy.policy.calendars[calendarId]?.when);
  if (zones !== undefined) readings.use(zones.reading);
  if (!atIsExact)
    return {
      result: "unknown",
      finding: "whether it is open depends on the instant, and only a day is asked for",
      facts,
      missing: "an instant as asOf",
      cure: { says: "ask for an instant" },
    };
  if (contract.settings?.calendars !== undefined && Object.hasOwn(contract.settings.calendars, calendarId)) {
    facts.push({ path: `contracts/${contract.contractId}/settings/calendars/${calendarId}`, value: "addendum" });
  }
  const calendar = calendarOf(policy, calendarId, contract, zone);
  if (calendar === null)
    return {
      result: "unknown",
      finding: `the time zone of premises \`${premises.premisesId}\` is not known`,
      facts,
      missing: `timeZone of premises \`${premises.premisesId}\``,
      cure: { says: `record \`timeZone\` of premises \`${premises.premisesId}\`` },
    };
  readings.use("hours-half-open");
  const open = isOpenAt(calendar, at);
  const agreed = contract.settings?.calendars?.[calendarId]?.holidays !== undefined;
  const unstated = holidaysNotStated === true && !agreed;
  const mayBe = (day: CalendarDate) => unstated && mayBeHoliday(holidayRegion(premises.region), day);
  if (open !== false) {
    const closing = closingAfter(calendar, at);
    const turn = unstated ? turnOf(mayBe, calendar.zone, at, closing) : closing;
    if (open === null || mayBe(localDate(at, calendar.zone)))
      return {
        result: "unknown",
        finding: "which days are holidays is not stated, and this day may be one",
        facts,
        missing: `holidays of ${calendarId}`,
        cure: { says: `record the holidays that were agreed, as the contract's \`settings.calendars\` under \`${calendarId}\`` },
        untilAt: turn,
      };
    const until =
      turn === null ? "" : ` until ${spokenInstant(turn, calendar.zone)}${turn === closing ? "" : ", when a day begins that may be a holiday"}`;
    return { result: "pass", finding: `open${until}`, facts, untilAt: turn };
  }
  const opening = nextOpening(calendar, at);
  const says = opening === null ? null : opens(opening, calendar.zone, mayBe(localDate(opening, calendar.zone)));
  return {
    result: otherwise,
    finding: `closed at ${spokenInstant(at, calendar.zone)}${says === null ? "" : `, ${says}`}`,
    facts,
    cure: { says: says ?? "ask again in open hours" },
    untilAt: opening,
  };
};

const opens = (opening: number, zone: string, mayBe: boolean) =>
  `opens at ${spokenInstant(opening, zone)}${mayBe ? ", unless that day is a holiday" : ""}`;

/** The first instant until the closing at which a day begins that may be a holiday where this one may not, or the other way round; else the closing. */
function turnOf(mayBe: (day: CalendarDate) => boolean, zone: string, at: number, closing: number | null): number | null {
  const today = localDate(at, zone);
  // Where it never closes, a day that may be a holiday comes within a year; only years that are not listed have nothing else.
  for (let ahead = 1; ahead <= 366; ahead++) {
    const day = addDays(today, ahead);
    const begins = firstInstantOf(day, zone);
    if (closing !== null && begins >= closing) return closing;
    if (mayBe(day) !== mayBe(today)) return begins;
  }
  return closing;
}
