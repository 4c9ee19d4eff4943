/** One answer of the two that an unset zone makes possible. */
import { type Cure, outcomeOf, type Reason, type Reasons } from "../decision.ts";
import { type EntitlementAnswer, sameDeadlines } from "./entitlement-answer.ts";
import { becauseOf, openings } from "./entitlement-headline.ts";
import { dependsOnZone, eitherDay, eitherReason } from "./two-days.ts";

const holds = ({ result }: Reason) => result === "pass" || result === "info";

/** Whether both days say the same of a condition; one that is asked on one of them only and holds changes nothing. */
const alike = (a: Reason | undefined, b: Reason | undefined) =>
  [a, b].every((reason) => reason === undefined || holds(reason)) || a?.result === b?.result;

/**
 * The zone is not set and the local date decides: a result that differs between the earliest and the latest possible date
 * is unknown, as is what stands against it and only one of them asks, and so is a deadline; where only figures differ, the sentence gives both.
 */
export function onEitherDay(a: EntitlementAnswer, b: EntitlementAnswer, recordZone: Cure): EntitlementAnswer {
  const asked = sideBySide(a.reasons, b.reasons);
  const differ = asked.map(([one, other]) => !alike(one, other));
  const reasons = asked.map(([one, other], index): Reason => {
    if (!differ[index]) return one === undefined || other === undefined ? ((one ?? other) as Reason) : eitherReason(one, other);
    const finding = `${dependsOnZone}: ${one?.finding ?? "not asked"}; or ${other?.finding ?? "not asked"}`;
    return { ...((one ?? other) as Reason), result: "unknown", finding, cure: recordZone };
  }) as Reasons;
  const same = sameDeadlines(a, b);
  const both = { ...a, reasons, missing: together(a.missing, b.missing), readings: together(a.readings, b.readings) };
  if (same && !differ.includes(true)) return { ...both, headline: eitherDay(a.headline, b.headline) };
  const deadlines = same ? a.deadlines : a.deadlines.map((one) => ({ ...one, dueAt: null, steps: [] }));
  const { clause } = reasons[differ.indexOf(true)] ?? a.deadlines[0] ?? reasons[0];
  const missing = [...both.missing, { what: "timeZone", clause }];
  const outcome = outcomeOf(reasons);
  const headline =
    outcome === "undetermined"
      ? `${openings.undetermined}: the answer ${dependsOnZone} (${clause})`
      : outcome === "entitled"
        ? eitherDay(a.headline, b.headline)
        : becauseOf(outcome, reasons);
  return { ...both, outcome, reasons, headline, deadlines, missing };
}

/** Each condition with what it said on either day. Two versions of a policy may ask different ones: what only one asks stands alone. */
function sideBySide(first: readonly Reason[], last: readonly Reason[]): [Reason | undefined, Reason | undefined][] {
  const left = [...last];
  const pairs = first.map((reason): [Reason, Reason | undefined] => {
    const at = left.findIndex(({ clause, condition }) => clause === reason.clause && condition === reason.condition);
    return [reason, at < 0 ? undefined : left.splice(at, 1)[0]];
  });
  return [...pairs, ...left.map((reason): [undefined, Reason] => [undefined, reason])];
}

/** What either list has, once. */
const together = <T>(first: readonly T[], last: readonly T[]): T[] => {
  const known = new Set(first.map((one) => JSON.stringify(one)));
  return [...first, ...last.filter((one) => !known.has(JSON.stringify(one)))];
};
