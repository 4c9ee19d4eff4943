import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { AlreadyAnswered, digestOfJson, openStore, type Reply } from "../../../functions/store/store.ts";
import { freshStore, newClient } from "../../store.ts";
import { decision, license, writing } from "./facts.ts";

const acme = { accountId: "acme" };
const replyOf = (body: string, key = "k-1"): Reply => ({
  key: { caller: "desk", route: "POST /v1/quotes", key },
  bodyHash: digestOfJson({ kind: "renewal" }),
  status: 201,
  headers: { "content-type": "application/json" },
  body,
});

test("the digest of a body does not depend on the order of its keys, but on everything else", () => {
  expect(digestOfJson({ a: [1, { b: null, c: "x" }], d: 0 })).toBe(digestOfJson({ d: -0, a: [1, { c: "x", b: null }] }));
  const others = [{ a: [{ b: null, c: "x" }, 1] }, { a: "1" }, { a: 1 }, [1], {}, [], null, "a", { "a,b": 1 }, { a: { b: 1 } }];
  expect(new Set(others.map(digestOfJson)).size).toBe(others.length);
});

test("of many requests with one key exactly one has an effect; the others get its reply", async () => {
  const { store, tableName } = await freshStore();
  await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  const stores = await Promise.all([1, 2, 3, 4].map(async () => openStore({ tableName, client: await newClient(), now: Date.now })));
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) =>
      stores[n % 4]?.change(acme, {
        operationId: `op-reply-${n}`,
        by: "test",
        decide: () => ({
          writes: [{ path: `notices/ntc_${n}`, value: { kind: "cancellation" } }],
          records: [decision(`chk_${n}`, "acme")],
          reply: replyOf(`answer ${n}`),
          answer: n,
        }),
      }),
    ),
  );
  const won = results.flatMap((result) => (result.status === "fulfilled" ? [result.value?.answer] : []));
  expect(won).toHaveLength(1);
  for (const result of results) {
    if (result.status === "rejected")
      expect(result.reason).toEqual(expect.objectContaining({ name: "AlreadyAnswered", reply: replyOf(`answer ${won[0]}`) }));
  }
  expect((await store.readFacts("acme", null))?.dossier.notices.map((notice) => notice.noticeId)).toEqual([`ntc_${won[0]}`]);
  expect((await store.listRecords("decision", "acme", { limit: 10, after: null })).records.map((record) => record.id)).toEqual([`chk_${won[0]}`]);
  expect(await store.findReply(replyOf("").key)).toEqual(replyOf(`answer ${won[0]}`));
});

test("a record with a key that was answered is not stored", async () => {
  const { store } = await freshStore();
  expect(await store.putRecord(decision("chk_1", "acme"), replyOf("first"))).toBe("stored");
  expect(await store.putRecord(decision("chk_2", "acme"), replyOf("second"))).toEqual({ replay: replyOf("first") });
  expect(await store.getRecord("decision", "chk_2")).toBeNull();
});

test("a command that changes nothing still keeps its reply", async () => {
  const { store } = await freshStore();
  await store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  const command = {
    operationId: "op-same",
    by: "test",
    decide: () => ({ writes: [{ path: "account", value: { name: "Acme" } }], reply: replyOf("same"), answer: 1 }),
  };
  expect(await store.change(acme, command)).toEqual({ answer: 1, version: 1, changed: false });
  await expect(store.change(acme, { ...command, operationId: "op-same-2" })).rejects.toBeInstanceOf(AlreadyAnswered);
});

test("a key belongs to its caller and its route", async () => {
  const { store } = await freshStore();
  const { key } = replyOf("");
  await store.putRecord(decision("chk_1", "acme"), replyOf("mine"));
  expect(await store.findReply(key)).not.toBeNull();
  expect(await store.findReply({ ...key, caller: "other" })).toBeNull();
  expect(await store.findReply({ ...key, route: "POST /v1/notices" })).toBeNull();
  expect(await store.findReply({ caller: "deskP", route: "OST /v1/quotes", key: "k-1" })).toBeNull();
});

test("a batch of 100 decisions and its reply are stored, and replayed", async () => {
  const { store } = await freshStore();
  const batch = Array.from({ length: 100 }, (_, n) => decision(`chk_${1000 + n}`, "acme"));
  expect(await store.putRecords(batch, replyOf("batch"))).toBe("stored");
  expect(await store.putRecords(batch.map((one) => ({ ...one, id: `${one.id}-b` })).slice(0, 99), replyOf("again"))).toEqual({
    replay: replyOf("batch"),
  });
  const { records } = await store.listRecords("decision", "acme", { limit: 200, after: null });
  expect(records).toEqual(batch.reverse());
  expect(await store.putRecords([])).toBe("stored");
});

test("a reply and a record of a megabyte that cannot be packed are kept whole", async () => {
  const { store } = await freshStore();
  const noise = randomBytes(700_000).toString("base64");
  const record = { ...decision("chk_1", "acme"), answer: noise };
  expect(await store.putRecord(record, replyOf(noise))).toBe("stored");
  expect((await store.getRecord("decision", "chk_1"))?.answer === noise).toBe(true);
  expect((await store.listRecords("decision", "acme", { limit: 1, after: null })).records[0]?.answer === noise).toBe(true);
  expect(await store.putRecord({ ...record, id: "chk_2" }, replyOf("short"))).toMatchObject({ replay: { body: noise } });
});

test("records of accounts that were never written can be stored, licenses cannot", async () => {
  const { store } = await freshStore();
  expect(await store.putRecord(decision("chk_1", "nobody"))).toBe("stored");
  await expect(store.change({ accountId: "nobody" }, writing({ path: "licenses/l", value: license("p") }))).rejects.toThrow("no account");
});
