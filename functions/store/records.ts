/**
 * Answers that were given. They are never changed: written once, found by id, by account and by case.
 */
import { sha256 } from "./canonical.ts";
import { keyText, type Table } from "./dynamo.ts";
import { type Item, type Packed, pack } from "./packing.ts";
import type { Page, RecordKind, StoredRecord } from "./store.ts";

export function packRecord(record: StoredRecord): Packed {
  const pk = recordKey(record.kind, record.id);
  // The question has no line break of its own, so the answer begins after the first one.
  const packed = pack(pk, `${JSON.stringify(record.question)}\n${record.answer}`);
  const fields: Item = {
    pk: { S: pk },
    sk: { S: "record" },
    kind: { S: record.kind },
    id: { S: record.id },
    accountId: { S: record.accountId },
    recordedAt: { N: String(record.recordedAt) },
    accountVersion: { N: String(record.versions.account) },
    catalogVersion: { N: String(record.versions.catalog) },
    // What an import changed is asked for by its id alone, and there is one for each account: an index would be written for nobody.
    ...(record.kind !== "import" && { listKey: { S: listKey(record.kind, record.accountId) }, listSort: { S: record.id } }),
    ...packed.fields,
  };
  if (record.caseId !== null) {
    fields.caseId = { S: record.caseId };
    if (record.kind === "decision") fields.caseKey = { S: caseKey(record.caseId) };
  }
  return { fields, parts: packed.parts };
}

export async function getRecord(table: Table, kind: RecordKind, id: string): Promise<StoredRecord | null> {
  const item = await table.get({ pk: { S: recordKey(kind, id) }, sk: { S: "record" } });
  return item === null ? null : recordOf(table, item);
}

/** In the order of the ids, null where there is none. One request for up to 100. */
export async function getRecords(table: Table, kind: RecordKind, ids: string[]): Promise<(StoredRecord | null)[]> {
  const items = await table.getMany(ids.map((id) => ({ pk: { S: recordKey(kind, id) }, sk: { S: "record" } })));
  return Promise.all(items.map((item) => (item === undefined ? null : recordOf(table, item))));
}

export function listRecords(table: Table, kind: RecordKind, accountId: string, page: Page) {
  return newestFirst(table, "by-list", "listKey", listKey(kind, accountId), page);
}

export function listDecisionsByCase(table: Table, caseId: string, page: Page) {
  return newestFirst(table, "by-case", "caseKey", caseKey(caseId), page);
}

async function newestFirst(
  table: Table,
  IndexName: string,
  keyName: string,
  key: string,
  page: Page,
): Promise<{ records: StoredRecord[]; after: string | null }> {
  const found: Item[] = [];
  const input = {
    IndexName,
    KeyConditionExpression: page.after === null ? "#key = :key" : "#key = :key AND listSort < :after",
    ExpressionAttributeNames: { "#key": keyName },
    ExpressionAttributeValues: { ":key": { S: key }, ...(page.after === null ? {} : { ":after": { S: page.after } }) },
    ScanIndexForward: false,
    Limit: page.limit + 1,
  };
  for await (const item of table.query(input)) {
    found.push(item);
    if (found.length > page.limit) break;
  }
  const shown = found.slice(0, page.limit);
  const items = await table.getMany(shown.map(({ pk, sk }) => ({ pk, sk }) as Item));
  const records = await Promise.all(
    items.map((item, place) => {
      if (item === undefined) throw new Error(`a record is listed and not there: \`${keyText(shown[place] ?? {})}\``);
      return recordOf(table, item);
    }),
  );
  return { records, after: found.length > page.limit ? (shown.at(-1)?.listSort?.S ?? null) : null };
}

async function recordOf(table: Table, item: Item): Promise<StoredRecord> {
  const text = await table.textOf(item);
  const lineBreak = text.indexOf("\n");
  return {
    kind: item.kind?.S as RecordKind,
    id: item.id?.S ?? "",
    accountId: item.accountId?.S ?? "",
    caseId: item.caseId?.S ?? null,
    recordedAt: Number(item.recordedAt?.N),
    question: JSON.parse(text.slice(0, lineBreak)),
    answer: text.slice(lineBreak + 1),
    versions: { account: Number(item.accountVersion?.N), catalog: Number(item.catalogVersion?.N) },
  };
}

function recordKey(kind: RecordKind, id: string): string {
  return `${kind}#${id}`;
}

function listKey(kind: RecordKind, accountId: string): string {
  return `${kind}#${accountId}`;
}

/** Hashed: a case id may be any text, longer than a key may be. */
function caseKey(caseId: string): string {
  return `case#${sha256(caseId)}`;
}
