/** The short form of `npm run simulate`: a few worlds with all faults, and years of a part of the demo portfolio. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allChecks } from "./checks/index.ts";
import { withoutWaiting } from "./clock.ts";
import { runDemo } from "./demo.ts";
import { faultKinds } from "./faults.ts";
import { totalOf } from "./report.ts";
import { shrink } from "./shrink.ts";
import { realParts, relive, simulate } from "./simulate.ts";
import { emptyTally } from "./world.ts";

let restore: () => void;
beforeAll(() => {
  restore = withoutWaiting();
});
afterAll(() => restore());

describe("a simulated portfolio", () => {
  test("holds what must hold, every day, whatever goes wrong", { timeout: 120_000 }, async () => {
    const tally = emptyTally();
    let contractDays = 0;
    for (const seed of [1, 2]) {
      const outcome = await simulate(
        { seed, firstDay: "2024-01-10", days: 430, accounts: 8, faults: true },
        realParts,
        allChecks(realParts).observers,
        tally,
      );
      expect(outcome.failure?.violation.message ?? null, `seed ${seed}`).toBeNull();
      contractDays += outcome.contractDays;
    }
    // It was not quiet: a run that does nothing would hold everything.
    expect(contractDays).toBeGreaterThan(8_000);
    expect(faultKinds.filter((kind) => !tally.faults.has(kind))).toEqual([]);
    expect(totalOf(Object.fromEntries(tally.faults))).toBeGreaterThan(150);
  });

  test("lives a history again to the same end", { timeout: 60_000 }, async () => {
    const setup = { seed: 3, firstDay: "2024-01-10", days: 60, accounts: 3, faults: true };
    const stopped = { after: () => Promise.reject(new Error("stopped")) };
    const checks = () => [
      ...allChecks(realParts).observers,
      { after: async (_: unknown, step: { do: string; id: number }) => (step.id > 150 ? stopped.after() : undefined) },
    ];
    const { failure } = await simulate(setup, realParts, checks());
    expect(failure?.violation.message).toContain("stopped");
    expect((await relive(failure?.history ?? [], realParts, checks()))?.message).toContain("stopped");
    const shortest = await shrink(failure?.history ?? [], failure?.violation as never, realParts, checks, 30);
    // What is sold stays in every history; of the rest only the step that stops it is left.
    expect(shortest.history.filter((step) => !(step.do === "send" && step.account === null))).toHaveLength(1);
  });
});

describe("ten years of the demo portfolio", () => {
  test("come to the same end with sixty days without a sweep in the middle", { timeout: 120_000 }, async () => {
    const outcome = await runDemo({ firstDay: "2026-11-22", years: 10, accounts: 12 });
    expect(outcome.problems).toEqual([]);
    expect(outcome.events).toBeGreaterThan(300);
    expect(outcome.missed).toBeGreaterThan(0);
  });
});
