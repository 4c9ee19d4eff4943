/**
 * A page of stored answers: each stands in it byte for byte as it was given.
 */
import type { StoredRecord } from "../store/store.ts";
import type { Answer } from "./operation.ts";
import { cursorAfter } from "./paging.ts";

export function recordPage({ records, after }: { records: StoredRecord[]; after: string | null }, list: string): Answer {
  const items = records.map((record) => record.answer).join(",");
  return { status: 200, json: `{"items":[${items}],"nextCursor":${JSON.stringify(cursorAfter(after, list))}}` };
}
