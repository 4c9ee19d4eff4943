/** The way of one file through the service, with what is told meanwhile and in the end. */

import { shown } from "../../functions/http/problem.ts";
import type { Options } from "./options.ts";
import { type Progress, progressLine } from "./progress.ts";
import { blobOf, type Import, type ImportService, serviceAt } from "./service.ts";

export interface Terminal {
  /** Takes one line of the result. */
  print(line: string): void;
  /** Where progress is shown: drawn over on a terminal, a line for each tenth elsewhere. */
  progress: Progress;
}

const millisecondsBetweenLooks = 300;

/** @returns whether every row was taken, or undone @throws Wrong */
export async function importFile(options: Options, terminal: Terminal): Promise<boolean> {
  const service = serviceAt(options);
  if (options.file === null) return undo(service, options.revert ?? "", terminal);
  const { print, progress } = terminal;
  // Looked for first, so that no import waits for a file that there is not.
  const file = await blobOf(options.file);
  const begun = await service.create();
  await service.upload(begun.uploadUrl ?? "", file);
  // Whoever stops this command, or is cut off, can look there.
  progress.write(`${begun.id} is handed in: ${options.url}/v1/imports/${begun.id}\n`);
  const previewed = await finished(service, begun.id, "reading", ["awaiting-upload", "reading"], progress);
  tell(previewed, print);
  await tellRows(service, previewed, "rejected", previewed.counts.rejected, print);
  if (previewed.status !== "previewed") return false;
  await tellUpdated(service, previewed, options.url, print);
  if (!options.commit) {
    print(`nothing was written: commit it with POST ${options.url}/v1/imports/${previewed.id}/commit, or again with --commit`);
    return previewed.counts.rejected === 0;
  }
  await service.commit(previewed.id);
  const committed = await finished(service, previewed.id, "committing", ["committing"], progress);
  tell(committed, print);
  if (committed.counts.rejected > previewed.counts.rejected) await tellRows(service, committed, "rejected", committed.counts.rejected, print);
  if (committed.counts.created + committed.counts.updated > 0) print(`undo it with npm run import -- --revert ${committed.id}`);
  return committed.status === "committed" && committed.counts.rejected === 0;
}

async function undo(service: ImportService, id: string, { print, progress }: Terminal): Promise<boolean> {
  await service.revert(id);
  const reverted = await finished(service, id, "reverting", ["reverting"], progress);
  const { counts, status } = reverted;
  print(`${id} ${status}: ${counts.reverted} reverted, ${counts.notReverted} not reverted`);
  await tellRows(service, reverted, "not-reverted", counts.notReverted, print);
  return status === "reverted";
}

async function finished(service: ImportService, id: string, doing: string, underWay: readonly string[], progress: Progress): Promise<Import> {
  const line = progressLine(progress, doing);
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

/** The first rows with this outcome, each with why, and how many more there are. */
async function tellRows(service: ImportService, { id }: Import, outcome: "rejected" | "not-reverted", count: number, print: Terminal["print"]) {
  if (count === 0) return;
  const rows = await service.rows(id, outcome, 20);
  for (const { line, reasons } of rows)
    for (const { column, detail } of reasons) print(`line ${line}${column === null ? "" : `, ${column}`}: ${detail}`);
  if (count > rows.length) print(`… and ${moreRows(count - rows.length)} ${outcome === "rejected" ? "rejected" : "not reverted"}`);
}

const moreRows = (count: number) => `${count} more row${count === 1 ? "" : "s"}`;

const mostUpdatedShown = 5;

/** What the first rows that are `updated` change, a line each, and where the others are. */
async function tellUpdated(service: ImportService, { id, counts }: Import, url: string, print: Terminal["print"]) {
  if (counts.updated === 0) return;
  const rows = await service.rows(id, "updated", mostUpdatedShown);
  const said = (text: string | null) => (text === null ? "nothing" : shown(text));
  for (const { line, changes } of rows)
    print(`line ${line} changes ${changes.map(({ column, from, to }) => `${column} from ${said(from)} to ${said(to)}`).join(", ")}`);
  if (counts.updated > rows.length) print(`… and ${moreRows(counts.updated - rows.length)} updated: ${url}/v1/imports/${id}/rows?outcome=updated`);
}
