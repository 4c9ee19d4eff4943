/**
 * "What has to be covered with it?" Where a policy serves a product line, deployment or bundle only as a whole, a license that never
 * had support needs it for all of these that are without: covered alone it would be refused all the same.
 */
import { formulaOf } from "../compiled-policy.ts";
import type { Inquiry } from "../conditions/condition.ts";
import type { HeldLicense } from "../facts.ts";
import { groupOf } from "../whole-groups.ts";

/** The other gaps of its groups, and of theirs. What is brought back is quoted with what lapsed with it, and what is going to be covered needs nothing. */
export function neededWith({ policy, readings, facts: { catalog }, coverage, license, day }: Inquiry): string[] {
  const isNeeded = (one: HeldLicense) => coverage.isGap(one) && coverage.nextCover(one) === null;
  if (license === null || !isNeeded(license)) return [];
  const lapsed = coverage.coversOf(license.licenseId).some(({ lastDay }) => lastDay !== null && lastDay < day);
  if (lapsed && formulaOf(policy, "reinstatement") !== undefined) return [];
  const rules = policy.conditions.flatMap(({ parameters, when }) =>
    parameters.condition === "whole-coverage" && readings.holds(when) ? [parameters] : [],
  );
  const needed = new Set([license]);
  for (const one of needed)
    for (const rule of rules) {
      const group = rule.of.some((kind) => kind === one.kind) ? groupOf(rule, one, catalog) : undefined;
      if (group === undefined) continue;
      for (const other of coverage.licenses)
        if (rule.of.some((kind) => kind === other.kind) && groupOf(rule, other, catalog) === group && isNeeded(other)) needed.add(other);
    }
  return [...needed].slice(1).map(({ licenseId }) => licenseId);
}
