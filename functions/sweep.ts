/**
 * Runs by the clock: announces what became true since the last run, and goes on where a run before it had to stop.
 */
import type { Context, ScheduledEvent } from "aws-lambda";
import { measured, stageOfFunction } from "./http/metrics.ts";
import { openStore, type Store } from "./store/store.ts";
import { measuresOf } from "./sweeping/measures.ts";
import { runSweep } from "./sweeping/run.ts";

let opened: Store | undefined;

export async function handler(_event: ScheduledEvent, context: Context): Promise<void> {
  const { TABLE_NAME: tableName } = process.env;
  if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
  opened ??= openStore({ tableName, now: Date.now });
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const { progress } = await opened.sweeps.read();
  const run = await runSweep(opened, {
    // A run that was delivered late announces what is due by now.
    asOf: Date.now(),
    now: Date.now,
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    log,
  });
  const stage = stageOfFunction();
  if (stage !== null) {
    const measures = await measuresOf(opened, run, progress.mark);
    log(JSON.stringify({ level: "info", event: "sweep-measured", ...measured(stage, run.finishedAt, measures) }));
  }
  // Tried again at once by whoever invoked it, instead of at the next quarter of an hour.
  if (!run.finished) throw new Error("not everything that is due could be announced in time");
}
