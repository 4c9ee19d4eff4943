/** Renewals, notices and reinstatement quotes against a second opinion that walks from day to day and adds exact ratios. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeldContract } from "../../domain/facts.ts";
import { toMinor } from "../../domain/money.ts";
import { ruleNotice } from "../../domain/questions/notice.ts";
import { quoteReinstatement } from "../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../domain/questions/renewal.ts";
import { runs, turningDays } from "./invariants/asking.ts";
import { factsOf, type Portfolio, portfolios } from "./invariants/portfolio.ts";
import { dayOf, textOf } from "./oracle/days.ts";
import { expectedOutlook } from "./oracle/outlook.ts";
import { expectedQuote } from "./oracle/quote.ts";
import { walk } from "./oracle/walk.ts";

/** What the oracle speaks of: perpetual licenses on one contract each, added in the recorded term at the latest; notices from that term on. */
const plain = portfolios({ calm: true, defaultReadings: true, notices: ["non-renewal", "price-increase"] })
  .map((portfolio): Portfolio => {
    const { dossier } = portfolio;
    const placed = new Set<string>();
    const contracts = dossier.contracts.map((contract): HeldContract => {
      const increases = dossier.notices.some(({ kind, contractId }) => kind === "price-increase" && contractId === contract.contractId);
      const lines = contract.lines.flatMap(({ coveredFrom: _, coveredUntil, ...line }) => {
        if (placed.has(line.licenseId)) return [];
        placed.add(line.licenseId);
        const ends = coveredUntil !== undefined && !increases && coveredUntil >= contract.term.firstDay && coveredUntil <= contract.term.lastDay;
        return [ends ? { ...line, coveredUntil } : line];
      });
      return { ...contract, lines };
    });
    const licenses = dossier.licenses.map((license, index) => {
      const contract = contracts.find(({ lines }) => lines.some((line) => line.licenseId === license.licenseId));
      const line = contract?.lines.find(({ licenseId }) => licenseId === license.licenseId);
      // Every third license is an addition, delivered in the middle of the recorded term.
      const added = contract !== undefined && index % 3 === 2 && line?.coveredUntil === undefined;
      return {
        ...license,
        deliveredOn: added ? textOf(Math.floor((2 * dayOf(contract.term.firstDay) + dayOf(contract.term.lastDay)) / 3)) : "2015-01-01",
      };
    });
    const named = new Map(contracts.map(({ contractId, lines }) => [contractId, new Set(lines.map(({ licenseId }) => licenseId))]));
    const notices = dossier.notices.flatMap(({ licenseIds, newFees, ...notice }) => {
      const its = contracts.find(({ contractId }) => contractId === notice.contractId) as HeldContract;
      if (notice.withdrawn || receivedOn(notice) < its.term.firstDay) return [];
      const on = (licenseId: string) => named.get(notice.contractId)?.has(licenseId) === true;
      const [ids, fees] = [licenseIds?.filter(on), newFees?.filter(({ licenseId }) => on(licenseId))];
      if (ids?.length === 0 || fees?.length === 0) return [];
      return [{ ...notice, ...(ids === undefined ? {} : { licenseIds: ids }), ...(fees === undefined ? {} : { newFees: fees }) }];
    });
    const invoices = dossier.invoices.filter(({ contractId }) => contractId !== undefined);
    const kept = contracts.filter(({ lines }) => lines.length > 0);
    return {
      ...portfolio,
      dossier: {
        ...dossier,
        licenses,
        contracts: kept,
        notices: notices.filter(({ contractId }) => kept.some((one) => one.contractId === contractId)),
        invoices,
      },
    };
  })
  .filter(({ dossier }) => dossier.contracts.length > 0);

const receivedOn = ({ receivedOn, receivedAt }: { receivedOn?: string | undefined; receivedAt?: string | undefined }) =>
  receivedOn ?? String(receivedAt).slice(0, 10);
const days = (portfolio: Portfolio, contract: HeldContract) => turningDays(portfolio).filter((day) => day >= contract.term.firstDay);
const minor = (money: { amount: string; currency: string } | null | undefined) => (money == null ? null : toMinor(money));

