/** "What does support of more licenses cost?" Twelve months from delivery in full, then a shorter term to the common end. */
import * as z from "zod";
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import { termsPolicy } from "../cover.ts";
import type { Reason } from "../decision.ts";
import { calendarDate, type HeldContract, identifier, money } from "../facts.ts";
import { fromMinor } from "../money.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { Readings } from "../readings.ts";
import { Refused } from "../refusal.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import { composeAddition, initialTerm, type PricedLine, priceLines } from "./additional-purchase-fees.ts";
import { groundsOf, listedReasons } from "./additional-purchase-grounds.ts";
import { cancellationsOf } from "./cancellations.ts";
import { zoneAt } from "./place.ts";
import { type AsOf, daysOf, instantOfAsOf, type KnownFacts } from "./question.ts";
import { type Alternative, contractQuoted, mustBeQuotable, nothingOffered, type QuoteAnswer, type QuoteStatus } from "./quote.ts";
import { notInPolicy } from "./quote-grounds.ts";

const purchasedLine = z
  .strictObject({
    licenseId: identifier
      .optional()
      .meta({ description: "What the license will be called. Default: the service names it when the quote is stored." }),
    productId: identifier,
    seats: z.int().min(1).max(1_000_000_000),
    annualFee: money
      .optional()
      .meta({ description: "Of the whole line. Default: the fee a seat of the price list in force on the day of delivery." }),
  })
  .meta({ id: "PurchasedLine", description: "Licenses of one product that are bought, perpetual." });

export const additionalPurchaseRequest = z.strictObject({
  contractId: identifier,
  deliveredOn: calendarDate,
  lines: z.array(purchasedLine).min(1).max(20_000),
});

export type AdditionalPurchaseRequest = z.infer<typeof additionalPurchaseRequest>;
export type PurchasedLine = AdditionalPurchaseRequest["lines"][number];

/** What the parts of the quote work on. */
export interface Addition {
  facts: KnownFacts;
  contract: HeldContract;
  policy: CompiledPolicy;
  asOf: AsOf;
  day: CalendarDate;
  deliveredOn: CalendarDate;
}

/**
 * Quotes support of licenses that are bought under a running contract, by the facts known to be true at `asOf`: whether
 * support of the earlier ones is current is judged then, prices and periods go by the day of delivery. The text sets no
 * last day for paying. Source: Ebiexperts 7.1, 7.2; formulas `initial-period`, `additional-purchase`, `co-term`.
 * @throws Refused for fees in another currency, licenses that there are already, or more than 2,000 lines
 */
export function quoteAdditionalPurchase(facts: KnownFacts, request: AdditionalPurchaseRequest, asOf: AsOf): QuoteAnswer {
  const contract = contractQuoted(facts, request.contractId);
  mustFit(facts, contract, request);
  const { deliveredOn } = request;
  const policy = termsPolicy(facts, contract, deliveredOn) as CompiledPolicy;
  const zone = zoneAt(policy, contract, facts.dossier.premises);
  const [day] = daysOf(asOf, zone);
  const addition: Addition = { facts, contract, policy, asOf, day, deliveredOn };
  const base = {
    kind: "additional-purchase" as const,
    accountId: facts.dossier.accountId,
    contractId: contract.contractId,
    policy: { id: policy.policy.id, version: policy.policy.version },
    reinstateOn: null,
    payOn: null,
    deliveredOn,
    asOf: formatInstant(instantOfAsOf(asOf, zone)),
  };
  const initial = formulaOf(policy, "initial-period");
  if (initial === undefined) return { ...base, ...nothingOffered, status: "undetermined", ...notInPolicy(policy, "support of more licenses") };
  // Each has a line at least.
  mustBeQuotable(request.lines.length, "/lines");
  const { ends } = nonRenewalsOn(facts, day);
  const grounds = groundsOf({ ...addition, ends, coverages: new Map() }, request.lines, initial.clause);
  const prices = priceLines(addition, request.lines, initial.clause);
  const cancelled = cancellationsOf(facts, contract, policy, day, () => true);
  const reasons = [...grounds.reasons, ...prices.reasons, ...cancelled.notes];
  const missing = [...grounds.missing, ...prices.missing, ...cancelled.missing].slice(0, 50);
  const status = statusOf(reasons);
  if (status === "refused") return { ...base, ...nothingOffered, status, reasons: listedReasons(reasons), missing, readings: grounds.readings };
  const readings = new Readings(policy, contract);
  const { lines, total } = composeAddition(addition, prices.lines, readings);
  mustBeQuotable(lines.length, "/lines");
  return {
    ...base,
    status,
    lines,
    total: status === "offered" ? fromMinor(total, contract.currency) : null,
    waived: null,
    indicative: null,
    payBy: null,
    newTerm: initialTerm(contract, deliveredOn, initial.entry.months),
    alternatives: alternativesOf(addition, prices.lines, readings, status),
    reasons: listedReasons(reasons),
    missing,
    readings: [...grounds.readings, ...readings.used],
  };
}

function statusOf(reasons: readonly Reason[]): QuoteStatus {
  if (reasons.some(({ result }) => result === "fail" || result === "redirect")) return "refused";
  return reasons.some(({ result }) => result === "unknown") ? "undetermined" : "offered";
}

/** The total under the other options of the reading that aligns terms, where it changes the lines. */
function alternativesOf(addition: Addition, priced: readonly PricedLine[], { used }: Readings, status: QuoteStatus): Alternative[] {
  const { contract, policy } = addition;
  const by = formulaOf(policy, "co-term")?.entry.by;
  if (by === undefined || typeof by === "string" || !used.some(({ id }) => id === by.reading)) return [];
  const chosen = new Readings(policy, contract).chosen(by.reading);
  return (policy.readings.get(by.reading)?.options ?? [])
    .filter(({ id }) => id !== chosen)
    .map(({ id: option }) => {
      const settings = { ...contract.settings, readings: { ...contract.settings?.readings, [by.reading]: option } };
      const other = composeAddition(addition, priced, new Readings(policy, { ...contract, settings }));
      return { reading: by.reading, option, total: status === "offered" ? fromMinor(other.total, contract.currency) : null };
    });
}

/** Fees are in the contract's currency, and a license that is bought is a new one. */
function mustFit({ dossier }: KnownFacts, { contractId, currency }: HeldContract, { lines }: AdditionalPurchaseRequest): void {
  const held = new Set(dossier.licenses.map(({ licenseId }) => licenseId));
  const errors = lines.flatMap(({ annualFee, licenseId }, index) => {
    const found = [];
    if (annualFee !== undefined && annualFee.currency !== currency)
      found.push({
        pointer: `/lines/${index}/annualFee/currency`,
        detail: `contract \`${contractId}\` is in \`${currency}\`, got \`${annualFee.currency}\``,
      });
    if (licenseId !== undefined && held.has(licenseId))
      found.push({ pointer: `/lines/${index}/licenseId`, detail: `license \`${licenseId}\` is there already: name a new one, or none` });
    if (licenseId !== undefined) held.add(licenseId);
    return found;
  });
  if (errors.length > 0) throw new Refused("facts-contradict", errors);
}
