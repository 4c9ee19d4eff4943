/**
 * The Ebiexperts entitlement check as one would write it by hand for this one policy: the same conditions in the same
 * order, the same sentences, clauses, facts, cures and deadlines, with the default readings and nothing to choose.
 */
import type { Considered, Cure, ObligationAnswer, Outcome, Reason, Reasons, Result } from "../../../domain/decision.ts";
import type { Catalog, ContractLine, Dossier, HeldLicense } from "../../../domain/facts.ts";
import type { EntitlementAnswer } from "../../../domain/questions/entitlement.ts";
import type { EntitlementRequest } from "../../../domain/questions/entitlement-request.ts";
import { addDays, type CalendarDate, dayNumber } from "../../../domain/time/calendar-date.ts";
import type { Case } from "./case.ts";
import { contractFor } from "./choose-contract.ts";
import { coverOf, coversByLicense, held } from "./cover.ts";
import { type Replies, replies } from "./deadlines.ts";
import { isEndOfLife, type Judged, judge, whyNotHeld } from "./judge.ts";
import { dateInZurich, iso, midnight, spoken } from "./zurich-hours.ts";

const policy = { id: "ebiexperts-support", version: "1" };

/** Answers checks with this catalog. `asOf` in epoch milliseconds. */
export function entitlementByHand(catalog: Catalog): (dossier: Dossier, request: EntitlementRequest, asOf: number) => EntitlementAnswer {
  const products = new Map(catalog.products.map((product) => [product.productId, product]));
  const decideAt = (dossier: Dossier, request: EntitlementRequest, asOf: number): EntitlementAnswer => {
    const [firstContract] = dossier.contracts;
    if (firstContract === undefined) return withoutContract(dossier, request, asOf);
    const day = dateInZurich(asOf);
    const about: Case = { dossier, catalog, products, covers: coversByLicense(dossier, products, day), request, day, contract: firstContract };
    const matching = licensesFor(dossier, request);
    const candidates = request.licenseId === undefined ? matching.filter((license) => held(license, day)) : matching;
    const [other] = candidates.length === 0 ? [...matching].sort(nearest(day)) : [];
    if (other !== undefined) {
      const { contract, considered } = contractFor(about, other);
      const judged = judge({ ...about, contract }, other);
      const { reasons, until } = whyNotHeld(other, day);
      return answerOf({ ...about, contract }, { ...judged, reasons, until, missing: [], readings: [] }, considered, asOf);
    }
    if (candidates.length === 0) return noneHeld(about, asOf);
    const answers = candidates.map((license) => {
      const { contract, considered } = contractFor(about, license);
      const judged = judge({ ...about, contract }, license);
      return answerOf({ ...about, contract }, judged, considered, asOf);
    });
    const [first] = answers as [EntitlementAnswer];
    const [soonest] = answers.flatMap(({ validUntil }) => validUntil ?? []).sort();
    const answer = answers.every((answer) => sameAnswer(answer, first))
      ? withOtherGrounds(answers, candidates, first)
      : whichLicense(request, answers, candidates, first);
    return { ...answer, validUntil: soonest ?? null };
  };
  return (dossier, request, asOf) => {
    const answer = decideAt(dossier, request, asOf);
    const listed = answer.reasons[0].condition === "which-license";
    let until = listed ? firstShown(answer, (instant) => decideAt(dossier, request, instant)) : answer.validUntil;
    for (const day of otherTurns(dossier, licensesFor(dossier, request), dateInZurich(asOf))) {
      const instant = midnight(dayNumber(day));
      if (until !== null && instant >= Date.parse(until)) break;
      const then = decideAt(dossier, request, instant);
      if (differs(answer, then)) return { ...answer, validUntil: iso(instant) };
      if (then.validUntil !== null && (until === null || then.validUntil < until)) until = then.validUntil;
    }
    return until === answer.validUntil ? answer : { ...answer, validUntil: until };
  };
}

/** The first change of a listed answer that shows in the list. */
function firstShown(answer: EntitlementAnswer, decideAt: (instant: number) => EntitlementAnswer): string | null {
  let until = answer.validUntil;
  for (let looked = 0; until !== null && looked < 100; looked++) {
    const then = decideAt(Date.parse(until));
    if (differs(answer, then) || answer.reasons.some(({ finding }, n) => finding !== then.reasons[n]?.finding)) return until;
    until = then.validUntil;
  }
  return until;
}

