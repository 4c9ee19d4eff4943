/** "Were we told of the maintenance in time?" So many hours ahead, by the instant at which the notice was sent. */
import type { Reason } from "../decision.ts";
import type { RecordedNotice } from "../facts.ts";
import { or } from "../policy-small-words.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { parseInstant } from "../time/instant.ts";
import { spokenInstant } from "../time/spoken-instant.ts";
import { firstInstantOf, lastInstantOf } from "../time/zone.ts";
import type { NoticeRuling } from "./notice.ts";

/** The earliest and the latest instant at which the notice may have been sent. */
function sentBetween(notice: RecordedNotice, zone: string | null): [number, number] {
  const at = notice.sentAt ?? notice.receivedAt;
  if (at !== undefined) return [parseInstant(at), parseInstant(at)];
  // A notice without any of the three contradicts itself and is never ruled.
  const day = notice.receivedOn as CalendarDate;
  if (zone !== null) return [firstInstantOf(day, zone), lastInstantOf(day, zone)];
  return [firstInstantOf(addDays(day, -1), "UTC"), lastInstantOf(addDays(day, 1), "UTC")];
}

/** Rules a notice of maintenance; exactly so many hours ahead is in time. Only days that leave it open are `undetermined`. */
export function ruleMaintenance(
  clause: string,
  { hours, forms }: { hours: number; forms: readonly string[] },
  notice: RecordedNotice,
  zone: string | null,
): NoticeRuling {
  const reason = (condition: string, result: Reason["result"], finding: string): Reason => ({
    clause,
    condition,
    result,
    finding,
    facts: [{ path: `notices/${notice.noticeId}/startsAt`, value: notice.startsAt ?? null }],
    cure: null,
  });
  const ruled = (ruling: NoticeRuling["ruling"], effect: string, reasons: NoticeRuling["reasons"], missing: string[] = []): NoticeRuling => ({
    ruling,
    effect,
    effectiveOn: null,
    maximum: null,
    reasons,
    missing: missing.map((what) => ({ what, clause })),
    readings: [],
  });
  if (!forms.includes(notice.form)) {
    const finding = `notice of maintenance comes by ${or(forms)}, this one by ${notice.form}`;
    return ruled("wrong-form", `No effect: ${finding}.`, [reason("notice-form", "fail", finding)]);
  }
  const sent = sentBetween(notice, zone);
  if (notice.startsAt === undefined)
    return ruled(
      "undetermined",
      "Undetermined: when the maintenance begins is not known.",
      [reason("notice-time", "unknown", "when the maintenance begins is not known")],
      ["startsAt"],
    );
  const latest = parseInstant(notice.startsAt) - hours * 3_600_000;
  const [from, to] = sent;
  if (from <= latest && to > latest) {
    const finding = `only the day of the notice is known, not the hour, and the time to give it ran out during that day, at ${spokenInstant(latest, zone)}`;
    return ruled("undetermined", `Undetermined: ${finding}.`, [reason("notice-time", "unknown", finding)], ["sentAt"]);
  }
  const inTime = to <= latest;
  // Only of a notice whose sending is recorded it is known when it was sent.
  const came = `${notice.sentAt === undefined ? "received" : "sent"} ${from === to ? `at ${spokenInstant(from, zone)}` : `on ${notice.receivedOn}`}`;
  const finding = `${came}, ${inTime ? "in time through" : "after the last instant in time,"} ${spokenInstant(latest, zone)}`;
  const starts = spokenInstant(parseInstant(notice.startsAt), zone);
  const effect = inTime
    ? `The maintenance at ${starts} was announced in time.`
    : `The maintenance at ${starts} was announced less than ${hours} hours ahead.`;
  return ruled(inTime ? "valid" : "late", effect, [reason("notice-time", inTime ? "pass" : "fail", finding)]);
}
