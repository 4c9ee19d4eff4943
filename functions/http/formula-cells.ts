/**
 * Cells that a spreadsheet would run as a formula: made harmless by an apostrophe in front, which spreadsheets do not
 * show. A cell that has apostrophes there already gets one more, so that taking one off always gives back what was there.
 */

/** What begins a formula: `=`, `+`, `-`, `@`, also in their full width, tab, and either end of a line. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/u;

export const neutralized = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Undoes `neutralized`, and leaves all other texts alone. */
export const restored = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);
