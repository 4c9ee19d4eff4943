/** Why a reinstatement cannot be quoted: nothing lapsed, a license that has no lapse, or a selection that leaves a group incomplete. */

import type { Ends } from "../cover.ts";
import { Coverage, productOf } from "../coverage.ts";
import type { Reason } from "../decision.ts";
import type { HeldLicense } from "../facts.ts";
import { Readings } from "../readings.ts";
import type { Reinstatement } from "./reinstatement.ts";
import type { Lapse } from "./reinstatement-lapses.ts";

const refusal = (clause: string, finding: string, licenseIds: readonly string[], cure: string | null): Reason => ({
  clause,
  condition: "reinstatement",
  result: "fail",
  finding,
  facts: licenseIds.slice(0, 50).map((licenseId) => ({ path: `licenses/${licenseId}`, value: null })),
  cure: cure === null ? null : { says: cure, clause, price: null },
});

/** The grounds for refusing, none where the quote can be made. */
export function refusalsOf(about: Reinstatement, lapses: Lapse[], asked: readonly string[] | undefined, clause: string, ends: Ends): Reason[] {
  const { contract } = about;
  const askedLapses = lapses.filter(({ licenseId }) => asked?.includes(licenseId) ?? true);
  const wrong = asked === undefined ? [] : askedLapses.filter(({ state }) => state !== "lapsed");
  if (wrong.length > 0) {
    const finding = wrong
      .map(({ licenseId, why }) => `license \`${licenseId}\` ${why}`)
      .slice(0, 10)
      .join("; ");
    return [
      refusal(
        clause,
        `nothing to bring back: ${finding}`,
        wrong.map(({ licenseId }) => licenseId),
        null,
      ),
    ];
  }
  const chosen = askedLapses.filter(({ state }) => state === "lapsed");
  if (chosen.length === 0) {
    const finding = lapses
      .map(({ licenseId, why }) => `license \`${licenseId}\` ${why}`)
      .slice(0, 10)
      .join("; ");
    return [refusal(clause, `contract \`${contract.contractId}\` has nothing that lapsed${finding === "" ? "" : `: ${finding}`}`, [], null)];
  }
  return incomplete(about, lapses, chosen, ends);
}

/** Lapsed licenses of this contract that belong to a group of the chosen ones and would be left without cover. */
function incomplete(about: Reinstatement, lapses: Lapse[], chosen: Lapse[], ends: Ends): Reason[] {
  const { facts, policy, reinstateOn } = about;
  const back = new Set(chosen.map(({ licenseId }) => licenseId));
  const rest = lapses.filter(({ licenseId, state }) => state === "lapsed" && !back.has(licenseId));
  if (rest.length === 0) return [];
  const coverage = new Coverage(facts, ends, policy.policy.id, reinstateOn);
  const readings = new Readings(policy, about.contract);
  return policy.conditions.flatMap(({ parameters, clause, when }) => {
    if (parameters.condition !== "whole-coverage" || !readings.holds(when)) return [];
    const groupOf = (license: HeldLicense | undefined) => {
      if (license === undefined) return undefined;
      if (parameters.group === "deployment") return license.deploymentId;
      return parameters.group === "bundle" ? license.bundleId : productOf(facts.catalog, license.productId)?.productLine;
    };
    const groups = new Set(chosen.map(({ license }) => groupOf(license)).filter((group) => group !== undefined));
    const left = rest.filter(({ license, licenseId }) => groups.has(groupOf(license) ?? "") && !coverage.isCovered(licenseId));
    if (left.length === 0) return [];
    const ids = left.map(({ licenseId }) => licenseId);
    const finding = `the selection leaves the ${parameters.group.replace("-", " ")} incomplete: ${ids.slice(0, 10).join(", ")}`;
    return [refusal(clause, finding, ids, `name ${ids.slice(0, 10).join(", ")} as well`)];
  });
}
