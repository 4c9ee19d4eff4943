import { expect, test } from "vitest";
import type { Current } from "../../../functions/store/store.ts";
import { openStore } from "../../../functions/store/store.ts";
import { freshStore, newClient } from "../../store.ts";
import { decision, license, writing } from "./facts.ts";
import { canceled, clientThrough, isWrite, timeout } from "./interference.ts";

const acme = { accountId: "acme" };
const account = { path: "account", value: { name: "Acme" } };
const seatsOf = (current: Pick<Current, "dossier">) => current.dossier?.licenses.find((held) => held.licenseId === "l-1")?.seats ?? 0;

/** Adds a seat to what is there: lost as soon as two writers start from the same facts. */
function oneMoreSeat(operationId: string) {
  return {
    operationId,
    by: "test",
    decide: (current: Current) => ({ writes: [{ path: "licenses/l-1", value: license("p", seatsOf(current) + 1) }], answer: seatsOf(current) + 1 }),
  };
}

async function accountOf(now?: () => number) {
  const fresh = await freshStore(now);
  await fresh.store.change(acme, writing(account));
  return fresh;
}

test("of many writers at once, in several processes, none loses an update", async () => {
  const { store, tableName } = await accountOf();
  const others = await Promise.all([1, 2, 3].map(async () => openStore({ tableName, client: await newClient(), now: Date.now })));
  const writers = [store, ...others];
  const answers = await Promise.all(Array.from({ length: 32 }, (_, n) => writers[n % 4]?.change(acme, oneMoreSeat(`op-seat-${n}`))));

  expect(answers.map((one) => one?.answer).sort((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 32 }, (_, n) => n + 1));
  const snapshot = await store.readFacts("acme", null);
  expect(snapshot && seatsOf(snapshot)).toBe(32);
  expect(snapshot?.versions.account).toBe(33);
  expect(await store.auditLog(acme)).toEqual({ version: 33, problems: [] });
});

test("a writer that another one outruns decides again on the fresh facts", async () => {
  const { store, tableName } = await accountOf();
  let outrun = 0;
  const client = await clientThrough(async (call) => {
    if (call.name === "TransactWriteItems" && ++outrun <= 2) await store.change(acme, oneMoreSeat(`op-other-${outrun}`));
    return call.pass();
  });
  const seen: number[] = [];
  const slow = openStore({ tableName, client, now: Date.now });
  const { answer } = await slow.change(acme, {
    ...oneMoreSeat("op-slow"),
    decide(current) {
      seen.push(seatsOf(current));
      return oneMoreSeat("").decide(current);
    },
  });
  expect(seen).toEqual([0, 1, 2]);
  expect(answer).toBe(3);
});

test("writing the same again makes no version, whatever the order of the keys", async () => {
  const { store } = await accountOf();
  const { productId, ...rest } = license("p");
  expect(await store.change(acme, writing({ path: "licenses/l-1", value: { productId, ...rest } }))).toMatchObject({ version: 2, changed: true });
  expect(await store.change(acme, writing({ path: "licenses/l-1", value: { ...rest, productId } }))).toMatchObject({ version: 2, changed: false });
  expect(await store.change(acme, writing({ path: "licenses/l-2", value: null }))).toMatchObject({ version: 2, changed: false });
  expect(await store.change(acme, writing({ path: "licenses/l-1", value: null }))).toMatchObject({ version: 3, changed: true });
});

test("what a decision throws is passed on, and nothing is written", async () => {
  const { store } = await accountOf();
  const refusal = new Error("currencies differ");
  const throwing = {
    operationId: "op-x",
    by: "test",
    decide: () => {
      throw refusal;
    },
  };
  await expect(store.change(acme, throwing)).rejects.toBe(refusal);
  expect((await store.readFacts("acme", null))?.versions.account).toBe(1);
});

test("recordedAt only grows, also when the clock goes backwards or stands", async () => {
  const clock = [1_000, 900, 900, 5_000, 4_000, -7];
  const { store } = await accountOf(() => clock.shift() ?? 0);
  const recorded: number[] = [];
  for (let n = 1; n <= 5; n++) {
    await store.change(acme, oneMoreSeat(`op-${n}-clock`));
    recorded.push((await store.readFacts("acme", null))?.recordedAt.account ?? 0);
  }
  expect(recorded).toEqual([1_001, 1_002, 5_000, 5_001, 5_002]);
});

