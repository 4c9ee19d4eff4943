/** "Which of these licenses is it about?" One answer for several licenses that a request may be about: what they agree on, and what each has of its own. */
import type { FactUsed, Reason, Reasons } from "../decision.ts";
import type { HeldLicense } from "../facts.ts";
import type { EntitlementAnswer } from "./entitlement-answer.ts";
import { decisive, openings } from "./entitlement-headline.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";

export function undetermined(first: EntitlementAnswer, missing: string, finding: string, each: Reason[]): EntitlementAnswer {
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

const groundsOf = ({ outcome, reasons }: EntitlementAnswer) => reasons.filter(({ result }) => result === decisive[outcome]);

/** What is answered of one of several licenses, as a reason beside the others. */
function asReason(answer: EntitlementAnswer, { license: { licenseId } }: { license: HeldLicense }): Reason {
  const { clause } = groundsOf(answer)[0] ?? answer.reasons[0];
  const facts: FactUsed[] = [{ path: `licenses/${licenseId}`, value: answer.outcome }];
  return { clause, condition: "which-license", result: "info", finding: `license \`${licenseId}\`: ${answer.headline}`, facts, cure: null };
}

const mostListed = 50;

/** The answers of several licenses agree: the first, and of the others each that does so on grounds of its own, with its contract. */
export function withOtherGrounds(answers: EntitlementAnswer[], choices: { license: HeldLicense }[], first: EntitlementAnswer): EntitlementAnswer {
  if (first.outcome === "entitled") return first;
  const found = (answer: EntitlementAnswer) => groundsOf(answer).map(({ finding }) => finding);
  const own = found(first).join();
  const others = answers.flatMap((answer, index) =>
    found(answer).join() === own ? [] : [{ answer, choice: choices[index] as { license: HeldLicense } }],
  );
  if (others.length === 0) return first;
  const listed = others.slice(0, mostListed);
  const contracts = new Map(listed.map(({ answer, choice }) => [answer.contractId, choice.license.licenseId]));
  for (const known of [first, ...first.considered]) contracts.delete(known.contractId);
  const considered = [...contracts].flatMap(([contractId, licenseId]) =>
    contractId === null ? [] : [{ contractId, chosen: false, because: `it answers for license \`${licenseId}\`` }],
  );
  return {
    ...first,
    considered: [...first.considered, ...considered],
    reasons: [...first.reasons, ...listed.map(({ answer, choice }) => asReason(answer, choice))],
  };
}

/** What all of them have, to the last word; else nothing. */
function shared<Part>(answers: EntitlementAnswer[], part: (answer: EntitlementAnswer) => Part[]): Part[] {
  const [one, ...others] = answers.map((answer) => JSON.stringify(part(answer)));
  return others.every((other) => other === one) ? part(answers[0] as EntitlementAnswer) : [];
}

/**
 * The answers of several licenses differ: each is listed, and the request must say which one it is about. What has to be done
 * by when stands where it is the same for each, and so does what is missing of each.
 */
export function whichLicense(
  request: EntitlementRequest,
  answers: EntitlementAnswer[],
  choices: { license: HeldLicense }[],
  first: EntitlementAnswer,
): EntitlementAnswer {
  const each = answers.slice(0, mostListed).map((answer, index) => asReason(answer, choices[index] as { license: HeldLicense }));
  // No clause asks for it: "common" stands for the rules common to all policies.
  const products = new Set(choices.map(({ license }) => license.productId));
  const missing = request.productId === undefined && products.size > 1 ? "productId" : "licenseId";
  const asked = undetermined(first, missing, `the answer depends on which of ${answers.length} licenses it is about`, each);
  const everywhere = first.missing.filter(({ what, clause }) =>
    answers.every((answer) => answer.missing.some((one) => one.what === what && one.clause === clause)),
  );
  return {
    ...asked,
    missing: [...asked.missing, ...everywhere],
    deadlines: shared(answers, ({ deadlines }) => deadlines),
    obligations: shared(answers, ({ obligations }) => obligations),
  };
}
