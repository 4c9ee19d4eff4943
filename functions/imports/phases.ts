/** The three things that are done to all rows of an import: saying what they would do, writing them, undoing that. */
import { type Buckets, fillBuckets } from "./buckets.ts";
import { committing } from "./commit-account.ts";
import type { Run } from "./lease.ts";
import { previewing } from "./preview-account.ts";
import { resultsOfStep } from "./results.ts";
import { reverting } from "./revert-account.ts";
import { grouped, type Row, type RowResult } from "./rows.ts";
import { stepsFor } from "./state.ts";
import { Unreadable } from "./unreadable.ts";
import { mostUploadBytes } from "./uploads.ts";
import { eachAccount, walk } from "./walk.ts";
import type { Workshop } from "./work.ts";

/** Each says whether it came to the end before the time was over. */
export type Phase = (run: Run, shop: Workshop, isOver: () => boolean) => Promise<boolean>;

export const previewSteps: Phase = async (run, shop, isOver) => {
  const buckets = await openBuckets(run, shop);
  if (buckets === null) return true;
  try {
    await run.save({ rowsTotal: buckets.rows, rowsRead: buckets.rows, lastLine: buckets.lastLine });
    return await walk(run, shop, isOver, "previewed", async (step, onRows) => ({
      results: await eachAccount(shop, grouped(await buckets.read(step), accountOf), onRows, await previewing(shop.store, buckets.present)),
    }));
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
      const done = await eachAccount(shop, grouped(taken, accountOf), onRows, committing(shop.store, id, by, buckets.present, said));
      const results = [...rejected, ...done];
      const more = results.filter(({ outcome }) => outcome === "rejected").length - (run.state.steps[step]?.rejected ?? 0);
      return { results, rowsLost: run.state.rowsLost + more };
    });
  } finally {
    await buckets.remove();
  }
};

export const revertSteps: Phase = async (run, shop, isOver) => {
  const { id, by, lastLine } = run.state;
  const finished = () => (run.state.steps.some((counts) => counts["not-reverted"] > 0) ? "partly-reverted" : "reverted");
  return walk(run, shop, isOver, finished, async (step, onRows) => {
    const results = await resultsOfStep(shop.store.imports, id, step, lastLine);
    const untouched = results.filter((result) => !wasWritten(result));
    await onRows(untouched.length);
    const written = grouped(results.filter(wasWritten), ({ accountId }) => accountId ?? undefined);
    return { results: [...untouched, ...(await eachAccount(shop, written, onRows, reverting(shop.store, id, by)))] };
  });
};

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
