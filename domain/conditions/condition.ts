/** What a condition is: one pure function that judges its parameters against the facts of one inquiry. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import type { Cover } from "../cover.ts";
import type { Coverage } from "../coverage.ts";
import type { FactUsed, Result } from "../decision.ts";
import type { HeldContract, HeldLicense } from "../facts.ts";
import type { Money } from "../money.ts";
import type { EntitlementRequest } from "../questions/entitlement-request.ts";
import type { KnownFacts } from "../questions/question.ts";
import type { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";

/** One license, asked about on one day under one contract and policy. */
export interface Inquiry {
  facts: KnownFacts;
  policy: CompiledPolicy;
  readings: Readings;
  request: EntitlementRequest;
  /** The local day that the answer is for. */
  day: CalendarDate;
  /** The instant that the answer is for, in epoch milliseconds; for a date its last millisecond. */
  at: number;
  /** Whether an instant was asked for, not only a date. */
  atIsExact: boolean;
  /** The zone in which days begin and hours count; null where neither the policy nor the contract nor the premises state one. */
  zone: string | null;
  premises: KnownFacts["dossier"]["premises"][number] | null;
  license: HeldLicense | null;
  productId: string | null;
  product: KnownFacts["catalog"]["products"][number] | null;
  /** The contract that answers. */
  contract: HeldContract;
  /** The cover that the contract gives the license on the day, if any. */
  cover: Cover | null;
  /** Cover of every license on the day, under contracts of the same policy. */
  coverage: Coverage;
}

export interface Judgement {
  result: Result;
  finding: string;
  facts?: FactUsed[];
  /**
   * Replaces the words of the policy's cure, or adds what is priced by it (and then named, where it is of a group); null: there
   * is nothing to be done. `here`: it is for the condition's own clause, not for the one that the policy's cure refers to.
   */
  cure?: { says?: string; of?: readonly string[]; prices?: readonly string[]; price?: Money | null; here?: true } | null;
  /** What is not recorded, where the result is `unknown`. */
  missing?: string;
  /** The clause that decides, where the condition's own only leads to it. */
  clause?: string;
  /** First day on which time alone changes the judgement. */
  until?: CalendarDate | null;
  /** First instant at which it does, in epoch milliseconds, where hours decide. */
  untilAt?: number | null;
}

export type Judge<P> = (parameters: P, inquiry: Inquiry) => Judgement;

/** "l-1, l-2 and 3 more" */
export function listed(ids: readonly string[], most = 10): string {
  const shown = ids.slice(0, most).join(", ");
  return ids.length > most ? `${shown} and ${ids.length - most} more` : shown;
}

/** What somebody whose cover is still to come has to know: nothing is brought back, and nothing more is to be paid for it. */
export const coverBegins = (licenseId: string, { firstDay, contractId }: { firstDay: CalendarDate; contractId: string }) =>
  `cover of ${licenseId} begins on ${firstDay} under contract \`${contractId}\``;

/** The earlier of two days, null meaning never. */
export function sooner(a: CalendarDate | null | undefined, b: CalendarDate | null | undefined): CalendarDate | null {
  if (a == null) return b ?? null;
  return b == null || a < b ? a : b;
}