function licensesFor({ licenses }: Dossier, { licenseId, productId, deploymentId }: EntitlementRequest): HeldLicense[] {
  if (licenseId !== undefined) return licenses.filter((license) => license.licenseId === licenseId);
  return licenses.filter(
    (license) =>
      (productId === undefined || license.productId === productId) && (deploymentId === undefined || license.deploymentId === deploymentId),
  );
}

/** Days to come on which a notice counts, or another license or contract may answer instead. */
function otherTurns(dossier: Dossier, licenses: HeldLicense[], today: CalendarDate): CalendarDate[] {
  const turns = dossier.notices.flatMap(({ kind, receivedOn, withdrawn }) => (kind === "non-renewal" && !withdrawn ? (receivedOn ?? []) : []));
  for (const license of licenses) {
    const contracts = dossier.contracts.filter(({ lines }) => lines.some(({ licenseId }) => licenseId === license.licenseId));
    if (licenses.length === 1 && contracts.length <= 1) continue;
    turns.push(license.deliveredOn);
    if (license.retiredOn !== undefined) turns.push(license.retiredOn);
    for (const contract of contracts) {
      const line = contract.lines.find(({ licenseId }) => licenseId === license.licenseId) as ContractLine;
      const { firstDay, lastDay } = coverOf(contract, line, license, undefined);
      turns.push(firstDay);
      if (lastDay !== null) turns.push(addDays(lastDay, 1));
    }
  }
  return turns.filter((turn) => turn > today).sort();
}

const differs = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.outcome !== b.outcome ||
  a.contractId !== b.contractId ||
  a.reasons.length !== b.reasons.length ||
  a.reasons.some(({ result, facts }, n) => result !== b.reasons[n]?.result || facts.length !== b.reasons[n]?.facts.length);

const openings: Record<Outcome, string> = {
  entitled: "Entitled",
  "not-entitled": "Not entitled",
  discretion: "At the vendor's discretion",
  undetermined: "Undetermined",
  redirected: "Served by someone else",
};
const strongest: [Result, Outcome][] = [
  ["redirect", "redirected"],
  ["fail", "not-entitled"],
  ["unknown", "undetermined"],
  ["discretion", "discretion"],
];
const decisive: Record<Outcome, Result> = {
  entitled: "pass",
  "not-entitled": "fail",
  discretion: "discretion",
  undetermined: "unknown",
  redirected: "redirect",
};

function answerOf(about: Case, judged: Judged, considered: Considered[], asOf: number): EntitlementAnswer {
  const { dossier, request, contract } = about;
  const { readings, until } = judged;
  const outcome = strongest.find(([result]) => judged.reasons.some((reason) => reason.result === result))?.[1] ?? "entitled";
  const doubt = outcome === "redirected" ? null : severityDoubt(request);
  const noted = [...(doubt === null ? [] : [doubt]), ...endOfLifeNote(about, outcome)];
  const reasons = [...judged.reasons, ...noted];
  const use = (id: string, chosen: string) => {
    if (!readings.some((one) => one.id === id)) readings.push({ id, chosen });
  };
  const reply: Replies =
    outcome === "redirected"
      ? { effectiveSeverity: request.severity ?? null, deadlines: [], obligations: [], missing: [] }
      : replies(request, asOf, judged.endOfLife, use);
  return {
    accountId: dossier.accountId,
    outcome,
    headline: headline(outcome, judged.reasons, reply, noted),
    policy,
    contractId: contract.contractId,
    considered,
    reasons: reasons as Reasons,
    missing: [...judged.missing, ...reply.missing],
    serviceLevel: { program: contract.program, requestedSeverity: request.severity ?? null, effectiveSeverity: reply.effectiveSeverity },
    deadlines: reply.deadlines,
    obligations: reply.obligations,
    readings,
    validUntil: until === null ? null : iso(midnight(dayNumber(until))),
    asOf: iso(asOf),
  };
}

