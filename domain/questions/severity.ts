/** "How grave is this?" The policy's severity for a stated impact; where what decides is not stated, it is unknown. */
import * as z from "zod";
import { inForce, type PolicyBook } from "../compiled-policy.ts";
import type { ReadingUsed, Reason, Reasons } from "../decision.ts";
import { identifier, text } from "../facts.ts";
import type { AssessmentEntry } from "../policy.ts";
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
    const { fits, because } = fit(entry, stated);
    const reason = { clause, condition: "severity", facts, cure: null };
    if (fits !== "no") readings.rely(entry.when);
    if (fits === "no") reasons.push({ ...reason, result: "info", finding: `not ${entry.severity} (${says}): ${because}` });
    else
      reasons.push({
        ...reason,
        result: fits === "yes" ? "pass" : "unknown",
        finding: `${entry.severity}: ${says}${fits === "yes" ? "" : `, if ${because}`}`,
      });
    if (fits !== "no") return answer(fits === "yes" ? entry.severity : null);
  }
  const [first] = policy.policy.clauses;
  const clause = policy.assessments[0]?.clause ?? first?.id ?? "common";
  reasons.push({ clause, condition: "severity", result: "unknown", finding: "no definition of the policy fits what is stated", facts, cure: null });
  return answer(null);
}

/**
 * Whether what is stated fits a definition. "open": some of what it asks for is stated and the rest is not, so that
 * nobody can tell; where nothing of it is stated it is not meant.
 */
function fit(
  { all = [], any = [], denied = [], none = [], environment, usersAffected }: AssessmentEntry,
  stated: Impact,
): { fits: "yes" | "no" | "open"; because: string } {
  const no = (because: string) => ({ fits: "no" as const, because });
  if (environment !== undefined && stated.environment !== undefined && stated.environment !== environment) return no(`not in ${environment}`);
  if (usersAffected !== undefined && (stated.usersAffected === undefined || !usersAffected.includes(stated.usersAffected)))
    return no(`users affected are not ${usersAffected.join(" or ")}`);
  const contrary = all.find((name) => stated[name] === false) ?? [...denied, ...none].find((name) => stated[name] === true);
  if (contrary !== undefined) return no(`${words(contrary)} is stated to be ${stated[contrary] ? "so" : "not so"}`);
  const someOf = any.some((name) => stated[name] === true);
  if (any.length > 0 && !someOf && any.every((name) => stated[name] === false)) return no(`none of ${any.map(words).join(", ")}`);
  const open = [...all, ...denied].filter((name) => stated[name] === undefined).map(words);
  if (any.length > 0 && !someOf) open.push(any.map(words).join(" or "));
  if (environment !== undefined && stated.environment === undefined) open.push(`in ${environment}`);
  if (open.length === 0) return { fits: "yes", because: "" };
  const touched = someOf || all.some((name) => stated[name] === true);
  return touched ? { fits: "open", because: `${open.join(", ")} is known` } : no(`${open.join(", ")} is not stated`);
}

const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
