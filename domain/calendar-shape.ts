/** The shape of a calendar as data: weekly hours on the wall clock of a zone, less dated holidays. */
import * as z from "zod";
import { when } from "./policy-words.ts";
import { calendarDate, text, zone } from "./shapes.ts";

const clockTime = z.string().regex(/^([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/, "must be a time of day, 00:00 to 24:00");
const openHours = z.array(z.tuple([clockTime, clockTime]).readonly()).readonly();

const weekly = z.strictObject({
  mon: openHours.optional(),
  tue: openHours.optional(),
  wed: openHours.optional(),
  thu: openHours.optional(),
  fri: openHours.optional(),
  sat: openHours.optional(),
  sun: openHours.optional(),
});

/** `lastYear` one before `firstYear` says that there are holidays and none is known. */
const holidays = z
  .strictObject({
    firstYear: z.int().min(1970).max(2200),
    lastYear: z.int().min(1969).max(2200),
    dates: z.array(calendarDate).max(5_000).readonly(),
    names: z.record(z.string(), text(200)).optional(),
  })
  .meta({
    description:
      "Dates listed from the first day of `firstYear` to the last of `lastYear`. `lastYear` one before `firstYear`: there are holidays, and which is not stated.",
  });

/** A calendar of a policy. */
export const calendar = z.strictObject({
  instead: z
    .array(z.strictObject({ when, zone: zone.optional(), weekly: weekly.optional() }))
    .min(1)
    .optional()
    .describe("Another zone or other hours, under an option of a reading."),
  when: when.optional().describe("The reading under which it is known; otherwise whatever is counted by it is unknown."),
  zone: zone.nullable().default(null).describe("Null: that of the policy, the contract or the premises."),
  weekly: weekly
    .nullable()
    .default(null)
    .describe('Open hours by weekday, `[["09:00", "17:00"]]`; a day that is left out is closed. Null: the text does not state them.'),
  holidays: holidays.nullable().default(null).describe("Null: there are none."),
});

/** What the parties agreed of a calendar; what is absent stays as the policy has it. */
export const agreedCalendar = z
  .strictObject({ zone: zone.optional(), weekly: weekly.optional(), holidays: holidays.optional() })
  .meta({ id: "AgreedCalendar" });

export type CalendarEntry = z.infer<typeof calendar>;
export type AgreedCalendar = z.infer<typeof agreedCalendar>;
