/**
 * Made-up accounts of about thirty facts and requests about them, the same in every run, in which every outcome occurs:
 * what the benchmarks of decisions are fed with.
 */
import type { Catalog, Dossier, HeldContract, HeldLicense, NamedContact, NamedInvoice, RecordedNotice } from "../../domain/facts.ts";
import { fromMinor } from "../../domain/money.ts";
import type { EntitlementRequest } from "../../domain/questions/entitlement-request.ts";
import { addDays, addMonths, type CalendarDate } from "../../domain/time/calendar-date.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { type Chance, chanceFrom } from "../../infra/local/demo/chance.ts";

export interface Asked {
  dossier: Dossier;
  request: EntitlementRequest;
  /** Epoch milliseconds. */
  instant: number;
}

const lines = ["query", "models", "gateway", "reports"];
const products = lines.flatMap((line) => ["one", "two", "three"].map((name) => `${line}-${name}`));

const chf = (amount: number) => fromMinor(BigInt(amount), "CHF");

export const catalog: Catalog = {
  products: [
    { productId: "desk-cloud", name: "Desk", productLine: "cloud", kind: "cloud-service" as const },
    { productId: "ext-maps", name: "Maps", productLine: "query", kind: "extension" as const },
    {
      productId: "lib-connect",
      name: "Connect",
      productLine: "libraries",
      kind: "open-source-library" as const,
      supportedLibrary: true,
      latestVersion: "3.2",
      versions: [{ version: "3.1" }, { version: "3.2" }],
    },
    ...products.map((productId, n) => ({
      productId,
      name: productId,
      productLine: productId.split("-")[0] as string,
      kind: "software" as const,
      ...(n === 10 ? { endOfLifeAnnouncedOn: "2025-06-01", endOfLifeOn: "2027-06-30" } : {}),
      ...(n % 3 === 0
        ? { versions: [{ version: "8", supportEndsOn: "2025-12-31" }, { version: "9", supportEndsOn: "2026-08-31" }, { version: "10" }] }
        : {}),
    })),
  ].sort((a, b) => (a.productId < b.productId ? -1 : 1)),
  priceLists: ["2024", "2025", "2026"].map((year, n) => ({
    priceListId: `list-${year}`,
    policyId: "ebiexperts-support",
    effectiveFrom: `${year}-01-01`,
    currency: "CHF",
    items: products.map((productId, p) => ({ productId, annualFeePerSeat: chf(40_000 + p * 7_345 + n * 2_500) })),
  })),
  policies: [],
};

/** @param licenses how many an ordinary account holds */
export function generate(count: number, seed: number): Asked[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, (_, n) => {
    const instant = Date.UTC(2026, 0, 5) + chance.between(0, 340 * 24 * 60) * 60_000;
    const day = formatInstant(instant).slice(0, 10);
    const dossier = dossierOf(`account-${n}`, day, chance);
    return { dossier, request: requestOf(dossier, instant, chance), instant };
  });
}

function dossierOf(accountId: string, day: CalendarDate, chance: Chance): Dossier {
  const licenses = Array.from({ length: chance.between(3, 8) }, (_, n) => licenseOf(n, day, chance));
  const contracts = contractsOf(licenses, day, chance);
  return {
    accountId,
    account: { name: accountId, customerNumber: "4711" },
    licenses,
    premises: [],
    contracts,
    contacts: contactsOf(day, chance),
    invoices: contracts.flatMap((contract) => invoicesOf(contract, day, chance)),
    notices: chance.inHundred(6)
      ? contracts
          .filter(({ settings }) => settings === undefined)
          .slice(0, 1)
          .map((contract) => noticeOf(contract, day, chance))
      : [],
    quotes: [],
    exceptions: [],
  };
}

function licenseOf(n: number, day: CalendarDate, chance: Chance): HeldLicense {
  const kind = chance.inHundred(84) ? "perpetual" : chance.oneOf(["subscription", "trial", "beta", "freeware"] as const);
  const productId = chance.inHundred(94)
    ? chance.oneOf(products.slice(0, 8))
    : chance.oneOf(["desk-cloud", "ext-maps", "lib-connect", "unrecorded", "reports-two"]);
  return {
    licenseId: `l-${n + 1}`,
    productId,
    kind,
    seats: chance.between(1, 40),
    deliveredOn: addDays(day, -chance.between(1, 900)),
    ...(chance.inHundred(3) ? { retiredOn: addDays(day, -chance.between(1, 30)) } : {}),
    ...(kind === "subscription" && chance.inHundred(80) ? { termLastDay: addDays(day, chance.between(-20, 300)) } : {}),
    ...(chance.inHundred(20) ? { bundleId: chance.oneOf(["b-1", "b-2"]) } : {}),
    ...(chance.inHundred(25) ? { deploymentId: chance.oneOf(["d-1", "d-2"]) } : {}),
    soldBy: "direct",
  };
}

