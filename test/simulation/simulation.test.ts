/** The simulation in short: two worlds a test run, always the same ones; `npm run simulate` lives longer ones. */
import { describe, expect, test } from "vitest";
import type { Store } from "../../functions/store/store.ts";
import { runSweep } from "../../functions/sweeping/run.ts";
import { allChecks } from "./checks/index.ts";
import { realParts, simulate } from "./simulate.ts";
import type { Parts } from "./world.ts";

const setup = { firstDay: "2025-01-01", days: 400, accounts: 4, faults: true };

test.each([11, 12])("random lives under faults, seed %i: everything that must hold does", { timeout: 120_000 }, async (seed) => {
  const checks = allChecks(realParts);
  const { failure, contractDays, tally } = await simulate({ seed, ...setup }, realParts, checks.observers);
  expect(failure?.violation.message ?? null).toBeNull();
  expect(contractDays).toBeGreaterThan(500);
  expect(tally.faults.size).toBeGreaterThan(2);
  expect(Object.entries(checks.figures()).filter(([name, figure]) => figure === 0 && name !== "events kept as missed")).toEqual([]);
});

/** What is broken here would go unseen without the checks: each must be caught within a few short worlds. */
describe("a broken service is caught", () => {
  const broken: Record<string, Parts> = {
    "a sweep that never runs": { ...realParts, sweep: async () => {} },
    "a sweep that looks two days ahead": {
      ...realParts,
      sweep: (store, now) => {
        const asOf = now + 2 * 86_400_000;
        return runSweep(store, { asOf, now: () => now, remainingMilliseconds: () => 1_000_000, log: () => {} });
      },
    },
    "a store that forgets notices": { ...realParts, store: forgettingNotices },
    "events that are never numbered": { ...realParts, number: async () => {} },
  };

  test.each(Object.entries(broken))("%s", { timeout: 120_000 }, async (_, parts) => {
    const messages: string[] = [];
    for (let seed = 21; seed < 27 && messages.length === 0; seed++) {
      const { failure } = await simulate({ ...setup, seed, faults: false }, parts, allChecks(parts).observers);
      if (failure !== null) messages.push(failure.violation.message);
    }
    expect(messages).toHaveLength(1);
  });
});

function forgettingNotices(store: Store): Store {
  return {
    ...store,
    async readFacts(accountId, knownAt) {
      const snapshot = await store.readFacts(accountId, knownAt);
      return snapshot && { ...snapshot, dossier: { ...snapshot.dossier, notices: [] } };
    },
  };
}
