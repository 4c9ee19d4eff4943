/** "May this case be closed?" The earliest ground of the policy: agreement, an update, a workaround, a request, or silence. */
import * as z from "zod";
import { type CompiledPolicy, calendarOf, inForce, type PolicyBook } from "../compiled-policy.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import { calendarDate, identifier, instant } from "../facts.ts";
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

/** Decides from when on a case may be closed. Source: Ebiexperts 4.1. @throws Refused for an unknown policy and for messages before the case was opened */
export function decideCaseClosure(policies: PolicyBook, request: CaseClosureRequest, asOf: AsOf): CaseClosureAnswer {
  const policy = inForce(policies, request.policyId, daysOf(asOf, "UTC")[0]);
  if (policy === undefined)
    throw new Refused("policy-unknown", [
      { pointer: "/policyId", detail: `no policy \`${request.policyId}\`; there are \`${[...policies.keys()].join("`, `")}\`` },
    ]);
  mustFollowOpening(request);
  const readings = new Readings(policy, null);
  const grounds = policy.closures.map(({ clause, entry }) => ({
    clause,
    ...(entry.ground === "event" ? eventOf(entry.on, request) : silence(policy, entry, request, readings)),
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

const events = {
  agreedInWritingOn: "both sides agreed in writing",
  updateProvidedOn: "an update was provided",
  workaroundOn: "a workaround was provided",
  customerAskedToCloseOn: "the customer asked to close it",
};

function eventOf(on: keyof typeof events, request: CaseClosureRequest): Ground {
  const day = request[on] ?? null;
  return { day, finding: day === null ? `not stated that ${events[on]}` : `${events[on]} on ${day}` };
}

/** Whole business days after the message, its own day not counted; the case may be closed on the first business day after them. */
function silence(
  policy: CompiledPolicy,
  { businessDays, calendar: id, countedFrom }: { businessDays: number; calendar: string; countedFrom: { reading: string } },
  request: CaseClosureRequest,
  readings: Readings,
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
  const closing = calendar === null ? null : addBusinessDays(calendar, localDate(parseInstant(from), calendar.zone), businessDays + 1);
  if (closing === null) return { day: null, finding: `business days of ${id} are not known that far`, missing: `holidays of ${id}` };
  return { day: closing, finding: `no answer to the message of ${from} for ${businessDays} business days` };
}

function mustFollowOpening(request: CaseClosureRequest): void {
  const errors = (["lastVendorMessageAt", "lastCustomerMessageAt", "firstUnansweredAt"] as const).flatMap((field) => {
    const at = request[field];
    return at !== undefined && parseInstant(at) < parseInstant(request.openedAt)
      ? [{ pointer: `/${field}`, detail: `\`${at}\` lies before the case was opened, \`${request.openedAt}\`` }]
      : [];
  });
  if (errors.length > 0) throw new Refused("message-before-opening", errors);
}
