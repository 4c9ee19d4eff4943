/** Deadlines say what the renewal outlook says, once each, and say the same on every day from which they are in reach. */
import fc from "fast-check";
import { expect } from "vitest";
import { contractTermOn } from "../../../domain/contract-terms.ts";
import type { RecordedNotice } from "../../../domain/facts.ts";
import { type AccountDeadline, deadlinesOf } from "../../../domain/questions/deadlines.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { Term } from "../../../domain/time/term.ts";
import { invariant } from "../property.ts";
import { runs, turningDays } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

type List = (facts: KnownFacts, day: CalendarDate) => AccountDeadline[];
const list: List = (facts, day) => deadlinesOf(facts, { date: day });

/** A list with every deadline of a kind changed. */
const changed =
  (kind: AccountDeadline["kind"], change: (one: AccountDeadline) => AccountDeadline[]): List =>
  (facts, day) =>
    list(facts, day).flatMap((one) => (one.kind === kind ? change(one) : [one]));

const asTheOutlookSays = (ask: List) =>
  fc.property(portfolios(), fc.nat(), (portfolio, pick) => {
    const facts = factsOf(portfolio);
    const days = turningDays(portfolio);
    const day = days[pick % days.length] as CalendarDate;
    const all = ask(facts, day);
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    for (const { on } of all) expect(on >= addMonths(day, -12) && on <= addMonths(day, 36)).toBe(true);
    const { notices, contracts } = facts.dossier;
    // Instants of receipt lie in the hours in which it is the same day in Zurich.
    const isIn = ({ receivedOn, receivedAt = "" }: RecordedNotice) => (receivedOn ?? receivedAt.slice(0, 10)) <= day;
    const received = { ...facts, dossier: { ...facts.dossier, notices: notices.filter(isIn) } };
    for (const contract of contracts) {
      const { contractId } = contract;
      const mine = all.filter((one) => one.contractId === contractId);
      const of = (kind: string, on: CalendarDate) => mine.filter((one) => one.kind === kind && one.on === on);
      const { lapsedOn, reinstatement } = outlookRenewal(facts, contractId, { date: day });
      if (lapsedOn !== null && lapsedOn >= addMonths(day, -12)) expect(of("lapse", lapsedOn)).toHaveLength(1);

      const running = contractTermOn(contract, day < contract.term.firstDay ? contract.term.firstDay : day) as Term;
      const { nonRenewal, priceIncrease, next } = outlookRenewal(received, contractId, { date: running.lastDay });
      if (next.renews !== true) expect(mine.filter((one) => one.kind === "renewal" && one.on > running.lastDay)).toEqual([]);
      else if (nonRenewal !== null && priceIncrease !== null && next.term !== null && running.lastDay < addMonths(day, 36)) {
        expect(of("renewal", next.term.firstDay)).toMatchObject([{ clause: "7.2", term: next.term }]);
        const { lastDayOn, safeOn } = nonRenewal;
        if (lastDayOn >= addMonths(day, -12)) expect(of("non-renewal-window", lastDayOn)).toMatchObject([{ safeOn, clause: "7.2", term: running }]);
        if (priceIncrease.lastNoticeOn >= addMonths(day, -12))
          expect(of("price-notice-window", priceIncrease.lastNoticeOn)).toMatchObject([{ safeOn: priceIncrease.safeOn, clause: "7.6" }]);
      }
      // All comes back together while the first window of its lines is open.
      const windows = mine.filter((one) => one.kind === "reinstatement-window").map(({ on }) => on);
      if (reinstatement !== null && windows.length > 0 && reinstatement.possibleUntil >= addMonths(day, -12))
        expect([...windows].sort()[0]).toBe(reinstatement.possibleUntil);
    }
  });

invariant(
  "deadlines are those of the renewal outlook, each once",
  asTheOutlookSays,
  list,
  {
    "notice days of the initial term after a renewal (glpi#23084)": changed("non-renewal-window", (one) => [{ ...one, on: addDays(one.on, -1) }]),
    "the renewal a day early": changed("renewal", (one) => [{ ...one, on: addDays(one.on, -1) }]),
    "a deadline twice": changed("renewal", (one) => [one, one]),
    "the lapse on the last covered day": changed("lapse", (one) => [{ ...one, on: addDays(one.on, -1) }]),
    "the window a day shorter": changed("reinstatement-window", (one) => [{ ...one, on: addDays(one.on, -1) }]),
    "no lapse at all": changed("lapse", () => []),
    "safe on a Sunday": changed("price-notice-window", (one) => [{ ...one, safeOn: addDays(one.safeOn ?? one.on, 1) }]),
  },
  runs(200),
);

const theSameFromEveryDay = (ask: List) =>
  fc.property(portfolios(), fc.nat(), fc.integer({ min: 1, max: 330 }), (portfolio, pick, later) => {
    const known = factsOf(portfolio);
    // Without what is still to come in: a notice changes what falls due on its day.
    const facts = { ...known, dossier: { ...known.dossier, notices: [] } };
    const days = turningDays(portfolio);
    const day = days[pick % days.length] as CalendarDate;
    const then = addDays(day, later);
    const inBoth = ({ on }: AccountDeadline) => on >= addMonths(then, -12) && on <= addMonths(day, 36);
    // A calendar's end is told while a contract goes on.
    const lasting = (one: AccountDeadline) => one.kind !== "calendar-end" && inBoth(one);
    expect(ask(facts, then).filter(lasting)).toEqual(ask(facts, day).filter(lasting));
  });

invariant(
  "without new facts a deadline is the same from every day",
  theSameFromEveryDay,
  list,
  {
    "the text counts the days that are left": (facts, day) => list(facts, day).map((one) => ({ ...one, what: `${one.what}, as of ${day}` })),
    "only the running term's": (facts, day) => list(facts, day).filter((one) => one.term === null || one.term.firstDay <= day),
  },
  runs(150),
);
