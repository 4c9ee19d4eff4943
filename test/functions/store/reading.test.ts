import { expect, test } from "vitest";
import { openStore } from "../../../functions/store/store.ts";
import { freshStore } from "../../store.ts";
import { ordinaryAccount, product, writing } from "./facts.ts";
import { type Call, clientThrough, countingClient } from "./interference.ts";

const acme = { accountId: "acme" };

async function ordinaryStore() {
  const fresh = await freshStore();
  await fresh.store.change("catalog", writing({ path: "products/qs-product-1", value: product }));
  const writes = ordinaryAccount();
  const contacts = writes.filter(({ path }) => path.startsWith("contacts/")).map(({ path }) => path.slice("contacts/".length));
  const persons = contacts.map((contactId) => ({
    contactId,
    person: { name: `Name of ${contactId}`, email: `${contactId}@example.com`, phone: null },
  }));
  await fresh.store.change(acme, { operationId: "op", by: "test", contactIds: contacts, decide: () => ({ writes, persons, answer: null }) });
  return { ...fresh, writes };
}

test("an ordinary account of 30 facts is read in one strongly consistent request of two units, persons left alone", async () => {
  const { tableName, writes } = await ordinaryStore();
  expect(writes).toHaveLength(30);
  const calls: { call: Call; units: number }[] = [];
  const client = await clientThrough(async (call) => {
    const output = await call.pass({ ...call.input, ReturnConsumedCapacity: "TOTAL" });
    calls.push({ call, units: output.ConsumedCapacity.reduce((sum: number, one: { CapacityUnits: number }) => sum + one.CapacityUnits, 0) });
    return output;
  });
  const store = openStore({ tableName, client, now: Date.now });
  await store.readFacts("acme", null);
  calls.length = 0;

  const snapshot = await store.readFacts("acme", null);

  expect(snapshot?.dossier.licenses).toHaveLength(12);
  expect(snapshot?.catalog.products).toHaveLength(1);
  expect(calls.map(({ call }) => call.name)).toEqual(["BatchGetItem"]);
  const { Keys, ConsistentRead } = calls.at(0)?.call.input.RequestItems[tableName] ?? {};
  expect(ConsistentRead).toBe(true);
  expect(Keys.map((key: { sk: { S: string } }) => key.sk.S)).toEqual(["manifest", "manifest"]);
  expect(calls[0]?.units).toBeLessThanOrEqual(2);
  expect(JSON.stringify(snapshot)).not.toContain("example.com");
});

test("a catalog that changed a moment ago is read again, and only then", async () => {
  const { store, tableName } = await ordinaryStore();
  const { client, calls } = await countingClient();
  const reader = openStore({ tableName, client, now: Date.now });
  await reader.readFacts("acme", null);
  await store.change("catalog", writing({ path: "products/qs-product-1", value: { ...product, endOfLifeOn: "2026-06-30" } }));
  calls.length = 0;
  expect((await reader.readFacts("acme", null))?.catalog.products[0]?.endOfLifeOn).toBe("2026-06-30");
  expect(calls).toEqual(["BatchGetItem", "BatchGetItem"]);
  calls.length = 0;
  await reader.readFacts("acme", null);
  expect(calls).toEqual(["BatchGetItem"]);
});

test("an account that nobody wrote is not known, and neither is one below which a write was refused", async () => {
  const { store } = await freshStore();
  expect(await store.readFacts("nobody", null)).toBeNull();
  await expect(store.change({ accountId: "nobody" }, writing({ path: "licenses/l-1", value: {} }))).rejects.toThrow("no account");
  expect(await store.readFacts("nobody", null)).toBeNull();
});

test("what the table leaves unanswered in a batch is asked again", async () => {
  const { tableName } = await ordinaryStore();
  let held = 0;
  const client = await clientThrough(async (call) => {
    const output = await call.pass();
    if (call.name !== "BatchGetItem" || ++held > 2) return output;
    const [Keys] = [call.input.RequestItems[tableName].Keys];
    return { ...output, Responses: { [tableName]: [] }, UnprocessedKeys: { [tableName]: { Keys, ConsistentRead: true } } };
  });
  const snapshot = await openStore({ tableName, client, now: Date.now }).readFacts("acme", null);
  expect(snapshot?.dossier.licenses).toHaveLength(12);
});

test("a table that never answers is said to be unavailable, and when to come back", async () => {
  const store = openStore({ tableName: "t", endpoint: "http://127.0.0.1:1", now: Date.now });
  const refused = { name: "Unavailable", retryAfterSeconds: 1 };
  await expect(store.readFacts("acme", null)).rejects.toMatchObject(refused);
  await expect(store.change(acme, writing({ path: "account", value: { name: "Acme" } }))).rejects.toMatchObject(refused);
  await expect(store.health()).rejects.toMatchObject(refused);
});

test("health speaks of the table, not only of the connection", async () => {
  const { store, client } = await freshStore();
  await expect(store.health()).resolves.toBeUndefined();
  await expect(openStore({ tableName: "another-table", client, now: Date.now }).health()).rejects.toMatchObject({ name: "Unavailable" });
});
