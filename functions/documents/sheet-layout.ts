/** How a page of A4 is divided, and how its text looks. Lengths are points: 1/72 inch. */

export interface Column {
  width: number;
  align?: "right";
}

export const page = { width: 595.28, height: 841.89, margin: 48 };
export const bottom = page.height - page.margin - 14;
const gap = 6;
export const black = "#16191f";
const gray = "#5f6b7a";
export const lineColor = "#d5dbdb";

/** What there is to write across. */
export const sheetWidth = page.width - 2 * page.margin;

export type StyleName = "title" | "heading" | "body" | "strong" | "small";

interface Style {
  size: number;
  bold?: boolean;
  color?: string;
}
export const styles: Record<StyleName, Style> = {
  title: { size: 18, bold: true },
  heading: { size: 11, bold: true },
  body: { size: 9 },
  strong: { size: 9, bold: true },
  small: { size: 7.5, color: gray },
};

export interface Row {
  columns: readonly Column[];
  cells: readonly string[];
  style: StyleName;
}

/** Between two columns is a gap. */
export function innerWidth(columns: readonly Column[], n: number): number {
  const { width } = columns[n] as Column;
  return n === columns.length - 1 ? width : width - gap;
}
