/** "Was the follow-up call made in time?" A report by mail of this severity must be followed by a call within minutes. */
import { formatInstant, parseInstant } from "../time/instant.ts";
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const calledInTime: Judge<ParametersOf<"timed-call">> = ({ severities, channels, withinMinutes, otherwise }, { request, at }) => {
  const { severity, filedAt, phonedAt } = request;
  const asked = severity !== undefined && severities.includes(severity) && request.channel !== undefined && channels.includes(request.channel);
  if (!asked) return { result: "pass", finding: "no call has to follow this request" };
  if (filedAt === undefined)
    return {
      result: "unknown",
      finding: `a call must follow within ${withinMinutes} minutes of filing, and when it was filed is not known`,
      missing: "filedAt",
    };
  const due = parseInstant(filedAt) + withinMinutes * 60_000;
  const facts = [
    { path: "request/filedAt", value: filedAt },
    { path: "request/phonedAt", value: phonedAt ?? null },
  ];
  // "Within": the last instant itself is in time.
  if (phonedAt !== undefined) {
    const inTime = parseInstant(phonedAt) <= due;
    return {
      result: inTime ? "pass" : otherwise,
      finding: `called at ${phonedAt}, ${inTime ? "in time" : "after the last instant in time,"}${inTime ? " through" : ""} ${formatInstant(due)}`,
      facts,
    };
  }
  if (at <= due) return { result: "pass", finding: `a call must follow by ${formatInstant(due)}`, facts, untilAt: due + 1 };
  return { result: otherwise, finding: `no call followed by ${formatInstant(due)}`, facts };
};
