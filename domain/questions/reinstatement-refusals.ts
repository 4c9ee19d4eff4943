/** Why a reinstatement cannot be quoted: nothing lapsed, a license that has no lapse, or a group that would be left incomplete. */
import type { Ends } from "../cover.ts";
import { Coverage } from "../coverage.ts";
import type { Reason } from "../decision.ts";
import type { HeldLicense } from "../facts.ts";
import { Readings } from "../readings.ts";
import { groupOf } from "../whole-groups.ts";
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

interface Group {
  clause: string;
  /** "product line" */
  words: string;
  /** Held on the day, in a group with one of the chosen, and then without cover, by what can be done. */
  lapsedHere: string[];
  lapsedElsewhere: { licenseId: string; contractId: string }[];
  /** Nothing is brought back: they were never covered, or a subscription ran out. */
  neverCovered: string[];
}

/** Product lines, deployments and bundles of the chosen licenses that would be left incomplete when these are back. @param known the cover on that day, where somebody has it */
export function incompleteGroups(
  { facts, contract, policy, reinstateOn }: Reinstatement,
  lapses: Lapse[],
  chosen: Lapse[],
  ends: Ends,
  known?: Coverage,
): Group[] {
  const back = new Set(chosen.map(({ licenseId }) => licenseId));
  const readings = new Readings(policy, contract);
  // Brought back before it ended, cover begins on the day after it ends: by then the others may have none either.
  const day = chosen.map(({ lapsedOn }) => lapsedOn).reduce((a, b) => (a > b ? a : b), reinstateOn);
  const coverage = known ?? new Coverage(facts, ends, policy.policy.id, day);
  const here = new Set(lapses.filter(({ state }) => state === "lapsed").map(({ licenseId }) => licenseId));
  return policy.conditions.flatMap(({ parameters, clause, when }) => {
    if (parameters.condition !== "whole-coverage" || !readings.isUnder(parameters.programs) || !readings.holds(when)) return [];
    const its = (license: HeldLicense | undefined) => license && groupOf(parameters, license, facts.catalog);
    const groups = new Set(chosen.map(({ license }) => its(license)).filter((group) => group !== undefined));
    const group: Group = { clause, words: parameters.group.replace("-", " "), lapsedHere: [], lapsedElsewhere: [], neverCovered: [] };
    for (const license of facts.dossier.licenses) {
      const { licenseId, kind } = license;
      if (back.has(licenseId) || !parameters.of.some((one) => one === kind) || !groups.has(its(license) ?? "") || !coverage.isGap(license)) continue;
      const covers = coverage.coversOf(licenseId);
      // Covered later on, or paid only later: there is nothing else to bring back.
      if (!here.has(licenseId) && covers.some(({ lastDay }) => lastDay === null || lastDay >= day)) continue;
      const ended = covers.find(({ lastDay }) => lastDay !== null);
      if (here.has(licenseId)) group.lapsedHere.push(licenseId);
      else if (ended !== undefined && kind !== "subscription") group.lapsedElsewhere.push({ licenseId, contractId: ended.contract.contractId });
      else group.neverCovered.push(licenseId);
    }
    return [group];
  });
}

const some = (ids: readonly string[]) => ids.slice(0, 10).join(", ");

/** A license that lapsed under this contract is named as well; one that nothing can be brought back for has to be covered first (7.1, 2.1). */
function incomplete(about: Reinstatement, lapses: Lapse[], chosen: Lapse[], ends: Ends): Reason[] {
  return incompleteGroups(about, lapses, chosen, ends).flatMap(({ clause, words, lapsedHere, neverCovered }) => {
    const ids = [...lapsedHere, ...neverCovered];
    if (ids.length === 0) return [];
    const name = lapsedHere.length === 0 ? [] : [`name ${some(lapsedHere)} as well`];
    const cover = neverCovered.length === 0 ? [] : [`cover ${some(neverCovered)}, which has no support to bring back, or record when it was retired`];
    const what = neverCovered.length === 0 ? "the selection leaves" : "it would leave";
    return [refusal(clause, `${what} the ${words} incomplete: ${some(ids)}`, ids, [...name, ...cover].join("; "))];
  });
}

/**
 * Licenses of the same group that lapsed under another contract come back by a quote of their own. They do not refuse this
 * one, or neither could ever be the first; until both are paid the group stays incomplete.
 */
export function gapsLeft(about: Reinstatement, chosen: Lapse[], ends: Ends): Reason[] {
  return incompleteGroups(about, [], chosen, ends).flatMap(({ clause, words, lapsedElsewhere }) => {
    if (lapsedElsewhere.length === 0) return [];
    const ids = lapsedElsewhere.map(({ licenseId }) => licenseId);
    const contracts = [...new Set(lapsedElsewhere.map(({ contractId }) => `\`${contractId}\``))];
    const finding = `the ${words} stays incomplete until ${some(ids)} is back too, which lapsed under ${some(contracts)}`;
    const facts = ids.slice(0, 50).map((licenseId) => ({ path: `licenses/${licenseId}`, value: null }));
    return [
      { clause, condition: "reinstatement", result: "info", finding, facts, cure: { says: `quote ${some(contracts)} as well`, clause, price: null } },
    ];
  });
}
