/** P4, P5: an additional purchase adds up, its periods follow one another, and once it is accepted the outlook says what was quoted. */
import fc from "fast-check";
import { describe, expect } from "vitest";
import { contractTermOn } from "../../../domain/contract-terms.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { fromMinor, toMinor } from "../../../domain/money.ts";
import { type AdditionalPurchaseRequest, quoteAdditionalPurchase } from "../../../domain/questions/additional-purchase.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import type { QuoteAnswer, QuoteLine } from "../../../domain/questions/quote.ts";
import { accept } from "../../../domain/questions/quote-acceptance.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";
import { withRecorded } from "./recorded.ts";

type Quote = (facts: KnownFacts, request: AdditionalPurchaseRequest, day: CalendarDate) => QuoteAnswer;
const quote: Quote = (facts, request, day) => quoteAdditionalPurchase(facts, request, { date: day });

/** A purchase under one of the contracts, delivered somewhere in one of its terms. */
const bought = fc
  .record({
    portfolio: portfolios({ steady: true, calm: true, defaultReadings: true, notices: [] }),
    which: fc.nat(2),
    fees: fc.array(fc.oneof(fc.constantFrom(1, 99, 33_333, 1_000_000), fc.integer({ min: 0, max: 9_000_000 })), { minLength: 1, maxLength: 3 }),
    after: fc.oneof(fc.constantFrom(0, 1, 58, 59, 364, 365, 366), fc.nat(1_500)),
  })
  .map(({ portfolio, which, fees, after }) => {
    const { contracts } = portfolio.dossier;
    const contract = contracts[which % contracts.length] as HeldContract;
    const deliveredOn = addDays(contract.term.firstDay, after);
    const lines = fees.map((fee, index) => ({
      licenseId: `new-${index + 1}`,
      productId: `p-${(index % 3) + 1}`,
      seats: index + 1,
      annualFee: fromMinor(BigInt(fee), contract.currency),
    }));
    const request: AdditionalPurchaseRequest = { contractId: contract.contractId, deliveredOn, lines };
    return { facts: factsOf(portfolio), contract, request, day: deliveredOn };
  });

const changed = (answer: QuoteAnswer, how: (line: QuoteLine) => Partial<QuoteLine>): QuoteAnswer => ({
  ...answer,
  lines: answer.lines.map((line) => ({ ...line, ...how(line) })),
});
const stubs = (how: (line: QuoteLine) => Partial<QuoteLine>): Quote => {
  return (facts, request, day) => changed(quote(facts, request, day), (line) => (line.part === "stub" ? how(line) : {}));
};
const amountOf = ({ basis }: QuoteLine, days: number, of: number) =>
  fromMinor((2n * toMinor(basis) * BigInt(days) + BigInt(of)) / (2n * BigInt(of)), basis.currency);

describe("P4, P5", () => {
  const addsUp = (ask: Quote) =>
    fc.property(bought, ({ facts, contract, request, day }) => {
      const { lines, total, status, newTerm } = ask(facts, request, day);
      if (status !== "offered") {
        expect(total).toBeNull();
        return;
      }
      expect(toMinor(total as NonNullable<typeof total>)).toBe(lines.reduce((sum, { amount }) => sum + toMinor(amount), 0n));
      for (const { licenseId, annualFee } of request.lines) {
        const [first, second, ...more] = lines.filter((line) => line.licenseId === licenseId) as [QuoteLine, QuoteLine?];
        expect(more).toEqual([]);
        expect([first.part, first.amount, first.firstDay]).toEqual(["initial-period", annualFee, request.deliveredOn]);
        expect({ firstDay: first.firstDay, lastDay: first.lastDay }).toEqual(newTerm);
        // Twelve months, or the common period that begins with the delivery: on a 29 February it may be a day longer.
        expect([0, 1]).toContain(daysBetween(addDays(addMonths(request.deliveredOn, 12), -1), first.lastDay as string));
        if (second === undefined) continue;
        expect(second.firstDay).toBe(addDays(first.lastDay as string, 1));
        const common = contractTermOn(contract, second.firstDay as string);
        expect(second.lastDay).toBe(common?.lastDay);
        expect(second.days).toBe(daysBetween(second.firstDay as string, second.lastDay as string) + 1);
        const whole = daysBetween(common?.firstDay as string, common?.lastDay as string) + 1;
        if (whole <= 366 && whole >= 365) expect(second.amount).toEqual(amountOf(first, second.days as number, whole));
      }
    });

  invariant(
    "P4, P5: totals equal their lines, and a stub is its days of the whole contractual period",
    addsUp,
    quote,
    {
      "a cent more in the total": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return answer.total === null ? answer : { ...answer, total: fromMinor(toMinor(answer.total) + 1n, answer.total.currency) };
      },
      "a stub of 360 days a year": stubs((line) => ({ amount: amountOf(line, line.days ?? 0, 360) })),
      "a stub that begins on the last day of the initial period": stubs(({ firstDay }) => ({ firstDay: addDays(firstDay as string, -1) })),
      "the initial period prorated": (facts, request, day) =>
        changed(quote(facts, request, day), (line) => (line.part === "initial-period" ? { amount: amountOf(line, 300, 365) } : {})),
    },
    runs(150),
  );

  const comesOut = (ask: Quote) =>
    fc.property(bought, ({ facts, contract, request, day }) => {
      const answer = ask(facts, request, day);
      if (answer.status !== "offered") return;
      const recorded = accept(facts, { id: "qt_0123456789", answer, request, asOf: { date: day }, day }, day);
      if ("code" in recorded) throw new Error(`${recorded.code}: ${recorded.detail}`);
      const after = withRecorded(facts, recorded);
      for (const { licenseId, part, firstDay, lastDay, amount } of answer.lines) {
        const its = contractTermOn(contract, firstDay as string);
        // What begins in the contract's next term is what the outlook says of it in the term before.
        if (part !== "stub" || its === null || its.firstDay <= request.deliveredOn) continue;
        const { next } = outlookRenewal(after, contract.contractId, { date: addDays(its.firstDay, -1) });
        expect(next.lines.find((line) => line.licenseId === licenseId)).toEqual({ licenseId, term: { firstDay, lastDay }, fee: amount });
      }
    });

  invariant(
    "an accepted purchase comes out as it was quoted",
    comesOut,
    quote,
    {
      "another stub": stubs((line) => ({ amount: fromMinor(toMinor(line.amount) + 1n, line.amount.currency) })),
      "another period": stubs(({ lastDay }) => ({ lastDay: addDays(lastDay as string, -1) })),
    },
    runs(100),
  );
});
