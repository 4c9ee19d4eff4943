/** One answer of the two that an unset zone makes possible. */
import { outcomeOf, type Reason, type Reasons } from "../decision.ts";
import { type EntitlementAnswer, sameDeadlines } from "./entitlement-answer.ts";
import { becauseOf, openings } from "./entitlement-headline.ts";
import { dependsOnZone, eitherDay, eitherReason, recordZone } from "./two-days.ts";

const holds = ({ result }: Reason) => result === "pass" || result === "info";

/**
 * The zone is not set and the local date decides: a result that differs between the earliest and the latest possible date
 * is unknown, and so is a deadline; where only figures differ, the sentence gives both.
 */
export function onEitherDay(a: EntitlementAnswer, b: EntitlementAnswer, zone: string | null): EntitlementAnswer {
  const differ = (reason: Reason, other: Reason | undefined) =>
    other === undefined || (other.result !== reason.result && !(holds(other) && holds(reason)));
  const reasons = a.reasons.map((reason, index): Reason => {
    const other = b.reasons[index];
    if (!differ(reason, other)) return eitherReason(reason, other);
    return {
      ...reason,
      result: "unknown",
      finding: `${dependsOnZone}: ${reason.finding}; or ${other?.finding ?? "not asked"}`,
      cure: recordZone(zone),
    };
  }) as Reasons;
  const first = a.reasons.findIndex((reason, index) => differ(reason, b.reasons[index]));
  const deadlines = sameDeadlines(a, b) ? a.deadlines : a.deadlines.map((one) => ({ ...one, dueAt: null, steps: [] }));
  if (first < 0 && deadlines === a.deadlines && a.reasons.length === b.reasons.length)
    return { ...a, reasons, headline: eitherDay(a.headline, b.headline) };
  const clause = (reasons[first] ?? a.deadlines[0] ?? reasons[0]).clause;
  const missing = [...a.missing, { what: "timeZone", clause }];
  const outcome = outcomeOf(reasons);
  const headline =
    outcome === "undetermined"
      ? `${openings.undetermined}: the answer ${dependsOnZone} (${clause})`
      : outcome === "entitled"
        ? a.headline
        : becauseOf(outcome, reasons);
  return { ...a, outcome, reasons, headline, deadlines, missing };
}
