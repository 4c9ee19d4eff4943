/** "May this case be closed?" The earliest ground of the policy: agreement, an update, a workaround, a request, or silence. */
import * as z from "zod";
import { type CompiledPolicy, calendarOf, inForce, type PolicyBook } from "../compiled-policy.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import { calendarDate, identifier, instant } from "../facts.ts";
import type { ClosureEntry } from "../policy.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import { addBusinessDays } from "../time/business-calendar.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { parseInstant } from "../time/instant.ts";
import { localDate } from "../time/zone.ts";
import { type AsOf, daysOf } from "./question.ts";

export const caseClosureRequest = z.strictObject({
  policyId: identifier,
  openedAt: instant,
  lastVendorMessageAt: instant.optional(),
  lastCustomerMessageAt: instant.optional(),
  /** The vendor's first message since the customer's last one, for the reading that counts from it. */
  firstUnansweredAt: instant.optional(),
  agreedInWritingOn: calendarDate.optional(),
  updateProvidedOn: calendarDate.optional(),
  workaroundOn: calendarDate.optional(),
  customerAskedToCloseOn: calendarDate.optional(),
});

export interface CaseClosureAnswer {
  policy: { id: string; version: string };
  /** First day on which it may be closed; null where no ground holds or will by time alone. */
  mayCloseOn: CalendarDate | null;
  reasons: Reasons;
  missing: Missing[];
  readings: ReadingUsed[];
}

type CaseClosureRequest = z.infer<typeof caseClosureRequest>;

/** Decides from when on a case may be closed. Source: Ebiexperts 4.1. @throws Refused for an unknown policy and for messages and grounds before the case was opened */
export function decideCaseClosure(policies: PolicyBook, request: CaseClosureRequest, asOf: AsOf): CaseClosureAnswer {
  const policy = inForce(policies, request.policyId, daysOf(asOf, "UTC")[0]);
  if (policy === undefined)
    throw new Refused("policy-unknown", [
      { pointer: "/policyId", detail: `no policy \`${request.policyId}\`; there are \`${[...policies.keys()].join("`, `")}\`` },
    ]);
  const zone = policy.zone === "premises" ? null : policy.zone;
  mustFollowOpening(request, zone);
  const today = daysOf(asOf, zone).at(-1) as CalendarDate;
  const readings = new Readings(policy, null);
  const grounds = policy.closures.map(({ clause, entry }) => ({
    clause,
    ...groundOf(policy, entry, { request, readings, today }),
  }));
  const days = grounds
    .map(({ day }) => day)
    .filter((day) => day !== null)
    .sort();
  const reasons: Reason[] = grounds.map(({ clause, day, finding, missing }) => ({
    clause,
    condition: "case-closure",
    result: missing !== undefined ? "unknown" : day === null ? "info" : "pass",
    finding,
    facts: day === null ? [] : [{ path: "case/mayCloseOn", value: day }],
    cure: null,
  }));
  if (reasons.length === 0) {
    // No clause says so: "common" stands for what holds of every policy.
    reasons.push({
      clause: "common",
      condition: "case-closure",
      result: "unknown",
      finding: "the policy does not say when a case may be closed",
      facts: [],
      cure: null,
    });
  }
  return {
    policy: { id: request.policyId, version: policy.policy.version },
    mayCloseOn: days[0] ?? null,
    reasons: reasons as Reasons,
    missing: grounds.flatMap(({ clause, missing }) => (missing === undefined ? [] : [{ what: missing, clause }])),
    readings: readings.used,
  };
}

interface Ground {
  day: CalendarDate | null;
  finding: string;
  missing?: string;
}

interface Asked {
  request: CaseClosureRequest;
  readings: Readings;
  /** What lies after it is still to come; the latest possible one where no zone is stated. */
  today: CalendarDate;
}

function groundOf(policy: CompiledPolicy, entry: ClosureEntry, asked: Asked): Ground {
  switch (entry.ground) {
    case "event":
      return eventOf(entry.on, asked);
    case "no-answer":
      return silence(policy, entry, asked);
    case "not-stated":
      return { day: null, finding: entry.says, missing: entry.missing };
  }
}

const events = {
  agreedInWritingOn: "both sides agreed in writing",
  updateProvidedOn: "an update was provided",
  workaroundOn: "a workaround was provided",
  customerAskedToCloseOn: "the customer asked to close it",
};

function eventOf(on: keyof typeof events, { request, today }: Asked): Ground {
  const day = request[on] ?? null;
  if (day === null) return { day, finding: `not stated that ${events[on]}` };
  return { day, finding: day > today ? `stated for ${day}, which is still to come: ${events[on]}` : `${events[on]} on ${day}` };
}

/** Whole business days after the message, its own day not counted; the case may be closed on the first business day after them. */
function silence(
  policy: CompiledPolicy,
  { businessDays, calendar: id, countedFrom }: { businessDays: number; calendar: string; countedFrom: { reading: string } },
  { request, readings, today }: Asked,
): Ground {
  const { lastVendorMessageAt, lastCustomerMessageAt } = request;
  const chosen = readings.use(countedFrom.reading);
  const from = chosen === "first-unanswered" ? (request.firstUnansweredAt ?? lastVendorMessageAt) : lastVendorMessageAt;
  if (from === undefined) return { day: null, finding: "the vendor has sent no message that could be unanswered" };
  if (lastCustomerMessageAt !== undefined && parseInstant(lastCustomerMessageAt) > parseInstant(from))
    return { day: null, finding: `the customer answered at ${lastCustomerMessageAt}` };
  const when = policy.policy.calendars[id]?.when;
  readings.rely(when);
  const calendar = readings.holds(when) ? calendarOf(policy, id) : null;
  const last = calendar && addBusinessDays(calendar, localDate(parseInstant(from), calendar.zone), businessDays);
  const closing = last && calendar && addBusinessDays(calendar, last, 1);
  if (last === null || closing === null) return { day: null, finding: `business days of ${id} are not known that far`, missing: `holidays of ${id}` };
  const finding =
    last < today
      ? `no answer to the message of ${from} for ${businessDays} business days`
      : `no answer to the message of ${from} so far; if none comes through ${last}, ${businessDays} business days have passed`;
  return { day: closing, finding };
}

function mustFollowOpening(request: CaseClosureRequest, zone: string | null): void {
  const [openedOn] = daysOf({ instant: parseInstant(request.openedAt) }, zone);
  const days = (Object.keys(events) as (keyof typeof events)[]).flatMap((field) => {
    const day = request[field];
    return day !== undefined && day < openedOn
      ? [{ pointer: `/${field}`, detail: `\`${day}\` lies before the case was opened, \`${request.openedAt}\`` }]
      : [];
  });
  const errors = (["lastVendorMessageAt", "lastCustomerMessageAt", "firstUnansweredAt"] as const).flatMap((field) => {
    const at = request[field];
    return at !== undefined && parseInstant(at) < parseInstant(request.openedAt)
      ? [{ pointer: `/${field}`, detail: `\`${at}\` lies before the case was opened, \`${request.openedAt}\`` }]
      : [];
  });
  if (errors.length + days.length > 0) throw new Refused("message-before-opening", [...errors, ...days]);
}
