/**
 * When each account is to be visited next, because something becomes true then: attributes of its manifest, and of what
 * is watched beside it, in a sparse index by month and in 16 shards. What is due is found without looking at the rest.
 */
import { sha256 } from "./canonical.ts";
import type { Table } from "./dynamo.ts";
import type { Item } from "./packing.ts";

const shards = "0123456789abcdef";
const accountPrefix = "account#";

/** Attributes that put an item of an account on the agenda. @param dueAt milliseconds since 1970 */
export function agendaFields(accountId: string, dueAt: number): Item {
  const instant = sortable(dueAt);
  return { agendaKey: { S: agendaKey(instant.slice(0, 7), sha256(accountId)[0] as string) }, agendaSort: { S: `${instant}#${accountId}` } };
}

/** An account whose facts have changed is visited at once: by the stream's reader, which looks for `unvisited`, or by the next sweep. */
export function toBeVisited(accountId: string, now: number): Item {
  return { ...agendaFields(accountId, now), unvisited: { S: "changed" } };
}

/** Sorts as the instant does: always with milliseconds, unlike `formatInstant`. */
export function sortable(instant: number): string {
  return new Date(instant).toISOString();
}

const agendaKey = (month: string, shard: string) => `agenda#${month}#${shard}`;

/**
 * Accounts with something due by `upTo`, the longest due first within a month and a shard, each at least once.
 * Nothing before the month of `from` is looked at. The index may lag: what was written a moment ago may be missing.
 */
export async function* dueAccounts(table: Table, from: number, upTo: number): AsyncGenerator<string> {
  for (const month of monthsBetween(from, upTo)) {
    const due = await Promise.all([...shards].map((shard) => dueInShard(table, agendaKey(month, shard), upTo)));
    for (const { first, rest } of due) {
      yield* first;
      for await (const item of rest) yield accountOf(item);
    }
  }
}

/** The first page is read ahead, so that the 16 mostly empty shards cost one round trip. */
async function dueInShard(table: Table, key: string, upTo: number): Promise<{ first: string[]; rest: AsyncIterable<Item> }> {
  const rest = table.query({
    IndexName: "by-agenda",
    KeyConditionExpression: "agendaKey = :key AND agendaSort <= :upTo",
    // `~` sorts after every account's id: what is due at the very instant is due.
    ExpressionAttributeValues: { ":key": { S: key }, ":upTo": { S: `${sortable(upTo)}#~` } },
    Limit: pageOfAccounts,
  });
  const next = await rest.next();
  return { first: next.done === true ? [] : [accountOf(next.value)], rest };
}

const pageOfAccounts = 100;

const accountOf = (item: Item) => (item.pk?.S ?? "").slice(accountPrefix.length);

function monthsBetween(from: number, upTo: number): string[] {
  const months: string[] = [];
  const last = sortable(upTo).slice(0, 7);
  for (let month = sortable(from).slice(0, 7); month <= last; month = monthAfter(month)) months.push(month);
  return months;
}

function monthAfter(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}
