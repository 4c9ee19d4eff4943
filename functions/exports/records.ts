/** Rows of answers that were given, account by account, the newest first. */
import type { Call } from "../http/operation.ts";
import type { StoredRecord } from "../store/store.ts";
import type { Placed, Row, Wanted } from "./export-pages.ts";

/** Read a few at a time: an answer is many times as large as its row. */
const recordsAtOnce = 100;

/** The rows of an account's decisions or quotes. The place of each is its id. */
export async function recordRows<Column extends string>(
  { store }: Pick<Call, "store">,
  kind: "decision" | "quote",
  accountId: string,
  { after, most }: Wanted,
  rowOf: (record: StoredRecord) => Row<Column>,
): Promise<Placed<Column>[]> {
  const rows: Placed<Column>[] = [];
  for (let place = after; rows.length < most; ) {
    const found = await store.listRecords(kind, accountId, { limit: Math.min(recordsAtOnce, most - rows.length), after: place });
    for (const record of found.records) rows.push({ place: record.id, row: rowOf(record) });
    place = found.after;
    if (place === null) break;
  }
  return rows;
}
