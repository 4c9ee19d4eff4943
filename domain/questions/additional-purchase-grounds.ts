/** Why more licenses are not sold yet: the contract does not run, an earlier license of the product line has no support, or an invoice is overdue. */
import { type FormulaOf, formulaOf } from "../compiled-policy.ts";
import { listed } from "../conditions/condition.ts";
import { lifeOf } from "../contract-life.ts";
import { shorterTermFrom } from "../contract-terms.ts";
import { heldOn, lineOf } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import type { HeldLicense, NamedInvoice } from "../facts.ts";
import { formatMoney, fromMinor, toMinor } from "../money.ts";
import { isOverdue, openBalance } from "../open-balance.ts";
import { groupOf } from "../whole-groups.ts";
import type { Addition, PurchasedLine } from "./additional-purchase.ts";
import { cureOfLapse } from "./cure-of-lapse.ts";
import type { Judged } from "./judge-license.ts";
import { priceOfCover } from "./price-of-cover.ts";
import { judgePurchase, type Purchase } from "./quote-grounds.ts";
import { whereItGoesOn } from "./renewal-reason.ts";

type Asked = Addition & Purchase;
interface Grounds {
  reasons: Reason[];
  missing: Missing[];
}

/** As many are listed; of more, the number is told. */
const mostListed = 50;

/** Every ground, passed or not where the earlier licenses are concerned. `clause` is that of the initial period. */
export function groundsOf(asked: Asked, lines: readonly PurchasedLine[], clause: string): Grounds & { readings: ReadingUsed[] } {
  const { catalog } = asked.facts;
  const products = [...new Set(lines.map(({ productId }) => productId))];
  const judged = products.map((productId) => judgePurchase(asked, productId));
  const ofProducts = judged.flatMap(({ reasons }, index) => reasons.filter(({ condition }) => index === 0 || condition !== "sold-by-vendor"));
  const running = runsOnDelivery(asked, clause);
  const needs = formulaOf(asked.policy, "additional-purchase");
  const names = new Set(products.flatMap((productId) => productOf(catalog, productId)?.productLine ?? []));
  const earlier = needs === undefined ? new Map<string, HeldLicense[]>() : earlierByLine(asked, needs.entry);
  const [first] = judged as [Judged];
  const current = needs === undefined ? [] : [...names].map((name) => lineCurrent(asked, name, earlier.get(name) ?? [], needs.clause, first));
  return {
    reasons: [
      running,
      ...shorterTerm(asked, clause),
      ...ofProducts.filter(({ result }) => result !== "pass"),
      ...current.flatMap(({ reasons }) => reasons),
    ],
    missing: [...judged.flatMap(({ missing }) => missing), ...current.flatMap(({ missing }) => missing)],
    readings: first.inquiry.readings.used,
  };
}

/** The reasons that decide first, and how many are left out beyond those listed. */
export function listedReasons(reasons: readonly Reason[]): Reasons {
  const decides = ({ result }: Reason) => result !== "pass" && result !== "info";
  const sorted = [...reasons.filter(decides), ...reasons.filter((reason) => !decides(reason))];
  const [first, ...others] = sorted.slice(0, mostListed) as [Reason, ...Reason[]];
  if (sorted.length <= mostListed) return [first, ...others];
  const finding = `${sorted.length - mostListed} more reasons are not listed`;
  return [first, ...others, { ...first, condition: "more", result: "info", finding, facts: [], cure: null }];
}

/** Licenses held that are sold with support or carry their own, by product line. */
function earlierByLine({ facts, day }: Asked, { currentOn: group, products }: FormulaOf<"additional-purchase">): Map<string, HeldLicense[]> {
  const lines = new Map<string, HeldLicense[]>();
  for (const license of facts.dossier.licenses) {
    if ((license.kind !== "perpetual" && license.kind !== "subscription") || !heldOn(license, day)) continue;
    const name = groupOf({ group, products }, license, facts.catalog);
    if (name === undefined) continue;
    const known = lines.get(name);
    if (known === undefined) lines.set(name, [license]);
    else known.push(license);
  }
  return lines;
}

/** An addition is aligned to a contract that runs when it is delivered; lapsed support comes back first. */
function runsOnDelivery({ facts, contract, asOf, ends, deliveredOn }: Asked, clause: string): Reason {
  const life = lifeOf(facts, contract, deliveredOn, ends);
  const base = {
    clause,
    condition: "contract-runs",
    facts: [{ path: `contracts/${contract.contractId}/term/lastDay`, value: contract.term.lastDay }],
  };
  if (life.currentTerm !== null)
    return { ...base, result: "pass", finding: `contract \`${contract.contractId}\` runs on ${deliveredOn}`, cure: null };
  if (life.lapsedOn === null)
    return { ...base, result: "fail", finding: `contract \`${contract.contractId}\` begins only on ${life.beginsOn}`, cure: null };
  const { goesOn, lapsedOn, lastDay } = life;
  const became = goesOn === null ? `lapsed on ${lapsedOn}` : `ended on ${lastDay} and went on ${whereItGoesOn(goesOn)}`;
  const finding = `support under contract \`${contract.contractId}\` ${became}`;
  return { ...base, result: "fail", finding, cure: cureOfLapse(facts, life, deliveredOn, asOf) };
}