/** One contract or two; few licenses are left out, few contracts have ended. */
function contractsOf(licenses: HeldLicense[], day: CalendarDate, chance: Chance): HeldContract[] {
  if (chance.inHundred(2)) return [];
  return Array.from({ length: chance.between(1, 2) }, (_, n): HeldContract => {
    const ended = chance.inHundred(7);
    const anchor = addMonths(`${addDays(day, -chance.between(0, 330)).slice(0, 8)}05`, -12 * chance.between(0, 3));
    const firstDay = ended ? addMonths(addDays(day, -chance.between(10, 300)), -12) : anchor;
    const lines = licenses.filter(({ kind }) => kind === "perpetual" && !chance.inHundred(n === 0 ? 7 : 60));
    return {
      contractId: `c-${n + 1}`,
      policyId: "ebiexperts-support",
      program: "enterprise",
      currency: "CHF",
      ...(chance.inHundred(30) ? { anchorOn: firstDay } : {}),
      term: { firstDay, lastDay: addDays(addMonths(firstDay, 12), -1) },
      soldBy: chance.inHundred(4) ? { reseller: "Example Resale" } : "direct",
      ...(ended ? { settings: { autoRenew: false } } : {}),
      lines: lines.map(({ licenseId }) => ({ licenseId, annualFee: chf(chance.between(30_000, 4_000_000)) })),
    };
  });
}

function contactsOf(day: CalendarDate, chance: Chance): NamedContact[] {
  return Array.from({ length: chance.between(2, 9) }, (_, n) => ({
    contactId: `p-${n + 1}`,
    role: chance.inHundred(92) ? ("technical-contact" as const) : ("administrative-contact" as const),
    ...(chance.inHundred(70) ? { activeFrom: addDays(day, -chance.between(-10, 700)) } : {}),
    ...(chance.inHundred(15) ? { activeUntil: addDays(day, chance.between(-20, 400)) } : {}),
  }));
}

function invoicesOf({ contractId }: HeldContract, day: CalendarDate, chance: Chance): NamedInvoice[] {
  return Array.from({ length: chance.between(2, 5) }, (_, n): NamedInvoice => {
    const dueOn = addDays(day, 25 - chance.between(0, 60) - n * 100);
    const amount = chf(chance.between(100_000, 5_000_000));
    const unpaid = chance.inHundred(4);
    const inParts = chance.inHundred(10);
    const paid = (minor: bigint, days: number) => ({ paidOn: addDays(dueOn, days), amount: fromMinor(minor, "CHF") });
    const minor = BigInt(amount.amount.replace(".", ""));
    const payments = unpaid
      ? []
      : inParts
        ? [paid(minor / 2n, -10), paid(minor - minor / 2n, chance.between(-5, 20))]
        : [paid(minor, -chance.between(0, 20))];
    return {
      invoiceId: `${contractId}-${n + 1}`,
      ...(chance.inHundred(97) ? { contractId } : {}),
      kind: chance.inHundred(85) ? "support" : "other",
      issuedOn: addDays(dueOn, -30),
      dueOn,
      amount,
      payments,
      ...(unpaid && chance.inHundred(20) ? { voidedOn: addDays(dueOn, 3) } : {}),
      ...(unpaid && chance.inHundred(20) ? { disputed: true } : {}),
    };
  });
}

function noticeOf({ contractId }: HeldContract, day: CalendarDate, chance: Chance): RecordedNotice {
  return {
    noticeId: `n-${contractId}`,
    contractId,
    kind: "non-renewal",
    form: chance.oneOf(["email", "letter", "phone"] as const),
    receivedOn: addDays(day, -chance.between(0, 400)),
  };
}

const tags = [
  "4.2",
  "4.2(i)",
  "4.2(ii)",
  "4.2(iii)",
  "4.2(iv)",
  "4.2(v)",
  "4.2(vi)(a)",
  "4.2(vi)(c)",
  "4.2(vi)(e)",
  "customer-not-cooperating",
  "virtualization-layer",
];

function requestOf({ licenses, contacts }: Dossier, instant: number, chance: Chance): EntitlementRequest {
  const license = chance.oneOf(licenses);
  const named = chance.inHundred(85);
  return {
    kind: chance.inHundred(80) ? "error" : chance.oneOf(["question", "how-to", "feature-request", "work-order", "service"] as const),
    ...(named ? { licenseId: license.licenseId } : {}),
    ...(!named || chance.inHundred(50) ? { productId: named || chance.inHundred(90) ? license.productId : "reports-three" } : {}),
    ...(chance.inHundred(40) ? { productVersion: chance.oneOf(["8", "9", "10", "10", "10", "11", "3.2"]) } : {}),
    ...(chance.inHundred(95) ? { severity: chance.oneOf(["severity-1", "severity-2", "severity-3"]) } : {}),
    ...(chance.inHundred(96) ? { contactId: chance.inHundred(96) ? chance.oneOf(contacts).contactId : "nobody" } : {}),
    channel: chance.oneOf(["portal", "web", "email", "phone"] as const),
    ...(chance.inHundred(70) ? { language: chance.inHundred(93) ? chance.oneOf(["en", "en-US"]) : "de-CH" } : {}),
    ...(chance.inHundred(30) ? { filedAt: formatInstant(instant - chance.between(0, 4_000) * 60_000) } : {}),
    ...(chance.inHundred(10) ? { lastVendorMessageAt: formatInstant(instant - chance.between(0, 1_000) * 60_000) } : {}),
    provides: [],
    circumstances: chance.inHundred(8) ? [chance.oneOf(tags)] : [],
    attestations: {},
  };
}
