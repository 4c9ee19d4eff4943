import { beforeAll, expect, test } from "vitest";
import { openStore, type Page, type Store } from "../../../functions/store/store.ts";
import { freshStore } from "../../store.ts";
import { decision, writing } from "./facts.ts";
import { clientThrough, countingClient } from "./interference.ts";

const accountIds = Array.from({ length: 33 }, (_, n) => `account-${String((n * 17) % 33).padStart(2, "0")}`);
const sortedIds = [...accountIds].sort();
let store: Store;
/** The same table, whose pages end after every item. */
let crumbling: Store;
/** The same table, and what was asked of it. */
let counted: Store;
let calls: string[];

beforeAll(async () => {
  const fresh = await freshStore();
  store = fresh.store;
  const client = await clientThrough((call) => call.pass(call.name === "Query" ? { ...call.input, Limit: 1 } : call.input));
  crumbling = openStore({ tableName: fresh.tableName, client, now: Date.now });
  const counting = await countingClient();
  calls = counting.calls;
  counted = openStore({ tableName: fresh.tableName, client: counting.client, now: Date.now });
  await Promise.all(
    accountIds.map((accountId, n) =>
      store.change(
        { accountId },
        writing({ path: "account", value: { name: `Firma ${n % 3 === 0 ? "MÜLLER" : "Meier"} ${n}`, customerNumber: `K-${1000 + n}` } }),
      ),
    ),
  );
  for (const accountId of sortedIds.slice(0, 3)) {
    const contract = (policyId: string) => ({
      policyId,
      program: "x",
      currency: "CHF",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      soldBy: "direct",
      lines: [],
    });
    await store.change(
      { accountId },
      writing(
        { path: "contracts/c-1", value: contract("wolfram") },
        { path: "contracts/c-2", value: contract("acme-2") },
        { path: "contracts/c-3", value: contract("acme-2") },
      ),
    );
  }
  for (let n = 0; n < 9; n++) await store.putRecord(decision(`chk_${n}`, n % 3 === 2 ? "b" : "a", n % 2 === 0 ? "case-1" : null));
  await store.putRecord({ ...decision("qt_1", "a", "case-1"), kind: "quote" });
});

