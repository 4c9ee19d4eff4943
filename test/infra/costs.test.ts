/** docs/costs.md is computed again from its own tables, and what it says of a check is counted by the store itself. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../infra/bundling.ts";
import { ofType, resourcesOf } from "./deployed/template.ts";
import { type Used, usedByCheck } from "./one-check.ts";

const page = readFileSync(`${projectRoot}docs/costs.md`, "utf8");

/** Rows of all tables, cell by cell, with the heading that they stand under. */
const rows = page.split("\n## ").flatMap((section) =>
  section
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("|---"))
    .map((line) => ({
      under: section.split("\n")[0] ?? "",
      cells: line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    })),
);

const isNumber = (text: string | undefined): text is string => /^\d+(?:\.\d+)?$/.test(text ?? "");

/** The names of the first two tables. */
const values = new Map(
  rows.flatMap(({ cells: [name = "", value] }) =>
    /^`[a-z0-9-]+`$/.test(name) && isNumber(value) ? [[name.slice(1, -1), Number(value)] as const] : [],
  ),
);

/** Sums of products of numbers and names. */
function computed(formula: string): number {
  const valueOf = (factor: string) => {
    const value = isNumber(factor) ? Number(factor) : values.get(factor);
    if (value === undefined) throw new Error(`what is \`${factor}\` in \`${formula}\``);
    return value;
  };
  return formula.split(" + ").reduce((sum, term) => sum + term.split(" × ").reduce((product, factor) => product * valueOf(factor), 1), 0);
}

/** Each formula with the amount in the cell after it. */
const amounts = rows.flatMap(({ under, cells }) =>
  cells.flatMap((cell, n) => {
    const amount = cells[n + 1];
    return /^`.+`$/.test(cell) && n > 0 && isNumber(amount) ? [{ under, place: n, what: cells[0] ?? "", formula: cell.slice(1, -1), amount }] : [];
  }),
);

test("has the amounts that are tested", () => expect([values.size, amounts.length]).toEqual([23, 29]));

test.each(amounts)("$under: $what, $formula = $amount", ({ formula, amount }) => {
  expect(computed(formula).toFixed(2)).toBe(amount);
});

test("a formula in a sentence is right too", () => {
  const found = [...page.matchAll(/`([^`]+ × [^`]+)` = (\d+\.\d\d)/g)];
  expect(found.map(([, formula = "", amount]) => [computed(formula).toFixed(2), amount])).toEqual([["1.64", "1.64"]]);
});

describe("what stands together", () => {
  const sums = rows.filter(({ cells: [what] }) => what === "**together**");
  test.each(sums.map(({ under, cells }) => [under, cells] as const))("%s", (under, cells) => {
    const before = rows
      .slice(
        0,
        rows.findIndex((row) => row.cells === cells),
      )
      .filter((row) => row.under === under);
    for (const [n, cell] of cells.entries()) {
      if (n === 0 || cell === "") continue;
      const parts = amounts.filter((one) => one.under === under && one.place === n - 1 && before.some((row) => row.cells[0] === one.what));
      expect(parts.length).toBeGreaterThan(3);
      expect(`**${parts.reduce((sum, { formula }) => sum + computed(formula), 0).toFixed(2)}**`).toBe(cell);
    }
  });
});

describe("a check", () => {
  let stored: Used;
  let preview: Used;
  let repeatable: Used;
  beforeAll(async () => {
    stored = await usedByCheck("");
    preview = await usedByCheck("/preview");
    repeatable = await usedByCheck("", { "idempotency-key": "any" });
  });

  test("uses what the page says", () => {
    expect(stored).toMatchObject({ requests: 2, readUnits: values.get("check-reads"), writeUnits: values.get("check-writes") });
    expect(preview).toMatchObject({ requests: 1, readUnits: values.get("check-reads"), writeUnits: 0 });
    expect([repeatable.readUnits - stored.readUnits, repeatable.writeUnits - stored.writeUnits]).toEqual([1, 9]);
  });

  test("is as large as the page says, at most", () => {
    expect(stored.keptBytes).toBeLessThanOrEqual((values.get("check-kept") ?? 0) * 1_000);
    expect(stored.keptBytes).toBeGreaterThan(1_500);
    expect(stored.answerBytes).toBeLessThanOrEqual((values.get("check-answer") ?? 0) * 1_000);
    expect(stored.answerBytes).toBeGreaterThan(4_000);
    expect(stored.logBytes).toBeLessThanOrEqual(450);
  });
});

test("there are as many alarms, metrics and functions of a gigabyte as are paid for", () => {
  const prod = resourcesOf("prod");
  const alarms = ofType(prod, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => Properties);
  const looksAt = ({ Metrics }: { Metrics?: { MetricStat?: object }[] }) => Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
  expect(page).toContain(`| ${alarms.length} alarms on ${alarms.reduce((sum, alarm) => sum + looksAt(alarm), 0)} metrics |`);
  for (const [id, { Properties }] of ofType(prod, "AWS::Lambda::Function"))
    expect(Properties.MemorySize, id).toBe((values.get("memory") ?? 0) * 1_024);
});
