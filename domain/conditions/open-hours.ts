/** "Is it open now?" Where service is given only in its hours, by the region of the premises. */
import { calendarOf } from "../compiled-policy.ts";
import type { FactUsed } from "../decision.ts";
import type { Premises } from "../facts.ts";
import { or } from "../policy-small-words.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { hoursAt, hoursChangeAfter } from "../time/doubtful-hours.ts";
import { isListedIn, mayBeHoliday } from "../time/holidays/possible.ts";
import { spokenInstant } from "../time/spoken-instant.ts";
import { firstInstantOf, localDate } from "../time/zone.ts";
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

const holidayRegion = (of: Premises["region"]) => (of === "uk-eu" || of === "apac" ? of : "us");

export const inOpenHours: Judge<ParametersOf<"open-hours">> = (
  { calendars, channels, otherwise, holidaysNotStated, zones },
  { premises, request, policy, contract, zone, at, atIsExact, readings },
) => {
  if (channels !== undefined && request.channel !== undefined && !channels.includes(request.channel)) {
    const finding = `the hours stated are those of ${or(channels)}; by ${request.channel} they are not stated`;
    return { result: "unknown", finding, facts: [{ path: "request/channel", value: request.channel }], missing: `hours of ${request.channel}` };
  }
  if (premises === null) {
    const what = request.premisesId === undefined ? "premisesId" : `premises \`${request.premisesId}\``;
    const says = request.premisesId === undefined ? "state `premisesId`" : `record ${what}`;
    return { result: "unknown", finding: "hours go by the region of the premises, which are not known", missing: what, cure: { says } };
  }
  const facts: FactUsed[] = [{ path: `premises/${premises.premisesId}/region`, value: premises.region }];
  const calendarId = calendars[premises.region];
  if (calendarId === undefined)
    return { result: "unknown", finding: `no hours are stated for region ${premises.region}`, facts, missing: `hours of ${premises.region}` };
  readings.relyOn(policy.policy.calendars[calendarId]);
  if (zones !== undefined) readings.use(zones.reading);
  const terms = contract.settings?.calendars;
  const agreed = terms !== undefined && Object.hasOwn(terms, calendarId) ? terms[calendarId] : undefined;
  if (agreed !== undefined) facts.push({ path: `contracts/${contract.contractId}/settings/calendars/${calendarId}`, value: "addendum" });
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
  const region = holidayRegion(premises.region);
  const noneListed = holidaysNotStated === true && agreed?.holidays === undefined;
  const hours = {
    calendar,
    noneListed,
    mayBeHoliday: (day: CalendarDate) => holidaysNotStated !== true || mayBeHoliday(region, day, premises.country),
  };
  const day = localDate(at, calendar.zone);
  // A day stands for all of its instants: it decides where they are alike.
  const from = atIsExact ? at : firstInstantOf(day, calendar.zone);
  const state = hoursAt(hours, from);
  const turn = hoursChangeAfter(hours, from);
  if (turn !== null && turn <= at)
    return {
      result: "unknown",
      finding: "whether it is open depends on the instant, and only a day is asked for",
      facts,
      missing: "an instant as asOf",
      cure: { says: "ask for an instant" },
    };
  const turnsDoubtful = turn !== null && hoursAt(hours, turn) === "doubtful";
  if (state === "doubtful") {
    const elsewhere = holidaysNotStated === true && premises.country !== undefined && !isListedIn(region, premises.country);
    if (elsewhere) facts.push({ path: `premises/${premises.premisesId}/country`, value: premises.country ?? null });
    const year = noneListed ? "" : ` in ${day.slice(0, 4)}`;
    return {
      result: "unknown",
      finding: `which days are holidays${year} is not stated, and this day may be one${elsewhere ? `: the holidays of ${premises.country} are not known` : ""}`,
      facts,
      missing: `holidays of ${calendarId}${year}`,
      cure: { says: `record the holidays${year} that were agreed, as the contract's \`settings.calendars\` under \`${calendarId}\`` },
      untilAt: turn,
    };
  }
  const spoken = turn === null ? null : spokenInstant(turn, calendar.zone);
  if (state === "open") {
    const until = spoken === null ? "" : ` until ${spoken}${turnsDoubtful ? ", when a day begins that may be a holiday" : ""}`;
    return { result: "pass", finding: `open${until}`, facts, untilAt: turn };
  }
  const says = spoken === null ? null : `opens at ${spoken}${turnsDoubtful ? ", unless that day is a holiday" : ""}`;
  return {
    result: otherwise,
    finding: `closed ${atIsExact ? `at ${spokenInstant(at, calendar.zone)}` : `on ${day}`}${says === null ? "" : `, ${says}`}`,
    facts,
    cure: { says: says ?? "ask again in open hours" },
    untilAt: turn,
  };
};
