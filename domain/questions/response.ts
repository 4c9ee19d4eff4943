/** "Reply by when?" Deadlines of a case with the steps that lead to them, and what the customer has to do meanwhile. */
import { type CompiledPolicy, calendarOf } from "../compiled-policy.ts";
import type { Inquiry } from "../conditions/condition.ts";
import { callAfterFiling } from "../conditions/timed-call.ts";
import type { DeadlineAnswer, DeadlineStep, Missing, ObligationAnswer } from "../decision.ts";
import type { DeadlineEntry } from "../policy.ts";
import { addOpenTime, type Step } from "../time/business-calendar.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { countsAs } from "./severity-requested.ts";

export interface Response {
  requestedSeverity: string | null;
  effectiveSeverity: string | null;
  deadlines: DeadlineAnswer[];
  obligations: ObligationAnswer[];
  missing: Missing[];
  /** What the customer has to do before any target counts; null where none waits for it. */
  awaits: string | null;
}

/** Instants of a case in epoch milliseconds; null where not known. */
interface Clock {
  /** When the report was made: `filedAt`, else the instant that the question is asked for. */
  reportedAt: number | null;
  phonedAt: number | null;
  lastVendorMessageAt: number | null;
}

/**
 * Deadlines and obligations of the request; `askedAt` is the instant asked for, null where only a date is known; `granted`
 * are the clauses at which the vendor made an exception.
 */
export function respond(inquiry: Inquiry, askedAt: number | null, granted: readonly string[] = []): Response {
  const { request, policy } = inquiry;
  const requestedSeverity = request.severity ?? null;
  const effectiveSeverity = countsAs(inquiry)?.severity ?? requestedSeverity;
  const clock = clockOf(inquiry, askedAt);
  const response: Response = { requestedSeverity, effectiveSeverity, deadlines: [], obligations: [], missing: [], awaits: null };
  const program = inquiry.contract.program;
  const entries = policy.deadlines.filter(
    ({ entry }) => inquiry.readings.holds(entry.when) && (entry.program === undefined || entry.program === program),
  );
  if (effectiveSeverity === null) unknownSeverity(entries, response);
  for (const { clause, entry } of entries) {
    if (entry.severity !== undefined && entry.severity !== effectiveSeverity) continue;
    const agreed = agreedTarget(inquiry, entry);
    addDeadline(inquiry, clause, agreed ?? entry, agreed !== null, clock, response);
  }
  for (const { clause, entry } of policy.obligations) {
    const { kinds, severities, channels, withinMinutes } = entry;
    if (kinds !== undefined && !kinds.includes(request.kind)) continue;
    if (severities !== undefined && (effectiveSeverity === null || !severities.includes(effectiveSeverity))) continue;
    if (channels !== undefined && (request.channel === undefined || !channels.includes(request.channel))) continue;
    const due = withinMinutes === undefined || request.filedAt === undefined ? null : parseInstant(request.filedAt) + withinMinutes * 60_000;
    // A call that was made in time, or that the vendor does without, is no longer to be made.
    const calledAt = due === null ? null : callAfterFiling(request, inquiry.at);
    if (withinMinutes !== undefined && ((due !== null && calledAt !== null && calledAt <= due) || granted.includes(clause))) continue;
    response.obligations.push({ what: entry.obligation, dueAt: due === null ? null : formatInstant(due), clause, ifMissed: entry.ifMissed });
  }
  return response;
}

/** A target that the text leaves to another document, where the contract's parties agreed on one. */
function agreedTarget({ contract, request }: Inquiry, entry: DeadlineEntry): DeadlineEntry | null {
  if (entry.missing === undefined) return null;
  const severity = entry.severity ?? request.severity;
  const agreed = contract.settings?.targets?.find(
    (target) => target.deadline === entry.deadline && (target.severity === undefined || target.severity === severity),
  );
  if (agreed === undefined) return null;
  const { missing: _, ...promised } = entry;
  return { ...promised, targetMinutes: agreed.targetMinutes, clock: agreed.clock };
}

const instantOrNull = (text: string | undefined) => (text === undefined ? null : parseInstant(text));

/** A report by phone was phoned when it was filed. */
function clockOf({ request }: Inquiry, askedAt: number | null): Clock {
  const reportedAt = instantOrNull(request.filedAt) ?? askedAt;
  return {
    reportedAt,
    phonedAt: request.channel === "phone" ? reportedAt : instantOrNull(request.phonedAt),
    lastVendorMessageAt: instantOrNull(request.lastVendorMessageAt),
  };
}

