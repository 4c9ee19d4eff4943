/** CSV that a spreadsheet opens as it was recorded, and that runs nothing (symfony CVE-2021-41270). */
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { csvOf } from "../../../functions/http/csv.ts";
import { restored } from "../../../functions/http/formula-cells.ts";

const written = (cell: string | number | boolean | null) => csvOf(["a"], [{ a: cell }]).slice("\uFEFFa\r\n".length, -"\r\n".length);
/** As a spreadsheet takes it: quotes off. */
const read = (text: string) => parse(text, { bom: true, columns: true }) as Record<string, string>[];

test.each([
  ["=1+1", "'=1+1"],
  ['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ["+41 44 000 00 00", "'+41 44 000 00 00"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  ["\n=1", `"'\n=1"`],
  ["＝1+1", "'＝1+1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠A1", "'＠A1"],
  ["'=1", "''=1"],
  ["''-1", "'''-1"],
  // None of these is a formula, and none is changed.
  ["Acme AG", "Acme AG"],
  ["O'Brien", "O'Brien"],
  ["'s Gravenhage", "'s Gravenhage"],
  ["a=b", "a=b"],
  ["2026-11-16", "2026-11-16"],
  ["10500.00", "10500.00"],
  ["Müller, Söhne", '"Müller, Söhne"'],
  ['the "big" one', '"the ""big"" one"'],
  ["two\r\nlines", '"two\r\nlines"'],
  ["x\n=1+1", '"x\n=1+1"'],
  ["x\r=1+1", '"x\r=1+1"'],
])("%j is written %j", (cell, expected) => {
  expect(written(cell)).toBe(expected);
  expect(restored(read(csvOf(["a", "b"], [{ a: cell, b: "x" }]))[0]?.a ?? "")).toBe(cell);
});

test("numbers and flags are what they are, nothing is an empty cell", () => {
  expect([written(-5), written(true), csvOf(["a", "b"], [{ a: null, b: "" }])]).toEqual(["-5", "true", "\uFEFFa,b\r\n,\r\n"]);
});

test("begins with a byte order mark and the columns, in their order, also without a row", () => {
  expect(csvOf(["b", "a"], [])).toBe("\uFEFFb,a\r\n");
  expect(csvOf(["b", "a"], [{ a: "1", b: "2" }])).toBe("\uFEFFb,a\r\n2,1\r\n");
});
