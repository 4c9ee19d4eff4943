/** "Is it open now?" Where service is given only in its hours, by the region of the premises. */
import * as z from "zod";
import { calendarOf } from "../compiled-policy.ts";
import type { FactUsed } from "../decision.ts";
import { region } from "../facts.ts";
import { tag } from "../policy-words.ts";
import { closingAfter, isOpenAt, nextOpening } from "../time/business-calendar.ts";
import { mayBeHoliday } from "../time/holidays/possible.ts";
import { formatInstant } from "../time/instant.ts";
import { localDate } from "../time/zone.ts";
import { defineCondition, type Judgement } from "./condition.ts";

const holidayRegion = (of: z.infer<typeof region>) => (of === "uk-eu" || of === "apac" ? of : "us");

export const inOpenHours = defineCondition(
  "open-hours",
  {
    calendars: z.partialRecord(region, tag),
    /** Holidays are excluded and not stated: on a day that may be one in the region nothing can be told. */
    holidaysNotStated: z.literal(true).optional(),
    /** The reading that says in which zones the hours run. */
    zones: z.strictObject({ reading: tag }).optional(),
    otherwise: z.enum(["fail", "discretion"]),
  },
  ({ calendars, otherwise, holidaysNotStated, zones }, { premises, request, policy, contract, zone, at, atIsExact, readings }): Judgement => {
    if (premises === null) {
      const what = request.premisesId === undefined ? "premisesId" : `premises \`${request.premisesId}\``;
      return { result: "unknown", finding: "hours go by the region of the premises, which are not known", missing: what };
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
      };
    if (contract?.settings?.calendars !== undefined && Object.hasOwn(contract.settings.calendars, calendarId)) {
      facts.push({ path: `contracts/${contract.contractId}/settings/calendars/${calendarId}`, value: "addendum" });
    }
    const calendar = calendarOf(policy, calendarId, contract, zone);
    if (calendar === null)
      return {
        result: "unknown",
        finding: `the time zone of premises \`${premises.premisesId}\` is not known`,
        facts,
        missing: `timeZone of premises \`${premises.premisesId}\``,
      };
    readings.use("hours-half-open");
    const open = isOpenAt(calendar, at);
    const agreed = contract?.settings?.calendars?.[calendarId]?.holidays !== undefined;
    if (open === null || (open && holidaysNotStated && !agreed && mayBeHoliday(holidayRegion(premises.region), localDate(at, calendar.zone))))
      return {
        result: "unknown",
        finding: "which days are holidays is not stated, and this day may be one",
        facts,
        missing: `holidays of ${calendarId}`,
      };
    if (open) {
      const closing = closingAfter(calendar, at);
      return { result: "pass", finding: `open${closing === null ? "" : ` until ${formatInstant(closing)}`}`, facts, untilAt: closing };
    }
    const opening = nextOpening(calendar, at);
    return {
      result: otherwise,
      finding: `closed at ${formatInstant(at)}`,
      facts,
      cure: { says: opening === null ? "ask again in open hours" : `opens at ${formatInstant(opening)}` },
      untilAt: opening,
    };
  },
);
