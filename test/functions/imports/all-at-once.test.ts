/** All that is wrong with a row is told at once, so that a file is mended in one round; what depends on a wrong cell is not guessed. */
import { beforeAll, expect, test } from "vitest";
import { type Service, startService } from "../http/service.ts";
import { type Cells, commit, csv, line, preview, rowsOf } from "./files.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

/** The columns that each row is rejected for, in alphabetical order. */
async function wrongIn(...rows: Cells[]): Promise<unknown[]> {
  const { id } = await preview(service, csv(rows.map((cells) => ({ ...line, accountId: "fresh", ...cells }))));
  return (await rowsOf(service, id)).map(({ reasons }) => reasons.map(({ column }: { column: string | null }) => column).sort());
}

test.each<[what: string, cells: Cells, columns: string[]]>([
  [
    "an unknown policy, a term that ends before it begins, another seller",
    { policyId: "nope", termLastDay: "2025-12-31", soldBy: "directly" },
    ["policyId", "soldBy", "termLastDay"],
  ],
  ["a fee and a program", { annualFee: "10.0", program: "99x9" }, ["annualFee", "program"]],
  [
    "cells of the account, the license, the contract, the line",
    { accountName: "x".repeat(201), seats: "x", soldBy: "x", coveredFrom: "2026-06-01", coveredUntil: "2026-05-31" },
    ["accountName", "coveredUntil", "seats", "soldBy"],
  ],
  ["no id of a license, and a day", { licenseId: "", deliveredOn: "03/04/2026", program: "99x9" }, ["deliveredOn", "licenseId", "program"]],
  ["no id of a contract, and its policy", { contractId: "a b", policyId: "nope" }, ["contractId", "policyId"]],
  ["no id of the account, whose name may be known, and a fee", { accountId: "", accountName: "", annualFee: "1" }, ["accountId", "annualFee"]],
  ["no currency, and a program", { currency: "chf", program: "99x9" }, ["currency", "program"]],
])("%s", async (_, cells, columns) => {
  const [found] = await wrongIn(cells);
  expect([...new Set(found as string[])]).toEqual(columns);
});

test.each<[what: string, cells: Cells, columns: string[]]>([
  ["the program of an unknown policy", { policyId: "nope", program: "99x9" }, ["policyId"]],
  ["a term whose first day is none", { termFirstDay: "x", termLastDay: "1999-12-31" }, ["termFirstDay"]],
  ["an anchor beside a term that has no first day", { termFirstDay: "x", anchorOn: "2030-01-01" }, ["termFirstDay"]],
  ["cover whose first day is none", { coveredFrom: "x", coveredUntil: "2020-01-01" }, ["coveredFrom"]],
  ["an amount whose currency is none", { currency: "chf", annualFee: "1000" }, ["currency"]],
])("is not guessed: %s", async (_, cells, columns) => {
  const [found] = await wrongIn(cells);
  expect([...new Set(found as string[])]).toEqual(columns);
});

test("rows that are there twice, or contradict each other, are looked at for the rest all the same", async () => {
  expect(await wrongIn({ annualFee: "10.0" }, { seats: "x" })).toEqual([
    ["annualFee", "licenseId", "seats"],
    ["licenseId", "seats"],
  ]);
  // Which program is meant is not known, so nothing is said of either; the fee is wrong under both.
  expect(await wrongIn({ program: "99x9" }, { licenseId: "l-2", annualFee: "10.0" })).toEqual([["program"], ["annualFee", "program"]]);
  // Another row of the contract cannot be placed.
  expect(await wrongIn({ licenseId: "" }, { licenseId: "l-2", annualFee: "10.0" })).toEqual([["licenseId"], ["annualFee"]]);
});

test("what is recorded beside is held against the rest: the currency of an invoice, beside a wrong fee", async () => {
  const account = { ...line, accountId: "billed" };
  await commit(service, (await preview(service, csv([account]))).id);
  const invoice = {
    kind: "support",
    contractId: "c-1",
    issuedOn: "2026-01-02",
    dueOn: "2026-02-01",
    amount: { amount: "1000.00", currency: "CHF" },
    payments: [],
  };
  const { status, text } = await service.send("PUT", "/v1/accounts/billed/invoices/i-1", invoice);
  expect(status, text).toBeLessThan(300);
  expect(await wrongIn({ ...account, currency: "EUR", soldBy: "x" })).toEqual([["currency", "soldBy"]]);
});

test("the example of an amount has the digits of its currency", async () => {
  for (const [currency, annualFee, example] of [
    ["JPY", "34999.00", "10500"],
    ["KWD", "1.00", "10500.000"],
    ["CHF", "1", "10500.00"],
  ]) {
    const { id } = await preview(service, csv([{ ...line, accountId: "fresh", currency, annualFee }]));
    const [{ reasons }] = (await rowsOf(service, id)) as [{ reasons: { column: string; detail: string }[] }];
    expect(reasons[0]?.detail).toBe(
      `must be a decimal string with exactly the currency's minor digits, zero or more, such as ${example}, got \`${annualFee}\``,
    );
  }
});
