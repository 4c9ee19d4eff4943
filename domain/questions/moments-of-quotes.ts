/** What is announced of quotes: an offer expired, and neither it nor another one for the same was accepted. */
import { isOpen } from "../offers.ts";
import { addDays } from "../time/calendar-date.ts";
import { beginning, type Candidate, type Followed } from "./moments.ts";
import type { KnownFacts } from "./question.ts";

/** Once for each offer, on the day after the last one on which it could be paid. An offer that had expired before its contract was recorded is history. */
export function* quoteMoments(facts: KnownFacts, contracts: readonly Followed[]): Generator<Candidate> {
  for (const offer of facts.dossier.quotes) {
    const { quoteId, contractId, kind, payBy } = offer;
    const followed = contracts.find(({ contract }) => contract.contractId === contractId);
    if (followed === undefined || payBy === undefined || !isOpen(facts.dossier, offer)) continue;
    const dueAt = beginning(followed, addDays(payBy, 1));
    if (dueAt <= followed.since) continue;
    const tell = () => ({ purposeUntil: null, data: { quoteId, kind, contractId, payBy } });
    yield { key: `quote.expired/${quoteId}`, type: "quote.expired", dueAt, tell };
  }
}
