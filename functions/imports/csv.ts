/**
 * Reads a CSV file as it comes, row by row, in flat memory: UTF-8 with or without a byte order mark, cells parted by
 * `,`, `;` or tab (whichever the header line has most of), quoted as RFC 4180 says. What is not that is refused, not guessed.
 */
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { type Column, columnsIn } from "./columns.ts";
import { Unreadable } from "./unreadable.ts";

/** A row as it stands in the file. */
export interface FileRow {
  /** The line that it begins on, the header being line 1. */
  line: number;
  cells: string[];
}

export interface Table {
  columns: Column[];
  rows: AsyncGenerator<FileRow>;
}

/** A cell or a row that is longer is a quote that was never closed. */
const longestRowBytes = 1_048_576;
const longestHeaderCharacters = 65_536;

/** @throws Unreadable at the header, or later from `rows` where the file stops being CSV */
export async function readTable(bytes: AsyncIterable<Uint8Array>): Promise<Table> {
  const text = decoded(bytes);
  let start = "";
  for (let next = await text.next(); !next.done; next = await text.next()) {
    start += next.value;
    if (/[\r\n]/.test(start) || start.length > longestHeaderCharacters) break;
  }
  if (start.trim() === "") throw new Unreadable("empty-file", "the file is empty: expected a line with the names of the columns");
  const records = parsed(start, text, delimiterOf(start));
  const header = await records.next();
  if (header.done) throw new Unreadable("empty-file", "the file is empty: expected a line with the names of the columns");
  return { columns: columnsIn(header.value.cells), rows: rowsOf(records) };
}

/** Rows without the empty ones, such as spreadsheets leave at the end. */
async function* rowsOf(records: AsyncGenerator<FileRow>): AsyncGenerator<FileRow> {
  for await (const row of records) if (row.cells.some((cell) => cell !== "")) yield row;
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  let line = 1;
  for await (const chunk of bytes) {
    if (first && chunk.length > 1) {
      refuseWideCharacters(chunk);
      first = false;
    }
    const text = decodeOr(line, chunk, () => decoder.decode(chunk, { stream: true }));
    line += lineBreaksIn(text);
    yield text;
  }
  const rest = decodeOr(line, new Uint8Array(), () => decoder.decode());
  if (rest !== "") yield rest;
}

/** @param line on which the chunk begins */
function decodeOr(line: number, chunk: Uint8Array, decode: () => string): string {
  try {
    return decode();
  } catch {
    const [before = ""] = new TextDecoder().decode(chunk).split("\ufffd");
    throw new Unreadable("not-utf-8", `the file is not UTF-8, on or near line ${line + lineBreaksIn(before)}: save it as \`CSV UTF-8\``);
  }
}

function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** A workbook by its first bytes; UTF-16 by its byte order mark, or by every other byte being zero. */
function refuseWideCharacters(chunk: Uint8Array): void {
  const [a, b] = chunk;
  // "PK": a zip, as workbooks are.
  if (a === 0x50 && b === 0x4b && (chunk[2] ?? 99) < 9) throw new Unreadable("not-utf-8", "this is a workbook: save it as `CSV UTF-8`");
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (marked || (a === 0) !== (b === 0)) throw new Unreadable("not-utf-8", "the file is in UTF-16: save it as `CSV UTF-8`");
}

/** Counted outside of quotes, in the first line. */
function delimiterOf(start: string): string {
  const header = (/^[^\r\n]*/.exec(start)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t"].map((delimiter) => [delimiter, header.split(delimiter).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

async function* parsed(start: string, rest: AsyncGenerator<string>, delimiter: string): AsyncGenerator<FileRow> {
  // Where the row begins that the parser is at: it reads ahead of what is taken from it. Its own count takes CRLF inside of quotes for two lines.
  let line = 1;
  const on_record = (cells: string[]) => {
    const row = { line, cells };
    line += cells.reduce((sum, cell) => sum + lineBreaksIn(cell), 1);
    return row;
  };
  const parser = parse({ delimiter, relax_column_count: true, max_record_size: longestRowBytes, on_record: on_record as never });
  async function* whole() {
    yield start;
    yield* rest;
  }
  // What is wrong with the text is thrown where rows are taken from the parser, too.
  const fed = pipeline(whole, parser).catch(() => {});
  try {
    yield* parser as AsyncIterable<FileRow>;
  } catch (error) {
    throw error instanceof CsvError ? new Unreadable("malformed-csv", whyNotCsv(error, line)) : error;
  } finally {
    parser.destroy();
    await fed;
  }
}

/** Without the text itself, which may be personal. @param line where the row that is not CSV begins */
function whyNotCsv({ code }: CsvError, line: number): string {
  const why = explanations[code as string] ?? `it is not CSV (\`${code}\`)`;
  return `the row that begins on line ${line} cannot be read: ${why}`;
}

const explanations: Record<string, string> = {
  CSV_MAX_RECORD_SIZE: `it is longer than ${longestRowBytes} bytes, as if a quote was never closed`,
  CSV_QUOTE_NOT_CLOSED: "a quote is never closed",
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote: write a quote inside of a cell as `""`',
  INVALID_OPENING_QUOTE: 'a quote stands inside of a cell that is not quoted: quote the cell, and write `""` for it',
};
