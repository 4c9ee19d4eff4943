/**
 * Contracts lived through a day at a time: terms end and renew, notices come in, fees rise. Written from the clauses
 * (7.1, 7.2, 7.6 and the readings common to all), not from the program: it computes no date that it can reach by walking.
 * For licenses that are perpetual, on one contract each, and notices received from the recorded term on.
 */
import type { Catalog, Dossier, HeldContract, RecordedNotice } from "../../../domain/facts.ts";
import { anniversary, type Day, dayOf } from "./days.ts";
import { units } from "./ratio.ts";

export interface Line {
  licenseId: string;
  first: Day;
  /** Last covered day; null while it goes on. */
  last: Day | null;
  /** Last day of the twelve months that an addition is bought for; null for a line from a term's beginning. */
  initialLast: Day | null;
  ended: boolean;
  /** Last day of the term that a notice ended it with. */
  endedOn: Day | null;
  /** The running fee, and what it becomes with the next term. */
  fee: bigint;
  coming: bigint;
  coveredUntil: Day | null;
  /** Last day that was paid when the line was bought. */
  paidThrough: Day | null;
}

export interface Life {
  contract: HeldContract;
  first: Day;
  last: Day;
  recordedLast: Day;
  /** Anchors of the twelve-month periods: through the recorded term, and after it. */
  anchor: Day;
  following: Day;
  renews: boolean;
  lines: Line[];
  /** Days on which a notice of non-renewal was received, whatever became of it. */
  noticedOn: Day[];
}

export interface Verdict {
  ruling: "valid" | "late" | "partial" | "wrong-form" | "over-cap";
  effectiveOn: Day | null;
  maximum: bigint | null;
}

export interface Walked {
  lives: Life[];
  verdicts: Map<string, Verdict>;
}

interface Pending {
  notice: RecordedNotice;
  life: Life;
  /** Last day of the term that it was received in, in time. */
  reaches: Day;
  /** Its own last day for notice (7.2): what is not whole by then ends that term no more. */
  openUntil: Day;
}

/** The days walked from the earliest recorded term through `until`, by what was received by then. */
export function walk(dossier: Dossier, catalog: Catalog, until: Day): Walked {
  return walkFrom(dossier, catalog)(until);
}

