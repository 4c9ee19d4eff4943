/** "May this case be served?" The main question: which license, which contract, every condition, and by when to reply. */

import { heldOn } from "../cover.ts";
import type { Considered, DeadlineAnswer, FactUsed, Missing, ObligationAnswer, Outcome, ReadingUsed, Reason, Reasons, Result } from "../decision.ts";
import { outcomeOf } from "../decision.ts";
import type { HeldLicense } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { type Refusal, Refused } from "../refusal.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { type Choice, chooseContract, type DayUnder, dayUnder, processPolicy } from "./choose-contract.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";
import { type Asked, type Judged, judgeLicense } from "./judge-license.ts";
import { type Place, placeOf, zoneAt } from "./place.ts";
import { type AsOf, beginningOf, instantOfAsOf, type KnownFacts } from "./question.ts";
import { type Response, respond } from "./response.ts";
import { earlierTurn, turnsOf } from "./turns.ts";

export { type EntitlementRequest, entitlementRequest } from "./entitlement-request.ts";

export interface ServiceLevel {
  program: string | null;
  requestedSeverity: string | null;
  effectiveSeverity: string | null;
}

export interface EntitlementAnswer {
  accountId: string;
  outcome: Outcome;
  headline: string;
  policy: { id: string; version: string } | null;
  contractId: string | null;
  considered: Considered[];
  reasons: Reasons;
  missing: Missing[];
  serviceLevel: ServiceLevel;
  deadlines: DeadlineAnswer[];
  obligations: ObligationAnswer[];
  readings: ReadingUsed[];
  validUntil: string | null;
  asOf: string;
}

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
  return sameResults(first.answer, last.answer) ? first.answer : dependsOnZone(first.answer, last.answer);
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
  return { answer: { ...(same ? first : whichLicense(answers, meant, first)), validUntil: soonest(answers) }, zoned };
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
  const { inquiry, reasons } = judged;
  const zone = zoneAt(policy, contract, place);
  const outcome = outcomeOf(reasons);
  const response: Response =
    outcome === "redirected"
      ? { requestedSeverity: request.severity ?? null, effectiveSeverity: request.severity ?? null, deadlines: [], obligations: [], missing: [] }
      : respond(inquiry, "instant" in asOf ? asOf.instant : null);
  return {
    accountId: facts.dossier.accountId,
    outcome,
    headline: headlineOf(outcome, judged, response, policy.policy.title),
    policy: { id: policy.policy.id, version: policy.policy.version },
    contractId: contract.contractId,
    considered,
    reasons: reasons as Reasons,
    missing: [...judged.missing, ...response.missing],
    serviceLevel: { program: contract.program, requestedSeverity: response.requestedSeverity, effectiveSeverity: response.effectiveSeverity },
    deadlines: response.deadlines,
    obligations: response.obligations,
    readings: inquiry.readings.used,
    validUntil: validUntil(judged, zone),
    asOf: formatInstant(instantOfAsOf(asOf, zone)),
  };
}

/** The first instant at which time alone changes a reason; null for never, and where no zone says when a day begins. */
function validUntil({ until, untilAt }: Judged, zone: string | null): string | null {
  const day = beginningOf(until, zone);
  if (untilAt === null || (until !== null && day === null)) return day;
  const instant = formatInstant(untilAt);
  return day !== null && parseInstant(day) < untilAt ? day : instant;
}

/** A severity or a circumstance that is not the policy's contradicts the request. */
function mustBeOfPolicy(request: EntitlementRequest, choice: Choice): void {
  const errors = againstPolicy(request, choice);
  if (errors.length > 0) throw new Refused("not-of-policy", errors);
}

function againstPolicy({ severity, circumstances }: EntitlementRequest, { policy }: Choice): Refusal[] {
  const { id, severities } = policy.policy;
  const errors = circumstances.flatMap((tag, index) =>
    policy.circumstances.has(tag)
      ? []
      : [
          {
            pointer: `/request/circumstances/${index}`,
            detail: `policy \`${id}\` has no circumstance \`${tag}\`; it has \`${[...policy.circumstances].join("`, `")}\``,
          },
        ],
  );
  if (severity !== undefined && !severities.some((one) => one.id === severity)) {
    errors.push({
      pointer: "/request/severity",
      detail: `policy \`${id}\` has no severity \`${severity}\`; it has \`${severities.map((one) => one.id).join("`, `")}\``,
    });
  }
  return errors;
}

