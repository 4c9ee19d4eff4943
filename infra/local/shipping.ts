/**
 * What the table's stream and the schedule do in AWS, on this machine: accounts whose facts were changed are visited,
 * events get their numbers, and a timer runs the sweep. It reads what waits in the table, so nothing is lost by a crash.
 */
import type { Store, StoredRecord, SweepRun } from "../../functions/store/store.ts";
import { runSweep } from "../../functions/sweeping/run.ts";
import { visitAccount } from "../../functions/sweeping/visit.ts";

export interface Shipping {
  /** The store, to be used in place of the one given: what is written through it is followed at once. */
  store: Store;
  /** Resolves once all that was written before is followed and numbered, or after a few seconds: a reader then sees it later. */
  settled(): Promise<void>;
  /** Runs a sweep now, and from then on every minute. */
  start(): Promise<SweepRun>;
  /** Resolves once nothing of it is under way any more. */
  stop(): Promise<void>;
}

const millisecondsBetweenSweeps = 60_000;
const eventsAtOnce = 200;
const mostPatience = 5_000;
/** No one waits for a run on this machine. */
const mostMilliseconds = 10 * 60_000;

export function openShipping(real: Store, now: () => number, log: (line: string) => void): Shipping {
  const changed = new Set<string>();
  let isWritten = false;
  let working: Promise<void> | null = null;
  let sweeping: Promise<unknown> = Promise.resolve();
  /** The first sweep, which catches up on what was due while nothing ran. */
  let isSwept: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  /** One at a time; what is written meanwhile is taken along. */
  function work(): Promise<void> {
    working ??= drain().finally(() => {
      working = null;
    });
    return working;
  }

  async function drain(): Promise<void> {
    // Requests that come close together are followed together.
    await new Promise((resolve) => setTimeout(resolve, 20));
    while (!isStopped && (changed.size > 0 || isWritten)) {
      isWritten = false;
      const accountIds = [...changed];
      changed.clear();
      for (const accountId of accountIds) if (!isStopped) await told(() => visitAccount(real, accountId, now(), now()), { accountId });
      await told(numberAll, {});
    }
  }

  async function numberAll(): Promise<void> {
    for (let last = ""; !isStopped; ) {
      const places = await real.events.waiting(eventsAtOnce);
      const found = JSON.stringify(places);
      // What is still there after it was numbered cannot be: it is damaged.
      if (places.length === 0 || found === last) return;
      await real.events.number(places);
      last = found;
    }
  }

  /** What fails here is tried again by the next sweep. */
  async function told(act: () => Promise<unknown>, of: object): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!isStopped)
        log(JSON.stringify({ level: "error", event: "not-followed", ...of, error: error instanceof Error ? error.stack : String(error) }));
    }
  }

  async function sweep(): Promise<SweepRun> {
    const until = performance.now() + mostMilliseconds;
    const remainingMilliseconds = () => (isStopped ? 0 : until - performance.now());
    const quiet = (line: string) => {
      const { level, announced, missed } = JSON.parse(line);
      if (level !== "info" || announced > 0 || missed > 0) log(line);
    };
    const run = await runSweep(real, { asOf: now(), now, remainingMilliseconds, log: quiet });
    isWritten = true;
    await work();
    return run;
  }

  async function allFollowed(): Promise<void> {
    await isSwept;
    while (working !== null) await working;
  }

  function noting<T>(accountIds: readonly string[], written: Promise<T>): Promise<T> {
    return written.finally(() => {
      for (const accountId of accountIds) changed.add(accountId);
      isWritten = true;
      void work();
    });
  }

  return {
    store: {
      ...real,
      change: (owner, command) => noting(owner === "catalog" ? [] : [owner.accountId], real.change(owner, command)),
      putRecord: (record, reply, events) => noting(watchedIn([record]), real.putRecord(record, reply, events)),
      putRecords: (records, reply, events) =>
        events?.length || watchedIn(records).length > 0
          ? noting(watchedIn(records), real.putRecords(records, reply, events))
          : real.putRecords(records, reply, events),
      visit: (owner, look) => noting([], real.visit(owner, look)),
    },
    settled: () => Promise.race([allFollowed(), new Promise<void>((resolve) => setTimeout(resolve, mostPatience).unref())]),
    start() {
      const first = sweep();
      sweeping = first.catch(() => {});
      isSwept = sweeping;
      timer = setInterval(() => {
        sweeping = sweeping.then(() => (isStopped ? undefined : told(sweep, {})));
      }, millisecondsBetweenSweeps);
      timer.unref();
      return first;
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await sweeping;
      while (working !== null) await working;
    },
  };
}

/** Accounts that a decision gave something to do by an instant. */
const watchedIn = (records: readonly StoredRecord[]) => records.filter(({ watches }) => watches?.length).map(({ accountId }) => accountId);
