/**
 * A bulk import into the embedded store, from the file to the facts: rows a second, and whether memory depends on how
 * many rows there are. Each size runs in a process of its own, with the store in another.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Imported } from "./import-run.ts";
import { atMost, informs, type Row } from "./table.ts";

const script = fileURLToPath(new URL("./import-run.ts", import.meta.url));

async function imported(rows: number): Promise<Imported> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, String(rows)], { timeout: 30 * 60_000 });
  return JSON.parse(stdout);
}

export async function benchImport(say: (line: string) => void): Promise<Row[]> {
  const few = await imported(10_000);
  const many = await imported(100_000);
  for (const { rows, previewMilliseconds, commitMilliseconds, peakMebibytes } of [few, many])
    say(`${rows} rows: preview ${seconds(previewMilliseconds)}, commit ${seconds(commitMilliseconds)}, at most ${peakMebibytes.toFixed(0)} MiB`);
  // Processor time of the importing process: the machine's other work must not count.
  const perSecond = many.rows / (many.processorMilliseconds / 1_000);
  return [
    {
      what: "import, preview and commit: rows a second of processor time, 100 000 rows of 5 000 accounts in no order",
      measured: Math.round(perSecond).toLocaleString("en-US"),
      goal: "≥ 3,000",
      met: perSecond >= 3_000,
    },
    atMost("peak memory at 10 × the rows (10 000 → 100 000)", many.peakMebibytes / few.peakMebibytes, 1.5),
    informs("— peak memory, 10 000 and 100 000 rows", `${few.peakMebibytes.toFixed(0)} MiB, ${many.peakMebibytes.toFixed(0)} MiB`),
    informs("— by the clock, 100 000 rows: preview, commit", `${seconds(many.previewMilliseconds)}, ${seconds(many.commitMilliseconds)}`),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
