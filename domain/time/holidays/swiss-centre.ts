/**
 * The days on which the Swiss support centre does not work: the set assumed by reading `ebx-holidays`.
 *
 * Ebiexperts' text says "national and bank holidays of the Swiss centre" and lists none. Assumed: New Year's Day,
 * Good Friday, Easter Monday, Ascension, Whit Monday, National Day, Christmas Day, St Stephen's Day. Cantonal days
 * (2 January, 1 May, …) are not in it; an operator can replace the set. Outside of 2015–2040 holidays are unknown.
 * Drafted from the Easter computus and compared with date-holidays 3.37.0 (CH-ZH); reviewed 2026-11-22.
 */
import type { Holidays } from "../calendar-spec.ts";

const firstYear = 2015;
const lastYear = 2040;

const everyYear = [
  ["01-01", "New Year's Day"],
  ["08-01", "National Day"],
  ["12-25", "Christmas Day"],
  ["12-26", "St Stephen's Day"],
] as const;

/** Year, Good Friday, Easter Monday, Ascension, Whit Monday. */
const movable = [
  [2015, "04-03", "04-06", "05-14", "05-25"],
  [2016, "03-25", "03-28", "05-05", "05-16"],
  [2017, "04-14", "04-17", "05-25", "06-05"],
  [2018, "03-30", "04-02", "05-10", "05-21"],
  [2019, "04-19", "04-22", "05-30", "06-10"],
  [2020, "04-10", "04-13", "05-21", "06-01"],
  [2021, "04-02", "04-05", "05-13", "05-24"],
  [2022, "04-15", "04-18", "05-26", "06-06"],
  [2023, "04-07", "04-10", "05-18", "05-29"],
  [2024, "03-29", "04-01", "05-09", "05-20"],
  [2025, "04-18", "04-21", "05-29", "06-09"],
  [2026, "04-03", "04-06", "05-14", "05-25"],
  [2027, "03-26", "03-29", "05-06", "05-17"],
  [2028, "04-14", "04-17", "05-25", "06-05"],
  [2029, "03-30", "04-02", "05-10", "05-21"],
  [2030, "04-19", "04-22", "05-30", "06-10"],
  [2031, "04-11", "04-14", "05-22", "06-02"],
  [2032, "03-26", "03-29", "05-06", "05-17"],
  [2033, "04-15", "04-18", "05-26", "06-06"],
  [2034, "04-07", "04-10", "05-18", "05-29"],
  [2035, "03-23", "03-26", "05-03", "05-14"],
  [2036, "04-11", "04-14", "05-22", "06-02"],
  [2037, "04-03", "04-06", "05-14", "05-25"],
  [2038, "04-23", "04-26", "06-03", "06-14"],
  [2039, "04-08", "04-11", "05-19", "05-30"],
  [2040, "03-30", "04-02", "05-10", "05-21"],
] as const;

const names: Record<string, string> = {};
for (const [year, goodFriday, easterMonday, ascension, whitMonday] of movable) {
  for (const [day, name] of everyYear) names[`${year}-${day}`] = name;
  names[`${year}-${goodFriday}`] = "Good Friday";
  names[`${year}-${easterMonday}`] = "Easter Monday";
  names[`${year}-${ascension}`] = "Ascension";
  names[`${year}-${whitMonday}`] = "Whit Monday";
}

export const swissCentre: Holidays = { firstYear, lastYear, dates: Object.keys(names).sort(), names };
