/** The numbers of events: no gap, none twice, whoever gives them at once; and a reader who never skips. */
import { beforeEach, expect, test } from "vitest";
import { type OutboxEvent, openStore, type StoredRecord } from "../../../functions/store/store.ts";
import { type FreshStore, freshStore, newClient } from "../../store.ts";
import { canceled, clientThrough, timeout } from "./interference.ts";

let fresh: FreshStore;
beforeEach(async () => {
  fresh = await freshStore();
});

const event = (id: string): OutboxEvent => ({ id, type: "notice.ruled", subject: "acme", time: 0, data: {} });

async function announce(accountId: string, count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n++) {
    const id = `${accountId}-${String(n).padStart(4, "0")}`;
    const versions = { account: n + 1, catalog: 0 };
    const record: StoredRecord = { kind: "decision", id, accountId, caseId: null, recordedAt: 0, question: {}, answer: "{}", versions };
    await fresh.store.putRecord(record, undefined, [event(`evt_${id}`)]);
  }
}

const listed = async () => (await fresh.store.events.after("events", 0, 1_000)).map(({ sequence, body }) => ({ sequence, ...JSON.parse(body) }));

test("many who number at once leave no gap and number nothing twice, an account's in their order", async () => {
  const accounts = ["a", "b", "c", "d"];
  for (const accountId of accounts) await announce(accountId, 40);
  const stores = await Promise.all([1, 2, 3].map(async () => openStore({ tableName: fresh.tableName, client: await newClient(), now: Date.now })));
  const places = await fresh.store.events.waiting(1_000);
  expect(places).toHaveLength(160);
  await Promise.all([...stores, fresh.store].map((store) => store.events.number(places)));
  const all = await listed();
  expect(all.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 160 }, (_, n) => n + 1));
  expect(new Set(all.map(({ id }) => id)).size).toBe(160);
  for (const accountId of accounts) {
    const versions = all.filter(({ id }) => id.startsWith(`evt_${accountId}-`)).map(({ accountversion }) => accountversion);
    expect(versions).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  }
  expect(await fresh.store.events.waiting(10)).toEqual([]);
});

test.each([
  ["its answer is lost", async (pass: () => Promise<unknown>) => pass().then(() => Promise.reject(timeout()))],
  ["it never arrives", () => Promise.reject(timeout())],
  ["it is in conflict with another", () => Promise.reject(canceled("TransactionConflict"))],
])("a number is given once though %s", async (_, first) => {
  await announce("a", 3);
  let writes = 0;
  const client = await clientThrough((call) => (call.name === "TransactWriteItems" && ++writes === 1 ? first(call.pass) : call.pass()));
  const flaky = openStore({ tableName: fresh.tableName, client, now: Date.now });
  const numbered = await flaky.events.number(await fresh.store.events.waiting(10));
  expect(numbered.map((one) => one?.sequence)).toEqual([1, 2, 3]);
  await announce("a", 1, 3);
  await fresh.store.events.number(await fresh.store.events.waiting(10));
  expect((await listed()).map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4]);
});

test("a reader stops before a number that the index does not show yet, and goes on from there", async () => {
  await announce("a", 5);
  await fresh.store.events.number(await fresh.store.events.waiting(10));
  let lagging = true;
  const client = await clientThrough(async (call) => {
    const answer = await call.pass();
    if (call.name !== "Query" || !lagging) return answer;
    return { ...answer, Items: answer.Items.filter((item: { listSort: { S: string } }) => Number(item.listSort.S) !== 3) };
  });
  const reader = openStore({ tableName: fresh.tableName, client, now: Date.now });
  expect((await reader.events.after("events", 0, 10)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  lagging = false;
  expect((await reader.events.after("events", 2, 10)).map(({ sequence }) => sequence)).toEqual([3, 4, 5]);
});

test("pages of any size give the same list", async () => {
  await announce("a", 7);
  await fresh.store.events.number(await fresh.store.events.waiting(10));
  for (const size of [1, 2, 3, 7, 8]) {
    const read: number[] = [];
    for (;;) {
      const page = await fresh.store.events.after("events", read.at(-1) ?? 0, size);
      if (page.length === 0) break;
      read.push(...page.map(({ sequence }) => sequence));
    }
    expect(read).toEqual([1, 2, 3, 4, 5, 6, 7]);
  }
});
