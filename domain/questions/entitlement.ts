/** "May this case be served?" The main question: which license, which contract, every condition, and by when to reply. */

import { heldOn } from "../cover.ts";
import { type FactUsed, outcomeOf, type Reason, type Reasons } from "../decision.ts";
import type { HeldLicense } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { Refused } from "../refusal.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { firstInstantOf } from "../time/zone.ts";
import { type Choice, chooseContract, type DayUnder, dayUnder, processPolicy } from "./choose-contract.ts";
import { type EntitlementAnswer, sameDeadlines } from "./entitlement-answer.ts";
import { onEitherDay } from "./entitlement-either-day.ts";
import { decisive, headlineOf, openings } from "./entitlement-headline.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";
import { type Asked, type Judged, judgeLicense } from "./judge-license.ts";
import { type Place, placeOf, zoneAt } from "./place.ts";
import { type AsOf, daysOf, earliestZone, instantOfAsOf, type KnownFacts, latestZone } from "./question.ts";
import { againstPolicy, mustBeOfPolicy } from "./request-of-policy.ts";
import { type Response, respond } from "./response.ts";
import { doubtOf } from "./severity-requested.ts";
import { earlierTurn, turnsOf } from "./turns.ts";

export type { EntitlementAnswer } from "./entitlement-answer.ts";
export { type EntitlementRequest, entitlementRequest } from "./entitlement-request.ts";

/** Licenses judged one by one where a request leaves open which one it is about; beyond, the request must say. */
const mostCandidates = 200;

/**
 * Decides whether a case may be served, by the facts known to be true at `asOf`.
 * @throws Refused where the request contradicts the policy or itself: a severity or circumstance that the policy does not have
 */
export function decideEntitlement(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf): EntitlementAnswer {
  const answer = decideAt(facts, request, asOf);
  const turns = turnsOf(facts, licensesMatching(facts, request), placeOf(facts.dossier, request), answer.asOf);
  return { ...answer, validUntil: earlierTurn(answer, turns, (instant) => decideAt(facts, request, { instant })) };
}

function decideAt(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf): EntitlementAnswer {
  const place = placeOf(facts.dossier, request);
  const first = decideOn(facts, request, asOf, dayUnder(asOf, "first", place), place);
  if (first.zoned) return first.answer;
  const last = decideOn(facts, request, asOf, dayUnder(asOf, "last", place), place);
  const zone = facts.policies.get(first.answer.policy?.id ?? "")?.[0]?.zone ?? null;
  return { ...onEitherDay(first.answer, last.answer, zone), validUntil: soonest([first.answer, last.answer]) };
}

interface Decided {
  answer: EntitlementAnswer;
  /** Whether the local day was certain. */
  zoned: boolean;
}

function decideOn(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf, day: DayUnder, place: Place): Decided {
  const { dossier } = facts;
  if (dossier.contracts.length === 0) return { answer: withoutContract(facts, request, asOf), zoned: true };
  const latestDay = facts.dossier.contracts.map((contract) => day(processPolicy(facts, contract, asOf), contract)).reduce((a, b) => (a > b ? a : b));
  const asked: Asked = { facts, request, asOf, place, coverages: new Map(), ends: nonRenewalsOn(facts, latestDay).ends };
  const matching = licensesMatching(facts, request);
  const choices: { license: HeldLicense; choice: Choice }[] = [];
  for (const license of matching) {
    const choice = chooseContract(facts, license, asOf, day, asked.ends);
    if (request.licenseId !== undefined || heldOn(license, day(choice.policy, choice.contract))) choices.push({ license, choice });
    if (choices.length > mostCandidates) return { answer: tooMany(facts, request, asOf, choice), zoned: true };
  }
  const zoned = "date" in asOf || dossier.contracts.every((contract) => zoneAt(processPolicy(facts, contract, asOf), contract, place) !== null);
  if (choices.length === 0) return { answer: notHeld(asked, asOf, day), zoned };
  const meant = ofTheirPolicy(request, choices);
  const answers = meant.map(({ license, choice }) =>
    compose(asked, judgeLicense(asked, license, choice, day(choice.policy, choice.contract)), choice, asOf),
  );
  const [first] = answers as [EntitlementAnswer];
  const same = answers.every((answer) => answer.outcome === first.outcome && sameDeadlines(answer, first));
  return { answer: { ...(same ? first : whichLicense(request, answers, meant, first)), validUntil: soonest(answers) }, zoned };
}

