/**
 * Tables as CSV for spreadsheets: RFC 4180, UTF-8 with a byte order mark, so that they read names as they are written.
 *
 * No cell is run as a formula: see formula-cells.ts.
 */
import { stringify } from "csv-stringify/sync";
import { neutralized } from "./formula-cells.ts";

export type Cell = string | number | boolean | null;

const written = (cell: Cell): string => (typeof cell === "string" ? neutralized(cell) : cell === null ? "" : String(cell));

/** @param columns names in order; each row has a cell for each */
export function csvOf<Column extends string>(columns: readonly Column[], rows: readonly Readonly<Record<Column, Cell>>[]): string {
  const cells = rows.map((row) => columns.map((column) => written(row[column])));
  // `escape_formulas` would leave leading apostrophes open to be taken for its own; and a line end of another kind than
  // the rows' is not quoted unless told, so that what follows it would begin a row.
  return stringify([[...columns], ...cells], { bom: true, record_delimiter: "windows", quoted_match: /[\r\n]/ });
}
