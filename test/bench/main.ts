/**
 * `npm run bench`: how fast it is, as ratios of processor time measured in one run, with the goals beside them.
 *
 * `npm run bench -- --machine "2 shared vCPU" --date 2026-11-22` also writes docs/benchmarks.md.
 * `npm run bench -- --only deadline` runs one part.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchBundle } from "./bundle.ts";
import { benchDeadline } from "./deadline.ts";
import { benchDecision } from "./decision.ts";
import { benchGrowth } from "./growth.ts";
import { benchHttp } from "./http.ts";
import { benchImport } from "./import.ts";
import { page } from "./page.ts";
import { benchQuote } from "./quote.ts";
import { benchSweep } from "./sweep.ts";
import { markdown, type Row } from "./table.ts";

const parts: Record<string, (say: (line: string) => void) => Promise<Row[]>> = {
  decision: benchDecision,
  growth: benchGrowth,
  deadline: benchDeadline,
  quote: benchQuote,
  http: benchHttp,
  import: benchImport,
  sweep: benchSweep,
  bundle: benchBundle,
};

const { values } = parseArgs({ options: { machine: { type: "string" }, date: { type: "string" }, only: { type: "string" } } });
const { machine, date, only } = values;
if (only !== undefined && !Object.hasOwn(parts, only)) {
  console.error(`no part \`${only}\`: expected one of \`${Object.keys(parts).join("`, `")}\``);
  process.exit(1);
}

const started = Date.now();
const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue;
  console.error(`${name} …`);
  rows.push(...(await part((line) => console.error(`  ${line}`))));
}
const table = markdown(rows);
console.log(table);
console.error(`took ${Math.round((Date.now() - started) / 1000)} s`);
if (only === undefined && machine !== undefined && date !== undefined) {
  writeFileSync(fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url)), page(table, { machine, date, node: process.version }));
}
process.exit(0);
