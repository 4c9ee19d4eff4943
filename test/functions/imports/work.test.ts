/** The worker among faults: it dies, comes twice, is too slow, meets a table that is busy, an account that is broken. */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { importWorker } from "../../../functions/import-worker.ts";
import { resultsOfStep } from "../../../functions/imports/results.ts";
import type { RowResult } from "../../../functions/imports/rows.ts";
import { countsIn, type ImportState, newState, type Status } from "../../../functions/imports/state.ts";
import { type Workshop, workOn } from "../../../functions/imports/work.ts";
import { Unavailable } from "../../../functions/store/errors.ts";
import type { ImportStore } from "../../../functions/store/imports.ts";
import { openStore, type Store } from "../../../functions/store/store.ts";
import { openUploads } from "../../../infra/local/uploads.ts";
import { freshStore } from "../../store.ts";
import { clientThrough, timeout } from "../store/interference.ts";
import { type Cells, csv, line } from "./files.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The store with other commands: those that go together and those that go alone. `around` gets each with how it is really done. */
function changing(real: Store, around: <T>(accountIds: string[], really: () => Promise<T>) => Promise<T>): Partial<Store> {
  return {
    change: (owner, command) => around(owner === "catalog" ? [] : [owner.accountId], () => real.change(owner, command)),
    imports: {
      ...real.imports,
      changeTogether: (commands) =>
        around(
          commands.map(({ accountId }) => accountId),
          () => real.imports.changeTogether(commands),
        ),
    },
  };
}

/** Every account is alone, as where another writer is in the way. */
const nothingTogether = (real: Store): ImportStore => ({ ...real.imports, changeTogether: async (commands) => commands.map(() => null) });

const never = () => false;
const hang = () => new Promise<never>(() => {});

interface Bench {
  store: Store;
  tableName: string;
  clock: { now: number };
  log: string[];
  /** A worker of its own; `around` changes the store that it has. */
  worker(holder: string, around?: (store: Store) => Partial<Store>): Workshop;
  state(): Promise<ImportState>;
  /** As a caller asks by `commit` or `revert`. */
  ask(status: Status): Promise<void>;
  results(): Promise<RowResult[]>;
}

const id = "imp_test";

/** An import whose file was just handed in. */
async function benchWith(file: string): Promise<Bench> {
  const clock = { now: 1_000_000 };
  const { store, tableName } = await freshStore();
  const folder = join(tmpdir(), `good-standing-${tableName}`);
  folders.push(folder);
  const uploads = openUploads(join(folder, "files"), "", Date.now());
  const log: string[] = [];
  await store.imports.put(id, newState(id, "test", clock.now), 0);
  await uploads.keep(id, whole(file));
  const found = async () => (await store.imports.get(id)) as { state: ImportState; revision: number };
  return {
    store,
    tableName,
    clock,
    log,
    worker: (holder, around = () => ({})) => ({
      folder: join(folder, `shares-${holder}`),
      store: { ...store, ...around(store) },
      uploads,
      now: () => clock.now,
      log: (text) => void log.push(text),
      holder,
    }),
    state: async () => (await found()).state,
    async ask(status) {
      const { state, revision } = await found();
      await store.imports.put(id, { ...state, status, stepsDone: 0, rowsDone: 0 }, revision);
    },
    async results() {
      const { steps, lastLine } = (await found()).state;
      const all = await Promise.all(steps.map((_, step) => resultsOfStep(store.imports, id, step, lastLine)));
      return all.flat().sort((a, b) => a.line - b.line);
    },
  };
}

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Rows of one account are as far apart as they can be. */
function unsorted(accounts: number, rowsEach: number, cells: Cells = {}): string {
  const rows = Array.from({ length: accounts * rowsEach }, (_, n) => ({
    ...line,
    accountId: `a-${n % accounts}`,
    contractId: `c-${Math.floor(n / accounts) % 2}`,
    licenseId: `l-${Math.floor(n / accounts)}`,
    ...cells,
  }));
  return csv(rows);
}