test("a write below an account, a record and an event are there together or not at all", async () => {
  const { store, client, tableName } = await accountOf();
  const event = { id: "evt_1", type: "notice.ruled", subject: "acme", time: Date.UTC(2026, 2, 1), data: { ruling: "valid" } };
  const command = {
    ...oneMoreSeat("op-all"),
    decide: (current: Current) => ({ ...oneMoreSeat("").decide(current), records: [decision("chk_1", "acme")], events: [event] }),
  };
  await store.change(acme, command);
  expect(await store.getRecord("decision", "chk_1")).toEqual(decision("chk_1", "acme"));
  const { GetItemCommand } = await import("@aws-sdk/client-dynamodb");
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: { pk: { S: "events#account#acme" }, sk: { S: "evt_1" } } }));
  expect(JSON.parse(Item?.body?.S ?? "")).toEqual({
    specversion: "1.0",
    id: "evt_1",
    source: "good-standing",
    type: "notice.ruled",
    subject: "acme",
    time: "2026-03-01T00:00:00Z",
    datacontenttype: "application/json",
    accountversion: 2,
    data: { ruling: "valid" },
  });

  // the event is there already: nothing of the command may stay
  const second = {
    ...command,
    operationId: "op-again",
    decide: (current: Current) => ({ ...command.decide(current), records: [decision("chk_2", "acme")] }),
  };
  await expect(store.change(acme, second)).rejects.toThrow("there already");
  expect(await store.getRecord("decision", "chk_2")).toBeNull();
  expect((await store.readFacts("acme", null))?.versions.account).toBe(2);
});

test("records without a change of facts are stored only if the facts are still those that were judged", async () => {
  const { store, tableName } = await accountOf();
  let outrun = false;
  const client = await clientThrough(async (call) => {
    if (isWrite(call) && !outrun) {
      outrun = true;
      await store.change(acme, oneMoreSeat("op-in-between"));
    }
    return call.pass();
  });
  const slow = openStore({ tableName, client, now: Date.now });
  const judged: number[] = [];
  const result = await slow.change(acme, {
    operationId: "op-judge",
    by: "test",
    decide(current) {
      judged.push(current.versions.account);
      return { writes: [], records: [{ ...decision("chk_9", "acme"), versions: current.versions }], answer: null };
    },
  });
  expect(result).toMatchObject({ version: 2, changed: false });
  expect(judged).toEqual([1, 2]);
  expect((await store.getRecord("decision", "chk_9"))?.versions.account).toBe(2);
});

test("more than one transaction holds is refused, not cut in two", async () => {
  const { store } = await accountOf();
  const records = Array.from({ length: 120 }, (_, n) => decision(`chk_${n}`, "acme"));
  const command = { operationId: "op-many", by: "test", decide: () => ({ writes: [], records, answer: null }) };
  await expect(store.change(acme, command)).rejects.toMatchObject({ name: "TooLarge" });
  expect(await store.getRecord("decision", "chk_0")).toBeNull();
});

test("a path of no known kind, or without an id, is refused", async () => {
  const { store } = await accountOf();
  for (const path of ["gadgets/g-1", "licenses", "licenses/", "products/p-1", "/l-1", "__proto__/x", ""]) {
    await expect(store.change(acme, writing({ path, value: {} })), path).rejects.toThrow("no such kind of fact");
  }
});

test("an account that was taken back is gone with all below it, and can be written anew", async () => {
  const { store } = await accountOf();
  await store.change(acme, oneMoreSeat("op-before"));
  await store.change(acme, writing({ path: "account", value: null }));
  expect(await store.readFacts("acme", null)).toBeNull();
  expect((await store.listAccounts({ limit: 5, after: null })).accounts).toEqual([]);
  await store.change(acme, writing(account));
  expect((await store.readFacts("acme", null))?.dossier.licenses).toEqual([]);
  expect(await store.auditLog(acme)).toEqual({ version: 4, problems: [] });
});

for (const id of ["__proto__", "constructor", "toString", "hasOwnProperty", "0", "-", "A:b.c_d", "x".repeat(128)]) {
  test(`\`${id}\` is an id like any other`, async () => {
    const { store } = await freshStore();
    const owner = { accountId: id };
    await store.change(owner, writing(account, { path: `licenses/${id}`, value: license(id) }, { path: "licenses/other", value: license("p") }));
    await store.change("catalog", writing({ path: `products/${id}`, value: { name: "P", productLine: "x", kind: "software" } }));
    const snapshot = await store.readFacts(id, null);
    expect(snapshot?.dossier.accountId).toBe(id);
    expect(snapshot?.dossier.licenses.map((held) => held.licenseId)).toEqual([id, "other"].sort());
    expect(snapshot?.catalog.products.map((sold) => sold.productId)).toEqual([id]);
    expect((await store.listAccounts({ limit: 5, after: null })).accounts.map((listed) => listed.accountId)).toEqual([id]);
    expect(await store.auditLog(owner)).toEqual({ version: 1, problems: [] });
  });
}

