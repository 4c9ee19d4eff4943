/** What became of rows, as it is kept: by the step that they belong to and the lines that they stand on. */
import type { ImportStore } from "../store/imports.ts";
import type { RowResult } from "./rows.ts";
import { linesPerRange, rangeOf } from "./state.ts";

export async function keepResults(imports: ImportStore, importId: string, step: number, results: readonly RowResult[]): Promise<void> {
  const byRange = new Map<number, RowResult[]>();
  for (const result of results.map(shortened)) {
    const range = rangeOf(result.line);
    const own = byRange.get(range);
    if (own === undefined) byRange.set(range, [result]);
    else own.push(result);
  }
  await imports.putRows(
    importId,
    [...byRange].map(([range, own]) => ({ range, step, text: JSON.stringify(own) })),
  );
}

const longestId = 128;

/** What stands in an id's cell may be anything of any length; what was written has none that is longer. */
function shortened(result: RowResult): RowResult {
  const { accountId, contractId, licenseId } = result;
  if ([accountId, contractId, licenseId].every((id) => id === null || id.length <= longestId)) return result;
  return { ...result, accountId: short(accountId), contractId: short(contractId), licenseId: short(licenseId) };
}

function short(text: string | null): string | null {
  return text !== null && text.length > longestId ? `${text.slice(0, longestId)}…` : text;
}

/** What a step left, in no order. */
export async function resultsOfStep(imports: ImportStore, importId: string, step: number, lastLine: number): Promise<RowResult[]> {
  const texts = await imports.rowsOfStep(importId, step, rangeOf(lastLine) + 1);
  return texts.flatMap((text) => (text === null ? [] : (JSON.parse(text) as RowResult[])));
}

/** Rows that begin after a line, in their order, to the end of the lines that are kept in one place. */
export async function resultsAfter(imports: ImportStore, importId: string, line: number): Promise<{ results: RowResult[]; lastLine: number }> {
  const range = rangeOf(line + 1);
  const texts = await imports.rowsOfRange(importId, range);
  const results = texts.flatMap((text) => JSON.parse(text) as RowResult[]).filter((result) => result.line > line);
  return { results: results.sort((a, b) => a.line - b.line), lastLine: (range + 1) * linesPerRange - 1 };
}
