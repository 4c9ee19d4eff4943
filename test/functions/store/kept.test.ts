/** What is kept for ever is only ever put: in AWS nobody has the right to do anything else there (decision 28). */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openStore, type StoredRecord } from "../../../functions/store/store.ts";
import { keptPartitions } from "../../../functions/store/table.ts";
import { freshStore } from "../../store.ts";
import { largeAccount, writing } from "./facts.ts";
import { clientThrough } from "./interference.ts";

const changing = new Set(["UpdateItem", "DeleteItem", "BatchWriteItem", "Update", "Delete"]);
const isKept = (pk: string) => keptPartitions.some((prefix) => pk.startsWith(prefix));

/** Partition keys of what a request does, by the name of what it does. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the SDK passes
function touched(name: string, input: any): [does: string, pk: string][] {
  if (name === "TransactWriteItems")
    return input.TransactItems.map((action: object) => {
      const [[does, item]] = Object.entries(action) as [[string, { Key?: { pk: { S: string } }; Item?: { pk: { S: string } } }]];
      return [does, (item.Key ?? item.Item)?.pk.S ?? ""];
    });
  if (name === "BatchWriteItem")
    return (
      Object.values(input.RequestItems as Record<string, object[]>)
        .flat()
        // biome-ignore lint/suspicious/noExplicitAny: a put or a delete
        .map(({ PutRequest, DeleteRequest }: any) => [name, (PutRequest === undefined ? DeleteRequest.Key : PutRequest.Item).pk.S])
    );
  return [[name, (input.Key ?? input.Item)?.pk?.S ?? ""]];
}

test("also of entries and answers that are in parts, and of those that came to nothing", async () => {
  const { store, tableName } = await freshStore();
  const seen: [string, string][] = [];
  let outrun = 0;
  const client = await clientThrough(async (call) => {
    seen.push(...touched(call.name, call.input));
    // Another writer is faster once: the parts of this try belong to nothing.
    if (call.name === "TransactWriteItems" && outrun++ === 0)
      await store.change({ accountId: "big" }, writing({ path: "account", value: { name: "Faster" } }));
    return call.pass();
  });
  const watched = openStore({ tableName, client, now: Date.now });
  await watched.change({ accountId: "big" }, writing(...largeAccount(9_000)));
  const record: StoredRecord = {
    kind: "quote",
    id: "qt_large",
    accountId: "big",
    caseId: null,
    recordedAt: 1,
    question: {},
    // No packing makes this shorter.
    answer: JSON.stringify({ noise: randomBytes(600_000).toString("base64") }),
    versions: { account: 1, catalog: 0 },
  };
  const key = { caller: "me", route: "POST /v1/quotes", key: "k-1" };
  expect(await watched.putRecord(record, { key, bodyHash: "x", status: 201, headers: {}, body: record.answer })).toBe("stored");

  expect(outrun).toBeGreaterThan(1);
  for (const prefix of ["log#", "quote#", "reply#"])
    expect(seen.filter(([does, pk]) => does === "PutItem" && pk.startsWith(prefix)).length, prefix).toBeGreaterThan(0);
  // Parts of the dossier itself go in batches, and are removed once nothing names them.
  expect(seen.some(([does, pk]) => does === "BatchWriteItem" && pk === "account#big")).toBe(true);
  expect(seen.filter(([does, pk]) => changing.has(does) && isKept(pk))).toEqual([]);
  expect((await store.getRecord("quote", "qt_large"))?.answer).toBe(record.answer);
  expect((await store.auditLog({ accountId: "big" })).problems).toEqual([]);
});
