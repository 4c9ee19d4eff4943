/** Which announced price increases count on a day, and which fee a line therefore has. */
import { type CompiledPolicy, formulaOf } from "./compiled-policy.ts";
import { coverOf, lineKey, termsPolicy } from "./cover.ts";
import { licensesById } from "./coverage.ts";
import type { ContractLine, HeldContract, RecordedNotice } from "./facts.ts";
import { capped, toMinor } from "./money.ts";
import { nonRenewalsOn, receiptDay, type Timing, timingOf, zoneOf } from "./notice-rulings.ts";
import type { KnownFacts } from "./questions/question.ts";
import { Readings } from "./readings.ts";
import { addDays, type CalendarDate } from "./time/calendar-date.ts";

export interface IncreaseRuling {
  notice: RecordedNotice;
  receivedOn: CalendarDate;
  ruling: "valid" | "late" | "over-cap" | "undetermined";
  clause: string | null;
  timing: Timing | null;
  /** In minor units a year, of the lines named, like for like. */
  running: bigint;
  proposed: bigint;
  most: bigint;
  /** Lines that alone rise by more than the cap. */
  steep: { licenseId: string; running: bigint; proposed: bigint; most: bigint }[];
  /** First day of the new fees; null where it does not count. Fees that would have been payable rise with it too, where no term follows. */
  effectiveOn: CalendarDate | null;
  /** How many lines it is about, without those that were over when it came, and which of them end before a fee could rise. */
  named: number;
  ending: { licenseId: string; lastDay: CalendarDate }[];
  /** Last day of the cover of the lines named, where all of it was over when the announcement came. */
  overOn: CalendarDate | null;
  policy: CompiledPolicy;
  readings: Readings;
}

/** Rules every price increase announced for a contract by `day`, in order of receipt: each is measured against the fee running then. */
export function increasesOn(facts: KnownFacts, contract: HeldContract, day: CalendarDate): IncreaseRuling[] {
  const rulings: IncreaseRuling[] = [];
  for (const { notice, receivedOn } of announced(facts, contract, day)) {
    const policy = termsPolicy(facts, contract, receivedOn);
    if (policy === undefined) continue;
    const about = linesLeft(facts, contract, notice, receivedOn);
    const ruling = rule(contract, notice, receivedOn, policy, rulings, about);
    ruling.ending = endingBefore(facts, contract, about.lines, ruling, day);
    rulings.push(ruling);
  }
  return rulings;
}

/** The increase with what is left of it: no first day of new fees where none of its lines comes to a term with them. */
export const effectOf = ({ effectiveOn, ending, named }: IncreaseRuling): CalendarDate | null => (ending.length < named ? effectiveOn : null);

interface LinesNamed {
  lines: ContractLine[];
  overOn: CalendarDate | null;
}

/** The lines that an announcement names, less those whose cover was over when it came: they have no running fee. */
function linesLeft(facts: KnownFacts, contract: HeldContract, notice: RecordedNotice, receivedOn: CalendarDate): LinesNamed {
  const { ends } = nonRenewalsOn(facts, receivedOn);
  const licenses = licensesById(facts.dossier);
  const ids = new Set(notice.newFees?.map(({ licenseId }) => licenseId));
  const lines: ContractLine[] = [];
  let overOn: CalendarDate | null = null;
  for (const line of contract.lines) {
    if (!ids.has(line.licenseId)) continue;
    const { lastDay } = coverOf(facts, ends, contract, line, licenses(line.licenseId));
    if (lastDay === null || lastDay >= receivedOn) lines.push(line);
    else if (overOn === null || lastDay > overOn) overOn = lastDay;
  }
  return { lines, overOn: lines.length === 0 ? overOn : null };
}

/** Lines that end, by what is known on the day, before the term that begins with the new fees; before the next one where there are none. */
function endingBefore(
  facts: KnownFacts,
  contract: HeldContract,
  lines: readonly ContractLine[],
  { timing, effectiveOn }: IncreaseRuling,
  day: CalendarDate,
): IncreaseRuling["ending"] {
  if (timing === null) return [];
  const begins = effectiveOn ?? addDays(timing.term.lastDay, 1);
  const { ends } = nonRenewalsOn(facts, day);
  const licenses = licensesById(facts.dossier);
  return lines.flatMap((line) => {
    const { lastDay, paidFrom, renews } = coverOf(facts, ends, contract, line, licenses(line.licenseId));
    const noticed = ends.get(lineKey(contract.contractId, line.licenseId));
    // An initial period may outlast the term that a notice ends; nothing renews after it all the same.
    const last = noticed !== undefined && noticed >= paidFrom ? noticed : lastDay;
    return lastDay !== null && last !== null && (!renews || last < begins) ? [{ licenseId: line.licenseId, lastDay }] : [];
  });
}

