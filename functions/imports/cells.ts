/**
 * What a cell says, as a value of a document: text as it stands, and nothing where the cell is empty.
 */
import { restored } from "../http/formula-cells.ts";
import type { Column } from "./columns.ts";

/** The cell's text, less the apostrophe that keeps a spreadsheet from running it; undefined where it is empty. */
export function textOf(cell: string): string | undefined {
  return cell === "" ? undefined : restored(cell);
}

/** As the schemas want it: what cannot be turned stays text, for the schema to refuse. */
export function valueOf(column: Column, text: string): unknown {
  if (column === "seats") return seatsOf(text);
  if (column === "soldBy") return sellerOf(text);
  return text;
}

/** Salesforce writes quantities with up to two zeros behind the point; three could be thousands. */
function seatsOf(text: string): number | string {
  return /^\d{1,10}(?:\.0{1,2})?$/.test(text) ? Number(text) : text;
}

function sellerOf(text: string): unknown {
  return text.startsWith("reseller:") ? { reseller: text.slice("reseller:".length).trim() } : text;
}
