/** P1, P3, P15, P16: what is announced agrees with what is answered, each thing once, whenever anybody looks. */
import fc from "fast-check";
import { expect } from "vitest";
import { anchorOf } from "../../../domain/contract-terms.ts";
import { type Moment, momentsOf } from "../../../domain/questions/moments.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { addDays, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import { firstInstantOf, localDate } from "../../../domain/time/zone.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { factsOf, type Portfolio, portfolios } from "./portfolio.ts";

type Tell = typeof momentsOf;

const zone = "Europe/Zurich";
const noon = (day: CalendarDate) => firstInstantOf(day, zone) + 12 * 3_600_000;
const monthsLooked = 26;

interface Time {
  since: number;
  first: CalendarDate;
  last: CalendarDate;
}

/** From shortly before a day at which something may turn. */
function timeOf({ focus }: Portfolio): Time {
  const first = addDays(focus, -60);
  return { since: noon(first), first, last: addDays(first, monthsLooked * 30) };
}

const followedSince = ({ dossier }: Portfolio, since: number) => new Map(dossier.contracts.map(({ contractId }) => [contractId, since]));

/** Looks as the sweep does: at each of the instants, but only where the agenda says that something is due. */
function announced(tell: Tell, portfolio: Portfolio, since: number, instants: readonly number[]): Moment[] {
  const facts = factsOf(portfolio);
  const followed = followedSince(portfolio, since);
  const said = new Set<string>();
  const all: Moment[] = [];
  let nextAt: number | null = since;
  for (const instant of instants) {
    if (nextAt === null || nextAt > instant) continue;
    const told = tell(facts, followed, instant, (mark) => said.has(mark));
    for (const moment of told.due) {
      expect(moment.dueAt).toBeLessThanOrEqual(instant);
      for (const mark of moment.marks) {
        expect(said.has(mark)).toBe(false);
        said.add(mark);
      }
      all.push(moment);
    }
    nextAt = told.nextAt;
    if (nextAt !== null) expect(nextAt).toBeGreaterThan(instant);
  }
  return all;
}

const isLasting = /^contract\.(?:renewed|lapsed)$|\.closed$/;
const marksOf = (moments: readonly Moment[]) => moments.flatMap(({ marks }) => marks).sort();
const steps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 });

const sameWheneverLooked = (tell: Tell) =>
  fc.property(portfolios(), steps, (portfolio, gaps) => {
    const { since, first, last } = timeOf(portfolio);
    const looks: number[] = [];
    for (let day = first, n = 0; day < last; day = addDays(day, gaps[n++ % gaps.length] as number)) looks.push(noon(day));
    const late = announced(tell, portfolio, since, [...looks, noon(last)]);
    const atOnce = announced(tell, portfolio, since, [noon(last)]);
    expect(marksOf(late)).toEqual(marksOf(atOnce));
    const days = (moments: Moment[]) => moments.map(({ key, dueAt }) => `${dueAt} ${key}`).sort();
    expect(days(late)).toEqual(days(atOnce));
    // Reminders and calls to pay may be over by the time somebody looks; what became so never is.
    const lasting = (moments: Moment[]) => moments.filter(({ type }) => isLasting.test(type));
    for (const { purposeUntil } of [...lasting(late), ...lasting(atOnce)]) expect(purposeUntil).toBeNull();
  });

invariant(
  "P15: sweeps at any distance, guided by the agenda, come to what one at the end comes to",
  sameWheneverLooked,
  momentsOf,
  {
    "the next visit is a month late": (facts, followed, until, isSaid) => {
      const told = momentsOf(facts, followed, until, isSaid);
      return { ...told, nextAt: told.nextAt && told.nextAt + 30 * 86_400_000 * (told.due.length > 0 ? 20 : 1) };
    },
    "only the last week is looked at (OCA/contract#1057)": (facts, followed, until, isSaid) => {
      const told = momentsOf(facts, followed, until, isSaid);
      return { ...told, due: told.due.filter(({ dueAt }) => dueAt > until - 7 * 86_400_000) };
    },
    "what was said is said again (erpnext#28179)": (facts, followed, until) => momentsOf(facts, followed, until, () => false),
  },
  runs(60),
);

