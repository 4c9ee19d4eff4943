/**
 * The two kinds of log: one for each account, one for the catalog. Their keys in the table.
 */
import type { Item } from "./packing.ts";
import type { LogOwner } from "./store.ts";

export const catalogKey = "catalog";

export function ownerKey(owner: LogOwner): string {
  return owner === "catalog" ? catalogKey : `account#${owner.accountId}`;
}

export function manifestKey(pk: string): Item {
  return { pk: { S: pk }, sk: { S: "manifest" } };
}

/** Sorts by the instant. `recordedAt` is unique within a log: it only grows. */
export function logSort(recordedAt: number): string {
  return `log#${String(recordedAt).padStart(16, "0")}`;
}

export function snapshotSort(version: number): string {
  return `snapshot#${padded(version)}`;
}

export function personSort(contactId: string, version: number): string {
  return `person#${contactId}#${padded(version)}`;
}

function padded(version: number): string {
  return String(version).padStart(10, "0");
}