async function versionsOf(store: Store, accounts: number): Promise<Set<number | undefined>> {
  const snapshots = await store.readFactsOfMany(Array.from({ length: accounts }, (_, n) => `a-${n}`));
  return new Set(snapshots.map((snapshot) => snapshot?.versions.account));
}

async function previewed(file: string): Promise<Bench> {
  const bench = await benchWith(file);
  expect(await workOn(id, bench.worker("a"), never)).toBe("done");
  expect((await bench.state()).status).toBe("previewed");
  return bench;
}

test("5 000 rows in no order of accounts, in shares: one log entry for each account, all undone again", async () => {
  const names = { accountName: "n".repeat(200), soldBy: `reseller:${"r".repeat(190)}` };
  const bench = await previewed(unsorted(250, 20, names));
  expect((await bench.state()).steps).toHaveLength(2);
  await bench.ask("committing");
  // The time is over after each share.
  expect(await workOn(id, bench.worker("b"), () => true)).toBe("more");
  const half = await bench.state();
  expect(half).toMatchObject({ status: "committing", stepsDone: 1, lease: null });
  expect(half.rowsDone).toBeGreaterThan(0);
  expect(half.rowsDone).toBeLessThan(5_000);
  expect(await workOn(id, bench.worker("c"), () => true)).toBe("done");
  expect(countsIn(await bench.state())).toMatchObject({ created: 5_000, rejected: 0 });
  expect(await versionsOf(bench.store, 250)).toEqual(new Set([1]));
  const { dossier } = (await bench.store.readFacts("a-7", null)) as { dossier: { licenses: object[]; contracts: { lines: object[] }[] } };
  expect([dossier.licenses.length, ...dossier.contracts.map(({ lines }) => lines.length)]).toEqual([20, 10, 10]);

  await bench.ask("reverting");
  expect(await workOn(id, bench.worker("d"), never)).toBe("done");
  expect(countsIn(await bench.state())).toMatchObject({ reverted: 5_000, "not-reverted": 0 });
  expect(await bench.store.listAccounts({ limit: 10, after: null })).toEqual({ accounts: [], after: null });
});

const dying = {
  "before a write": () => hang(),
  "after a write, before its answer": async (really: () => Promise<unknown>) => {
    await really();
    return hang();
  },
};