/** Severity 1 counts in business hours once the end of life is announced (3.1.4 **). */
function endOfLifeNote({ request, products, day, dossier }: Case, outcome: Outcome): Reason[] {
  if (outcome === "redirected" || request.severity !== "severity-1" || request.kind === "question" || request.kind === "how-to") return [];
  const license = dossier.licenses.find(({ licenseId }) => licenseId === request.licenseId);
  const product = products.get(license?.productId ?? request.productId ?? "");
  const on = product?.endOfLifeAnnouncedOn ?? product?.endOfLifeOn;
  if (product === undefined || on === undefined || on > day) return [];
  const field = product.endOfLifeAnnouncedOn === undefined ? "endOfLifeOn" : "endOfLifeAnnouncedOn";
  const finding = `the end of life of \`${product.productId}\` is announced since ${on}`;
  const facts = [{ path: `products/${product.productId}/${field}`, value: on }];
  return [{ clause: "3.1.4", condition: "end-of-life", result: "info", finding, facts, cure: null }];
}

/** Questions count as severity 3, and severity 1 is for production alone. */
function severityDoubt({ kind, severity, environment }: EntitlementRequest): Reason | null {
  if (severity === undefined) return null;
  const asked = { path: "request/severity", value: severity };
  const doubt = { clause: "1", condition: "severity", result: "info", cure: null } as const;
  if (kind === "question" || kind === "how-to") {
    if (severity === "severity-3") return null;
    const finding = `a request of kind ${kind} counts as \`severity-3\`, whatever was requested; that was \`${severity}\``;
    return { ...doubt, finding, facts: [{ path: "request/kind", value: kind }, asked] };
  }
  if (severity !== "severity-1" || environment === undefined || environment.toLowerCase() === "production") return null;
  const says = "inoperable or not accessible in production by a server-side failure";
  const finding = `\`severity-1\` is for production (${says}), and the request is about environment \`${environment}\``;
  return { ...doubt, finding, facts: [{ path: "request/environment", value: environment }, asked] };
}

function headline(outcome: Outcome, reasons: Reason[], { deadlines, obligations }: Replies, noted: Reason[]): string {
  if (outcome === "entitled") {
    const first = deadlines.find(({ kind }) => kind === "first-response");
    const due =
      first === undefined
        ? ""
        : first.dueAt === null
          ? "; when the first response is due is not known"
          : `; first response due ${spoken(Date.parse(first.dueAt))}`;
    const notes = noted.map(({ finding, clause }) => `; note: ${finding} (${clause})`).join("");
    return `Entitled: every condition of the Ebiexperts Support Policy holds${due}${duties(obligations)}${notes}`;
  }
  const grounds = reasons.filter(({ result }) => result === decisive[outcome]);
  const [ground] = grounds as [Reason];
  return `${openings[outcome]}: ${ground.finding} (${ground.clause})${grounds.length > 1 ? ` (and ${grounds.length - 1} more)` : ""}`;
}

/** The call that severity 1 waits for, else remote access. */
function duties(obligations: ObligationAnswer[]): string {
  const phone = obligations.find(({ clause }) => clause === "3.1.4");
  const access = obligations.find(({ clause }) => clause === "6.4");
  if (phone === undefined) return access === undefined ? "" : `; the customer must ${access.what}`;
  return `; the customer must ${phone.what}, and no response is due before${access === undefined ? "" : " (and 1 more obligation)"}`;
}

/** The next one to be delivered, else the last one that was retired. */
const nearest = (day: CalendarDate) => (a: HeldLicense, b: HeldLicense) => {
  const [first, second] = [a, b].map(({ deliveredOn }) => (deliveredOn > day ? deliveredOn : null));
  if (first || second) return first && (!second || first < second) ? -1 : 1;
  return (a.retiredOn ?? "") > (b.retiredOn ?? "") ? -1 : 1;
};

function noneHeld(about: Case, asOf: number): EntitlementAnswer {
  const { request, day, products } = about;
  const what = request.productId === undefined ? "no license" : `no license of \`${request.productId}\``;
  const cure = { says: "name a license that the account holds", clause: "2.1", price: null };
  const reasons: Reason[] = [
    { clause: "2.1", condition: "covered", result: "fail", finding: `the account holds ${what}`, facts: [{ path: "licenses", value: null }], cure },
  ];
  const endOfLife = isEndOfLife(products.get(request.productId ?? ""), day);
  const judged: Judged = { reasons, missing: [], readings: [], until: null, endOfLife };
  return { ...answerOf(about, judged, [], asOf), contractId: null };
}

