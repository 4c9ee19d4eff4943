/** What was done to a log is said in words: done here for real, in the table, behind the store's back. */
import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../../functions/store/canonical.ts";
import type { LogHead, Store } from "../../../functions/store/store.ts";
import { freshStore } from "../../store.ts";
import { license, product, writing } from "./facts.ts";

type Item = Record<string, AttributeValue>;

const acme = { accountId: "acme" };
const minute = 60_000;
let store: Store;
let client: DynamoDBClient;
let tableName: string;
let now: number;

/** An account that twelve commands wrote. */
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  ({ store, client, tableName } = await freshStore(() => now));
  await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  for (let n = 2; n <= 12; n++) await change(n);
});

async function change(n: number): Promise<void> {
  now += minute;
  await store.change(acme, writing({ path: `licenses/l-${n}`, value: license("p", n) }));
}

async function items(prefix: string, pk = "account#acme"): Promise<Item[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":prefix": { S: prefix } },
    }),
  );
  return Items;
}
const put = (...all: Item[]) => Promise.all(all.map((Item) => client.send(new PutItemCommand({ TableName: tableName, Item }))));
const drop = (...all: Item[]) =>
  Promise.all(
    all.map(({ pk, sk }) =>
      client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: pk as AttributeValue, sk: sk as AttributeValue } })),
    ),
  );

/** The entry with this version; versions are counted from 1. */
async function entry(version: number): Promise<Item> {
  return (await items("log#", "log#account#acme"))[version - 1] as Item;
}
const edited = (item: Item, from: string, to: string): Item => {
  const text = item.text?.S?.replace(from, to) ?? "";
  expect(text).not.toBe(item.text?.S);
  return { ...item, text: { S: text } };
};

const problems = async (anchor: LogHead | null = null) => (await store.verifyLog(acme, anchor)).problems;

test("a log that nobody touched is whole, and says where it ends", async () => {
  const last = await entry(12);
  expect(await store.verifyLog(acme, null)).toEqual({ version: 12, hash: last.hash?.S, problems: [] });
  expect(await store.verifyLog({ accountId: "nobody" }, null)).toEqual({ version: 0, hash: "", problems: [] });
});

describe("an entry that was", () => {
  test("edited: its facts, who did it, or its number", async () => {
    const fifth = await entry(5);
    for (const [from, to] of [
      ['"seats":5', '"seats":50'],
      ['"by":"test"', '"by":"root"'],
    ] as const) {
      await put(edited(fifth, from, to));
      expect(await problems()).toEqual(["entry 5 was edited, or the one before it"]);
    }
    await put({ ...fifth, version: { N: "6" } });
    expect(await problems()).toEqual(["entry 5 was edited: it is numbered 6"]);
    await put(fifth);
    expect(await problems()).toEqual([]);
  });

  test("edited, its hash made to fit: the next one no longer follows", async () => {
    const [fourth, fifth] = [await entry(4), await entry(5)];
    const other = edited(fifth, '"seats":5', '"seats":50');
    await put({ ...other, hash: { S: sha256(`${fourth.hash?.S}\n${other.text?.S}`) } });
    expect(await problems()).toEqual(["version 5 does not fold to what was there", "entry 6 was edited, or the one before it"]);
  });

  test("made unreadable", async () => {
    await put(edited(await entry(5), "{", "("));
    expect(await problems()).toEqual(["entry 5 was edited: it cannot be read"]);
    const { text: _, ...emptied } = await entry(5);
    await put(emptied);
    expect(await problems()).toEqual(["entry 5 was edited: it cannot be read"]);
  });

  test("removed: one, several, the first", async () => {
    await drop(await entry(5));
    expect(await problems()).toEqual(["entry 5 was removed"]);
    await drop(await entry(5), await entry(6));
    expect(await problems()).toEqual(["entries 5 to 7 were removed"]);
    await drop(await entry(1));
    expect(await problems()).toEqual(["entry 1 was removed", "entries 5 to 7 were removed"]);
  });

  test("swapped with another, as a whole or its text", async () => {
    const [fourth, seventh] = [await entry(4), await entry(7)];
    await put({ ...fourth, sk: seventh.sk as AttributeValue }, { ...seventh, sk: fourth.sk as AttributeValue });
    expect(await problems()).toEqual(["entries 4 and 7 were swapped"]);
    await put({ ...fourth, text: seventh.text as AttributeValue }, { ...seventh, text: fourth.text as AttributeValue });
    expect(await problems()).toContain("entries 4 and 7 were swapped");
  });

  test("moved to another time", async () => {
    const fifth = await entry(5);
    await drop(fifth);
    await put({ ...fifth, sk: { S: `${fifth.sk?.S?.slice(0, -1)}7` } });
    expect(await problems()).toEqual(["entry 5 was moved to another time"]);
  });

  test("added", async () => {
    const fifth = await entry(5);
    await put({ ...fifth, sk: { S: `${fifth.sk?.S?.slice(0, -1)}7` } });
    expect(await problems()).toContain("entry 5 was added: it is there twice");
  });

  test("cut off: the last, the last three, all", async () => {
    await drop(await entry(12));
    expect(await problems()).toEqual(["entry 12 was cut off: the manifest names version 12"]);
    await drop(await entry(10), await entry(11));
    expect(await problems()).toEqual(["entries 10 to 12 were cut off: the manifest names version 12"]);
    await drop(...(await items("log#", "log#account#acme")));
    expect(await problems()).toEqual(["entries 1 to 12 were cut off: the manifest names version 12"]);
  });
});

