/**
 * "Has everything been announced?" The sweep that runs by the clock, run by hand; and how its last run went.
 */
import * as z from "zod";
import { instant } from "../domain/facts.ts";
import { instantOfAsOf } from "../domain/questions/question.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { asOf } from "./http/moment-shapes.ts";
import { asOfFrom } from "./http/moments.ts";
import { answer, type Operations, operation, record } from "./http/operation.ts";
import { Problem } from "./http/problem.ts";
import { serve } from "./http/serve.ts";
import type { SweepRun } from "./store/store.ts";
import { runSweep } from "./sweeping/run.ts";

const tag = "Events";

const count = z.int().min(0);

const sweepAnswer = z
  .strictObject({
    asOf: instant,
    startedAt: instant,
    finishedAt: instant,
    visited: count.meta({ description: "Accounts that were looked at." }),
    announced: count,
    missed: count.meta({ description: "What could no longer be acted on when the run came to it: kept, not sent." }),
    quarantined: z.array(z.strictObject({ accountId: z.string(), reason: z.string() })).meta({ description: "At most 50." }),
    quarantinedCount: count.meta({ description: "Accounts that could not be visited. They are tried again a day later." }),
    finished: z.boolean().meta({ description: "False: time ran out. The next run goes on from there." }),
  })
  .meta({ id: "Sweep", description: "How a run of the sweep went." });

/** As far ahead as a run may look, to try things out. */
const mostAheadMilliseconds = 1_830 * 86_400_000;
/** API Gateway waits for 30 seconds. */
const mostMilliseconds = 20_000;

const run = operation({
  summary: "Announce what is due and was not announced yet",
  description:
    "The very run that the schedule does every day and every 15 minutes; repeating it announces nothing twice. " +
    "`asOf` announces what is due by then; a day means its last millisecond in UTC.",
  tag,
  body: z.strictObject({ asOf: asOf.optional() }).meta({ id: "SweepRequest" }).optional(),
  idempotency: "accepted",
  answers: { 200: sweepAnswer },
  async run(call) {
    const { body, now, store } = call;
    const due = instantOfAsOf(asOfFrom(body?.asOf, now), null);
    if (due - now > mostAheadMilliseconds) {
      const detail = "must lie at most five years ahead";
      throw new Problem(400, "as-of-too-far-ahead", `\`asOf\` ${detail}`, { errors: [{ in: "body", pointer: "/asOf", detail }] });
    }
    const startedAt = performance.now();
    const elapsed = () => Math.round(performance.now() - startedAt);
    const remainingMilliseconds = () => mostMilliseconds - elapsed();
    // The answer says how it went; what went wrong is for the log too.
    const log = (line: string) => void (JSON.parse(line).level === "error" && process.stdout.write(`${line}\n`));
    return record(call, [], answer(200, told(await runSweep(store, { asOf: due, now: () => now + elapsed(), remainingMilliseconds, log }))));
  },
});

const last = operation({
  summary: "Tell how the last run went",
  tag,
  answers: { 200: sweepAnswer },
  async run({ store }) {
    const before = await store.sweeps.readLast();
    if (before === null) throw new Problem(404, "sweep-not-found", "no sweep has run yet: `POST /v1/sweeps` runs one");
    return answer(200, told(before));
  },
});

const told = ({ asOf, startedAt, finishedAt, ...counts }: SweepRun) => ({
  asOf: formatInstant(asOf),
  startedAt: formatInstant(startedAt),
  finishedAt: formatInstant(finishedAt),
  ...counts,
});

export const operations: Operations = {
  "POST /v1/sweeps": run,
  "GET /v1/sweeps/last": last,
};

export const handler = serve(operations);
