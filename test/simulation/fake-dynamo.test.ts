/** The stand-in for DynamoDB answers as the embedded store does: the same random commands to both, every answer compared. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { freshStore } from "../store.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import type { Item } from "./expressions.ts";
import { type Commands, FakeDynamo } from "./fake-dynamo.ts";

const commands = {
  GetItem: GetItemCommand,
  BatchGetItem: BatchGetItemCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  PutItem: PutItemCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  BatchWriteItem: BatchWriteItemCommand,
};

const keyOf = (chance: Chance): Item => ({ pk: { S: `account#${chance.between(1, 3)}` }, sk: { S: `log#${chance.between(1, 6)}` } });

function itemOf(chance: Chance): Item {
  const item: Item = { ...keyOf(chance), version: { N: String(chance.between(1, 4)) } };
  if (!chance.onceIn(3)) Object.assign(item, { listKey: { S: `list#${chance.between(1, 2)}` }, listSort: { S: `s${chance.between(1, 9)}` } });
  if (chance.onceIn(2)) Object.assign(item, { agendaKey: { S: "agenda#1" }, agendaSort: { S: `t${chance.between(1, 9)}` } });
  if (chance.onceIn(3)) Object.assign(item, { accountName: { S: "A" }, searchText: { S: chance.oneOf(["acme", "bolt", "acme bolt"]) } });
  if (chance.onceIn(3)) item.deflated = { B: Uint8Array.from([1, 2, chance.between(0, 255)]) };
  return item;
}

const conditionOf = (chance: Chance) =>
  chance.oneOf([
    {},
    { ConditionExpression: "attribute_not_exists(pk)" },
    { ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const },
    {
      ConditionExpression: "#version = :version",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: { ":version": { N: String(chance.between(1, 4)) } },
    },
    { ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(unvisited)" },
  ]);

function actionOf(chance: Chance, TableName: string) {
  const condition = conditionOf(chance);
  return chance.oneOf([
    { Put: { TableName, Item: itemOf(chance), ...condition } },
    { Delete: { TableName, Key: keyOf(chance), ...condition } },
    { ConditionCheck: { TableName, Key: keyOf(chance), ConditionExpression: "attribute_exists(pk)", ...condition } },
    {
      Update: {
        TableName,
        Key: keyOf(chance),
        UpdateExpression: "SET agendaKey = :key, agendaSort = :sort REMOVE unvisited, listKey",
        ...condition,
        ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ":key": { S: "agenda#1" }, ":sort": { S: `u${chance.between(1, 9)}` } },
      },
    },
  ]);
}

function queryOf(chance: Chance, TableName: string) {
  const [from, to] = [`log#${chance.between(1, 3)}`, `log#${chance.between(3, 6)}`];
  const range = chance.oneOf([
    { KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to", ExpressionAttributeValues: { ":from": { S: from }, ":to": { S: to } } },
    { KeyConditionExpression: "pk = :pk AND begins_with(sk, :from)", ExpressionAttributeValues: { ":from": { S: from } } },
    { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: {} },
  ]);
  const projected = { ProjectionExpression: "#version,sk", ExpressionAttributeNames: { "#version": "version" } };
  const list = {
    IndexName: "by-list",
    KeyConditionExpression: chance.oneOf([
      "#key = :key AND listSort < :sort",
      "#key = :key AND listSort > :sort",
      "#key = :key AND listSort >= :sort",
    ]),
    ExpressionAttributeNames: { "#key": "listKey" },
    ExpressionAttributeValues: { ":key": { S: `list#${chance.between(1, 2)}` }, ":sort": { S: `s${chance.between(1, 9)}` } },
  };
  const filtered = {
    IndexName: "by-list",
    KeyConditionExpression: "listKey = :key",
    FilterExpression: "contains(searchText, :text)",
    ExpressionAttributeValues: { ":key": { S: `list#${chance.between(1, 2)}` }, ":text": { S: "acme" } },
  };
  const input = chance.oneOf<object>([
    { ...range, ExpressionAttributeValues: { ...range.ExpressionAttributeValues, ":pk": keyOf(chance).pk }, ConsistentRead: true },
    {
      ...range,
      ...projected,
      ExpressionAttributeValues: { ...range.ExpressionAttributeValues, ":pk": keyOf(chance).pk },
    },
    list,
    filtered,
  ]);
  return { TableName, ...input, ScanIndexForward: chance.onceIn(2), ...(chance.onceIn(2) ? { Limit: chance.between(1, 3) } : {}) };
}

/** The pages of a query joined, as the two may cut them elsewhere. */
async function pages(run: (input: Record<string, unknown>) => Promise<Record<string, unknown>>, input: Record<string, unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const answer = await run({ ...input, ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }) });
    found.push(...(answer.Items as unknown[]));
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}

