/** Files that are unlike others: one account with all rows, cells without end, two files at once, hands in between. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { countsIn, type ImportState, newState } from "../../../functions/imports/state.ts";
import { openImports } from "../../../infra/local/imports.ts";
import { freshStore } from "../../store.ts";
import { documents } from "../http/example.ts";
import { startService } from "../http/service.ts";
import { type Cells, commit, csv, factsOf, line, preview, revert, rowsOf, settled } from "./files.ts";

test("an account with 10 000 rows is one entry of its log, stays as it is with the same file, and is undone whole", async () => {
  const service = await startService();
  // 100 contracts of 100 lines, each license on one of them.
  const file = csv(Array.from({ length: 10_000 }, (_, n) => ({ ...line, contractId: `c-${n % 100}`, licenseId: `l-${n}` })));
  const seen = await preview(service, file);
  expect(await commit(service, seen.id)).toMatchObject({ status: "committed", counts: { created: 10_000, rejected: 0 } });
  const snapshot = await service.store.readFacts("acme", null);
  expect([snapshot?.versions.account, snapshot?.dossier.licenses.length, snapshot?.dossier.contracts.length]).toEqual([1, 10_000, 100]);
  const again = await commit(service, (await preview(service, file)).id);
  expect(again).toMatchObject({ counts: { created: 0, unchanged: 10_000 } });
  expect((await service.store.readFacts("acme", null))?.versions.account).toBe(1);
  expect(await revert(service, seen.id)).toMatchObject({ status: "reverted", counts: { reverted: 10_000 } });
  expect(await factsOf(service, "acme")).toBeNull();
  expect((await service.store.auditLog({ accountId: "acme" })).problems).toEqual([]);
}, 120_000);

test("an account that would hold more than one can is rejected with the limit, and the others are written", async () => {
  const service = await startService();
  // Ids that cannot be packed: 96 random bytes, in the license and in its line. 70 000 of them are 13.4 MB, past 40 parts of 300 kB.
  const rows = Array.from({ length: 70_000 }, (_, n) => ({ ...line, contractId: `c-${n % 10}`, licenseId: randomBytes(96).toString("base64url") }));
  const seen = await preview(service, csv([...rows, { ...line, accountId: "beta", accountName: "Beta" }]));
  expect(seen.counts).toMatchObject({ created: 70_001 });
  expect(await commit(service, seen.id)).toMatchObject({ status: "partly-committed", counts: { created: 1, rejected: 70_000 } });
  const { body } = await service.send("GET", `/v1/imports/${seen.id}/rows?outcome=rejected&limit=1`);
  expect(body.items[0].reasons[0].detail).toMatch(
    /^what is to be stored is too large: `\d+` bytes packed, at most `12000000`: an account cannot hold as much$/,
  );
  expect(await factsOf(service, "acme")).toBeNull();
  expect(await factsOf(service, "beta")).not.toBeNull();
}, 240_000);

test("rows with cells of 400 kB are rejected and told in short; the rest of the file is written and undone", async () => {
  const service = await startService();
  const endless = randomBytes(300_000).toString("base64url");
  const rows = [
    { ...line, accountId: endless },
    { ...line, licenseId: endless, contractId: "c-2" },
    { ...line, accountId: "beta", accountName: endless },
    { ...line, accountId: "gamma", accountName: "Gamma" },
    // 40 of them are more than one place could hold if they were kept as they are.
    ...Array.from({ length: 40 }, () => ({ ...line, accountId: endless })),
  ];
  const seen = await preview(service, csv(rows));
  expect(seen).toMatchObject({ status: "previewed", counts: { created: 1, rejected: 43 } });
  const rejected = await rowsOf(service, seen.id, "&outcome=rejected");
  expect(rejected.slice(0, 3).map(({ accountId, licenseId, reasons: [first] }) => [accountId.length, licenseId.length, first.column])).toEqual([
    [129, 3, "accountId"],
    [4, 129, "licenseId"],
    [4, 3, "accountName"],
  ]);
  expect(JSON.stringify(rejected[0]).length).toBeLessThan(1_000);
  expect(await commit(service, seen.id)).toMatchObject({ status: "committed", counts: { created: 1, rejected: 43 } });
  expect(await revert(service, seen.id)).toMatchObject({ status: "reverted", counts: { reverted: 1, rejected: 43 } });
});

test("CRLF inside of quotes is kept as it is, and lines are counted as an editor counts them", async () => {
  const service = await startService();
  const file = csv(
    [
      { ...line, accountName: "Acme\r\nZürich" },
      { ...line, accountId: "beta", accountName: "Beta\rBern\nBiel" },
      { ...line, accountId: "gamma", seats: "x" },
    ],
    { delimiter: ";", end: "\r\n" },
  );
  const seen = await preview(service, `\ufeff${file}`);
  // The names take two lines (2, 3) and, where a lone CR ends none, two (4, 5).
  expect((await rowsOf(service, seen.id)).map((row) => [row.line, row.outcome])).toEqual([
    [2, "created"],
    [4, "created"],
    [6, "rejected"],
  ]);
  await commit(service, seen.id);
  expect((await factsOf(service, "acme")).account.name).toBe("Acme\r\nZürich");
});

test("a file with nothing but names of columns is previewed, committed and undone, and nothing was done", async () => {
  const service = await startService();
  const seen = await preview(service, csv([], { columns: Object.keys(line) }));
  const nothing = { created: 0, updated: 0, unchanged: 0, rejected: 0, reverted: 0, notReverted: 0 };
  expect(await commit(service, seen.id)).toMatchObject({ status: "committed", counts: nothing });
  expect(await revert(service, seen.id)).toMatchObject({ status: "reverted", counts: nothing });
  expect(await rowsOf(service, seen.id)).toEqual([]);
});

test("two files with the same accounts, previewed before either is written: the second adds to the first", async () => {
  const service = await startService();
  const accounts = Array.from({ length: 70 }, (_, n) => ({ ...line, accountId: `a-${n}` }));
  const one = await preview(service, csv(accounts));
  const other = await preview(service, csv([...accounts, ...accounts.map((row) => ({ ...row, licenseId: "l-2", contractId: "c-2" }))]));
  expect(other.counts).toMatchObject({ created: 140 });
  expect((await service.send("POST", `/v1/imports/${one.id}/commit`)).status).toBe(202);
  expect(await commit(service, other.id)).toMatchObject({ status: "committed", counts: { created: 70, unchanged: 70 } });
  expect(await settled(service, one.id)).toMatchObject({ status: "committed", counts: { created: 70 } });
  const snapshots = await service.store.readFactsOfMany(accounts.map(({ accountId }) => accountId));
  expect(new Set(snapshots.map((snapshot) => snapshot?.versions.account))).toEqual(new Set([2]));
  // The first cannot be undone where the second stands on it, and then it can.
  expect(await revert(service, one.id)).toMatchObject({ status: "partly-reverted", counts: { reverted: 0, notReverted: 70 } });
  expect(await revert(service, other.id)).toMatchObject({ status: "reverted", counts: { reverted: 70, unchanged: 70 } });
  expect(await revert(service, one.id)).toMatchObject({ status: "reverted", counts: { reverted: 70, notReverted: 0 } });
  expect(await factsOf(service, "a-7")).toBeNull();
});

test("two workers that write two files with the same accounts at the same time: each account has what both say, entry by entry", async () => {
  const { store } = await freshStore();
  const folder = mkdtempSync(join(tmpdir(), "good-standing-two-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const accounts = Array.from({ length: 200 }, (_, n) => ({ ...line, accountId: `a-${n}` }));
  const work = async (name: string, cells: Cells) => {
    const imports = openImports({ store, folder: join(folder, name), baseUrl: "", now: Date.now, log: expect.fail, holder: name });
    const id = `imp_${name}`;
    const now = async () => (await store.imports.get(id)) as { state: ImportState; revision: number };
    await store.imports.put(id, newState(id, "test", Date.now()), 0);
    await imports.upload(id, bytesOf(csv(accounts.map((row) => ({ ...row, ...cells })))));
    await imports.idle();
    return async () => {
      const { state, revision } = await now();
      await store.imports.put(id, { ...state, status: "committing", stepsDone: 0, rowsDone: 0 }, revision);
      await imports.intake.enqueue(id);
      await imports.idle();
      return (await now()).state;
    };
  };
  const commits = [await work("one", {}), await work("other", { contractId: "c-2", licenseId: "l-2" })];
  const states = await Promise.all(commits.map((begin) => begin()));
  expect(states.map((state) => [state.status, countsIn(state).created])).toEqual([
    ["committed", 200],
    ["committed", 200],
  ]);
  const snapshots = await store.readFactsOfMany(accounts.map(({ accountId }) => accountId));
  for (const snapshot of snapshots) {
    expect(snapshot?.versions.account).toBe(2);
    expect(snapshot?.dossier.contracts.map(({ contractId, lines }) => [contractId, lines[0]?.licenseId])).toEqual([
      ["c-1", "l-1"],
      ["c-2", "l-2"],
    ]);
  }
}, 60_000);

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

test("what was changed by hand between preview and commit stays, where the file does not speak of it", async () => {
  const service = await startService();
  const file = csv(Array.from({ length: 40 }, (_, n) => ({ ...line, accountId: `a-${n}` })));
  await commit(service, (await preview(service, file)).id);
  const raised = await preview(service, file.replaceAll("1000.00", "1100.00"));
  await service.send("PUT", "/v1/accounts/a-3/licenses/l-9", documents.license);
  expect(await commit(service, raised.id)).toMatchObject({ status: "committed", counts: { updated: 40 } });
  const { licenses, contracts } = await factsOf(service, "a-3");
  expect(licenses.map(({ licenseId }: { licenseId: string }) => licenseId)).toEqual(["l-1", "l-9"]);
  expect(contracts[0].lines[0].annualFee.amount).toBe("1100.00");
});
