/**
 * The sweep: visits every account for which something is due, however many runs were missed, late, doubled or cut short.
 * It announces what the facts say; it decides nothing. What it reads grows with what is due, not with what is stored.
 */
import { engineVersion } from "../http/engine-version.ts";
import { digestOfJson, type Store, type SweepProgress, type SweepRun, Unavailable } from "../store/store.ts";
import { visitAccount, visitCatalog } from "./visit.ts";

export interface SweepOptions {
  /** What is due by then is announced. In milliseconds. */
  asOf: number;
  now(): number;
  remainingMilliseconds(): number;
  /** Takes one line, without its end. */
  log(line: string): void;
}

const millisecondsPerDay = 86_400_000;
/** Left over to say how far it came. */
const reserveMilliseconds = 3_000;
/** Visited side by side: more would only wait for one another. */
const atOnce = 8;
/** As many accounts may fail because the table is too busy before the run gives up. */
const mostLeft = 20;
const mostListed = 50;
const accountsPerPage = 100;

/** One run. Safe to repeat, late, and any number of times at once. @throws Unavailable when the table cannot be reached */
export async function runSweep(store: Store, options: SweepOptions): Promise<SweepRun> {
  const { asOf, now, log } = options;
  const startedAt = now();
  const run = { visited: 0, announced: 0, missed: 0, quarantined: [] as SweepRun["quarantined"], quarantinedCount: 0 };
  const sweep: Sweep = { store, options, run, startedAt, left: 0, seen: new Set() };
  const { progress } = await store.sweeps.read();
  const forCatalog = await visitCatalog(store, asOf);
  run.announced += forCatalog.announced;
  run.missed += forCatalog.missed;

  // The first run of all comes to every account anyway.
  if (progress.mark !== null) await visitAll(sweep, store.dueAccounts(progress.mark, asOf));
  const walked = await walk(sweep);
  const finished = walked && sweep.left === 0 && !isOver(sweep);
  if (finished) await moveMark(store, Math.min(asOf, startedAt) - millisecondsPerDay);

  const done: SweepRun = { asOf, startedAt, finishedAt: now(), ...run, finished };
  await store.sweeps.saveLast(done);
  const { quarantined: _, ...counts } = done;
  log(JSON.stringify({ level: finished && run.quarantinedCount === 0 ? "info" : "error", event: "swept", ...counts, left: sweep.left }));
  return done;
}

interface Sweep {
  store: Store;
  options: SweepOptions;
  run: Pick<SweepRun, "visited" | "announced" | "missed" | "quarantined" | "quarantinedCount">;
  startedAt: number;
  /** Accounts that the table was too busy for. */
  left: number;
  seen: Set<string>;
}

const isOver = ({ options, left }: Sweep) => options.remainingMilliseconds() < reserveMilliseconds || left >= mostLeft;

/** @returns false when time ran out before the end */
async function visitAll(sweep: Sweep, accountIds: AsyncIterator<string> | Iterator<string>): Promise<boolean> {
  let atEnd = false;
  const work = async () => {
    while (!isOver(sweep)) {
      const next = await accountIds.next();
      if (next.done === true) {
        atEnd = true;
        return;
      }
      if (!sweep.seen.has(next.value)) {
        sweep.seen.add(next.value);
        await visitOne(sweep, next.value);
      }
    }
  };
  // All of them are waited for, so that nothing is written once the run is over.
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return atEnd;
}

/** One that fails is set aside for a day and said; it never keeps the others from being visited. */
async function visitOne(sweep: Sweep, accountId: string): Promise<void> {
  const { store, options, run, startedAt } = sweep;
  try {
    const { announced, missed } = await visitAccount(store, accountId, options.asOf, startedAt);
    run.visited++;
    run.announced += announced;
    run.missed += missed;
  } catch (error) {
    if (error instanceof Unavailable) return void sweep.left++;
    const reason = error instanceof Error ? error.message : String(error);
    run.quarantinedCount++;
    if (run.quarantined.length < mostListed) run.quarantined.push({ accountId, reason });
    const story = error instanceof Error ? error.stack : reason;
    options.log(JSON.stringify({ level: "error", event: "account-quarantined", accountId, reason, error: story }));
    await setAside(sweep, accountId, reason);
  }
}

async function setAside(sweep: Sweep, accountId: string, reason: string): Promise<void> {
  try {
    await sweep.store.sweeps.quarantine(accountId, Math.max(sweep.startedAt, sweep.options.asOf) + millisecondsPerDay, reason);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    sweep.left++;
  }
}

/**
 * Visits all accounts once after something has changed that all depend on: policies, product lines, the release. What
 * was due on an account may then be due on another day than its agenda says. Goes on where a run before had to stop.
 */
async function walk(sweep: Sweep): Promise<boolean> {
  const { store } = sweep;
  const reason = await whatAllDependOn(store);
  for (;;) {
    const { progress, revision } = await store.sweeps.read();
    if (progress.walkedFor === reason) return true;
    if (isOver(sweep)) return false;
    const after = progress.walk?.for === reason ? progress.walk.after : null;
    const page = await store.listAccounts({ limit: accountsPerPage, after });
    const atEnd = await visitAll(sweep, page.accounts.map(({ accountId }) => accountId).values());
    if (!atEnd || sweep.left > 0) return false;
    const next: SweepProgress =
      page.after === null ? { ...progress, walkedFor: reason, walk: null } : { ...progress, walk: { for: reason, after: page.after } };
    // Another run may have come further, or less far: whoever saves went through every page before it.
    await store.sweeps.save(next, revision);
  }
}

async function whatAllDependOn(store: Store): Promise<string> {
  const { catalog } = await store.readCatalog(null);
  const lines = catalog.products.map(({ productId, productLine }) => [productId, productLine]);
  return digestOfJson([engineVersion, catalog.policies, lines]);
}

/** Only ever forward. */
async function moveMark(store: Store, mark: number): Promise<void> {
  for (;;) {
    const { progress, revision } = await store.sweeps.read();
    if (progress.mark !== null && progress.mark >= mark) return;
    if (await store.sweeps.save({ ...progress, mark }, revision)) return;
  }
}