test.each((["together", "alone"] as const).flatMap((how) => (Object.keys(dying) as (keyof typeof dying)[]).map((when) => [how, when] as const)))(
  "a worker that writes accounts %s and dies %s: another goes on, and each row has the outcome that it had",
  async (how, when) => {
    const accounts = 200;
    const bench = await previewed(unsorted(accounts, 4));
    await bench.ask("committing");
    let writes = 0;
    // Of 200 accounts, 32 at a time, two writes are done, of seven; alone, twelve.
    const most = how === "together" ? 2 : 12;
    const dead = bench.worker("dead", (real) => {
      const store = how === "together" ? real : { ...real, imports: nothingTogether(real) };
      return changing(store, async (accountIds, really) => {
        if (how === "alone" && accountIds.length > 1) return really();
        return ++writes <= most ? really() : (dying[when](really) as never);
      });
    });
    void workOn(id, dead, never);
    while (writes < most + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const written = [...(await versionsOf(bench.store, accounts))];
    expect(written.sort()).toEqual([1, undefined]);
    // Its lease holds for a minute.
    expect(await workOn(id, bench.worker("next"), never)).toBe("busy");
    bench.clock.now += 61_000;
    expect(await workOn(id, bench.worker("next"), never)).toBe("done");
    expect((await bench.state()).status).toBe("committed");
    expect(countsIn(await bench.state())).toMatchObject({ created: 4 * accounts, unchanged: 0, rejected: 0 });
    expect((await bench.results()).every(({ outcome }) => outcome === "created")).toBe(true);
    expect(await versionsOf(bench.store, accounts)).toEqual(new Set([1]));
  },
);

test("a revert whose worker dies goes on where it was", async () => {
  const accounts = 130;
  const bench = await previewed(unsorted(accounts, 2));
  await bench.ask("committing");
  await workOn(id, bench.worker("a"), never);
  await bench.ask("reverting");
  let writes = 0;
  const dead = bench.worker("dead", (real) =>
    changing(real, async (_, really) => {
      const changed = await really();
      return ++writes > 1 ? hang() : changed;
    }),
  );
  void workOn(id, dead, never);
  while (writes < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  bench.clock.now += 61_000;
  expect(await workOn(id, bench.worker("next"), never)).toBe("done");
  expect((await bench.state()).status).toBe("reverted");
  expect(countsIn(await bench.state())).toMatchObject({ reverted: 2 * accounts, "not-reverted": 0 });
});

test("a message that comes twice at once is worked on once; a worker that lost its lease stops", async () => {
  const bench = await previewed(unsorted(40, 2));
  await bench.ask("committing");
  const outcomes = await Promise.all([
    workOn(id, bench.worker("a"), never),
    workOn(id, bench.worker("b"), never),
    workOn(id, bench.worker("c"), never),
  ]);
  expect(outcomes.sort()).toEqual(["busy", "busy", "done"]);
  expect(await workOn(id, bench.worker("d"), never)).toBe("done");
  expect(await versionsOf(bench.store, 40)).toEqual(new Set([1]));

  // One that sleeps in the middle of its work, while another takes over and ends it.
  const accounts = 130;
  const slow = await previewed(unsorted(accounts, 2));
  await slow.ask("committing");
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  let [writes, written] = [0, 0];
  const sleeper = workOn(
    id,
    slow.worker("sleeper", (real) =>
      changing(real, async (_, really) => {
        if (++writes > 1) await asleep;
        const changed = await really();
        written++;
        return changed;
      }),
    ),
    never,
  );
  while (written < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  // What it does when it is told of its writes comes before it is late.
  await new Promise((resolve) => setTimeout(resolve, 100));
  slow.clock.now += 61_000;
  expect(await workOn(id, slow.worker("other"), never)).toBe("done");
  wake();
  expect(await sleeper).toBe("busy");
  expect((await slow.state()).status).toBe("committed");
  expect(countsIn(await slow.state())).toMatchObject({ created: 2 * accounts });
  expect(await versionsOf(slow.store, accounts)).toEqual(new Set([1]));
});

test("an account that cannot be worked on by a fault of ours holds up no other, and is told in the log without its facts", async () => {
  const bench = await previewed(unsorted(10, 2));
  await bench.ask("committing");
  const worker = bench.worker("a", (real) =>
    changing(real, (accountIds, really) => (accountIds.includes("a-3") ? Promise.reject(new Error("broken")) : really())),
  );
  expect(await workOn(id, worker, never)).toBe("done");
  expect(await bench.state()).toMatchObject({ status: "partly-committed", rowsLost: 2 });
  expect((await bench.results()).filter(({ outcome }) => outcome === "rejected")).toMatchObject([
    { accountId: "a-3", reasons: [{ column: null, detail: "this account could not be worked on by a fault of ours: it was logged" }] },
    { accountId: "a-3" },
  ]);
  expect(bench.log.map((text) => JSON.parse(text))).toMatchObject([{ level: "error", event: "import-account-failed", accountId: "a-3" }]);
  expect(countsIn(await bench.state())).toMatchObject({ created: 18, rejected: 2 });
});

test("a table that is busy for a moment is waited for; one that stays so ends the run, and a later one goes on", async () => {
  const bench = await previewed(unsorted(6, 2));
  await bench.ask("committing");
  let failures = 0;
  const worker = bench.worker("a", (real) =>
    changing(real, (_, really) => (++failures % 2 === 1 ? Promise.reject(new Unavailable("busy")) : really())),
  );
  expect(await workOn(id, worker, never)).toBe("done");
  expect(countsIn(await bench.state())).toMatchObject({ created: 12 });
  expect(await versionsOf(bench.store, 6)).toEqual(new Set([1]));
});

test("writes whose answers are lost, and hands in between, leave each row with what became of it, and each account written once", async () => {
  const bench = await previewed(unsorted(130, 2));
  await bench.ask("committing");
  let writes = 0;
  const client = await clientThrough(async (call) => {
    const isTransaction = call.name === "TransactWriteItems" && call.input.TransactItems.length > 20;
    if (!isTransaction) return call.pass();
    writes++;
    // Someone writes to the account that the transaction begins with.
    if (writes === 2) {
      const accountId = call.input.TransactItems[0].Put.Item.pk.S.slice("account#".length);
      const by = { operationId: "by-hand", by: "test", decide: () => ({ writes: [{ path: "account", value: { name: "By hand" } }], answer: null }) };
      await bench.store.change({ accountId }, by);
    }
    const answer = await call.pass();
    if (writes === 1) throw timeout();
    return answer;
  });
  const worker = bench.worker("a", () => openStore({ tableName: bench.tableName, client, now: Date.now }));
  expect(await workOn(id, worker, never)).toBe("done");
  // Four of 32 accounts; the last has two.
  expect(writes).toBe(4);
  expect(await bench.state()).toMatchObject({ status: "committed", rowsLost: 0 });
  expect(countsIn(await bench.state())).toMatchObject({ created: 260, unchanged: 0, rejected: 0 });
  const snapshots = await bench.store.readFactsOfMany(Array.from({ length: 130 }, (_, n) => `a-${n}`));
  expect(snapshots.filter((snapshot) => snapshot?.versions.account === 1)).toHaveLength(129);
  expect(snapshots.filter((snapshot) => snapshot?.versions.account === 2)).toHaveLength(1);
  expect(snapshots.every((snapshot) => snapshot?.dossier.licenses.length === 2)).toBe(true);
});

test("a file that is gone before the commit fails it, and nothing is written", async () => {
  const bench = await previewed(unsorted(2, 1));
  await bench.ask("committing");
  for (const folder of folders) rmSync(folder, { recursive: true });
  expect(await workOn(id, bench.worker("b"), never)).toBe("done");
  expect(await bench.state()).toMatchObject({ status: "failed", problem: { code: "upload-gone" } });
  expect(await bench.store.readFacts("a-0", null)).toBeNull();
});

test("the function in AWS: works, comes again where it is busy, asks for more where its time is over", async () => {
  const names = { accountName: "n".repeat(200), soldBy: `reseller:${"r".repeat(190)}` };
  const bench = await benchWith(unsorted(250, 20, names));
  const asked: string[] = [];
  const handler = importWorker(
    (holder) => bench.worker(holder),
    async (importId) => void asked.push(importId),
  );
  const message = (body: object) => ({ Records: [{ messageId: "m-1", body: JSON.stringify(body) }] }) as never;
  const context = (milliseconds: number) => ({ awsRequestId: "r-1", getRemainingTimeInMillis: () => milliseconds });
  const uploaded = message({ Records: [{ s3: { object: { key: `uploads/${id}.csv` } } }] });
  expect(await handler(uploaded, context(1_000))).toEqual({ batchItemFailures: [] });
  expect(asked).toEqual([id]);
  expect(await handler(message({ importId: id }), context(300_000))).toEqual({ batchItemFailures: [] });
  expect((await bench.state()).status).toBe("previewed");

  await bench.ask("committing");
  const { state, revision } = (await bench.store.imports.get(id)) as { state: ImportState; revision: number };
  await bench.store.imports.put(id, { ...state, lease: { holder: "other", until: bench.clock.now + 1 } }, revision);
  expect(await handler(message({ importId: id }), context(300_000))).toEqual({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
  expect(await handler({ Records: [{ messageId: "m-2", body: "{" }] } as never, context(300_000))).toEqual({
    batchItemFailures: [{ itemIdentifier: "m-2" }],
  });
  expect(await handler(message({ importId: "imp_unknown" }), context(300_000))).toEqual({ batchItemFailures: [] });
});
