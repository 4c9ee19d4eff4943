/**
 * What the rows of one account do to what is recorded: the facts to be written, and what becomes of each row.
 *
 * A contract is written whole or not at all: one rejected row rejects the others of its contract, and no more than
 * these. Pure: the same rows on the same facts give the same plan.
 */
import type { Current, FactWrite } from "../store/store.ts";
import { refuseDisagreement, refuseDoubles } from "./agreement.ts";
import { refuseRestOf } from "./alone.ts";
import { changesAfter, withChanges } from "./changed-columns.ts";
import { type Change, changesOf } from "./changes.ts";
import { isIdColumn, refuseBroken } from "./ids.ts";
import type { Present } from "./merge.ts";
import { grouped, Rejections, type Row, type RowResult } from "./rows.ts";

export interface Plan {
  /** Only what differs from what is recorded. */
  writes: FactWrite[];
  results: RowResult[];
}

/** @param rows of one account, in the order of the file @param facts as they are now */
export function planFor(rows: readonly Row[], present: Present, facts: Pick<Current, "dossier" | "catalog">): Plan {
  const rejections = new Rejections();
  refuseBroken(rows, rejections);
  const sound = rows.filter((row) => !rejections.has(row));
  refuseContradictoryRows(sound, rejections);
  // A license that is there twice has no line of its own either.
  const placed = new Set(sound.filter((row) => !rejections.of(row).some(({ column }) => isIdColumn(column))));
  for (const row of rows) if (row.broken === null && !placed.has(row)) refuseRestOf(row, present, facts, rejections);
  const changes = changesOf([...placed], present, facts, rejections);
  for (const own of grouped(rows, ({ texts }) => texts.contractId).values()) rejectTogether(own, rejections);

  const accepted = sound.filter((row) => !rejections.has(row));
  const wanted = new Set(accepted.flatMap(pathsOf));
  const writes = [...changes.values()].filter(({ path, isNews }) => isNews && wanted.has(path));
  const changed = changesAfter(new Map(writes.map(({ path, before }) => [path, before])), present);
  return {
    writes: writes.map(({ path, value }) => ({ path, value })),
    results: rows.map((row) => withChanges(resultOf(row, changes, rejections), row, changed)),
  };
}

function refuseContradictoryRows(rows: readonly Row[], rejections: Rejections): void {
  refuseDisagreement(rows, "account", "the account", rejections);
  for (const [id, own] of grouped(rows, ({ texts }) => texts.licenseId)) refuseDisagreement(own, "license", `license \`${id}\``, rejections);
  for (const [id, own] of grouped(rows, ({ texts }) => texts.contractId)) {
    refuseDisagreement(own, "contract", `contract \`${id}\``, rejections);
    for (const same of grouped(own, ({ texts }) => texts.licenseId).values()) refuseDoubles(same, rejections);
  }
}

/** @param rows of one contract */
function rejectTogether(rows: readonly Row[], rejections: Rejections): void {
  const rejected = rows.find((row) => rejections.has(row));
  if (rejected === undefined) return;
  const detail = `line ${rejected.line} of the same contract is rejected, and a contract is written whole or not at all`;
  for (const row of rows) if (!rejections.has(row)) rejections.reject(row, null, detail);
}

function pathsOf({ texts }: Row): [account: string, license: string, contract: string] {
  return ["account", `licenses/${texts.licenseId}`, `contracts/${texts.contractId}`];
}

function resultOf(row: Row, changes: ReadonlyMap<string, Change>, rejections: Rejections): RowResult {
  const { accountId = null, contractId = null, licenseId = null } = row.texts;
  const reasons = rejections.of(row);
  const outcome = reasons.length > 0 ? "rejected" : outcomeOf(row, changes);
  return { line: row.line, outcome, accountId, contractId, licenseId, reasons };
}

function outcomeOf(row: Row, changes: ReadonlyMap<string, Change>): "created" | "updated" | "unchanged" {
  const [account, license, contract] = pathsOf(row).map((path) => changes.get(path));
  const { line, rest } = contract?.ofLine(row.texts.licenseId ?? "") ?? { line: "same", rest: false };
  if (line === "new") return "created";
  return line === "other" || rest || license?.isNews || account?.isNews ? "updated" : "unchanged";
}
