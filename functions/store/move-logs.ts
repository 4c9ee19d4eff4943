/**
 * Release 0.1.0 kept each log beside its dossier: moves every entry to where this release looks for it. Safe to repeat,
 * and to be cut off: an entry is taken away only once it is in its new place.
 */
import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { catalogKey, logKey, logSort, ownerKey } from "./owners.ts";
import { type Item, partKeysOf } from "./packing.ts";

export async function moveLogsApart(client: DynamoDBClient, TableName: string): Promise<void> {
  const ofLogs = {
    TableName,
    FilterExpression: "begins_with(sk, :log) AND (begins_with(pk, :account) OR pk = :catalog)",
    ExpressionAttributeValues: {
      ":log": { S: logSort(0).slice(0, 4) },
      ":account": { S: ownerKey({ accountId: "" }) },
      ":catalog": { S: catalogKey },
    },
    ConsistentRead: true,
  };
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ ...ofLogs, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
    for (const entry of page.Items ?? []) await moveEntry(client, TableName, entry);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

async function moveEntry(client: DynamoDBClient, TableName: string, entry: Item): Promise<void> {
  const parts: Item[] = [];
  for (const Key of partKeysOf(entry)) {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    if (Item !== undefined) parts.push(Item);
  }
  // The entry last: what it names is there before it is.
  for (const item of [...parts, entry]) await client.send(new PutItemCommand({ TableName, Item: { ...item, pk: { S: logKey(item.pk?.S ?? "") } } }));
  for (const { pk, sk } of [entry, ...parts]) await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } as Item }));
}
