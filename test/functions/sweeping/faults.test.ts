/** What goes wrong around the sweep: accounts that are broken, writes that are lost or outrun, readers that come at once. */
import { DeleteItemCommand, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { openStore, type Store } from "../../../functions/store/store.ts";
import { runSweep } from "../../../functions/sweeping/run.ts";
import { newClient } from "../../store.ts";
import { writing } from "../store/facts.ts";
import { type Call, canceled, clientThrough, timeout } from "../store/interference.ts";
import { account, at, bodiesOf, contract, license, type Portfolio, portfolio } from "./example.ts";

const notice = { path: "notices/ntc_1", value: { contractId: "c-1", kind: "non-renewal", form: "letter", receivedOn: "2026-11-16" } };

/** Another process on the same table, whose calls go through this. */
async function storeThrough({ tableName, clock }: Portfolio, interfere: (call: Call) => Promise<unknown>): Promise<Store> {
  return openStore({ tableName, client: await clientThrough(interfere), now: () => clock.now });
}

const sweepOf = (store: Store, { clock, log }: Portfolio) =>
  runSweep(store, {
    asOf: clock.now,
    now: () => clock.now,
    remainingMilliseconds: () => 60_000,
    log: (line) => void log.push(JSON.parse(line)),
  });

const keyOf = (accountId: string, sk: string) => ({ pk: { S: `account#${accountId}` }, sk: { S: sk } });

test("one broken account is set aside and said, all others are done; mended, it is caught up with", async () => {
  const here = await portfolio("2026-12-20");
  const names = Array.from({ length: 12 }, (_, n) => `acme-${n}`);
  for (const name of names) await here.write(name, ...account);
  await here.sweepOn("2026-12-21");
  const Key = keyOf("acme-7", "manifest");
  const { Item } = await here.client.send(new GetItemCommand({ TableName: here.tableName, Key }));
  const set = (text: string) =>
    here.client.send(
      new UpdateItemCommand({
        TableName: here.tableName,
        Key,
        UpdateExpression: "SET #text = :text",
        ExpressionAttributeNames: { "#text": "text" },
        ExpressionAttributeValues: { ":text": { S: text } },
      }),
    );
  await set('{"accountId": "acme-7", ');

  const run = await here.sweepOn("2027-01-01");
  expect(run).toMatchObject({ visited: 11, announced: 11, quarantinedCount: 1, finished: true });
  expect(run.quarantined).toMatchObject([{ accountId: "acme-7" }]);
  expect(here.log).toContainEqual(expect.objectContaining({ level: "error", event: "account-quarantined", accountId: "acme-7" }));
  // Not every quarter of an hour, but once a day.
  expect(await here.sweepOn("2027-01-01T12:15:00Z")).toMatchObject({ visited: 0, quarantinedCount: 0 });
  expect(await here.sweepOn("2027-01-02T12:15:00Z")).toMatchObject({ visited: 0, quarantinedCount: 1 });

  await set(Item?.text?.S ?? "");
  expect(await here.sweepOn("2027-01-03T13:00:00Z")).toMatchObject({ visited: 1, announced: 1, quarantinedCount: 0 });
  for (const name of names) expect(await here.announced(name)).toEqual(["contract.renewed 2027-01-01"]);
});

test.each<[string, (call: Call, n: number) => Promise<unknown>]>([
  ["every first answer is lost", (call, n) => (n % 2 === 0 ? call.pass().then(() => Promise.reject(timeout())) : call.pass())],
  ["every first write is lost", (call, n) => (n % 2 === 0 ? Promise.reject(timeout()) : call.pass())],
  ["others write at once", (call, n) => (n % 3 === 0 ? call.pass() : Promise.reject(canceled("TransactionConflict")))],
])("each thing is announced once though %s", async (_, interfere) => {
  const here = await portfolio("2026-12-20");
  const names = ["acme-1", "acme-2", "acme-3"];
  for (const name of names) await here.write(name, ...account);
  let writes = 0;
  const flaky = await storeThrough(here, (call) => (call.name === "TransactWriteItems" ? interfere(call, writes++) : call.pass()));
  for (const day of ["2026-12-21", "2027-01-01", "2027-01-02", "2027-01-03"]) {
    here.clock.now = at(day);
    await sweepOf(flaky, here);
  }
  await here.sweepOn("2027-01-04");
  for (const name of names) expect(await here.announced(name)).toEqual(["contract.renewed 2027-01-01"]);
  expect(here.log.filter(({ event }) => event === "account-quarantined")).toEqual([]);
});

test("a table that is too busy for one account does not end the run, and the run says that it is not finished", async () => {
  const here = await portfolio("2026-12-20");
  for (const name of ["acme-1", "acme-2", "acme-3"]) await here.write(name, ...account);
  await here.sweepOn("2026-12-21");
  const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
  const busy = await storeThrough(here, (call) =>
    call.name === "BatchGetItem" && JSON.stringify(call.input).includes("account#acme-2") ? Promise.reject(throttled) : call.pass(),
  );
  here.clock.now = at("2027-01-01");
  expect(await sweepOf(busy, here)).toMatchObject({ visited: 2, quarantinedCount: 0, finished: false });
  expect((await here.store.sweeps.read()).progress.mark).toBe(at("2026-12-20"));
  expect(await here.sweepOn("2027-01-01T12:15:00Z")).toMatchObject({ visited: 1, announced: 1, finished: true });
});

test("a notice on the last day that meets the sweep at midnight: one outcome, by the day of receipt", async () => {
  const here = await portfolio("2026-12-20");
  await here.write("acme", ...account);
  await here.sweepOn("2026-12-21");
  let met = false;
  const racing = await storeThrough(here, async (call) => {
    if (call.name === "TransactWriteItems" && JSON.stringify(call.input).includes("events#account#acme") && !met) {
      met = true;
      await here.store.change({ accountId: "acme" }, writing(notice));
    }
    return call.pass();
  });
  here.clock.now = at("2026-12-31T23:00:00Z");
  await sweepOf(racing, here);
  expect(met).toBe(true);
  await here.sweepOn("2027-01-02");
  expect(await here.announced()).toEqual(["contract.lapsed 2027-01-01"]);
});

test("the ledger and the agenda can be thrown away: nothing is announced twice, and what comes next comes", async () => {
  const here = await portfolio("2026-12-20");
  await here.write("acme", ...account, { path: "licenses/l-2", value: license });
  await here.sweepOn("2027-01-01");
  const before = await bodiesOf(here);
  const ledger = async () => (await here.client.send(new GetItemCommand({ TableName: here.tableName, Key: keyOf("acme", "sweep") }))).Item?.text;
  const kept = await ledger();
  expect(before.map(({ type }) => type).sort()).toEqual(["contract.renewed", "coverage.gap-detected"]);

  for (const Key of [keyOf("acme", "sweep"), { pk: { S: "sweep" }, sk: { S: "progress" } }])
    await here.client.send(new DeleteItemCommand({ TableName: here.tableName, Key }));
  const agenda = { TableName: here.tableName, Key: keyOf("acme", "manifest"), UpdateExpression: "REMOVE agendaKey, agendaSort" };
  await here.client.send(new UpdateItemCommand(agenda));
  expect(await here.sweepOn("2027-01-02")).toMatchObject({ visited: 1, announced: 0, missed: 0, finished: true });
  expect(await bodiesOf(here)).toEqual(expect.arrayContaining(before));
  expect(await ledger()).toEqual(kept);
  await here.sweepOn("2027-10-20");
  expect((await here.announced()).filter((one) => one.startsWith("notice"))).toEqual(["notice-window.closing 2027-10-17 30"]);
});

test("what all accounts depend on changes: each is looked at anew, once", async () => {
  const here = await portfolio("2026-02-01");
  const other = { path: "products/qs-designer", value: { name: "QS Designer", productLine: "Other", kind: "software" } };
  await here.store.change("catalog", writing(other));
  for (const name of ["acme-1", "acme-2"])
    await here.write(name, ...account, { path: "licenses/l-2", value: { ...license, productId: "qs-designer" } });
  await here.sweepOn("2026-02-02");
  await here.store.change("catalog", writing({ ...other, value: { ...other.value, productLine: "QS" } }));
  expect(await here.sweepOn("2026-02-03")).toMatchObject({ visited: 2, announced: 2, finished: true });
  for (const name of ["acme-1", "acme-2"]) expect((await here.announced(name)).map((one) => one.split(" ")[0])).toEqual(["coverage.gap-detected"]);
  expect(await here.sweepOn("2026-02-04")).toMatchObject({ visited: 0, announced: 0 });
});

test("ten times the accounts and as much that is due: as many reads", async () => {
  async function unitsRead(accounts: number): Promise<number> {
    const here = await portfolio("2026-06-01");
    for (let n = 0; n < 5; n++) await here.write(`due-${n}`, ...account);
    // Nothing of these is due in November: their term ends in April.
    const later = { ...contract, term: { firstDay: "2026-05-01", lastDay: "2027-04-30" } };
    const writes = [...account.slice(0, 2), { path: "contracts/c-1", value: later }];
    for (let n = 0; n < accounts; n++) await here.write(`later-${n}`, ...writes);
    await here.sweepOn("2026-11-15");
    let units = 0;
    const counting = await storeThrough(here, async (call) => {
      const isRead = ["GetItem", "BatchGetItem", "Query"].includes(call.name);
      const answer = await call.pass(isRead ? { ...call.input, ReturnConsumedCapacity: "TOTAL" } : call.input);
      if (isRead) for (const { CapacityUnits } of [answer.ConsumedCapacity].flat()) units += CapacityUnits;
      return answer;
    });
    here.clock.now = at("2026-11-17");
    expect(await sweepOf(counting, here)).toMatchObject({ visited: 5, announced: 5, finished: true });
    return units;
  }
  const few = await unitsRead(5);
  expect(few).toBeGreaterThan(5);
  expect(await unitsRead(95)).toBeLessThanOrEqual(few * 1.1);
});

test("an account with more to announce than one write holds is announced whole", async () => {
  const here = await portfolio("2026-12-20");
  const contracts = Array.from({ length: 100 }, (_, n) => ({
    path: `contracts/c-${n}`,
    value: { ...contract, lines: contract.lines.map((line) => ({ ...line, licenseId: `l-${n}` })) },
  }));
  const licenses = contracts.map((_, n) => ({ path: `licenses/l-${n}`, value: license }));
  await here.write("acme", account[0] as (typeof account)[0], ...licenses, ...contracts);
  expect(await here.sweepOn("2027-01-01")).toMatchObject({ announced: 100, finished: true });
  const told = await bodiesOf(here);
  expect(told).toHaveLength(100);
  expect(new Set(told.map(({ data }) => data.contractId)).size).toBe(100);
});

test("a second store on the same table sees what the first one did", async () => {
  const here = await portfolio("2026-12-20");
  await here.write("acme", ...account);
  await here.sweepOn("2027-01-01");
  const second = openStore({ tableName: here.tableName, client: await newClient(), now: () => here.clock.now });
  expect(await second.sweeps.readLast()).toMatchObject({ asOf: at("2027-01-01"), announced: 1, finished: true });
});
