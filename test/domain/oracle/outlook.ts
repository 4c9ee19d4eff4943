/** What a renewal outlook must say, from contracts lived through by the day. 7.2 and 7.6, readings `lapse`, `current`, `notice-counting`, `ebx-co-term`. */
import type { Catalog, Dossier } from "../../../domain/facts.ts";
import { type Day, dayOf, periodOf, textOf } from "./days.ts";
import { nearest, plus, type Ratio, ratio, units } from "./ratio.ts";
import { type Life, type Line, type Walked, walk } from "./walk.ts";

/** What a share of a year costs: each day a part of the contractual twelve months that it lies in (reading `day-count`). */
export function byDays(annual: bigint, { anchor, following, recordedLast }: Life, first: Day, last: Day): bigint {
  // Added up a period at a time only to keep the numbers small: each day counts one.
  let sum: Ratio = ratio(0n);
  for (let day = first, counted = 0n; day <= last; day++) {
    const { first: begins, days } = periodOf(day > recordedLast ? following : anchor, day);
    counted += 1n;
    const goesOn = day < last && day + 1 < begins + days && day !== recordedLast;
    if (goesOn) continue;
    sum = plus(sum, ratio(annual * counted, BigInt(days)));
    counted = 0n;
  }
  return nearest(sum);
}

export interface ExpectedLine {
  licenseId: string;
  firstDay: string;
  lastDay: string;
  fee: bigint;
}

export interface Expected {
  status: string;
  currentTerm: { firstDay: string; lastDay: string } | null;
  lapsedOn: string | null;
  noticeBy: string | null;
  increaseBy: string | null;
  currentFee: bigint | null;
  maximumFee: bigint | null;
  renews: boolean;
  nextTerm: { firstDay: string; lastDay: string } | null;
  nextFee: bigint | null;
  lines: ExpectedLine[];
  possibleUntil: string | null;
}

/** `today` lies in the recorded term or after it. */
export function expectedOutlook(dossier: Dossier, catalog: Catalog, contractId: string, today: Day): Expected {
  return outlookOf(walk(dossier, catalog, today), dossier, contractId, today);
}

/** The same from a walk that has come to the day. */
export function outlookOf({ lives }: Walked, dossier: Dossier, contractId: string, today: Day): Expected {
  const life = lives.find(({ contract }) => contract.contractId === contractId) as Life;
  if (isUnpaid(dossier, contractId, today)) return broughtBack(life);
  const last = lastOf(life);
  const nothing = { renews: false, nextTerm: null, nextFee: null, lines: [] };
  if (last !== null && today > last) {
    if (goesOn(life, lives, last + 1)) return { ...over, ...nothing, status: "ended", lapsedOn: null, possibleUntil: null };
    const until = windowLast(last + 1);
    return {
      status: today > until ? "ended" : "lapsed",
      lapsedOn: textOf(last + 1),
      ...over,
      ...nothing,
      possibleUntil: today > until || cameBack(dossier, life, lives) ? null : textOf(Math.min(until, ...windowsOf(life, lives))),
    };
  }
  const overdue = dossier.invoices.some(
    ({ kind, contractId: its, dueOn, amount, payments, voidedOn }) =>
      kind === "support" &&
      its === contractId &&
      dayOf(dueOn) < today &&
      (voidedOn === undefined || dayOf(voidedOn) > today) &&
      payments.filter(({ paidOn }) => dayOf(paidOn) <= today).reduce((open, payment) => open - units(payment.amount), units(amount)) > 0n,
  );
  const noticed = last !== null && life.lines.some(({ ended }) => ended);
  const covered = life.lines.filter((line) => line.first <= today && (line.last === null || today <= line.last));
  const fee = covered.reduce((sum, line) => sum + line.fee, 0n);
  const next = nextOf(life, last, today);
  // What ends with this term for a reason from before it has nothing left to give notice of.
  const open = life.renews && (last === null || last > life.last || life.noticedOn.some((day) => day >= life.first));
  // 7.2: what a license was bought for goes on after the last term without another one beginning.
  const renewedInto =
    life.first <= life.recordedLast ||
    (life.renews && life.lines.some(({ last, endedOn }) => (endedOn === null || endedOn >= life.first) && (last === null || last >= life.first)));
  return {
    status: overdue ? "past-due" : noticed ? "notice-given" : "current",
    currentTerm: renewedInto ? { firstDay: textOf(life.first), lastDay: textOf(life.last) } : null,
    lapsedOn: null,
    noticeBy: open ? textOf(life.last - 45) : null,
    increaseBy: open ? textOf(life.last - 60) : null,
    currentFee: open ? fee : null,
    maximumFee: open ? (fee * 105n) / 100n : null,
    ...(next ?? nothing),
    possibleUntil: null,
  };
}

