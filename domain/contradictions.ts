/** What a fact must not say next to the facts and policies that are known: checked when it is written, answered as 422. */
import { agreedInVain } from "./agreed-in-vain.ts";
import type { AgreedCalendar } from "./calendar-shape.ts";
import { compile, inForceFrom, type PolicyBook } from "./compiled-policy.ts";
import { byId } from "./dossier.ts";
import type { Catalog, ContactDocument, Contract, Dossier, Invoice, License, Notice, PriceList, Product } from "./facts.ts";
import { notOfVersion } from "./not-of-version.ts";
import { noticeContradictions } from "./notice-contradictions.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import { calendarProblems } from "./time/business-calendar.ts";

export interface Beside {
  /** Null for products and price lists. */
  dossier: Dossier | null;
  catalog: Catalog;
  policies: PolicyBook;
}

type Check = (document: never, beside: Beside, id: string) => Refusal[];

const checks: Record<string, Check> = {
  products: product,
  licenses: license,
  contracts: contract,
  contacts: contact,
  invoices: invoice,
  notices: notice,
  "price-lists": priceList,
};

/** Contradictions of a document with itself and with what is beside it; `path` is such as "contracts/c-1". */
export function contradictionsOf(path: string, document: object, beside: Beside): Refusal[] {
  const slash = path.indexOf("/");
  const check = checks[slash < 0 ? path : path.slice(0, slash)];
  return check === undefined ? [] : check(document as never, beside, path.slice(slash + 1));
}

const before = (pointer: string, name: string, value: string | undefined, other: string, first: string): Refusal[] =>
  value !== undefined && value < first ? [{ pointer, detail: `\`${name}\` is ${value}, before \`${other}\`, ${first}` }] : [];

function duplicates(values: readonly (string | undefined)[], pointer: (index: number) => string, what: string): Refusal[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (value === undefined) return [];
    if (seen.has(value)) return [{ pointer: pointer(index), detail: `${what} \`${value}\` is named twice` }];
    seen.add(value);
    return [];
  });
}

function product({ versions }: Product): Refusal[] {
  return duplicates(
    (versions ?? []).map(({ version }) => version),
    (index) => `/versions/${index}/version`,
    "version",
  );
}

function license({ kind, deliveredOn, retiredOn, termLastDay }: License): Refusal[] {
  const found = [
    ...before("/retiredOn", "retiredOn", retiredOn, "deliveredOn", deliveredOn),
    ...before("/termLastDay", "termLastDay", termLastDay, "deliveredOn", deliveredOn),
  ];
  if (termLastDay !== undefined && kind === "perpetual") found.push({ pointer: "/termLastDay", detail: "a perpetual license has no last day" });
  return found;
}

function contact({ activeFrom, activeUntil }: ContactDocument): Refusal[] {
  return activeFrom === undefined ? [] : before("/activeUntil", "activeUntil", activeUntil, "activeFrom", activeFrom);
}

function invoice({ amount, payments, contractId }: Invoice, { dossier }: Beside): Refusal[] {
  const found = payments.flatMap((payment, index) =>
    payment.amount.currency === amount.currency
      ? []
      : [{ pointer: `/payments/${index}/amount/currency`, detail: `the invoice is in \`${amount.currency}\`, got \`${payment.amount.currency}\`` }],
  );
  found.push(
    ...duplicates(
      payments.map(({ paymentId }) => paymentId),
      (index) => `/payments/${index}/paymentId`,
      "payment",
    ),
  );
  const its = dossier && byId(dossier.contracts, "contractId", contractId);
  if (its && its.currency !== amount.currency)
    found.push({ pointer: "/amount/currency", detail: `contract \`${contractId}\` is in \`${its.currency}\`, got \`${amount.currency}\`` });
  return found;
}

function contract(document: Contract, beside: Beside, contractId: string): Refusal[] {
  const { term, anchorOn, lines, currency } = document;
  const found = before("/term/lastDay", "lastDay", term.lastDay, "firstDay", term.firstDay);
  if (anchorOn !== undefined && anchorOn > term.firstDay) {
    found.push({
      pointer: "/anchorOn",
      detail: `the anchor is the first day of the first term: got ${anchorOn}, after the term's first day, ${term.firstDay}`,
    });
  }
  lines.forEach(({ annualFee, coveredFrom, coveredUntil }, index) => {
    if (annualFee.currency !== currency)
      found.push({ pointer: `/lines/${index}/annualFee/currency`, detail: `the contract is in \`${currency}\`, got \`${annualFee.currency}\`` });
    if (coveredFrom !== undefined) found.push(...before(`/lines/${index}/coveredUntil`, "coveredUntil", coveredUntil, "coveredFrom", coveredFrom));
  });
  found.push(
    ...duplicates(
      lines.map(({ licenseId }) => licenseId),
      (index) => `/lines/${index}/licenseId`,
      "license",
    ),
  );
  found.push(...ofPolicy(document, beside.policies));
  const elsewhere = beside.dossier?.invoices.find((one) => one.contractId === contractId && one.amount.currency !== currency);
  if (elsewhere)
    found.push({
      pointer: "/currency",
      detail: `invoice \`${elsewhere.invoiceId}\` of the contract is in \`${elsewhere.amount.currency}\`, got \`${currency}\``,
    });
  const announced = beside.dossier?.notices.find(
    (one) => one.contractId === contractId && one.withdrawn !== true && one.newFees?.some(({ annualFee }) => annualFee.currency !== currency),
  );
  if (announced)
    found.push({
      pointer: "/currency",
      detail: `notice \`${announced.noticeId}\` announces fees of the contract in \`${announced.newFees?.[0]?.annualFee.currency}\`, got \`${currency}\``,
    });
  return found;
}

