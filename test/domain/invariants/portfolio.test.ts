/** The made-up portfolios are ones that the service would have accepted, and they reach the states that the invariants speak of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../../domain/contradictions.ts";
import { contract, invoice, license, notice, priceList } from "../../../domain/facts.ts";
import { askAll, requests, runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

describe("made-up portfolios", () => {
  test("contradict neither the schemas nor themselves", () =>
    fc.assert(
      fc.property(portfolios(), ({ dossier, catalog }) => {
        const beside = factsOf({ dossier, catalog });
        for (const { licenseId, ...document } of dossier.licenses) {
          license.parse(document);
          expect(contradictionsOf(`licenses/${licenseId}`, document, beside)).toEqual([]);
        }
        for (const { contractId, ...document } of dossier.contracts) {
          contract.parse(document);
          expect(contradictionsOf(`contracts/${contractId}`, document, beside)).toEqual([]);
        }
        for (const { invoiceId, ...document } of dossier.invoices) {
          invoice.parse(document);
          expect(contradictionsOf(`invoices/${invoiceId}`, document, beside)).toEqual([]);
        }
        for (const { noticeId, contractId, withdrawn: _, ...document } of dossier.notices) {
          notice.parse(document);
          expect(contradictionsOf(`notices/${noticeId}`, { contractId, ...document }, beside)).toEqual([]);
        }
        for (const { priceListId, ...document } of catalog.priceLists) {
          priceList.parse(document);
          expect(contradictionsOf(`price-lists/${priceListId}`, document, beside)).toEqual([]);
        }
      }),
      { numRuns: runs(100) },
    ));

  test("reach every outcome, status, ruling and status of a quote", () => {
    const seen = new Set<string>();
    for (const [portfolio, request] of fc.sample(fc.tuple(portfolios(), requests), { numRuns: 400, seed: 1 })) {
      const answers = askAll(factsOf(portfolio), request, { date: portfolio.focus });
      seen.add(answers.decision.outcome);
      for (const { status } of answers.standing.contracts) seen.add(status);
      for (const { ruling } of answers.rulings) seen.add(ruling);
      for (const { status } of answers.quotes) seen.add(status);
    }
    const outcomes = ["entitled", "not-entitled", "discretion", "undetermined", "redirected"];
    const statuses = ["not-started", "current", "past-due", "notice-given", "lapsed", "ended"];
    const rulings = ["valid", "late", "partial", "wrong-form", "over-cap"];
    expect([...outcomes, ...statuses, ...rulings, "offered", "refused"].filter((one) => !seen.has(one))).toEqual([]);
  });
});