describe("what answers are made from", () => {
  test("edited, or made unreadable", async () => {
    const [manifest] = (await items("manifest")) as [Item];
    await put(edited(manifest, "Acme", "Acne"));
    expect(await problems()).toEqual(["what is read is not what the log folds to"]);
    await put({ ...manifest, logHash: { S: "0" } });
    expect(await problems()).toEqual(["the log does not end as the manifest says"]);
    await put(edited(manifest, "{", "("));
    expect(await problems()).toEqual(["what is read cannot be read: the manifest or a part of it is damaged"]);
  });

  test("removed, or set back while the log went on", async () => {
    const [manifest] = (await items("manifest")) as [Item];
    await change(13);
    await put(manifest);
    expect(await problems()).toEqual(["the manifest was set back to version 12: the log goes on to version 13"]);
    await drop(manifest);
    expect(await problems()).toEqual(["the manifest was removed: the log goes on to version 13"]);
  });

  test("of the catalog, with a part of it gone", async () => {
    await store.change("catalog", writing({ path: "products/p", value: product }));
    expect((await store.verifyLog("catalog", null)).problems).toEqual([]);
    await drop(...(await items("part#", "catalog")));
    expect((await store.verifyLog("catalog", null)).problems).toEqual(["what is read cannot be read: the manifest or a part of it is damaged"]);
  });
});

describe("held against an anchor", () => {
  test("a log that went on is whole", async () => {
    const { version, hash } = await store.verifyLog(acme, null);
    await change(13);
    expect(await problems({ version, hash })).toEqual([]);
    expect(await problems({ version: 0, hash: "" })).toEqual([]);
  });

  test("a log and its manifest that were set back together are noticed, and nothing else notices it", async () => {
    const [manifest] = (await items("manifest")) as [Item];
    await change(13);
    await change(14);
    const { version, hash } = await store.verifyLog(acme, null);
    await drop(await entry(13), await entry(14));
    await put(manifest);
    expect(await problems()).toEqual([]);
    expect(await problems({ version, hash })).toEqual(["the log was set back: the anchor saw version 14, now it ends at version 12"]);
  });

  test("a log that was written anew is noticed, although it is whole in itself", async () => {
    const { version, hash } = await store.verifyLog(acme, null);
    await drop(...(await items("log#", "log#account#acme")), ...(await items("manifest")));
    await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
    for (let n = 2; n <= 13; n++) await change(n);
    expect(await problems()).toEqual([]);
    expect(await problems({ version, hash })).toEqual(["the log was rewritten: version 12 is not the one that the anchor saw"]);
  });
});

test("everybody who has a log is found, also where only the log or only the manifest is left", async () => {
  await store.change({ accountId: "b" }, writing({ path: "account", value: { name: "B" } }));
  await store.change({ accountId: "c" }, writing({ path: "account", value: { name: "C" } }));
  await store.change("catalog", writing({ path: "products/p", value: product }));
  await drop(...(await items("manifest", "account#b")), ...(await items("log#", "log#account#c")));
  const owners = [];
  for await (const owner of store.logOwners()) owners.push(owner === "catalog" ? owner : owner.accountId);
  expect(owners.sort()).toEqual(["acme", "b", "c", "catalog"]);
});

test("a log that is written to meanwhile is whole whenever it is looked at, and so is the catalog, whose parts are replaced", async () => {
  let underWay = true;
  const write = async () => {
    for (let n = 20; n < 80; n++) {
      await change(n);
      await store.change("catalog", writing({ path: "products/p", value: { ...product, latestVersion: `v${n}` } }));
    }
    underWay = false;
  };
  const found: string[] = [];
  let looks = 0;
  const look = async (owner: "catalog" | typeof acme) => {
    let head: LogHead | null = null;
    while (underWay) {
      const { version, hash, problems } = await store.verifyLog(owner, head);
      found.push(...problems);
      head = { version, hash };
      looks += 1;
    }
  };
  await Promise.all([write(), look(acme), look("catalog")]);
  expect(found).toEqual([]);
  expect(looks).toBeGreaterThan(4);
  expect((await store.verifyLog(acme, null)).version).toBe(72);
});
