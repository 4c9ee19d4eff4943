/**
 * Cuts lists into pages. A cursor says after which item to go on; it belongs to one list and to no other.
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import { Problem } from "./problem.ts";

export const pageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, "must be a whole number from `1` to `100`")
    .meta({ override: { type: "integer", minimum: 1, maximum: 100, default: 25, pattern: undefined } })
    .optional(),
  cursor: z.string().max(4_096, "is none of ours").meta({ description: "`nextCursor` of the page before." }).optional(),
});

type PageQuery = z.infer<typeof pageQuery>;

export interface Page {
  limit: number;
  /** Where the page before ended; null for the first page. */
  after: string | null;
}

/** A page of a list, as answered. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable().meta({ description: "Null on the last page." }) });
}

/**
 * The page that the query asks for.
 * @param list names the list, with everything that selects its items: a cursor of another list is refused
 * @throws Problem 400 `invalid-cursor`
 */
export function pageOf(query: PageQuery, list: string): Page {
  return { limit: query.limit === undefined ? 25 : Number(query.limit), after: query.cursor === undefined ? null : read(query.cursor, list) };
}

export function cursorAfter(after: string | null, list: string): string | null {
  if (after === null) return null;
  const position = Buffer.from(after, "utf8");
  return Buffer.concat([sealOf(position, list), position]).toString("base64url");
}

const sealBytes = 9;

function read(cursor: string, list: string): string {
  const bytes = Buffer.from(cursor, "base64url");
  const position = bytes.subarray(sealBytes);
  if (bytes.toString("base64url") !== cursor || !bytes.subarray(0, sealBytes).equals(sealOf(position, list)))
    throw new Problem(400, "invalid-cursor", "the cursor is none of this list: use `nextCursor` as it was answered, with the same path and filters", {
      errors: [{ in: "query", pointer: "/cursor", detail: "is no cursor of this list" }],
    });
  return position.toString("utf8");
}

/** Tells slips and mix-ups, not forgery: what a cursor can reach, its list shows anyway. */
function sealOf(position: Buffer, list: string): Buffer {
  return createHash("sha256").update(list).update("\0").update(position).digest().subarray(0, sealBytes);
}

/** The page of a list that is at hand as a whole, in the order of its ids or in the opposite one. */
export function pageThrough<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  page: Page,
  order: "ascending" | "descending" = "ascending",
): { items: T[]; after: string | null } {
  const { after } = page;
  const comesAfter = (item: T) => after === null || (order === "ascending" ? idOf(item) > after : idOf(item) < after);
  const start = items.findIndex(comesAfter);
  const found = start === -1 ? [] : items.slice(start, start + page.limit);
  const last = found.at(-1);
  const more = last !== undefined && start + page.limit < items.length;
  return { items: found, after: more ? idOf(last) : null };
}
