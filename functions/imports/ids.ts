/** Rows that cannot be placed: cells too many or too few, or an id that is missing or none. */
import { identifier } from "../../domain/facts.ts";
import type { Column } from "./columns.ts";
import { inWords } from "./refusals.ts";
import type { Rejections, Row } from "./rows.ts";

/** What says where a row belongs; documents themselves do not hold them. */
export const idColumns = ["accountId", "contractId", "licenseId"] as const;

export const isIdColumn = (column: Column | null): boolean => idColumns.some((one) => one === column);

export function refuseBroken(rows: readonly Row[], rejections: Rejections): void {
  for (const row of rows) {
    if (row.broken !== null) rejections.reject(row, null, row.broken);
    else for (const column of idColumns) refuseId(row, column, rejections);
  }
}

function refuseId(row: Row, column: (typeof idColumns)[number], rejections: Rejections): void {
  const text = row.texts[column];
  if (text === undefined) {
    rejections.reject(row, column, "is missing");
    return;
  }
  const detail = identifier.safeParse(text).error?.issues[0]?.message;
  if (detail !== undefined) rejections.reject(row, column, inWords({ lineIndex: null, column, detail }, row));
}

export function isIdentifier(text: string): boolean {
  return identifier.safeParse(text).success;
}
