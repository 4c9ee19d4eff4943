/** The smallest shapes that documents are made of: ids, texts, days, instants, money. Their messages say what to mend. */
import * as z from "zod";
import { idRule, instantRule, textRules } from "./lean-shapes.ts";
import { currencies, isAmount, type Money, minorDigits } from "./money.ts";
import { isCalendarDate } from "./time/calendar-date.ts";
import { isZone } from "./time/zone.ts";

export const identifier = z.string().check(idRule).meta({ id: "Identifier", description: "The caller's own id.", example: "acme" });

export const text = (most: number) => z.string().check(...textRules(most));

export const calendarDate = z
  .string()
  .refine(isCalendarDate, "must be a date that exists, YYYY-MM-DD, in the years 1000 to 9000")
  .meta({ id: "CalendarDate", format: "date", description: "A day, in the policy's zone.", example: "2026-03-01" });

export const instant = z
  .string()
  .check(instantRule)
  .meta({ id: "Instant", format: "date-time", description: "An instant in UTC.", example: "2026-03-02T09:30:00Z" });

export const currency = z
  .string()
  .refine((code) => Object.hasOwn(currencies, code), "must be an ISO 4217 currency code")
  .meta({ id: "Currency", description: "ISO 4217 code.", example: "CHF" });

export const money = z
  .strictObject({ amount: z.string(), currency })
  .refine((value) => !Object.hasOwn(currencies, value.currency) || isAmount(value.amount, value.currency), {
    path: ["amount"],
    error: ({ input }) => `must be a decimal string with exactly the currency's minor digits, zero or more, such as ${exampleIn(input as Money)}`,
  })
  .meta({ id: "Money", description: "A decimal string with exactly the currency's minor digits." });

function exampleIn({ currency }: Money): string {
  const digits = minorDigits(currency);
  return digits === 0 ? "10500" : `10500.${"0".repeat(digits)}`;
}

export const zone = z.string().refine(isZone, "must be an IANA time zone, such as Europe/Zurich").meta({ id: "Zone", example: "Europe/Zurich" });

export const tag = z
  .string()
  .regex(/^[a-z0-9][A-Za-z0-9.()\-:]{0,63}$/, "must be a short name, such as severity-1")
  .meta({ id: "Tag" });
