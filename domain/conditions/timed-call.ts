/** "Was the follow-up call made in time?" A report by mail of this severity must be followed by a call within minutes. */
import * as z from "zod";
import { tag } from "../policy-words.ts";
import { channel } from "../questions/entitlement-request.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { defineCondition } from "./condition.ts";

export const calledInTime = defineCondition(
  "timed-call",
  {
    severities: z.array(tag).min(1),
    channels: z.array(channel).min(1),
    withinMinutes: z.int().min(1).max(100_000),
    otherwise: z.enum(["fail", "discretion"]),
  },
  ({ severities, channels, withinMinutes, otherwise }, { request, at, atIsExact }) => {
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
    if (atIsExact && at <= due) return { result: "pass", finding: `a call must follow by ${formatInstant(due)}`, facts, untilAt: due + 1 };
    return { result: otherwise, finding: `no call followed by ${formatInstant(due)}`, facts };
  },
);
