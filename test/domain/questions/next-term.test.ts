/** What follows the term that runs: whether anything does, and for how much where the term is shorter than a year. */
import { describe, expect, test } from "vitest";
import { lifeOf } from "../../../domain/contract-life.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { nonRenewalsOn } from "../../../domain/notice-rulings.ts";
import { nextTermOf } from "../../../domain/questions/next-term.ts";
import { Readings } from "../../../domain/readings.ts";
import { chf, contract } from "../conditions/asked.ts";
import { ending, type Sold, sold, year } from "./quotable.ts";

function next(day: string, facts: Sold = {}) {
  const known = sold(facts);
  const [held] = known.dossier.contracts as [HeldContract];
  const life = lifeOf(known, held, day, nonRenewalsOn(known, day).ends);
  return nextTermOf(life, day, new Readings(life.policy, held), []);
}
const nothing = { renews: false, term: null, lines: [] };

test("a year whole", () => {
  const term = { ...year(2027), part: "renewal" };
  expect(next("2026-06-15")).toEqual({
    renews: true,
    term: year(2027),
    lines: [{ licenseId: "l-1", term, annual: 100_000n, fee: 100_000n, owed: 100_000n, owedFrom: "2027-01-01" }],
  });
});

test("before the first term, the first one at the annual fee, also of a line that begins in the middle of it", () => {
  const lines = [...contract("c-1", ["l-1"]).lines, { licenseId: "l-2", annualFee: chf("500.00"), coveredFrom: "2026-07-01" }];
  expect(next("2025-12-31", { known: { lines } })).toMatchObject({
    term: year(2026),
    lines: [
      { licenseId: "l-1", fee: 100_000n },
      { licenseId: "l-2", fee: 50_000n, term: { part: "initial-period", firstDay: "2026-07-01", lastDay: "2027-06-30" } },
    ],
  });
});

describe("a shorter term before the recorded one", () => {
  // Anchored on 2024-07-01, recorded over 2026: what runs before it ends on 2025-12-31, 184 of 365 days.
  const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2024-07-01" }];
  const known = { anchorOn: "2024-07-01", lines };
  test("costs its share of the year", () => {
    expect(next("2024-08-01", { known })).toMatchObject({
      term: { firstDay: "2025-07-01", lastDay: "2025-12-31" },
      lines: [{ annual: 100_000n, fee: 50_411n, owed: 50_411n, owedFrom: "2025-07-01" }],
    });
  });
});

describe("nothing", () => {
  test("after the last term, with lines or without", () => {
    expect(next("2026-06-15", { known: ending })).toEqual(nothing);
    expect(next("2026-06-15", { known: { ...ending, lines: [] } })).toEqual(nothing);
    expect(next("2027-01-01", { known: ending })).toEqual(nothing);
  });
  test("of a line that begins only after today", () => {
    const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2026-06-16" }];
    expect(next("2026-06-15", { known: { lines } })).toEqual({ renews: true, term: year(2027), lines: [] });
    expect(next("2026-06-16", { known: { lines } }).lines).toHaveLength(1);
  });
});
