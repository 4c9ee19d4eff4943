/**
 * Deadlines as a calendar to subscribe to: RFC 5545, published. Days are all-day events, hours instants in UTC, so that no
 * time zone has to be described. The same facts give the same bytes.
 */
import { addDays } from "../../domain/time/calendar-date.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { ListedDeadline } from "../store/store.ts";

export function calendarOf(deadlines: readonly ListedDeadline[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Good Standing//Deadlines//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Good Standing deadlines",
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ...deadlines.flatMap(eventOf),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventOf(deadline: ListedDeadline): string[] {
  const { id, kind, on, at, accountName, clause, what, safeOn, sequence, updatedAt, canceledAt } = deadline;
  const modified = stamp(canceledAt ?? updatedAt);
  const safe = safeOn === null || safeOn === on ? "" : `\nLast business day: ${safeOn}`;
  return [
    "BEGIN:VEVENT",
    `UID:${id}@good-standing`,
    `SEQUENCE:${sequence}`,
    // Published, DTSTAMP is when this version was made (RFC 5545, 3.8.7.2): not when it was asked for.
    `DTSTAMP:${modified}`,
    `LAST-MODIFIED:${modified}`,
    ...(at === null
      ? [`DTSTART;VALUE=DATE:${basic(on)}`, `DTEND;VALUE=DATE:${basic(addDays(on, 1))}`]
      : [`DTSTART:${basic(at).replace(/\.\d+/, "")}`]),
    `SUMMARY:${escaped(`${accountName}: ${summaries[kind]}`)}`,
    `DESCRIPTION:${escaped(`${what}${clause === null ? "" : ` (${clause})`}${safe}`)}`,
    `CATEGORIES:${kind.toUpperCase()}`,
    `STATUS:${canceledAt === null ? "CONFIRMED" : "CANCELLED"}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

const summaries: Record<ListedDeadline["kind"], string> = {
  "non-renewal-window": "last day for notice of non-renewal",
  "price-notice-window": "last day to announce an increase",
  renewal: "renews",
  // Whether it is the first day without cover is said below: the text may leave open what follows.
  lapse: "recorded cover is over",
  "reinstatement-window": "last day to reinstate",
  "quote-expiry": "quote expires",
  obligation: "obligation due",
  "calendar-end": "calendar runs out",
};

/** `2026-11-16T10:00:00Z` → `20261116T100000Z` */
const basic = (text: string) => text.replace(/[-:]/g, "");
const stamp = (ms: number) => basic(formatInstant(ms - (ms % 1000)));

/** A text value (RFC 5545, 3.3.11). Control characters have no place in one; a line end of any kind is written `\n`. */
const escaped = (text: string) =>
  text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, "\\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, "");

const mostOctets = 75;

/** Lines longer than 75 octets go on in the next, after a space (3.1); no character is cut in two. */
function folded(line: string): string {
  const octets = Buffer.from(line);
  if (octets.length <= mostOctets) return line;
  const parts: string[] = [];
  let start = 0;
  while (octets.length - start > mostOctets - (start === 0 ? 0 : 1)) {
    let end = start + mostOctets - (start === 0 ? 0 : 1);
    // Of a character in UTF-8, all octets but the first begin with the bits 10.
    while (((octets[end] as number) & 0xc0) === 0x80) end--;
    parts.push(octets.toString("utf8", start, end));
    start = end;
  }
  return [...parts, octets.toString("utf8", start)].join("\r\n ");
}
