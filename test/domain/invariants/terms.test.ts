/** P2: the terms that a contract is seen to run through tile, from its anchor, whatever term was recorded. */
import fc from "fast-check";
import { expect } from "vitest";
import { contractTermOn, followingAnchor } from "../../../domain/contract-terms.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { type Term, termOn } from "../../../domain/time/term.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

type RunningTerm = (facts: KnownFacts, contract: HeldContract, day: CalendarDate) => Term | null;

const asSeen: RunningTerm = (facts, { contractId }, day) => outlookRenewal(facts, contractId, { date: day }).currentTerm;

/** Contracts that go on renewing: nothing ends a term but its own last day. */
const renewing = portfolios({ steady: true, notices: [] }).map((portfolio) => {
  const contracts = portfolio.dossier.contracts.map(({ settings: _, ...contract }) => contract);
  return { ...portfolio, dossier: { ...portfolio.dossier, contracts } };
});

const daysInMonth = (date: CalendarDate) => Number(addDays(addMonths(`${date.slice(0, 8)}01`, 1), -1).slice(8));

const tile = (running: RunningTerm) =>
  fc.property(renewing, fc.array(fc.nat(2_400), { minLength: 1, maxLength: 5 }), (portfolio, offsets) => {
    const facts = factsOf(portfolio);
    for (const contract of facts.dossier.contracts) {
      const { term, anchorOn = term.firstDay } = contract;
      expect(running(facts, contract, term.firstDay)).toEqual(term);
      expect(running(facts, contract, addDays(anchorOn, -1))).toBeNull();
      for (const offset of offsets) {
        const day = addDays(anchorOn, offset);
        const its = running(facts, contract, day) as Term;
        // Each day is in its own term, first and last day included.
        expect(its.firstDay <= day && day <= its.lastDay).toBe(true);
        expect(running(facts, contract, its.firstDay)).toEqual(its);
        expect(running(facts, contract, its.lastDay)).toEqual(its);
        // No gap and no overlap.
        const next = running(facts, contract, addDays(its.lastDay, 1)) as Term;
        expect(next.firstDay).toBe(addDays(its.lastDay, 1));
        // No drift: counted from the anchor, or from the day after a recorded term that ended off its beat.
        if (next.firstDay <= term.lastDay) continue;
        const onBeat = addMonths(anchorOn, 12 * Math.round(monthsBetween(anchorOn, addDays(term.lastDay, 1)) / 12)) === addDays(term.lastDay, 1);
        const anchor = onBeat ? anchorOn : addDays(term.lastDay, 1);
        expect(next.firstDay.slice(5, 7)).toBe(anchor.slice(5, 7));
        expect(Number(next.firstDay.slice(8))).toBe(Math.min(Number(anchor.slice(8)), daysInMonth(next.firstDay)));
      }
    }
  });

const monthsBetween = (a: CalendarDate, b: CalendarDate) =>
  (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));

invariant(
  "P2: terms tile from the anchor, over recorded stubs and long first terms too",
  tile,
  asSeen,
  {
    "each term counted from the one before it (killbill#127)": (facts, contract, day) => {
      let term = contract.term as Term;
      if (day < term.firstDay) return asSeen(facts, contract, day);
      while (term.lastDay < day) {
        const firstDay = addDays(term.lastDay, 1);
        term = { firstDay, lastDay: addDays(addMonths(firstDay, 12), -1) };
      }
      return term;
    },
    "the recorded term left out (glpi#17725)": (_facts, { term, anchorOn = term.firstDay }, day) => (day < anchorOn ? null : termOn(anchorOn, day)),
    "always the anchor, even after a stub": (facts, contract, day) =>
      day <= contract.term.lastDay ? asSeen(facts, contract, day) : termOn(contract.anchorOn ?? contract.term.firstDay, day),
    "a last day that is also the next first day": (facts, contract, day) => {
      const term = asSeen(facts, contract, day);
      return term && { ...term, lastDay: addDays(term.lastDay, 1) };
    },
    "never before the recorded term": (_facts, contract, day) => (day < contract.term.firstDay ? null : contractTermOn(contract, day)),
    "the day after the recorded term is always the new anchor": (facts, contract, day) =>
      day <= contract.term.lastDay ? asSeen(facts, contract, day) : termOn(followingAnchor({ ...contract, anchorOn: contract.term.firstDay }), day),
  },
  runs(150),
);
