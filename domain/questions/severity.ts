/** "How grave is this?" The policy's severity for a stated impact; where what decides is not stated, it is unknown. */
import * as z from "zod";
import { inForce, type PolicyBook, type StatedAssessment } from "../compiled-policy.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import { identifier, text } from "../facts.ts";
import { impactWords } from "../impact-words.ts";
import type { AssessmentEntry } from "../policy.ts";
import { and, or, spoken } from "../policy-small-words.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import { type AsOf, daysOf } from "./question.ts";
import { isSameEnvironment } from "./severity-requested.ts";

const said = z.boolean().optional();

export const impact = z
  .strictObject({
    environment: text(64).optional(),
    inoperable: said,
    serverSideFailure: said,
    plannedMaintenance: said,
    outsideVendorControl: said,
    majorFunctionImpacted: said,
    performanceDegraded: said,
    businessLoss: said,
    workaroundKnown: said,
    usersAffected: z.enum(["many-or-all", "few"]).optional(),
    question: said,
    newFunction: said,
  })
  .meta({ id: "Impact" });

export const severityRequest = z.strictObject({ policyId: identifier, impact });

export interface SeverityAnswer {
  policy: { id: string; version: string };
  severity: string | null;
  reasons: Reasons;
  /** What is not stated, or lost of the text, where that leaves the severity open. */
  missing: Missing[];
  readings: ReadingUsed[];
}

type Impact = z.infer<typeof impact>;

/**
 * Assesses a stated impact under the version of the policy in force at `asOf`: the first definition that fits, in the
 * order of the text. One that is open before it leaves the severity open, unless both are of the same one.
 * @throws Refused for a policy that is not known
 */
export function assessSeverity(policies: PolicyBook, policyId: string, stated: Impact, asOf: AsOf): SeverityAnswer {
  const policy = inForce(policies, policyId, daysOf(asOf, "UTC")[0]);
  if (policy === undefined)
    throw new Refused("policy-unknown", [
      { pointer: "/policyId", detail: `no policy \`${policyId}\`; there are \`${[...policies.keys()].join("`, `")}\`` },
    ]);
  const readings = new Readings(policy, null);
  const reasons: Reason[] = [];
  const answer = (severity: string | null, missing: Missing[] = []): SeverityAnswer => ({
    policy: { id: policyId, version: policy.policy.version },
    severity,
    reasons: reasons as Reasons,
    missing,
    readings: readings.used,
  });
  const facts = Object.entries(stated).flatMap(([name, value]) => (value === undefined ? [] : [{ path: `impact/${name}`, value }]));
  const open: { severity: string; reason: Reason; missing: Missing[] }[] = [];
  for (const { clause, entry } of policy.assessments) {
    const says = policy.policy.severities.find(({ id }) => id === entry.severity)?.says ?? entry.severity;
    const { fits, because, toState, lost } = fit(entry, stated);
    if (!readings.holds(entry.when)) {
      // One that the option leaves out and that would fit: the reading made the difference.
      if (fits !== "no") readings.rely(entry.when);
      continue;
    }
    const reason = { clause, condition: "severity", facts, cure: null };
    if (fits === "no") {
      if (open.length === 0) reasons.push({ ...reason, result: "info", finding: `not ${entry.severity} (${says}): ${because}` });
      continue;
    }
    // Whether a graver one fits is open: what comes after it cannot decide.
    if (open.some(({ severity }) => severity !== entry.severity)) break;
    readings.rely(entry.when);
    if (fits === "yes") {
      reasons.push({ ...reason, result: "pass", finding: `${entry.severity}: ${says}` });
      return answer(entry.severity);
    }
    const cure = toState.length === 0 ? null : { says: `state ${and(toState.map((name) => `\`${name}\``))}`, clause: null, price: null };
    open.push({
      severity: entry.severity,
      reason: { ...reason, result: "unknown", finding: `may be ${entry.severity} (${says}): ${because}`, cure },
      missing: [...toState, ...lost].map((what) => ({ what, clause })),
    });
  }
  if (open.length > 0) {
    reasons.push(...open.map(({ reason }) => reason));
    return answer(
      null,
      open.flatMap(({ missing }) => missing),
    );
  }
  // A policy that defines none has no clause to name.
  const clause = policy.assessments[0]?.clause ?? "common";
  const [result, finding] =
    policy.policy.severities.length === 0
      ? (["info", "the policy has no severities"] as const)
      : (["unknown", "no definition of the policy fits what is stated"] as const);
  reasons.push({ clause, condition: "severity", result, finding, facts, cure: null });
  return answer(null);
}

/** Whether a definition fits; where it is open, the fields that would tell, and what the text has lost. */
interface Fit {
  fits: "yes" | "no" | "open";
  because: string;
  toState: string[];
  lost: string[];
}

const no = (because: string): Fit => ({ fits: "no", because, toState: [], lost: [] });

/**
 * Whether what is stated fits a definition. "open": some of what it asks for is stated and the rest is not, so that
 * nobody can tell; where nothing of it is stated it is not meant.
 */
function fit({ all, any, denied, none, environment, usersAffected, missing, lostElsewhere }: StatedAssessment, stated: Impact): Fit {
  if (missing !== undefined) return { fits: "open", because: `its definition is in: ${missing}`, toState: [], lost: [missing] };
  if (environment !== undefined && stated.environment !== undefined && !isSameEnvironment(stated.environment, environment))
    return no(`it is not in ${environment}`);
  if (usersAffected !== undefined && stated.usersAffected === undefined) return no("it is not stated how many users are affected");
  if (usersAffected !== undefined && stated.usersAffected !== undefined && !usersAffected.includes(stated.usersAffected))
    return no(`the users affected are ${spoken(stated.usersAffected)}, not ${or(usersAffected.map(spoken))}`);
  const isFalse = all.find((name) => stated[name] === false);
  if (isFalse !== undefined) return no(impactWords[isFalse].not);
  const isTrue = [...denied, ...none].find((name) => stated[name] === true);
  if (isTrue !== undefined) return no(impactWords[isTrue].so);
  const someOf = any.some((name) => stated[name] === true);
  if (any.length > 0 && !someOf && any.every((name) => stated[name] === false)) return no(and(any.map((name) => impactWords[name].not)));
  const open = [...all, ...denied].filter((name) => stated[name] === undefined);
  const anyOpen = someOf ? [] : any.filter((name) => stated[name] === undefined);
  const elsewhere = environment !== undefined && stated.environment === undefined;
  if (open.length + anyOpen.length === 0 && !elsewhere) return ofKnownPlace(lostElsewhere, stated);
  const asked = [
    ...open.map((name) => impactWords[name].so),
    ...(anyOpen.length === 0 ? [] : [or(anyOpen.map((name) => impactWords[name].so))]),
    ...(elsewhere ? [`it is in ${environment}`] : []),
  ];
  const because = `it is not stated whether ${asked.join(", whether ")}`;
  if (!someOf && !all.some((name) => stated[name] === true)) return no(because);
  return { fits: "open", because, toState: [...open, ...anyOpen, ...(elsewhere ? ["environment"] : [])], lost: [] };
}

/** All that it asks for is stated so; what the text says of other places may be lost. */
function ofKnownPlace(lost: AssessmentEntry["lostElsewhere"], { environment }: Impact): Fit {
  if (lost === undefined || environment === undefined || isSameEnvironment(environment, lost.environment))
    return { fits: "yes", because: "", toState: [], lost: [] };
  const because = `the text has lost what it says outside ${lost.environment}, and it is in ${environment}`;
  return { fits: "open", because, toState: [], lost: [lost.missing] };
}
