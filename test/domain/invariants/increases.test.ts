/** P1, P6: a fee rises only at a renewal, only where the increase was announced 60 days ahead, and never by more than the cap, over any number of terms. */
import fc from "fast-check";
import { expect } from "vitest";
import { contractTermOn } from "../../../domain/contract-terms.ts";
import type { HeldContract, HeldLicense, RecordedNotice } from "../../../domain/facts.ts";
import { fromMinor, toMinor } from "../../../domain/money.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { outlookRenewal, type RenewalAnswer } from "../../../domain/questions/renewal.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { factsOf, type Portfolio, portfolios } from "./portfolio.ts";

type Outlook = (facts: KnownFacts, contractId: string, day: CalendarDate) => RenewalAnswer;
const outlook: Outlook = (facts, contractId, day) => outlookRenewal(facts, contractId, { date: day });

const dayOf = ({ receivedOn, receivedAt }: RecordedNotice): CalendarDate => receivedOn ?? String(receivedAt).slice(0, 10);

/** A renewing contract with nothing but increases, now and then several in one term: of some lines or of all, each near the cap in total. */
const announced = fc
  .record({
    portfolio: portfolios({ steady: true, calm: true, defaultReadings: true, notices: [] }),
    fees: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 4 }),
    increases: fc.array(
      fc.record({
        term: fc.nat(2),
        before: fc.oneof(fc.constantFrom(59, 60, 61), fc.nat(364)),
        named: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        /** In basis points of the total of the lines named, and how many units off. */
        total: fc.constantFrom(10_500, 10_500, 10_500, 10_250, 10_000, 9_000),
        off: fc.constantFrom(-1, 0, 0, 0, 1),
        heavier: fc.nat(3),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ portfolio, fees, increases }): Portfolio => {
    const { settings: _, ...contract } = portfolio.dossier.contracts[0] as HeldContract;
    const { currency } = contract;
    const lines = fees.map((fee, index) => ({ licenseId: `l-${index + 1}`, annualFee: fromMinor(BigInt(fee), currency) }));
    const licenses = lines.map(
      ({ licenseId }): HeldLicense => ({ licenseId, productId: "p-1", kind: "perpetual", seats: 1, deliveredOn: "2015-01-01" }),
    );
    const notices = increases.map(({ term, before, named, total, off, heavier }, index): RecordedNotice => {
      const its = lines.filter((_line, which) => named[which]).length > 0 ? lines.filter((_line, which) => named[which]) : lines;
      const running = its.reduce((sum, { annualFee }) => sum + toMinor(annualFee), 0n);
      let rise = (running * BigInt(total)) / 10_000n + BigInt(off) - running;
      // One of the lines bears the whole change, as far as it can.
      const newFees = its.map(({ licenseId, annualFee }, which) => {
        const fee = toMinor(annualFee);
        if (which !== heavier % its.length) return { licenseId, annualFee };
        rise = fee + rise < 0n ? -fee : rise;
        return { licenseId, annualFee: fromMinor(fee + rise, currency) };
      });
      let lastDay = contract.term.lastDay;
      for (let n = 0; n < term; n++) lastDay = (contractTermOn(contract, addDays(lastDay, 1)) as { lastDay: string }).lastDay;
      return {
        noticeId: `n-${index + 1}`,
        contractId: contract.contractId,
        kind: "price-increase",
        form: "email",
        receivedOn: addDays(lastDay, -before),
        newFees,
      };
    });
    return { ...portfolio, dossier: { ...portfolio.dossier, licenses, contracts: [{ ...contract, lines }], notices } };
  });

const risesWithinCap = (ask: Outlook) =>
  fc.property(announced, (portfolio) => {
    const facts = factsOf(portfolio);
    for (const contract of facts.dossier.contracts) {
      const { contractId } = contract;
      let { firstDay } = contract.term;
      let first: bigint | null = null;
      for (let n = 0; n < 5; n++) {
        const begins = ask(facts, contractId, firstDay);
        const term = begins.currentTerm as { firstDay: string; lastDay: string };
        const fee = toMinor(begins.priceIncrease?.currentFee as { amount: string; currency: string });
        first ??= fee;
        const most = (fee * 105n) / 100n;
        expect(toMinor(begins.priceIncrease?.maximumFee as { amount: string; currency: string })).toBe(most);
        expect(fee * 20n ** BigInt(n) <= first * 21n ** BigInt(n)).toBe(true);
        // Within the term nothing moves it.
        const ends = ask(facts, contractId, term.lastDay);
        expect(ends.priceIncrease?.currentFee).toEqual(begins.priceIncrease?.currentFee);
        // The next fee is what the last day said that it would be.
        const next = ask(facts, contractId, addDays(term.lastDay, 1));
        expect(next.priceIncrease?.currentFee).toEqual(ends.next.fee);
        const renewed = toMinor(ends.next.fee as { amount: string; currency: string });
        expect(renewed <= most).toBe(true);
        const inTime = facts.dossier.notices.some(
          (notice) => notice.contractId === contractId && !notice.withdrawn && dayOf(notice) <= addDays(term.lastDay, -60),
        );
        if (renewed > fee) expect(inTime).toBe(true);
        firstDay = addDays(term.lastDay, 1);
      }
    }
  });

invariant(
  "P1, P6: a fee rises at most once a term, with its beginning, announced in time and within the cap",
  risesWithinCap,
  outlook,
  {
    "the cap rounded half up (333.33 → 350.00)": (facts, contractId, day) => {
      const seen = outlook(facts, contractId, day);
      if (seen.priceIncrease === null) return seen;
      const { currentFee } = seen.priceIncrease;
      const maximumFee = fromMinor((toMinor(currentFee) * 105n + 50n) / 100n, currentFee.currency);
      return { ...seen, priceIncrease: { ...seen.priceIncrease, maximumFee } };
    },
    "an increase over the cap takes effect": (facts, contractId, day) => {
      const notices = facts.dossier.notices.filter((notice) => notice.contractId === contractId && !notice.withdrawn && dayOf(notice) <= day);
      const over = notices.flatMap(({ newFees }) => newFees ?? []).at(-1);
      const seen = outlook(facts, contractId, day);
      return over === undefined || seen.next.fee === null || seen.next.lines.length !== 1
        ? seen
        : { ...seen, next: { ...seen.next, fee: over.annualFee } };
    },
    "each line keeps the last fee announced for it": (facts, contractId, day) => {
      const seen = outlook(facts, contractId, day);
      const fees = new Map(seen.next.lines.map(({ licenseId, fee }) => [licenseId, toMinor(fee)]));
      for (const notice of facts.dossier.notices) {
        const { effectiveOn } = ruleNotice(facts, contractId, notice, { date: day });
        if (dayOf(notice) > day || effectiveOn !== seen.next.term?.firstDay) continue;
        for (const { licenseId, annualFee } of notice.newFees ?? []) fees.set(licenseId, toMinor(annualFee));
      }
      const total = [...fees.values()].reduce((sum, fee) => sum + fee, 0n);
      return seen.next.fee === null ? seen : { ...seen, next: { ...seen.next, fee: fromMinor(total, seen.next.fee.currency) } };
    },
    "the new fee at once": (facts, contractId, day) => {
      const seen = outlook(facts, contractId, day);
      return seen.priceIncrease === null || seen.next.fee === null
        ? seen
        : { ...seen, priceIncrease: { ...seen.priceIncrease, currentFee: seen.next.fee } };
    },
  },
  runs(150),
);
