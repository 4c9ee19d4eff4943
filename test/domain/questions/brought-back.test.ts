/** Support that was brought back counts from the day it was paid (7.3: "subject to payment"), in every answer alike. */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { contract } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, sold } from "./quotable.ts";

/** Lapsed on 2027-01-01, brought back for 2027-03-01; paid on another day. */
const brought = (acceptedPaidOn: string, known: object = {}) => {
  const back = contract("c-back", ["l-1"], { term: { firstDay: "2027-03-01", lastDay: "2028-02-29" }, ...known });
  const quotes: Dossier["quotes"] = [{ quoteId: "qt_1", kind: "reinstatement", contractId: "c-1", acceptedPaidOn, reinstatedAs: ["c-back"] }];
  return sold({ dossier: { contracts: [contract("c-1", ["l-1"], ending), back], quotes } });
};
const late = brought("2027-06-01");
const covered = (facts: ReturnType<typeof brought>, on: string) => {
  const { reasons, contractId, validUntil } = decideEntitlement(facts, entitlementRequest.parse({ kind: "error", licenseId: "l-1" }), asOf(on));
  return { contractId, validUntil, ...reasons.find(({ condition }) => condition === "covered") };
};
const standing = (facts: ReturnType<typeof brought>, on: string) => {
  const { status, contracts } = describeStanding(facts, asOf(on));
  return [status, ...contracts.map((one) => one.status)];
};

describe("paid after the day it was brought back for", () => {
  test("there is no support before that day, and from it there is", () => {
    expect(covered(late, "2027-05-31")).toMatchObject({
      result: "fail",
      finding: "license `l-1` was brought back under contract `c-back` for 2027-03-01 on, but that is paid only on 2027-06-01",
      cure: { says: "pay what was quoted: support is back from that day on" },
      // The day of the payment begins in Zurich two hours ahead of UTC.
      validUntil: "2027-05-31T22:00:00Z",
    });
    expect(covered(late, "2027-06-01")).toMatchObject({
      result: "pass",
      contractId: "c-back",
      finding: "license `l-1` is covered under contract `c-back` since 2027-06-01 and renews by itself",
    });
    expect(covered(late, "2027-02-28")).toMatchObject({
      result: "fail",
      finding:
        "license `l-1` has no cover under contract `c-1` on 2027-02-28: it ended on 2026-12-31, since the parties agreed that the contract does not renew by itself",
    });
  });
  test("standing and outlook say the same", () => {
    expect([standing(late, "2027-05-31"), standing(late, "2027-06-01")]).toEqual([
      ["lapsed", "lapsed", "not-started"],
      ["current", "lapsed", "current"],
    ]);
    const before = outlookRenewal(late, "c-back", asOf("2027-05-31"));
    expect(before).toMatchObject({ status: "not-started", currentTerm: null, lapsedOn: null });
    expect(before.reasons[0].finding).toBe(
      "support under the contract was brought back for 2027-03-01 on; that is paid on 2027-06-01, and support is back from then on",
    );
  });
  test("the terms are those that were quoted and paid: the payment moves nothing and no day is charged twice", () => {
    const after = outlookRenewal(late, "c-back", asOf("2027-06-01"));
    expect(after).toMatchObject({
      status: "current",
      currentTerm: { firstDay: "2027-03-01", lastDay: "2028-02-29" },
      next: { term: { firstDay: "2028-03-01", lastDay: "2029-02-28" }, lines: [{ term: { firstDay: "2028-03-01", lastDay: "2029-02-28" } }] },
    });
    // Neither before nor after the payment can the same days be quoted once more.
    for (const on of ["2027-05-31", "2027-06-01"])
      expect(quoteReinstatement(late, { contractId: "c-1", reinstateOn: "2027-04-15" }, asOf(on)).reasons[0].finding).toContain(
        "is paid for under contract `c-back`",
      );
  });
  test("past the end of its own term nothing is left of it", () => {
    const over = brought("2028-03-01", ending);
    expect([covered(over, "2028-02-29").result, covered(over, "2028-03-01").result]).toEqual(["fail", "fail"]);
    expect(standing(over, "2028-02-29")).toEqual(["ended", "ended", "not-started"]);
  });
});

test("paid on the day, or before it, it is back on the day it was brought back for", () => {
  for (const paidOn of ["2027-03-01", "2026-12-01"]) {
    const facts = brought(paidOn);
    expect([covered(facts, "2027-02-28").result, covered(facts, "2027-03-01").result]).toEqual(["fail", "pass"]);
    expect(covered(facts, "2027-03-01").finding).toContain("since 2027-03-01");
  }
});

test("a quote that assumes a later payment says what becomes of the days between", () => {
  const facts = sold({ known: ending });
  const paying = (payOn: string) =>
    quoteReinstatement(facts, { contractId: "c-1", reinstateOn: "2027-03-01", payOn }, asOf("2027-01-15")).reasons.filter(
      ({ condition }) => condition === "reinstatement",
    );
  expect(paying("2027-03-01")).toEqual([]);
  expect(paying("2027-03-02")).toMatchObject([
    {
      clause: "7.3(a)",
      finding:
        "paid on 2027-03-02, support is back on that day: the days from 2027-03-01 on are in the new term and charged in it once, but without support until then",
    },
  ]);
});
