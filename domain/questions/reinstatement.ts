/** "What does it cost to bring lapsed support back?" Missed fees, the new term, the surcharge; inside the window or at the vendor's discretion. */
import * as z from "zod";
import { type CompiledPolicy, clauseOf, formulaOf } from "../compiled-policy.ts";
import { listed } from "../conditions/condition.ts";
import { lifeOf, moneyPolicy } from "../contract-life.ts";
import type { Ends } from "../cover.ts";
import type { Missing, Reason, Reasons } from "../decision.ts";
import { approved, exceptionAt } from "../exceptions.ts";
import { calendarDate, type HeldContract, identifier, type RecordedException } from "../facts.ts";
import { formatMoney, fromMinor, toMinor } from "../money.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import type { Term } from "../time/term.ts";
import { mayBeCancelled } from "./cancellations.ts";
import { processPolicy } from "./choose-contract.ts";
import { zoneAt } from "./place.ts";
import { type AsOf, daysOf, instantOfAsOf, type KnownFacts } from "./question.ts";
import { type Alternative, contractQuoted, mustBeQuotable, nothingOffered, type QuoteAnswer, type QuoteStatus } from "./quote.ts";
import { notInPolicy, type Purchase, soldByReseller, stillBlocked } from "./quote-grounds.ts";
import { compose, type Reinstated, repurchaseLines } from "./reinstatement-fees.ts";
import { byWindow, type Lapse, lapsesOf } from "./reinstatement-lapses.ts";
import { gapsLeft, refusalsOf } from "./reinstatement-refusals.ts";

export const reinstatementRequest = z.strictObject({
  contractId: identifier,
  reinstateOn: calendarDate,
  payOn: calendarDate.optional().meta({ description: "Default: reinstateOn." }),
  licenseIds: z.array(identifier).min(1).max(20_000).optional().meta({ description: "Default: every lapsed line of the contract." }),
});

export type ReinstatementRequest = z.infer<typeof reinstatementRequest>;
/** What `quoteReinstatement` and the fees work on. */
export interface Reinstatement {
  facts: KnownFacts;
  contract: HeldContract;
  policy: CompiledPolicy;
  day: CalendarDate;
  reinstateOn: CalendarDate;
  payOn: CalendarDate;
}

/**
 * Quotes bringing back lapsed lines of a contract, by the facts known to be true at `asOf`.
 * Source: Ebiexperts 7.3; formulas `reinstatement`, `forward-fees`, `back-fees`, `reinstatement-fee`, `reinstatement-window`.
 * @throws Refused when a license is named that is not on the contract, or the quote would have more than 2,000 lines
 */
export function quoteReinstatement(facts: KnownFacts, request: ReinstatementRequest, asOf: AsOf): QuoteAnswer {
  const contract = contractQuoted(facts, request.contractId);
  mustNameLines(contract, request.licenseIds);
  const zone = zoneAt(processPolicy(facts, contract, asOf), contract, facts.dossier.premises);
  const [day] = daysOf(asOf, zone);
  const { ends } = nonRenewalsOn(facts, day);
  const policy = moneyPolicy(facts, contract, day, ends);
  const about: Reinstatement = { facts, contract, policy, day, reinstateOn: request.reinstateOn, payOn: request.payOn ?? request.reinstateOn };
  const base = {
    kind: "reinstatement" as const,
    accountId: facts.dossier.accountId,
    contractId: contract.contractId,
    policy: { id: policy.policy.id, version: policy.policy.version },
    reinstateOn: about.reinstateOn,
    payOn: about.payOn,
    deliveredOn: null,
    asOf: formatInstant(instantOfAsOf(asOf, zone)),
  };
  const reinstatement = formulaOf(policy, "reinstatement");
  if (reinstatement === undefined) {
    const open = notInPolicy(policy, "bringing support back");
    return { ...base, ...nothingOffered, status: "undetermined", ...open, reasons: [...open.reasons, ...stillRunning(about, ends)] };
  }
  const lapses = lapsesOf(about, ends, reinstatement.entry.licenseKinds);
  const purchase: Purchase = { facts, contract, policy, asOf, day, ends, coverages: new Map() };
  const redirect = soldByReseller(purchase);
  const open = redirect === null ? mayBeCancelled(about, lapses, request.licenseIds) : null;
  if (open !== null) return { ...base, ...nothingOffered, status: "undetermined", ...open, reasons: open.reasons as Reasons, readings: [] };
  const refusals = redirect === null ? refusalsOf(about, lapses, request.licenseIds, reinstatement.clause, ends) : [redirect];
  if (refusals.length > 0) return { ...base, ...nothingOffered, status: "refused", reasons: refusals as Reasons, missing: [], readings: [] };
  const chosen = lapses.filter(({ licenseId, state }) => state === "lapsed" && (request.licenseIds?.includes(licenseId) ?? true));
  // Each has a line at least.
  mustBeQuotable(chosen.length, "/licenseIds");
  const quote = quoted(about, chosen, ends);
  return { ...base, ...quote, reasons: [...quote.reasons, ...stillBlocked(purchase)] };
}

