/** "May this case be served?" The main question: which license, which contract, every condition, and by when to reply. */

import { type CompiledCondition, statedZone } from "../compiled-policy.ts";
import { heldOn } from "../cover.ts";
import { outcomeOf, type Reasons } from "../decision.ts";
import type { HeldLicense } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { Refused } from "../refusal.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { firstInstantOf } from "../time/zone.ts";
import { cancellationsOf } from "./cancellations.ts";
import { type Choice, chooseContract, type UnderContract, underAt, type Which } from "./choose-contract.ts";
import { type EntitlementAnswer, sameDeadlines } from "./entitlement-answer.ts";
import { onEitherDay } from "./entitlement-either-day.ts";
import { headlineOf, openings } from "./entitlement-headline.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";
import { type Asked, type Judged, judgeLicense } from "./judge-license.ts";
import { type Place, placeOf, zoneAt } from "./place.ts";
import { type AsOf, daysOf, earliestZone, instantOfAsOf, type KnownFacts, latestZone } from "./question.ts";
import { againstPolicy, mustBeOfPolicy } from "./request-of-policy.ts";
import { type Response, respond } from "./response.ts";
import { undetermined, whichLicense, withOtherGrounds } from "./several-licenses.ts";
import { doubtOf } from "./severity-requested.ts";
import { earlierTurn, turnsOf } from "./turns.ts";
import { recordZone } from "./two-days.ts";
import { unusedZone } from "./unused-zone.ts";

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
  const turns = turnsOf(facts, licensesMatching(facts, request), placeOf(facts.dossier, request), answer.asOf, request.filedAt !== undefined);
  return { ...answer, validUntil: earlierTurn(answer, turns, (instant) => decideAt(facts, request, { instant })) };
}

function decideAt(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf): EntitlementAnswer {
  const place = placeOf(facts.dossier, request);
  const first = decideOn(facts, request, asOf, "first", place);
  if (first.zoned) return first.answer;
  const last = decideOn(facts, request, asOf, "last", place);
  const zone = statedZone(facts.policies.get(first.answer.policy?.id ?? "") ?? []);
  return { ...onEitherDay(first.answer, last.answer, recordZone(zone, place)), validUntil: soonest([first.answer, last.answer]) };
}

interface Chosen {
  license: HeldLicense;
  choice: Choice;
}

interface Decided {
  answer: EntitlementAnswer;
  /** Whether the local day was certain. */
  zoned: boolean;
}

function decideOn(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf, which: Which, place: Place): Decided {
  const { dossier } = facts;
  if (dossier.contracts.length === 0) return { answer: withoutContract(facts, request, asOf), zoned: true };
  const filedAt = request.filedAt === undefined ? undefined : { instant: parseInstant(request.filedAt) };
  const under = underAt(facts, asOf, which, place, filedAt);
  const latestDay = dossier.contracts.map((contract) => under(contract).day).reduce((a, b) => (a > b ? a : b));
  const asked: Asked = { facts, request, asOf, place, coverages: new Map(), ends: nonRenewalsOn(facts, latestDay).ends };
  const matching = licensesMatching(facts, request);
  const choices: Chosen[] = [];
  const notHeld: Chosen[] = [];
  for (const license of matching) {
    const choice = chooseContract(facts, license, under, asked.ends);
    const held = request.licenseId !== undefined || heldOn(license, under(choice.contract).day);
    (held ? choices : notHeld).push({ license, choice });
    if (choices.length > mostCandidates) return { answer: tooMany(facts, request, asOf, choice), zoned: true };
  }
  const zoned = ("date" in asOf && filedAt === undefined) || dossier.contracts.every((contract) => under(contract).zone !== null);
  if (choices.length === 0) {
    const nearest = nearestOf(notHeld, under);
    return { answer: nearest === undefined ? noneHeld(asked, asOf, under) : heldOtherwise(asked, nearest, asOf, under), zoned };
  }
  const meant = ofTheirPolicy(request, choices);
  const answers = meant.map(({ license, choice }) => compose(asked, judgeLicense(asked, license, choice, under(choice.contract).day), choice, asOf));
  const [first] = answers as [EntitlementAnswer];
  const same = answers.every((answer) => answer.outcome === first.outcome && sameDeadlines(answer, first));
  const answer = same ? withOtherGrounds(answers, meant, first) : whichLicense(request, answers, meant, first);
  return { answer: { ...answer, validUntil: soonest(answers) }, zoned };
}

