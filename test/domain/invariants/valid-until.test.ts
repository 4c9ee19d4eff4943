/** `validUntil` is the first instant at which time alone changes a decision: until then nothing changes, and then something does. */
import fc from "fast-check";
import { expect } from "vitest";
import { decideEntitlement, type EntitlementAnswer, type EntitlementRequest } from "../../../domain/questions/entitlement.ts";
import type { AsOf, KnownFacts } from "../../../domain/questions/question.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";
import { firstInstantOf, instantOf, lastInstantOf, localDate } from "../../../domain/time/zone.ts";
import { invariant } from "../property.ts";
import { requests, runs, turningDays } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

type Decide = (facts: KnownFacts, request: EntitlementRequest, asOf: AsOf) => EntitlementAnswer;

const zone = "Europe/Zurich";
const results = ({ outcome, reasons }: EntitlementAnswer) => [
  outcome,
  ...reasons.map(({ clause, condition, result }) => `${clause} ${condition} ${result}`),
];
/** An overdue invoice is a day older every day; that is no change. */
const findings = ({ outcome, reasons, contractId }: EntitlementAnswer) => [
  outcome,
  contractId,
  // Of a cure the kind: what it costs grows by the day.
  ...reasons.map(
    ({ clause, result, finding, cure }) => `${clause} ${result} ${finding.replace(/\d+ days? ago/, "")} ${cure?.clause} ${cure?.price == null}`,
  ),
];

/** The instant asked for: a day as such, its first or last millisecond, or noon. */
const moments = fc.constantFrom<(day: CalendarDate) => AsOf>(
  (day) => ({ date: day }),
  (day) => ({ instant: firstInstantOf(day, zone) }),
  (day) => ({ instant: instantOf(day, 720, zone) }),
  (day) => ({ instant: lastInstantOf(day, zone) }),
);

const holdsUntil = (decide: Decide) =>
  fc.property(portfolios(), requests, moments, fc.nat(), (portfolio, asked, moment, pick) => {
    // Filed at a stated time, so that the clocks do not begin with the question.
    const request = { ...asked, filedAt: `${portfolio.focus}T08:00:00Z` };
    const facts = factsOf(portfolio);
    const turns = turningDays(portfolio, 16);
    const asOf = moment(turns[pick % turns.length] as CalendarDate);
    const now = "date" in asOf ? lastInstantOf(asOf.date, zone) : asOf.instant;
    const answer = decide(facts, request, asOf);
    const then = (instant: number) => decide(facts, request, { instant });
    expect(answer.asOf).toBe(formatInstant(now));
    expect(results(then(now))).toEqual(results(answer));
    const until = answer.validUntil === null ? Number.POSITIVE_INFINITY : parseInstant(answer.validUntil);
    expect(until).toBeGreaterThan(now);
    if (answer.validUntil !== null) {
      expect(until).toBe(firstInstantOf(localDate(until, zone), zone));
      expect(results(then(until - 1))).toEqual(results(answer));
      // Of several licenses that agree, the answer shows the first; what turns may be another's.
      if (request.licenseId !== undefined) expect(findings(then(until))).not.toEqual(findings(then(until - 1)));
    }
    for (const day of turns) {
      const midnight = firstInstantOf(day, zone);
      if (now < midnight && midnight < until) expect([day, ...results(then(midnight))]).toEqual([day, ...results(answer)]);
    }
  });

const right: Decide = decideEntitlement;
const shifted =
  (by: (until: string) => string | null): Decide =>
  (facts, request, asOf) => {
    const answer = right(facts, request, asOf);
    return answer.validUntil === null ? answer : { ...answer, validUntil: by(answer.validUntil) };
  };

invariant(
  "nothing changes until then, something changes then",
  holdsUntil,
  right,
  {
    "a day late": shifted((until) => formatInstant(firstInstantOf(addDays(localDate(parseInstant(until), zone), 1), zone))),
    "a day early": shifted((until) => formatInstant(firstInstantOf(addDays(localDate(parseInstant(until), zone), -1), zone))),
    "midnight in UTC": shifted((until) => `${localDate(parseInstant(until), zone)}T00:00:00Z`),
    never: shifted(() => null),
    "only cover is looked ahead": (facts, request, asOf) => {
      const answer = right(facts, request, asOf);
      const alone = right(
        {
          ...facts,
          dossier: {
            ...facts.dossier,
            invoices: [],
            contacts: facts.dossier.contacts.map(({ activeFrom: _from, activeUntil: _until, ...contact }) => contact),
          },
        },
        request,
        asOf,
      );
      return { ...answer, validUntil: alone.validUntil };
    },
    "the last millisecond instead of the first": shifted((until) => formatInstant(parseInstant(until) - 1)),
  },
  runs(80),
);
