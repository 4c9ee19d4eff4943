/** Reads a case file: its sections and their tables. Nothing else in the file means anything to the program. */
export interface Table {
  /** Line of the header, counted from 1. */
  line: number;
  headers: string[];
  rows: { line: number; cells: string[] }[];
}

export interface Section {
  title: string;
  tables: Table[];
}

/** The sections of a file; the first one holds what stands above the first `##`. */
export function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ title: "", tables: [] }];
  let table: Table | null = null;
  text.split("\n").forEach((raw, index) => {
    const line = raw.trim();
    if (line.startsWith("## ")) sections.push({ title: line.slice(3), tables: [] });
    if (!line.startsWith("|")) {
      table = null;
      return;
    }
    const cells = cellsOf(line);
    if (table === null) {
      table = { line: index + 1, headers: cells, rows: [] };
      sections.at(-1)?.tables.push(table);
    } else if (!cells.every((cell) => /^:?-+:?$/.test(cell))) {
      if (cells.length !== table.headers.length) throw new Error(`line ${index + 1}: ${cells.length} cells under ${table.headers.length} headers`);
      table.rows.push({ line: index + 1, cells });
    }
  });
  return sections;
}

const cellsOf = (line: string) =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
