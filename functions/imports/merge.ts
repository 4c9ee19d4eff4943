/**
 * A row laid over what is recorded: each column that the file has says how it is, an empty cell that there is none.
 * What has no column in the file stays as recorded.
 */
import type { Account, Contract, ContractLine, License } from "../../domain/facts.ts";
import { valueOf } from "./cells.ts";
import { type Column, columns, columnsOf, type Level } from "./columns.ts";
import type { Row } from "./rows.ts";

/** A document that has not been held against its schema yet. */
export type Draft = Record<string, unknown>;

/** Which columns the file has. */
export type Present = ReadonlySet<Column>;

export function accountDraft(before: Account | undefined, row: Row, present: Present): Draft {
  // An account always has a name: an empty cell cannot take it away.
  const named = before !== undefined && row.texts.accountName === undefined;
  return laidOver({ ...before }, row, present, "account", named ? ["accountId", "accountName"] : ["accountId"]);
}

export function licenseDraft(before: Omit<License, "licenseId"> | undefined, row: Row, present: Present): Draft {
  return laidOver({ ...before }, row, present, "license", ["licenseId"]);
}

/** @param rows all rows of the contract */
export function contractDraft(before: Contract | undefined, rows: readonly Row[], present: Present): Draft {
  const [first] = rows as [Row];
  const draft = laidOver({ ...before, term: {} }, first, present, "contract", ["contractId"]);
  const byLicense = new Map<string, Draft>((before?.lines ?? []).map((line) => [line.licenseId, line]));
  for (const row of rows) byLicense.set(row.texts.licenseId as string, lineDraft(byLicense.get(row.texts.licenseId as string), row, present));
  return { ...draft, lines: [...byLicense.values()] };
}

function lineDraft(before: Draft | undefined, row: Row, present: Present): Draft {
  const amount = row.texts.annualFee;
  const recorded = before as ContractLine | undefined;
  const { annualFee: _, ...others } = laidOver({ ...recorded }, row, present, "line", []);
  // The keys stand in the order in which they are stored, so that what is the same is the same text.
  return { ...others, licenseId: row.texts.licenseId, annualFee: { ...(amount !== undefined && { amount }), currency: row.texts.currency } };
}

function laidOver(draft: Draft, row: Row, present: Present, level: Level, except: readonly Column[]): Draft {
  for (const column of columnsOf(level)) {
    if (!present.has(column) || except.includes(column)) continue;
    const text = row.texts[column];
    put(draft, columns[column].pointer, text === undefined ? undefined : valueOf(column, text));
  }
  return draft;
}

/** Writes a value at a pointer of one or two steps; undefined takes it away. */
export function put(draft: Draft, pointer: string, value: unknown): void {
  const [, first = "", second] = pointer.split("/");
  if (second !== undefined) draft[first] = { ...(draft[first] as Draft | undefined), ...(value !== undefined && { [second]: value }) };
  else if (value === undefined) delete draft[first];
  else draft[first] = value;
}
