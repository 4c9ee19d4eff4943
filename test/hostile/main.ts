/** The nightly form: `npm run hostile -- --seed 1 --requests 1000000`. Ends with 1 where an answer was wrong. */
import { parseArgs } from "node:util";
import { type Report, runHostile } from "./run.ts";

const { values } = parseArgs({ options: { seed: { type: "string" }, requests: { type: "string", default: "1000000" } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const requests = Number(values.requests);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(requests) || requests < 1)
  throw new Error(`--seed and --requests are whole numbers: got \`${values.seed}\` and \`${values.requests}\``);

const startedAt = Date.now();
const rate = ({ requests: done }: Report) => Math.round(done / Math.max(1, (Date.now() - startedAt) / 1_000));
const sorted = (counts: Map<unknown, number>) => [...counts].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

const report = await runHostile({
  seed,
  requests,
  progress(now) {
    if (now.requests > 0 && now.requests % 50_000 === 0) console.log(`${now.requests} requests, ${rate(now)} a second`);
  },
});

console.log(
  `seed ${seed}: ${report.requests} requests, ${report.mustBeRefused} of them to be refused, ${rate(report)} a second, ${report.slow} slow`,
);
for (const [status, times] of sorted(report.statuses)) console.log(`  ${status}  ${times}`);
for (const [kind, times] of sorted(report.kinds)) console.log(`  ${times}  ${kind}`);
for (const { what, number, request, answered } of report.violations) {
  console.log(`\nrequest ${number}, seed ${seed}: ${what} (${request.kinds.join(" + ")})`);
  console.log(JSON.stringify({ ...request, text: request.text.slice(0, 600) }));
  console.log(`${answered.status} ${answered.text.slice(0, 600)}\n${answered.log.join("\n").slice(0, 1_500)}`);
}
process.exitCode = report.violations.length === 0 ? 0 : 1;