/** The policy must be one that there is, and what is agreed of it known to a version that may govern the contract. */
function ofPolicy(document: Contract, policies: PolicyBook): Refusal[] {
  const { policyId, policyVersion, term } = document;
  const versions = policies.get(policyId);
  if (versions === undefined)
    return [{ pointer: "/policyId", detail: `no policy \`${policyId}\`; there are \`${[...policies.keys()].join("`, `")}\`` }];
  const pinned = versions.find(({ version }) => version === policyVersion);
  if (policyVersion !== undefined && pinned === undefined)
    return [
      {
        pointer: "/policyVersion",
        detail: `policy \`${policyId}\` has no version \`${policyVersion}\`; it has \`${versions.map((one) => one.version).join("`, `")}\``,
      },
    ];
  const governing = pinned === undefined ? inForceFrom(policies, policyId, term.firstDay) : [pinned];
  const [first = [], ...others] = governing.map((version) => ofVersion(document, version));
  return first.filter(({ pointer }) => others.every((found) => found.some((one) => one.pointer === pointer)));
}

const ofVersion = (document: Contract, version: Policy): Refusal[] => [
  ...notOfVersion(compile(version), document).map(({ pointer, detail }) => ({ pointer, detail })),
  ...agreedInVain(compile(version), document),
  ...calendarsOf(document.settings?.calendars ?? {}, version),
];

/** Hours that no clock could count in: of a calendar that the policy does not have, overlapping, or never open. */
function calendarsOf(agreed: Record<string, AgreedCalendar>, policy: Policy): Refusal[] {
  return Object.entries(agreed).flatMap(([id, terms]) => {
    const pointer = `/settings/calendars/${id}`;
    const stated = Object.hasOwn(policy.calendars, id) ? policy.calendars[id] : undefined;
    if (stated === undefined) {
      const there = Object.keys(policy.calendars).map((one) => `\`${one}\``);
      return [{ pointer, detail: `policy \`${policy.id}\` has no calendar \`${id}\`; it has ${there.length === 0 ? "none" : there.join(", ")}` }];
    }
    const weekly = terms.weekly ?? stated.weekly;
    if (weekly === null)
      return terms.holidays === undefined
        ? []
        : calendarProblems({ zone: null, weekly: { mon: [["00:00", "24:00"]] }, holidays: terms.holidays }).map((detail) => ({ pointer, detail }));
    return calendarProblems({ zone: null, weekly, holidays: terms.holidays ?? stated.holidays }).map((detail) => ({ pointer, detail }));
  });
}

function notice(document: Notice & { contractId?: string }, { dossier }: Beside): Refusal[] {
  const its = dossier && byId(dossier.contracts, "contractId", document.contractId);
  return its ? noticeContradictions(document, its) : [];
}

/** Two lists that tie on their first day must not differ in a fee: nobody could say which holds. */
function priceList({ policyId, effectiveFrom, currency, items }: PriceList, { catalog, policies }: Beside, priceListId: string): Refusal[] {
  const found = duplicates(
    items.map(({ productId }) => productId),
    (index) => `/items/${index}/productId`,
    "product",
  );
  if (!policies.has(policyId))
    found.push({ pointer: "/policyId", detail: `no policy \`${policyId}\`; there are \`${[...policies.keys()].join("`, `")}\`` });
  const ties = catalog.priceLists.filter(
    (list) => list.priceListId !== priceListId && list.policyId === policyId && list.currency === currency && list.effectiveFrom === effectiveFrom,
  );
  items.forEach((item, index) => {
    for (const field of ["annualFeePerSeat", "reinstatementFeePerSeat", "licensePricePerSeat"] as const) {
      const fee = item[field];
      if (fee !== undefined && fee.currency !== currency)
        found.push({ pointer: `/items/${index}/${field}/currency`, detail: `the list is in \`${currency}\`, got \`${fee.currency}\`` });
      for (const tie of ties) {
        const other = tie.items.find(({ productId }) => productId === item.productId);
        if (other !== undefined && other[field]?.amount !== fee?.amount) {
          found.push({
            pointer: `/items/${index}/${field}`,
            detail: `price list \`${tie.priceListId}\` has another fee for \`${item.productId}\` from the same day, ${effectiveFrom}`,
          });
        }
      }
    }
  });
  return found;
}
