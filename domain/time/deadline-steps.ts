/**
 * How a deadline came about: what was counted, what was skipped, and why, so that a person can check it by hand.
 *
 * "open 1 h · after closing · closed: Good Friday · closed: weekend · closed: Easter Monday · before opening · open 3 h".
 */
import { dateOfDay, isoWeekdayOfDay } from "./calendar-date.ts";
import { closingAfter, dueAfter, nextOpening, openTimeBetween } from "./open-time.ts";
import { type Calendar, isListed, weeklyWindows } from "./open-windows.ts";
import { firstInstantOfDay, localDay, millisecondsPerDay, offsetAt } from "./zone.ts";

/** A stretch from one instant to the next, with the open time counted in it, in milliseconds. */
export interface Step {
  from: number;
  to: number;
  counted: number;
  note: string;
}

/**
 * When the time is up, and the steps, which follow one another without a gap from the start to `dueAt` and whose
 * counted times add up to what was asked. Or the first day on the way whose holidays nobody listed.
 */
export type Reckoned = { dueAt: number; steps: Step[] } | { unknownFrom: string };

/** Long reckonings keep this many steps at either end; what lies between becomes one. */
const stepsKeptAtEachEnd = 24;
/** Where only the end of a long reckoning is explained, it is looked at from this long before. */
const endLookedAt = 60 * millisecondsPerDay;

/**
 * `dueAfter` with its explanation, at most 49 steps.
 * @throws RangeError as `dueAfter` does
 */
export function addOpenTime(calendar: Calendar, from: number, ms: number): Reckoned {
  const dueAt = dueAfter(calendar, from, ms);
  if (dueAt === null) return { unknownFrom: dateOfDay(firstUnlistedDay(calendar, localDay(from, calendar.zone))) };
  return { dueAt, steps: stepsBetween(calendar, from, dueAt) };
}

function firstUnlistedDay(calendar: Calendar, day: number): number {
  return isListed(calendar, day) ? calendar.listed.end : day;
}

function stepsBetween(calendar: Calendar, from: number, dueAt: number): Step[] {
  const mostSteps = 2 * stepsKeptAtEachEnd + 1;
  const head = walked(calendar, from, dueAt, mostSteps + 1);
  if (head.length <= mostSteps) return head;
  const headKept = head.slice(0, stepsKeptAtEachEnd);
  const headEnd = headKept[headKept.length - 1]?.to as number;
  const tailStart = Math.max(headEnd, dueAt - endLookedAt);
  const tail = walked(calendar, tailStart, dueAt, Number.POSITIVE_INFINITY).slice(-stepsKeptAtEachEnd);
  const tailFrom = tail[0]?.from as number;
  const counted = openTimeBetween(calendar, headEnd, tailFrom) as number;
  return [...headKept, { from: headEnd, to: tailFrom, counted, note: "further open and closed times" }, ...tail];
}

/** The steps from one instant to the other, broken off soon after there are `enough`. */
function walked(calendar: Calendar, from: number, to: number, enough: number): Step[] {
  const steps: Step[] = [];
  for (let at = from; at < to && steps.length < enough; at = steps[steps.length - 1]?.to as number) {
    const opening = Math.min(nextOpening(calendar, at) ?? to, to);
    if (opening > at) addClosed(steps, calendar, at, opening);
    else {
      const closing = Math.min(closingAfter(calendar, at) ?? to, to);
      steps.push({ from: at, to: closing, counted: closing - at, note: "open" });
    }
  }
  return steps;
}

/** Cuts a closed stretch at the local midnights, names each piece and joins what has the same name. */
function addClosed(steps: Step[], calendar: Calendar, from: number, to: number): void {
  for (let at = from; at < to; ) {
    const day = localDay(at, calendar.zone);
    const nextDay = firstInstantOfDay(day + 1, calendar.zone);
    // Clocks that go back over midnight repeat part of a day after the next one has begun.
    const end = nextDay > at ? Math.min(nextDay, to) : to;
    const note = whyClosed(calendar, day, at);
    const previous = steps.at(-1);
    if (previous !== undefined && previous.note === note) previous.to = end;
    else if (previous?.note === "after closing" && note === "before opening") {
      previous.note = "closed overnight";
      previous.to = end;
    } else steps.push({ from: at, to: end, counted: 0, note });
    at = end;
  }
}

const dayNames = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays"];

function whyClosed(calendar: Calendar, day: number, at: number): string {
  const windows = weeklyWindows(calendar, day);
  if (windows.length === 0) return `closed: ${dayNames[isoWeekdayOfDay(day) - 1] ?? "weekend"}`;
  const holiday = calendar.holidays.get(day);
  if (holiday !== undefined) return `closed: ${holiday}`;
  const minutes = (at + offsetAt(at, calendar.zone) - day * millisecondsPerDay) / 60_000;
  if (minutes < (windows[0]?.opening as number)) return "before opening";
  // Reading `hours-half-open`: the closing itself is after the window.
  return minutes >= (windows[windows.length - 1]?.closing as number) ? "after closing" : "between hours";
}
