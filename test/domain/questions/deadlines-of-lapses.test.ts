/** Which cover ends, on which day, and until when it can be brought back: by line, by contract, and by what else covers the license. */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import { deadlinesOf } from "../../../domain/questions/deadlines.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { chf, contract, license } from "../conditions/asked.ts";
import { ending, seller, sold } from "./quotable.ts";

/** `day kind key`, of what ends and what can be brought back. */
const said = (facts: KnownFacts, today = "2026-11-22") =>
  deadlinesOf(facts, { date: today })
    .filter(({ kind, contractId }) => (kind === "lapse" || kind === "reinstatement-window") && contractId === "c-1")
    .map(({ on, key }) => `${on} ${key}`);
const whatOf = (facts: KnownFacts) => deadlinesOf(facts, { date: "2026-11-22" }).find(({ kind }) => kind === "lapse")?.what;

const lapse = "2027-01-01 lapse/c-1/2026-01-01";
const window = "2027-12-31 reinstatement-window/c-1/2026-01-01";
const known = (dossier: Partial<Dossier>) => sold({ known: ending, dossier });
const line = (licenseId: string, more: object = {}) => ({ licenseId, annualFee: chf("1000.00"), ...more });

describe("a contract that ends with 2026", () => {
  test("its first day without cover, and twelve months to bring it back", () => {
    expect(said(known({}))).toEqual([lapse, window]);
    expect(whatOf(known({}))).toBe("first day without cover under `c-1`");
  });
  test("with all licenses retired by then, or of none that is recorded", () => {
    expect(said(known({ licenses: [license("l-1", { retiredOn: "2027-01-01" })] }))).toEqual([lapse]);
    expect(said(known({ licenses: [license("l-1", { retiredOn: "2027-01-02" })] }))).toEqual([lapse, window]);
    expect(said(known({ licenses: [] }))).toEqual([lapse, window]);
  });
  test("with another contract that covers the license on the first day without, from then on or for a day", () => {
    const both = (firstDay: string, lastDay: string) =>
      known({ contracts: [contract("c-1", ["l-1"], ending), contract("c-2", ["l-1"], { ...ending, term: { firstDay, lastDay } })] });
    expect(said(both("2026-02-01", "2027-01-31"))).toEqual([lapse]);
    expect(said(both("2026-01-02", "2027-01-01"))).toEqual([lapse]);
    expect(said(both("2026-01-01", "2026-12-31"))).toEqual([lapse, window]);
  });
  test("with another that renews, so that its cover has no end", () => {
    expect(said(known({ contracts: [contract("c-1", ["l-1"], ending), contract("c-2", ["l-1"])] }))).toEqual([lapse]);
  });
  test("without a line", () => {
    expect(said(known({ contracts: [contract("c-1", [], ending)] }))).toEqual([lapse, window]);
  });
  test("one without a line that renews ends in nothing", () => {
    expect(said(sold({ dossier: { contracts: [contract("c-1", [])] } }))).toEqual([]);
  });
  test("where the text brings back no kind more than another, or has no window", () => {
    const subscription = { licenses: [license("l-1", { kind: "subscription" })] };
    expect(said(known(subscription))).toEqual([lapse]);
    expect(said(sold({ policy: seller({ reinstatement: null }), known: ending, dossier: subscription }))).toEqual([lapse, window]);
    expect(said(sold({ policy: seller({ "reinstatement-window": null }), known: ending }))).toEqual([lapse]);
  });
});

describe("lines that end before the contract", () => {
  const licenses = ["l-1", "l-2", "l-3"].map((id) => license(id));
  const with3 = (...own: object[]) =>
    sold({ dossier: { licenses, contracts: [contract("c-1", [], { lines: ["l-1", "l-2", "l-3"].map((id, n) => line(id, own[n])) })] } });

  test("two on one day, while the third goes on: told together, with a window", () => {
    const facts = with3({}, { coveredUntil: "2026-06-30" }, { coveredUntil: "2026-06-30" });
    expect(said(facts)).toEqual(["2026-07-01 lapse/c-1/2026-01-01/2026-06-30", "2027-06-30 reinstatement-window/c-1/2026-01-01/2026-06-30"]);
    expect(whatOf(facts)).toBe("first day without cover of 2 of 3 licenses of `c-1`");
  });
  test("on two days: each for itself", () => {
    expect(said(with3({}, { coveredUntil: "2026-06-30" }, { coveredUntil: "2026-07-31" }))).toEqual([
      "2026-07-01 lapse/c-1/2026-01-01/2026-06-30",
      "2026-08-01 lapse/c-1/2026-01-01/2026-07-31",
      "2027-06-30 reinstatement-window/c-1/2026-01-01/2026-06-30",
      "2027-07-31 reinstatement-window/c-1/2026-01-01/2026-07-31",
    ]);
  });
  test("covered for a single day: it ended; taken off before its first: it ended nothing", () => {
    expect(said(with3({}, {}, { coveredFrom: "2026-06-30", coveredUntil: "2026-06-30" }))).toEqual([
      "2026-07-01 lapse/c-1/2026-01-01/2026-06-30",
      "2027-06-30 reinstatement-window/c-1/2026-01-01/2026-06-30",
    ]);
    expect(
      said(
        sold({
          dossier: {
            licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-08-01" })],
            contracts: [contract("c-1", [], { lines: [line("l-1"), line("l-2", { coveredUntil: "2026-06-30" })] })],
          },
        }),
      ),
    ).toEqual([]);
  });
  test("of a license given up then: nothing is without cover", () => {
    const contracts = [contract("c-1", [], { lines: [line("l-1"), line("l-2", { coveredUntil: "2026-06-30" })] })];
    expect(said(sold({ dossier: { licenses: [license("l-1"), license("l-2", { retiredOn: "2026-07-01" })], contracts } }))).toEqual([]);
  });
});
