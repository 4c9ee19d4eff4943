/** "Which contract answers?" The one that covers the license on the day; with several the best program, then the earliest anchor. */
import { type CompiledPolicy, compile, inForce } from "../compiled-policy.ts";
import { anchorOf } from "../contract-terms.ts";
import { type Cover, coverOf, coversDay, type Ends, lineOf } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { Considered } from "../decision.ts";
import type { HeldContract, HeldLicense } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { leavesOpen } from "../what-follows.ts";
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
  day: CalendarDate;
  cover: Cover | null;
  covering: boolean;
  rank: number;
}

/** Which of the possible local days, where no zone is set: they are the same where one is. */
export type Which = "first" | "last";

const pick = ([first, last = first]: ReturnType<typeof daysOf>, which: Which): CalendarDate => (which === "first" ? first : last);

/** What holds under a contract: the version that governs the request, the zone, and the local day. */
export interface Under {
  policy: CompiledPolicy;
  zone: string | null;
  day: CalendarDate;
}

export type UnderContract = (contract: HeldContract) => Under;

/**
 * Reads `asOf` under each contract as its first possible local day, or as its last; the version is the one in force when the
 * request was made, which may have been earlier (reading `governing-version`).
 */
export function underAt(facts: KnownFacts, asOf: AsOf, which: Which, place: Place, requestedAt: AsOf = asOf): UnderContract {
  const known = new Map<HeldContract, Under>();
  return (contract) => {
    let under = known.get(contract);
    if (under === undefined) {
      const policy = processPolicy(facts, contract, requestedAt, which, place);
      const zone = zoneAt(policy, contract, place);
      under = { policy, zone, day: pick(daysOf(asOf, zone), which) };
      known.set(contract, under);
    }
    return under;
  };
}

/** The policy of a contract in force on a day for who may ask, how and when (reading `governing-version`). */
export function processPolicy(
  { policies, dossier }: KnownFacts,
  contract: HeldContract,
  asOf: AsOf,
  which: Which = "first",
  place: Place = dossier.premises,
): CompiledPolicy {
  const { policyId } = contract;
  const [first, ...later] = policies.get(policyId) ?? [];
  if (first === undefined) throw new Error(`contract \`${contract.contractId}\` names policy \`${policyId}\`, which is not known`);
  if (later.length === 0) return compile(first);
  const inForceOn = (day: CalendarDate) => inForce(policies, policyId, day) as CompiledPolicy;
  // Every version has the same zone; only where it goes by the premises does each tell of the regions.
  const zone = zoneAt(inForceOn(daysOf(asOf, null)[0]), contract, place);
  return inForceOn(pick(daysOf(asOf, zone), which));
}

/** Chooses for a license that the account holds, where it has any contract at all. */
export function chooseContract(facts: KnownFacts, license: HeldLicense, under: UnderContract, ends: Ends): Choice {
  const { contracts } = facts.dossier;
  const naming: Candidate[] = [];
  for (const contract of contracts) {
    const line = lineOf(contract, license.licenseId);
    if (line === undefined) continue;
    const { policy, day } = under(contract);
    const cover = coverOf(facts, ends, contract, line, license);
    naming.push({ contract, policy, day, cover, covering: coversDay(cover, day), rank: rankOf(policy, contract) });
  }
  if (naming.length === 1) return only(naming[0] as Candidate);
  if (naming.length > 1) return best(naming);
  const nearest = contractsOfLine(facts, license);
  return best(
    (nearest.length > 0 ? nearest : contracts).map((contract) => {
      const { policy, day } = under(contract);
      return { contract, policy, day, cover: null, covering: false, rank: rankOf(policy, contract) };
    }),
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

function best(candidates: Candidate[]): Choice {
  const covering = candidates.filter((one) => one.covering).sort(byProgram);
  // Programs compare under one policy only: the best of each stands for it, and of these the anchor decides.
  const leaders = new Map(covering.toReversed().map((one) => [one.contract.policyId, one]));
  const leaderOf = ({ contract }: Candidate) => leaders.get(contract.policyId) as Candidate;
  covering.sort((a, b) => byAnchor(leaderOf(a), leaderOf(b)) || byProgram(a, b));
  const others = candidates.filter((one) => !one.covering).sort((a, b) => compareDates(lastCovered(b), lastCovered(a)) || compareIds(a, b));
  const sorted = [...covering, ...others];
  const [chosen] = sorted as [Candidate];
  const considered = sorted.slice(1, mostListed + 1).map((one): Considered => {
    const leader = one.covering ? leaderOf(one) : one;
    return {
      contractId: one.contract.contractId,
      chosen: false,
      because: one.covering ? behind(one, leader === one ? chosen : leader, chosen) : why(one),
    };
  });
  const left = sorted.length - 1 - mostListed;
  const last = considered.at(-1);
  if (left > 0 && last !== undefined) last.because += `; ${left} more contract${left === 1 ? " is" : "s are"} not listed`;
  return { ...only(chosen), considered };
}

const byAnchor = (a: Candidate, b: Candidate) => compareDates(anchorOf(a.contract), anchorOf(b.contract)) || compareIds(a, b);
const byProgram = (a: Candidate, b: Candidate) => a.rank - b.rank || byAnchor(a, b);

/** What puts a contract that covers the license behind another one: the chosen one, or the better one under its own policy. */
function behind(one: Candidate, better: Candidate, chosen: Candidate): string {
  const than = better === chosen ? "" : ` than that of \`${better.contract.contractId}\``;
  if (one.contract.policyId === better.contract.policyId && one.rank > better.rank) return `its program is lower${than}`;
  if (anchorOf(one.contract) > anchorOf(better.contract)) return `its anchor is later${than}`;
  return `its anchor is the same, and \`${better.contract.contractId}\` comes first by its id`;
}

/** With none that covers, the last one that did: a cover that is still to begin comes after every one that ended. One without an end would cover. */
function lastCovered({ cover, day }: Candidate): CalendarDate {
  if (cover === null || cover.firstDay > day) return "";
  return cover.lastDay as CalendarDate;
}

const compareDates = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const compareIds = (a: Candidate, b: Candidate) => compareDates(a.contract.contractId, b.contract.contractId);

function why({ cover, day, policy, contract }: Candidate): string {
  if (cover === null) return "it does not name the license";
  if (cover.firstDay > day) return `its cover begins only on ${cover.firstDay}`;
  const lastDay = cover.lastDay as CalendarDate;
  return leavesOpen(policy, contract, lastDay)
    ? `its recorded cover ended on ${lastDay}, and what follows is in an agreement that is not part of the policy`
    : `its cover ended on ${lastDay}`;
}