describe("a second opinion", () => {
  test("agrees on what renews, when, and for how much", () =>
    fc.assert(
      fc.property(plain, fc.nat(), (portfolio, pick) => {
        const facts = factsOf(portfolio);
        for (const contract of portfolio.dossier.contracts) {
          const possible = days(portfolio, contract);
          const day = possible[pick % possible.length];
          if (day === undefined) continue;
          const expected = expectedOutlook(portfolio.dossier, portfolio.catalog, contract.contractId, dayOf(day));
          const seen = outlookRenewal(facts, contract.contractId, { date: day });
          expect([
            day,
            contract.contractId,
            {
              status: seen.status,
              currentTerm: seen.currentTerm,
              lapsedOn: seen.lapsedOn,
              noticeBy: seen.nonRenewal?.lastDayOn ?? null,
              increaseBy: seen.priceIncrease?.lastNoticeOn ?? null,
              currentFee: minor(seen.priceIncrease?.currentFee),
              maximumFee: minor(seen.priceIncrease?.maximumFee),
              renews: seen.next.renews,
              nextTerm: seen.next.term,
              nextFee: minor(seen.next.fee),
              lines: seen.next.lines.map(({ licenseId, term, fee }) => ({ licenseId, ...term, fee: toMinor(fee) })),
              possibleUntil: seen.status === "ended" ? null : (seen.reinstatement?.possibleUntil ?? null),
            },
          ]).toEqual([day, contract.contractId, expected]);
        }
      }),
      { numRuns: runs(1_000) },
    ));

  test("agrees on which notices count", () =>
    fc.assert(
      fc.property(plain, (portfolio) => {
        const facts = factsOf(portfolio);
        const latest = portfolio.dossier.notices.map(receivedOn).sort().at(-1);
        if (latest === undefined) return;
        const { verdicts, lives } = walk(portfolio.dossier, portfolio.catalog, dayOf(latest));
        for (const notice of portfolio.dossier.notices) {
          // What a notice means once nothing renews any more is nobody's question.
          const life = lives.find(({ contract }) => contract.contractId === notice.contractId);
          const named = notice.newFees?.map(({ licenseId }) => licenseId) ?? notice.licenseIds;
          const about = life?.lines.filter(({ licenseId }) => named?.includes(licenseId) ?? true);
          const over = about?.filter(({ last, initialLast }) => last !== null && (last < dayOf(receivedOn(notice)) || last === initialLast)) ?? [];
          if (over.length > 0 && (over.length === about?.length || notice.kind === "price-increase")) continue;
          const { ruling, effectiveOn, maximum } = ruleNotice(facts, notice.contractId, notice, { date: latest });
          const expected = verdicts.get(notice.noticeId);
          expect([notice.noticeId, ruling, effectiveOn, minor(maximum)]).toEqual([
            notice.noticeId,
            expected?.ruling,
            expected?.effectiveOn == null ? null : textOf(expected.effectiveOn),
            expected?.maximum,
          ]);
        }
      }),
      { numRuns: runs(1_000) },
    ));

  test("agrees on every line of a reinstatement quote", () =>
    fc.assert(
      fc.property(plain, fc.nat(), fc.integer({ min: 0, max: 420 }), fc.integer({ min: -3, max: 30 }), (portfolio, pick, after, payAfter) => {
        const facts = factsOf(portfolio);
        for (const contract of portfolio.dossier.contracts) {
          const possible = days(portfolio, contract);
          const day = possible[pick % possible.length];
          if (day === undefined) continue;
          const today = dayOf(day);
          const [reinstate, pay] = [today + after, today + after + payAfter];
          const expected = expectedQuote(portfolio.dossier, portfolio.catalog, contract.contractId, { today, reinstate, pay });
          const seen = quoteReinstatement(
            facts,
            { contractId: contract.contractId, reinstateOn: textOf(reinstate), payOn: textOf(pay) },
            { date: day },
          );
          const lines = seen.lines.map(({ part, licenseId, firstDay, lastDay, amount }) => ({
            part,
            licenseId,
            firstDay,
            lastDay,
            amount: toMinor(amount),
          }));
          expect([day, contract.contractId, { status: seen.status, lines, total: minor(seen.total ?? seen.indicative), payBy: seen.payBy }]).toEqual([
            day,
            contract.contractId,
            { status: expected.status, lines: expected.lines, total: expected.total, payBy: expected.payBy },
          ]);
          if (expected.status === "refused" || expected.status === "undetermined") continue;
          const under = (option: string) => minor(seen.alternatives.find((one) => one.option === option)?.total);
          expect([under("forward"), under("back")]).toEqual([expected.forward, expected.back]);
          const added = contract.lines.some(({ licenseId }) =>
            portfolio.dossier.licenses.some((license) => license.licenseId === licenseId && license.deliveredOn > contract.term.firstDay),
          );
          if (!added) expect(under("as-billed")).toBe(expected.asBilled);
        }
      }),
      { numRuns: runs(1_000) },
    ));
});
