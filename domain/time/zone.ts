/**
 * Wall clocks: which local date and time an instant has in a time zone, and which instant a wall clock shows.
 *
 * Zones are IANA names. Their rules come from `Intl`, but asking it takes microseconds and is done once for each
 * stretch of about a year, when an instant in it is first asked about: the offsets found are kept. Nothing touches
 * `Intl` when the module loads, and nothing depends on the machine's own zone.
 * Instants are milliseconds since 1970-01-01T00:00:00Z; a day number counts days since 1970-01-01.
 * Every function throws a RangeError for an unknown zone, and for instants outside the years 100 to 9999.
 */
import { type CalendarDate, dateOfDay, dayNumber } from "./calendar-date.ts";

const millisecondsPerMinute = 60_000;
const millisecondsPerHour = 3_600_000;
export const millisecondsPerDay = 86_400_000;

/** Whether the text is the IANA name of a time zone. Plain offsets such as `+01:00` are not. */
export function isZone(zone: string): boolean {
  try {
    tableOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the zone's wall clock shows minus UTC, in milliseconds: 3,600,000 for Europe/Zurich in winter. */
export function offsetAt(instant: number, zone: string): number {
  const stretch = stretchAt(instant, tableOf(zone));
  return stretch.offsets[pieceAt(instant, stretch)] as number;
}

/** The local day that contains the instant, as a day number. */
export function localDay(instant: number, zone: string): number {
  return Math.floor((instant + offsetAt(instant, zone)) / millisecondsPerDay);
}

/** The local date that contains the instant. A local day is half-open: midnight belongs to the day that begins. */
export function localDate(instant: number, zone: string): CalendarDate {
  return dateOfDay(localDay(instant, zone));
}

/**
 * The instant at which the wall clock first shows the given minutes after midnight (0 to 1440) of the date.
 * A time that a clock change skips gives the first instant after the gap; one that occurs twice, the earlier.
 */
export function instantOf(date: CalendarDate, minutesOfDay: number, zone: string): number {
  return instantOfLocal(dayNumber(date) * millisecondsPerDay + minutesOfDay * millisecondsPerMinute, zone);
}

/**
 * The first instant of the local day. On a day that the zone skipped (Pacific/Apia 2011-12-30) it lies after
 * `lastInstantOf` the same day: the day has no instants.
 */
export function firstInstantOf(date: CalendarDate, zone: string): number {
  return firstInstantOfDay(dayNumber(date), zone);
}

/** `firstInstantOf`, for a day number. */
export function firstInstantOfDay(day: number, zone: string): number {
  return instantOfLocal(day * millisecondsPerDay, zone);
}

/**
 * The last millisecond at which the local date is that day or an earlier one. Where clocks go back over midnight
 * the day ends only after its repeated hour.
 */
export function lastInstantOf(date: CalendarDate, zone: string): number {
  const nextMidnight = (dayNumber(date) + 1) * millisecondsPerDay;
  let last = Number.NEGATIVE_INFINITY;
  for (const { from, until, offset } of piecesAround(nextMidnight, zone)) {
    const end = Math.min(until, nextMidnight - offset);
    if (end > from) last = end - 1;
  }
  return last;
}

/** A stretch of time in which the zone's offset does not change, `until` not included. */
export interface ZonePiece {
  from: number;
  until: number;
  offset: number;
}

/** The pieces of constant offset that together cover `from` up to `until`, not included, cut at both ends. */
export function zonePieces(from: number, until: number, zone: string): ZonePiece[] {
  const table = tableOf(zone);
  const pieces: ZonePiece[] = [];
  for (let at = from; at < until; ) {
    const stretch = stretchAt(at, table);
    const piece = pieceAt(at, stretch);
    const end = Math.min(until, stretch.starts[piece + 1] ?? stretch.until);
    const offset = stretch.offsets[piece] as number;
    const previous = pieces.at(-1);
    if (previous?.offset === offset) previous.until = end;
    else pieces.push({ from: at, until: end, offset });
    at = end;
  }
  return pieces;
}

/** No zone was ever as far as this from UTC (the furthest, Manila before 1845: 15 h 56 min). */
const furthestOffset = 16 * millisecondsPerHour;

function piecesAround(local: number, zone: string): ZonePiece[] {
  return zonePieces(local - furthestOffset, local + furthestOffset + 1, zone);
}

/** `local` is what the wall clock shows, counted as if it were UTC. */
function instantOfLocal(local: number, zone: string): number {
  const table = tableOf(zone);
  let at = local - furthestOffset;
  for (;;) {
    const stretch = stretchAt(at, table);
    const piece = pieceAt(at, stretch);
    const until = stretch.starts[piece + 1] ?? stretch.until;
    const instant = local - (stretch.offsets[piece] as number);
    // The first piece in which the clock gets there is the earlier of two; one that has already passed it
    // when the piece begins was skipped by a clock change, and the piece begins right after the gap.
    if (instant < until) return Math.max(at, instant);
    at = until;
  }
}

/** The offsets in force in a stretch of about a year: `offsets[i]` from `starts[i]` on. */
interface Stretch {
  from: number;
  until: number;
  starts: number[];
  offsets: number[];
}

interface ZoneTable {
  format: Intl.DateTimeFormat;
  stretches: Map<number, Stretch>;
  latest: Stretch;
}

const stretchLength = 366 * millisecondsPerDay;
/**
 * Clock changes are looked for between samples. The closest two that undo each other lie 4 days apart (Freetown 1939),
 * 7 days since 1970 (tz database 2025: every zone read).
 */
const sampleEvery = 3 * millisecondsPerDay;
const firstInstant = -59_011_459_200_000; // 0100-01-01T00:00:00Z
const lastInstant = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z
const mostZonesKept = 1_000;
const mostStretchesKept = 1_000;

const zoneShape = /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*){0,2}$/;
const zones = new Map<string, ZoneTable>();
let latestZone = "";
let latestTable: ZoneTable | undefined;

function tableOf(zone: string): ZoneTable {
  if (zone === latestZone && latestTable !== undefined) return latestTable;
  let table = zones.get(zone);
  if (table === undefined) {
    if (!zoneShape.test(zone)) throw new RangeError(`no time zone: \`${zone}\``);
    table = { format: formatIn(zone), stretches: new Map(), latest: noStretch };
    if (zones.size >= mostZonesKept) zones.clear();
    zones.set(zone, table);
  }
  latestZone = zone;
  latestTable = table;
  return table;
}

const noStretch: Stretch = { from: 0, until: 0, starts: [], offsets: [] };

function stretchAt(instant: number, table: ZoneTable): Stretch {
  const latest = table.latest;
  if (instant >= latest.from && instant < latest.until) return latest;
  if (!(instant >= firstInstant && instant <= lastInstant))
    throw new RangeError(`instants reach from the year 100 to 9999: got \`${instant}\` milliseconds`);
  const number = Math.floor(instant / stretchLength);
  let stretch = table.stretches.get(number);
  if (stretch === undefined) {
    stretch = exploredStretch(number * stretchLength, table.format);
    if (table.stretches.size >= mostStretchesKept) table.stretches.clear();
    table.stretches.set(number, stretch);
  }
  table.latest = stretch;
  return stretch;
}

function pieceAt(instant: number, stretch: Stretch): number {
  let piece = stretch.starts.length - 1;
  while ((stretch.starts[piece] as number) > instant) piece--;
  return piece;
}

function exploredStretch(from: number, format: Intl.DateTimeFormat): Stretch {
  const until = from + stretchLength;
  const starts = [from];
  const offsets = [askedOffset(from, format)];
  for (let at = from; at < until; at += sampleEvery) {
    const next = Math.min(at + sampleEvery, until);
    let known = at;
    while (offsets.at(-1) !== askedOffset(next, format)) {
      known = firstChange(known, next, offsets.at(-1) as number, format);
      if (known === until) break;
      starts.push(known);
      offsets.push(askedOffset(known, format));
    }
  }
  return { from, until, starts, offsets };
}

/** The first whole second after `same`, where the offset is still the given one, at which it is another. */
function firstChange(same: number, other: number, offset: number, format: Intl.DateTimeFormat): number {
  let before = same;
  let after = other;
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (askedOffset(middle, format) === offset) before = middle;
    else after = middle;
  }
  return after;
}

function formatIn(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

/** `instant` is a whole second. */
function askedOffset(instant: number, format: Intl.DateTimeFormat): number {
  // "3/2/2026, 09:30:00"
  const [month, day, year, hour, minute, second] = format.format(instant).split(/\D+/).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  return local.getTime() - instant;
}
