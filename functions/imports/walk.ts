/** Goes through the shares of an import, keeping after each what became of its rows, so that a later run goes on there. */
import { concurrently } from "../http/concurrently.ts";
import { Corrupt, Unavailable } from "../store/errors.ts";
import { LeaseLost, type Run } from "./lease.ts";
import { patiently } from "./patience.ts";
import { keepResults } from "./results.ts";
import { countsOf, type RowResult, sumOf } from "./rows.ts";
import { type ImportState, type Status, stepsFor } from "./state.ts";
import type { Workshop } from "./work.ts";

type OnRows = (rows: number) => Promise<void>;

/** Accounts that are read, and written, with one request. */
const accountsTogether = 32;
/** Requests under way at once. */
const width = 3;

/**
 * @param finished what the import is once all is done
 * @param act does one share; what it gives beside its results is kept with the state
 * @returns false where the time was over before
 */
export async function walk(
  run: Run,
  shop: Workshop,
  isOver: () => boolean,
  finished: Status | (() => Status),
  act: (step: number, onRows: OnRows) => Promise<{ results: RowResult[] } & Partial<ImportState>>,
): Promise<boolean> {
  const { id, file } = run.state;
  const count = stepsFor(file?.bytes ?? 0);
  for (let first = true; run.state.stepsDone < count; first = false) {
    if (!first && isOver()) {
      await run.release({});
      return false;
    }
    const step = run.state.stepsDone;
    let rowsDone = rowsBefore(run.state, step);
    const { results, ...patch } = await act(step, (rows) => {
      rowsDone += rows;
      return run.tell(() => ({ rowsDone }));
    });
    await patiently(() => keepResults(shop.store.imports, id, step, results));
    const steps = [...run.state.steps];
    steps[step] = countsOf(results);
    await run.save({ ...patch, steps, stepsDone: step + 1, rowsDone: rowsBefore({ steps }, step + 1) });
  }
  await run.release({ status: typeof finished === "string" ? finished : finished() });
  return true;
}

function rowsBefore({ steps }: Pick<ImportState, "steps">, step: number): number {
  return Object.values(sumOf(steps.slice(0, step))).reduce((sum, rows) => sum + rows, 0);
}

type Account<T> = [accountId: string, items: T[]];

/** What is done to accounts, and how what became of it is told. */
export interface Act<T> {
  /** Does many at once: null for each that has to be done alone. Where it fails, each is done alone. */
  together(accounts: Account<T>[]): Promise<(RowResult[] | null)[]>;
  alone(account: Account<T>): Promise<RowResult[]>;
  failed(items: readonly T[], detail: string): RowResult[];
}

/**
 * Does the same for each account. One that fails by a fault of ours does not hold up the others: it is told in the log,
 * and its rows say so.
 */
export async function eachAccount<T>(shop: Workshop, accounts: Iterable<Account<T>>, onRows: OnRows, act: Act<T>): Promise<RowResult[]> {
  const alone = (account: Account<T>) =>
    act.alone(account).catch((error: unknown) => {
      if (error instanceof Unavailable || error instanceof LeaseLost) throw error;
      shop.log(JSON.stringify({ level: "error", event: "import-account-failed", accountId: account[0], error: storyOf(error) }));
      return act.failed(account[1], error instanceof Corrupt ? "the recorded history of this account is not whole: it was logged" : ourFault);
    });
  const results = await concurrently(width, chunksOf([...accounts]), async (chunk) => {
    const together = await act.together(chunk).catch(() => []);
    const done = await concurrently(width, chunk, async (account, n) => together[n] ?? alone(account));
    await onRows(done.reduce((sum, { length }) => sum + length, 0));
    return done.flat();
  });
  return results.flat();
}

function chunksOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / accountsTogether) }, (_, n) => items.slice(n * accountsTogether, (n + 1) * accountsTogether));
}

const ourFault = "this account could not be worked on by a fault of ours: it was logged";

function storyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
