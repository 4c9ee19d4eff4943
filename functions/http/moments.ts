/**
 * The two times of a question: `asOf`, when something is true, and `knownAt`, what was recorded by then.
 */
import * as z from "zod/mini";
import type { AsOf } from "../../domain/questions/question.ts";
import { isCalendarDate } from "../../domain/time/calendar-date.ts";
import { formatInstant, isInstant, parseInstant } from "../../domain/time/instant.ts";
import type { Snapshot } from "../store/store.ts";
import { type Place, Problem } from "./problem.ts";

export const momentRule = z.refine<string>(
  (value) => isInstant(value) || isCalendarDate(value),
  "must be a date such as 2026-03-02 or an instant in UTC such as 2026-03-02T09:30:00Z",
);

/** When the question asks about. @param now milliseconds, used when nothing was said */
export function asOfFrom(value: string | undefined, now: number): AsOf {
  if (value === undefined) return { instant: now };
  return isCalendarDate(value) ? { date: value } : { instant: parseInstant(value) };
}

/**
 * By when facts must have been recorded, in milliseconds; null when nothing was said: the newest.
 * @throws Problem 400 when it lies in the future: nobody can know then what will be recorded by then
 */
export function knownAtFrom(value: string | undefined, now: number, place: Place): number | null {
  if (value === undefined) return null;
  const instant = isCalendarDate(value) ? parseInstant(`${value}T23:59:59.999Z`) : parseInstant(value);
  if (instant <= now) return instant;
  const detail = `must not lie in the future: now is \`${formatInstant(now)}\``;
  throw new Problem(400, "known-at-in-future", `\`knownAt\` ${detail}`, { errors: [{ in: place, pointer: "/knownAt", detail }] });
}

/**
 * The `knownAt` of an answer for which none was asked: when the newest fact that it stands on was recorded, in
 * milliseconds. Whatever is added to the same log later is recorded after that, so that the question asked again with
 * it meets the same facts. Now would not do: a write under way during the read may yet be recorded at or before now.
 */
export function knownNow({ recordedAt }: Pick<Snapshot, "recordedAt">): number {
  return Math.max(recordedAt.account, recordedAt.catalog);
}
