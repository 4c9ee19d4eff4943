/** The one sentence of an entitlement decision: what it is, why, by when to reply, and what the customer must still do. */
import type { Outcome, Reason, Result } from "../decision.ts";
import { parseInstant } from "../time/instant.ts";
import { spokenInstant } from "../time/spoken-instant.ts";
import type { Judged } from "./judge-license.ts";
import type { Response } from "./response.ts";

export const openings: Record<Outcome, string> = {
  entitled: "Entitled",
  "not-entitled": "Not entitled",
  discretion: "At the vendor's discretion",
  undetermined: "Undetermined",
  redirected: "Served by someone else",
};
/** The result that a reason must have to decide such an outcome. */
export const decisive: Record<Outcome, Result> = {
  entitled: "pass",
  "not-entitled": "fail",
  discretion: "discretion",
  undetermined: "unknown",
  redirected: "redirect",
};

/** @param title of the policy @param zone in which instants are also said; null: in UTC alone */
export function headlineOf(outcome: Outcome, judged: Judged, response: Response, title: string, zone: string | null): string {
  const { reasons, granted } = judged;
  if (outcome === "entitled") {
    const first = response.deadlines.find(({ kind, dueAt }) => kind === "first-response" && dueAt !== null);
    const open = response.deadlines.some(({ kind, dueAt, commitment }) => kind === "first-response" && dueAt === null && commitment !== "none");
    const due =
      first?.dueAt != null
        ? `; first response due ${spokenInstant(parseInstant(first.dueAt), zone)}`
        : open
          ? "; when the first response is due is not known"
          : "";
    const provided = dutiesOf(response, zone);
    const [by] = granted.toSorted((a, b) => (a.exception.until < b.exception.until ? -1 : 1));
    if (by === undefined) return `${openings.entitled}: every condition of the ${title} holds${due}${provided}`;
    const more = granted.length > 1 ? ` (and ${granted.length - 1} more)` : "";
    return `${openings.entitled} by exception of ${by.exception.approvedBy} until ${by.exception.until} (${by.clause})${more}: everything else of the ${title} holds${due}${provided}`;
  }
  return becauseOf(outcome, reasons);
}

/**
 * "; the customer must call by …": what has to be done for the answer to stay so, or before a target counts. That comes first, then
 * what is due first; the others stand among the obligations.
 */
function dutiesOf({ obligations, awaits }: Response, zone: string | null): string {
  const open = obligations.filter(({ what, ifMissed }) => what === awaits || ifMissed !== null);
  const first = open.find(({ what }) => what === awaits) ?? open.find(({ dueAt }) => dueAt !== null) ?? open[0];
  if (first === undefined) return "";
  const until =
    first.what === awaits ? ", and no response is due before" : first.dueAt === null ? "" : `, by ${spokenInstant(parseInstant(first.dueAt), zone)}`;
  const more = open.length === 1 ? "" : ` (and ${open.length - 1} more ${open.length === 2 ? "obligation" : "obligations"})`;
  return `; the customer must ${first.what}${until}${more}`;
}

/** "Not entitled: the first reason that decides (2.1) (and 1 more)" */
export function becauseOf(outcome: Outcome, reasons: readonly Reason[]): string {
  const grounds = reasons.filter(({ result }) => result === decisive[outcome]);
  const [ground] = grounds as [Reason];
  const more = grounds.length > 1 ? ` (and ${grounds.length - 1} more)` : "";
  return `${openings[outcome]}: ${ground.finding} (${ground.clause})${more}`;
}