/**
 * Delivered on the first day of a term shorter than twelve months (a stub): those that the term was recorded for have no
 * initial period in it, a purchase has. Clauses 7.1 and 7.2 decide: twelve months from delivery in full, then the common end.
 */
function shorterTerm({ contract, deliveredOn }: Asked, clause: string): Reason[] {
  const term = shorterTermFrom(contract, deliveredOn);
  if (term === null) return [];
  const finding = `the term that begins on ${deliveredOn} ends on ${term.lastDay}, before twelve months are over: the initial period is owed in full all the same, and goes on in the next term`;
  const facts = [{ path: `contracts/${contract.contractId}/term/lastDay`, value: term.lastDay }];
  return [{ clause, condition: "shorter-term", result: "info", finding, facts, cure: null }];
}

/** Current on every earlier license of a product line: all covered, no support invoice of theirs overdue (reading `current`). */
function lineCurrent(asked: Asked, name: string, earlier: readonly HeldLicense[], clause: string, { inquiry }: Judged): Grounds {
  const { ends, day } = asked;
  const { coverage } = inquiry;
  const gaps = earlier.filter((license) => coverage.isGap(license)).map(({ licenseId }) => licenseId);
  const base = { clause, condition: "current-on-line" };
  const reasons: Reason[] = [];
  if (gaps.length > 0) {
    const priced = priceOfCover(inquiry, gaps, ends);
    const says = `cover ${listed(gaps)}${priced === null ? "" : `; ${priced.says}`}`;
    reasons.push({
      ...base,
      result: "fail",
      finding: `${listed(gaps)} of product line \`${name}\` ${gaps.length === 1 ? "has" : "have"} no support on ${day}`,
      facts: gaps.slice(0, mostListed).map((licenseId) => ({ path: `licenses/${licenseId}`, value: null })),
      cure: { says, clause, price: priced?.total ?? null },
    });
  }
  inquiry.readings.use("current");
  const owed = overdueOn(
    asked,
    earlier.map(({ licenseId }) => licenseId),
  );
  if (owed.ofLine.length > 0) reasons.push({ ...base, result: "fail", ...overdueReason(owed.ofLine, asked, clause) });
  else if (owed.unplaced.length > 0)
    reasons.push({
      ...base,
      result: "unknown",
      ...overdueReason(owed.unplaced, asked, clause),
      finding: `${openIn(owed.unplaced, asked)}, but no contract is recorded for it`,
    });
  const missing = reasons.some(({ result }) => result === "unknown")
    ? [{ what: `contractId of invoice \`${owed.unplaced[0]?.invoiceId}\``, clause }]
    : [];
  if (reasons.length === 0)
    reasons.push({ ...base, result: "pass", finding: `support of product line \`${name}\` is current on ${day}`, facts: [], cure: null });
  return { reasons, missing };
}

/** Support invoices overdue on the day: of contracts that name one of the licenses, and those that name no contract. */
function overdueOn({ facts, contract, day }: Asked, licenseIds: readonly string[]): { ofLine: NamedInvoice[]; unplaced: NamedInvoice[] } {
  const naming = new Set(
    facts.dossier.contracts
      .filter((one) => one.policyId === contract.policyId && licenseIds.some((licenseId) => lineOf(one, licenseId) !== undefined))
      .map(({ contractId }) => contractId),
  );
  const overdue = facts.dossier.invoices.filter((invoice) => invoice.kind === "support" && isOverdue(invoice, day));
  return {
    ofLine: overdue.filter(({ contractId }) => contractId !== undefined && naming.has(contractId)),
    unplaced: naming.size === 0 ? [] : overdue.filter(({ contractId }) => contractId === undefined),
  };
}

const openIn = (invoices: readonly NamedInvoice[], { day }: Asked) =>
  `open balance ${invoices
    .slice(0, 5)
    .map((invoice) => `${formatMoney(openBalance(invoice, day))} on \`${invoice.invoiceId}\`, due ${invoice.dueOn}`)
    .join("; ")}${invoices.length > 5 ? `; ${invoices.length - 5} more` : ""}`;

function overdueReason(invoices: readonly NamedInvoice[], asked: Asked, clause: string) {
  const { contract, day } = asked;
  const inCurrency = invoices.every(({ amount }) => amount.currency === contract.currency);
  const sum = inCurrency ? invoices.reduce((total, invoice) => total + toMinor(openBalance(invoice, day)), 0n) : null;
  const price = sum === null ? null : fromMinor(sum, contract.currency);
  return {
    finding: openIn(invoices, asked),
    facts: invoices.slice(0, mostListed).map(({ invoiceId, dueOn }) => ({ path: `invoices/${invoiceId}/dueOn`, value: dueOn })),
    cure: { says: "pay the open balance", clause, price },
  };
}
