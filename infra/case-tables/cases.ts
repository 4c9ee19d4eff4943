/** The cases of a case table's file, each ready to be asked of policies. What the columns mean stands in `test/cases/README.md`. */
import type { PolicyBook } from "../../domain/compiled-policy.ts";
import { absent, camelCase, momentOf, valueOf } from "./cells.ts";
import { differs } from "./expected.ts";
import { type Section, sectionsOf, type Table } from "./markdown.ts";
import { inColumn, Portfolio, refuseContradictions } from "./portfolio.ts";
import { type Ask, type Question, questions } from "./questions.ts";

export interface Case {
  name: string;
  /** In its file, counted from 1. */
  line: number;
  /** What the policies answer otherwise than the row says, column by column; empty where it comes out as expected. */
  differences(policies: PolicyBook): string[];
}

/**
 * @param fileName its first word is the question: `entitlement-cover.md`
 * @param given the facts that every file of the folder starts from: the text of its `given.md`
 * @throws Error for a file that cannot be read as case tables
 */
export function casesOf(fileName: string, text: string, given: string): Case[] {
  const name = fileName.split(/[-.]/)[0] ?? "";
  const question = Object.hasOwn(questions, name) ? questions[name] : undefined;
  if (question === undefined) throw new Error(`the file's name begins with none of \`${Object.keys(questions).join("`, `")}\``);
  const base = new Portfolio();
  for (const table of sectionsOf(given).flatMap(({ tables }) => tables)) {
    if (!Portfolio.isGiven(table))
      throw new Error(
        `given.md, line ${table.line}: what is a table of \`${table.headers[0]}\`? Expected one of \`${Portfolio.given.join("`, `")}\``,
      );
    base.give(table);
  }
  return casesOfSections(base, sectionsOf(text), question);
}

function casesOfSections(base: Portfolio, sections: Section[], question: Question): Case[] {
  const cases: Case[] = [];
  let asked: Ask = {};
  for (const section of sections) {
    const top = section === sections[0];
    const facts = top ? base : new Portfolio(base);
    const ask = { ...asked };
    for (const table of section.tables) {
      const [first] = table.headers;
      if (Portfolio.isGiven(table)) facts.give(table);
      else if (first === "ask") Object.assign(ask, askedIn(table));
      // What a section gives below a table does not change the cases above it.
      else if (first === "case") cases.push(...casesOfTable(table, new Portfolio(facts), { ...ask }, question));
      else
        throw new Error(
          `line ${table.line}: what is a table of \`${first}\`? Expected \`case\`, \`ask\` or one of \`${Portfolio.given.join("`, `")}\``,
        );
    }
    if (top) asked = ask;
  }
  return cases;
}

function askedIn(table: Table): Ask {
  const cells = table.rows[0]?.cells ?? [];
  const fields = table.headers
    .slice(1)
    .map((header, at) => [camelCase(header), inColumn(`\`${header}\``, () => valueOf(camelCase(header), cells[at + 1] ?? ""))] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function casesOfTable(table: Table, facts: Portfolio, ask: Ask, question: Question): Case[] {
  const lastAsked = table.headers.findLastIndex((header) => !question.expects.includes(header));
  return table.rows.map(({ cells, line }) => ({
    name: cells[0] ?? "",
    line,
    differences(policies) {
      const changed = new Portfolio(facts);
      const asks: Ask = { ...ask };
      const expected = new Map<string, string>();
      table.headers.forEach((header, index) => {
        const cell = cells[index] ?? "";
        if (index === 0 || cell === "") return;
        if (index > lastAsked) expected.set(header, cell);
        else if (question.asks.includes(header)) asks[camelCase(header)] = inColumn(`\`${header}\``, () => valueOf(camelCase(header), cell));
        else if (!changed.change(header, cell)) throw new Error(`column \`${header}\` is neither asked, nor expected, nor of a known fact`);
      });
      const given = Object.fromEntries(Object.entries(asks).filter(([, value]) => value !== absent));
      if (expected.size === 0) throw new Error(`nothing is expected of it: fill in one of \`${question.expects.join("`, `")}\``);
      const recorded = changed.build();
      refuseContradictions(recorded, policies);
      const answer = question.answer({ ...recorded, policies }, given);
      return [...expected].flatMap(([column, cell]) => {
        const shown = answer[column];
        if (shown === undefined) throw new Error(`no column \`${column}\` in the answer`);
        const difference = differs(shown, momentOf(cell));
        return difference === null ? [] : [`${column}: expected ${cell}, ${difference}`];
      });
    },
  }));
}
