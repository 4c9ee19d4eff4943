/** "Is it as grave as they say?" What the request itself says of the severity that it names; the one requested stays on record. */
import type { StatedAssessment } from "../compiled-policy.ts";
import type { Inquiry } from "../conditions/condition.ts";
import type { FactUsed, Reason } from "../decision.ts";

/** The severity that a kind of request counts as, whatever was requested, and the clause that says so; undefined where the request's own holds. */
export function countsAs({ policy, request, readings }: Inquiry): { clause: string; severity: string } | undefined {
  for (const { clause, entry } of policy.severities) {
    if (!entry.kinds.includes(request.kind)) continue;
    readings.rely(entry.when);
    if (!readings.holds(entry.when)) continue;
    return { clause, severity: entry.severity };
  }
  return undefined;
}

/**
 * What is to be said of the severity requested: that the kind of request counts as another one, or that the request
 * contradicts the policy's definition. That changes nothing: the impact decides, which the request does not state.
 * Null where there is nothing to say.
 */
export function doubtOf(inquiry: Inquiry): Reason | null {
  const { request } = inquiry;
  const { severity: requested, kind } = request;
  if (requested === undefined) return null;
  const asked = { path: "request/severity", value: requested };
  const counted = countsAs(inquiry);
  if (counted !== undefined) {
    if (counted.severity === requested) return null;
    const finding = `a request of kind ${kind} counts as \`${counted.severity}\`, whatever was requested; that was \`${requested}\``;
    return doubt(counted.clause, finding, [{ path: "request/kind", value: kind }, asked]);
  }
  return byKind(inquiry, requested, asked) ?? byEnvironment(inquiry, requested, asked);
}

/** A definition that asks for no more than the kind of request tells, and is of another severity. */
function byKind({ policy, readings, request: { kind } }: Inquiry, requested: string, asked: FactUsed): Reason | null {
  const told = kind === "question" || kind === "how-to" ? "question" : kind === "feature-request" ? "newFunction" : null;
  const fitting = policy.assessments.find(
    ({ entry }) => readings.holds(entry.when) && entry.all.length === 1 && entry.all[0] === told && !asksForMore(entry),
  );
  if (fitting === undefined || fitting.entry.severity === requested) return null;
  const { clause, entry } = fitting;
  const finding = `a request of kind ${kind} is \`${entry.severity}\` by definition (${saysOf(policy, entry.severity)}), and \`${requested}\` was requested`;
  return doubt(clause, finding, [{ path: "request/kind", value: kind }, asked]);
}

const asksForMore = ({ any, environment, usersAffected }: StatedAssessment) =>
  any.length > 0 || environment !== undefined || usersAffected !== undefined;

/** People write it as they like: "Production" is production. */
export const isSameEnvironment = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Every definition of the severity is for one environment, and the request is about another. */
function byEnvironment({ policy, readings, request: { environment } }: Inquiry, requested: string, asked: FactUsed): Reason | null {
  if (environment === undefined) return null;
  const its = policy.assessments.filter(({ entry }) => entry.severity === requested && readings.holds(entry.when));
  const [first] = its;
  const where = first?.entry.environment;
  if (first === undefined || where === undefined || its.some(({ entry }) => entry.environment !== where)) return null;
  if (isSameEnvironment(environment, where)) return null;
  const finding = `\`${requested}\` is for ${where} (${saysOf(policy, requested)}), and the request is about environment \`${environment}\``;
  return doubt(first.clause, finding, [{ path: "request/environment", value: environment }, asked]);
}

const saysOf = ({ policy }: Inquiry["policy"], severity: string) => policy.severities.find(({ id }) => id === severity)?.says ?? severity;

const doubt = (clause: string, finding: string, facts: FactUsed[]): Reason => ({
  clause,
  condition: "severity",
  result: "info",
  finding,
  facts,
  cure: null,
});
