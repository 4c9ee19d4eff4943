/**
 * The list of what falls due across all accounts, kept beside the facts it is derived from: a visit to an account writes
 * what has changed in its part of the list. Dropping all of it and visiting all accounts gives the same list again.
 *
 * A deadline keeps its item while it is the deadline of the same thing, whatever its day: calendars that were told of it
 * are told of the change. One that is no more is remembered as canceled for a while, so that they drop it.
 */
import type { Catalog, Dossier } from "../../domain/facts.ts";
import type { AccountDeadline, Horizon } from "../../domain/questions/deadlines.ts";
import { parseInstant } from "../../domain/time/instant.ts";
import { sha256 } from "./canonical.ts";
import { type Action, AnswerLost, pause, Refusal, type Table } from "./dynamo.ts";
import { Unavailable } from "./errors.ts";
import { ownerKey } from "./owners.ts";
import type { Item } from "./packing.ts";
import type { Reading } from "./reading.ts";
import type { ListedDeadline, Watch } from "./store.ts";
import { watchesOf } from "./watches.ts";
import { mostActions } from "./writing.ts";

/** How long a deadline that is no more stays in the list, as canceled. */
export const daysRemembered = 60;
const millisecondsPerDay = 86_400_000;
const mostTries = 20;

/** How an account's deadlines follow from its newest facts, within the days that the list reaches over. */
export type Derive = (facts: { dossier: Dossier; catalog: Catalog; watches: readonly Watch[] }) => AccountDeadline[];

/** Beneath an account; sorts before its deadlines, so that a read that meets it has missed none that was written with it. */
const headSort = "deadline";

export function openProjection(table: Table, reading: Reading) {
  /**
   * Brings an account's part of the list up to its newest facts. Safe to repeat, and to run twice at once: who was
   * outrun reads again, so what was derived from older facts never stands in place of what was derived from newer ones.
   * @param now milliseconds: when deadlines that are no more were canceled
   * @param horizon what lies before it has left the list and is forgotten, what lies after it is left as it is
   */
  return async (accountId: string, now: number, horizon: Horizon, derive: Derive): Promise<void> => {
    for (let round = 0; ; round++) {
      if (round === mostTries) throw new Unavailable("too many write to the same deadlines");
      if (round > 0) await pause(round, 150);
      // The list first: facts that are read after it are never older than those it was derived from.
      const known = await knownOf(table, accountId);
      const [{ account, catalog }, watches] = await Promise.all([reading.newest(accountId), watchesOf(table, accountId)]);
      const from = {
        versions: { account: account.version, catalog: catalog.version },
        updatedAt: Math.max(account.recordedAt, catalog.recordedAt),
        now,
        horizon,
      };
      const derived = account.document === null ? [] : derive({ dossier: account.document, catalog: catalog.document, watches });
      const changes = changesOf(accountId, known.deadlines, derived, from);
      if (changes.length === 0 && known.head.account === account.version && known.head.catalog === catalog.version) return;
      if (await written(table, accountId, known.head, from.versions, changes)) return;
    }
  };
}

interface From {
  versions: { account: number; catalog: number };
  updatedAt: number;
  now: number;
  horizon: Horizon;
}

interface Head {
  account: number;
  catalog: number;
  /** Counts the writes, so that of two visits at once one is told. 0: none yet. */
  revision: number;
}

interface Known {
  head: Head;
  /** By id. */
  deadlines: Map<string, ListedDeadline>;
}

async function knownOf(table: Table, accountId: string): Promise<Known> {
  const known: Known = { head: { account: 0, catalog: 0, revision: 0 }, deadlines: new Map() };
  for await (const item of deadlineItems(table, accountId, headSort)) {
    if (item.sk?.S === headSort)
      known.head = { account: Number(item.accountVersion?.N), catalog: Number(item.catalogVersion?.N), revision: Number(item.revision?.N) };
    else {
      const deadline = deadlineOf(item);
      known.deadlines.set(deadline.id, deadline);
    }
  }
  return known;
}

/** The items of one account's part of the list, from the table itself: never behind. */
export function deadlineItems(table: Table, accountId: string, prefix = `${headSort}#`): AsyncGenerator<Item> {
  return table.query({
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": { S: ownerKey({ accountId }) }, ":prefix": { S: prefix } },
  });
}

