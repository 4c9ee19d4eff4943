/**
 * When a desk is open, and when an amount of open time has gone by: the clock of "within four business hours".
 *
 * Instants and amounts are whole milliseconds. Where an answer would rest on holidays that nobody listed, it is null.
 * Reading `hours-half-open` everywhere: open at the opening, closed at the closing.
 */

import { blockAfter, blockAt, type Calendar, isListed, knownInstants, openBefore, weeklyWindows, windowAt } from "./open-windows.ts";
import { millisecondsPerDay, offsetAt } from "./zone.ts";

/**
 * The earliest instant by which `ms` of open time have gone by since `from`: what uses up the last minute of a window
 * falls at the window's closing, never at the next opening. No time at all gives `from` itself, open or closed.
 * Null when holidays on the way are not listed.
 * @throws RangeError when `ms` is negative or no whole number, or when the answer lies after the year 9999
 */
export function dueAfter(calendar: Calendar, from: number, ms: number): number | null {
  if (!(Number.isSafeInteger(ms) && ms >= 0)) throw new RangeError(`open time is whole milliseconds: got \`${ms}\``);
  const known = knownInstants(calendar);
  if (from < known.from || from > known.until) return null;
  if (ms === 0) return from;
  let block = blockAt(calendar, from);
  let window = windowAt(block, from);
  let target = openBefore(block, from, window) + ms;
  for (;;) {
    const { before, ends } = block;
    const whole = before[ends.length] as number;
    // "Used up" includes the closing itself, so that a deadline never slips to the next opening.
    if (target <= whole) {
      while ((before[window + 1] as number) < target) window++;
      return (ends[window] as number) - ((before[window + 1] as number) - target);
    }
    if (block.until >= known.until) return null;
    target -= whole;
    block = blockAfter(calendar, block);
    window = 0;
  }
}

/** Open milliseconds from one instant to the other, negative when `to` is earlier; null when holidays are not listed. */
export function openTimeBetween(calendar: Calendar, from: number, to: number): number | null {
  if (to < from) {
    const backwards = openTimeBetween(calendar, to, from);
    return backwards === null ? null : 0 - backwards;
  }
  const known = knownInstants(calendar);
  if (from < known.from || to > known.until) return null;
  let block = blockAt(calendar, from);
  let open = -openBefore(block, from);
  for (; to >= block.until; block = blockAfter(calendar, block)) open += block.before[block.ends.length] as number;
  return open + openBefore(block, to);
}

/** Whether the desk is open at the instant. Null only where the hours say open and the day might be a holiday. */
export function isOpenAt(calendar: Calendar, at: number): boolean | null {
  const local = at + offsetAt(at, calendar.zone);
  const day = Math.floor(local / millisecondsPerDay);
  const minutes = (local - day * millisecondsPerDay) / 60_000;
  // Reading `hours-half-open`.
  for (const { opening, closing } of weeklyWindows(calendar, day)) {
    if (opening <= minutes && minutes < closing) return isListed(calendar, day) ? !calendar.holidays.has(day) : null;
  }
  return false;
}

/** The first instant from `at` on at which the desk is open, `at` itself included; null when holidays are not listed. */
export function nextOpening(calendar: Calendar, at: number): number | null {
  const known = knownInstants(calendar);
  if (at < known.from || at >= known.until) return null;
  let block = blockAt(calendar, at);
  let start = block.starts[windowAt(block, at)];
  while (start === undefined) {
    if (block.until >= known.until) return null;
    block = blockAfter(calendar, block);
    start = block.starts[0];
  }
  return Math.max(at, start);
}

/**
 * When the window that is open at the instant closes. Null when the desk is closed then, when it never closes, and
 * when it depends on holidays that are not listed.
 */
export function closingAfter(calendar: Calendar, at: number): number | null {
  const known = knownInstants(calendar);
  if (calendar.neverCloses || at < known.from || at >= known.until) return null;
  let block = blockAt(calendar, at);
  const window = windowAt(block, at);
  const start = block.starts[window];
  if (start === undefined || start > at) return null;
  let closing = block.ends[window] as number;
  // Blocks are cut at a UTC midnight, at which a desk may well be open.
  while (closing === block.until) {
    block = blockAfter(calendar, block);
    if (block.starts[0] !== closing) break;
    closing = block.ends[0] as number;
  }
  return closing === known.until && isOpenAt(calendar, closing) !== false ? null : closing;
}
