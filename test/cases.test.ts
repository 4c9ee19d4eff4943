/** Every row of every case table under `cases/` is a test; what the columns mean stands in `cases/README.md`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { absent, camelCase, momentOf, valueOf } from "./case-tables/cells.ts";
import { differs } from "./case-tables/expected.ts";
import { type Section, sectionsOf, type Table } from "./case-tables/markdown.ts";
import { Portfolio } from "./case-tables/portfolio.ts";
import { type Ask, knownFacts, type Question, questions } from "./case-tables/questions.ts";

const folder = join(import.meta.dirname, "cases");
const vendors = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name: vendor } of vendors) {
  const given = read(join(folder, vendor, "given.md"));
  for (const file of readdirSync(join(folder, vendor)).filter((name) => name !== "given.md")) {
    describe(`${vendor}/${file}`, () => {
      runFile(given, read(join(folder, vendor, file)), questions[file.split(/[-.]/)[0] ?? ""]);
    });
  }
}

function read(path: string): Section[] {
  return sectionsOf(readFileSync(path, "utf8"));
}

function runFile(given: Section[], sections: Section[], question: Question | undefined): void {
  if (question === undefined) throw new Error("the file's name begins with no question");
  const base = new Portfolio();
  for (const table of given.flatMap(({ tables }) => tables)) base.give(table);
  let asked: Ask = {};
  for (const section of sections) {
    const top = section === sections[0];
    const facts = top ? base : new Portfolio(base);
    const ask = { ...asked };
    for (const table of section.tables) {
      const [first] = table.headers;
      if (Portfolio.isGiven(table)) facts.give(table);
      else if (first === "ask") Object.assign(ask, rowOf(table, 0));
      else if (first === "case") runTable(table, facts, ask, question);
      else throw new Error(`line ${table.line}: what is a table of \`${first}\`?`);
    }
    if (top) asked = ask;
  }
}

function rowOf(table: Table, index: number): Ask {
  const cells = table.rows[index]?.cells ?? [];
  return Object.fromEntries(table.headers.slice(1).map((header, at) => [camelCase(header), valueOf(camelCase(header), cells[at + 1] ?? "")]).filter(([, value]) => value !== undefined));
}

function runTable(table: Table, facts: Portfolio, ask: Ask, question: Question): void {
  const lastAsked = table.headers.findLastIndex((header) => !question.expects.includes(header));
  const isExpected = (index: number) => index > lastAsked;
  for (const { cells, line } of table.rows) {
    const [name] = cells as [string];
    test(`${name} (line ${line})`, () => {
      const changed = new Portfolio(facts);
      const asks: Ask = { ...ask };
      const expected = new Map<string, string>();
      table.headers.forEach((header, index) => {
        const cell = cells[index] ?? "";
        if (index === 0 || (cell === "" && !isExpected(index))) return;
        if (isExpected(index)) {
          if (cell !== "") expected.set(header, cell);
        } else if (question.asks.includes(header)) asks[camelCase(header)] = valueOf(camelCase(header), cell);
        else if (!changed.change(header, cell)) throw new Error(`column \`${header}\` is neither asked, nor expected, nor of a known fact`);
      });
      const given = Object.fromEntries(Object.entries(asks).filter(([, value]) => value !== absent));
      const answer = question.answer(knownFacts(changed.build()), given);
      const differences = [...expected].flatMap(([column, cell]) => {
        const shown = answer[column];
        if (shown === undefined) throw new Error(`no column \`${column}\` in the answer`);
        const difference = differs(shown, momentOf(cell));
        return difference === null ? [] : [`${column}: expected ${cell}, ${difference}`];
      });
      expect(differences).toEqual([]);
    });
  }
}
