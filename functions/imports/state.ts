/** How far an import has come: what is kept of it between the runs of the worker, and between requests. */
import { type Counts, noCounts, sumOf } from "./rows.ts";

export const statuses = [
  "awaiting-upload",
  "reading",
  "previewed",
  "committing",
  "committed",
  "partly-committed",
  "reverting",
  "reverted",
  "partly-reverted",
  "failed",
] as const;
export type Status = (typeof statuses)[number];

export interface ImportState {
  id: string;
  kind: "contracts";
  status: Status;
  /** Milliseconds since 1970, as are all instants here. */
  createdAt: number;
  createdBy: string;
  updatedAt: number;
  /** Who asked for what is under way or was done last. */
  by: string;
  file: { version: string; bytes: number } | null;
  rowsRead: number;
  /** Null until the file was read once. */
  rowsTotal: number | null;
  /** The last line of the file that a row begins on. */
  lastLine: number;
  /** Of the phase that is under way: reading, committing or reverting. */
  rowsDone: number;
  stepsDone: number;
  /** What became of the rows of each step. A step is a share of the accounts. */
  steps: Counts[];
  /** Rows that the preview took and the commit did not. */
  rowsLost: number;
  problem: { code: string; detail: string } | null;
  /** Who works on it, and until when nobody else does. */
  lease: { holder: string; until: number } | null;
}

export function newState(id: string, by: string, now: number): ImportState {
  return {
    id,
    kind: "contracts",
    status: "awaiting-upload",
    createdAt: now,
    createdBy: by,
    updatedAt: now,
    by,
    file: null,
    rowsRead: 0,
    rowsTotal: null,
    lastLine: 0,
    rowsDone: 0,
    stepsDone: 0,
    steps: [],
    rowsLost: 0,
    problem: null,
    lease: null,
  };
}

const bytesPerStep = 2 * 1024 * 1024;

/** As many as keep one in memory without notice; the same for the same file. */
export function stepsFor(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / bytesPerStep));
}

export function countsIn({ steps }: ImportState): Counts {
  return steps.length === 0 ? noCounts() : sumOf(steps);
}

/** Rows are kept by the lines that they begin on, so many lines in one place. */
export const linesPerRange = 10_000;

export function rangeOf(line: number): number {
  return Math.floor(line / linesPerRange);
}
