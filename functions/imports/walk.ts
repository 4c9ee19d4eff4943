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

/** Accounts that are under way at once. */
const width = 8;

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

/**
 * Does the same for each account. One that fails by a fault of ours does not hold up the others: it is told in the log,
 * and its rows say so.
 */
export async function eachAccount<T>(
  shop: Workshop,
  accounts: readonly [accountId: string, items: T[]][],
  onRows: OnRows,
  act: (account: [string, T[]], index: number) => Promise<RowResult[]>,
  failed: (items: readonly T[], detail: string) => RowResult[],
): Promise<RowResult[]> {
  const results = await concurrently(width, accounts, async (account, index) => {
    const done = await act(account, index).catch((error: unknown) => {
      if (error instanceof Unavailable || error instanceof LeaseLost) throw error;
      shop.log(JSON.stringify({ level: "error", event: "import-account-failed", accountId: account[0], error: storyOf(error) }));
      return failed(account[1], error instanceof Corrupt ? "the recorded history of this account is not whole: it was logged" : ourFault);
    });
    await onRows(done.length);
    return done;
  });
  return results.flat();
}

const ourFault = "this account could not be worked on by a fault of ours: it was logged";

function storyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