/** Licenses that the request may be about: the one named, those of the product, of the deployment; or all. */
function licensesMatching({ dossier }: KnownFacts, { licenseId, productId, deploymentId }: EntitlementRequest): readonly HeldLicense[] {
  if (licenseId !== undefined) {
    const named = dossier.licenses.filter((license) => license.licenseId === licenseId);
    const [license] = named;
    if (license !== undefined && productId !== undefined && license.productId !== productId) {
      throw new Refused("license-of-other-product", [
        { pointer: "/request/licenseId", detail: `license \`${licenseId}\` is of \`${license.productId}\`, not of \`${productId}\`` },
      ]);
    }
    return named;
  }
  if (productId === undefined && deploymentId === undefined) return dossier.licenses;
  return dossier.licenses.filter(
    (license) =>
      (productId === undefined || license.productId === productId) && (deploymentId === undefined || license.deploymentId === deploymentId),
  );
}

/** The licenses under whose policy the request makes sense. @throws Refused where there is none */
function ofTheirPolicy(request: EntitlementRequest, choices: { license: HeldLicense; choice: Choice }[]): { license: HeldLicense; choice: Choice }[] {
  const meant = choices.filter(({ choice }) => againstPolicy(request, choice).length === 0);
  if (meant.length === 0) mustBeOfPolicy(request, (choices[0] as { choice: Choice }).choice);
  return meant;
}

/** The first instant at which one of several answers that agree may cease to. */
const soonest = (answers: readonly EntitlementAnswer[]) =>
  answers.map(({ validUntil }) => validUntil).reduce((a, b) => (a === null || (b !== null && parseInstant(b) < parseInstant(a)) ? b : a), null);

function compose({ facts, request, place }: Asked, judged: Judged, choice: Choice, asOf: AsOf): EntitlementAnswer {
  const { contract, policy, considered } = choice;
  const { inquiry } = judged;
  const zone = zoneAt(policy, contract, place);
  const outcome = outcomeOf(judged.reasons);
  const doubt = outcome === "redirected" ? null : doubtOf(inquiry);
  const reasons = doubt === null ? judged.reasons : [...judged.reasons, doubt];
  const response: Response =
    outcome === "redirected"
      ? {
          requestedSeverity: request.severity ?? null,
          effectiveSeverity: request.severity ?? null,
          deadlines: [],
          obligations: [],
          missing: [],
          awaits: null,
        }
      : respond(
          inquiry,
          "instant" in asOf ? asOf.instant : null,
          judged.granted.map(({ clause }) => clause),
        );
  return {
    accountId: facts.dossier.accountId,
    outcome,
    headline: `${headlineOf(outcome, judged, response, policy.policy.title, zone)}${outcome === "entitled" && doubt !== null ? `; note: ${doubt.finding} (${doubt.clause})` : ""}`,
    policy: { id: policy.policy.id, version: policy.policy.version },
    contractId: contract.contractId,
    considered,
    reasons: reasons as Reasons,
    missing: [...judged.missing, ...response.missing],
    serviceLevel: { program: contract.program, requestedSeverity: response.requestedSeverity, effectiveSeverity: response.effectiveSeverity },
    deadlines: response.deadlines,
    obligations: response.obligations,
    readings: inquiry.readings.used,
    validUntil: validUntil(judged, zone, asOf),
    asOf: formatInstant(instantOfAsOf(asOf, zone)),
  };
}

/** The first instant at which time alone changes a reason, or may do so where no zone says when a day begins; null for never. */
function validUntil({ until, untilAt, inquiry }: Judged, zone: string | null, asOf: AsOf): string | null {
  const day = until === null ? null : zone === null ? mayBegin(until, inquiry.day, asOf) : firstInstantOf(until, zone);
  const first = day === null || (untilAt !== null && untilAt < day) ? untilAt : day;
  return first === null ? null : formatInstant(first);
}

/**
 * The first instant after `asOf` at which it may be that day: of the two local days that an instant may be, each goes on
 * in its own zone; a date that was asked for has begun everywhere once it is over in UTC, as `asOf` says it.
 */
function mayBegin(until: CalendarDate, day: CalendarDate, asOf: AsOf): number {
  const [first, last] = daysOf(asOf, null);
  const begins = firstInstantOf(until, day === first && last !== undefined ? earliestZone : latestZone);
  return Math.max(begins, instantOfAsOf(asOf, null) + 1);
}

