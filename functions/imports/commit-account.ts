/**
 * Writes what an import says of one account: one command, one entry in the account's log, and with it a record of
 * what was there before. The record is how a run that was cut off, or came twice, knows what it did, and how it is undone.
 */

import { digestOfJson } from "../store/canonical.ts";
import { TooLarge } from "../store/errors.ts";
import type { ImportStore } from "../store/imports.ts";
import type { FactWrite, Store, StoredRecord } from "../store/store.ts";
import type { AccountCommand } from "../store/together.ts";
import { changesAfter, withChanges } from "./changed-columns.ts";
import { factAt } from "./fact-at.ts";
import type { Present } from "./merge.ts";
import { patiently } from "./patience.ts";
import { planFor } from "./plan.ts";
import type { Outcome, Row, RowResult } from "./rows.ts";
import type { Act } from "./walk.ts";

export interface AccountChange {
  paths: {
    path: string;
    /** As it was; null where there was none. */
    before: object | null;
    /** Digest of what was written. */
    after: string;
  }[];
  /** By line. */
  outcomes: Record<string, Outcome>;
}

export function recordIdOf(importId: string, accountId: string): string {
  return `${importId}.${accountId}`;
}

export function changeIn(record: StoredRecord): AccountChange {
  return JSON.parse(record.answer);
}

/** @param rows of one account, less those that were rejected before */
function commitCommand(importId: string, by: string, accountId: string, rows: readonly Row[], present: Present): AccountCommand<RowResult[]> {
  return {
    accountId,
    operationId: `${importId}.commit.${accountId}`,
    by,
    decide(current) {
      const { writes, results } = planFor(rows, present, current);
      if (writes.length === 0) return { writes, answer: results };
      const change: AccountChange = {
        paths: writes.map((write) => ({ path: write.path, before: factAt(current.dossier, write.path), after: digestOf(write) })),
        outcomes: Object.fromEntries(results.map(({ line, outcome }) => [line, outcome])),
      };
      const record: StoredRecord = {
        kind: "import",
        id: recordIdOf(importId, accountId),
        accountId,
        caseId: null,
        recordedAt: current.writtenAt,
        question: { importId },
        answer: JSON.stringify(change),
        versions: current.versions,
      };
      return { writes, records: [record], answer: results };
    },
  };
}

/** What was recorded when accounts were changed, by account. */
export async function recordsOf(imports: ImportStore, importId: string, accounts: readonly [accountId: string, ...unknown[]][]) {
  if (accounts.length === 0) return new Map<string, StoredRecord>();
  const records = await imports.changes(accounts.map(([accountId]) => recordIdOf(importId, accountId)));
  return new Map(records.flatMap((record) => (record === null ? [] : [[record.accountId, record]])));
}

/**
 * Where there is a record, an earlier run did it: its rows have the outcome that they had. It is asked for before, and
 * again where nothing was to be changed: a run that was taken for dead may have written in between.
 * @param said what the preview said of each row, by line
 */
export function committing(
  { imports, change }: Pick<Store, "imports" | "change">,
  importId: string,
  by: string,
  present: Present,
  said: ReadonlyMap<number, RowResult>,
): Act<Row> {
  const command = ([accountId, rows]: [string, Row[]]) => commitCommand(importId, by, accountId, rows, present);
  const records = (accounts: readonly [string, Row[]][]) => recordsOf(imports, importId, accounts);
  const asRecorded = (rows: readonly Row[], record: StoredRecord): RowResult[] => {
    const { outcomes, paths } = changeIn(record);
    const changed = changesAfter(new Map(paths.map(({ path, before }) => [path, before])), present);
    return rows.map((row) => {
      const { changes: _, ...result } = said.get(row.line) as RowResult;
      return withChanges({ ...result, outcome: outcomes[row.line] ?? "unchanged" }, row, changed);
    });
  };

  return {
    async together(accounts) {
      const before = await records(accounts);
      const open = accounts.filter(([accountId]) => !before.has(accountId));
      const changes = await imports.changeTogether(open.map(command));
      const since = await records(open.filter((_, n) => changes[n]?.changed === false));
      const answers = new Map(open.map(([accountId], n) => [accountId, changes[n]?.answer]));
      return accounts.map(([accountId, rows]) => {
        const record = before.get(accountId) ?? since.get(accountId);
        return record === undefined ? (answers.get(accountId) ?? null) : asRecorded(rows, record);
      });
    },

    alone: (account) =>
      patiently(async () => {
        const [accountId, rows] = account;
        const before = (await records([account])).get(accountId);
        if (before !== undefined) return asRecorded(rows, before);
        try {
          const { answer, changed } = await change({ accountId }, command(account));
          const since = changed ? undefined : (await records([account])).get(accountId);
          return since === undefined ? answer : asRecorded(rows, since);
        } catch (error) {
          if (error instanceof TooLarge) return rejectedAll(rows, `${error.message}: an account cannot hold as much`);
          throw error;
        }
      }),

    failed: rejectedAll,
  };
}

export function digestOf({ value }: FactWrite): string {
  return digestOfJson(value);
}

export function rejectedAll(rows: readonly Row[], detail: string): RowResult[] {
  return rows.map(({ line, texts: { accountId = null, contractId = null, licenseId = null } }) => ({
    line,
    outcome: "rejected",
    accountId,
    contractId,
    licenseId,
    reasons: [{ column: null, detail }],
  }));
}
