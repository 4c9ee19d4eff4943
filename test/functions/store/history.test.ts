import { createHash } from "node:crypto";
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { type FactWrite, openStore, type Snapshot, type Store } from "../../../functions/store/store.ts";
import { freshStore } from "../../store.ts";
import { invoice, license, product, writing } from "./facts.ts";

const acme = { accountId: "acme" };
const minute = 60_000;
const begin = Date.UTC(2026, 0, 1);

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** A command of one to three writes: new facts, other values, facts of long ago, and facts taken back. */
function someWrites(roll: (sides: number) => number): FactWrite[] {
  return Array.from({ length: 1 + roll(3) }, () => {
    const id = roll(8);
    const gone = roll(4) === 0;
    if (roll(2) === 0) return { path: `licenses/l-${id}`, value: gone ? null : license(`p-${roll(3)}`, 1 + roll(5)) };
    return {
      path: `invoices/inv-${id}`,
      value: gone ? null : { ...invoice("c-1", `${1 + roll(9)}00.00`), issuedOn: `20${10 + roll(15)}-02-0${1 + roll(9)}` },
    };
  });
}

interface Lived {
  store: Store;
  client: DynamoDBClient;
  tableName: string;
  /** What was read at once after each command, as text. */
  seen: { at: number; text: string; snapshot: Snapshot }[];
}

/** An account and a catalog that more than 100 commands have changed, a minute apart. */
async function lived(seed: number, commands: number): Promise<Lived> {
  let now = begin;
  const { store, client, tableName } = await freshStore(() => now);
  await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  const roll = dice(seed);
  const seen: Lived["seen"] = [];
  for (let n = 0; n < commands; n++) {
    now += minute;
    if (roll(5) === 0)
      await store.change(
        "catalog",
        writing({ path: `products/p-${roll(4)}`, value: roll(4) === 0 ? null : { ...product, latestVersion: `v${roll(9)}` } }),
      );
    else await store.change(acme, writing(...someWrites(roll)));
    const snapshot = await store.readFacts("acme", null);
    if (snapshot === null) throw new Error("expected an account");
    seen.push({ at: now, text: JSON.stringify(snapshot), snapshot });
  }
  return { store, client, tableName, seen };
}

async function itemsOf(client: DynamoDBClient, tableName: string, pk: string, prefix: string) {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":prefix": { S: prefix } },
    }),
  );
  return Items;
}

test("what was known at any moment is read again to the byte, with snapshots and without", async () => {
  const { store, client, tableName, seen } = await lived(20260301, 78);
  const accountVersion = seen.at(-1)?.snapshot.versions.account ?? 0;
  expect(accountVersion).toBeGreaterThan(50);
  expect(seen.at(-1)?.snapshot.versions.catalog).toBeGreaterThan(10);
  const sample = seen.filter((_, n) => n % 9 === 0 || n > 75);

  const readAgain = async (reader: Store) => {
    for (const { at, text, snapshot } of sample) {
      expect(JSON.stringify(await reader.readFacts("acme", at))).toBe(text);
      expect(JSON.stringify(await reader.readFacts("acme", at + minute - 1))).toBe(text);
      expect(JSON.stringify(await reader.readFactsAtVersions("acme", snapshot.versions))).toBe(text);
      const latest = Math.max(snapshot.recordedAt.account, snapshot.recordedAt.catalog);
      expect(JSON.stringify(await reader.readFacts("acme", latest))).toBe(text);
    }
  };
  await readAgain(store);

  const snapshots = await itemsOf(client, tableName, "account#acme", "snapshot#");
  expect(snapshots.map((item) => item.version?.N)).toEqual(["50"]);
  for (const { pk, sk } of snapshots)
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: pk ?? { S: "" }, sk: sk ?? { S: "" } } }));
  await readAgain(openStore({ tableName, client, now: () => begin }));
});

test("before the first command nothing was known, and a millisecond earlier it was not known yet", async () => {
  const { store, seen } = await lived(7, 4);
  expect(await store.readFacts("acme", begin - 1)).toBeNull();
  expect(await store.readFacts("acme", -1)).toBeNull();
  expect((await store.readFacts("acme", begin))?.dossier.licenses).toEqual([]);
  const [, second, third] = seen;
  expect(JSON.stringify(await store.readFacts("acme", (third?.at ?? 0) - 1))).toBe(second?.text);
  expect(JSON.stringify(await store.readFacts("acme", Number.MAX_SAFE_INTEGER))).toBe(seen.at(-1)?.text);
  expect(await store.readCatalog(begin - 1)).toEqual({ catalog: { products: [], priceLists: [], policies: [] }, version: 0, recordedAt: 0 });
});

test("a version that never was is an error, not an empty account", async () => {
  const { store, seen } = await lived(8, 3);
  const { account = 0, catalog = 0 } = seen.at(-1)?.snapshot.versions ?? {};
  await expect(store.readFactsAtVersions("acme", { account: account + 1, catalog })).rejects.toThrow("never had version");
  await expect(store.readFactsAtVersions("acme", { account, catalog: catalog + 1 })).rejects.toThrow("never had version");
  await expect(store.readFactsAtVersions("acme", { account: 0, catalog })).rejects.toThrow("no account");
});

test("the dossier, the catalog and every snapshot are what folding the whole log gives", async () => {
  const { store, seen } = await lived(99, 72);
  const versions = seen.at(-1)?.snapshot.versions;
  expect(await store.auditLog(acme)).toEqual({ version: versions?.account, problems: [] });
  expect(await store.auditLog("catalog")).toEqual({ version: versions?.catalog, problems: [] });
  expect(await store.auditLog({ accountId: "nobody" })).toEqual({ version: 0, problems: [] });
});