function unknownSeverity(entries: CompiledPolicy["deadlines"], response: Response): void {
  for (const kind of ["first-response", "next-update"] as const) {
    const promised = entries.find(({ entry }) => entry.deadline === kind && entry.severity !== undefined);
    if (promised === undefined) continue;
    const { clause, entry } = promised;
    response.deadlines.push({ kind, dueAt: null, commitment: entry.commitment, clause, clock: "business", source: "policy", steps: [] });
    if (!response.missing.some(({ what }) => what === "severity")) response.missing.push({ what: "severity", clause });
  }
}

function addDeadline(inquiry: Inquiry, clause: string, entry: DeadlineEntry, agreed: boolean, clock: Clock, response: Response): void {
  const { readings } = inquiry;
  readings.rely(entry.when);
  const calendarId = calendarFor(inquiry, entry);
  const answer: DeadlineAnswer = {
    kind: entry.deadline,
    dueAt: null,
    commitment: entry.commitment,
    clause,
    clock: calendarId === null ? "elapsed" : "business",
    source: agreed || hoursAgreed(inquiry, calendarId) ? "addendum" : "policy",
    steps: [],
  };
  if (entry.targetMinutes === undefined) {
    response.deadlines.push(answer);
    if (entry.missing !== undefined)
      response.missing.push({ what: `${entry.deadline.replace("-", " ")} target, which is in: ${entry.missing}`, clause });
    return;
  }
  const from = startOf(entry, clock);
  if (from === "not-phoned") {
    const what = entry.oncePhoned?.meanwhile ?? "";
    response.awaits ??= what;
    if (!response.obligations.some((known) => known.what === what)) response.obligations.push({ what, dueAt: null, clause, ifMissed: null });
    return;
  }
  response.deadlines.push(answer);
  if (from === null) {
    response.missing.push({ what: `filedAt: the instant from which the ${entry.deadline.replace("-", " ")} counts`, clause });
    return;
  }
  readings.use("clock-start");
  reckon(inquiry, answer, from, entry.targetMinutes * 60_000, calendarId, response.missing);
}

/** Whether the contract's parties stated the hours that a target counts in. */
function hoursAgreed({ contract }: Inquiry, calendarId: string | null): boolean {
  const calendars = contract.settings?.calendars;
  return calendarId !== null && calendars !== undefined && Object.hasOwn(calendars, calendarId);
}

/** Updates run from the clock's start, then from the vendor's last message. */
function startOf(entry: DeadlineEntry, { reportedAt, phonedAt, lastVendorMessageAt }: Clock): number | null | "not-phoned" {
  if (entry.deadline === "next-update" && lastVendorMessageAt !== null) return lastVendorMessageAt;
  if (entry.oncePhoned === undefined) return reportedAt;
  return phonedAt ?? (reportedAt === null ? null : "not-phoned");
}

/** The calendar that the target counts in, null for every hour; software whose end of life is announced has its own. */
function calendarFor({ product, day }: Inquiry, { clock, endOfLife }: DeadlineEntry): string | null {
  const announcedOn = product?.endOfLifeAnnouncedOn ?? product?.endOfLifeOn;
  if (endOfLife !== undefined && announcedOn !== undefined && announcedOn <= day) return endOfLife.calendar;
  return clock === "elapsed" ? null : clock.calendar;
}

/** Fills in when the target runs out, or names what keeps it unknown. */
function reckon(
  { policy, readings, contract, zone }: Inquiry,
  answer: DeadlineAnswer,
  from: number,
  ms: number,
  calendarId: string | null,
  missing: Missing[],
): void {
  if (calendarId === null) {
    answer.dueAt = formatInstant(from + ms);
    answer.steps = [stepOf({ from, to: from + ms, counted: ms, note: "every hour counts" })];
    return;
  }
  const when = policy.policy.calendars[calendarId]?.when;
  readings.rely(when);
  readings.use("hours-half-open");
  const calendar = readings.holds(when) ? calendarOf(policy, calendarId, contract, zone) : null;
  const due = calendar === null ? null : addOpenTime(calendar, from, ms);
  if (due === null || !("dueAt" in due)) {
    const what =
      due === null ? `hours and holidays of the calendar \`${calendarId}\`` : `holidays of the calendar \`${calendarId}\` from ${due.unknownFrom} on`;
    if (!missing.some((known) => known.what === what && known.clause === answer.clause)) missing.push({ what, clause: answer.clause });
    return;
  }
  answer.dueAt = formatInstant(due.dueAt);
  answer.steps = due.steps.map(stepOf);
}

const stepOf = ({ from, to, counted, note }: Step): DeadlineStep => ({
  from: formatInstant(from),
  to: formatInstant(to),
  counted: duration(counted),
  note,
});

/** ISO 8601 duration of whole milliseconds in hours, minutes and seconds: 5400000 → "PT1H30M". */
function duration(ms: number): string {
  if (ms === 0) return "PT0S";
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1_000;
  return `PT${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${seconds > 0 ? `${seconds}S` : ""}`;
}