test("names that mean something to the language stay plain names inside a document", async () => {
  const { store } = await accountOf();
  const value = JSON.parse('{"__proto__":{"polluted":1},"constructor":2,"10":"b","9":"a"}');
  await store.change(acme, writing({ path: "licenses/l-1", value }));
  const [held] = (await store.readFacts("acme", null))?.dossier.licenses ?? [];
  expect(JSON.parse(JSON.stringify(held))).toEqual({ ...value, licenseId: "l-1" });
  expect(Object.keys(held ?? {})).toContain("__proto__");
  expect(await store.change(acme, writing({ path: "licenses/l-1", value }))).toMatchObject({ changed: false });
  expect(await store.auditLog(acme)).toEqual({ version: 2, problems: [] });
});

test("a conflict of transactions is tried again", async () => {
  const { tableName, store } = await accountOf();
  let conflicts = 0;
  const client = await clientThrough((call) => (isWrite(call) && ++conflicts <= 3 ? Promise.reject(canceled("TransactionConflict")) : call.pass()));
  await openStore({ tableName, client, now: Date.now }).change(acme, oneMoreSeat("op-conflict"));
  expect(conflicts).toBe(4);
  expect(await store.auditLog(acme)).toEqual({ version: 2, problems: [] });
});

test("conflicts without end are given up after some tries, and the caller told to come back", async () => {
  const { tableName, store } = await accountOf();
  let conflicts = 0;
  const client = await clientThrough((call) => {
    if (!isWrite(call)) return call.pass();
    conflicts++;
    return Promise.reject(canceled("TransactionConflict"));
  });
  const busy = openStore({ tableName, client, now: Date.now });
  await expect(busy.change(acme, oneMoreSeat("op-conflicts"))).rejects.toMatchObject({ name: "Unavailable", retryAfterSeconds: 1 });
  expect(conflicts).toBeLessThanOrEqual(10);
  expect((await store.readFacts("acme", null))?.versions.account).toBe(1);
});

test("an overloaded table is not asked more than twice as often", async () => {
  const { tableName } = await accountOf();
  for (const [code, name] of [
    ["ThrottlingError", "TransactionCanceledException"],
    ["", "ProvisionedThroughputExceededException"],
  ] as const) {
    let writes = 0;
    const client = await clientThrough((call) => {
      if (!isWrite(call)) return call.pass();
      writes++;
      return Promise.reject(Object.assign(canceled(code), { name }));
    });
    const busy = openStore({ tableName, client, now: Date.now });
    await expect(busy.change(acme, oneMoreSeat(`op-${name}`))).rejects.toMatchObject({ name: "Unavailable" });
    await expect(
      busy.putRecord(decision(`chk_${name}`, "acme"), {
        key: { caller: "c", route: "r", key: name },
        bodyHash: "",
        status: 201,
        headers: {},
        body: "",
      }),
    ).rejects.toMatchObject({
      name: "Unavailable",
    });
    expect(writes).toBeLessThanOrEqual(4);
  }
});

test("a fault of ours is not taken for an overload", async () => {
  const { tableName } = await accountOf();
  const fault = Object.assign(new Error("no such key"), { name: "ValidationException", $metadata: { httpStatusCode: 400 } });
  const client = await clientThrough((call) => (isWrite(call) ? Promise.reject(fault) : call.pass()));
  await expect(openStore({ tableName, client, now: Date.now }).change(acme, oneMoreSeat("op-fault"))).rejects.toBe(fault);
});

test("a table whose answers are all lost: the write happened once, and is not taken for another's", async () => {
  const { tableName, store } = await accountOf();
  let writes = 0;
  const client = await clientThrough(async (call) => {
    const output = await call.pass();
    if (!isWrite(call)) return output;
    writes++;
    throw timeout();
  });
  const result = await openStore({ tableName, client, now: Date.now }).change(acme, oneMoreSeat("op-lost"));
  expect(result).toEqual({ answer: 1, version: 2, changed: true });
  expect(writes).toBe(1);
  expect((await store.readFacts("acme", null))?.versions.account).toBe(2);
});