/** Of licenses that are recorded and not held on the day: the next one to be delivered, else the last one that was retired. */
function nearestOf(chosen: readonly Chosen[], under: UnderContract): Chosen | undefined {
  const coming = chosen.filter(({ license, choice }) => license.deliveredOn > under(choice.contract).day);
  const [next] = coming.toSorted((a, b) => (a.license.deliveredOn < b.license.deliveredOn ? -1 : 1));
  return next ?? chosen.toSorted((a, b) => ((a.license.retiredOn ?? "") > (b.license.retiredOn ?? "") ? -1 : 1))[0];
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
function ofTheirPolicy(request: EntitlementRequest, choices: Chosen[]): Chosen[] {
  const meant = choices.filter(({ choice }) => againstPolicy(request, choice).length === 0);
  if (meant.length === 0) mustBeOfPolicy(request, (choices[0] as Chosen).choice);
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
  const response: Response =
    outcome === "redirected"
      ? {
          requestedSeverity: request.severity ?? null,
          effectiveSeverity: request.severity ?? null,
          deadlines: [],
          obligations: [],
          missing: [],
          awaits: null,
          notes: [],
          agreed: [],
        }
      : respond(
          inquiry,
          "instant" in asOf ? asOf.instant : null,
          judged.granted.map(({ clause }) => clause),
        );
  const doubt = outcome === "redirected" ? null : doubtOf(inquiry);
  // Whether a cancellation ended it matters only to what is served by all else that is known.
  const cancelled =
    outcome === "redirected" || outcome === "not-entitled" || inquiry.license === null
      ? { notes: [], missing: [] }
      : cancellationsOf(facts, contract, policy, inquiry.day, (licenseId) => licenseId === inquiry.license?.licenseId);
  const notes = [...(doubt === null ? [] : [doubt]), ...response.notes, ...cancelled.notes];
  const unused = unusedZone(policy, contract);
  const noted = outcome === "entitled" ? notes.map(({ finding, clause }) => `; note: ${finding} (${clause})`).join("") : "";
  return {
    accountId: facts.dossier.accountId,
    outcome,
    headline: `${headlineOf(outcome, judged, response, policy.policy.title, zone)}${noted}`,
    policy: { id: policy.policy.id, version: policy.policy.version },
    contractId: contract.contractId,
    considered,
    reasons: [...judged.reasons, ...notes, ...response.agreed, ...(unused === null ? [] : [unused])] as Reasons,
    missing: [...judged.missing, ...response.missing, ...cancelled.missing],
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

const ofCover = ({ condition }: CompiledCondition) => condition === "covered";

/** The license that the request can only be about is not held on the day: when it is to be delivered, or was retired. */
function heldOtherwise(asked: Asked, chosen: Chosen, asOf: AsOf, under: UnderContract): EntitlementAnswer {
  const [{ license, choice }] = ofTheirPolicy(asked.request, [chosen]) as [Chosen];
  return compose(asked, judgeLicense(asked, license, choice, under(choice.contract).day, ofCover), choice, asOf);
}

/** The account has no such license on record: the product condition of each policy that it has contracts under. */
function noneHeld(asked: Asked, asOf: AsOf, under: UnderContract): EntitlementAnswer {
  const policies = new Map<string, Choice>();
  for (const contract of asked.facts.dossier.contracts) {
    if (!policies.has(contract.policyId)) policies.set(contract.policyId, { contract, policy: under(contract).policy, cover: null, considered: [] });
  }
  const choices = [...policies.values()];
  const [first] = choices as [Choice];
  if (choices.length === 1) mustBeOfPolicy(asked.request, first);
  const judged = choices.map((choice) => judgeLicense(asked, null, choice, under(choice.contract).day, ofCover));
  const together: Judged = { ...(judged[0] as Judged), reasons: judged.flatMap(({ reasons }) => reasons), missing: [], until: null, untilAt: null };
  return { ...compose(asked, together, first, asOf), contractId: null };
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

function tooMany(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf, { policy, contract }: Choice): EntitlementAnswer {
  const first = {
    ...withoutContract(facts, request, asOf),
    policy: { id: policy.policy.id, version: policy.policy.version },
    contractId: contract.contractId,
  };
  return undetermined(first, "licenseId", `the account holds more than ${mostCandidates} licenses that it may be about`, []);
}
