/**
 * Tables of all accounts, a page at a time: account by account in the order of their ids, each account's rows in an order
 * of their own. A page may begin and end within an account, so that one of any size fits.
 */
import * as z from "zod";
import { formatInstant } from "../../domain/time/instant.ts";
import { concurrently } from "../http/concurrently.ts";
import { type Cell, csvOf } from "../http/csv.ts";
import { type Answer, type Call, type Operation, operation } from "../http/operation.ts";
import { cursorAfter, pageOf, pageQuery } from "../http/paging.ts";
import { textFile } from "../http/text-file.ts";
import type { Store } from "../store/store.ts";

export type Row<Column extends string> = Readonly<Record<Column, Cell>>;

/** Which rows of an account to give: those after a place among them, and how many at most. */
export interface Wanted {
  after: string | null;
  most: number;
}

/** A row, and its place among its account's: places sort as the rows do. */
export interface Placed<Column extends string> {
  place: string;
  row: Row<Column>;
}

/** Whose rows they are. */
export interface Whose {
  accountId: string;
  name: string;
}

export interface Export<Column extends string> {
  /** In the path and in the file's name: `contracts`. */
  name: string;
  summary: string;
  description: string;
  /** In order; what each says. */
  columns: Readonly<Record<Column, string>>;
  /** At most as many as are wanted. */
  rowsOf(call: Pick<Call, "store" | "now">, account: Whose, wanted: Wanted): Promise<Placed<Column>[]>;
}

/** Those of an account's rows that are wanted. */
export function rowsAfter<T extends { place: string }>(rows: Iterable<T>, { after, most }: Wanted): T[] {
  const found: T[] = [];
  for (const one of rows) {
    if (found.length === most) break;
    if (after === null || one.place > after) found.push(one);
  }
  return found;
}

const defaultRows = 1_000;
const query = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d{0,2}|[1-4]\d{3}|5000)$/, "must be a whole number from `1` to `5000`")
    .meta({ override: { type: "integer", minimum: 1, maximum: 5_000, default: defaultRows, pattern: undefined }, description: "Rows at most." })
    .optional(),
  cursor: pageQuery.shape.cursor.meta({ description: "`X-Next-Cursor` of the page before." }),
});

const paging =
  "In the order of account ids, as of now. Each page has the header row. While there is more, `X-Next-Cursor` and `Link` with `rel=next` lead on; a page may hold fewer rows than `limit`, or none, although there is more.";
const format = "UTF-8 with a byte order mark; a cell that could be a formula has an apostrophe in front, which an import takes off again.";

/** The operation that answers a table page by page. */
export function exportOf<Column extends string>(table: Export<Column>): Operation {
  const { name, summary, description, columns } = table;
  const said = Object.entries<string>(columns).map(([column, says]) => `\`${column}\` ${says}`);
  return operation({
    summary,
    description: `${description} ${paging} ${format}\n\nColumns: ${said.join("; ")}.`,
    tag: "Exports",
    query,
    answers: { 200: z.string().meta({ contentType: "text/csv" }) },
    async run(call): Promise<Answer> {
      const list = `export of ${name}`;
      const { limit, after } = pageOf({ ...call.query, limit: call.query.limit ?? String(defaultRows) }, list);
      const page = await pageOfRows(call, table, { limit, after });
      const text = csvOf(Object.keys(columns) as Column[], page.rows);
      const next = cursorAfter(page.after, list);
      const address = `${call.path}?limit=${limit}&cursor=${next}`;
      const more: Record<string, string> = next === null ? {} : { link: `<${address}>; rel="next"`, "x-next-cursor": next };
      const file = { type: "text/csv; charset=utf-8; header=present", name: `${name}-${formatInstant(call.now).slice(0, 10)}.csv`, text };
      return textFile(call, { ...file, disposition: "attachment" }, more);
    },
  });
}

/** One request looks at no more accounts than these, a few at a time. */
const mostAccounts = 500;
const accountsAtOnce = 16;
/** What fits into an answer whatever the caller takes; a row more than that is still given, alone. */
const mostCharacters = 2_500_000;

interface Page<Column extends string> {
  rows: Row<Column>[];
  /** The account and the place at which the page ends; null: nothing is left. */
  after: string | null;
}

async function pageOfRows<Column extends string>(call: Call, table: Export<Column>, page: { limit: number; after: string | null }) {
  const found: Page<Column> = { rows: [], after: page.after };
  let characters = 0;
  /** @returns whether the page is full */
  const take = (accountId: string, placed: readonly Placed<Column>[]): boolean => {
    for (const { place, row } of placed) {
      characters += Object.values<Cell>(row).reduce<number>((sum, cell) => sum + String(cell).length, 0);
      if (found.rows.length === page.limit || (characters > mostCharacters && found.rows.length > 0)) return true;
      found.rows.push(row);
      found.after = `${accountId}\n${place}`;
    }
    return false;
  };
  const [accountId, place] = page.after?.split("\n") ?? [];
  // One row more than fits tells that there is more.
  const most = () => page.limit - found.rows.length + 1;
  if (accountId !== undefined && place !== undefined) {
    const account = await accountWith(call.store, accountId);
    if (account !== null && take(accountId, await table.rowsOf(call, account, { after: place, most: most() }))) return found;
  }
  let after = accountId ?? null;
  for (let lookedAt = 0; lookedAt < mostAccounts; lookedAt += accountsAtOnce) {
    const { accounts, after: next } = await call.store.listAccounts({ limit: accountsAtOnce, after });
    const of = await concurrently(accountsAtOnce, accounts, (account) => table.rowsOf(call, account, { after: null, most: most() }));
    for (const [n, account] of accounts.entries()) if (take(account.accountId, of[n] ?? [])) return found;
    if (next === null) return { ...found, after: null };
    after = next;
    found.after = next;
  }
  return found;
}

/** The account in which a page ended; null: taken back meanwhile. */
async function accountWith(store: Store, accountId: string): Promise<Whose | null> {
  const facts = await store.readFacts(accountId, null);
  return facts && { accountId, name: facts.dossier.account.name };
}
