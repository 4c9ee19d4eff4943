/** P18, P19: an accepted reinstatement covers the days that were paid for and no day twice, and no second one of the same lapse is accepted. */
import fc from "fast-check";
import { describe, expect } from "vitest";
import { coversDay, coversOf } from "../../../domain/cover.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { nonRenewalsOn } from "../../../domain/notice-rulings.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { accept } from "../../../domain/questions/quote-acceptance.ts";
import type { NotAcceptable, Recorded, StoredQuote } from "../../../domain/questions/quote-recorded.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";
import { withRecorded } from "./recorded.ts";

type Accept = (facts: KnownFacts, quote: StoredQuote, paidOn: CalendarDate) => Recorded | NotAcceptable;

/** A contract that was agreed not to renew, or ends by a notice, brought back on a day in the year after its term. */
const lapsed = fc
  .record({
    portfolio: portfolios({ steady: true, notices: ["non-renewal"] }),
    which: fc.nat(2),
    agreed: fc.boolean(),
    aligned: fc.boolean(),
    on: fc.integer({ min: -20, max: 364 }),
    other: fc.integer({ min: 0, max: 364 }),
  })
  .map(({ portfolio, which, agreed, aligned, on, other }) => {
    const { dossier } = portfolio;
    const contracts = dossier.contracts.map((contract, index): HeldContract => {
      if (index !== which % dossier.contracts.length) return contract;
      const readings = { ...contract.settings?.readings, ...(aligned ? { "ebx-reinstated-anchor": "common" } : {}) };
      return { ...contract, settings: { ...contract.settings, readings, ...(agreed ? { autoRenew: false } : {}) } };
    });
    const contract = contracts[which % contracts.length] as HeldContract;
    const facts = factsOf({ ...portfolio, dossier: { ...dossier, contracts } });
    const after = addDays(contract.term.lastDay, 1);
    return { facts, contract, day: contract.term.lastDay, reinstateOn: addDays(after, on), otherOn: addDays(after, other) };
  });

function quoted(facts: KnownFacts, contractId: string, reinstateOn: CalendarDate, day: CalendarDate, id: string): StoredQuote {
  const request = { contractId, reinstateOn };
  return { id, answer: quoteReinstatement(facts, request, { date: day }), request, asOf: { date: day }, day };
}

/** What the new contracts are called is no matter here: dropping one that is there makes room for another. */
const shifted = (recorded: Recorded | NotAcceptable, days: number): Recorded | NotAcceptable =>
  "code" in recorded
    ? recorded
    : {
        ...recorded,
        contracts: recorded.contracts.map(({ contractId, document }) => ({
          contractId,
          document: {
            ...document,
            term: { ...document.term, firstDay: addDays(document.term.firstDay, days) },
            lines: document.lines.map((line) => (line.coveredFrom === undefined ? line : { ...line, coveredFrom: addDays(line.coveredFrom, days) })),
          },
        })),
      };

describe("P19", () => {
  const noDayTwice = (take: Accept) =>
    fc.property(lapsed, ({ facts, contract, day, reinstateOn, otherOn }) => {
      const quote = quoted(facts, contract.contractId, reinstateOn, day, "qt_AAAAAAAAAA");
      const rival = quoted(facts, contract.contractId, otherOn, day, "qt_BBBBBBBBBB");
      if (quote.answer.status !== "offered") return;
      const recorded = take(facts, quote, day);
      if ("code" in recorded) {
        // Only cover elsewhere that begins within the new term stands against a quote that was just made.
        expect(recorded.detail).toContain("is covered under contract");
        return;
      }
      const offer = { quoteId: quote.id, kind: "reinstatement" as const, contractId: contract.contractId, acceptedPaidOn: day };
      const made = withRecorded(facts, recorded);
      const after: KnownFacts = { ...made, dossier: { ...made.dossier, quotes: [{ ...offer, reinstatedAs: recorded.reinstatedAs }] } };
      const { ends } = nonRenewalsOn(after, day);
      for (const { licenseId, firstDay, lastDay } of quote.answer.lines.filter(({ part }) => part === "forward-fees")) {
        const license = after.dossier.licenses.find((one) => one.licenseId === licenseId);
        const covers = coversOf(after, ends, license, licenseId as string);
        const on = (when: CalendarDate) => covers.filter((cover) => coversDay(cover, when)).map((cover) => cover.contract.contractId);
        // Exactly once on the first and the last day of the new term, and on none before that the lapse was paid for.
        expect(on(firstDay as string)).toEqual([expect.stringContaining("AAAAAAAAAA")]);
        expect(on(lastDay as string)).toEqual([expect.stringContaining("AAAAAAAAAA")]);
        const missed = quote.answer.lines.find((line) => line.part === "back-fees" && line.licenseId === licenseId);
        if (missed !== undefined) expect([on(missed.firstDay as string), on(missed.lastDay as string)]).toEqual([[], []]);
      }
      if (rival.answer.status !== "offered") return;
      const shared = rival.answer.lines.some(
        (line) => line.licenseId !== null && quote.answer.lines.some(({ licenseId }) => licenseId === line.licenseId),
      );
      if (shared) expect(take(after, rival, day)).toMatchObject({ code: "quote-overtaken" });
    });

  invariant(
    "P18, P19: after a reinstatement no day is charged twice, and a lapse is brought back once",
    noDayTwice,
    accept,
    {
      "covered from the day before": (facts, quote, paidOn) => shifted(accept(facts, quote, paidOn), -1),
      "covered from the day after": (facts, quote, paidOn) => shifted(accept(facts, quote, paidOn), 1),
      "whatever was recorded since": (facts, quote, paidOn) => {
        const contracts = facts.dossier.contracts.filter(({ contractId }) => !contractId.includes("AAAAAAAAAA"));
        return accept({ ...facts, dossier: { ...facts.dossier, contracts, quotes: [] } }, quote, paidOn);
      },
    },
    runs(150),
  );
});
