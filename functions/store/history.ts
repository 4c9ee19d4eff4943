/**
 * What was known earlier: the log, folded from the nearest snapshot.
 *
 * Each entry's hash covers its text and the hash before it, so that an entry that was edited, removed or swapped is
 * noticed by whoever folds it; the manifest's hash is the last one, so that a log that was cut off is noticed too.
 */
import type { LoggedFact } from "../../domain/questions/what-changed-causes.ts";
import { sha256 } from "./canonical.ts";
import type { Folding } from "./documents.ts";
import type { Table } from "./dynamo.ts";
import { Corrupt } from "./errors.ts";
import { logKey, logSort, snapshotSort } from "./owners.ts";
import type { Item } from "./packing.ts";
import type { FactWrite } from "./store.ts";

/** A document at one version of its log. Version 0: nothing was written yet. */
export interface Known<D> {
  document: D;
  version: number;
  recordedAt: number;
  /** sha256 of the document's text. */
  digest: string;
  /** Hash of the log's entry that made it. */
  logHash: string;
}

export interface LogEntry {
  version: number;
  recordedAt: number;
  by: string;
  operationId: string;
  /** Which try of the operation it was. */
  attempt: number;
  /** sha256 of the document's text after it. */
  digest: string;
  writes: FactWrite[];
  /** Contact id and salted digest of each person that was written. */
  persons: [contactId: string, digest: string][];
}

export function entryHash(previousHash: string, text: string): string {
  return sha256(`${previousHash}\n${text}`);
}

export function nothingYet<D>(folding: Folding<D>): Known<D> {
  return { document: folding.empty, version: 0, recordedAt: 0, digest: sha256(folding.text(folding.empty)), logHash: "" };
}

/** The attributes that manifests and snapshots share, less the text. */
export function knownFields(known: Known<unknown>): Item {
  return {
    version: { N: String(known.version) },
    recordedAt: { N: String(known.recordedAt) },
    digest: { S: known.digest },
    logHash: { S: known.logHash },
  };
}

export function knownOf<D>(item: Item, document: D): Known<D> {
  return {
    document,
    version: Number(item.version?.N),
    recordedAt: Number(item.recordedAt?.N),
    digest: item.digest?.S ?? "",
    logHash: item.logHash?.S ?? "",
  };
}

/** The log's version when the instant was over: 0 before the first entry. */
export async function versionAt(table: Table, pk: string, knownAt: number): Promise<number> {
  // Instants before 1970 have no place in the order of the keys; nothing was recorded then.
  if (knownAt < 0) return 0;
  const input = between(logKey(pk), logSort(0), logSort(knownAt));
  for await (const item of table.query({ ...input, ScanIndexForward: false, Limit: 1, ...only("version") })) return Number(item.version?.N);
  return 0;
}

/** What was known then can be trusted only where the log goes on right after it. @throws Corrupt */
export async function assertFollowed(table: Table, pk: string, knownAt: number, version: number): Promise<void> {
  const input = between(logKey(pk), logSort(Math.max(knownAt, -1) + 1), logEnd);
  for await (const item of table.query({ ...input, Limit: 1, ...only("version") })) {
    if (Number(item.version?.N) === version + 1) return;
    break;
  }
  throw new Corrupt(`the log of \`${pk}\` does not follow after version \`${version}\``);
}

/** @throws Error when the log never had this version; Corrupt when it is not whole */
export async function foldTo<D>(table: Table, pk: string, folding: Folding<D>, version: number): Promise<Known<D>> {
  const start = await snapshotBefore(table, pk, folding, version);
  if (start.version === version) return start;
  const entries = [];
  for await (const entry of entriesAfter(table, pk, start, version - start.version)) entries.push(entry);
  const last = entries.at(-1);
  if (last?.entry.version !== version) throw new Error(`\`${pk}\` never had version \`${version}\``);
  const { document } = folding.apply(
    start.document,
    entries.flatMap(({ entry }) => entry.writes),
  );
  const { recordedAt, digest } = last.entry;
  if (sha256(folding.text(document)) !== digest)
    throw new Corrupt(`folding the log of \`${pk}\` to version \`${version}\` does not give what was there`);
  return { document, version, recordedAt, digest, logHash: last.hash };
}

/** Entries in their order, the first one after `start`. @throws Corrupt at the first that does not follow the one before */
export async function* entriesAfter(
  table: Table,
  pk: string,
  start: { version: number; recordedAt: number; logHash: string },
  most: number,
): AsyncGenerator<{ entry: LogEntry; hash: string }> {
  if (most === 0) return;
  let { version, logHash } = start;
  const last = version + most;
  for await (const item of table.query({ ...between(logKey(pk), logSort(start.recordedAt + 1), logEnd), Limit: Math.min(most, 1_000) })) {
    const text = await table.textOf(item);
    const hash = entryHash(logHash, text);
    const broken = new Corrupt(`the log of \`${pk}\` does not follow after version \`${version}\``);
    if (item.hash?.S !== hash) throw broken;
    const entry = JSON.parse(text) as LogEntry;
    // The hash holds the text and its place; what entries are found by stands beside it.
    if (item.sk?.S !== logSort(entry.recordedAt) || item.version?.N !== String(entry.version)) throw broken;
    yield { entry, hash };
    version = entry.version;
    logHash = hash;
    if (version === last) return;
  }
}

/** What was written after one version, up to another, in the order of the log. @throws Corrupt */
export async function writesBetween(table: Table, pk: string, start: Known<unknown>, to: number): Promise<LoggedFact[]> {
  const written: LoggedFact[] = [];
  let { version } = start;
  for await (const { entry } of entriesAfter(table, pk, start, to - start.version)) {
    version = entry.version;
    for (const { path, value } of entry.writes) written.push({ path, value, recordedAt: entry.recordedAt });
  }
  if (version !== to) throw new Corrupt(`the log of \`${pk}\` ends at version \`${version}\`, expected \`${to}\``);
  return written;
}

/** The version an operation made after the given one, and by which try; null where it made none. */
export async function findOperation(
  table: Table,
  pk: string,
  after: number,
  operationId: string,
): Promise<{ version: number; attempt: number } | null> {
  for await (const item of table.query({ ...between(logKey(pk), logSort(after + 1), logEnd), ...only("version", "operationId", "attempt") })) {
    if (item.operationId?.S === operationId) return { version: Number(item.version?.N), attempt: Number(item.attempt?.N) };
  }
  return null;
}

async function snapshotBefore<D>(table: Table, pk: string, folding: Folding<D>, version: number): Promise<Known<D>> {
  const input = between(pk, snapshotSort(0), snapshotSort(version));
  for await (const item of table.query({ ...input, ScanIndexForward: false, Limit: 1 })) {
    const text = await table.textOf(item);
    if (sha256(text) !== item.digest?.S) throw new Corrupt(`the snapshot of \`${pk}\` at version \`${item.version?.N}\` is not what it was`);
    return knownOf(item, folding.parse(text));
  }
  return nothingYet(folding);
}

export const logEnd = "log#~";

/** Items of a partition whose sort keys lie between the two, both inside. */
export function between(pk: string, from: string, to: string) {
  return {
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":pk": { S: pk }, ":from": { S: from }, ":to": { S: to } },
  };
}

function only(...names: string[]) {
  return {
    ProjectionExpression: names.map((name) => `#${name}`).join(","),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
  };
}