function announced(facts: KnownFacts, contract: HeldContract, day: CalendarDate): { notice: RecordedNotice; receivedOn: CalendarDate }[] {
  if (facts.dossier.notices.length === 0) return [];
  const policy = termsPolicy(facts, contract, contract.term.firstDay);
  return facts.dossier.notices
    .filter(({ kind, contractId, withdrawn }) => kind === "price-increase" && contractId === contract.contractId && withdrawn !== true)
    .map((notice) => ({ notice, receivedOn: policy === undefined ? null : receiptDay(notice, zoneOf(policy, contract)) }))
    .filter((one): one is { notice: RecordedNotice; receivedOn: CalendarDate } => one.receivedOn !== null && one.receivedOn <= day)
    .sort((a, b) => (a.receivedOn === b.receivedOn ? (a.notice.noticeId < b.notice.noticeId ? -1 : 1) : a.receivedOn < b.receivedOn ? -1 : 1));
}

function rule(
  contract: HeldContract,
  notice: RecordedNotice,
  receivedOn: CalendarDate,
  policy: CompiledPolicy,
  before: IncreaseRuling[],
  { lines, overOn }: LinesNamed,
): IncreaseRuling {
  const cap = formulaOf(policy, "price-cap");
  const readings = new Readings(policy, contract);
  const base = {
    notice,
    receivedOn,
    policy,
    readings,
    clause: cap?.clause ?? null,
    running: 0n,
    proposed: 0n,
    most: 0n,
    steep: [],
    effectiveOn: null,
    named: lines.length,
    ending: [],
    overOn,
  };
  if (cap === undefined) return { ...base, ruling: "undetermined", timing: null };
  const timingWith = (noticeDays: number) => timingOf(contract, receivedOn, noticeDays, readings);
  if (overOn !== null) return { ...base, ruling: "late", timing: timingWith(cap.entry.noticeDays) };
  const measured = measure(contract, notice, receivedOn, cap.entry, readings, before, new Set(lines));
  const timing = timingWith(rises(measured) ? cap.entry.noticeDays : 0);
  const over = measured.proposed > measured.most;
  const counts = timing.inTime || readings.chosen("late-notice") === "counts-for-next-term";
  return {
    ...base,
    ...measured,
    timing,
    ruling: timing.inTime ? (over ? "over-cap" : "valid") : "late",
    effectiveOn: counts && !over ? addDays(timing.reaches, 1) : null,
  };
}

/** The text asks for notice of an increase: fees that do not rise in total are none, and need none (docs/decisions 54). */
export const rises = ({ running, proposed }: Pick<IncreaseRuling, "running" | "proposed">) => proposed > running;

/** Reading `ebx-cap`: tested like for like on the annualized total, the maximum rounded down; the fees of other lines leave what they do not use. */
function measure(
  contract: HeldContract,
  notice: RecordedNotice,
  receivedOn: CalendarDate,
  { mostBasisPoints, testedOn }: { mostBasisPoints: number; testedOn: "lines-named" | "literal" | { reading: string } },
  readings: Readings,
  before: IncreaseRuling[],
  left: ReadonlySet<ContractLine>,
) {
  const whole = readings.method(testedOn) === "literal";
  const steep: IncreaseRuling["steep"] = [];
  let running = 0n;
  let proposed = 0n;
  let beside = 0n;
  for (const line of contract.lines) {
    const asked = notice.newFees?.find(({ licenseId }) => licenseId === line.licenseId);
    if (asked === undefined ? !whole : !left.has(line)) continue;
    const now = annualFeeOn(line, receivedOn, contract, before);
    if (asked === undefined) {
      beside += now;
      continue;
    }
    const then = toMinor(asked.annualFee);
    running += now;
    proposed += then;
    const most = capped(now, mostBasisPoints);
    if (then > most) steep.push({ licenseId: line.licenseId, running: now, proposed: then, most });
  }
  return { running, proposed, most: capped(running + beside, mostBasisPoints) - beside, steep };
}

/** Of several increases that count for one day the last in time replaces the others: those before this one, and the one that replaces it. */
export function replacing(
  ruling: IncreaseRuling,
  increases: readonly IncreaseRuling[],
): { earlier: IncreaseRuling[]; later: IncreaseRuling | undefined } {
  const { effectiveOn } = ruling;
  const its = effectiveOn === null ? [] : increases.filter((one) => one.effectiveOn === effectiveOn);
  const last = its.at(-1);
  const at = its.indexOf(ruling);
  return { earlier: its.slice(0, at < 0 ? 0 : at), later: last === ruling ? undefined : last };
}

/**
 * Annual fee of a line on a day, in minor units: as recorded, changed by the increases that count by then. Of several
 * for one day the last in time replaces the others as a whole; one that took effect by the recorded term is already in
 * the recorded fee.
 */
export function annualFeeOn(line: ContractLine, day: CalendarDate, contract: HeldContract, increases: readonly IncreaseRuling[]): bigint {
  let fee = toMinor(line.annualFee);
  increases.forEach(({ effectiveOn, notice }, index) => {
    if (effectiveOn === null || effectiveOn > day || effectiveOn <= contract.term.firstDay) return;
    if (increases.some((later, at) => at > index && later.effectiveOn === effectiveOn)) return;
    const asked = notice.newFees?.find(({ licenseId }) => licenseId === line.licenseId);
    if (asked !== undefined) fee = toMinor(asked.annualFee);
  });
  return fee;
}
