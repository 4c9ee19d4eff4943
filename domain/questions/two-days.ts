/** "Which day is it there?" Where no zone is given an instant lies on one of two days; what differs between them is said, never chosen. */
import type { Cure, Reason } from "../decision.ts";
import { daysBetween, isCalendarDate } from "../time/calendar-date.ts";
import type { Place } from "./place.ts";

const zoneUnknown = "on the time zone, which no fact gives";
export const dependsOnZone = `depends ${zoneUnknown}`;

/** What somebody has to record so that there is one day: one for all, where premises lie in several zones. */
export const recordZone = (zone: string | null, place: Place): Cure => ({
  says:
    zone === "premises" && place.length < 2
      ? "record `timeZone` of the premises"
      : "record the agreed time zone as the contract's `settings.timeZone`",
  clause: null,
  price: null,
});

/** "29 or 30 days ago": two sentences in one where they differ in some words only, else one after the other. The same sentence stays as it is. */
export function either(first: string, last: string): string {
  const [a, b] = [wordsOf(first), wordsOf(last)];
  return (a.length === b.length ? inOne(a, b) : null) ?? `${first}; or ${last}`;
}

/** As `either`, and says on what it depends. */
export const eitherDay = (first: string, last: string): string => (first === last ? first : `${either(first, last)}, depending ${zoneUnknown}`);

/** A reason with the same result on both days: each figure that differs is given for both, a price that differs only in words. */
export const eitherReason = (first: Reason, last: Reason): Reason => ({
  ...first,
  finding: eitherDay(first.finding, last.finding),
  cure: eitherCure(first.cure, last.cure),
});

function eitherCure(first: Cure | null, last: Cure | null): Cure | null {
  if (first === null || last === null) return first;
  const same = first.price?.amount === last.price?.amount && first.price?.currency === last.price?.currency;
  return { says: eitherDay(first.says, last.says), clause: first.clause, price: same ? first.price : null };
}

/** Words, the spaces between them, and the commas and semicolons that end them. */
const wordsOf = (sentence: string) => sentence.split(/([,;:]?\s|[,;:.]$)/);

/** Null where dates differ in several places, or what parts the words does: those read only as whole sentences. */
function inOne(a: readonly string[], b: readonly string[]): string | null {
  let told = "";
  const runs: string[] = [];
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) {
      told += a[at];
      continue;
    }
    if (at % 2 === 1) return null;
    // Words side by side that differ are one figure: "1 day or 2 days".
    let end = at + 1;
    while (a[end] === " " && b[end] === " " && a[end + 1] !== b[end + 1]) end += 2;
    runs.push(figure(a.slice(at, end).join(""), b.slice(at, end).join("")));
    told += runs.at(-1);
    at = end - 1;
  }
  return runs.length > 1 && runs.some((run) => /\d-\d/.test(run)) ? null : told;
}

/** The smaller number first; there are hours with three days on Earth: "29 to 31". */
function figure(a: string, b: string): string {
  const apart = isCalendarDate(a) && isCalendarDate(b) ? daysBetween(a, b) : numberOf(b) - numberOf(a);
  const [low, high] = apart < 0 ? [b, a] : [a, b];
  return `${low} ${Math.abs(apart) > 1 ? "to" : "or"} ${high}`;
}

/** Amounts are written with a comma after the thousands. */
const numberOf = (text: string) => Number.parseFloat(text.replaceAll(",", ""));
