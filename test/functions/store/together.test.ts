/** Commands on many accounts at once: few requests, each account whole or not at all, and nobody's write lost on the way. */
import { expect, test } from "vitest";
import { openStore, type Store } from "../../../functions/store/store.ts";
import type { AccountCommand } from "../../../functions/store/together.ts";
import { freshStore } from "../../store.ts";
import { decision, largeAccount, license, writing } from "./facts.ts";
import { type Call, canceled, clientThrough, timeout } from "./interference.ts";

const ids = Array.from({ length: 40 }, (_, n) => `a-${n}`);

function naming(accountId: string): AccountCommand<string> {
  const record = { ...decision(`done.${accountId}`, accountId), kind: "import" as const };
  return {
    accountId,
    operationId: `name.${accountId}`,
    by: "test",
    decide: ({ dossier }) => {
      const writes = dossier?.account.name === "Named" ? [] : [{ path: "account", value: { name: "Named" } }];
      return { writes, ...(writes.length > 0 && { records: [record] }), answer: `named ${accountId}` };
    },
  };
}

async function storeThrough(interfere: (call: Call, real: Store) => Promise<unknown>) {
  const { store, tableName } = await freshStore();
  const calls: string[] = [];
  const client = await clientThrough((call) => {
    calls.push(call.name);
    return interfere(call, store);
  });
  return { real: store, store: openStore({ tableName, client, now: Date.now }), calls };
}

async function versionsOf(store: Store): Promise<(number | undefined)[]> {
  return (await store.readFactsOfMany(ids)).map((snapshot) => snapshot?.versions.account);
}

test("40 accounts are read with one request and written with two, each with its log entry and record", async () => {
  const { store, real, calls } = await storeThrough((call) => call.pass());
  const changed = await store.imports.changeTogether(ids.map(naming));
  expect(changed).toEqual(ids.map((id) => ({ answer: `named ${id}`, version: 1, changed: true })));
  // 3 items an account, 100 a transaction: 33 accounts, then 7.
  expect(calls).toEqual(["BatchGetItem", "TransactWriteItems", "TransactWriteItems"]);
  expect((await real.imports.changes(ids.map((id) => `done.${id}`))).every((record) => record !== null)).toBe(true);
  for (const accountId of ["a-0", "a-39"]) expect(await real.auditLog({ accountId })).toEqual({ version: 1, problems: [] });

  expect(await store.imports.changeTogether(ids.map(naming))).toEqual(ids.map((id) => ({ answer: `named ${id}`, version: 1, changed: false })));
  expect(calls.slice(3)).toEqual(["BatchGetItem"]);
});

test("where another writes to one of them in between, nothing of that transaction is written, and the other's write stays", async () => {
  let meddled = false;
  const { store, real } = await storeThrough(async (call, other) => {
    if (call.name === "TransactWriteItems" && !meddled) {
      meddled = true;
      await other.change(
        { accountId: "a-3" },
        writing({ path: "account", value: { name: "By hand" } }, { path: "licenses/l-1", value: license("p") }),
      );
    }
    return call.pass();
  });
  const changed = await store.imports.changeTogether(ids.map(naming));
  expect(changed.map((one) => one !== null)).toEqual(ids.map((_, n) => n >= 33));
  expect(await versionsOf(real)).toEqual(ids.map((_, n) => (n >= 33 || n === 3 ? 1 : undefined)));
  // Alone it goes, on what the other wrote.
  const { operationId, by, decide } = naming("a-3");
  expect(await store.change({ accountId: "a-3" }, { operationId, by, decide })).toMatchObject({ version: 2, changed: true });
  expect((await real.readFacts("a-3", null))?.dossier).toMatchObject({ account: { name: "Named" }, licenses: [{ licenseId: "l-1" }] });
});

test.each(["TransactionConflict", "ThrottlingError"])(
  "a transaction that is canceled for `%s` leaves its accounts to be done alone",
  async (code) => {
    let writes = 0;
    const { store, real } = await storeThrough((call) =>
      call.name === "TransactWriteItems" && ++writes === 1 ? Promise.reject(canceled(code)) : call.pass(),
    );
    const changed = await store.imports.changeTogether(ids.map(naming));
    expect(changed.filter((one) => one === null)).toHaveLength(33);
    expect((await versionsOf(real)).filter((version) => version === undefined)).toHaveLength(33);
  },
);

test("a write whose answer is lost is not called undone: whoever asks is told that it is not known, and alone it is recognized", async () => {
  const { store, real } = await storeThrough(async (call) => {
    const answer = await call.pass();
    if (call.name === "TransactWriteItems") throw timeout();
    return answer;
  });
  await expect(store.imports.changeTogether(ids.map(naming))).rejects.toThrow("the answer to a write was lost");
  // The first transaction was done all the same, and the second never sent.
  expect(await versionsOf(real)).toEqual(ids.map((_, n) => (n < 33 ? 1 : undefined)));
});

test("one whose decision fails, or that is too large for a transaction, holds up no other", async () => {
  const { store, real } = await storeThrough((call) => call.pass());
  const broken: AccountCommand<string> = {
    ...naming("a-1"),
    decide: () => {
      throw new Error("broken");
    },
  };
  const large: AccountCommand<string> = { ...naming("a-2"), decide: () => ({ writes: largeAccount(10_000), answer: "large" }) };
  const changed = await store.imports.changeTogether([naming("a-0"), broken, large, naming("a-3")]);
  expect(changed.map((one) => one?.answer ?? null)).toEqual(["named a-0", null, null, "named a-3"]);
  expect((await versionsOf(real)).slice(0, 5)).toEqual([1, undefined, undefined, 1, undefined]);
});
