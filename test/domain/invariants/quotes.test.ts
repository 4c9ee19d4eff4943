/** P4, P18, P19: a quote adds up and can be recomputed from its lines, binds only inside the window, never falls with a longer lapse, and charges no day twice. */
import fc from "fast-check";
import { describe, expect } from "vitest";
import { coversDay, coversOf } from "../../../domain/cover.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { fromMinor, toMinor } from "../../../domain/money.ts";
import { nonRenewalsOn } from "../../../domain/notice-rulings.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import type { QuoteAnswer } from "../../../domain/questions/quote.ts";
import { quoteReinstatement, type ReinstatementRequest } from "../../../domain/questions/reinstatement.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { runs, turningDays } from "./asking.ts";
import { factsOf, type Portfolio, portfolios } from "./portfolio.ts";

type Quote = (facts: KnownFacts, request: ReinstatementRequest, day: CalendarDate) => QuoteAnswer;
const quote: Quote = (facts, request, day) => quoteReinstatement(facts, request, { date: day });

/** A contract of which something ends: agreed not to renew, noticed, or with lines of their own last day. */
const ending = fc
  .record({
    portfolio: portfolios({ notices: ["non-renewal", "price-increase"] }),
    which: fc.nat(2),
    agreed: fc.boolean(),
    pick: fc.nat(),
    later: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ portfolio, which, agreed, pick, later }) => {
    const contracts = portfolio.dossier.contracts.map((contract, index) =>
      agreed && index === which % portfolio.dossier.contracts.length
        ? { ...contract, settings: { ...contract.settings, autoRenew: false } }
        : contract,
    );
    const changed: Portfolio = { ...portfolio, dossier: { ...portfolio.dossier, contracts } };
    const contract = contracts[which % contracts.length] as HeldContract;
    const days = [
      contract.term.lastDay,
      addDays(contract.term.lastDay, 1),
      addMonths(addDays(contract.term.lastDay, 1), 12),
      ...turningDays(changed, 14),
    ];
    return { portfolio: changed, contract, reinstateOn: addDays(days[pick % days.length] as CalendarDate, later % 3 === 0 ? later : 0) };
  });

const minor = ({ total, indicative }: QuoteAnswer) => {
  const money = total ?? indicative;
  return money === null ? null : toMinor(money);
};

describe("P4, P18", () => {
  const recomputes = (ask: Quote) =>
    fc.property(ending, fc.integer({ min: -5, max: 30 }), ({ portfolio, contract, reinstateOn }, payAfter) => {
      const facts = factsOf(portfolio);
      const request = { contractId: contract.contractId, reinstateOn, payOn: addDays(reinstateOn, payAfter) };
      const answer = ask(facts, request, portfolio.focus);
      const total = minor(answer);
      expect(total === null).toBe(answer.lines.length === 0);
      expect(answer.total !== null && answer.indicative !== null).toBe(false);
      if (total === null) {
        expect(["refused", "undetermined"]).toContain(answer.status);
        return;
      }
      expect(answer.lines.reduce((sum, { amount }) => sum + toMinor(amount), 0n)).toBe(total);
      for (const { basis, amount } of answer.lines) expect([basis.currency, amount.currency]).toEqual([contract.currency, contract.currency]);
      const of = (part: string) => answer.lines.filter((line) => line.part === part);
      const sum = (part: string) => of(part).reduce((all, { amount }) => all + toMinor(amount), 0n);
      const chosen = new Map(answer.readings.map(({ id, chosen }) => [id, chosen]));
      for (const { basis, amount, days, firstDay, lastDay } of of("back-fees")) {
        // Days paid under another contract lie between the first and the last, and are not counted.
        expect(daysBetween(firstDay as string, lastDay as string) + 1).toBeGreaterThanOrEqual(days as number);
        if (chosen.get("ebx-back-fees") !== "daily") continue;
        // A day is between a 366th and a 365th of the year's fee; the line was rounded once.
        const [low, high] = [366n, 365n].map((of) => (toMinor(basis) * BigInt(days ?? 0)) / of) as [bigint, bigint];
        expect(toMinor(amount) >= low && toMinor(amount) <= high + 1n).toBe(true);
      }
      for (const { basis, amount } of of("forward-fees")) expect(amount).toEqual(basis);
      for (const { basis, amount, rate } of of("reinstatement-fee")) {
        expect(rate).toBe("0.25");
        expect(toMinor(amount)).toBe((toMinor(basis) * 2n + 4n) / 8n);
        const base = { "back-and-forward": sum("back-fees") + sum("forward-fees"), forward: sum("forward-fees"), back: sum("back-fees") }[
          chosen.get("ebx-fee-base") ?? ""
        ];
        if (base !== undefined) expect(toMinor(basis)).toBe(base);
      }
      // Each alternative is the total of the quote under that option.
      for (const { reading, option, total: other } of answer.alternatives) {
        const settings = { ...contract.settings, readings: { ...contract.settings?.readings, [reading]: option } };
        const contracts = facts.dossier.contracts.map((one) => (one.contractId === contract.contractId ? { ...one, settings } : one));
        const asked = minor(ask({ ...facts, dossier: { ...facts.dossier, contracts } }, request, portfolio.focus));
        if (other !== null && asked !== null) expect(asked).toBe(toMinor(other));
      }
    });

  const withFee = (answer: QuoteAnswer, how: (fee: bigint, basis: bigint) => bigint): QuoteAnswer => {
    const lines = answer.lines.map((line) =>
      line.part === "reinstatement-fee" ? { ...line, amount: fromMinor(how(toMinor(line.amount), toMinor(line.basis)), line.amount.currency) } : line,
    );
    const total = lines.reduce((sum, { amount }) => sum + toMinor(amount), 0n);
    const money = lines[0] === undefined ? null : fromMinor(total, lines[0].amount.currency);
    return { ...answer, lines, total: answer.total && money, indicative: answer.indicative && money };
  };
  invariant(
    "P4, P18: a quote adds up and can be recomputed from its lines",
    recomputes,
    quote,
    {
      "a cent more in the total": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return answer.total === null ? answer : { ...answer, total: fromMinor(toMinor(answer.total) + 1n, answer.total.currency) };
      },
      "the fee rounded down": (facts, request, day) => withFee(quote(facts, request, day), (_fee, basis) => basis / 4n),
      "three days too many in the lapse": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return { ...answer, lines: answer.lines.map((line) => (line.part === "back-fees" ? { ...line, days: (line.days as number) + 3 } : line)) };
      },
      "an alternative that is the total itself": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return { ...answer, alternatives: answer.alternatives.map((one) => ({ ...one, total: answer.total ?? answer.indicative })) };
      },
    },
    runs(150),
  );
});

