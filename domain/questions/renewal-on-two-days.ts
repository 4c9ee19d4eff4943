/** "Which term is it there?" What of a renewal is otherwise on the latest possible day, where no zone is given. */
import type { Cure, Reason, Reasons } from "../decision.ts";
import type { RenewalAnswer } from "./renewal.ts";
import { eitherDay, eitherReason } from "./two-days.ts";

/**
 * The outlook of the earliest possible day; a reason says what the latest one changes. It is unknown where status, term or
 * renewal differ, and for information where only figures do.
 */
export function renewalOnEitherDay(first: RenewalAnswer, last: RenewalAnswer, recordZone: Cure): RenewalAnswer {
  const [early, late] = [saysOf(first), saysOf(last)];
  const alike = first.reasons.length === last.reasons.length && first.reasons.every(({ result }, index) => result === last.reasons[index]?.result);
  const reasons = (alike ? first.reasons.map((reason, index) => eitherReason(reason, last.reasons[index] as Reason)) : first.reasons) as Reasons;
  if (early.join() === late.join() && alike) return { ...first, reasons };
  const settled = alike && early[0] === late[0];
  const { clause } = first.reasons[0];
  const reason: Reason = {
    clause,
    condition: "time-zone",
    result: settled ? "info" : "unknown",
    finding: alike
      ? eitherDay(early.join("; "), late.join("; "))
      : eitherDay([...early, ...onlyIn(first, last)].join("; "), [...late, ...onlyIn(last, first)].join("; ")),
    facts: [{ path: `contracts/${first.contractId}/settings/timeZone`, value: null }],
    cure: recordZone,
  };
  return { ...first, reasons: [...reasons, reason], missing: settled ? first.missing : [...first.missing, { what: "timeZone", clause }] };
}

/** What one outlook gives as a reason and the other does not. */
const onlyIn = ({ reasons }: RenewalAnswer, other: RenewalAnswer): string[] =>
  reasons.map(({ finding }) => finding).filter((finding) => !other.reasons.some((reason) => reason.finding === finding));

/** What decides, then the figure that only counts days. */
function saysOf({ status, currentTerm, next, nonRenewal }: RenewalAnswer): string[] {
  const term = currentTerm === null ? "" : ` in the term ${currentTerm.firstDay} to ${currentTerm.lastDay}`;
  const follows = next.term === null ? "" : `, the next is ${next.term.firstDay} to ${next.term.lastDay}`;
  const decides = `the contract is ${status}${term}${follows}`;
  return nonRenewal === null ? [decides] : [decides, leftIn(nonRenewal.daysLeft)];
}

const leftIn = (days: number) =>
  days < 0 ? `the last day for notice of non-renewal was ${-days} days ago` : `${days} days are left to give notice of non-renewal`;