function withoutContract({ accountId }: Dossier, { severity }: EntitlementRequest, asOf: number): EntitlementAnswer {
  const finding = "the account has no support contract";
  const cure: Cure = { says: "record the support contract", clause: null, price: null };
  return {
    accountId,
    outcome: "undetermined",
    headline: `Undetermined: ${finding}`,
    policy: null,
    contractId: null,
    considered: [],
    reasons: [{ clause: "common", condition: "contract", result: "unknown", finding, facts: [{ path: "contracts", value: null }], cure }],
    missing: [{ what: "contract", clause: "common" }],
    serviceLevel: { program: null, requestedSeverity: severity ?? null, effectiveSeverity: severity ?? null },
    deadlines: [],
    obligations: [],
    readings: [],
    validUntil: null,
    asOf: iso(asOf),
  };
}

const sameAnswer = (a: EntitlementAnswer, b: EntitlementAnswer) =>
  a.outcome === b.outcome &&
  a.deadlines.length === b.deadlines.length &&
  a.deadlines.every(({ kind, dueAt }, n) => kind === b.deadlines[n]?.kind && dueAt === b.deadlines[n]?.dueAt);

function asReason(answer: EntitlementAnswer, license: HeldLicense | undefined): Reason {
  const licenseId = license?.licenseId ?? "";
  const ground = answer.reasons.find(({ result }) => result === decisive[answer.outcome]) ?? answer.reasons[0];
  const finding = `license \`${licenseId}\`: ${answer.headline}`;
  const facts = [{ path: `licenses/${licenseId}`, value: answer.outcome }];
  return { clause: ground.clause, condition: "which-license", result: "info", finding, facts, cure: null };
}

/** They agree, some on grounds of their own. */
function withOtherGrounds(answers: EntitlementAnswer[], licenses: HeldLicense[], first: EntitlementAnswer): EntitlementAnswer {
  const grounds = ({ outcome, reasons }: EntitlementAnswer) =>
    outcome === "entitled" ? "" : reasons.flatMap(({ result, finding }) => (result === decisive[outcome] ? [finding] : [])).join();
  const reasons: Reasons = [...first.reasons];
  const considered = [...first.considered];
  for (const [n, answer] of answers.entries()) {
    if (grounds(answer) === grounds(first) || reasons.length === first.reasons.length + 50) continue;
    reasons.push(asReason(answer, licenses[n]));
    const { contractId } = answer;
    if (contractId !== null && contractId !== first.contractId && !considered.some((one) => one.contractId === contractId))
      considered.push({ contractId, chosen: false, because: `it answers for license \`${licenses[n]?.licenseId}\`` });
  }
  return { ...first, reasons, considered };
}

/** What all of them have alike; else nothing. */
function alike<Part>(answers: EntitlementAnswer[], part: (answer: EntitlementAnswer) => Part[]): Part[] {
  const said = answers.map((answer) => JSON.stringify(part(answer)));
  return said.every((one) => one === said[0]) ? part(answers[0] as EntitlementAnswer) : [];
}

function whichLicense(
  { productId }: EntitlementRequest,
  answers: EntitlementAnswer[],
  licenses: HeldLicense[],
  first: EntitlementAnswer,
): EntitlementAnswer {
  const each = answers.slice(0, 50).map((answer, n) => asReason(answer, licenses[n]));
  const clause = "common";
  const missing = productId === undefined && new Set(licenses.map((license) => license.productId)).size > 1 ? "productId" : "licenseId";
  const finding = `the answer depends on which of ${answers.length} licenses it is about`;
  const cure: Cure = { says: `state ${missing}`, clause: null, price: null };
  const reasons: Reasons = [{ clause, condition: "which-license", result: "unknown", finding, facts: [], cure }, ...each];
  return {
    ...first,
    outcome: "undetermined",
    headline: `Undetermined: ${finding}`,
    reasons,
    missing: [
      { what: missing, clause },
      ...first.missing.filter((lacks) =>
        answers.every((answer) => answer.missing.some((one) => one.what === lacks.what && one.clause === lacks.clause)),
      ),
    ],
    deadlines: alike(answers, ({ deadlines }) => deadlines),
    obligations: alike(answers, ({ obligations }) => obligations),
    validUntil: null,
  };
}
