import { expect, test } from "vitest";
import { type Current, openStore } from "../../../functions/store/store.ts";
import { freshStore, newClient } from "../../store.ts";
import { decision, license, writing } from "./facts.ts";
import { type Call, clientThrough, isWrite, timeout } from "./interference.ts";

const acme = { accountId: "acme" };
const seatsOf = (current: Pick<Current, "dossier">) => current.dossier?.licenses[0]?.seats ?? 0;
const oneMoreSeat = (operationId: string) => ({
  operationId,
  by: "test",
  decide: (current: Current) => ({ writes: [{ path: "licenses/l-1", value: license("p", seatsOf(current) + 1) }], answer: seatsOf(current) + 1 }),
});
const reply = {
  key: { caller: "me", route: "POST /v1/quotes", key: "k-1" },
  bodyHash: "sha256:1",
  status: 201,
  headers: { location: "/v1/quotes/1" },
  body: '{"id":"1"}',
};

/** A store whose first write goes through this; the rest passes. */
async function storeWithFirstWrite(tableName: string, first: (call: Call) => Promise<unknown>) {
  let writes = 0;
  const client = await clientThrough((call) => (isWrite(call) && ++writes === 1 ? first(call) : call.pass()));
  return openStore({ tableName, client, now: Date.now });
}

async function accountOf() {
  const fresh = await freshStore();
  await fresh.store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  return fresh;
}

test("a write that was done but not answered is recognized, not done again", async () => {
  const { tableName, store } = await accountOf();
  const flaky = await storeWithFirstWrite(tableName, async (call) => {
    await call.pass();
    throw timeout();
  });
  expect(await flaky.change(acme, oneMoreSeat("op-a"))).toEqual({ answer: 1, version: 2, changed: true });
  expect(await store.auditLog(acme)).toEqual({ version: 2, problems: [] });
});

test("it is recognized also where others have written since", async () => {
  const { tableName, store } = await accountOf();
  const flaky = await storeWithFirstWrite(tableName, async (call) => {
    await call.pass();
    await store.change(acme, oneMoreSeat("op-other-1"));
    await store.change(acme, oneMoreSeat("op-other-2"));
    throw timeout();
  });
  expect(await flaky.change(acme, oneMoreSeat("op-b"))).toEqual({ answer: 1, version: 2, changed: true });
  expect((await store.readFacts("acme", null))?.dossier.licenses[0]?.seats).toBe(3);
});

test("a write that was not done and not answered is done once", async () => {
  const { tableName, store } = await accountOf();
  const flaky = await storeWithFirstWrite(tableName, () => Promise.reject(timeout()));
  expect(await flaky.change(acme, oneMoreSeat("op-c"))).toEqual({ answer: 1, version: 2, changed: true });
  expect(await store.auditLog(acme)).toEqual({ version: 2, problems: [] });
});

test("a write that arrives late, after its second try has started, happens once", async () => {
  const { tableName, store } = await accountOf();
  let late: (() => Promise<unknown>) | null = null;
  const client = await clientThrough(async (call) => {
    if (!isWrite(call)) return call.pass();
    if (late === null) {
      late = () => call.pass();
      throw timeout();
    }
    await late();
    return call.pass();
  });
  let decided = 0;
  const command = {
    ...oneMoreSeat("op-d"),
    decide: (current: Current) => ({ ...oneMoreSeat("").decide(current), answer: ++decided }),
  };
  const result = await openStore({ tableName, client, now: Date.now }).change(acme, command);
  expect(decided).toBe(2);
  expect(result).toEqual({ answer: 1, version: 2, changed: true }); // what the first try answered: that one was written
  expect((await store.readFacts("acme", null))?.dossier.licenses[0]?.seats).toBe(1);
  expect(await store.auditLog(acme)).toEqual({ version: 2, problems: [] });
});

test("an answer lost inside the SDK, which then asks again by itself, is one write", async () => {
  const { tableName, store } = await accountOf();
  const client = await newClient();
  let lost = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const output = await next(args);
      if (context.commandName !== "TransactWriteItemsCommand" || ++lost > 1) return output;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET", name: "Error", $retryable: {} });
    },
    { step: "deserialize", name: "lose-answer", priority: "high" },
  );
  const flaky = openStore({ tableName, client, now: Date.now });
  expect(await flaky.change(acme, oneMoreSeat("op-e"))).toEqual({ answer: 1, version: 2, changed: true });
  expect(lost).toBeGreaterThanOrEqual(1);
  expect((await store.readFacts("acme", null))?.dossier.licenses[0]?.seats).toBe(1);
});

test("a record stored without change of facts and without answer is recognized", async () => {
  const { tableName, store } = await accountOf();
  const flaky = await storeWithFirstWrite(tableName, async (call) => {
    await call.pass();
    throw timeout();
  });
  const command = {
    operationId: "op-f",
    by: "test",
    decide: () => ({ writes: [], records: [decision("chk_1", "acme")], reply, answer: "answered" }),
  };
  expect(await flaky.change(acme, command)).toEqual({ answer: "answered", version: 1, changed: false });
  expect(await store.findReply(reply.key)).toEqual(reply);
});

test("so is a decision put alone, and one with its reply", async () => {
  const { tableName, store } = await accountOf();
  const lose = async (call: Call) => {
    await call.pass();
    throw timeout();
  };
  expect(await (await storeWithFirstWrite(tableName, lose)).putRecord(decision("chk_2", "acme"))).toBe("stored");
  expect(await (await storeWithFirstWrite(tableName, lose)).putRecord(decision("chk_3", "acme"), reply)).toBe("stored");
  expect(await store.getRecord("decision", "chk_3")).toEqual(decision("chk_3", "acme"));
});

test("an id that is another's is never taken for one's own", async () => {
  const { store } = await accountOf();
  await store.putRecord(decision("chk_4", "acme"));
  await expect(store.putRecord({ ...decision("chk_4", "acme"), answer: "{}" })).rejects.toThrow("there already");
  expect(await store.getRecord("decision", "chk_4")).toEqual(decision("chk_4", "acme"));
});

test("a table that never says whether it wrote is given up", async () => {
  const { tableName } = await accountOf();
  let writes = 0;
  const client = await clientThrough((call) => {
    if (!isWrite(call)) return call.pass();
    writes++;
    return Promise.reject(timeout());
  });
  const silent = openStore({ tableName, client, now: Date.now });
  await expect(silent.change(acme, oneMoreSeat("op-g"))).rejects.toMatchObject({ name: "Unavailable" });
  await expect(silent.putRecord(decision("chk_5", "acme"))).rejects.toMatchObject({ name: "Unavailable" });
  expect(writes).toBe(4);
});
