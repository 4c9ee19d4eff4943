/**
 * Rows that speak of the same thing must say the same about it: who says which is right is not ours to guess.
 */
import { shown } from "../http/problem.ts";
import { type Column, columnsOf } from "./columns.ts";
import type { Rejections, Row } from "./rows.ts";

/** Rejects rows of one account, contract or license that differ in one of these columns. */
export function refuseDisagreement(rows: readonly Row[], level: "account" | "contract" | "license", what: string, rejections: Rejections): void {
  const [first] = rows;
  if (first === undefined || rows.length === 1) return;
  for (const column of columnsOf(level)) {
    const other = rows.find((row) => row.texts[column] !== first.texts[column]);
    if (other === undefined) continue;
    const detail = `line ${first.line} says ${said(first, column)} of ${what} and line ${other.line} says ${said(other, column)}: let all say the same`;
    for (const row of rows) rejections.reject(row, column, detail);
  }
}

function said(row: Row, column: Column): string {
  const text = row.texts[column];
  return text === undefined ? "nothing" : shown(text);
}

/** Rejects rows of one contract that have the same license. */
export function refuseDoubles(sameLicense: readonly Row[], rejections: Rejections): void {
  const [first, second] = sameLicense;
  if (first === undefined || second === undefined) return;
  const detail = `lines ${first.line} and ${second.line} have the same license under the same contract: leave one out`;
  for (const row of sameLicense) rejections.reject(row, "licenseId", detail);
}