/** Where the text knows no bringing back, what there is to bring back all the same. */
function stillRunning({ facts, contract, policy, reinstateOn }: Reinstatement, ends: Ends): Reason[] {
  const { lastDay } = lifeOf(facts, contract, reinstateOn, ends);
  if (lastDay === null || lastDay < reinstateOn) return [];
  const finding = `nothing has lapsed by ${reinstateOn}: cover under contract \`${contract.contractId}\` is recorded through ${lastDay}`;
  return [{ clause: clauseOf(policy, "covered"), condition: "reinstatement", result: "info", finding, facts: [], cure: null }];
}

function quoted(about: Reinstatement, chosen: Lapse[], ends: Ends) {
  const readings = new Readings(about.policy, about.contract);
  const { gone, left } = byWindow(about, chosen);
  if (gone.length > 0) return boughtAgain(about, gone, left, ends, readings);
  const { payBy, inside, reasons } = windowOf(about, chosen, readings);
  const composed = compose(about, chosen, ends, readings);
  mustBeQuotable(composed.lines.length, "/licenseIds");
  const known = composed.missing.length === 0;
  const total = known ? fromMinor(composed.total, about.contract.currency) : null;
  const common = {
    lines: composed.lines,
    newTerm: composed.newTerm,
    alternatives: alternativesOf(about, chosen, ends, composed),
    missing: composed.missing,
    readings: readings.used,
  };
  const because = [...reasons, ...composed.reasons, ...gapsLeft(about, chosen, ends), ...paidLater(about, composed.newTerm)] as Reasons;
  const exception = known ? exceptionFor(about, reasons) : undefined;
  if (exception !== undefined && !inside && reaches(about, exception))
    return { ...common, ...byException(about, composed.total, because, exception, common.alternatives) };
  if (exception !== undefined) because.push(notApplied(about, exception, inside, reasons));
  const status: QuoteStatus = !known ? "undetermined" : !inside ? "discretion" : payBy !== null && about.day > payBy ? "expired" : "offered";
  // Where nothing is offered there is no day on which paying would accept it.
  const payable = known && inside ? payBy : null;
  return { ...common, status, total: inside ? total : null, waived: null, indicative: inside ? null : total, payBy: payable, reasons: because };
}

/** Support is subject to payment, which counts from the day it is paid; the new term is not moved by it. */
function paidLater({ policy, payOn }: Reinstatement, { firstDay }: Term): Reason[] {
  if (payOn <= firstDay) return [];
  const { clause } = (formulaOf(policy, "forward-fees") ?? formulaOf(policy, "reinstatement")) as { clause: string };
  const finding = `paid on ${payOn}, support is back on that day: the days from ${firstDay} on are in the new term and charged in it once, but without support until then`;
  return [{ clause, condition: "reinstatement", result: "info", finding, facts: [], cure: null }];
}

/** The exception that the vendor approved where the window's clause leaves reinstatement to it. */
function exceptionFor({ facts, contract, day }: Reinstatement, [reason]: Reason[]): RecordedException | undefined {
  return reason && exceptionAt(facts.dossier.exceptions, reason.clause, contract.contractId, day).exception;
}

/** Offered through the exception's last day, that day included: what is to begin or to be paid later is not. */
const reaches = ({ reinstateOn, payOn }: Reinstatement, { until }: RecordedException) => reinstateOn <= until && payOn <= until;

/** An exception that is recorded and changes nothing here, with the reason. */
function notApplied({ reinstateOn, payOn }: Reinstatement, exception: RecordedException, inside: boolean, [reason]: Reason[]): Reason {
  const { exceptionId, approvedBy, until } = exception;
  const late = reinstateOn > until ? `reinstatement on ${reinstateOn}` : `payment on ${payOn}`;
  const why = inside ? "inside the window nothing is at discretion" : `${late} lies after its last day`;
  return {
    clause: reason?.clause ?? exception.clause,
    condition: "exception",
    result: "info",
    finding: `the exception \`${exceptionId}\`, approved by ${approvedBy} until ${until}, is not applied: ${why}`,
    facts: [{ path: `exceptions/${exceptionId}`, value: until }],
    cure: null,
  };
}

/** What was the vendor's to decide is offered through the exception's last day, less what it waives: never more than there is. */
function byException({ contract: { currency } }: Reinstatement, sum: bigint, because: Reasons, exception: RecordedException, others: Alternative[]) {
  const { until, amountWaived } = exception;
  const waives = amountWaived?.currency === currency ? toMinor(amountWaived) : 0n;
  const waivedOf = (amount: bigint) => (waives < amount ? waives : amount);
  const left = (amount: bigint) => fromMinor(amount - waivedOf(amount), currency);
  return {
    status: "offered" as const,
    total: left(sum),
    waived: fromMinor(waivedOf(sum), currency),
    alternatives: others.map((other) => ({ ...other, total: other.total && left(toMinor(other.total)) })),
    indicative: null,
    payBy: until,
    reasons: because.map((reason) => (reason.result === "discretion" ? approved(reason, exception) : reason)) as Reasons,
  };
}

