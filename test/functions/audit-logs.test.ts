/** The nightly audit: every history has its turn, a damaged one is named, and it stops before its time is over. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { auditLogs, nightOf } from "../../functions/audit-logs.ts";
import type { Store } from "../../functions/store/store.ts";
import { freshStore } from "../store.ts";

const day = 86_400_000;
const plenty = () => 900_000;

async function written(store: Store, accountId: string, name: string): Promise<void> {
  await store.change(
    { accountId },
    { operationId: `${accountId}-${name}`, by: "test", decide: () => ({ writes: [{ path: "account", value: { name } }], answer: null }) },
  );
}

/** The first night from 2026-01-01 on which the account has its turn. */
function turnOf(accountId: string): number {
  const start = Date.parse("2026-01-01T03:10:00Z");
  for (let night = 0; ; night++) if (Math.floor((start + night * day) / day) % 28 === nightOf(accountId)) return start + night * day;
}

test("in four weeks every account has one turn, the catalog one each night", async () => {
  const { store } = await freshStore();
  const ids = Array.from({ length: 40 }, (_, n) => `account-${n}`);
  for (const id of ids) await written(store, id, "A");
  let audited = 0;
  for (let night = 0; night < 28; night++) {
    const result = await auditLogs(store, Date.parse("2026-03-02T03:10:00Z") + night * day, plenty, () => {});
    expect([result.broken, result.finished]).toEqual([[], true]);
    audited += result.audited;
  }
  expect(audited).toBe(ids.length + 28);
});

test("turns are spread evenly", () => {
  const counts = new Array<number>(28).fill(0);
  for (let n = 0; n < 28_000; n++) counts[nightOf(`customer-${n}`)]!++;
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});

test("a history with an entry taken out is named, and the others are still tested", async () => {
  const { store, client, tableName } = await freshStore();
  for (const name of ["A", "B", "C"]) await written(store, "damaged", name);
  await written(store, "whole", "A");
  const { Items } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: "pk = :pk and begins_with(sk, :log)",
      ExpressionAttributeValues: { ":pk": { S: "log#account#damaged" }, ":log": { S: "log#" } },
    }),
  );
  expect(Items).toHaveLength(3);
  const { pk, sk } = Items?.[1] ?? {};
  await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: pk!, sk: sk! } }));

  const lines: string[] = [];
  expect(await auditLogs(store, turnOf("damaged"), plenty, (line) => lines.push(line))).toMatchObject({ broken: ["damaged"], finished: true });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "error",
    event: "log-broken",
    owner: "damaged",
    problems: ["entry 2 was removed"],
  });
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ level: "error", event: "logs-audited", broken: 1 });
  expect(await auditLogs(store, turnOf("whole"), plenty, () => {})).toMatchObject({
    broken: nightOf("whole") === nightOf("damaged") ? ["damaged"] : [],
  });
});

test("one that cannot even be read is named, and the others are still tested", async () => {
  const { store, client, tableName } = await freshStore();
  await written(store, "unreadable", "A");
  const alike = Array.from({ length: 2_000 }, (_, n) => `alike-${n}`).filter((id) => nightOf(id) === nightOf("unreadable"));
  const [before, after] = [alike.find((id) => id < "unreadable"), "zz"] as [string, string];
  for (const id of [before, after]) await written(store, id, "A");
  const Key = { pk: { S: "account#unreadable" }, sk: { S: "manifest" } };
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
  await client.send(new PutItemCommand({ TableName: tableName, Item: { ...Item, text: { S: "{" } } }));
  const { audited, broken, finished } = await auditLogs(store, turnOf("unreadable"), plenty, () => {});
  expect({ broken, finished }).toEqual({ broken: ["unreadable"], finished: true });
  expect(audited).toBe(nightOf(after) === nightOf("unreadable") ? 4 : 3);
});

test("it stops while there is time to say how far it came", async () => {
  const { store } = await freshStore();
  const lines: string[] = [];
  expect(
    await auditLogs(
      store,
      0,
      () => 10_000,
      (line) => lines.push(line),
    ),
  ).toEqual({ audited: 0, broken: [], finished: false });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", finished: false });
});
