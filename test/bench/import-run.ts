/** Imports one file in a process of its own, so that its peak memory is its own: the number of rows is the argument. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type ImportState, newState } from "../../functions/imports/state.ts";
import { createTable } from "../../functions/store/create-table.ts";
import { openStore } from "../../functions/store/store.ts";
import { startEmbeddedStore } from "../../infra/local/embedded-store.ts";
import { openImports } from "../../infra/local/imports.ts";

export interface Imported {
  rows: number;
  previewMilliseconds: number;
  commitMilliseconds: number;
  /** Of this process, user and system, for both. */
  processorMilliseconds: number;
  peakMebibytes: number;
}

const rowsPerAccount = 20;

/** Rows of an account far apart, as in a file that is sorted by something else. */
export async function* fileOf(rows: number): AsyncGenerator<Uint8Array> {
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

async function run(rows: number): Promise<Imported> {
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
    const processor = process.cpuUsage();

    const started = performance.now();
    await imports.upload(state.id, fileOf(rows));
    await imports.idle();
    const previewed = await expectStatus("previewed");
    const committing = performance.now();
    await store.imports.put(state.id, { ...previewed.state, status: "committing", stepsDone: 0, rowsDone: 0 }, previewed.revision);
    await imports.intake.enqueue(state.id);
    await imports.idle();
    const ended = performance.now();
    const { state: committed } = await expectStatus("committed");
    if (committed.steps.reduce((sum, { created }) => sum + created, 0) !== rows) throw new Error("not every row was created");
    const { user, system } = process.cpuUsage(processor);
    return {
      rows,
      previewMilliseconds: committing - started,
      commitMilliseconds: ended - committing,
      processorMilliseconds: (user + system) / 1_000,
      peakMebibytes: process.resourceUsage().maxRSS / 1_024,
    };

    async function expectStatus(status: string) {
      const found = await store.imports.get(state.id);
      const got = found?.state as ImportState;
      if (found === null || got.status !== status) throw new Error(`the import is ${JSON.stringify(got)}, expected ${status}`);
      return { state: got, revision: found.revision };
    }
  } finally {
    rmSync(folder, { recursive: true });
    await embedded.stop();
  }
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const imported = await run(Number(process.argv[2]));
process.stdout.write(`${JSON.stringify(imported)}\n`);
process.exit(0);
