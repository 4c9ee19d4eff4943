/** What a file would change of what is recorded is told column by column, before it is written and after. */
import { expect, test } from "vitest";
import type { ImportState } from "../../../functions/imports/state.ts";
import { type Service, startService } from "../http/service.ts";
import { type Cells, commit, csv, line, preview, revert, rowsOf, settled } from "./files.ts";

const full: Cells = {
  ...line,
  policyId: "essensys-customer-success",
  customerNumber: "4711",
  policyVersion: "1",
  anchorOn: "2025-01-01",
  deploymentId: "d-1",
  bundleId: "b-1",
  coveredFrom: "2026-02-01",
  coveredUntil: "2026-11-30",
  paidThrough: "2026-06-30",
};

async function recorded(...rows: Cells[]): Promise<Service> {
  const service = await startService();
  const { id } = await preview(service, csv(rows));
  expect(await commit(service, id)).toMatchObject({ counts: { created: rows.length } });
  return service;
}

async function changesIn(service: Service, rows: Cells[], query = "&outcome=updated") {
  const { id } = await preview(service, csv(rows));
  return (await rowsOf(service, id, query)).map(({ line, changes }) => [line, changes]);
}

test("every column that changes is told with what was recorded and what is to be, and no other", async () => {
  const service = await recorded(full);
  const table: [column: string, to: string | null, cell?: string][] = [
    ["accountName", "Acme SA"],
    ["customerNumber", "4712"],
    ["customerNumber", null],
    ["policyVersion", null],
    ["policyId", "psigen-support"],
    ["program", "other"],
    ["anchorOn", "2024-01-01"],
    ["anchorOn", null],
    ["termFirstDay", "2026-01-02"],
    ["termLastDay", "2027-01-31"],
    ["soldBy", "reseller:Partner GmbH", "reseller: Partner GmbH"],
    ["productId", "qs-other"],
    ["licenseKind", "subscription"],
    ["seats", "12", "12.00"],
    ["deliveredOn", "2025-01-02"],
    ["deploymentId", "d-2"],
    ["bundleId", null],
    ["annualFee", "1000.05"],
    ["coveredFrom", "2026-02-02"],
    ["coveredUntil", null],
    ["paidThrough", "2026-07-01"],
  ];
  for (const [column, to, cell] of table)
    expect(await changesIn(service, [{ ...full, [column]: cell ?? to ?? "" }]), column).toEqual([[2, [{ column, from: full[column], to }]]]);
  expect(await changesIn(service, [{ ...full, currency: "EUR", seats: "11" }])).toEqual([
    [
      2,
      [
        { column: "currency", from: "CHF", to: "EUR" },
        { column: "seats", from: "10", to: "11" },
      ],
    ],
  ]);
});

test("a reseller before, nothing before; and what is the same in other spelling is no change", async () => {
  const { anchorOn: _, ...without } = full;
  const service = await recorded({ ...without, soldBy: "reseller:Shop" });
  expect(await changesIn(service, [full])).toEqual([
    [
      2,
      [
        { column: "anchorOn", from: null, to: "2025-01-01" },
        { column: "soldBy", from: "reseller:Shop", to: "direct" },
      ],
    ],
  ]);
  expect(await changesIn(service, [{ ...without, soldBy: "reseller:  Shop", seats: "10.0" }], "")).toEqual([[2, []]]);
});

test("a row changes what it speaks of: its own line, the contract of all, the account; a new line tells what it changes beside itself", async () => {
  const service = await recorded(line, { ...line, licenseId: "l-2" }, { ...line, contractId: "c-2", licenseId: "l-3" });
  const fee = { column: "annualFee", from: "1000.00", to: "1100.00" };
  expect(
    await changesIn(
      service,
      [
        { ...line, annualFee: "1100.00" },
        { ...line, licenseId: "l-2" },
      ],
      "",
    ),
  ).toEqual([
    [2, [fee]],
    [3, []],
  ]);
  const seller = { column: "soldBy", from: "direct", to: "reseller:Shop" };
  const rows = [line, { ...line, licenseId: "l-4" }].map((cells) => ({ ...cells, soldBy: "reseller:Shop" }));
  const { id } = await preview(service, csv([...rows, { ...line, accountId: "beta", accountName: "Beta" }]));
  expect((await rowsOf(service, id)).map(({ outcome, changes }) => [outcome, changes])).toEqual([
    ["updated", [seller]],
    ["created", [seller]],
    ["created", []],
  ]);
});

test("long texts are cut, from a little before where they differ", async () => {
  const service = await recorded({ ...line, accountName: `${"a".repeat(150)}b${"c".repeat(49)}` });
  const [[, [change]]] = (await changesIn(service, [{ ...line, accountName: `${"a".repeat(150)}d` }])) as [[number, [object]]];
  expect(change).toEqual({ column: "accountName", from: `…${"a".repeat(20)}b${"c".repeat(39)}…`, to: `…${"a".repeat(20)}d` });
  // Names may be those of persons: they are in answers alone.
  expect(service.log.length).toBeGreaterThan(0);
  expect(JSON.stringify(service.log)).not.toContain("aaaa");
});

test("what was changed between preview and commit is told as it was written, also by a run that comes twice; a revert keeps it", async () => {
  const service = await recorded(line);
  const seen = await preview(service, csv([{ ...line, annualFee: "1100.00" }]));
  const between = await preview(service, csv([{ ...line, annualFee: "1050.00" }]));
  await commit(service, between.id);
  await commit(service, seen.id);
  const changes = [{ column: "annualFee", from: "1050.00", to: "1100.00" }];
  expect(await rowsOf(service, seen.id)).toMatchObject([{ outcome: "updated", changes }]);

  const { state, revision } = (await service.store.imports.get(seen.id)) as { state: ImportState; revision: number };
  await service.store.imports.put(seen.id, { ...state, status: "committing", stepsDone: 0, rowsDone: 0 }, revision);
  await service.imports.intake.enqueue(seen.id);
  expect(await settled(service, seen.id)).toMatchObject({ status: "committed", counts: { updated: 1 } });
  expect(await rowsOf(service, seen.id)).toMatchObject([{ outcome: "updated", changes }]);

  await revert(service, seen.id);
  expect(await rowsOf(service, seen.id)).toMatchObject([{ outcome: "reverted", changes }]);
});
