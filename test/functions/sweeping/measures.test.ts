/** What a run of the sweep shows to the outside: worked by hand from its marks, and from the calendars that policies list. */
import { beforeAll, expect, test } from "vitest";
import type { Store, SweepRun } from "../../../functions/store/store.ts";
import { measuresOf } from "../../../functions/sweeping/measures.ts";
import { freshStore } from "../../store.ts";

let store: Store;
beforeAll(async () => {
  ({ store } = await freshStore());
});

const startedAt = Date.parse("2026-03-02T09:30:00Z");
const run: SweepRun = {
  asOf: startedAt,
  startedAt,
  finishedAt: startedAt + 4_000,
  visited: 3,
  announced: 2,
  missed: 0,
  quarantined: [],
  quarantinedCount: 0,
  finished: true,
};
/** The mark stands a day behind the start of the run before. */
const markOf = (startOfTheRunBefore: string) => Date.parse(startOfTheRunBefore) - 86_400_000;

test("a run a quarter of an hour after the one before is a quarter of an hour behind", async () => {
  expect(await measuresOf(store, run, markOf("2026-03-02T09:15:00Z"))).toMatchObject({ SweepsFinished: 1, SweepLag: 900, QuarantinedAccounts: 0 });
});

test("after an outage of two days it is two days behind", async () => {
  expect(await measuresOf(store, run, markOf("2026-02-28T09:30:00Z"))).toMatchObject({ SweepLag: 172_800 });
});

test("two runs at once are not behind each other", async () => {
  expect(await measuresOf(store, run, markOf("2026-03-02T09:30:05Z"))).toMatchObject({ SweepLag: 0 });
});

test("the first run of all, and one that had to stop, say nothing of a lag", async () => {
  expect(await measuresOf(store, run, null)).not.toHaveProperty("SweepLag");
  const stopped = await measuresOf(store, { ...run, finished: false, quarantinedCount: 2 }, markOf("2026-03-02T09:15:00Z"));
  expect(stopped).toMatchObject({ SweepsFinished: 0, QuarantinedAccounts: 2 });
  expect(stopped).not.toHaveProperty("SweepLag");
});

test("holidays of the policies that ship with the product are listed up to the end of 2040", async () => {
  // From 2026-03-02 to 2040-12-31: 304 days to the end of 2026, then 14 years with the leap days of 2028, 2032, 2036 and 2040.
  expect((await measuresOf(store, run, null)).CalendarDaysLeft).toBe(304 + 14 * 365 + 4);
});