describe("P18", () => {
  const insideOnly = (ask: Quote) =>
    fc.property(
      ending,
      fc.constantFrom(-1, 0, 1, 40),
      fc.constantFrom(-400, -1, 0, 1, 400),
      ({ portfolio, contract, reinstateOn }, payAfter, asked) => {
        const facts = factsOf(portfolio);
        const day = addDays(portfolio.focus, asked);
        const payOn = addDays(reinstateOn, payAfter);
        const answer = ask(facts, { contractId: contract.contractId, reinstateOn, payOn }, day);
        if (answer.lines.length === 0) return;
        const { ends } = nonRenewalsOn(facts, day);
        const lapses = answer.lines.flatMap(({ part, licenseId }) => {
          if (part !== "forward-fees" || licenseId === null) return [];
          const cover = coversOf(
            facts,
            ends,
            facts.dossier.licenses.find((one) => one.licenseId === licenseId),
            licenseId,
          ).find((one) => one.contract.contractId === contract.contractId);
          return [addDays(cover?.lastDay as string, 1)];
        });
        const lastInside = addDays(addMonths(lapses.sort()[0] as string, 12), -1);
        const inside = reinstateOn <= lastInside && payOn <= lastInside;
        expect(answer.status).toBe(inside ? (day > lastInside ? "expired" : "offered") : "discretion");
        expect(answer.total !== null).toBe(inside);
        if (inside) expect(answer.payBy).toBe(lastInside);
      },
    );

  invariant(
    "P18: a quote binds only inside the window, its last day included",
    insideOnly,
    quote,
    {
      "the payment may come later": (facts, request, day) => quote(facts, { ...request, payOn: request.reinstateOn }, day),
      "a day after the last is still inside": (facts, request, day) => {
        const answer = quote(facts, request, day);
        const before = quote(
          facts,
          { ...request, reinstateOn: addDays(request.reinstateOn, -1), payOn: addDays(request.payOn ?? request.reinstateOn, -1) },
          day,
        );
        return answer.status === "discretion" && before.status === "offered" ? { ...answer, status: "offered", total: answer.indicative } : answer;
      },
      "365 days instead of twelve months": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return answer.payBy === null
          ? answer
          : {
              ...answer,
              payBy: addDays(answer.lines.find(({ part }) => part === "back-fees")?.firstDay ?? answer.payBy, answer.payBy === "" ? 0 : 364),
            };
      },
    },
    runs(150),
  );

  const neverFalls = (ask: Quote) =>
    fc.property(ending, fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 }), ({ portfolio, contract, reinstateOn }, steps) => {
      // The same price list throughout, and nothing that comes or goes meanwhile.
      const priceLists = portfolio.catalog.priceLists.slice(0, 1).map((list) => ({ ...list, effectiveFrom: "2000-01-01" }));
      const licenses = portfolio.dossier.licenses.map(({ retiredOn: _, ...license }) => license);
      const contracts = portfolio.dossier.contracts.map((one) =>
        one.settings?.readings?.["ebx-fee-base"] === "all-applicable" ? { ...one, settings: {} } : one,
      );
      const facts = factsOf({ catalog: { ...portfolio.catalog, priceLists }, dossier: { ...portfolio.dossier, licenses, contracts } });
      let before: QuoteAnswer | null = null;
      let day = reinstateOn;
      for (const step of [0, ...steps]) {
        day = addDays(day, step);
        const answer = ask(facts, { contractId: contract.contractId, reinstateOn: day }, portfolio.focus);
        const names = ({ lines }: QuoteAnswer) => lines.filter(({ part }) => part === "forward-fees").map(({ licenseId }) => licenseId);
        if (before !== null && minor(before) !== null && minor(answer) !== null && JSON.stringify(names(before)) === JSON.stringify(names(answer))) {
          expect((minor(answer) as bigint) >= (minor(before) as bigint)).toBe(true);
        }
        before = answer;
      }
    });

  invariant(
    "P18: a longer lapse never costs less",
    neverFalls,
    quote,
    {
      "nothing for the lapse once it is outside the window": (facts, request, day) => {
        const answer = quote(facts, request, day);
        if (answer.indicative === null) return answer;
        const forward = answer.lines.filter(({ part }) => part === "forward-fees").reduce((sum, { amount }) => sum + toMinor(amount), 0n);
        return { ...answer, indicative: fromMinor(forward, answer.indicative.currency) };
      },
      "only the months begun in the running year": (facts, request, day) => {
        const answer = quote(facts, request, day);
        const money = answer.total ?? answer.indicative;
        const other = money && fromMinor(toMinor(money) + BigInt(12 - Number(request.reinstateOn.slice(5, 7))) * 100_000n, money.currency);
        return answer.total === null ? { ...answer, indicative: other } : { ...answer, total: other };
      },
    },
    runs(150),
  );
});

