/**
 * Deadlines of all accounts in the order of their days. They lie by month, each month in 16 shards, so that 1 January is
 * no single place in the index; a page is merged from the heads of the shards, month by month.
 */
import { deadlineItems, deadlineOf, listKey, listSort, shards } from "./deadlines.ts";
import type { Table } from "./dynamo.ts";
import type { Item } from "./packing.ts";
import type { DeadlineFilter, ListedDeadline, Page } from "./store.ts";

/** Items fetched at once: as many requests of 100 as are under way together. */
const itemsAtOnce = 800;

interface Found {
  deadlines: ListedDeadline[];
  after: string | null;
}

/** `page.after`: where the page before ended, as it was answered. */
export async function listDeadlines(table: Table, filter: DeadlineFilter, page: Page): Promise<Found> {
  if (filter.accountId !== undefined) return listOfAccount(table, filter.accountId, filter, page);
  const keys: Item[] = [];
  for (const month of monthsBetween(page.after?.slice(0, 7) ?? filter.firstDay.slice(0, 7), filter.lastDay.slice(0, 7))) {
    for await (const key of monthOf(table, month, filter, page)) {
      keys.push(key);
      if (keys.length > page.limit) break;
    }
    if (keys.length > page.limit) break;
  }
  const shown = keys.slice(0, page.limit);
  const deadlines = await read(table, shown);
  return {
    deadlines: deadlines.filter((one) => isWanted(one, filter)),
    after: keys.length > page.limit ? sortOf(shown.at(-1)) : null,
  };
}

/** The whole part of one account's list, straight from the table. */
async function listOfAccount(table: Table, accountId: string, filter: DeadlineFilter, { after, limit }: Page): Promise<Found> {
  const all: { sort: string; deadline: ListedDeadline }[] = [];
  for await (const item of deadlineItems(table, accountId)) {
    const deadline = deadlineOf(item);
    const sort = listSort(deadline);
    if ((after === null || sort > after) && inReach(sort, filter) && isWanted(deadline, filter)) all.push({ sort, deadline });
  }
  all.sort((a, b) => (a.sort < b.sort ? -1 : 1));
  const shown = all.slice(0, limit);
  return { deadlines: shown.map(({ deadline }) => deadline), after: all.length > limit ? (shown.at(-1)?.sort ?? null) : null };
}

/** The keys of one month that are in reach, merged from its shards. */
async function* monthOf(table: Table, month: string, filter: DeadlineFilter, page: Page): AsyncGenerator<Item> {
  const heads = await Promise.all(
    [...shards].map(async (shard) => {
      const rest = shardOf(table, month, shard, filter, page);
      return { rest, key: await nextOf(rest) };
    }),
  );
  for (;;) {
    const first = heads.reduce((least, head) => (sortOf(head.key) < sortOf(least.key) ? head : least));
    if (first.key === undefined) return;
    if (inReach(sortOf(first.key), filter)) yield first.key;
    first.key = await nextOf(first.rest);
  }
}

async function nextOf(rest: AsyncGenerator<Item>): Promise<Item | undefined> {
  const next = await rest.next();
  return next.done === true ? undefined : next.value;
}

function shardOf(table: Table, month: string, shard: string, filter: DeadlineFilter, { after, limit }: Page): AsyncGenerator<Item> {
  // Right after the place where the page before ended. "~" sorts after every part of a place, " " before it.
  const from = after === null || after < filter.firstDay ? filter.firstDay : `${after} `;
  return table.query({
    IndexName: "by-list",
    KeyConditionExpression: "listKey = :key AND listSort BETWEEN :from AND :through",
    ExpressionAttributeValues: { ":key": { S: listKey(month, shard) }, ":from": { S: from }, ":through": { S: `${filter.lastDay}~` } },
    // A shard's fair share of the page and a few more; where only one kind is wanted, what one answer holds.
    Limit: filter.kind === undefined ? Math.min(Math.ceil(limit / shards.length) + 2, 1_000) : 1_000,
  });
}

/** What the place in the list says already: day, kind, whether it is due. */
function inReach(sort: string, { firstDay, lastDay, kind, canceledSince }: DeadlineFilter): boolean {
  const [on = "", itsKind, , , state] = sort.split("#");
  return on >= firstDay && on <= lastDay && (kind === undefined || itsKind === kind) && (canceledSince !== undefined || state === "due");
}

const isWanted = ({ canceledAt }: ListedDeadline, { canceledSince }: DeadlineFilter) =>
  canceledAt === null || (canceledSince !== undefined && canceledAt >= canceledSince);

/** The deadlines at these places. One that has moved on since the index was read is found at its new place, not here. */
async function read(table: Table, keys: readonly Item[]): Promise<ListedDeadline[]> {
  const deadlines: ListedDeadline[] = [];
  for (let first = 0; first < keys.length; first += itemsAtOnce) {
    const some = keys.slice(first, first + itemsAtOnce);
    const hundreds = Array.from({ length: Math.ceil(some.length / 100) }, (_, n) => some.slice(n * 100, n * 100 + 100));
    const items = await Promise.all(hundreds.map((hundred) => table.getMany(hundred.map(({ pk, sk }) => ({ pk, sk }) as Item))));
    for (const [place, item] of items.flat().entries()) {
      if (item === undefined) continue;
      const deadline = deadlineOf(item);
      if (listSort(deadline) === sortOf(some[place])) deadlines.push(deadline);
    }
  }
  return deadlines;
}

/** Sorts after every place where there is none. */
const sortOf = (key: Item | undefined): string => key?.listSort?.S ?? "\uffff";

/** `2026-11`, `2026-12`, `2027-01`. */
function* monthsBetween(first: string, last: string): Generator<string> {
  for (let month = first; month <= last; month = monthAfter(month)) yield month;
}

function monthAfter(month: string): string {
  const [year = 0, of = 0] = month.split("-").map(Number);
  return of === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${month.slice(0, 5)}${String(of + 1).padStart(2, "0")}`;
}
