/** "Reply by when?" Deadlines of a case with the steps that lead to them, and what the customer has to do meanwhile. */
import type { AgreedCalendar, CalendarEntry } from "../calendar-shape.ts";
import { type CompiledPolicy, calendarOf } from "../compiled-policy.ts";
import { type Inquiry, listed } from "../conditions/condition.ts";
import { callAfterFiling } from "../conditions/timed-call.ts";
import type { DeadlineAnswer, DeadlineStep, FactUsed, Missing, ObligationAnswer, Reason } from "../decision.ts";
import type { DeadlineEntry } from "../policy.ts";
import { addOpenTime, type Step } from "../time/business-calendar.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { countsAs } from "./severity-requested.ts";
import { recordZone } from "./two-days.ts";

export interface Response {
  requestedSeverity: string | null;
  effectiveSeverity: string | null;
  deadlines: DeadlineAnswer[];
  obligations: ObligationAnswer[];
  missing: Missing[];
  /** What the customer has to do before any target counts; null where none waits for it. */
  awaits: string | null;
  /** What puts targets on another clock than usual, or leaves the clock unknown. */
  notes: Reason[];
  /** What the contract's parties agreed and the targets go by, each setting once. */
  agreed: Reason[];
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
  const response: Response = {
    requestedSeverity,
    effectiveSeverity,
    deadlines: [],
    obligations: [],
    missing: [],
    awaits: null,
    notes: [],
    agreed: [],
  };
  const program = inquiry.contract.program;
  const entries = policy.deadlines.filter(({ entry }) => entry.program === undefined || entry.program === program);
  const holds = ({ entry }: (typeof entries)[number]) => inquiry.readings.holds(entry.when);
  if (effectiveSeverity === null) unknownSeverity(inquiry, entries.filter(holds), response);
  for (const { clause, entry } of entries) {
    if (entry.severity !== undefined && entry.severity !== effectiveSeverity) continue;
    inquiry.readings.rely(entry.when);
    if (!holds({ clause, entry })) continue;
    addDeadline(inquiry, clause, entry, agreedTarget(inquiry, entry), clock, response);
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

interface AgreedTarget {
  promised: DeadlineEntry & { targetMinutes: number };
  fact: FactUsed;
}

/** A target that the text leaves to another document, where the contract's parties agreed on one: for the severity, else for any. */
function agreedTarget({ contract: { contractId, settings }, request }: Inquiry, { missing, ...entry }: DeadlineEntry): AgreedTarget | null {
  if (missing === undefined) return null;
  const severity = entry.severity ?? request.severity;
  const targets = settings?.targets ?? [];
  const its = targets.filter((target) => target.deadline === entry.deadline);
  const agreed =
    its.find((target) => target.severity !== undefined && target.severity === severity) ?? its.find((target) => target.severity === undefined);
  if (agreed === undefined) return null;
  const { targetMinutes, clock } = agreed;
  const fact = { path: `contracts/${contractId}/settings/targets/${targets.indexOf(agreed)}`, value: targetMinutes };
  return { promised: { ...entry, targetMinutes, clock }, fact };
}

/** Says of a setting that it is the parties' agreement, not the vendor's text. */
function cite(clause: string, what: string, fact: FactUsed, { agreed }: Response): void {
  if (agreed.some(({ facts: [known] }) => known?.path === fact.path)) return;
  const finding = `${what} what the contract's parties agreed, not the policy's text`;
  agreed.push({ clause, condition: "agreed", result: "info", finding, facts: [fact], cure: null });
}

const partNames = { zone: "zone", weekly: "hours", holidays: "holidays" } as const;

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

/** Which promise counts is not known; the clock is that of all of them, where they have one. */
function unknownSeverity(inquiry: Inquiry, entries: CompiledPolicy["deadlines"], response: Response): void {
  for (const kind of ["first-response", "next-update"] as const) {
    const promised = entries.filter(({ entry }) => entry.deadline === kind && entry.severity !== undefined);
    const [first] = promised;
    if (first === undefined) continue;
    const { clause, entry } = first;
    const clock = promised.every((one) => calendarFor(inquiry, one.entry) === null) ? "elapsed" : "business";
    response.deadlines.push({ kind, dueAt: null, commitment: entry.commitment, clause, clock, source: "policy", steps: [] });
    if (!response.missing.some(({ what }) => what === "severity")) response.missing.push({ what: "severity", clause });
  }
}

function addDeadline(inquiry: Inquiry, clause: string, stated: DeadlineEntry, target: AgreedTarget | null, clock: Clock, response: Response): void {
  const { readings } = inquiry;
  const entry = target?.promised ?? stated;
  const deadline = entry.deadline.replace("-", " ");
  const calendarId = calendarFor(inquiry, entry);
  const announced = endOfLifeOf(inquiry, entry);
  if (announced !== null) noteEndOfLife(announced, clause, inquiry, response);
  const answer: DeadlineAnswer = {
    kind: entry.deadline,
    dueAt: null,
    commitment: entry.commitment,
    clause,
    clock: calendarId === null ? "elapsed" : "business",
    source: target !== null || hoursAgreed(inquiry, calendarId) !== undefined ? "addendum" : "policy",
    steps: [],
  };
  if (entry.targetMinutes === undefined) {
    response.deadlines.push(answer);
    if (entry.missing !== undefined) response.missing.push({ what: `${deadline} target, which is in: ${entry.missing}`, clause });
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
  if (target !== null) cite(clause, `the target of the ${deadline}, ${entry.targetMinutes} minutes, is`, target.fact, response);
  citeHours(inquiry, clause, calendarId, response);
  if (from === null) {
    response.missing.push({ what: `filedAt: the instant from which the ${deadline} counts`, clause });
    return;
  }
  readings.use("clock-start");
  reckon(inquiry, answer, from, entry.targetMinutes * 60_000, calendarId, response);
}

/** What the contract's parties stated of the hours that a target counts in. */
function hoursAgreed({ contract }: Inquiry, calendarId: string | null): AgreedCalendar | undefined {
  const calendars = contract.settings?.calendars;
  return calendarId !== null && calendars !== undefined && Object.hasOwn(calendars, calendarId) ? calendars[calendarId] : undefined;
}

function citeHours(inquiry: Inquiry, clause: string, calendarId: string | null, response: Response): void {
  const agreed = hoursAgreed(inquiry, calendarId);
  if (agreed === undefined) return;
  const parts = (["zone", "weekly", "holidays"] as const).filter((part) => agreed[part] !== undefined).map((part) => partNames[part]);
  const fact = { path: `contracts/${inquiry.contract.contractId}/settings/calendars/${calendarId}`, value: "addendum" };
  cite(clause, `${listed(parts)} of the calendar \`${calendarId}\` are`, fact, response);
}

/** Updates run from the clock's start, then from the vendor's last message. */
function startOf(entry: DeadlineEntry, { reportedAt, phonedAt, lastVendorMessageAt }: Clock): number | null | "not-phoned" {
  if (entry.deadline === "next-update" && lastVendorMessageAt !== null) return lastVendorMessageAt;
  if (entry.oncePhoned === undefined) return reportedAt;
  return phonedAt ?? (reportedAt === null ? null : "not-phoned");
}

/** The calendar that the target counts in, null for every hour. */
const calendarFor = (inquiry: Inquiry, entry: DeadlineEntry): string | null =>
  endOfLifeOf(inquiry, entry)?.calendar ?? (entry.clock === "elapsed" ? null : entry.clock.calendar);

interface Announced {
  calendar: string;
  fact: FactUsed & { value: string };
}

/** The calendar that a target for software counts in whose end of life is announced, and the fact that says so; null where it is not. */
function endOfLifeOf({ product, day }: Inquiry, { endOfLife }: DeadlineEntry): Announced | null {
  const field = product?.endOfLifeAnnouncedOn === undefined ? "endOfLifeOn" : "endOfLifeAnnouncedOn";
  const announcedOn = product?.[field];
  if (endOfLife === undefined || announcedOn === undefined || announcedOn > day) return null;
  return { calendar: endOfLife.calendar, fact: { path: `products/${product?.productId}/${field}`, value: announcedOn } };
}

function noteEndOfLife({ calendar, fact }: Announced, clause: string, { product }: Inquiry, { notes, effectiveSeverity }: Response): void {
  if (notes.some(({ condition }) => condition === "end-of-life")) return;
  const finding = `the end of life of \`${product?.productId}\` is announced since ${fact.value}, so \`${effectiveSeverity}\` counts in open hours of ${calendar}`;
  notes.push({ clause, condition: "end-of-life", result: "info", finding, facts: [fact], cure: null });
}

/** Fills in when the target runs out, or names what keeps it unknown. */
function reckon(inquiry: Inquiry, answer: DeadlineAnswer, from: number, ms: number, calendarId: string | null, { missing, notes }: Response): void {
  if (calendarId === null) {
    answer.dueAt = formatInstant(from + ms);
    answer.steps = [stepOf({ from, to: from + ms, counted: ms, note: "every hour counts" })];
    return;
  }
  const { policy, readings, contract, zone } = inquiry;
  const stated = policy.policy.calendars[calendarId];
  const isSettled = stated !== undefined && settles(hoursAgreed(inquiry, calendarId), stated);
  readings.relyOn(isSettled ? { instead: stated.instead } : stated);
  readings.use("hours-half-open");
  const known = isSettled || readings.holds(stated?.when);
  const calendar = known ? calendarOf(policy, calendarId, contract, zone) : null;
  const due = calendar === null ? null : addOpenTime(calendar, from, ms);
  if (due === null || !("dueAt" in due)) {
    const inUtc = known && calendar === null ? calendarOf(policy, calendarId, contract, "UTC") : null;
    const onlyZone = inUtc !== null && "dueAt" in addOpenTime(inUtc, from, ms);
    const what =
      due !== null
        ? `holidays of the calendar \`${calendarId}\` from ${due.unknownFrom} on`
        : onlyZone
          ? "timeZone"
          : `hours and holidays of the calendar \`${calendarId}\``;
    if (onlyZone) noteZone(inquiry, answer.clause, calendarId, notes);
    if (!missing.some((known) => known.what === what && known.clause === answer.clause)) missing.push({ what, clause: answer.clause });
    return;
  }
  answer.dueAt = formatInstant(due.dueAt);
  answer.steps = due.steps.map(stepOf);
}

/** Hours that are known run in no zone that anybody stated. */
function noteZone({ policy, contract, facts }: Inquiry, clause: string, calendarId: string, notes: Reason[]): void {
  const finding = `the hours of the calendar \`${calendarId}\` are known, and not in which time zone they run`;
  if (notes.some((known) => known.finding === finding)) return;
  const path = `contracts/${contract.contractId}/settings/timeZone`;
  const cure = recordZone(policy.zone, facts.dossier.premises);
  notes.push({ clause, condition: "time-zone", result: "info", finding, facts: [{ path, value: null }], cure });
}

/** Whether the parties stated what a calendar's reading is about: its hours where the text has none, else its holidays. */
const settles = (agreed: AgreedCalendar | undefined, { weekly }: CalendarEntry) =>
  (weekly === null ? agreed?.weekly : agreed?.holidays) !== undefined;

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
