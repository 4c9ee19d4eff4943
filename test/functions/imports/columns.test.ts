/** The page about imports names every column, with its names, as the code has them; and no two columns share a name. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contractLine } from "../../../domain/facts.ts";
import { columnNames, columns, columnsIn } from "../../../functions/imports/columns.ts";

const page = readFileSync(new URL("../../../docs/import.md", import.meta.url), "utf8");

test("the table of columns is the code's", () => {
  const rows = page.split("\n").filter((text) => /^\| `\w+` \|/.test(text));
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  expect(rows).toEqual(
    columnNames.map((name) => {
      const { required, says, aliases } = columns[name];
      return `| \`${name}\` | ${required ? "yes" : ""} | ${says} | ${code(aliases)} |`;
    }),
  );
});

test.each(columnNames.flatMap((name) => [name, ...columns[name].aliases].map((spelling) => [spelling, name])))(
  "`%s` means `%s`",
  (spelling, name) => {
    const header = columnNames.map((other) => (other === name ? (spelling as string) : other));
    expect(columnsIn(header)).toEqual(columnNames);
  },
);

test("every field of a contract line has its column", () => {
  expect(Object.keys(contractLine.shape).sort()).toEqual(["annualFee", "coveredFrom", "coveredUntil", "licenseId", "paidThrough"]);
});
