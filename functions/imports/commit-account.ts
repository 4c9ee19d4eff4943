/**
 * Writes what an import says of one account: one command, one entry in the account's log, and with it a record of
 * what was there before. The record is how a run that was cut off, or came twice, knows what it did, and how it is undone.
 */

import { digestOfJson } from "../store/canonical.ts";
import { TooLarge } from "../store/errors.ts";
import type { FactWrite, Store, StoredRecord } from "../store/store.ts";
import { factAt } from "./fact-at.ts";
import type { Present } from "./merge.ts";
import { planFor } from "./plan.ts";
import type { Outcome, Row, RowResult } from "./rows.ts";

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
export async function commitAccount(
  store: Store,
  importId: string,
  by: string,
  accountId: string,
  rows: readonly Row[],
  present: Present,
): Promise<RowResult[]> {
  try {
    const { answer } = await store.change(
      { accountId },
      {
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
      },
    );
    return answer;
  } catch (error) {
    if (error instanceof TooLarge) return rejectedAll(rows, `${error.message}: an account cannot hold as much`);
    throw error;
  }
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
