/**
 * Brings an account's part of the deadlines list up to date: once after each change of its facts, and as time passes.
 */
import type { Dossier } from "../../domain/facts.ts";
import { deadlinesOf, horizonOf } from "../../domain/questions/deadlines.ts";
import { daysOf } from "../../domain/questions/question.ts";
import { parseInstant } from "../../domain/time/instant.ts";
import { firstInstantOf } from "../../domain/time/zone.ts";
import type { Store } from "../store/store.ts";
import { knownFactsOf } from "./known-facts.ts";

/**
 * May be repeated, late or twice at once.
 * @param now milliseconds since 1970, of the clock: the list answers as of now, whatever a sweep was asked about
 */
export function refreshDeadlines(store: Store, accountId: string, now: number): Promise<void> {
  const days = daysOf({ instant: now }, null);
  // Whatever the zones of its contracts: what one of them has left behind is forgotten, what one does not reach yet is left alone.
  const horizon = { firstDay: horizonOf(days.at(-1) as string).firstDay, lastDay: horizonOf(days[0]).lastDay };
  return store.projectDeadlines(accountId, now, horizon, (known) => deadlinesOf(knownFactsOf(known), { instant: now }, known.watches));
}

const millisecondsPerDay = 86_400_000;
/** Less than the year by which an account's deadlines are derived further ahead than they are listed. */
const mostDaysBetween = 330;

/**
 * By when an account has to be looked at again although nothing is announced before: its deadlines come into reach as time
 * passes, and a notice that is recorded for a day to come counts once that day has begun everywhere. Null without a contract.
 */
export function nextRefreshAt({ contracts, notices }: Dossier, now: number): number | null {
  if (contracts.length === 0) return null;
  const received = notices.flatMap(({ receivedOn, receivedAt }) => {
    const at = receivedOn !== undefined ? firstInstantOf(receivedOn, "Etc/GMT+12") : receivedAt === undefined ? null : parseInstant(receivedAt);
    return at === null || at <= now ? [] : [at];
  });
  return Math.min(now + mostDaysBetween * millisecondsPerDay, ...received);
}