/** A walk that can go on: each call walks through one more day, or through several. */
export function walkFrom({ contracts, licenses, notices, quotes }: Dossier, { products }: Catalog): (until: Day) => Walked {
  const delivered = new Map(licenses.map((license) => [license.licenseId, dayOf(license.deliveredOn)]));
  const walked: Walked = { lives: contracts.map((contract) => begin(contract, delivered, paidBy(quotes, contract))), verdicts: new Map() };
  const groups = new Map(
    licenses.map((license) => {
      const product = products.find(({ productId }) => productId === license.productId);
      // Support is sold for software and the listed libraries (1, 7.4): of other things no group is made.
      if (product !== undefined && product.kind !== "software" && product.supportedLibrary !== true) return [license.licenseId, []];
      return [license.licenseId, [`line ${product?.productLine}`, ...(license.bundleId === undefined ? [] : [`bundle ${license.bundleId}`])]];
    }),
  );
  const pending: Pending[] = [];
  const received = notices.map((notice) => dayOf(notice.receivedOn ?? String(notice.receivedAt).slice(0, 10)));
  let day = Math.min(...walked.lives.map(({ first }) => first));
  return (until) => {
    for (; day <= until; day++) {
      for (const life of walked.lives) if (day > life.last) nextTerm(life);
      for (const [n, notice] of notices.entries()) {
        if (received[n] !== day) continue;
        const life = walked.lives.find(({ contract }) => contract.contractId === notice.contractId) as Life;
        const verdict = notice.kind === "price-increase" ? increase(notice, life, day) : nonRenewal(notice, life, day);
        walked.verdicts.set(notice.noticeId, verdict);
        withoutTerm(life);
      }
    }
    return walked;
  };

  function nonRenewal(notice: RecordedNotice, life: Life, day: Day): Verdict {
    life.noticedOn.push(day);
    if (!["letter", "email", "portal"].includes(notice.form)) return { ruling: "wrong-form", effectiveOn: null, maximum: null };
    // Nothing renews any more, so there is nothing to give notice of.
    if (!life.renews && day > life.recordedLast) return { ruling: "late", effectiveOn: null, maximum: null };
    // Without a renewal nobody is too early or too late to say that there will be none.
    const inTime = !life.renews || day <= life.last - 45;
    // Notices that came in time, each a part, may be whole together: leave out what is still a part, over and over.
    const own: Pending = { notice, life, reaches: life.last, openUntil: life.renews ? life.last - 45 : life.last };
    let together = inTime ? [...pending.filter(({ openUntil }) => openUntil >= day), own] : [own];
    for (let before = -1; before !== together.length; ) {
      before = together.length;
      together = together.filter((one) => isWhole(one, together, day));
    }
    if (!together.includes(own)) {
      if (inTime) pending.push(own);
      return { ruling: "partial", effectiveOn: null, maximum: null };
    }
    if (!inTime) return { ruling: "late", effectiveOn: null, maximum: null };
    for (const one of together) {
      walked.verdicts.set(one.notice.noticeId, { ruling: "valid", effectiveOn: lastCovered(one), maximum: null });
      if (pending.includes(one)) pending.splice(pending.indexOf(one), 1);
      for (const line of one.life.lines)
        if (namedBy(one).includes(line.licenseId) && !line.ended && line.first <= one.reaches) end(line, one.reaches);
      withoutTerm(one.life);
    }
    return { ruling: "valid", effectiveOn: lastCovered(own), maximum: null };
  }

  /** The last day that the notice leaves: a line may have an end of its own before that of the term. */
  function lastCovered({ notice, life, reaches }: Pending): Day {
    const day = received[notices.indexOf(notice)] as Day;
    const its = life.lines.filter(({ licenseId }) => notice.licenseIds?.includes(licenseId) ?? true);
    const left = its.filter(({ coveredUntil, endedOn }) => (coveredUntil ?? day) >= day && (endedOn ?? day) >= day);
    return left.length === 0 ? reaches : Math.max(...left.map(({ coveredUntil }) => Math.min(coveredUntil ?? reaches, reaches)));
  }

  /** An announced increase has no effect where none of the lines that it names comes to a term with the new fees. */
  function withoutTerm({ contract, renews, lines }: Life): void {
    for (const { noticeId, kind, contractId, newFees } of notices) {
      const verdict = walked.verdicts.get(noticeId);
      if (kind !== "price-increase" || contractId !== contract.contractId || verdict?.effectiveOn == null) continue;
      const begins = verdict.effectiveOn;
      const named = lines.filter(({ licenseId }) => newFees?.some((fee) => fee.licenseId === licenseId));
      if (!renews || named.every(({ endedOn, coveredUntil }) => Math.min(endedOn ?? begins, coveredUntil ?? begins) < begins))
        verdict.effectiveOn = null;
    }
  }

  function isWhole(one: Pending, together: readonly Pending[], day: Day): boolean {
    // A notice speaks of cover that there still is: what ended before, and came back under another contract, it leaves out.
    const spokenOf = (notice: Pending) =>
      namedBy(notice).filter((licenseId) => notice.life.lines.some((line) => line.licenseId === licenseId && (line.endedOn ?? day) >= day));
    const touched = new Set(spokenOf(one).flatMap((licenseId) => groups.get(licenseId) ?? []));
    const named = new Set(together.flatMap(spokenOf));
    // Valid notices for the rest count in, also where the license is to come back under another contract.
    const given = new Set(
      walked.lives.flatMap(({ lines }) => lines.filter(({ endedOn }) => endedOn !== null && endedOn >= day).map(({ licenseId }) => licenseId)),
    );
    return walked.lives.every(
      ({ renews, lines }) =>
        !renews ||
        lines.every(({ licenseId, ended, coveredUntil }) => {
          const going = !ended && !given.has(licenseId) && (coveredUntil === null || coveredUntil >= day) && (delivered.get(licenseId) as Day) <= day;
          return !going || named.has(licenseId) || !groups.get(licenseId)?.some((group) => touched.has(group));
        }),
    );
  }
}

