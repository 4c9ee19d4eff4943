/** Which columns of a row differ from what is recorded, with both: so that nobody agrees to a change unseen. */
import type { Contract } from "../../domain/facts.ts";
import { type Column, columns, columnsOf, type Level } from "./columns.ts";
import { accountDraft, contractDraft, type Draft, licenseDraft, type Present } from "./merge.ts";
import type { ColumnChange, Row, RowResult } from "./rows.ts";

/** The documents that are written, by path, as they were before; null where there was none. */
export type Earlier = ReadonlyMap<string, object | null>;

/** What the rows of an account change of what was recorded. What was not recorded yet is no change. */
export function changesAfter(earlier: Earlier, present: Present): (row: Row) => ColumnChange[] {
  const lines = new Map<string, ReadonlyMap<string, object>>();
  const linesOf = (path: string): ReadonlyMap<string, object> => {
    let known = lines.get(path);
    if (known === undefined) {
      const { lines: recorded = [] } = (earlier.get(path) ?? {}) as Partial<Contract>;
      known = new Map(recorded.map((line) => [line.licenseId, line]));
      lines.set(path, known);
    }
    return known;
  };
  return (row) => {
    const { contractId, licenseId = "" } = row.texts;
    const account = earlier.get("account") as Parameters<typeof accountDraft>[0] | null;
    const license = earlier.get(`licenses/${licenseId}`) as Parameters<typeof licenseDraft>[0] | null;
    const contract = earlier.get(`contracts/${contractId}`) as Contract | null | undefined;
    const line = linesOf(`contracts/${contractId}`).get(licenseId) as Contract["lines"][number] | undefined;
    const drawn = contract && contractDraft({ ...contract, lines: line === undefined ? [] : [line] }, [row], present);
    return [
      ...(account ? differences("account", account, accountDraft(account, row, present)) : []),
      ...(contract && drawn ? differences("contract", contract, drawn) : []),
      ...(license ? differences("license", license, licenseDraft(license, row, present)) : []),
      ...(line && drawn ? differences("line", line, (drawn.lines as object[])[0] as object) : []),
    ];
  };
}

/** Of rows that are not rejected, and that change something. */
export function withChanges(result: RowResult, row: Row, changed: ReturnType<typeof changesAfter>): RowResult {
  if (result.outcome === "rejected" || result.outcome === "unchanged") return result;
  const changes = changed(row);
  return changes.length === 0 ? result : { ...result, changes };
}

function differences(level: Level, before: object, after: object): ColumnChange[] {
  return columnsOf(level).flatMap((column) => {
    const [from, to] = [textIn(before, column), textIn(after, column)];
    return from === to ? [] : [{ column, ...shortened(from, to) }];
  });
}

/** As a cell of this column would say it; null where the document says nothing. */
function textIn(document: object, column: Column): string | null {
  let value: unknown = document;
  for (const name of columns[column].pointer.split("/").slice(1)) value = (value as Draft | undefined)?.[name];
  if (value === undefined) return null;
  return typeof value === "object" ? `reseller:${(value as { reseller: string }).reseller}` : String(value);
}

/** So many that what is kept of 10 000 rows of one account fits into the 12 MB that a place holds, whatever they say. */
const longest = 60;
const shownBefore = 20;

/** Long texts are cut, from a little before where they begin to differ. */
function shortened(from: string | null, to: string | null): { from: string | null; to: string | null } {
  const texts = [from, to].map((text) => (text === null ? null : [...text]));
  if (texts.every((text) => text === null || text.length <= longest)) return { from, to };
  const [one, other] = texts;
  let same = 0;
  while (one && other && same < one.length && one[same] === other[same]) same++;
  const start = same > longest / 2 ? same - shownBefore : 0;
  const [was, is] = texts.map(
    (text) => text && `${start > 0 ? "…" : ""}${text.slice(start, start + longest).join("")}${text.length > start + longest ? "…" : ""}`,
  );
  return { from: was ?? null, to: is ?? null };
}
