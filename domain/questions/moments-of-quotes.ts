/** What is announced of quotes: an offer expired, unaccepted. */
import { addDays } from "../time/calendar-date.ts";
import { beginning, type Candidate, type Followed } from "./moments.ts";
import type { KnownFacts } from "./question.ts";

/** Once for each offer, on the day after the last one on which it could be paid. An offer that had expired before its contract was recorded is history. */
export function* quoteMoments(facts: KnownFacts, contracts: readonly Followed[]): Generator<Candidate> {
  for (const { quoteId, contractId, kind, payBy, acceptedPaidOn, voidedAt } of facts.dossier.quotes) {
    const followed = contracts.find(({ contract }) => contract.contractId === contractId);
    if (followed === undefined || payBy === undefined || acceptedPaidOn !== undefined || voidedAt !== undefined) continue;
    const dueAt = beginning(followed, addDays(payBy, 1));
    if (dueAt <= followed.since) continue;
    const tell = () => ({ purposeUntil: null, data: { quoteId, kind, contractId, payBy } });
    yield { key: `quote.expired/${quoteId}`, type: "quote.expired", dueAt, tell };
  }
}
