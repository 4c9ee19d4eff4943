/**
 * The two sides of the comparison over HTTP, bundled together as the stack bundles a function: the service's own routes,
 * and two that do nothing but the same calls of the AWS SDK, by a client as it comes.
 */
import { type AttributeValue, BatchGetItemCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { operations } from "../../functions/entitlement-checks.ts";
import { handlerOf } from "../../functions/http/handler.ts";
import { openAnswering } from "../../functions/store/answering.ts";
import { catalogKey, manifestKey, ownerKey } from "../../functions/store/owners.ts";
import type { Handler } from "../../infra/local/gateway.ts";

type Item = Record<string, AttributeValue>;

/** @param records by account, the item of one stored check, as the service wrote it */
export function handlersOn(endpoint: string, tableName: string, records: ReadonlyMap<string, Item>): Map<string, Handler> {
  const client = new DynamoDBClient({ endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  const read = async (accountId: string) => {
    const Keys = [manifestKey(ownerKey({ accountId })), manifestKey(catalogKey)];
    const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }));
    if (Responses?.[tableName]?.length !== 2) throw new Error("the items are not there");
  };
  let puts = 0;
  const put = async (accountId: string) => {
    const Item = { ...records.get(accountId), pk: { S: `bench#${puts++}` } };
    await client.send(new PutItemCommand({ TableName: tableName, Item, ConditionExpression: "attribute_not_exists(pk)" }));
  };
  const bare =
    (...calls: ((accountId: string) => Promise<void>)[]): Handler =>
    async (event) => {
      const { accountId } = JSON.parse(event.body ?? "");
      for (const call of calls) await call(accountId);
      return { statusCode: 200, headers: { "content-type": "application/json" }, body: "{}" };
    };
  // The service opens the table by itself, as it does in AWS.
  const store = openAnswering({ endpoint, tableName, now: Date.now });
  const service = handlerOf(operations, { store: () => store, now: Date.now, log() {} });
  return new Map([
    ...Object.keys(operations).map((routeKey): [string, Handler] => [routeKey, service]),
    ["POST /bench/read", bare(read)],
    ["POST /bench/read-and-put", bare(read, put)],
  ]);
}