test("the digest of the facts is the same for the same facts, and another for others", async () => {
  const { seen, store } = await lived(5, 20);
  const facts = new Map(seen.map(({ snapshot }) => [JSON.stringify([snapshot.dossier, snapshot.catalog]), snapshot.factsDigest]));
  expect(new Set(facts.values()).size).toBe(facts.size);
  expect(seen[0]?.snapshot.factsDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
  const { store: other } = await lived(5, 20);
  expect((await other.readFacts("acme", null))?.factsDigest).toBe((await store.readFacts("acme", null))?.factsDigest);
});

test("the stored text leaves out what is empty: a new kind of fact later changes no digest of before", async () => {
  const { store, client, tableName } = await freshStore();
  await store.change(acme, writing({ path: "account", value: { region: "eu", name: "Acme" } }, { path: "licenses/l-1", value: license("p") }));
  const [manifest] = await itemsOf(client, tableName, "account#acme", "manifest");
  expect(manifest?.text?.S).toBe(
    '{"accountId":"acme","account":{"name":"Acme","region":"eu"},"licenses":[{"licenseId":"l-1","deliveredOn":"2024-03-01","kind":"perpetual","productId":"p","seats":5}]}',
  );
  expect((await store.readFacts("acme", null))?.factsDigest).toBe("sha256:c42a28ccb4d97e178d00a1a1e40d7e035ff11eb9c340061a3dfca757faea6d33");
});

// An entry that is edited, removed, swapped or cut off is noticed, by the audit and by who reads what was known then.
const tampering: Record<string, (entries: Record<string, { S?: string }>[]) => { put?: object[]; drop?: number[] }> = {
  edited: (entries) => ({ put: [{ ...entries[4], text: { S: entries[4]?.text?.S?.replace('"seats":', '"seats":1') } }] }),
  "edited in who did it": (entries) => ({ put: [{ ...entries[4], text: { S: entries[4]?.text?.S?.replace('"by":"test"', '"by":"root"') } }] }),
  renumbered: (entries) => ({ put: [{ ...entries[11], version: { N: "11" } }] }),
  removed: () => ({ drop: [4] }),
  swapped: (entries) => ({
    put: [
      { ...entries[3], sk: entries[4]?.sk },
      { ...entries[4], sk: entries[3]?.sk },
    ],
  }),
  "moved in time": (entries) => ({ drop: [4], put: [{ ...entries[4], sk: { S: `${entries[4]?.sk?.S?.slice(0, -1)}1` } }] }),
  "cut off": () => ({ drop: [11] }),
  emptied: () => ({ drop: Array.from({ length: 12 }, (_, n) => n) }),
};

for (const [name, tamper] of Object.entries(tampering)) {
  test(`a log of which an entry was ${name} is noticed`, async () => {
    let now = begin;
    const { store, client, tableName } = await freshStore(() => now);
    await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
    for (let n = 1; n < 12; n++) {
      now += minute;
      await store.change(acme, writing({ path: `licenses/l-${n}`, value: license("p", n) }));
    }
    expect((await store.auditLog(acme)).problems).toEqual([]);
    const entries = await itemsOf(client, tableName, "log#account#acme", "log#");
    expect(entries).toHaveLength(12);
    const { put = [], drop = [] } = tamper(entries as never);
    for (const place of drop) {
      const { pk = { S: "" }, sk = { S: "" } } = entries[place] ?? {};
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk, sk } }));
    }
    for (const Item of put) await client.send(new PutItemCommand({ TableName: tableName, Item: Item as never }));

    expect((await store.auditLog(acme)).problems).not.toEqual([]);
    await expect(store.readFacts("acme", now - 1)).rejects.toThrow();
  });
}

test("a snapshot that was edited is noticed, also where its digest was edited with it", async () => {
  let now = begin;
  const { store, client, tableName } = await freshStore(() => ++now);
  for (let n = 1; n <= 52; n++) await store.change(acme, writing({ path: "account", value: { name: `Acme ${n}` } }));
  const [snapshot] = await itemsOf(client, tableName, "account#acme", "snapshot#");
  expect((await store.readFacts("acme", begin + 50))?.dossier.account.name).toBe("Acme 50");
  const text = { S: '{"accountId":"acme","account":{"name":"Acne 50"},"premises":[{"premisesId":"x"}]}' };
  for (const digest of [snapshot?.digest ?? { S: "" }, { S: createHash("sha256").update(text.S).digest("hex") }]) {
    await client.send(new PutItemCommand({ TableName: tableName, Item: { ...snapshot, text, digest } }));
    await expect(store.readFacts("acme", begin + 51)).rejects.toMatchObject({ name: "Corrupt" });
    if (digest === snapshot?.digest) await expect(store.readFacts("acme", begin + 50)).rejects.toMatchObject({ name: "Corrupt" });
    expect((await store.auditLog(acme)).problems).toEqual(["the snapshot of version 50 is not what the log folds to"]);
  }
});

test("a dossier that was edited behind the log's back is noticed", async () => {
  const { store, client, tableName } = await freshStore();
  await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  const [manifest] = await itemsOf(client, tableName, "account#acme", "manifest");
  const text = { S: manifest?.text?.S?.replace("Acme", "Acne") ?? "" };
  await client.send(new PutItemCommand({ TableName: tableName, Item: { ...manifest, text } }));
  expect((await store.auditLog(acme)).problems).toEqual(["what is read is not what the log folds to"]);
});