const namedBy = ({ notice, life }: Pending) => notice.licenseIds ?? life.lines.map(({ licenseId }) => licenseId);

/** Through which day each license bought under the contract was paid with its purchase. */
const paidBy = (quotes: Dossier["quotes"], { contractId }: HeldContract) =>
  new Map(
    quotes
      .filter((one) => one.contractId === contractId && one.kind === "additional-purchase" && one.acceptedPaidOn !== undefined)
      .flatMap(({ licenseIds = [], paidThrough }) => licenseIds.map((licenseId) => [licenseId, paidThrough])),
  );

function begin(contract: HeldContract, delivered: Map<string, Day>, paid: Map<string, string | undefined>): Life {
  const [first, last] = [dayOf(contract.term.firstDay), dayOf(contract.term.lastDay)];
  const anchor = dayOf(contract.anchorOn ?? contract.term.firstDay);
  let years = 0;
  while (anniversary(anchor, years) <= last) years++;
  // The recorded term ends on the anchor's beat, or the next terms are counted from the day after it.
  const following = anniversary(anchor, years) === last + 1 ? anchor : last + 1;
  const renews = contract.settings?.autoRenew !== false;
  const lines = contract.lines.map((line): Line => {
    const from = Math.max(first, delivered.get(line.licenseId) ?? first);
    const initialLast = from === first ? null : anniversary(from, 1) - 1;
    const coveredUntil = line.coveredUntil === undefined ? null : dayOf(line.coveredUntil);
    const through = line.paidThrough ?? paid.get(line.licenseId);
    const paidThrough = through === undefined ? null : dayOf(through);
    const fee = units(line.annualFee);
    const its: Line = {
      licenseId: line.licenseId,
      first: from,
      last: coveredUntil,
      initialLast,
      ended: false,
      endedOn: null,
      fee,
      coming: fee,
      paidThrough,
      coveredUntil,
    };
    if (!renews) its.last = Math.min(Math.max(last, initialLast ?? last), coveredUntil ?? Number.POSITIVE_INFINITY);
    return its;
  });
  return { contract, first, last, recordedLast: last, anchor, following, renews, lines, noticedOn: [] };
}

/** Cover that begins after the term that a notice ends is not ended by it. An addition is covered for the twelve months it was bought for, whatever becomes of the rest. */
function end(line: Line, on: Day): void {
  line.ended = true;
  line.endedOn = on;
  const last = Math.max(on, line.initialLast ?? on);
  line.last = line.last === null ? last : Math.min(line.last, last);
}

function nextTerm(life: Life): void {
  let years = 0;
  while (anniversary(life.following, years) <= life.last) years++;
  life.first = life.last + 1;
  life.last = anniversary(life.following, years + 1) - 1;
  // A line that lapsed before keeps its last fee.
  for (const line of life.lines) if (line.last === null || line.last >= life.first - 1) line.fee = line.coming;
}

/** 7.6: 60 days before the end, at most 5 % of the running fees of the lines named, like for like; the last valid one replaces the others. */
function increase(notice: RecordedNotice, life: Life, day: Day): Verdict {
  const fees = new Map((notice.newFees ?? []).map(({ licenseId, annualFee }) => [licenseId, units(annualFee)]));
  // A line whose cover is over has no running fee.
  const named = life.lines.filter(({ licenseId, last }) => fees.has(licenseId) && (last === null || last >= day));
  const running = named.reduce((sum, { fee }) => sum + fee, 0n);
  const proposed = named.reduce((sum, { licenseId }) => sum + (fees.get(licenseId) as bigint), 0n);
  const maximum = (running * 105n) / 100n;
  // Fees that do not rise are no increase.
  if (named.length === 0 || (proposed > running && day > life.last - 60)) return { ruling: "late", effectiveOn: null, maximum };
  if (proposed > maximum) return { ruling: "over-cap", effectiveOn: null, maximum };
  for (const line of life.lines) line.coming = fees.get(line.licenseId) ?? line.fee;
  return { ruling: "valid", effectiveOn: life.last + 1, maximum };
}