export const deadlineOf = (item: Item): ListedDeadline => JSON.parse(item.text?.S ?? "");

/** What has to be written for the list to say what was derived. */
function changesOf(accountId: string, known: ReadonlyMap<string, ListedDeadline>, derived: readonly AccountDeadline[], from: From): Action[] {
  const changes: Action[] = [];
  const ids = new Set<string>();
  for (const deadline of derived) {
    const id = idOf(accountId, deadline.key);
    ids.add(id);
    const before = known.get(id);
    const after = { id, ...deadline, sequence: 0, updatedAt: 0, canceledAt: null };
    if (before === undefined || contentOf(before) !== contentOf(after)) changes.push(put({ ...after, ...stampOf(before, from) }));
  }
  for (const before of known.values()) {
    if (ids.has(before.id)) continue;
    if (isForgotten(before, from)) changes.push({ Delete: { Key: keyOf(before) } });
    else if (before.canceledAt === null && !isKept(before, from)) changes.push(put({ ...before, ...stampOf(before, from), canceledAt: from.now }));
  }
  return changes;
}

/** Long past, or canceled so long ago that every calendar was told. */
const isForgotten = ({ on, canceledAt }: ListedDeadline, { now, horizon }: From) =>
  canceledAt === null ? on < horizon.firstDay : canceledAt + daysRemembered * millisecondsPerDay < now;

/** Further ahead than was looked; or its hour has come, and with it the end of watching for it. */
const isKept = ({ on, at }: ListedDeadline, { now, horizon }: From) => on > horizon.lastDay || (at !== null && parseInstant(at) <= now);

/** Everything that a reader of the deadline would notice. */
const contentOf = ({ sequence: _, updatedAt: __, canceledAt, ...content }: ListedDeadline): string =>
  JSON.stringify({ ...content, canceled: canceledAt !== null });

/** Counted on from the versions of the facts, so that a list that was dropped and made anew never counts back. */
const stampOf = (before: ListedDeadline | undefined, { versions, updatedAt }: From) => ({
  sequence: Math.max((before?.sequence ?? -1) + 1, versions.account + versions.catalog),
  updatedAt,
});

function put(deadline: ListedDeadline): Action {
  const list = { listKey: { S: listKey(deadline.on.slice(0, 7), shardOf(deadline.accountId)) }, listSort: { S: listSort(deadline) } };
  return { Put: { Item: { ...keyOf(deadline), ...list, text: { S: JSON.stringify(deadline) } } } };
}

const keyOf = ({ accountId, id }: ListedDeadline): Item => ({ pk: { S: ownerKey({ accountId }) }, sk: { S: `${headSort}#${id}` } });
const idOf = (accountId: string, key: string) => sha256(`${accountId}\n${key}`).slice(0, 32);

export const shards = "0123456789abcdef";
const shardOf = (accountId: string) => sha256(accountId)[0] as string;

/** @param month `2026-11` */
export const listKey = (month: string, shard: string) => `deadlines#${month}#${shard}`;
export const listSort = ({ on, kind, accountId, id, canceledAt }: ListedDeadline) =>
  `${on}#${kind}#${accountId}#${id}#${canceledAt === null ? "due" : "canceled"}`;

/** All changes, in as many transactions as it takes; each is a revision. @returns false when another visit was faster */
async function written(table: Table, accountId: string, head: Head, versions: From["versions"], changes: readonly Action[]): Promise<boolean> {
  const perWrite = mostActions - 1;
  for (let first = 0, { revision } = head; first === 0 || first < changes.length; first += perWrite, revision++) {
    const Item = {
      pk: { S: ownerKey({ accountId }) },
      sk: { S: headSort },
      accountVersion: { N: String(versions.account) },
      catalogVersion: { N: String(versions.catalog) },
      revision: { N: String(revision + 1) },
    };
    const unchanged =
      revision === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": { N: String(revision) } } };
    try {
      await table.write([{ Put: { Item, ...unchanged } }, ...changes.slice(first, first + perWrite)]);
    } catch (error) {
      // Outrun, in conflict, or nobody knows: what the list says now is read again, and what is still missing written.
      if (error instanceof Refusal || error instanceof AnswerLost) return false;
      throw error;
    }
  }
  return true;
}
