/**
 * Brings the rows of an account together, wherever they stand in the file: each row goes to the file of its share of
 * the accounts in a folder of its own, and one share at a time is read back. So the rows need no order, and memory
 * depends on the size of a share, not on that of the upload.
 */
import { appendFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { textOf } from "./cells.ts";
import type { Column } from "./columns.ts";
import { readTable } from "./csv.ts";
import type { Present } from "./merge.ts";
import type { Row } from "./rows.ts";

export interface Buckets {
  present: Present;
  rows: number;
  /** The last one that a row begins on. */
  lastLine: number;
  /** In the order of the file. */
  read(bucket: number): Promise<Row[]>;
  remove(): Promise<void>;
}

/** Characters that wait for one bucket before they are written. */
const mostWaiting = 65_536;
/** Characters that wait for all buckets together. */
const mostWaitingInAll = 8 * 1024 * 1024;

/**
 * @param parent where a folder is made for these; what a run that was cut off has left there may be removed at any time
 * @param count how many shares
 * @param onRows called now and then with the number of rows so far
 * @throws Unreadable; nothing is left behind then
 */
export async function fillBuckets(
  content: AsyncIterable<Uint8Array>,
  parent: string,
  count: number,
  onRows: (rows: number) => Promise<void>,
): Promise<Buckets> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "import-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const table = await readTable(content);
    const shelf = openShelf(folder, count);
    const account = table.columns.indexOf("accountId");
    let rows = 0;
    let lastLine = 0;
    for await (const { line, cells } of table.rows) {
      await shelf.put(bucketOf(textOf(cells[account] ?? "") ?? "", count), `${JSON.stringify([line, cells])}\n`);
      rows++;
      lastLine = line;
      if (rows % 1_000 === 0) await onRows(rows);
    }
    await shelf.flush();
    return { present: new Set(table.columns), rows, lastLine, read: (bucket) => shelf.read(bucket, table.columns), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function openShelf(folder: string, count: number) {
  const waiting = Array.from({ length: count }, () => "");
  const filled = new Set<number>();
  let inAll = 0;
  const write = async (bucket: number) => {
    const text = waiting[bucket] as string;
    waiting[bucket] = "";
    inAll -= text.length;
    if (text === "") return;
    await appendFile(fileOf(folder, bucket), text);
    filled.add(bucket);
  };
  const flush = async () => {
    for (let bucket = 0; bucket < count; bucket++) await write(bucket);
  };
  return {
    async put(bucket: number, text: string) {
      waiting[bucket] += text;
      inAll += text.length;
      if ((waiting[bucket] as string).length > mostWaiting) await write(bucket);
      if (inAll > mostWaitingInAll) await flush();
    },
    flush,
    async read(bucket: number, columns: readonly Column[]): Promise<Row[]> {
      // No account may be in this share.
      if (!filled.has(bucket)) return [];
      const lines = (await readFile(fileOf(folder, bucket), "utf8")).split("\n").slice(0, -1);
      return lines.map((one) => rowOf(JSON.parse(one), columns));
    },
  };
}

function rowOf([line, cells]: [number, string[]], columns: readonly Column[]): Row {
  const texts: Row["texts"] = {};
  for (const [place, column] of columns.entries()) {
    const text = textOf(cells[place] ?? "");
    if (text !== undefined) texts[column] = text;
  }
  const broken = cells.length === columns.length ? null : `the row has ${cells.length} cells, expected ${columns.length}: is a cell not quoted?`;
  return { line, texts, broken };
}

function fileOf(folder: string, bucket: number): string {
  return join(folder, String(bucket));
}

/** FNV-1a, so that the shares are about as large. */
function bucketOf(accountId: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < accountId.length; n++) hash = Math.imul(hash ^ accountId.charCodeAt(n), 0x01000193) >>> 0;
  return hash % count;
}
