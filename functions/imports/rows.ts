/** Rows as an import sees them, and what became of each. */
import type { Column } from "./columns.ts";

/** A row that is about to be looked at: the text of its columns, without empty cells. */
export interface Row {
  line: number;
  texts: Partial<Record<Column, string>>;
  /** Why it cannot be looked at: cells too many or too few. */
  broken: string | null;
}

/** Why a row was rejected or not reverted, and the column to mend; null where it is no single one. */
export interface Reason {
  column: Column | null;
  detail: string;
}

/** What was recorded and what the row says instead, as cells say it; null: nothing. */
export interface ColumnChange {
  column: Column;
  from: string | null;
  to: string | null;
}

export const outcomes = ["created", "updated", "unchanged", "rejected", "reverted", "not-reverted"] as const;
/** `created`, `updated`, `unchanged`, `rejected`: what writing it does or did. `reverted`, `not-reverted`: what became of it since. */
export type Outcome = (typeof outcomes)[number];

export interface RowResult {
  line: number;
  outcome: Outcome;
  /** As the file says; null where it says nothing. */
  accountId: string | null;
  contractId: string | null;
  licenseId: string | null;
  reasons: Reason[];
  /** Absent: what was recorded stays as it was. */
  changes?: ColumnChange[];
}

/** How many rows had each outcome. */
export type Counts = Record<Outcome, number>;

export function countsOf(results: readonly { outcome: Outcome }[]): Counts {
  const counts = noCounts();
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}

export function noCounts(): Counts {
  return { created: 0, updated: 0, unchanged: 0, rejected: 0, reverted: 0, "not-reverted": 0 };
}

export function sumOf(all: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const counts of all) for (const outcome of outcomes) sum[outcome] += counts[outcome];
  return sum;
}

/** Collects why rows are rejected, a row at a time. */
export class Rejections {
  readonly #reasons = new Map<Row, Reason[]>();

  reject(row: Row, column: Column | null, detail: string): void {
    const reasons = this.#reasons.get(row);
    if (reasons === undefined) this.#reasons.set(row, [{ column, detail }]);
    else if (!reasons.some((one) => one.column === column && one.detail === detail)) reasons.push({ column, detail });
  }

  has(row: Row): boolean {
    return this.#reasons.has(row);
  }

  of(row: Row): Reason[] {
    return this.#reasons.get(row) ?? [];
  }
}

/** In the order in which the keys came first. Rows without a key are in no group. */
export function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
