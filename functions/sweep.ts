/**
 * Runs by the clock: announces what became true since the last run, and goes on where a run before it had to stop.
 */
import type { Context, ScheduledEvent } from "aws-lambda";
import { openStore, type Store } from "./store/store.ts";
import { runSweep } from "./sweeping/run.ts";

let opened: Store | undefined;

export async function handler(_event: ScheduledEvent, context: Context): Promise<void> {
  const { TABLE_NAME: tableName } = process.env;
  if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
  opened ??= openStore({ tableName, now: Date.now });
  const { finished } = await runSweep(opened, {
    // A run that was delivered late announces what is due by now.
    asOf: Date.now(),
    now: Date.now,
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    log: (line) => void process.stdout.write(`${line}\n`),
  });
  // Tried again at once by whoever invoked it, instead of at the next quarter of an hour.
  if (!finished) throw new Error("not everything that is due could be announced in time");
}
