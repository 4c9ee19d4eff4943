/**
 * The two kinds of log: one for each account, one for the catalog. Their keys in the table.
 */
import type { Table } from "./dynamo.ts";
import type { Item } from "./packing.ts";
import type { LogOwner } from "./store.ts";

export const catalogKey = "catalog";

export function ownerKey(owner: LogOwner): string {
  return owner === "catalog" ? catalogKey : `account#${owner.accountId}`;
}

export function manifestKey(pk: string): Item {
  return { pk: { S: pk }, sk: { S: "manifest" } };
}

/** Logs lie in partitions of their own, so that rights to the rest of the table are none to them: see infra/table.ts. */
export function logKey(pk: string): string {
  return `${logPrefix}${pk}`;
}

const logPrefix = "log#";

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

/** Whoever has a log or a manifest, also where the other was taken away. Reads the whole table. */
export async function* everyOwner(table: Table): AsyncGenerator<LogOwner> {
  const account = ownerKey({ accountId: "" });
  const seen = new Set<string>();
  const ofLogs = {
    ProjectionExpression: "pk",
    FilterExpression: "begins_with(sk, :log) OR sk = :manifest",
    ExpressionAttributeValues: { ":log": { S: logPrefix }, ":manifest": { S: "manifest" } },
  };
  for await (const item of table.scan({ ...ofLogs, ConsistentRead: true })) {
    const own = item.pk?.S ?? "";
    const pk = own.startsWith(logPrefix) ? own.slice(logPrefix.length) : own;
    if (seen.has(pk)) continue;
    seen.add(pk);
    if (pk === catalogKey) yield "catalog";
    else if (pk.startsWith(account)) yield { accountId: pk.slice(account.length) };
  }
}
