/** By when Ebiexperts has to reply, as one would write it for this policy alone, with the steps that lead there. */
import type { DeadlineAnswer, Missing, ObligationAnswer } from "../../../domain/decision.ts";
import type { EntitlementRequest } from "../../../domain/questions/entitlement-request.ts";
import { dueAfterByTable, explain, iso, type Stretch } from "./zurich-hours.ts";

export interface Replies {
  effectiveSeverity: string | null;
  deadlines: DeadlineAnswer[];
  obligations: ObligationAnswer[];
  missing: Missing[];
}

const minute = 60_000;

export function replies(request: EntitlementRequest, asOf: number, endOfLife: boolean, use: (reading: string, chosen: string) => void): Replies {
  const { kind } = request;
  const question = kind === "question" || kind === "how-to";
  if (question) use("ebx-questions", "as-severity-3");
  const effectiveSeverity = question ? "severity-3" : (request.severity ?? null);
  const result: Replies = { effectiveSeverity, deadlines: [], obligations: [], missing: [] };
  const { deadlines, obligations } = result;
  const reportedAt = request.filedAt === undefined ? asOf : Date.parse(request.filedAt);
  const lastMessageAt = request.lastVendorMessageAt === undefined ? reportedAt : Date.parse(request.lastVendorMessageAt);

  const due = (kind: DeadlineAnswer["kind"], from: number, minutes: number, business: boolean) => {
    use("clock-start", "first-proper-report");
    if (!business) {
      const to = from + minutes * minute;
      deadlines.push(deadline(kind, to, "elapsed", [{ from, to, counted: to - from, note: "every hour counts" }]));
      return;
    }
    use("ebx-holidays", "swiss-centre");
    use("hours-half-open", "closed-at-closing");
    const dueAt = dueAfterByTable(from, minutes * minute);
    deadlines.push(deadline(kind, dueAt, "business", explain(from, dueAt)));
  };

  if (effectiveSeverity === null) {
    for (const kind of ["first-response", "next-update"] as const) deadlines.push({ ...deadline(kind, null, "business", []) });
    result.missing.push({ what: "severity", clause: "3.1.4" });
  } else if (effectiveSeverity === "severity-1") {
    use("ebx-sev1-phone", "literal");
    const phonedAt = request.channel === "phone" ? reportedAt : request.phonedAt === undefined ? null : Date.parse(request.phonedAt);
    if (phonedAt === null) {
      obligations.push({
        what: "phone now: the 30-minute target of severity 1 stands from the report by phone",
        dueAt: null,
        clause: "3.1.4",
        ifMissed: null,
      });
    } else due("first-response", phonedAt, 30, endOfLife);
    const updatesFrom = request.lastVendorMessageAt === undefined ? phonedAt : lastMessageAt;
    if (updatesFrom !== null) due("next-update", updatesFrom, 240, endOfLife);
  } else if (effectiveSeverity === "severity-2") {
    due("first-response", reportedAt, 60, true);
    use("ebx-48h", "business-hours");
    due("next-update", lastMessageAt, 2_880, true);
  } else {
    due("first-response", reportedAt, 240, true);
    deadlines.push({ ...deadline("next-update", null, "business", []), commitment: "none" });
  }

  if (kind === "error") {
    obligations.push({
      what: "remove third-party hardware or software where asked to, to isolate the issue",
      dueAt: null,
      clause: "3.1.2",
      ifMissed: null,
    });
  }
  if (kind === "error" || question) {
    obligations.push({ what: "grant remote access where the vendor asks for it", dueAt: null, clause: "6.4", ifMissed: "discretion" });
  }
  return result;
}

function deadline(kind: DeadlineAnswer["kind"], dueAt: number | null, clock: DeadlineAnswer["clock"], stretches: Stretch[]): DeadlineAnswer {
  const steps = stretches.map(({ from, to, counted, note }) => ({ from: iso(from), to: iso(to), counted: duration(counted), note }));
  return { kind, dueAt: dueAt === null ? null : iso(dueAt), commitment: "effort", clause: "3.1.4", clock, source: "policy", steps };
}

function duration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / minute) % 60;
  const seconds = (ms / 1_000) % 60;
  const text = (hours > 0 ? `${hours}H` : "") + (minutes > 0 ? `${minutes}M` : "") + (seconds > 0 ? `${seconds}S` : "");
  return `PT${text === "" ? "0S" : text}`;
}