describe("P19", () => {
  const noDayTwice = (ask: Quote) =>
    fc.property(ending, ({ portfolio, contract, reinstateOn }) => {
      const facts = factsOf(portfolio);
      const answer = ask(facts, { contractId: contract.contractId, reinstateOn }, portfolio.focus);
      const { ends } = nonRenewalsOn(facts, portfolio.focus);
      for (const { licenseId, firstDay: newFirst, lastDay: newLast } of answer.lines.filter(({ part }) => part === "forward-fees")) {
        if (licenseId === null || newFirst === null) throw new Error("a new term is of a license and has days");
        const license = facts.dossier.licenses.find((one) => one.licenseId === licenseId);
        const covers = coversOf(facts, ends, license, licenseId);
        const own = covers.find((one) => one.contract.contractId === contract.contractId);
        const others = covers.filter((one) => one !== own);
        const back = answer.lines.filter((line) => line.part === "back-fees" && line.licenseId === licenseId);
        expect(back.length).toBeLessThanOrEqual(1);
        // The cover that was paid, the lapse and the new term follow one another: no day twice, and none left out.
        const lapsedOn = addDays(own?.lastDay as string, 1);
        expect(newFirst).toBe(reinstateOn < lapsedOn ? lapsedOn : reinstateOn);
        const unpaid: CalendarDate[] = [];
        for (let day = lapsedOn; day < newFirst; day = addDays(day, 1)) if (!others.some((cover) => coversDay(cover, day))) unpaid.push(day);
        const [missed] = back;
        expect([missed?.firstDay, missed?.lastDay, missed?.days ?? 0]).toEqual([unpaid[0], unpaid.at(-1), unpaid.length]);
        expect(newLast).toBe(addDays(addMonths(newFirst, 12), -1));
      }
    });

  invariant(
    "P19: the cover paid, the lapse and the new term follow one another, without a day twice or left out",
    noDayTwice,
    quote,
    {
      "the day of reinstatement in both": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return {
          ...answer,
          lines: answer.lines.map((line) => (line.part === "back-fees" ? { ...line, lastDay: addDays(line.lastDay as string, 1) } : line)),
        };
      },
      "the new term from the day asked, though cover still runs": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return { ...answer, lines: answer.lines.map((line) => (line.part === "forward-fees" ? { ...line, firstDay: request.reinstateOn } : line)) };
      },
      "days paid under another contract once more": (facts, request, day) => {
        const contracts = facts.dossier.contracts.map((contract) =>
          contract.contractId === request.contractId ? contract : { ...contract, lines: [] },
        );
        return quote({ ...facts, dossier: { ...facts.dossier, contracts } }, request, day);
      },
      "the lapse from its last covered day": (facts, request, day) => {
        const answer = quote(facts, request, day);
        return {
          ...answer,
          lines: answer.lines.map((line) => (line.part === "back-fees" ? { ...line, firstDay: addDays(line.firstDay as string, -1) } : line)),
        };
      },
    },
    runs(150),
  );
});
