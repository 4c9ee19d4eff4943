/** An account's facts once licenses were added to one of its contracts: the others stay as they are. */
import { expect, test } from "vitest";
import { type AddedLicense, addTo, coversAdded } from "../../../domain/questions/addition.ts";
import { chf, contract, license } from "../conditions/asked.ts";
import { ending, sold } from "./quotable.ts";

const added = (known: Partial<AddedLicense> = {}): AddedLicense => ({ licenseId: "l-9", productId: "p-1", seats: 5, annual: 50_000n, ...known });
const [first, other] = [contract("c-1", ["l-1"], ending), contract("c-2", ["l-2"])] as const;
const facts = sold({ dossier: { licenses: [license("l-1"), license("l-2")], contracts: [first, other] } });
const bought = { licenseId: "l-9", productId: "p-1", kind: "perpetual", seats: 5, deliveredOn: "2026-04-01", soldBy: "direct" };
const line = { licenseId: "l-9", annualFee: chf("500.00") };

test("the new licenses stand behind the others, and the lines on that contract alone", () => {
  const found = addTo(facts, first, "2026-04-01", [added(), added({ licenseId: "l-10", annual: 60_000n })]);
  const lines = [line, { licenseId: "l-10", annualFee: chf("600.00") }];
  expect(found.licenses).toStrictEqual([bought, { ...bought, licenseId: "l-10" }]);
  expect(found.lines).toStrictEqual(lines);
  expect(found.contract).toStrictEqual({ ...first, lines: [...first.lines, ...lines] });
  expect(found.facts.dossier).toStrictEqual({
    ...facts.dossier,
    licenses: [license("l-1"), license("l-2"), bought, { ...bought, licenseId: "l-10" }],
    contracts: [found.contract, other],
  });
});

test("a line says from when it is covered only where the default is another day, and through when it is paid where that is told", () => {
  const lines = (deliveredOn: string, known?: Partial<AddedLicense>) => addTo(facts, first, deliveredOn, [added(known)]).lines;
  expect(lines("2026-01-01")).toStrictEqual([line]);
  expect(lines("2025-12-31")).toStrictEqual([{ ...line, coveredFrom: "2025-12-31" }]);
  expect(lines("2026-04-01", { paidThrough: "2027-03-31" })).toStrictEqual([{ ...line, paidThrough: "2027-03-31" }]);
});

test("the cover of what was added, which may outlast the contract by its initial period", () => {
  const covers = coversAdded(addTo(facts, first, "2026-04-01", [added()]), "2026-04-01");
  expect(covers.map(({ firstDay, lastDay, line }) => [line.licenseId, firstDay, lastDay])).toEqual([["l-9", "2026-04-01", "2027-03-31"]]);
});
