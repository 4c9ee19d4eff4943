/** A store of release 0.1.0, where each log lay beside its dossier, is brought up to this release when it is opened. */
import { type AttributeValue, BatchWriteItemCommand, DeleteItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { openState, storeFormat } from "../../infra/local/store-state.ts";
import { largeAccount, product, writing } from "../functions/store/facts.ts";
import { type FreshStore, freshStore } from "../store.ts";

type Item = Record<string, AttributeValue>;

async function everything({ client, tableName }: FreshStore): Promise<Item[]> {
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: tableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

/** Puts every log back to where release 0.1.0 had it. */
async function asBefore(fresh: FreshStore): Promise<void> {
  const { client, tableName } = fresh;
  for (const item of (await everything(fresh)).filter(({ pk }) => pk?.S?.startsWith("log#"))) {
    const { pk, sk } = item as { pk: { S: string }; sk: { S: string } };
    await client.send(new PutItemCommand({ TableName: tableName, Item: { ...item, pk: { S: pk.S.slice("log#".length) } } }));
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk, sk } }));
  }
  const state = { pk: { S: "local" }, sk: { S: "state" }, format: { N: "1" }, demoLoadedOn: { S: "2026-11-22" } };
  await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: [{ PutRequest: { Item: state } }] } }));
}

const placesOf = (items: Item[]) => items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`).sort();

test("its histories are whole again, and nothing is lost or left over", async () => {
  const fresh = await freshStore();
  const { store, client, tableName } = fresh;
  await store.change({ accountId: "big" }, writing(...largeAccount(9_000)));
  await store.change({ accountId: "small" }, writing({ path: "account", value: { name: "Small" } }));
  await store.change({ accountId: "small" }, writing({ path: "account", value: { name: "Smaller" } }));
  await store.change("catalog", writing({ path: "products/p", value: product }));
  const before = placesOf(await everything(fresh));
  await asBefore(fresh);
  expect((await store.auditLog({ accountId: "small" })).problems).not.toEqual([]);

  expect(await openState(client, tableName)).toEqual({ demoLoadedOn: "2026-11-22" });
  expect(placesOf(await everything(fresh))).toEqual([...before, "local state"].sort());
  for (const owner of ["catalog", { accountId: "big" }, { accountId: "small" }] as const) expect((await store.auditLog(owner)).problems).toEqual([]);
  const state = (await everything(fresh)).find(({ pk }) => pk?.S === "local");
  expect(state?.format?.N).toBe(String(storeFormat));
  expect(await openState(client, tableName)).toEqual({ demoLoadedOn: "2026-11-22" });
});
