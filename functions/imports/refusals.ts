/**
 * Holds a merged document against the schema and the contradictions that a `PUT` of it is held against, and says what
 * is wrong by column instead of by pointer.
 */
import type * as z from "zod";
import { type Beside, contradictionsOf } from "../../domain/contradictions.ts";
import { Problem, shown } from "../http/problem.ts";
import { parseShape } from "../http/shape-errors.ts";
import { type Column, columns, columnsOf, type Level } from "./columns.ts";
import type { Draft } from "./merge.ts";
import type { Row } from "./rows.ts";
import { type Cell, sets, withStandIns } from "./stand-ins.ts";

export interface Finding extends Cell {
  detail: string;
}

/**
 * What keeps the document from being recorded; empty where it may be. All that can be told: beside cells that are wrong
 * in themselves also what the others say wrongly, as long as that does not depend on the wrong ones.
 *
 * @param path such as `contracts/c-1`
 * @param wrong cells that were rejected before: nothing more is said of them
 */
export function findingsIn(schema: z.ZodType, level: Level, path: string, draft: Draft, beside: Beside, wrong: readonly Cell[] = []): Finding[] {
  const { shape, contradictions } = lookAt(schema, level, path, draft, beside);
  const cells = [...wrong, ...shape];
  if (cells.length === 0) return contradictions;
  const [some = [], ...others] = sets.map((set) => {
    const seen = lookAt(schema, level, path, withStandIns(draft, cells, set), beside);
    return [...seen.shape, ...seen.contradictions].filter(notIn(cells));
  });
  const keys = others.map((findings) => new Set(findings.map(keyOf)));
  return [...shape.filter(notIn(wrong)), ...some.filter((one) => keys.every((found) => found.has(keyOf(one))))];
}

/** Contradictions are looked for only where the shape is right. */
function lookAt(schema: z.ZodType, level: Level, path: string, draft: Draft, beside: Beside): { shape: Finding[]; contradictions: Finding[] } {
  try {
    const document = parseShape(schema, draft, "body") as object;
    return { shape: [], contradictions: contradictionsOf(path, document, beside).map(({ pointer, detail }) => finding(level, pointer, detail)) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { shape: error.errors.map(({ pointer, detail }) => finding(level, pointer, detail)), contradictions: [] };
  }
}

const cellOf = ({ lineIndex, column }: Cell) => `${lineIndex} ${column}`;
const keyOf = (one: Finding) => `${cellOf(one)} ${one.detail}`;

function notIn(cells: readonly Cell[]): (cell: Cell) => boolean {
  const known = new Set(cells.map(cellOf));
  return (cell) => !known.has(cellOf(cell));
}

function finding(level: Level, pointer: string, detail: string): Finding {
  const line = /^\/lines\/(\d+)(\/.*)?$/.exec(pointer);
  if (line === null) return { lineIndex: null, column: columnAt(level, pointer), detail };
  return { lineIndex: Number(line[1]), column: columnAt("line", line[2] ?? ""), detail };
}

/** Of what a file has no column for, the column that it collides with is the one to look at. */
const nearest: Readonly<Record<string, Column>> = {
  "/licenseId": "licenseId",
  "/annualFee/currency": "currency",
  "/annualFee": "annualFee",
  "/soldBy/reseller": "soldBy",
  "/termLastDay": "deliveredOn",
  "/retiredOn": "deliveredOn",
};

function columnAt(level: Level, pointer: string): Column | null {
  const exact = columnsOf(level).find((name) => columns[name].pointer === pointer);
  return exact ?? nearest[pointer] ?? (pointer.startsWith("/settings/") ? "policyId" : null);
}

const days: ReadonlySet<string> = new Set(["anchorOn", "termFirstDay", "termLastDay", "deliveredOn", "coveredFrom", "coveredUntil", "paidThrough"]);

/** The finding in words for this row, with what stands in its cell. */
export function inWords({ column, detail }: Finding, row: Row): string {
  const text = column === null ? undefined : row.texts[column];
  if (column === null || text === undefined) return detail;
  if (days.has(column) && detail.startsWith("must be a date"))
    return `${detail.replace(/, got .*/, "")}, got ${shown(text)}: another order of day, month and year is never guessed`;
  if (column === "seats" && detail.startsWith("expected a number"))
    return `${/^-\d+$/.test(text) ? "must be at least `1`" : "expected a whole number"}, got ${shown(text)}`;
  if (column === "soldBy" && text !== "direct" && !text.startsWith("reseller:"))
    return `must be \`direct\`, or \`reseller:\` and a name, got ${shown(text)}`;
  return detail.includes("got ") || detail.includes(shown(text)) ? detail : `${detail}, got ${shown(text)}`;
}