test("the stand-in answers as the embedded store does", async () => {
  const { client, tableName } = await freshStore();
  const fake = new FakeDynamo();
  const chance = chanceFrom(20261122);
  const seen = new Map<string, number>();

  async function both(name: keyof Commands, input: object): Promise<void> {
    // biome-ignore lint/suspicious/noExplicitAny: whatever the SDK passes
    const real = (one: object) => client.send(new (commands[name] as new (input: never) => object)(one as never) as never) as Promise<any>;
    // biome-ignore lint/suspicious/noExplicitAny: the same
    const stand = async (one: object): Promise<any> => fake.run(name, one as never);
    const ask = (run: typeof real) =>
      (name === "Query" || name === "Scan" ? pages(run, input as Record<string, unknown>) : run(input)).then(shown, failureOf);
    const [expected, answered] = [await ask(real), await ask(stand)];
    const outcome = `${name} ${(expected as { name?: string }).name ?? "done"}`;
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    expect([input, name === "Scan" ? sorted(answered) : answered]).toEqual([input, name === "Scan" ? sorted(expected) : expected]);
  }

  for (let n = 0; n < 800; n++) {
    const TableName = tableName;
    const kind = chance.between(1, 12);
    if (kind <= 2) await both("PutItem", { TableName, Item: itemOf(chance), ...conditionOf(chance) });
    else if (kind <= 5)
      await both("TransactWriteItems", { TransactItems: Array.from({ length: chance.between(1, 3) }, () => actionOf(chance, TableName)) });
    else if (kind <= 9) await both("Query", queryOf(chance, TableName));
    else if (kind === 10) await both("GetItem", { TableName, Key: keyOf(chance), ConsistentRead: true });
    else if (kind === 11)
      await both("BatchGetItem", { RequestItems: { [TableName]: { Keys: [keyOf(chance), keyOf(chance)], ConsistentRead: true } } });
    else
      await both("BatchWriteItem", {
        RequestItems: { [TableName]: [{ PutRequest: { Item: itemOf(chance) } }, { DeleteRequest: { Key: keyOf(chance) } }] },
      });
  }
  await both("Scan", { TableName: tableName });
  await both("Scan", {
    TableName: tableName,
    ProjectionExpression: "pk",
    FilterExpression: "begins_with(sk, :log) OR sk = :manifest",
    ExpressionAttributeValues: { ":log": { S: "log#1" }, ":manifest": { S: "log#2" } },
  });
  // Each command both did its work and, where it can, was refused.
  for (const outcome of [
    "PutItem done",
    "PutItem ConditionalCheckFailedException",
    "TransactWriteItems done",
    "TransactWriteItems TransactionCanceledException",
  ])
    expect([outcome, seen.get(outcome) ?? 0]).toEqual([outcome, expect.toSatisfy((times: number) => times > 20)]);
  expect(seen.get("TransactWriteItems ValidationException")).toBeGreaterThan(3);
});

// biome-ignore lint/suspicious/noExplicitAny: whatever was answered
function shown(answer: any): unknown {
  if (Array.isArray(answer)) return answer.map(bytes);
  const { Item, Responses } = answer;
  return { item: Item === undefined ? null : bytes(Item), found: Responses === undefined ? null : sorted(Object.values(Responses).flat()) };
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's errors
function failureOf(error: any): unknown {
  const reasons = error.CancellationReasons?.map(({ Code, Item }: { Code?: string; Item?: Item }) => ({
    Code,
    Item: Item === undefined ? null : bytes(Item),
  }));
  return { name: error.name, reasons: reasons ?? null, item: error.Item === undefined ? null : bytes(error.Item) };
}

const bytes = (item: Item) => Object.fromEntries(Object.entries(item).map(([name, { B, ...other }]) => [name, B === undefined ? other : [...B]]));
const sorted = (items: unknown): unknown =>
  Array.isArray(items) ? items.map((item) => JSON.stringify(Object.entries(bytes(item as Item)).sort())).sort() : items;
