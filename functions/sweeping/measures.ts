/** How a run of the sweep looks from outside: whether it came to its end, how late it was, what it had to set aside. */
import { listedByAllUntil } from "../../domain/questions/moments-of-calendars.ts";
import { daysBetween } from "../../domain/time/calendar-date.ts";
import type { Measures } from "../http/metrics.ts";
import { policiesOf } from "../http/policies-of.ts";
import type { Store, SweepRun } from "../store/store.ts";

const millisecondsPerDay = 86_400_000;

/** @param markBefore the sweep's low-water mark before the run: a day before the start of the last one that came to its end */
export async function measuresOf(store: Store, run: SweepRun, markBefore: number | null): Promise<Measures> {
  const { catalog } = await store.readCatalog(null);
  const listedUntil = listedByAllUntil(policiesOf(catalog));
  const today = new Date(run.startedAt).toISOString().slice(0, 10);
  return {
    SweepsFinished: run.finished ? 1 : 0,
    QuarantinedAccounts: run.quarantinedCount,
    ...(run.finished && markBefore !== null && { SweepLag: Math.max(0, Math.round((run.startedAt - markBefore - millisecondsPerDay) / 1_000)) }),
    ...(listedUntil !== null && { CalendarDaysLeft: daysBetween(today, listedUntil) }),
  };
}
