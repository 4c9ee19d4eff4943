/** How the invariants ask: every question of a portfolio at once, on the days on which something may turn, and nothing may be changed meanwhile. */
import fc from "fast-check";
import { contractTermOn } from "../../../domain/contract-terms.ts";
import type { HeldContract } from "../../../domain/facts.ts";
import { decideEntitlement, type EntitlementAnswer, type EntitlementRequest } from "../../../domain/questions/entitlement.ts";
import { type NoticeRuling, ruleNotice } from "../../../domain/questions/notice.ts";
import type { AsOf, KnownFacts } from "../../../domain/questions/question.ts";
import type { QuoteAnswer } from "../../../domain/questions/quote.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { outlookRenewal, type RenewalAnswer } from "../../../domain/questions/renewal.ts";
import { describeStanding, type StandingAnswer } from "../../../domain/questions/standing.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { formatInstant } from "../../../domain/time/instant.ts";
import type { Portfolio } from "./portfolio.ts";

/** As many runs as usual, times `PROPERTY_RUNS`: `PROPERTY_RUNS=100 npx vitest run test/domain/invariants` looks harder. */
export const runs = (usual: number) => Math.ceil(usual * Number(process.env.PROPERTY_RUNS ?? 1));

export const plainRequest: EntitlementRequest = { kind: "error", contactId: "t-1", provides: [], circumstances: [], attestations: {} };

/** The first nine times in ten. */
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** A request about one of the licenses, or one that leaves open which. */
export const requests: fc.Arbitrary<EntitlementRequest> = fc
  .record({
    kind: often("error", "question", "feature-request", "service"),
    licenseId: often("l-1", undefined, "l-2", "l-9"),
    productId: often(undefined, "p-1", "p-3"),
    productVersion: often(undefined, "1", "2", "3"),
    deploymentId: often(undefined, "d-1"),
    contactId: often("t-1", "t-7", "t-9", undefined),
    severity: fc.constantFrom(undefined, "severity-1", "severity-2", "severity-3"),
    channel: fc.constantFrom(undefined, "phone", "portal"),
    language: often(undefined, "en-GB", "fr"),
    circumstances: often([], ["4.2(iv)"], ["6.1"]),
  })
  .map(({ licenseId, productId, ...request }) => {
    // A license named is asked about whatever its product is.
    const about = licenseId === undefined ? { productId } : { licenseId };
    const stated = Object.entries({ ...about, ...request }).filter(([, value]) => value !== undefined);
    return { ...plainRequest, contactId: undefined, ...Object.fromEntries(stated) } as EntitlementRequest;
  });

export interface Answers {
  decision: EntitlementAnswer;
  standing: StandingAnswer;
  renewals: RenewalAnswer[];
  quotes: QuoteAnswer[];
  rulings: NoticeRuling[];
}

/** Every question that there is, asked of the facts. */
export type Questions = (facts: KnownFacts, request: EntitlementRequest, asOf: AsOf) => Answers;

export const askAll: Questions = (facts, request, asOf) => {
  const { contracts, notices } = facts.dossier;
  const reinstateOn = "date" in asOf ? asOf.date : formatInstant(asOf.instant).slice(0, 10);
  return {
    decision: decideEntitlement(facts, request, asOf),
    standing: describeStanding(facts, asOf),
    renewals: contracts.map(({ contractId }) => outlookRenewal(facts, contractId, asOf)),
    quotes: contracts.map(({ contractId }) => quoteReinstatement(facts, { contractId, reinstateOn }, asOf)),
    rulings: notices.filter(({ withdrawn }) => !withdrawn).map((notice) => ruleNotice(facts, notice.contractId, notice, asOf)),
  };
};

/** Freezes a value with everything in it, so that changing it throws. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) for (const entry of value.values()) frozen(entry);
  for (const key of Reflect.ownKeys(value)) frozen((value as Record<PropertyKey, unknown>)[key]);
  return Object.freeze(value);
}

const anyDate = /\b\d{4}-\d{2}-\d{2}\b/g;

/** Days on which something recorded may turn, with the day before and after, in order; those within so many months of the focus. */
export function turningDays({ dossier, catalog, focus }: Portfolio, months = 30): CalendarDate[] {
  const [first, last] = [addMonths(focus, -months), addMonths(focus, months)];
  const found = new Set<CalendarDate>([focus]);
  for (const [date] of JSON.stringify(dossier).matchAll(anyDate)) found.add(date);
  for (const contract of dossier.contracts)
    for (const end of termEnds(contract, first, last))
      found
        .add(end)
        .add(addDays(end, -45))
        .add(addDays(end, -60))
        .add(addMonths(addDays(end, 1), 12));
  for (const [date] of JSON.stringify(catalog.priceLists).matchAll(anyDate)) found.add(date);
  const days = new Set([...found].flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]));
  return [...days].filter((day) => first <= day && day <= last).sort();
}

/** Last days of the contract's terms between two days. */
export function termEnds(contract: HeldContract, first: CalendarDate, last: CalendarDate): CalendarDate[] {
  const ends: CalendarDate[] = [];
  for (let day = first; day <= last; ) {
    const term = contractTermOn(contract, day);
    if (term === null) day = addMonths(day, 1);
    else {
      ends.push(term.lastDay);
      day = addDays(term.lastDay, 1);
    }
  }
  return ends;
}