const agreesWithAnswers = (tell: Tell) =>
  fc.property(portfolios(), (portfolio) => {
    const facts = factsOf(portfolio);
    const { since, first, last } = timeOf(portfolio);
    const moments = announced(tell, portfolio, since, [noon(last)]);
    const daysOf = (type: string, contractId: string) =>
      moments
        .filter((moment) => moment.type === type && (moment.data as { contractId: string }).contractId === contractId)
        .map(({ dueAt }) => localDate(dueAt, zone))
        .sort();
    for (const contract of facts.dossier.contracts) {
      const { contractId } = contract;
      const renewals: CalendarDate[] = [];
      const lapses: CalendarDate[] = [];
      const arrears: CalendarDate[] = [];
      let before = outlookRenewal(facts, contractId, { date: first });
      if (before.status === "past-due") arrears.push(first);
      for (let n = 1; n <= daysBetween(first, last); n++) {
        const day = addDays(first, n);
        const now = outlookRenewal(facts, contractId, { date: day });
        const isOver = (status: string) => status === "lapsed" || status === "ended";
        const isNew = now.lapses.some(({ lapsedOn }) => lapsedOn === day);
        if (isNew || (isOver(now.status) && !isOver(before.status) && now.lapsedOn !== null)) lapses.push(day);
        if (now.currentTerm?.firstDay === day && day > anchorOf(contract) && before.next.renews === true) renewals.push(day);
        if (now.status === "past-due" && before.status !== "past-due") arrears.push(day);
        before = now;
      }
      expect(daysOf("contract.renewed", contractId)).toEqual(renewals);
      expect(daysOf("contract.lapsed", contractId)).toEqual(lapses);
      expect(daysOf("contract.past-due", contractId)).toEqual(arrears);
    }
  });

invariant(
  "P1, P3: a contract is announced as renewed, lapsed and past due on the days on which the answers turn so, once",
  agreesWithAnswers,
  momentsOf,
  {
    "lapsed on its last covered day (tldraw#9431)": (facts, followed, until, isSaid) => {
      const told = momentsOf(facts, followed, until, isSaid);
      return { ...told, due: told.due.map((one) => (one.type === "contract.lapsed" ? { ...one, dueAt: one.dueAt - 86_400_000 } : one)) };
    },
    "an overdue invoice is told though the contract is over": (facts, followed, until, isSaid) => {
      const told = momentsOf(facts, followed, until, isSaid);
      return { ...told, due: told.due.filter(({ type }) => type !== "contract.past-due") };
    },
  },
  runs(12),
);

const everyGapIsTold = (tell: Tell) =>
  fc.property(portfolios(), fc.nat({ max: monthsLooked * 30 }), (portfolio, after) => {
    const facts = factsOf(portfolio);
    const { since, first } = timeOf(portfolio);
    const day = addDays(first, after);
    const told = new Set(
      marksOf(announced(tell, portfolio, since, [firstInstantOf(addDays(day, 1), zone) - 1])).map((mark) => mark.replace(/\/[^/]*$/, "")),
    );
    for (const { policyId, group, name, licenseIds } of describeStanding(facts, { date: day }).gaps)
      for (const licenseId of licenseIds) expect(told).toContain(`gap/${policyId}/${group}/${name}/${licenseId}`);
  });

invariant(
  "P16: no license is left without support unsaid",
  everyGapIsTold,
  momentsOf,
  {
    "only gaps that begin are told, not those that last": (facts, followed, until, isSaid) => {
      const told = momentsOf(facts, followed, until, isSaid);
      const since = Math.max(...followed.values());
      return { ...told, due: told.due.filter(({ type, dueAt }) => type !== "coverage.gap-detected" || dueAt > since) };
    },
  },
  runs(100),
);
