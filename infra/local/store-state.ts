/**
 * What the local server remembers about its store, in an item of its own in the same table: which format the store
 * has, and when the demo portfolio was put in.
 */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { moveLogsApart } from "../../functions/store/move-logs.ts";
import { CannotStart } from "./cannot-start.ts";

/** Counted up by a release that writes what an older one would misread. */
export const storeFormat = 2;

const key = { pk: { S: "local" }, sk: { S: "state" } };

export interface StoreState {
  /** Null: not yet. */
  demoLoadedOn: string | null;
}

/** Marks a new store with our format. and brings an older one up to it. @throws CannotStart for a store that a newer release wrote */
export async function openState(client: DynamoDBClient, tableName: string): Promise<StoreState> {
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  if (Item === undefined) {
    const fresh = { demoLoadedOn: null };
    await saveState(client, tableName, fresh);
    return fresh;
  }
  const format = Number(Item.format?.N);
  if (format > storeFormat)
    throw new CannotStart(
      `the store was written by a newer release (format \`${format}\`, this release knows \`${storeFormat}\`): update, or set DATA_DIR`,
    );
  const state = { demoLoadedOn: Item.demoLoadedOn?.S ?? null };
  if (format < storeFormat) {
    await moveLogsApart(client, tableName);
    await saveState(client, tableName, state);
  }
  return state;
}

export async function saveState(client: DynamoDBClient, tableName: string, { demoLoadedOn }: StoreState): Promise<void> {
  const demo = demoLoadedOn === null ? {} : { demoLoadedOn: { S: demoLoadedOn } };
  await client.send(new PutItemCommand({ TableName: tableName, Item: { ...key, format: { N: String(storeFormat) }, ...demo } }));
}
