/** `npm run simulate`: many worlds one after another, in several processes; the first violation ends it, with its seed and history. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allChecks } from "./checks/index.ts";
import { withoutWaiting } from "./clock.ts";
import { runDemo } from "./demo.ts";
import { type Options, optionsFrom, usage } from "./options.ts";
import { added, emptySummary, type Summary, summaryOf, told } from "./report.ts";
import { shrink } from "./shrink.ts";
import { type Failure, realParts, relive, simulate } from "./simulate.ts";
import type { Step } from "./step.ts";

const firstDay = "2024-01-10";
const worldsOf = ({ accounts, accountsPerWorld }: Options) => Math.ceil(accounts / accountsPerWorld);
/** Between what a process prints for people and for the one that started it. */
const mark = "summary ";

async function main(args: readonly string[]): Promise<number> {
  const options = optionsFrom(args);
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  withoutWaiting();
  if (options.replay !== null) return replay(options.replay);
  if (options.demo) return demo();
  if (options.part !== null || options.processes === 1) return livePart(options);
  return liveAll(args, options);
}

/** Starts a process for each part and adds up what they say. */
async function liveAll(args: readonly string[], options: Options): Promise<number> {
  const startedAt = performance.now();
  const { seed, accounts, days, processes } = options;
  console.log(`seed ${seed}: ${accounts} accounts in ${worldsOf(options)} worlds, ${days} days each, faults ${options.faults ? "on" : "off"}`);
  let total = emptySummary();
  const parts = Array.from({ length: processes }, (_, n) =>
    childOf([...args, "--part", `${n}/${processes}`], (summary) => {
      total = added(total, summary);
    }),
  );
  const codes = await Promise.all(parts);
  const code = codes.find((one) => one !== 0) ?? 0;
  console.log(`${told(total)}\n${code === 0 ? "no violation" : "a violation, see above"}; ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return code;
}

function childOf(args: readonly string[], take: (summary: Summary) => void): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (text + chunk).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith(mark)) take(JSON.parse(line.slice(mark.length)));
      else console.log(line);
    }
  });
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
}

async function livePart(options: Options): Promise<number> {
  const [first, step] = options.part ?? [0, 1];
  let total = emptySummary();
  for (let n = first; n < worldsOf(options); n += step) {
    const seed = options.seed * 10_000 + n;
    const before = process.cpuUsage();
    const checks = allChecks(realParts);
    const outcome = await simulate(
      { seed, firstDay, days: options.days, accounts: options.accountsPerWorld, faults: options.faults },
      realParts,
      checks.observers,
    );
    const { user, system } = process.cpuUsage(before);
    const summary = summaryOf(outcome.contractDays, (user + system) / 1e6, outcome.tally, checks.figures());
    total = added(total, summary);
    if (options.part !== null) console.log(`${mark}${JSON.stringify(summary)}`);
    if (outcome.failure !== null) return tell(seed, options, outcome.failure);
    console.log(`world ${n + 1} of ${worldsOf(options)}, seed ${seed}: ${outcome.contractDays} contract-days`);
  }
  if (options.part === null) console.log(told(total));
  return 0;
}

/** The shortest history is written to a file, so that it can be lived again. */
async function tell(seed: number, { days, accountsPerWorld, faults }: Options, { history, violation }: Failure): Promise<number> {
  console.log(`violation in world ${seed}: ${violation.message}\nlooking for a shorter history than ${history.length} steps`);
  const shortest = await shrink(history, violation, realParts, () => allChecks(realParts).observers);
  const file = join(tmpdir(), `simulation-${seed}.jsonl`);
  writeFileSync(file, shortest.history.map((step) => `${JSON.stringify(step)}\n`).join(""));
  console.log(`${shortest.violation.message}\nafter ${shortest.history.length} steps:`);
  for (const step of shortest.history) console.log(JSON.stringify(step));
  console.log(
    `again: npm run simulate -- --replay ${file} (world ${seed}, ${days} days, ${accountsPerWorld} accounts, faults ${faults ? "on" : "off"})`,
  );
  return 1;
}

async function replay(file: string): Promise<number> {
  const history = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Step);
  const violation = await relive(history, realParts, allChecks(realParts).observers);
  console.log(violation === null ? "no violation" : violation.stack);
  return violation === null ? 0 : 1;
}

async function demo(): Promise<number> {
  const outcome = await runDemo({ firstDay: "2026-11-22", years: 10, accounts: Number.POSITIVE_INFINITY });
  console.log(outcome.told);
  return outcome.problems.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? `${error.stack}\n${usage}` : error);
    process.exitCode = 2;
  },
);
