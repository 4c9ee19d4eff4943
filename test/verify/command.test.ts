/** `npm run verify`: what it finds, what it prints, with which exit code, and what it remembers. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AttributeValue, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTable } from "../../functions/store/create-table.ts";
import { openStore } from "../../functions/store/store.ts";
import { claimDataFolder } from "../../infra/local/data-folder.ts";
import { startEmbeddedStore } from "../../infra/local/embedded-store.ts";
import { Wrong } from "../../infra/policy/wrong.ts";
import { askedBy, run } from "../../infra/verify/run.ts";
import { documents, writeExample } from "../functions/http/example.ts";
import { quoteMade, reinstatement, writeLapsed } from "../functions/http/quotes-example.ts";
import { startService } from "../functions/http/service.ts";
import { writing } from "../functions/store/facts.ts";
import { type FreshStore, freshStore } from "../store.ts";

// A busy machine takes its time to start a process.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const account = (name: string) => writing({ path: "account", value: { name } });
const product = { path: "products/p", value: { name: "P", productLine: "x", kind: "software" } };

async function logItems({ client, tableName }: Pick<FreshStore, "client" | "tableName">, accountId: string) {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :log)",
      ExpressionAttributeValues: { ":pk": { S: `log#account#${accountId}` }, ":log": { S: "log#" } },
    }),
  );
  return Items;
}

async function drop({ client, tableName }: Pick<FreshStore, "client" | "tableName">, { pk, sk }: Record<string, AttributeValue>) {
  await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: pk as AttributeValue, sk: sk as AttributeValue } }));
}

async function ran(store: FreshStore["store"], ...args: string[]) {
  const lines: string[] = [];
  const ok = await run(store, askedBy(args), (line) => lines.push(line));
  return { ok, lines };
}

test("counts what it tested, and names what is wrong where it is", async () => {
  const fresh = await freshStore();
  expect(await ran(fresh.store)).toEqual({ ok: true, lines: ["0 logs, 0 entries: all whole"] });
  for (const name of ["A", "B", "C"]) await fresh.store.change({ accountId: "acme" }, account(name));
  await fresh.store.change({ accountId: "other" }, account("A"));
  await fresh.store.change("catalog", writing(product));
  expect(await ran(fresh.store)).toEqual({ ok: true, lines: ["3 logs, 5 entries: all whole"] });
  await drop(fresh, (await logItems(fresh, "acme"))[1] ?? {});
  expect(await ran(fresh.store)).toEqual({ ok: false, lines: ["accounts/acme: entry 2 was removed", "3 logs, 5 entries: 1 problem"] });
});

test("with an anchor: written, moved on, and left as it was where something is wrong", async () => {
  const fresh = await freshStore();
  const path = join(folder, "anchor.json");
  for (const name of ["A", "B"]) await fresh.store.change({ accountId: "acme" }, account(name));
  await fresh.store.change({ accountId: "gone" }, account("A"));
  expect((await ran(fresh.store, "--anchor", path)).lines).toEqual([
    "2 logs, 3 entries: all whole",
    `a new anchor is in \`${path}\`: keep it where who can write to the store cannot`,
  ]);
  const manifest = await fresh.client.send(
    new GetItemCommand({ TableName: fresh.tableName, Key: { pk: { S: "account#acme" }, sk: { S: "manifest" } } }),
  );
  await fresh.store.change({ accountId: "acme" }, account("C"));
  expect((await ran(fresh.store, "--anchor", path)).ok).toBe(true);
  const anchor = readFileSync(path, "utf8");
  expect(JSON.parse(anchor).logs["accounts/acme"].version).toBe(3);

  // As from a backup: the log, the manifest; and an account of which nothing is left.
  await drop(fresh, (await logItems(fresh, "acme"))[2] ?? {});
  await fresh.client.send(new PutItemCommand({ TableName: fresh.tableName, Item: manifest.Item }));
  await drop(fresh, (await logItems(fresh, "gone"))[0] ?? {});
  await drop(fresh, { pk: { S: "account#gone" }, sk: { S: "manifest" } });
  expect((await ran(fresh.store)).ok).toBe(true);
  const { ok, lines } = await ran(fresh.store, "--anchor", path);
  expect(ok).toBe(false);
  expect(lines).toEqual([
    "accounts/acme: the log was set back: the anchor saw version 3, now it ends at version 2",
    "accounts/gone: the log is gone: the anchor saw version 1",
    "1 log, 2 entries: 2 problems",
    `the anchor \`${path}\` stays as it was`,
  ]);
  expect(readFileSync(path, "utf8")).toBe(anchor);
});

test("makes decisions and quotes again: what was edited is named, what is of another release is counted", async () => {
  const service = await startService();
  await writeExample(service);
  await writeLapsed(service, "lapsed");
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await service.send("POST", "/v1/entitlement-checks", documents.check)).body.id);
  for (const kind of [reinstatement("lapsed"), { kind: "renewal", accountId: "acme", contractId: "c-1" }])
    expect((await quoteMade(service, kind)).status).toBe(201);
  const { lines } = await ran(service.store, "--answers");
  expect(lines).toEqual([expect.stringMatching(/^3 logs, \d+ entries; 5 answers made again: all whole$/)]);
  const record = await service.store.getRecord("decision", ids[0] as string);
  const forged = (id: string, change: object) =>
    service.store.putRecord({
      ...(record as NonNullable<typeof record>),
      id,
      answer: JSON.stringify({ ...JSON.parse(record?.answer ?? ""), id, ...change }),
    });
  await forged("chk_1", { outcome: "entitled" });
  await forged("chk_2", { outcome: "entitled", engineVersion: "0.0.1" });
  const [quote] = (await service.store.listRecords("quote", "lapsed", { limit: 1, after: null })).records;
  const made = JSON.parse(quote?.answer ?? "");
  await service.store.putRecord({
    ...(quote as NonNullable<typeof quote>),
    id: "qt_1",
    answer: JSON.stringify({ ...made, id: "qt_1", total: { amount: "1.00", currency: "CHF" } }),
  });
  expect((await ran(service.store, "--answers")).lines.sort()).toEqual([
    expect.stringMatching(/^3 logs, \d+ entries; 8 answers made again, 1 of other releases differ: 2 problems$/),
    "accounts/acme/decisions/chk_1: is not what its facts give: it was edited",
    "accounts/lapsed/quotes/qt_1: is not what its facts give: it was edited",
  ]);
});

test("what it cannot use it says", async () => {
  const { store } = await freshStore();
  expect(() => askedBy(["--ancor", "x"])).toThrow(/'--ancor'.*usage: npm run verify/s);
  expect(() => askedBy(["--anchor"])).toThrow(Wrong);
  for (const content of ["{", "[]", '{"format":2,"logs":{}}', '{"format":1,"logs":{"catalog":{"version":-1,"hash":""}}}']) {
    const path = join(folder, "not-an-anchor.json");
    writeFileSync(path, content);
    await expect(ran(store, "--anchor", path)).rejects.toThrow(Wrong);
    expect(readFileSync(path, "utf8")).toBe(content);
  }
  await expect(ran(store, "--anchor", folder)).rejects.toThrow("cannot read the anchor");
});

/** The command as it is typed. */
async function typed(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { DYNAMODB_ENDPOINT: _, TABLE_NAME: __, ...environment } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "infra/verify/main.ts"], {
    cwd: root,
    env: { ...environment, DATA_DIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

test("typed: the store in the data directory, whole and damaged; none; and one that a server holds", async () => {
  const nowhere = await typed({ DATA_DIR: join(folder, "nowhere") });
  expect(nowhere).toMatchObject({ code: 2, said: expect.stringContaining("there is no store in") });
  expect(existsSync(join(folder, "nowhere"))).toBe(false);

  const embedded = await startEmbeddedStore({ dbPath: join(folder, "store.db") });
  const client = new DynamoDBClient({
    endpoint: embedded.endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const tableName = "good-standing";
  await createTable(client, tableName);
  const store = openStore({ client, tableName, now: Date.now });
  for (const name of ["A", "B"]) await store.change({ accountId: "acme" }, account(name));
  expect(await typed({ DYNAMODB_ENDPOINT: embedded.endpoint })).toMatchObject({
    code: 0,
    said: expect.stringContaining("1 log, 2 entries: all whole"),
  });
  await drop({ client, tableName }, (await logItems({ client, tableName }, "acme"))[0] ?? {});
  await embedded.stop();
  expect(await typed({})).toMatchObject({ code: 1, said: expect.stringContaining("accounts/acme: entry 1 was removed") });

  const server = await claimDataFolder(folder, "the server at http://127.0.0.1:3000, process 1");
  const { code, said } = await typed({});
  server.release();
  expect(code).toBe(2);
  expect(said).toMatch(
    /^the data directory `.*` is in use by the server at http:\/\/127\.0\.0\.1:3000, process 1 \(stop it, or set DATA_DIR to another one\)\n$/,
  );
  expect(await typed({ DYNAMODB_ENDPOINT: "http://127.0.0.1:1" })).toMatchObject({ code: 2, said: expect.stringContaining("cannot read the store") });
});
