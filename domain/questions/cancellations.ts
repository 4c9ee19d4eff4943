/** Notices of cancellation whose effect stands in another document: nobody can say what they end, and all that hangs on it is open. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import type { Missing, Reason } from "../decision.ts";
import type { HeldContract, RecordedNotice } from "../facts.ts";
import { namedIn, receiptDay, zoneOf } from "../notice-rulings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { KnownFacts } from "./question.ts";
import type { Lapse } from "./reinstatement-lapses.ts";

interface Open {
  notice: RecordedNotice;
  receivedOn: CalendarDate;
  clause: string;
  missing: string;
}

/** Those received under the contract by the day and not withdrawn, in order of receipt. */
function cancellationsOn({ dossier }: KnownFacts, contract: HeldContract, policy: CompiledPolicy, day: CalendarDate): Open[] {
  const its = policy.notices.find(({ entry }) => entry.notice === "cancellation");
  if (its?.entry.ruling !== "undetermined") return [];
  const { clause, entry } = its;
  return dossier.notices
    .filter(({ kind, contractId, withdrawn }) => kind === "cancellation" && contractId === contract.contractId && withdrawn !== true)
    .flatMap((notice): Open[] => {
      const receivedOn = receiptDay(notice, zoneOf(policy, contract));
      return receivedOn === null || receivedOn > day ? [] : [{ notice, receivedOn, clause, missing: entry.missing }];
    })
    .sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1));
}

/** What the renewal outlook notes of them: it goes on as if there were none, since what they end is not known. */
export const cancellationsNoted = (facts: KnownFacts, contract: HeldContract, policy: CompiledPolicy, day: CalendarDate): Reason[] =>
  cancellationsOn(facts, contract, policy, day).map((open) => ({ ...reasonOf(open), result: "info" }));

/** What an answer about licenses of the contract notes of those that name one of them, and the document that would tell. */
export function cancellationsOf(
  facts: KnownFacts,
  contract: HeldContract,
  policy: CompiledPolicy,
  day: CalendarDate,
  isMeant: (licenseId: string) => boolean,
): { notes: Reason[]; missing: Missing[] } {
  const opens = cancellationsOn(facts, contract, policy, day).filter(({ notice }) => namedIn(notice, contract).some(isMeant));
  return {
    notes: opens.map((open) => ({ ...reasonOf(open), result: "info" })),
    missing: opens.slice(0, 1).map(({ missing, clause }) => ({ what: missing, clause })),
  };
}

/**
 * Whether what is asked to be brought back may have been cancelled: it runs by all that is known, and a cancellation names it.
 * Then neither "nothing lapsed" nor a price can be said (Ebiexperts 7.2, 7.3: a cancellation opens reinstatement).
 * @returns null where something lapsed, or something asked for was not cancelled
 */
export function mayBeCancelled(
  { facts, contract, policy, day }: { facts: KnownFacts; contract: HeldContract; policy: CompiledPolicy; day: CalendarDate },
  lapses: readonly Lapse[],
  asked: readonly string[] | undefined,
): { reasons: Reason[]; missing: Missing[] } | null {
  const opens = cancellationsOn(facts, contract, policy, day);
  const wanted = lapses.filter(({ licenseId }) => asked?.includes(licenseId) ?? true);
  if (wanted.some(({ state }) => state === "lapsed")) return null;
  const counting = opens.filter(({ notice }) => {
    const named = new Set(namedIn(notice, contract));
    return wanted.some(({ licenseId, state }) => state === "running" && named.has(licenseId));
  });
  const cancelled = new Set(counting.flatMap(({ notice }) => namedIn(notice, contract)));
  const running = wanted.filter(({ state, licenseId }) => state === "running" && cancelled.has(licenseId));
  if (running.length === 0 || (asked !== undefined && running.length < wanted.length)) return null;
  const [first] = counting as [Open];
  return { reasons: counting.map(reasonOf), missing: [{ what: first.missing, clause: first.clause }] };
}

const reasonOf = ({ notice: { noticeId }, receivedOn, clause, missing }: Open): Reason => ({
  clause,
  condition: "cancellation",
  result: "unknown",
  finding: `cancellation \`${noticeId}\`, received on ${receivedOn}: whether and when it ends support is not in the policy; missing: ${missing}`,
  facts: [{ path: `notices/${noticeId}/receivedOn`, value: receivedOn }],
  cure: null,
});
