/** The three things that are done to all rows of an import: saying what they would do, writing them, undoing that. */
import { type Buckets, fillBuckets } from "./buckets.ts";
import { changeIn, commitAccount, recordIdOf, rejectedAll } from "./commit-account.ts";
import type { Run } from "./lease.ts";
import { lookingAhead } from "./look-ahead.ts";
import { patiently } from "./patience.ts";
import { planFor } from "./plan.ts";
import { resultsOfStep } from "./results.ts";
import { revertAccount } from "./revert-account.ts";
import { grouped, type Row, type RowResult } from "./rows.ts";
import { stepsFor } from "./state.ts";
import { Unreadable } from "./unreadable.ts";
import { mostUploadBytes } from "./uploads.ts";
import { eachAccount, walk } from "./walk.ts";
import type { Workshop } from "./work.ts";

/** Each says whether it came to the end before the time was over. */
export type Phase = (run: Run, shop: Workshop, isOver: () => boolean) => Promise<boolean>;

export const previewSteps: Phase = async (run, shop, isOver) => {
  const { store } = shop;
  const buckets = await openBuckets(run, shop);
  if (buckets === null) return true;
  try {
    await run.save({ rowsTotal: buckets.rows, rowsRead: buckets.rows, lastLine: buckets.lastLine });
    return await walk(run, shop, isOver, "previewed", async (step, onRows) => {
      const accounts = [...grouped(await buckets.read(step), accountOf)];
      const { catalog } = await patiently(() => store.readCatalog(null));
      const factsOf = lookingAhead(
        store,
        accounts.map(([accountId]) => accountId),
      );
      const preview = async ([, rows]: [string, Row[]], n: number) =>
        planFor(rows, buckets.present, (await factsOf(n)) ?? { dossier: null, catalog }).results;
      return { results: await eachAccount(shop, accounts, onRows, preview, rejectedAll) };
    });
  } finally {
    await buckets.remove();
  }
};

export const commitSteps: Phase = async (run, shop, isOver) => {
  const { imports } = shop.store;
  const { id, by } = run.state;
  const buckets = await openBuckets(run, shop);
  if (buckets === null) throw new Unreadable("upload-gone", "the file that was handed in is no longer kept: start a new import with it");
  try {
    const finished = () => (run.state.rowsLost > 0 ? "partly-committed" : "committed");
    return await walk(run, shop, isOver, finished, async (step, onRows) => {
      const said = new Map((await resultsOfStep(imports, id, step, run.state.lastLine)).map((result) => [result.line, result]));
      const rejected = [...said.values()].filter(({ outcome }) => outcome === "rejected");
      await onRows(rejected.length);
      // What the preview rejected stays rejected: nobody has agreed to anything else.
      const taken = (await buckets.read(step)).filter(({ line }) => said.get(line)?.outcome !== "rejected");
      const accounts = [...grouped(taken, accountOf)];
      const done = await patiently(() => imports.changes(accounts.map(([accountId]) => recordIdOf(id, accountId))));
      const commit = ([accountId, rows]: [string, Row[]], n: number) =>
        patiently(async (again) => {
          const before = again ? (await imports.changes([recordIdOf(id, accountId)]))[0] : done[n];
          if (before == null) return commitAccount(shop.store, id, by, accountId, rows, buckets.present);
          const { outcomes } = changeIn(before);
          return rows.map(({ line }) => ({ ...(said.get(line) as RowResult), outcome: outcomes[line] ?? "unchanged" }));
        });
      const results = [...rejected, ...(await eachAccount(shop, accounts, onRows, commit, rejectedAll))];
      const more = results.filter(({ outcome }) => outcome === "rejected").length - (run.state.steps[step]?.rejected ?? 0);
      return { results, rowsLost: run.state.rowsLost + more };
    });
  } finally {
    await buckets.remove();
  }
};

export const revertSteps: Phase = async (run, shop, isOver) => {
  const { imports } = shop.store;
  const { id, by, lastLine } = run.state;
  const finished = () => (run.state.steps.some((counts) => counts["not-reverted"] > 0) ? "partly-reverted" : "reverted");
  return walk(run, shop, isOver, finished, async (step, onRows) => {
    const accounts = [...grouped(await resultsOfStep(imports, id, step, lastLine), ({ accountId }) => accountId ?? "")];
    const changes = await patiently(() => imports.changes(accounts.map(([accountId]) => recordIdOf(id, accountId))));
    const revert = async ([accountId, results]: [string, RowResult[]], n: number) => {
      const change = changes[n];
      if (change == null) return results;
      const obstacle = await patiently(() => revertAccount(shop.store, id, by, accountId, changeIn(change)));
      return obstacle === null ? reverted(results) : notReverted(results, obstacle);
    };
    return { results: await eachAccount(shop, accounts, onRows, revert, notReverted) };
  });
};

function reverted(results: readonly RowResult[]): RowResult[] {
  return results.map((result) => (wasWritten(result) ? { ...result, outcome: "reverted", reasons: [] } : result));
}

function notReverted(results: readonly RowResult[], detail: string): RowResult[] {
  return results.map((result) => (wasWritten(result) ? { ...result, outcome: "not-reverted", reasons: [{ column: null, detail }] } : result));
}

function wasWritten({ outcome }: RowResult): boolean {
  return outcome === "created" || outcome === "updated" || outcome === "not-reverted";
}

function accountOf({ texts }: Row): string {
  return texts.accountId ?? "";
}

/** The rows of the file, share by share; null where there is no file. @throws Unreadable */
async function openBuckets(run: Run, { uploads, folder }: Workshop): Promise<Buckets | null> {
  const { id, file, status } = run.state;
  const upload = await uploads.open(id, file?.version ?? null);
  if (upload === null) {
    if (status === "reading") throw new Unreadable("upload-gone", "the file that was handed in is no longer kept: start a new import with it");
    return null;
  }
  const { bytes, version, content } = upload;
  if (bytes > mostUploadBytes)
    throw new Unreadable("file-too-large", `the file has ${bytes} bytes, at most ${mostUploadBytes} can be imported at once: cut it in two`);
  await run.save({ file: { version, bytes }, ...(status === "awaiting-upload" && { status: "reading" }) });
  return fillBuckets(content, folder, stepsFor(bytes), (rowsRead) => run.tell(() => (run.state.rowsTotal === null ? { rowsRead } : {})));
}
