/**
 * Rows whose place is not known, because an id is missing or none or there twice: the rest of each is looked at by
 * itself, so that all of it can be mended at once.
 */
import type { Dossier } from "../../domain/facts.ts";
import type { Current } from "../store/store.ts";
import { changesOf } from "./changes.ts";
import { idColumns, isIdColumn } from "./ids.ts";
import type { Present } from "./merge.ts";
import { Rejections, type Row } from "./rows.ts";

const standIn = "stand-in";

/** @param row was rejected for one of its ids, and no contract is looked at with it */
export function refuseRestOf(row: Row, present: Present, { dossier, catalog }: Pick<Current, "dossier" | "catalog">, rejections: Rejections): void {
  const wrong = rejections.of(row).flatMap(({ column }) => column ?? []);
  const ids = idColumns.filter((column) => wrong.includes(column));
  const placed: Row = { ...row, texts: { ...row.texts, ...Object.fromEntries(ids.map((column) => [column, standIn])) } };
  // An account that is not known may have a name already.
  if (ids.includes("accountId")) placed.texts.accountName ??= standIn;
  const known = dossier === null || ids.includes("accountId") ? null : withoutOthers(dossier, placed);
  const found = new Rejections();
  for (const { column, detail } of rejections.of(row)) found.reject(placed, column, detail);
  changesOf([placed], present, { dossier: known, catalog }, found);
  for (const { column, detail } of found.of(placed)) if (!isIdColumn(column)) rejections.reject(row, column, detail);
}

/** The account with what this row alone speaks of: what it says beside others is not looked at. */
function withoutOthers(dossier: Dossier, { texts }: Row): Dossier {
  const emptied = Object.fromEntries(Object.entries(dossier).map(([kind, facts]) => [kind, Array.isArray(facts) ? [] : facts]));
  const contracts = dossier.contracts.filter(({ contractId }) => contractId === texts.contractId).map((contract) => ({ ...contract, lines: [] }));
  const licenses = dossier.licenses.filter(({ licenseId }) => licenseId === texts.licenseId);
  return { ...(emptied as unknown as Dossier), contracts, licenses };
}
