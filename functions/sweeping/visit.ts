/**
 * One visit: what became true of an account by an instant is announced, once. Whether by the sweep, by the stream or by
 * both at once, the result is the same.
 */
import { type Moment, momentsOf } from "../../domain/questions/moments.ts";
import { policyCalendarMoments } from "../../domain/questions/moments-of-calendars.ts";
import { idNamed } from "../http/ids.ts";
import { knownFactsOf } from "../http/known-facts.ts";
import { policiesOf } from "../http/policies-of.ts";
import { nextRefreshAt, refreshDeadlines } from "../http/refresh-deadlines.ts";
import type { Announcement, Found, Store, Visited, VisitReport } from "../store/store.ts";
import { missedObligations } from "./obligations.ts";

/**
 * @param asOf what is due by then is announced
 * @param now the next visit is never set before it. Both in milliseconds
 */
export async function visitAccount(store: Store, accountId: string, asOf: number, now: number): Promise<VisitReport> {
  const report = await store.visit({ accountId }, (visited) => lookAt(store, accountId, visited, asOf, now));
  await refreshDeadlines(store, accountId, now);
  return report;
}

async function lookAt(store: Store, accountId: string, visited: Visited, asOf: number, now: number): Promise<Found> {
  const { dossier, catalog, followed, watches, isDone } = visited;
  if (dossier === null) return { announcements: [], nextAt: null, settled: watches };
  const { due, nextAt } = momentsOf(knownFactsOf({ dossier, catalog }), followed, asOf, isDone);
  // In time is whoever is in time to the millisecond.
  const over = watches.filter(({ dueAt }) => dueAt < asOf);
  const missed = await missedObligations(
    store,
    accountId,
    over.filter(({ key }) => !isDone(key)),
  );
  return {
    announcements: [...due, ...missed].map((moment) => announcementOf(accountId, accountId, moment, asOf)),
    // An account that was looked at for an instant in the past is looked at again for now.
    nextAt: sooner(nextAt !== null && nextAt < now ? now : nextAt, nextRefreshAt(dossier, Math.max(asOf, now))),
    settled: over,
  };
}

const sooner = (one: number | null, other: number | null) => (one === null || other === null ? (one ?? other) : Math.min(one, other));

/** What is announced of the catalog: calendars of policies that run out. Looked at by every sweep. */
export function visitCatalog(store: Store, asOf: number): Promise<VisitReport> {
  return store.visit("catalog", ({ catalog, isDone }) => {
    const { due } = policyCalendarMoments(policiesOf(catalog), asOf, isDone);
    return { announcements: due.map((moment) => announcementOf("catalog", subjectOf(moment), moment, asOf)), nextAt: null, settled: [] };
  });
}

const subjectOf = ({ data }: Moment) => (data as { policyId: string }).policyId;

/** The event's id follows from its name, so that it cannot be there twice. */
function announcementOf(owner: string, subject: string, { key, marks, type, dueAt, purposeUntil, data }: Moment, asOf: number): Announcement {
  const event = { id: idNamed("evt", dueAt, `${owner}\n${key}`), type, subject, time: dueAt, data };
  // From that instant on nothing can be done any more.
  return { event, marks, missed: purposeUntil !== null && purposeUntil <= asOf };
}
