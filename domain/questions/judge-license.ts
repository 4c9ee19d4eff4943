/** One license judged under one contract on one day: every condition in the order of the text, passed or not. */

import type { CompiledCondition } from "../compiled-policy.ts";
import type { Inquiry, Judgement } from "../conditions/condition.ts";
import { listed, sooner } from "../conditions/condition.ts";
import type { Ends } from "../cover.ts";
import { Coverage, productOf } from "../coverage.ts";
import type { Cure, Missing, Reason } from "../decision.ts";
import { approved, exceptionAt } from "../exceptions.ts";
import type { HeldLicense, RecordedException } from "../facts.ts";
import { notOfVersion } from "../not-of-version.ts";
import { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { Choice } from "./choose-contract.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";
import { neededWith } from "./needed-with.ts";
import { type Place, premisesAt, zoneAt } from "./place.ts";
import { priceOfCover } from "./price-of-cover.ts";
import { type AsOf, instantOfAsOf, type KnownFacts } from "./question.ts";

export interface Judged {
  inquiry: Inquiry;
  reasons: Reason[];
  missing: Missing[];
  /** First day on which time alone changes a reason. */
  until: CalendarDate | null;
  /** First instant at which it does, in epoch milliseconds, where hours decide. */
  untilAt: number | null;
  /** What the vendor decided in the customer's favor, where it could decide either way. */
  granted: { exception: RecordedException; clause: string }[];
}

export interface Asked {
  facts: KnownFacts;
  request: EntitlementRequest;
  asOf: AsOf;
  ends: Ends;
  place: Place;
  /** Cover by policy and day, gathered once for all licenses judged. */
  coverages: Map<string, Coverage>;
}

/** Asks every condition of the policy that `picks` lets through. */
export function judgeLicense(
  { facts, request, asOf, ends, place, coverages }: Asked,
  license: HeldLicense | null,
  choice: Choice,
  day: CalendarDate,
  picks?: (condition: CompiledCondition) => boolean,
): Judged {
  const { policy, contract } = choice;
  const zone = zoneAt(policy, contract, place);
  const productId = license?.productId ?? request.productId ?? null;
  const inquiry: Inquiry = {
    facts,
    policy,
    readings: new Readings(policy, contract),
    request,
    day,
    at: instantOfAsOf(asOf, zone),
    atIsExact: "instant" in asOf,
    zone,
    premises: premisesAt(place),
    license,
    productId,
    product: productId === null ? null : (productOf(facts.catalog, productId) ?? null),
    contract,
    cover: choice.cover,
    coverage: coverageOn(coverages, facts, ends, policy.policy.id, day),
  };
  const judged: Judged = { inquiry, reasons: [], missing: [], until: null, untilAt: null, granted: [] };
  for (const condition of policy.conditions) {
    if (picks === undefined || picks(condition)) ask(condition, judged, ends);
  }
  if (picks === undefined) agreedElsewhere(judged);
  return judged;
}

/** What was agreed under an earlier version and is not in the one that governs: nobody can say what it means now. */
function agreedElsewhere({ inquiry: { policy, contract }, reasons, missing }: Judged): void {
  for (const { pointer, detail, agreed } of notOfVersion(policy, contract)) {
    const [clause, path] = ["common", `contracts/${contract.contractId}${pointer}`];
    const says = `record what is agreed under version \`${policy.policy.version}\``;
    reasons.push({
      clause,
      condition: "governing-version",
      result: "unknown",
      finding: `contract \`${contract.contractId}\` agreed what version \`${policy.policy.version}\` does not have: ${detail}`,
      facts: [{ path, value: agreed }],
      cure: { says, clause: null, price: null },
    });
    missing.push({ what: `${path}, under version \`${policy.policy.version}\``, clause });
  }
}

function coverageOn(known: Map<string, Coverage>, facts: KnownFacts, ends: Ends, policyId: string, day: CalendarDate): Coverage {
  const key = `${policyId} ${day}`;
  let coverage = known.get(key);
  if (coverage === undefined) {
    coverage = new Coverage(facts, ends, policyId, day);
    known.set(key, coverage);
  }
  return coverage;
}

function ask(condition: CompiledCondition, judged: Judged, ends: Ends): void {
  const { inquiry } = judged;
  if (!inquiry.readings.isUnder(condition.parameters.programs)) return;
  if (condition.when !== undefined && !inquiry.readings.holds(condition.when)) {
    if (wouldDecide(condition, inquiry)) inquiry.readings.rely(condition.when);
    return;
  }
  const { condition: name } = condition;
  const apart = standsApart(condition, inquiry);
  if (apart !== null) {
    judged.reasons.push({ clause: condition.clause, condition: name, result: "pass", finding: `not asked of ${apart}`, facts: [], cure: null });
    return;
  }
  const judgement = condition.judge(condition.parameters, inquiry);
  const { result, finding, clause = condition.clause } = judgement;
  if (result !== "pass") inquiry.readings.rely(condition.when);
  if (judgement.until !== undefined) judged.until = sooner(judged.until, judgement.until);
  if (judgement.untilAt != null && (judged.untilAt === null || judgement.untilAt < judged.untilAt)) judged.untilAt = judgement.untilAt;
  const reason: Reason = {
    clause,
    condition: name,
    result,
    finding,
    facts: judgement.facts ?? [],
    cure: result === "pass" ? null : cureOf(condition, judgement, inquiry, ends),
  };
  const decided = result === "discretion" ? decidedByVendor(reason, judged) : reason;
  judged.reasons.push(decided);
  if (judgement.missing !== undefined && decided.result !== "pass") judged.missing.push({ what: judgement.missing, clause });
}

/** The kind of license or the service of which the condition is not asked; null where it is. */
function standsApart({ except, parameters: { exceptServices } }: CompiledCondition, { license, request: { kind, service } }: Inquiry): string | null {
  if (license !== null && except?.includes(license.kind)) return `a license of kind ${license.kind}`;
  if (kind === "service" && service !== undefined && exceptServices?.includes(service)) return `service \`${service}\``;
  return null;
}

/** Whether a condition that the options chosen leave out would stand against the request: then the reading made the difference. */
function wouldDecide(condition: CompiledCondition, inquiry: Inquiry): boolean {
  const { policy, contract } = inquiry;
  if (standsApart(condition, inquiry) !== null) return false;
  const { result } = condition.judge(condition.parameters, { ...inquiry, readings: new Readings(policy, contract) });
  return result !== "pass" && result !== "info";
}

/** What is left to the vendor, as the vendor decided it where an exception is recorded. */
function decidedByVendor(reason: Reason, judged: Judged): Reason {
  const { facts, contract, day } = judged.inquiry;
  const { exception, changesOn } = exceptionAt(facts.dossier.exceptions, reason.clause, contract?.contractId, day);
  judged.until = sooner(judged.until, changesOn);
  if (exception === undefined) return reason;
  judged.granted.push({ exception, clause: reason.clause });
  return approved(reason, exception);
}

/** The policy's cure, in the judge's words where it has better ones, priced where the facts give a price. */
function cureOf({ parameters, clause }: CompiledCondition, { cure }: Judgement, inquiry: Inquiry, ends: Ends): Cure | null {
  const offered = parameters.cure;
  const words = cure?.says ?? offered?.says;
  if (words === undefined || cure === null) return null;
  const itsClause = cure?.here ? clause : (offered?.clause ?? clause);
  if (cure?.prices === undefined) return { says: words, clause: itsClause, price: cure?.price ?? null };
  const others = cure.of === undefined ? neededWith(inquiry) : [];
  const price = priceOfCover(inquiry, [...cure.prices, ...others], ends);
  const toCover = cure.prices.filter((licenseId) => !price?.toBegin.includes(licenseId));
  if (price !== null && toCover.length === 0) return { says: price.says, clause, price: null };
  if (price !== null && price.boughtAgainBy !== null && cure.of === undefined) return { says: price.says, clause: price.boughtAgainBy, price: null };
  const says = cure.of !== undefined ? `${words}: ${listed(toCover)}` : others.length === 0 ? words : `${words}, and with it ${listed(others)}`;
  return { says: price === null ? says : `${says}; ${price.says}`, clause: itsClause, price: price?.total ?? null };
}