/** The account holds no such license: the product condition of each policy that it has contracts under. */
function notHeld(asked: Asked, asOf: AsOf, day: DayUnder): EntitlementAnswer {
  const { facts } = asked;
  const policies = new Map<string, Choice>();
  for (const contract of facts.dossier.contracts) {
    if (!policies.has(contract.policyId))
      policies.set(contract.policyId, { contract, policy: processPolicy(facts, contract, asOf), cover: null, considered: [] });
  }
  const choices = [...policies.values()];
  const [first] = choices as [Choice];
  if (choices.length === 1) mustBeOfPolicy(asked.request, first);
  const judged = choices.map((choice) =>
    judgeLicense(asked, null, choice, day(choice.policy, choice.contract), ({ condition }) => condition === "covered"),
  );
  const together: Judged = {
    ...(judged[0] as Judged),
    reasons: judged.flatMap(({ reasons }) => reasons),
    missing: [],
    until: heldFrom(asked, first, day),
    untilAt: null,
  };
  return { ...compose(asked, together, first, asOf), contractId: null };
}

/** First day on which a license that the request may be about is delivered. */
function heldFrom({ facts, request }: Asked, { policy, contract }: Choice, day: DayUnder): CalendarDate | null {
  const today = day(policy, contract);
  const coming = licensesMatching(facts, request).filter(({ deliveredOn }) => deliveredOn > today);
  return coming.map(({ deliveredOn }) => deliveredOn).sort()[0] ?? null;
}

/** No policy can answer: clause "common" stands for the rules common to all policies. */
function withoutContract(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf): EntitlementAnswer {
  const finding = "the account has no support contract";
  return {
    accountId: facts.dossier.accountId,
    outcome: "undetermined",
    headline: `${openings.undetermined}: ${finding}`,
    policy: null,
    contractId: null,
    considered: [],
    reasons: [
      {
        clause: "common",
        condition: "contract",
        result: "unknown",
        finding,
        facts: [{ path: "contracts", value: null }],
        cure: { says: "record the support contract", clause: null, price: null },
      },
    ],
    missing: [{ what: "contract", clause: "common" }],
    serviceLevel: { program: null, requestedSeverity: request.severity ?? null, effectiveSeverity: request.severity ?? null },
    deadlines: [],
    obligations: [],
    readings: [],
    validUntil: null,
    asOf: formatInstant(instantOfAsOf(asOf, null)),
  };
}

function undetermined(first: EntitlementAnswer, missing: string, finding: string, each: Reason[]): EntitlementAnswer {
  const clause = "common";
  const reasons: Reasons = [
    { clause, condition: "which-license", result: "unknown", finding, facts: [], cure: { says: `state ${missing}`, clause: null, price: null } },
    ...each,
  ];
  return {
    ...first,
    outcome: "undetermined",
    headline: `${openings.undetermined}: ${finding}`,
    reasons,
    missing: [{ what: missing, clause }],
    deadlines: [],
    obligations: [],
    validUntil: null,
  };
}

/** The answers of several licenses differ: each is listed, and the request must say which one it is about. */
function whichLicense(
  request: EntitlementRequest,
  answers: EntitlementAnswer[],
  choices: { license: HeldLicense }[],
  first: EntitlementAnswer,
): EntitlementAnswer {
  const each = answers.slice(0, 50).map((answer, index): Reason => {
    const licenseId = choices[index]?.license.licenseId ?? "";
    const ground = answer.reasons.find(({ result }) => result === decisive[answer.outcome]) ?? answer.reasons[0];
    const facts: FactUsed[] = [{ path: `licenses/${licenseId}`, value: answer.outcome }];
    return {
      clause: ground.clause,
      condition: "which-license",
      result: "info",
      finding: `license \`${licenseId}\`: ${answer.headline}`,
      facts,
      cure: null,
    };
  });
  // No clause asks for it: "common" stands for the rules common to all policies.
  const products = new Set(choices.map(({ license }) => license.productId));
  const missing = request.productId === undefined && products.size > 1 ? "productId" : "licenseId";
  return undetermined(first, missing, `the answer depends on which of ${answers.length} licenses it is about`, each);
}

function tooMany(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf, { policy, contract }: Choice): EntitlementAnswer {
  const first = {
    ...withoutContract(facts, request, asOf),
    policy: { id: policy.policy.id, version: policy.policy.version },
    contractId: contract.contractId,
  };
  return undetermined(first, "licenseId", `the account holds more than ${mostCandidates} licenses that it may be about`, []);
}
