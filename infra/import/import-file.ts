/** The way of one file through the service, with what is told meanwhile and in the end. */

import type { Options } from "./options.ts";
import { type Progress, progressLine } from "./progress.ts";
import { type Import, type ImportService, serviceAt } from "./service.ts";

export interface Terminal {
  /** Takes one line of the result. */
  print(line: string): void;
  /** Where progress is shown: drawn over on a terminal, a line for each tenth elsewhere. */
  progress: Progress;
}

const millisecondsBetweenLooks = 300;

/** @returns whether every row was taken @throws Wrong */
export async function importFile(options: Options, { print, progress }: Terminal): Promise<boolean> {
  const service = serviceAt(options);
  const begun = await service.create();
  await service.upload(begun.uploadUrl ?? "", options.file);
  const previewed = await finished(service, begun.id, "previewed", ["awaiting-upload", "reading"], progress);
  tell(previewed, print);
  await tellRejected(service, previewed, print);
  if (previewed.status !== "previewed") return false;
  if (!options.commit) {
    print(`nothing was written: commit it with POST ${options.url}/v1/imports/${previewed.id}/commit, or again with --commit`);
    return previewed.counts.rejected === 0;
  }
  await service.commit(previewed.id);
  const committed = await finished(service, previewed.id, "committed", ["committing"], progress);
  tell(committed, print);
  if (committed.counts.rejected > previewed.counts.rejected) await tellRejected(service, committed, print);
  return committed.status === "committed" && committed.counts.rejected === 0;
}

async function finished(service: ImportService, id: string, towards: string, underWay: readonly string[], progress: Progress): Promise<Import> {
  const line = progressLine(progress, towards);
  for (;;) {
    const now = await service.get(id);
    if (!underWay.includes(now.status)) {
      line.end();
      return now;
    }
    line.show(now.progress);
    await new Promise((resolve) => setTimeout(resolve, millisecondsBetweenLooks));
  }
}

function tell({ id, status, counts, problem }: Import, print: Terminal["print"]): void {
  print(`${id} ${status}: ${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.rejected} rejected`);
  if (problem !== null) print(`${problem.code}: ${problem.detail}`);
}

async function tellRejected(service: ImportService, { id, counts }: Import, print: Terminal["print"]): Promise<void> {
  if (counts.rejected === 0) return;
  const rows = await service.rejected(id);
  for (const { line, reasons } of rows)
    for (const { column, detail } of reasons) print(`line ${line}${column === null ? "" : `, ${column}`}: ${detail}`);
  if (counts.rejected > rows.length) print(`… and ${counts.rejected - rows.length} more rejected rows`);
}
