/** "Was the follow-up call made in time?" A report by mail of this severity must be followed by a call within minutes. */
import { or } from "../policy-small-words.ts";
import { parseInstant } from "../time/instant.ts";
import { spokenInstant } from "../time/spoken-instant.ts";
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

/**
 * When the call after filing was made, in epoch milliseconds; null where there is none by then: what lies before the filing
 * does not follow it, and what lies after `at` has not happened.
 */
export function callAfterFiling({ filedAt, phonedAt }: { filedAt?: string | undefined; phonedAt?: string | undefined }, at: number): number | null {
  if (filedAt === undefined || phonedAt === undefined) return null;
  const calledAt = parseInstant(phonedAt);
  return calledAt < parseInstant(filedAt) || calledAt > at ? null : calledAt;
}

/** The minutes have passed, and no call brings them back. */
const keepLevel = "ask the vendor to keep the level requested";

export const calledInTime: Judge<ParametersOf<"timed-call">> = ({ severities, channels, withinMinutes, otherwise }, { request, at, zone }) => {
  const { severity, filedAt, phonedAt } = request;
  const asked = (severity === undefined || severities.includes(severity)) && request.channel !== undefined && channels.includes(request.channel);
  if (!asked) return { result: "pass", finding: "no call has to follow this request" };
  if (severity === undefined) {
    const finding = `the request does not state its severity: one of severity ${or(severities)} by ${request.channel} is followed by a call within ${withinMinutes} minutes of filing`;
    return { result: "info", finding, cure: { says: "state `severity`" } };
  }
  if (filedAt === undefined)
    return {
      result: "unknown",
      finding: `a call must follow within ${withinMinutes} minutes of filing, and when it was filed is not known`,
      missing: "filedAt",
      cure: { says: "state `filedAt`" },
    };
  const due = parseInstant(filedAt) + withinMinutes * 60_000;
  const calledAt = callAfterFiling(request, at);
  const early = phonedAt !== undefined && parseInstant(phonedAt) < parseInstant(filedAt);
  const before = early ? ` (the one at ${spokenInstant(parseInstant(phonedAt), zone)} was before the filing)` : "";
  const facts = [
    { path: "request/filedAt", value: filedAt },
    { path: "request/phonedAt", value: phonedAt ?? null },
  ];
  // "Within": the last instant itself is in time.
  if (calledAt !== null) {
    const inTime = calledAt <= due;
    const finding = `called at ${spokenInstant(calledAt, zone)}, ${inTime ? "in time through" : "after the last instant in time,"} ${spokenInstant(due, zone)}`;
    return inTime ? { result: "pass", finding, facts } : { result: otherwise, finding, facts, cure: { says: keepLevel } };
  }
  if (at <= due) {
    const coming = phonedAt === undefined || early ? null : parseInstant(phonedAt);
    const untilAt = coming === null ? due + 1 : Math.min(coming, due + 1);
    return { result: "pass", finding: `a call must follow by ${spokenInstant(due, zone)}${before}`, facts, untilAt };
  }
  return {
    result: otherwise,
    finding: `no call followed by ${spokenInstant(due, zone)}${before}`,
    facts,
    cure: { says: `call now, and ${keepLevel}` },
  };
};