/** 7.3: bringing support back is subject to payment, which counts from the day it is paid. Until then its first term lies ahead. */
const isUnpaid = ({ quotes }: Dossier, contractId: string, today: Day) =>
  quotes.some(
    ({ reinstatedAs, acceptedPaidOn }) => reinstatedAs?.includes(contractId) && acceptedPaidOn !== undefined && today < dayOf(acceptedPaidOn),
  );

function broughtBack({ contract: { term, lines } }: Life): Expected {
  const fees = lines.map(({ licenseId, annualFee }) => ({ licenseId, ...term, fee: units(annualFee) }));
  return {
    status: "not-started",
    currentTerm: null,
    lapsedOn: null,
    noticeBy: null,
    increaseBy: null,
    currentFee: null,
    maximumFee: null,
    renews: true,
    nextTerm: term,
    nextFee: fees.reduce((sum, { fee }) => sum + fee, 0n),
    lines: fees,
    possibleUntil: null,
  };
}

/** Last day of the contract's cover: that of the line that is covered longest. */
const lastOf = ({ lines }: Life): Day | null => (lines.some(({ last }) => last === null) ? null : Math.max(...lines.map(({ last }) => last as Day)));

/** No contract any more; what lapsed has nothing to give notice of. */
const over = { currentTerm: null, noticeBy: null, increaseBy: null, currentFee: null, maximumFee: null };

/** Other contracts cover every license of the contract on the day after its last: nothing is without cover (reading `lapse`). */
export const goesOn = (life: Life, lives: readonly Life[], lapsed: Day): boolean =>
  life.lines.length > 0 &&
  life.lines.every(({ licenseId }) =>
    lives.some(
      (other) =>
        other !== life && other.lines.some((one) => one.licenseId === licenseId && one.first <= lapsed && (one.last === null || one.last >= lapsed)),
    ),
  );

/** Twelve months counted from the first day without cover, the last of them inside. */
export function windowLast(lapsed: Day): Day {
  const { first, days } = periodOf(lapsed, lapsed);
  return first + days - 1;
}

/** Windows of the lines that nothing else covers from their lapse on: all come back together while the first of them is open. */
const windowsOf = (life: Life, lives: readonly Life[]): Day[] =>
  life.lines.flatMap(({ licenseId, first, last }) => {
    if (last === null || last < first) return [];
    const goesOn = lives.some(
      (other) => other !== life && other.lines.some((one) => one.licenseId === licenseId && (one.last === null || one.last > last)),
    );
    return goesOn ? [] : [windowLast(last + 1)];
  });

/** What is not delivered yet does not count. */
function nextOf(life: Life, last: Day | null, today: Day) {
  const first = life.last + 1;
  const { days } = periodOf(life.following, first);
  const nextLast = periodOf(life.following, first).first + days - 1;
  if (last !== null && last < first) return null;
  const lines = life.lines.flatMap((line): ExpectedLine[] => {
    if (line.first > today || (line.last !== null && line.last < first)) return [];
    const begins = beginning(line, first);
    if (begins > nextLast) return [];
    if (line.last !== null && line.initialLast !== null && line.last <= line.initialLast) return [];
    const fee = begins === first ? line.coming : byDays(line.coming, life, begins, nextLast);
    return [{ licenseId: line.licenseId, firstDay: textOf(begins), lastDay: textOf(nextLast), fee }];
  });
  if (lines.length === 0 && last !== null) return null;
  const nextTerm = { firstDay: textOf(first), lastDay: textOf(nextLast) };
  return { renews: true, nextTerm, nextFee: lines.reduce((sum, { fee }) => sum + fee, 0n), lines };
}

/** An addition renews when its initial twelve months are over, for what is left of the common term. */
const beginning = ({ initialLast }: Line, first: Day): Day => (initialLast !== null && initialLast >= first ? initialLast + 1 : first);

/** All of it goes on under contracts that accepted reinstatements recorded: there is nothing left to bring back. */
const cameBack = ({ quotes }: Dossier, life: Life, lives: readonly Life[]): boolean =>
  windowsOf(life, lives).length === 0 &&
  quotes.some(
    ({ kind, contractId, acceptedPaidOn, reinstatedAs = [] }) =>
      kind === "reinstatement" &&
      contractId === life.contract.contractId &&
      acceptedPaidOn !== undefined &&
      lives.some((other) => reinstatedAs.includes(other.contract.contractId)),
  );
