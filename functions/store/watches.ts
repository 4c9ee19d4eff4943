/**
 * What a stored decision gave the customer to do by an instant: written with the decision, on the agenda by itself, so
 * that the sweep comes to it without reading decisions. Taken away once it was announced or done.
 */
import { agendaFields, sortable } from "./agenda.ts";
import { sha256 } from "./canonical.ts";
import type { Table } from "./dynamo.ts";
import { ownerKey } from "./owners.ts";
import type { Item } from "./packing.ts";
import type { Watch } from "./store.ts";

/** The same for the same key and instant: what two decisions say about one case is watched once. */
export function watchItem(accountId: string, watch: Watch): Item {
  const { dueAt, key } = watch;
  return {
    pk: { S: ownerKey({ accountId }) },
    sk: { S: `${prefix}${sortable(dueAt)}#${sha256(key).slice(0, 16)}` },
    text: { S: JSON.stringify(watch) },
    // The last instant itself is in time.
    ...agendaFields(accountId, dueAt + 1),
  };
}

const prefix = "watch#";

/** What is watched among the items of an account, the soonest first. */
export function watchesIn(items: readonly Item[]): Watch[] {
  return items.filter(({ sk }) => sk?.S?.startsWith(prefix)).map((item) => JSON.parse(item.text?.S ?? ""));
}

export function removeWatches(table: Table, accountId: string, watches: readonly Watch[]): Promise<void> {
  return table.deleteAll(watches.map((watch) => watchItem(accountId, watch)).map(({ pk, sk }) => ({ pk, sk }) as Item));
}

/** All that is watched for an account, the soonest first. */
export async function watchesOf(table: Table, accountId: string): Promise<Watch[]> {
  const items: Item[] = [];
  const values = { ":pk": { S: ownerKey({ accountId }) }, ":prefix": { S: prefix } };
  const beginsSo = "pk = :pk AND begins_with(sk, :prefix)";
  for await (const item of table.query({ ConsistentRead: true, KeyConditionExpression: beginsSo, ExpressionAttributeValues: values }))
    items.push(item);
  return watchesIn(items);
}
