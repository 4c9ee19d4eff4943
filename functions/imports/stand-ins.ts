/**
 * Values that stand in for cells that are known to be wrong, so that the rest can be looked at all the same. There are
 * three sets of them: what is found whichever stands there does not depend on the wrong cells.
 */
import { fromMinor, isCurrency } from "../../domain/money.ts";
import { type Column, columns } from "./columns.ts";
import { type Draft, put } from "./merge.ts";

/** A cell of a document. */
export interface Cell {
  /** Of a contract's document: which of its lines; null where it is not about one. */
  lineIndex: number | null;
  column: Column | null;
}

export const sets = [0, 1, 2] as const;
type Set = (typeof sets)[number];

const early = "1000-01-01";
const late = "9000-12-31";
// Terms of a day long ago, of a day far ahead, and from the one to the other.
const first = [early, late, early];
const last = [early, late, late];
/** With two minor digits, none and three. */
const currencies = ["CHF", "JPY", "KWD"] as const;

const standIns: Partial<Record<Column, readonly unknown[]>> = {
  anchorOn: first,
  termFirstDay: first,
  deliveredOn: first,
  coveredFrom: first,
  termLastDay: last,
  coveredUntil: last,
  paidThrough: last,
  soldBy: ["direct", { reseller: "stand-in-1" }, { reseller: "stand-in-2" }],
  licenseKind: ["perpetual", "subscription", "trial"],
  seats: [1, 2, 3],
};

/** The draft with values in place of its wrong cells; cells without a column stay. */
export function withStandIns(draft: Draft, wrong: readonly Cell[], set: Set): Draft {
  const lines = (draft.lines as Draft[] | undefined)?.map((line) => ({ ...line }));
  const whole: Draft = { ...draft, ...(lines !== undefined && { lines }) };
  if (wrong.some(({ column }) => column === "currency")) {
    put(whole, columns.currency.pointer, currencies[set]);
    // An amount is right or wrong in its currency.
    for (const line of lines ?? []) line.annualFee = fromMinor(BigInt(set), currencies[set]);
  }
  for (const { lineIndex, column } of wrong) {
    const document = lineIndex === null ? whole : lines?.[lineIndex];
    if (column === null || column === "currency" || document === undefined) continue;
    put(
      document,
      columns[column].pointer,
      column === "annualFee" ? amountIn(document, set) : (standIns[column]?.[set] ?? `stand-in-${set}-${lineIndex}`),
    );
  }
  return whole;
}

function amountIn(line: Draft, set: Set): string {
  const { currency = "" } = (line.annualFee ?? {}) as { currency?: string };
  return fromMinor(BigInt(set), isCurrency(currency) ? currency : currencies[set]).amount;
}