async function allPages<T>(limit: number, read: (page: Page) => Promise<{ items: T[]; after: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  do {
    const page = await read({ limit, after });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    if (page.after !== null) expect(page.items.length).toBe(limit);
    all.push(...page.items);
    after = page.after;
  } while (after !== null);
  return all;
}

const accountsOf = (from: Store, q?: string) => async (page: Page) => {
  const { accounts, after } = await from.listAccounts(page, q === undefined ? undefined : { q });
  return { items: accounts.map((account) => account.accountId), after };
};

for (const limit of [1, 2, 7, 32, 33, 100]) {
  test(`accounts come in the order of their ids, each once, ${limit} to a page`, async () => {
    expect(await allPages(limit, accountsOf(store))).toEqual(sortedIds);
  });
}

test("a page that would end with the last account says that it is the last", async () => {
  expect(await store.listAccounts({ limit: 33, after: null })).toMatchObject({ after: null });
  expect(await store.listAccounts({ limit: 32, after: null })).toMatchObject({ after: sortedIds[31] });
  expect(await store.listAccounts({ limit: 10, after: sortedIds[32] ?? "" })).toEqual({ accounts: [], after: null });
});

test("pages of the table that end after one item change nothing", async () => {
  expect(await allPages(20, accountsOf(crumbling))).toEqual(sortedIds);
  expect(await allPages(3, accountsOf(crumbling, "müller"))).toHaveLength(11);
  const { records, after } = await crumbling.listRecords("decision", "a", { limit: 4, after: null });
  expect(records.map((record) => record.id)).toEqual(["chk_7", "chk_6", "chk_4", "chk_3"]);
  expect(after).toBe("chk_3");
});

test("accounts are found by part of name, number or id, in any case", async () => {
  const found = async (q: string) => (await allPages(4, accountsOf(store, q))).length;
  expect(await found("müller")).toBe(11);
  expect(await found("MEIER")).toBe(22);
  expect(await found("k-1000")).toBe(1);
  expect(await found("COUNT-0")).toBe(10);
  expect(await found("nobody")).toBe(0);
  expect(await found("mu\u0308ller")).toBe(11);
});

test("accounts are found by the policy of their contracts, as it is and not by a part of its name", async () => {
  const found = async (policyId: string) => (await store.listAccounts({ limit: 100, after: null }, { policyId })).accounts;
  expect((await found("acme-2")).map((account) => account.accountId)).toEqual(sortedIds.slice(0, 3));
  expect((await found("acme-2"))[0]?.policyIds).toEqual(["acme-2", "wolfram"]);
  expect(await found("acme")).toEqual([]);
});

test("the list shows names and numbers, and follows when they change", async () => {
  const accountId = sortedIds[20] ?? "";
  await store.change({ accountId }, writing({ path: "account", value: { name: "Neu" } }));
  const { accounts } = await store.listAccounts({ limit: 1, after: sortedIds[19] ?? "" });
  expect(accounts).toEqual([{ accountId, name: "Neu", customerNumber: null, policyIds: [] }]);
});

for (const limit of [1, 2, 6, 100]) {
  test(`decisions of an account come newest first, ${limit} to a page`, async () => {
    const read = async (page: Page) => {
      const { records, after } = await store.listRecords("decision", "a", page);
      return { items: records, after };
    };
    const expected = [7, 6, 4, 3, 1, 0].map((n) => decision(`chk_${n}`, "a", n % 2 === 0 ? "case-1" : null));
    expect(await allPages(limit, read)).toEqual(expected);
  });

  test(`decisions of a case come newest first and from all accounts, ${limit} to a page`, async () => {
    const read = async (page: Page) => {
      const { records, after } = await store.listDecisionsByCase("case-1", page);
      return { items: records.map((record) => record.id), after };
    };
    expect(await allPages(limit, read)).toEqual(["chk_8", "chk_6", "chk_4", "chk_2", "chk_0"]);
  });
}

test("a page that ends with the last record says that it is the last, and costs no more than it shows", async () => {
  expect(await store.listRecords("decision", "a", { limit: 6, after: null })).toMatchObject({ after: null });
  expect(await store.listRecords("decision", "a", { limit: 5, after: null })).toMatchObject({ after: "chk_1" });
  await counted.listRecords("decision", "a", { limit: 2, after: null });
  expect(calls).toEqual(["Query", "BatchGetItem"]);
});

test("kinds of records are kept apart", async () => {
  expect((await store.listRecords("quote", "a", { limit: 9, after: null })).records.map((record) => record.id)).toEqual(["qt_1"]);
  expect(await store.getRecord("decision", "qt_1")).toBeNull();
  expect(await store.listRecords("notice", "a", { limit: 9, after: null })).toEqual({ records: [], after: null });
});

test("any text is a case id, however long, and an empty one is one too", async () => {
  for (const caseId of ["x".repeat(5_000), "", "case#1", "Fall 7 ß"]) {
    await store.putRecord(decision(`chk_case_${caseId.length}_${caseId.slice(0, 5)}`, "c", caseId));
    const { records } = await store.listDecisionsByCase(caseId, { limit: 9, after: null });
    expect(records.map((record) => record.caseId)).toEqual([caseId]);
  }
});

test("a listed record that cannot be read is an error, never a shorter list", async () => {
  const fresh = await freshStore();
  await fresh.store.putRecord(decision("chk_1", "a"));
  await fresh.store.putRecord(decision("chk_2", "a"));
  const client = await clientThrough(async (call) => {
    const output = await call.pass();
    return call.name === "BatchGetItem" ? { ...output, Responses: { [fresh.tableName]: output.Responses[fresh.tableName].slice(1) } } : output;
  });
  const lossy = openStore({ tableName: fresh.tableName, client, now: Date.now });
  await expect(lossy.listRecords("decision", "a", { limit: 9, after: null })).rejects.toThrow("listed and not there");
});

test("a read that fails in the middle of paging is unavailable, never a partial list", async () => {
  let queries = 0;
  const fresh = await freshStore();
  for (const accountId of ["a", "b", "c", "d"]) await fresh.store.change({ accountId }, writing({ path: "account", value: { name: accountId } }));
  const client = await clientThrough((call) => {
    if (call.name === "Query" && ++queries === 9)
      throw Object.assign(new Error("internal"), { name: "InternalServerError", $metadata: { httpStatusCode: 500 } });
    return call.pass();
  });
  const failing = openStore({ tableName: fresh.tableName, client, now: Date.now });
  await expect(failing.listAccounts({ limit: 9, after: null })).rejects.toMatchObject({ name: "Unavailable" });
});
