/** What the vendor decided where a clause leaves something to its discretion: until a day, for a contract or for all of them. */
import type { CompiledPolicy } from "./compiled-policy.ts";
import type { Reason } from "./decision.ts";
import type { RecordedException } from "./facts.ts";
import { addDays, type CalendarDate } from "./time/calendar-date.ts";

/** Whether an exception at a clause holds at another one: the same, or a part of it, as 7.3(i) is of 7.3. */
const takesIn = (clause: string, other: string) => other === clause || other.startsWith(`${clause}(`);

/** Clauses of a policy under which the vendor may decide one way or the other, in the order of the text. */
export function clausesOfDiscretion({ policy }: CompiledPolicy): string[] {
  return policy.clauses
    .filter(
      ({ conditions, obligations, formulas }) =>
        conditions?.some((entry) => "otherwise" in entry && entry.otherwise === "discretion") ||
        obligations?.some(({ ifMissed }) => ifMissed === "discretion") ||
        formulas?.some((entry) => "afterwards" in entry && entry.afterwards === "discretion"),
    )
    .map(({ id }) => id);
}

/** Whether some clause that leaves discretion is the one named, or a part of it. */
export const leavesDiscretion = (policy: CompiledPolicy, clause: string) => clausesOfDiscretion(policy).some((one) => takesIn(clause, one));

/** Whether an exception at the clause can waive money: only of a reinstatement that the vendor may grant. */
export const waivesMoney = (policy: CompiledPolicy, clause: string) =>
  policy.policy.clauses.some(
    ({ id, formulas }) => takesIn(clause, id) && formulas?.some((entry) => "afterwards" in entry && entry.afterwards === "discretion"),
  );

/**
 * The exception that counts at a clause of a contract on a day, from `approvedOn` through `until`, both inside; of several
 * the one that counts longest. `changesOn`: the first day on which time alone changes that.
 */
export function exceptionAt(
  exceptions: readonly RecordedException[],
  clause: string,
  contractId: string | undefined,
  day: CalendarDate,
): { exception: RecordedException | undefined; changesOn: CalendarDate | null } {
  const its = exceptions.filter(
    (one) => (one.contractId === undefined || one.contractId === contractId) && takesIn(one.clause, clause) && one.until >= day,
  );
  const begun = its.filter(({ approvedOn = "" }) => approvedOn <= day).sort((a, b) => (a.until < b.until ? 1 : -1));
  const [exception] = begun;
  const [begins = null] = its.flatMap(({ approvedOn }) => approvedOn ?? []).sort();
  return { exception, changesOn: exception === undefined ? begins : addDays(exception.until, 1) };
}

/** A reason that the vendor decided in the customer's favor: what it was stays in the finding. */
export function approved(reason: Reason, { exceptionId, approvedBy, until, reason: why }: RecordedException): Reason {
  return {
    ...reason,
    result: "pass",
    finding: `approved as an exception by ${approvedBy} until ${until}: ${why}; without it: ${reason.finding}`,
    facts: [...reason.facts, { path: `exceptions/${exceptionId}`, value: until }],
    cure: null,
  };
}