const openings: Record<Outcome, string> = {
  entitled: "Entitled",
  "not-entitled": "Not entitled",
  discretion: "At the vendor's discretion",
  undetermined: "Undetermined",
  redirected: "Served by someone else",
};
const decisive: Record<Outcome, Result> = {
  entitled: "pass",
  "not-entitled": "fail",
  discretion: "discretion",
  undetermined: "unknown",
  redirected: "redirect",
};

function headlineOf(outcome: Outcome, { reasons, granted }: Judged, { deadlines }: Response, title: string): string {
  if (outcome === "entitled") {
    const first = deadlines.find(({ kind, dueAt }) => kind === "first-response" && dueAt !== null);
    const due = first ? `; first response due ${first.dueAt}` : "";
    const [by] = granted.toSorted((a, b) => (a.exception.until < b.exception.until ? -1 : 1));
    if (by === undefined) return `${openings.entitled}: every condition of the ${title} holds${due}`;
    const more = granted.length > 1 ? ` (and ${granted.length - 1} more)` : "";
    return `${openings.entitled} by exception of ${by.exception.approvedBy} until ${by.exception.until} (${by.clause})${more}: everything else of the ${title} holds${due}`;
  }
  const grounds = reasons.filter(({ result }) => result === decisive[outcome]);
  const [ground] = grounds as [Reason];
  const more = grounds.length > 1 ? ` (and ${grounds.length - 1} more)` : "";
  return `${openings[outcome]}: ${ground.finding} (${ground.clause})${more}`;
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

function undetermined(first: EntitlementAnswer, missing: string, clause: string, finding: string, each: Reason[]): EntitlementAnswer {
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
function whichLicense(answers: EntitlementAnswer[], choices: { license: HeldLicense }[], first: EntitlementAnswer): EntitlementAnswer {
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
  const [ground] = each as [Reason];
  return undetermined(first, "licenseId", ground.clause, `the answer depends on which of ${answers.length} licenses it is about`, each);
}

function tooMany(facts: KnownFacts, request: EntitlementRequest, asOf: AsOf, { policy, contract }: Choice): EntitlementAnswer {
  const first = {
    ...withoutContract(facts, request, asOf),
    policy: { id: policy.policy.id, version: policy.policy.version },
    contractId: contract.contractId,
  };
  return undetermined(first, "licenseId", "common", `the account holds more than ${mostCandidates} licenses that it may be about`, []);
}

const sameDeadlines = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.deadlines.length === b.deadlines.length &&
  a.deadlines.every(({ kind, dueAt }, index) => kind === b.deadlines[index]?.kind && dueAt === b.deadlines[index]?.dueAt);

const sameResults = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.reasons.length === b.reasons.length && a.reasons.every(({ result }, index) => result === b.reasons[index]?.result);

const holds = ({ result }: Reason) => result === "pass" || result === "info";

/** The zone is not set and the local date decides: what differs between the earliest and the latest possible date is unknown. */
function dependsOnZone(a: EntitlementAnswer, b: EntitlementAnswer): EntitlementAnswer {
  const reasons = a.reasons.map((reason, index): Reason => {
    const other = b.reasons[index];
    if (other !== undefined && (other.result === reason.result || (holds(other) && holds(reason)))) return reason;
    return {
      ...reason,
      result: "unknown",
      finding: `depends on the time zone, which is not set: ${reason.finding}; or ${other?.finding ?? "not asked"}`,
      cure: null,
    };
  }) as Reasons;
  const clause = reasons.find(({ result }) => result === "unknown")?.clause ?? "common";
  const outcome = outcomeOf(reasons);
  const headline =
    outcome === "undetermined" ? `${openings.undetermined}: the answer depends on the time zone, which is not set (${clause})` : a.headline;
  return { ...a, outcome, reasons, headline, missing: [...a.missing, { what: "timeZone", clause }] };
}
