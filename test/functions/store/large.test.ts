import { randomBytes } from "node:crypto";
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { openStore } from "../../../functions/store/store.ts";
import { freshStore, newClient } from "../../store.ts";
import { largeAccount, license, product, writing } from "./facts.ts";
import { clientThrough } from "./interference.ts";

const big = { accountId: "big" };

async function partsOf(client: DynamoDBClient, tableName: string, pk: string): Promise<string[]> {
  const sorts: string[] = [];
  let ExclusiveStartKey: Record<string, { S: string }> | undefined;
  do {
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :part)",
        ExpressionAttributeValues: { ":pk": { S: pk }, ":part": { S: "part#" } },
        ProjectionExpression: "sk",
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    for (const item of answer.Items ?? []) sorts.push(item.sk?.S ?? "");
    ExclusiveStartKey = answer.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  return sorts;
}

const tokensOf = (sorts: string[]) => new Set(sorts.map((sort) => sort.split("#")[1]));

test("an account with 10 000 licenses is written, read, changed and read as it was", async () => {
  let now = 1_000;
  const { store, client, tableName } = await freshStore(() => now);
  const writes = largeAccount(10_000);
  await store.change(big, writing(...writes));
  const before = await store.readFacts("big", null);
  expect(before?.dossier.licenses).toHaveLength(10_000);
  const written = Object.fromEntries(writes.slice(1).map(({ path, value }) => [path.slice("licenses/".length), value]));
  expect(Object.fromEntries((before?.dossier.licenses ?? []).map(({ licenseId, ...rest }) => [licenseId, rest]))).toEqual(written);
  for (const pk of ["account#big", "log#account#big"]) expect((await partsOf(client, tableName, pk)).length).toBeGreaterThanOrEqual(2);

  now = 2_000;
  const [first] = before?.dossier.licenses ?? [];
  expect(await store.change(big, writing({ path: `licenses/${first?.licenseId}`, value: license("another", 77) }))).toMatchObject({
    version: 2,
    changed: true,
  });
  expect((await store.readFacts("big", null))?.dossier.licenses[0]).toEqual({ licenseId: first?.licenseId, ...license("another", 77) });
  const again = await store.readFacts("big", 1_999);
  expect(JSON.stringify(again) === JSON.stringify(before)).toBe(true);
  expect(await store.auditLog(big)).toEqual({ version: 2, problems: [] });
});

test("parts that nothing refers to any more are removed; those of a snapshot stay", async () => {
  let now = 0;
  const { store, client, tableName } = await freshStore(() => ++now);
  // The catalog always lies in parts: one for each version that is still referred to.
  for (let n = 1; n <= 53; n++) await store.change("catalog", writing({ path: "products/p", value: { ...product, latestVersion: `${n}` } }));
  expect((await partsOf(client, tableName, "catalog")).length).toBe(2);
  for (const version of [50, 53]) expect((await store.readCatalog(version)).catalog.products[0]?.latestVersion).toBe(`${version}`);
  expect(await openStore({ tableName, client, now: () => 0 }).readCatalog(51)).toMatchObject({
    version: 51,
    catalog: { products: [{ latestVersion: "51" }] },
  });
  expect(await store.auditLog("catalog")).toEqual({ version: 53, problems: [] });
});

test("a writer that is outrun leaves no parts behind", async () => {
  const { store, client, tableName } = await freshStore();
  let outrun = 0;
  const other = await clientThrough(async (call) => {
    if (call.name === "TransactWriteItems" && ++outrun <= 3)
      await store.change("catalog", writing({ path: "products/theirs", value: { ...product, latestVersion: `${outrun}` } }));
    return call.pass();
  });
  await openStore({ tableName, client: other, now: Date.now }).change("catalog", writing({ path: "products/ours", value: product }));
  expect(outrun).toBe(4);
  expect((await store.readCatalog(null)).catalog.products).toHaveLength(2);
  expect((await partsOf(client, tableName, "catalog")).length).toBe(1);
});

test("a reader whose version is replaced between manifest and parts reads the new one, whole", async () => {
  const { store, client, tableName } = await freshStore();
  await store.change(big, writing(...largeAccount(9_000)));
  for (const pk of ["account#big", "log#account#big"]) expect(tokensOf(await partsOf(client, tableName, pk)).size).toBe(1);
  let requests = 0;
  const slow = await clientThrough(async (call) => {
    // The first request is for the manifests, the second for the parts.
    if (++requests === 2) await store.change(big, writing({ path: "account", value: { name: "Changed in between" } }));
    return call.pass();
  });
  const snapshot = await openStore({ tableName, client: slow, now: Date.now }).readFacts("big", null);
  expect(snapshot?.versions.account).toBe(2);
  expect(snapshot?.dossier.account.name).toBe("Changed in between");
  expect(snapshot?.dossier.licenses).toHaveLength(9_000);
  expect(requests).toBe(4);
});

test("readers never see a mixture while a writer switches versions", async () => {
  const { store, tableName } = await freshStore();
  const everySeat = (seats: number) =>
    writing(...Array.from({ length: 40 }, (_, n) => ({ path: `products/p-${n}`, value: { ...product, latestVersion: `${seats}` } })));
  await store.change("catalog", everySeat(0));
  const clients = await Promise.all([1, 2].map(() => newClient()));
  let over = false;
  const seen = new Set<string>();
  const read = async (client: DynamoDBClient) => {
    while (!over) {
      // a new store each time: nothing is kept in the process
      const { catalog } = await openStore({ tableName, client, now: Date.now }).readCatalog(null);
      const versions = new Set(catalog.products.map((sold) => sold.latestVersion));
      expect(catalog.products).toHaveLength(40);
      expect(versions.size).toBe(1);
      seen.add([...versions].join());
    }
  };
  const write = async () => {
    for (let n = 1; n <= 20; n++) await store.change("catalog", everySeat(n));
    over = true;
  };
  await Promise.all([write(), ...clients.map(read)]).finally(() => {
    over = true;
  });
  expect(seen.size).toBeGreaterThan(3);
});

test("parts that are gone for good are not waited for without end", async () => {
  const { store, tableName } = await freshStore();
  await store.change("catalog", writing({ path: "products/p", value: product }));
  let reads = 0;
  const client = await clientThrough(async (call) => {
    reads++;
    const output = await call.pass();
    return call.name === "BatchGetItem" ? { ...output, Responses: {} } : output;
  });
  await expect(openStore({ tableName, client, now: Date.now }).readCatalog(null)).rejects.toMatchObject({ name: "Unavailable" });
  expect(reads).toBeLessThanOrEqual(20);
});

test("what is larger than any account is refused in our words", async () => {
  const { store } = await freshStore();
  const noise = randomBytes(12_500_000).toString("base64");
  await expect(store.change(big, writing({ path: "account", value: { name: noise } }))).rejects.toMatchObject({ name: "TooLarge" });
  expect(await store.readFacts("big", null)).toBeNull();
});
