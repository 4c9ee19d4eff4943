/** A table that an earlier release made gets what it lacks; what is in it is found by it. */
import { CreateTableCommand, DescribeTableCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { createTable } from "../../../functions/store/create-table.ts";
import { tableDescription } from "../../../functions/store/table.ts";
import { newClient } from "../../store.ts";

test("indexes that are missing are added, and filled from what is there", async () => {
  const client = await newClient();
  const TableName = `test-${Date.now()}-old`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    }),
  );
  const Item = { pk: { S: "account#a" }, sk: { S: "manifest" }, agendaKey: { S: "agenda#2026-11#0" }, agendaSort: { S: "x" } };
  await client.send(new PutItemCommand({ TableName, Item }));
  await createTable(client, TableName);
  await createTable(client, TableName);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(tableDescription.indexes.map(({ name }) => name).sort());
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: "by-agenda",
      KeyConditionExpression: "agendaKey = :key",
      ExpressionAttributeValues: { ":key": Item.agendaKey },
    }),
  );
  expect(Items).toHaveLength(1);
});
