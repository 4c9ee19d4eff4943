/**
 * A bulk import into the embedded store, from the file to the facts and back: rows a second, and whether memory depends
 * on how many rows there are. Each size runs in a process of its own, with the store in another.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Imported, Took } from "./import-run.ts";
import { atMost, informs, type Row } from "./table.ts";

const script = fileURLToPath(new URL("./import-run.ts", import.meta.url));

async function imported(rows: number, rowsPerAccount: number): Promise<Imported> {
  const args = ["--import", "tsx", script, String(rows), String(rowsPerAccount)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30 * 60_000 });
  return JSON.parse(stdout);
}

export async function benchImport(say: (line: string) => void): Promise<Row[]> {
  const few = await imported(10_000, 20);
  const many = await imported(100_000, 20);
  for (const run of [few, many]) say(`${run.rows} rows: ${phases(run)}, at most ${run.peakMebibytes.toFixed(0)} MiB`);
  // Processor time of the importing process: the machine's other work must not count.
  const perSecond = rowsASecond(many, ({ processorMilliseconds }) => processorMilliseconds);
  const rows: Row[] = [
    {
      what: "import, preview and commit: rows a second of processor time, 100 000 rows of 5 000 accounts in no order",
      measured: whole(perSecond),
      goal: "≥ 3,000",
      met: perSecond >= 3_000,
    },
    atMost("peak memory at 10 × the rows (10 000 → 100 000)", many.peakMebibytes / few.peakMebibytes, 1.5),
    informs("— peak memory, 10 000 and 100 000 rows", `${few.peakMebibytes.toFixed(0)} MiB, ${many.peakMebibytes.toFixed(0)} MiB`),
    informs("— rows a second by the clock, as busy as the machine was", whole(rowsASecond(many, ({ milliseconds }) => milliseconds))),
    informs("— by the clock: upload and preview, commit, revert", phases(many)),
    informs("— processor time beside it, of the embedded store, for preview and commit", storeShare(many)),
  ];
  for (const rowsPerAccount of [1, 5, 30]) {
    const run = await imported(20_000, rowsPerAccount);
    const own = rowsASecond(run, ({ processorMilliseconds }) => processorMilliseconds);
    rows.push(informs(`— ${rowsPerAccount} rows an account: rows a second of processor time; of the store's`, `${whole(own)}; ${storeRows(run)}`));
  }
  return rows;
}

/** Preview and commit together. */
function rowsASecond({ rows, preview, commit }: Imported, of: (took: Took) => number): number {
  return rows / ((of(preview) + of(commit)) / 1_000);
}

function storeRows(run: Imported): string {
  const { preview, commit } = run;
  return preview.storeMilliseconds === null || commit.storeMilliseconds === null
    ? "not told"
    : whole(rowsASecond(run, ({ storeMilliseconds }) => storeMilliseconds ?? 0));
}

function storeShare({ preview, commit }: Imported): string {
  if (preview.storeMilliseconds === null || commit.storeMilliseconds === null) return "not told";
  return `${seconds(preview.storeMilliseconds + commit.storeMilliseconds)} beside ${seconds(preview.processorMilliseconds + commit.processorMilliseconds)} of ours`;
}

function phases({ preview, commit, revert }: Imported): string {
  const all = preview.milliseconds + commit.milliseconds + revert.milliseconds;
  return [preview, commit, revert].map(({ milliseconds }) => `${seconds(milliseconds)} (${Math.round((100 * milliseconds) / all)} %)`).join(", ");
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
