/**
 * Imports on this machine: the same work as in AWS, one import after the other in this process, on files below the data
 * folder. What was under way when the server stopped goes on when it starts again.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ImportIntake } from "../../functions/imports/intake.ts";
import type { ImportState } from "../../functions/imports/state.ts";
import { workOn } from "../../functions/imports/work.ts";
import type { Store } from "../../functions/store/store.ts";
import { type FileDoor, openUploads } from "./uploads.ts";

export interface LocalImports {
  intake: ImportIntake;
  door: FileDoor;
  /** Takes the file and has the work begin. @throws Problem */
  upload(importId: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Has imports go on that were under way. */
  resume(): Promise<void>;
  /** Resolves once nothing is under way any more. */
  idle(): Promise<void>;
  /** Ends the work at the next share of an import. */
  stop(): Promise<void>;
}

export interface LocalImportOptions {
  store: Store;
  /** Nobody else's: files are kept in it, and what is needed while a run lasts. */
  folder: string;
  /** Of the local server. */
  baseUrl: string;
  now: () => number;
  log: (line: string) => void;
  /** Names who works here: a lease that is left under this name is its own from before. */
  holder: string;
}

const mostTries = 4;
const underWay: ReadonlySet<string> = new Set(["awaiting-upload", "reading", "committing", "reverting"]);

export function openImports({ store, folder, baseUrl, now, log, holder }: LocalImportOptions): LocalImports {
  const uploads = openUploads(join(folder, "files"), baseUrl, now());
  const shares = join(folder, "shares");
  rmSync(shares, { recursive: true, force: true });
  const shop = { store, uploads, folder: shares, now, log, holder };
  let stopping = false;
  let last = Promise.resolve();

  async function work(importId: string): Promise<void> {
    for (let tries = 1; !stopping; tries++) {
      try {
        if ((await workOn(importId, shop, () => stopping)) === "done") return;
      } catch (error) {
        log(JSON.stringify({ level: "error", event: "import-failed", importId, error: error instanceof Error ? error.stack : String(error) }));
        if (tries === mostTries) return;
      }
      if (!stopping) await new Promise((resolve) => setTimeout(resolve, Math.min(5_000, 250 * 2 ** tries)));
    }
  }

  function enqueue(importId: string): void {
    last = last.then(() => work(importId));
  }

  return {
    intake: { uploadUrl: async (importId) => uploads.urlOf(importId), enqueue: async (importId) => enqueue(importId) },
    door: uploads.door(enqueue),
    async upload(importId, content) {
      await uploads.keep(importId, content);
      enqueue(importId);
    },
    async resume() {
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<Store["imports"]["list"]>> = await store.imports.list({ limit: 100, after });
        for (const state of page.states as ImportState[]) if (underWay.has(state.status)) enqueue(state.id);
        after = page.after;
      } while (after !== null);
    },
    async idle() {
      for (let seen: unknown; seen !== last; ) {
        seen = last;
        await last;
      }
    },
    async stop() {
      stopping = true;
      await last;
    },
  };
}
