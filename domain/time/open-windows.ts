/**
 * The opening hours of a calendar laid out on the time line: from when to when it is open, and how much open time
 * has gone by, so that a deadline is a look-up and not a walk.
 *
 * The line is cut into blocks of 256 UTC days. A block is laid out when it is first needed: one pass over its local
 * days gives the windows as instants, with the open time before each, and for every UTC day the first window that
 * still matters. An instant is open exactly when the zone's wall clock stands inside the hours of its local day, so
 * that a day of 23 or 25 hours, or an hour that occurs twice, needs no rule of its own.
 * Compiling touches neither `Intl` nor the zone's rules.
 */
import { isoWeekdayOfDay } from "./calendar-date.ts";
import { type CalendarSpec, holidayNames, listedDays, type MinuteWindow, weekOf } from "./calendar-spec.ts";
import { firstInstantOfDay, millisecondsPerDay, zonePieces } from "./zone.ts";

/** A calendar ready for reckoning. Made by `compileCalendar`; its parts are for the files of this folder. */
export interface Calendar {
  readonly zone: string;
  /** Windows of each weekday in minutes, Monday first. */
  readonly week: readonly (readonly MinuteWindow[])[];
  /** Day number → name. */
  readonly holidays: ReadonlyMap<number, string>;
  /** Days whose holidays are listed, `end` not included. Outside of them only hours that are closed anyway are known. */
  readonly listed: { readonly first: number; readonly end: number };
  /** Open every minute of every day, for ever. */
  readonly neverCloses: boolean;
  readonly line: TimeLine;
}

/** What has been laid out so far. */
interface TimeLine {
  blocks: (Block | undefined)[];
  latest: Block | undefined;
  known: { from: number; until: number } | undefined;
}

/** The open windows of 256 UTC days: window i is `starts[i]` … `ends[i]`, with `before[i]` ms open earlier in the block. */
export interface Block {
  readonly number: number;
  readonly from: number;
  /** Not included: the next block begins with it. */
  readonly until: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** One longer than the others: the last is the open time of the whole block. */
  readonly before: readonly number[];
  /** UTC day within the block → the first window that ends after the day begins. */
  readonly firstOfDay: Uint32Array;
}

const daysPerBlock = 256;
const blockLength = daysPerBlock * millisecondsPerDay;
const millisecondsPerMinute = 60_000;
/** Blocks kept, a power of two: about 44 years, each in the place that its number gives. */
const slots = 64;

/**
 * Makes a calendar ready; cheap, since the time line is laid out only when something is asked.
 * @throws RangeError when `calendarProblems` finds any; an unknown zone is found out at the first question
 */
export function compileCalendar(spec: CalendarSpec & { zone: string }): Calendar {
  const week = weekOf(spec);
  const wholeDay = (day: readonly MinuteWindow[]) => day[0]?.opening === 0 && day[0].closing === 1440;
  return {
    zone: spec.zone,
    week,
    holidays: holidayNames(spec.holidays),
    listed: listedDays(spec.holidays),
    neverCloses: spec.holidays === null && week.every(wholeDay),
    line: { blocks: Array.from({ length: slots }), latest: undefined, known: undefined },
  };
}

/** The windows of a local day without regard to holidays, in minutes after midnight. */
export function weeklyWindows(calendar: Calendar, day: number): readonly MinuteWindow[] {
  return calendar.week[isoWeekdayOfDay(day) - 1] as readonly MinuteWindow[];
}

/** Whether it is known if the day is a holiday. */
export function isListed({ listed }: Calendar, day: number): boolean {
  // Day `first` is listed, day `end` is not.
  return day >= listed.first && day < listed.end;
}

/** The instants between which holidays are known; `until` is the first one of which they are not. */
export function knownInstants({ line, listed, zone }: Calendar): { from: number; until: number } {
  line.known ??= {
    from: listed.first === Number.NEGATIVE_INFINITY ? listed.first : firstInstantOfDay(listed.first, zone),
    until: listed.end === Number.POSITIVE_INFINITY ? listed.end : firstInstantOfDay(listed.end, zone),
  };
  return line.known;
}

export function blockAt(calendar: Calendar, instant: number): Block {
  return block(calendar, Math.floor(instant / blockLength));
}

export function blockAfter(calendar: Calendar, { number }: Block): Block {
  return block(calendar, number + 1);
}

/** The first window of the block that ends after the instant; as many as there are windows when none does. */
export function windowAt({ from, firstOfDay, ends }: Block, instant: number): number {
  let window = firstOfDay[Math.floor((instant - from) / millisecondsPerDay)] as number;
  // Reading `hours-half-open`: at its closing a window is over.
  while (window < ends.length && (ends[window] as number) <= instant) window++;
  return window;
}

/** Open milliseconds of the block before the instant; `window` is what `windowAt` says about it. */
export function openBefore(block: Block, instant: number, window = windowAt(block, instant)): number {
  const before = block.before[window] as number;
  const start = block.starts[window];
  return start === undefined || instant <= start ? before : before + instant - start;
}

function block(calendar: Calendar, number: number): Block {
  const { line } = calendar;
  if (line.latest?.number === number) return line.latest;
  if (!Number.isInteger(number)) throw new RangeError("an instant is a finite number of milliseconds");
  const slot = number & (slots - 1);
  let found = line.blocks[slot];
  if (found?.number !== number) {
    found = laidOut(calendar, number);
    line.blocks[slot] = found;
  }
  line.latest = found;
  return found;
}

function laidOut(calendar: Calendar, number: number): Block {
  const from = number * blockLength;
  const until = from + blockLength;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const piece of zonePieces(from, until, calendar.zone)) {
    const lastDay = Math.floor((piece.until - 1 + piece.offset) / millisecondsPerDay);
    for (let day = Math.floor((piece.from + piece.offset) / millisecondsPerDay); day <= lastDay; day++) {
      if (calendar.holidays.has(day) || !isListed(calendar, day)) continue;
      const midnight = day * millisecondsPerDay - piece.offset;
      for (const { opening, closing } of weeklyWindows(calendar, day)) {
        const start = Math.max(piece.from, midnight + opening * millisecondsPerMinute);
        const end = Math.min(piece.until, midnight + closing * millisecondsPerMinute);
        if (start >= end) continue;
        // Windows that touch, at midnight or at a clock change, are one: no minute is lost between them.
        if (ends.at(-1) === start) ends[ends.length - 1] = end;
        else starts.push(start) && ends.push(end);
      }
    }
  }
  return { number, from, until, starts, ends, before: openTimes(starts, ends), firstOfDay: firstOfDays(from, ends) };
}

function openTimes(starts: readonly number[], ends: readonly number[]): number[] {
  const before = [0];
  for (const [window, end] of ends.entries()) before.push((before[window] as number) + end - (starts[window] as number));
  return before;
}

function firstOfDays(from: number, ends: readonly number[]): Uint32Array {
  const firstOfDay = new Uint32Array(daysPerBlock);
  let window = 0;
  for (let day = 0; day < daysPerBlock; day++) {
    while (window < ends.length && (ends[window] as number) <= from + day * millisecondsPerDay) window++;
    firstOfDay[day] = window;
  }
  return firstOfDay;
}
