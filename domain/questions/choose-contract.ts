/** "Which contract answers?" The one that covers the license on the day; with several the best program, then the earliest anchor. */
import { type CompiledPolicy, inForce } from "../compiled-policy.ts";
import { anchorOf } from "../contract-terms.ts";
import { type Cover, coverOf, coversDay, type Ends, lineOf } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { Considered } from "../decision.ts";
import type { HeldContract, HeldLicense } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { type Place, zoneAt } from "./place.ts";
import { type AsOf, daysOf, type KnownFacts } from "./question.ts";

export interface Choice {
  contract: HeldContract;
  policy: CompiledPolicy;
  /** The contract's cover of the license on the day. */
  cover: Cover | null;
  considered: Considered[];
}

interface Candidate {
  contract: HeldContract;
  policy: CompiledPolicy;
  cover: Cover | null;
  covering: boolean;
  rank: number;
}

/** The local day under a contract; of the possible ones where no zone is set, the one asked for. */
export type DayUnder = (policy: CompiledPolicy, contract: HeldContract) => CalendarDate;

/** Reads `asOf` under a contract as its first possible local day, or as its last. */
export const dayUnder =
  (asOf: AsOf, which: "first" | "last", place: Place): DayUnder =>
  (policy, contract) => {
    const days = daysOf(asOf, zoneAt(policy, contract, place));
    return which === "first" ? days[0] : (days[1] ?? days[0]);
  };

/** The policy of a contract in force on a day for who may ask, how and when (reading `governing-version`). */
export function processPolicy(facts: KnownFacts, contract: HeldContract, asOf: AsOf): CompiledPolicy {
  const stated = facts.policies.get(contract.policyId)?.[0]?.zone ?? null;
  const zone = (stated === "premises" ? null : stated) ?? contract.settings?.timeZone ?? null;
  const policy = inForce(facts.policies, contract.policyId, daysOf(asOf, zone)[0]);
  if (policy === undefined) throw new Error(`contract \`${contract.contractId}\` names policy \`${contract.policyId}\`, which is not known`);
  return policy;
}

/** Chooses for a license that the account holds, where it has any contract at all. */
export function chooseContract(facts: KnownFacts, license: HeldLicense, asOf: AsOf, day: DayUnder, ends: Ends): Choice {
  const { contracts } = facts.dossier;
  const naming: Candidate[] = [];
  for (const contract of contracts) {
    const line = lineOf(contract, license.licenseId);
    if (line === undefined) continue;
    const policy = processPolicy(facts, contract, asOf);
    const cover = coverOf(facts, ends, contract, line, license);
    naming.push({ contract, policy, cover, covering: coversDay(cover, day(policy, contract)), rank: rankOf(policy, contract) });
  }
  if (naming.length === 1) return only(naming[0] as Candidate);
  if (naming.length > 1) return best(naming, day);
  const nearest = contractsOfLine(facts, license);
  return best(
    (nearest.length > 0 ? nearest : contracts).map((contract) => {
      const policy = processPolicy(facts, contract, asOf);
      return { contract, policy, cover: null, covering: false, rank: rankOf(policy, contract) };
    }),
    day,
  );
}

function only({ contract, policy, cover, covering }: Candidate): Choice {
  return { contract, policy, cover: covering ? cover : null, considered: [] };
}

/** Contracts that cover another license of the same product line. */
function contractsOfLine({ dossier, catalog }: KnownFacts, license: HeldLicense): HeldContract[] {
  const line = productOf(catalog, license.productId)?.productLine;
  if (line === undefined) return [];
  const same = new Set(
    dossier.licenses.filter(({ productId }) => productOf(catalog, productId)?.productLine === line).map(({ licenseId }) => licenseId),
  );
  return dossier.contracts.filter(({ lines }) => lines.some(({ licenseId }) => same.has(licenseId)));
}

/** Place of the contract's program in the policy's list, best first. */
function rankOf({ policy }: CompiledPolicy, { program }: HeldContract): number {
  const rank = policy.programs.indexOf(program);
  return rank < 0 ? policy.programs.length : rank;
}

/** Lists inside answers stop here, with a count. */
const mostListed = 50;

function best(candidates: Candidate[], day: DayUnder): Choice {
  const sorted = candidates.sort((a, b) => compareCandidates(a, b, day));
  const [chosen] = sorted as [Candidate];
  const considered = sorted.slice(1, mostListed + 1).map(
    ({ contract, covering, rank, cover, policy }): Considered => ({
      contractId: contract.contractId,
      chosen: false,
      because: covering ? (rank > chosen.rank ? "its program is lower" : "its anchor is later") : why(cover, day(policy, contract)),
    }),
  );
  const left = sorted.length - 1 - mostListed;
  const last = considered.at(-1);
  if (left > 0 && last !== undefined) last.because += `; ${left} more contract${left === 1 ? " is" : "s are"} not listed`;
  return { ...only(chosen), considered };
}

function compareCandidates(a: Candidate, b: Candidate, day: DayUnder): number {
  if (a.covering !== b.covering) return a.covering ? -1 : 1;
  if (!a.covering) return compareDates(lastCovered(b, day), lastCovered(a, day)) || compareIds(a, b);
  return a.rank - b.rank || compareDates(anchorOf(a.contract), anchorOf(b.contract)) || compareIds(a, b);
}

/** With none that covers, the last one that did: a cover that is still to begin comes after every one that ended. One without an end would cover. */
function lastCovered({ cover, contract, policy }: Candidate, day: DayUnder): CalendarDate {
  if (cover === null || cover.firstDay > day(policy, contract)) return "";
  return cover.lastDay as CalendarDate;
}

const compareDates = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const compareIds = (a: Candidate, b: Candidate) => compareDates(a.contract.contractId, b.contract.contractId);

function why(cover: Cover | null, day: CalendarDate): string {
  if (cover === null) return "it does not name the license";
  if (cover.firstDay > day) return `its cover begins only on ${cover.firstDay}`;
  return `its cover ended on ${cover.lastDay}`;
}
