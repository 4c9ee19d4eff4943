/** P5: what parts of a contract's years cost is never negative, adds up to the whole, and does not depend on where it is cut. */
import fc from "fast-check";
import { expect } from "vitest";
import { anchorOf, contractTermOn, followingAnchor } from "../../../domain/contract-terms.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { feeFor } from "../../../domain/line-terms.ts";
import { addDays, addMonths, daysBetween } from "../../../domain/time/calendar-date.ts";
import { daysIn, type Term, termOn } from "../../../domain/time/term.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { portfolios } from "./portfolio.ts";

type Fee = (annual: bigint, part: Term, contract: HeldContract) => bigint;
const fee: Fee = (annual, part, contract) => feeFor(annual, [part], contract);

/** So large that a 366th instead of a 365th of one day shows, whatever is rounded. */
const fees = fc.bigInt({ min: 10n ** 9n, max: 10n ** 13n });
const one = portfolios({ steady: true }).map(({ dossier }) => dossier.contracts[0] as HeldContract);

const addsUp = (ask: Fee) =>
  fc.property(
    one,
    fees,
    fc.integer({ min: -200, max: 900 }),
    fc.nat(900),
    fc.array(fc.nat(900), { maxLength: 4 }),
    (contract, annual, from, length, cuts) => {
      const { term } = contract;
      const firstDay = [addDays(term.lastDay, from), anchorOf(contract)].sort().at(-1) as string;
      const part = { firstDay, lastDay: addDays(firstDay, length) };
      const whole = ask(annual, part, contract);
      expect(whole > 0n).toBe(true);
      // One more cut changes no total, but for the half unit that each piece is rounded by.
      const ends = [...new Set(cuts.map((cut) => cut % (length + 1)).filter((cut) => cut < length))].sort((a, b) => a - b);
      const starts = [0, ...ends.map((end) => end + 1)];
      const pieces = starts.map((start, index) =>
        ask(annual, { firstDay: addDays(firstDay, start), lastDay: addDays(firstDay, ends[index] ?? length) }, contract),
      );
      const sum = pieces.reduce((all, piece) => all + piece, 0n);
      const off = sum > whole ? sum - whole : whole - sum;
      expect(off <= BigInt(pieces.length)).toBe(true);
      for (const piece of pieces) expect(piece > 0n && piece <= whole).toBe(true);
      // Each of the contract's twelve-month periods costs exactly the annual fee, every day of it the same.
      const next = followingAnchor(contract);
      const period = termOn(next, [part.lastDay, addDays(term.lastDay, 1)].sort().at(-1) as string);
      expect(ask(annual, period, contract)).toBe(annual);
      expect(ask(annual, { firstDay: period.firstDay, lastDay: period.firstDay }, contract)).toBe(
        (2n * annual + BigInt(daysIn(period))) / BigInt(2 * daysIn(period)),
      );
    },
  );

invariant(
  "P5: parts are positive, add up, and are measured by the contract's own twelve months",
  addsUp,
  fee,
  {
    "always 365 days": (annual, { firstDay, lastDay }) => (annual * BigInt(daysBetween(firstDay, lastDay) + 1)) / 365n,
    "by the days charged (lago-api#4553)": (annual, part, contract) => {
      const running = contractTermOn(contract, part.firstDay) as Term;
      return part.lastDay <= running.lastDay ? (annual * BigInt(daysIn(part))) / BigInt(daysIn(running)) : fee(annual, part, contract);
    },
    "months of thirty days": (annual, part) => (annual * BigInt(daysIn(part))) / 360n,
    "the last day left out": (annual, { firstDay, lastDay }, contract) => fee(annual, { firstDay, lastDay: addDays(lastDay, -1) }, contract),
    "calendar years": (annual, part, contract) =>
      fee(annual, part, { ...contract, anchorOn: "2000-01-01", term: { firstDay: "2000-01-01", lastDay: "2000-12-31" } }),
    "by the period of the first day alone": (annual, part, contract) => {
      const period = termOn(part.firstDay > contract.term.lastDay ? followingAnchor(contract) : anchorOf(contract), part.firstDay);
      return (2n * annual * BigInt(daysIn(part)) + BigInt(daysIn(period))) / BigInt(2 * daysIn(period));
    },
    "the months begun": (annual, { firstDay, lastDay }) => {
      let months = 0;
      while (addMonths(firstDay, months) <= lastDay) months++;
      return (annual * BigInt(months)) / 12n;
    },
  },
  runs(250),
);
