/** The reader of files alone: the same rows wherever the bytes are cut, and no more of a file in memory than it needs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { columnNames } from "../../../functions/imports/columns.ts";
import { readTable } from "../../../functions/imports/csv.ts";
import { csv, line } from "./files.ts";

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsIn(text: string, size: number): Promise<[number, string[]][]> {
  const { rows } = await readTable(cut(new TextEncoder().encode(text), size));
  const found: [number, string[]][] = [];
  for await (const { line, cells } of rows) found.push([line, cells]);
  return found;
}

test.each([1, 2, 3, 7, 64, 100_000])("rows are the same when the bytes come %s at a time", async (size) => {
  const names = ["Zürich 🏔", 'a "quoted" name', "two\nlines", "semi;colon, comma\ttab"];
  const file = `\ufeff${csv(
    names.map((accountName) => ({ ...line, accountName })),
    { delimiter: ";", end: "\r\n" },
  )}`;
  const found = await rowsIn(file, size);
  expect(found.map(([, cells]) => cells[1])).toEqual(names);
  // The third name has a line break.
  expect(found.map(([first]) => first)).toEqual([2, 3, 4, 6]);
});

test("what is written as RFC 4180 says is read as it was", async () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replaceAll("\r", "").toWellFormed());
  const one = fc.tuple(...columnNames.map(() => cell)).filter((cells) => cells.some((text) => text !== ""));
  const table = fc.array(one, { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(",", ";", "\t"), fc.integer({ min: 1, max: 40 }), async (rows, delimiter, size) => {
      const cells = rows.map((row) => Object.fromEntries(row.map((text, n) => [columnNames[n] as string, text])));
      const found = await rowsIn(csv(cells, { delimiter, columns: columnNames }), size);
      expect(found.map(([, row]) => row)).toEqual(rows);
    }),
    { numRuns: 200 },
  );
});

test("a reader who stops early leaves nothing open", async () => {
  let isClosed = false;
  async function* endless() {
    try {
      yield new TextEncoder().encode(csv([line]));
      for (;;) yield new TextEncoder().encode(`${csv([line]).split("\n")[1]}\n`);
    } finally {
      isClosed = true;
    }
  }
  const { rows } = await readTable(endless());
  for await (const { line } of rows) if (line > 1_000) break;
  expect(isClosed).toBe(true);
});
