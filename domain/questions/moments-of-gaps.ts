/** What is announced of whole coverage: a license of a product line, deployment or bundle is left without support. */
import { lifeOf } from "../contract-life.ts";
import type { HeldLicense } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { addDays } from "../time/calendar-date.ts";
import { forever, joined, type Stretch, within, without } from "../time/stretches.ts";
import { localDate } from "../time/zone.ts";
import { processPolicy } from "./choose-contract.ts";
import { beginning, type Followed, lastOfDays, type Moment, type Moments, named } from "./moments.ts";
import type { KnownFacts } from "./question.ts";
import { type WholeGroup, wholeGroups } from "./standing.ts";

/** A license that has no support while its group has some. */
interface Gap {
  licenseId: string;
  stretch: Stretch;
  /** Tells one time that it is left without from the next. */
  mark: string;
}

/**
 * Once for each license and time that it is left without; licenses of one group left on the same day are told together.
 * What was so when the contract was recorded lasts, and is told then.
 */
export function gapMoments(facts: KnownFacts, contracts: readonly Followed[], isSaid: (mark: string) => boolean): Moments {
  const due: Moment[] = [];
  let nextAt: number | null = null;
  for (const followed of longestByPolicy(contracts)) {
    const first = localDate(followed.since, followed.zone);
    for (const { group, gaps } of gapsUnder(facts, contracts, followed)) {
      const byDay = new Map<string, Gap[]>();
      for (const gap of gaps) {
        const { from, until } = gap.stretch;
        const at = beginning(followed, from);
        if (at > followed.until && (nextAt === null || at < nextAt)) nextAt = at;
        // Over before the contract was recorded, or yet to come, or told.
        if (until <= first || at > followed.until || isSaid(gap.mark)) continue;
        const day = from > first ? from : first;
        byDay.set(day, [...(byDay.get(day) ?? []), gap]);
      }
      for (const [day, fresh] of byDay) due.push(momentOf(followed, group, day, fresh));
    }
  }
  return { due, nextAt };
}

function momentOf(followed: Followed, { group, name, clause }: WholeGroup, day: string, gaps: Gap[]): Moment {
  const [one] = gaps as [Gap];
  const until = gaps.reduce((last, { stretch }) => (stretch.until > last ? stretch.until : last), "");
  const licenseIds = gaps.map(({ licenseId }) => licenseId);
  const { policyId } = followed.contract;
  return {
    key: `coverage.gap-detected/${one.mark}`,
    marks: gaps.map(({ mark }) => mark),
    type: "coverage.gap-detected",
    dueAt: Math.max(beginning(followed, day), followed.since),
    purposeUntil: until === forever ? null : beginning(followed, until),
    data: { policyId, clause, group, name, since: one.stretch.from, licenseIds: licenseIds.slice(0, 50), count: licenseIds.length },
  };
}

/** Each policy by the contract under it that is followed the longest: by its zone and its beginning is counted. */
function longestByPolicy(contracts: readonly Followed[]): Followed[] {
  const longest = new Map<string, Followed>();
  for (const followed of contracts) {
    const known = longest.get(followed.contract.policyId);
    if (known === undefined || followed.since < known.since) longest.set(followed.contract.policyId, followed);
  }
  return [...longest.values()];
}

/** All times at which a license of a group is left without, past and to come as the facts stand. */
function gapsUnder(facts: KnownFacts, contracts: readonly Followed[], { contract, today }: Followed): { group: WholeGroup; gaps: Gap[] }[] {
  const { policyId } = contract;
  const { ends } = nonRenewalsOn(facts, lastOfDays);
  const its = contracts.map((followed) => followed.contract).filter((one) => one.policyId === policyId);
  const groups = wholeGroups(facts, processPolicy(facts, contract, { date: today }), its);
  if (groups.length === 0) return [];
  const covers = its.flatMap((one) =>
    lifeOf(facts, one, today, ends).covers.map(({ line, firstDay, lastDay }) => ({
      licenseId: line.licenseId,
      contractId: one.contractId,
      stretch: { from: firstDay, until: lastDay === null ? forever : addDays(lastDay, 1) },
    })),
  );
  const covered = new Map<string, Stretch[]>();
  for (const { licenseId, stretch } of covers) covered.set(licenseId, joined([...(covered.get(licenseId) ?? []), stretch]));
  return groups.map((group) => {
    const members = new Set(group.licenses.map(({ licenseId }) => licenseId));
    const some = joined(
      covers.filter(({ licenseId, contractId }) => members.has(licenseId) && group.askedBy.has(contractId)).map(({ stretch }) => stretch),
    );
    const prefix = `gap/${policyId}/${group.group}/${named(group.name)}`;
    const gaps = group.licenses.flatMap((license) =>
      without(held(license), covered.get(license.licenseId) ?? [])
        .flatMap((left) => within(left, some))
        .map((stretch) => ({ licenseId: license.licenseId, stretch, mark: `${prefix}/${license.licenseId}/${stretch.from}` })),
    );
    return { group, gaps };
  });
}

const held = ({ deliveredOn, retiredOn }: HeldLicense): Stretch => ({ from: deliveredOn, until: retiredOn ?? forever });
