/** "How grave is this?" The policy's severity for a stated impact; where what decides is not stated, it is unknown. */
import * as z from "zod";
import { inForce, type PolicyBook } from "../compiled-policy.ts";
import type { ReadingUsed, Reason, Reasons } from "../decision.ts";
import { identifier, text } from "../facts.ts";
import { impactWords } from "../impact-words.ts";
import type { AssessmentEntry } from "../policy.ts";
import { and, or, spoken } from "../policy-small-words.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import { type AsOf, daysOf } from "./question.ts";

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
  readings: ReadingUsed[];
}

type Impact = z.infer<typeof impact>;

/**
 * Assesses a stated impact under the version of the policy in force at `asOf`: the first definition that fits, in the
 * order of the text. @throws Refused for a policy that is not known
 */
export function assessSeverity(policies: PolicyBook, policyId: string, stated: Impact, asOf: AsOf): SeverityAnswer {
  const policy = inForce(policies, policyId, daysOf(asOf, "UTC")[0]);
  if (policy === undefined)
    throw new Refused("policy-unknown", [
      { pointer: "/policyId", detail: `no policy \`${policyId}\`; there are \`${[...policies.keys()].join("`, `")}\`` },
    ]);
  const readings = new Readings(policy, null);
  const reasons: Reason[] = [];
  const answer = (severity: string | null): SeverityAnswer => ({
    policy: { id: policyId, version: policy.policy.version },
    severity,
    reasons: reasons as Reasons,
    readings: readings.used,
  });
  const facts = Object.entries(stated).flatMap(([name, value]) => (value === undefined ? [] : [{ path: `impact/${name}`, value }]));
  for (const { clause, entry } of policy.assessments) {
    if (!readings.holds(entry.when)) continue;
    const says = policy.policy.severities.find(({ id }) => id === entry.severity)?.says ?? entry.severity;
    const { fits, because, toState } = fit(entry, stated);
    const reason = { clause, condition: "severity", facts, cure: null };
    if (fits !== "no") readings.rely(entry.when);
    if (fits === "no") reasons.push({ ...reason, result: "info", finding: `not ${entry.severity} (${says}): ${because}` });
    else if (fits === "yes") reasons.push({ ...reason, result: "pass", finding: `${entry.severity}: ${says}` });
    else
      reasons.push({
        ...reason,
        result: "unknown",
        finding: `may be ${entry.severity} (${says}): ${because}`,
        cure: { says: `state ${and(toState.map((name) => `\`${name}\``))}`, clause: null, price: null },
      });
    if (fits !== "no") return answer(fits === "yes" ? entry.severity : null);
  }
  // A policy that defines none has no clause to name.
  const clause = policy.assessments[0]?.clause ?? "common";
  reasons.push({ clause, condition: "severity", result: "unknown", finding: "no definition of the policy fits what is stated", facts, cure: null });
  return answer(null);
}

/** Whether a definition fits; where it is open, the fields that would tell. */
interface Fit {
  fits: "yes" | "no" | "open";
  because: string;
  toState: string[];
}

const no = (because: string): Fit => ({ fits: "no", because, toState: [] });

/**
 * Whether what is stated fits a definition. "open": some of what it asks for is stated and the rest is not, so that
 * nobody can tell; where nothing of it is stated it is not meant.
 */
function fit({ all = [], any = [], denied = [], none = [], environment, usersAffected }: AssessmentEntry, stated: Impact): Fit {
  if (environment !== undefined && stated.environment !== undefined && stated.environment !== environment) return no(`it is not in ${environment}`);
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
  if (open.length + anyOpen.length === 0 && !elsewhere) return { fits: "yes", because: "", toState: [] };
  const asked = [
    ...open.map((name) => impactWords[name].so),
    ...(anyOpen.length === 0 ? [] : [or(anyOpen.map((name) => impactWords[name].so))]),
    ...(elsewhere ? [`it is in ${environment}`] : []),
  ];
  const because = `it is not stated whether ${asked.join(", whether ")}`;
  if (!someOf && !all.some((name) => stated[name] === true)) return no(because);
  return { fits: "open", because, toState: [...open, ...anyOpen, ...(elsewhere ? ["environment"] : [])] };
}
