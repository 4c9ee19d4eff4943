/** A calendar in words: the zone is its own, else the policy's, else that of the contract or the premises. */
import { expect, test } from "vitest";
import { calendarInWords } from "../../domain/policy-calendar-words.ts";

const calendar = { zone: null, weekly: { mon: [["08:00", "17:00"] as [string, string]] }, holidays: null };

test.each([
  ["Europe/Zurich", "Europe/Oslo", "mon 08:00–17:00, Europe/Zurich, every day of the year"],
  [null, "Europe/Oslo", "mon 08:00–17:00, Europe/Oslo, every day of the year"],
  [null, "premises", "mon 08:00–17:00, time zone of the contract or the premises, every day of the year"],
  [null, null, "mon 08:00–17:00, time zone of the contract or the premises, every day of the year"],
] as const)("zone %s under a policy in %s", (zone, policyZone, says) => {
  expect(calendarInWords({ ...calendar, zone }, policyZone)).toBe(says);
});
