/**
 * Imports one file in a process of its own, so that its peak memory is its own, and undoes it again: the number of rows
 * and of rows an account are the arguments.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { countsIn, type ImportState, newState, type Status } from "../../functions/imports/state.ts";
import { createTable } from "../../functions/store/create-table.ts";
import { openStore } from "../../functions/store/store.ts";
import { startEmbeddedStore } from "../../infra/local/embedded-store.ts";
import { openImports } from "../../infra/local/imports.ts";
import { storeMilliseconds } from "./store-processor.ts";

/** What one phase took. */
export interface Took {
  /** By the clock. */
  milliseconds: number;
  /** Processor time of this process, user and system. */
  processorMilliseconds: number;
  /** Processor time of the embedded store's process; null where this machine does not tell. */
  storeMilliseconds: number | null;
}

export interface Imported {
  rows: number;
  rowsPerAccount: number;
  /** With handing in the file. */
  preview: Took;
  commit: Took;
  revert: Took;
  /** Of preview and commit. */
  peakMebibytes: number;
}

/** Rows of an account far apart, as in a file that is sorted by something else. */
export async function* fileOf(rows: number, rowsPerAccount: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const accounts = Math.ceil(rows / rowsPerAccount);
  let text =
    "accountId,accountName,contractId,policyId,program,currency,anchorOn,termFirstDay,termLastDay,soldBy,licenseId,productId,licenseKind,seats,deliveredOn,annualFee,coveredFrom\r\n";
  for (let row = 0; row < rows; row++) {
    const account = row % accounts;
    const n = Math.floor(row / accounts);
    text += `a-${account},"Customer, number ${account}",c-${n % 3},ebiexperts-support,enterprise,CHF,2024-01-01,2026-01-01,2026-12-31,reseller:Partner ${account % 7},l-${n},qs-analyzer,perpetual,${1 + (row % 90)},2024-0${1 + (n % 9)}-15,${1_000 + (row % 9_000)}.00,\r\n`;
    if (text.length > 65_536) {
      yield encoder.encode(text);
      text = "";
    }
  }
  yield encoder.encode(text);
}

async function run(rows: number, rowsPerAccount: number): Promise<Imported> {
  const embedded = await startEmbeddedStore({ dbPath: null });
  const folder = mkdtempSync(join(tmpdir(), "good-standing-bench-"));
  try {
    const client = new DynamoDBClient({
      endpoint: embedded.endpoint,
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    await createTable(client, "bench");
    const store = openStore({ client, tableName: "bench", now: Date.now });
    const imports = openImports({ store, folder, baseUrl: "", now: Date.now, log: (line) => console.error(line), holder: "bench" });
    const state = newState("imp_bench", "bench", Date.now());
    await store.imports.put(state.id, state, 0);

    const preview = await timed(embedded.endpoint, async () => {
      await imports.upload(state.id, fileOf(rows, rowsPerAccount));
      await imports.idle();
    });
    expect(await now(), "previewed", "created");
    const commit = await timed(embedded.endpoint, () => ask("committing"));
    expect(await now(), "committed", "created");
    const peakMebibytes = process.resourceUsage().maxRSS / 1_024;
    const revert = await timed(embedded.endpoint, () => ask("reverting"));
    expect(await now(), "reverted", "reverted");
    return { rows, rowsPerAccount, preview, commit, revert, peakMebibytes };

    async function now(): Promise<{ state: ImportState; revision: number }> {
      return (await store.imports.get(state.id)) as { state: ImportState; revision: number };
    }

    /** As a caller asks by `commit` or `revert`. */
    async function ask(status: Status): Promise<void> {
      const { state, revision } = await now();
      await store.imports.put(state.id, { ...state, status, stepsDone: 0, rowsDone: 0 }, revision);
      await imports.intake.enqueue(state.id);
      await imports.idle();
    }
  } finally {
    rmSync(folder, { recursive: true });
    await embedded.stop();
  }

  function expect({ state }: { state: ImportState }, status: Status, outcome: "created" | "reverted"): void {
    const counts = countsIn(state);
    if (state.status !== status || counts[outcome] !== rows)
      throw new Error(`the import is \`${state.status}\` with ${JSON.stringify(counts)}, expected \`${status}\` with \`${rows}\` rows ${outcome}`);
  }
}

async function timed(endpoint: string, act: () => Promise<void>): Promise<Took> {
  const [started, processor, storeBefore] = [performance.now(), process.cpuUsage(), storeMilliseconds(endpoint)];
  await act();
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(processor);
  const storeAfter = storeMilliseconds(endpoint);
  return {
    milliseconds,
    processorMilliseconds: (user + system) / 1_000,
    storeMilliseconds: storeBefore === null || storeAfter === null ? null : storeAfter - storeBefore,
  };
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const [rows, rowsPerAccount] = process.argv.slice(2).map(Number) as [number, number];
process.stdout.write(`${JSON.stringify(await run(rows, rowsPerAccount))}\n`);
process.exit(0);
