/**
 * The work on an import, in runs of bounded time that go on where the last one ended: reading the file and saying what
 * it would do, writing it, or undoing it. It goes share by share of the accounts, and account by account within.
 */
import type { Store } from "../store/store.ts";
import { LeaseLost, Run } from "./lease.ts";
import { commitSteps, previewSteps, revertSteps } from "./phases.ts";
import type { ImportState, Status } from "./state.ts";
import { Unreadable } from "./unreadable.ts";
import type { Uploads } from "./uploads.ts";

export interface Workshop {
  store: Store;
  uploads: Uploads;
  /** For files that are needed while a run lasts. */
  folder: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Takes one line, without its end. */
  log(line: string): void;
  /** Names this worker. A holder that comes back goes on at once, others wait until its lease is over. */
  holder: string;
}

/** `more`: the time was over before the work. `busy`: another worker has it. */
export type Worked = "done" | "more" | "busy";

/** @param isOver whether the time is over; one share is done in any case */
export async function workOn(importId: string, shop: Workshop, isOver: () => boolean): Promise<Worked> {
  const found = await shop.store.imports.get(importId);
  if (found === null) return "done";
  const state = found.state as ImportState;
  const work = workFor(state.status);
  if (work === null) return "done";
  const { lease } = state;
  if (lease !== null && lease.holder !== shop.holder && lease.until > shop.now()) return "busy";
  const run = new Run(shop.store.imports, state, found.revision, shop.holder, shop.now);
  try {
    return (await work(run, shop, isOver)) ? "done" : "more";
  } catch (error) {
    if (error instanceof LeaseLost) return "busy";
    if (!(error instanceof Unreadable)) {
      await run.release({}).catch(() => {});
      throw error;
    }
    // What was written before stays written, and can be reverted.
    const status = run.state.status === "committing" && run.state.stepsDone > 0 ? "partly-committed" : "failed";
    await run.release({ status, problem: { code: error.code, detail: error.message } });
    return "done";
  }
}

/** Null: nothing is to be done until someone asks. */
function workFor(status: Status) {
  if (status === "awaiting-upload" || status === "reading") return previewSteps;
  if (status === "committing") return commitSteps;
  return status === "reverting" ? revertSteps : null;
}