/** After the window licenses are bought again, at the list's prices, which bind nobody before there is an order; the others come back for fees beside them. */
function boughtAgain(about: Reinstatement, gone: Lapse[], left: Lapse[], ends: Ends, readings: Readings) {
  const clause = formulaOf(about.policy, "reinstatement-window")?.clause ?? "common";
  const bought = repurchaseLines(about, gone, clause);
  const prices = bought.lines.reduce((total, { amount }) => total + toMinor(amount), 0n);
  const fees = left.length === 0 ? null : compose(about, left, ends, readings);
  const lines = [...bought.lines, ...(fees?.lines ?? [])];
  mustBeQuotable(lines.length, "/licenseIds");
  const missing = [...bought.missing, ...(fees?.missing ?? [])];
  const money = (minor: bigint) => fromMinor(minor, about.contract.currency);
  const reasons = windowOf(about, gone, readings).reasons;
  const summed = (those: Lapse[], what: string, minor: bigint, open: readonly Missing[]) => (reason: Reason) => ({
    ...reason,
    finding: `${listed(those.map(({ licenseId }) => licenseId))}: ${reason.finding}${open.length > 0 ? "" : `; ${what} ${formatMoney(money(minor))}`}`,
  });
  const each =
    fees === null
      ? reasons
      : [
          ...reasons.map(summed(gone, "license prices", prices, bought.missing)),
          ...windowOf(about, left, readings).reasons.map(summed(left, "fees", fees.total, fees.missing)),
          ...fees.reasons,
        ];
  return {
    status: "repurchase" as const,
    lines,
    total: null,
    waived: null,
    indicative: missing.length === 0 && lines.length > 0 ? money(prices + (fees?.total ?? 0n)) : null,
    payBy: null,
    newTerm: fees?.newTerm ?? null,
    alternatives: [],
    reasons: each as Reasons,
    missing,
    readings: readings.used,
  };
}

/** Reading `window`: both the reinstatement and its payment lie inside the period counted from the first day without cover. */
function windowOf(
  { policy, reinstateOn, payOn }: Reinstatement,
  chosen: Lapse[],
  readings: Readings,
): { payBy: CalendarDate | null; inside: boolean; reasons: Reason[] } {
  const window = formulaOf(policy, "reinstatement-window");
  if (window === undefined) return { payBy: null, inside: true, reasons: [] };
  readings.use("window");
  const [first] = chosen.map(({ windowLastDay }) => windowLastDay).sort() as [CalendarDate];
  const again = window.entry.afterwards === "repurchase";
  const inside = reinstateOn <= first && (again || payOn <= first);
  const late = reinstateOn <= first ? `payment on ${payOn}` : `reinstatement on ${reinstateOn}`;
  const finding = inside
    ? payOn <= first
      ? `reinstatement on ${reinstateOn} and payment on ${payOn} lie inside the window, which ends on ${first}`
      : `reinstatement on ${reinstateOn} lies inside the window, which ends on ${first}; it is to be paid by then: payment on ${payOn} would be too late to accept this`
    : `${late} lies after the window, which ended on ${first}; ${again ? "the licenses have to be bought again" : "what follows is for the vendor to decide"}`;
  const result = inside ? "pass" : again ? "fail" : "discretion";
  const reason: Reason = { clause: window.clause, condition: "reinstatement-window", result, finding, facts: factsOf(chosen), cure: null };
  return { payBy: reinstateOn <= first ? first : null, inside, reasons: [reason] };
}

const factsOf = (chosen: Lapse[]) =>
  chosen.slice(0, 50).map(({ licenseId, lapsedOn }) => ({ path: `licenses/${licenseId}/lapsedOn`, value: lapsedOn }));

/** The total under every other option of each reading that the fees depend on. */
function alternativesOf(about: Reinstatement, chosen: Lapse[], ends: Ends, { consulted }: Reinstated): Alternative[] {
  const { contract, policy } = about;
  const now = new Readings(policy, contract);
  return consulted.flatMap((reading) =>
    (policy.readings.get(reading)?.options ?? [])
      .filter(({ id }) => id !== now.chosen(reading))
      .map(({ id: option }) => {
        const settings = { ...contract.settings, readings: { ...contract.settings?.readings, [reading]: option } };
        const other = compose(about, chosen, ends, new Readings(policy, { ...contract, settings }));
        return { reading, option, total: other.comparable && other.missing.length === 0 ? fromMinor(other.total, contract.currency) : null };
      }),
  );
}

function mustNameLines(contract: HeldContract, licenseIds: readonly string[] | undefined): void {
  const known = new Set(contract.lines.map(({ licenseId }) => licenseId));
  const errors = (licenseIds ?? []).flatMap((licenseId, index) =>
    known.has(licenseId)
      ? []
      : [{ pointer: `/licenseIds/${index}`, detail: `license \`${licenseId}\` is not on contract \`${contract.contractId}\`` }],
  );
  if (errors.length > 0) throw new Refused("license-not-on-contract", errors);
}
