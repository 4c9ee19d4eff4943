/** Accounts that could be: licenses, contracts, notices, invoices and contacts under Ebiexperts' policy, with days near every boundary. */
import fc from "fast-check";
import { contractTermOn } from "../../../domain/contract-terms.ts";
import type { Catalog, Contract, Dossier, HeldContract, HeldLicense, NamedContact, NamedInvoice, RecordedNotice } from "../../../domain/facts.ts";
import { capped, fromMinor, toMinor } from "../../../domain/money.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { nthTerm, type Term } from "../../../domain/time/term.ts";
import { dates } from "../time/arbitraries.ts";

export interface Portfolio {
  dossier: Dossier;
  catalog: Catalog;
  /** A day at which something may turn. */
  focus: CalendarDate;
}

/** The facts as questions take them. The policies stay out of a portfolio, so that a counterexample can be read. */
export const factsOf = ({ dossier, catalog }: Pick<Portfolio, "dossier" | "catalog">): KnownFacts => ({
  dossier,
  catalog,
  policies: shippedPolicies,
});

const policyId = "ebiexperts-support";
/** One for each license that there may be. */
const six = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 6, maxLength: 6 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>, oneIn = 5) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const given = <K extends string, T>(key: K, value: T | undefined) => (value === undefined ? {} : ({ [key]: value } as Record<K, T>));

/** Twelve-month terms, the first or a later one; one of 36 months; stubs too short for a notice and longer ones. */
const recordedTerm = fc
  .record({
    anchor: fc.oneof(
      fc.constantFrom("2024-02-29", "2023-01-31", "2024-01-30", "2025-01-29", "2023-08-31", "2024-12-31", "2025-01-01", "2024-07-01"),
      dates("2022-06-01", "2026-06-30"),
    ),
    n: fc.constantFrom(0, 0, 1, 2),
    shape: fc.constantFrom("year", "year", "year", "three-years", "stub"),
    stubDays: fc.constantFrom(1, 20, 44, 45, 46, 59, 60, 61, 100, 200, 300, 364),
  })
  .map(({ anchor, n, shape, stubDays }): { anchorOn?: CalendarDate; term: Term } => {
    const whole = nthTerm(anchor, n);
    const lastDay = shape === "year" ? whole.lastDay : shape === "stub" ? addDays(whole.firstDay, stubDays - 1) : nthTerm(anchor, n + 2).lastDay;
    return { ...(n > 0 ? { anchorOn: anchor } : {}), term: { firstDay: whole.firstDay, lastDay } };
  });

const products: Catalog["products"] = [
  {
    productId: "p-1",
    name: "One",
    productLine: "Alpha",
    kind: "software",
    versions: [{ version: "1", supportEndsOn: "2026-03-31" }, { version: "2" }],
  },
  { productId: "p-2", name: "Two", productLine: "Alpha", kind: "software" },
  { productId: "p-3", name: "Three", productLine: "Beta", kind: "software", endOfLifeAnnouncedOn: "2026-01-31", endOfLifeOn: "2028-01-31" },
  { productId: "p-4", name: "Four", productLine: "Gamma", kind: "software" },
];

const rawLicense = fc.record({
  product: fc.constantFrom("p-1", "p-1", "p-2", "p-3", "p-4"),
  unrecorded: rarely(fc.constant("p-9"), 20),
  kind: fc.constantFrom<HeldLicense["kind"]>("perpetual", "perpetual", "perpetual", "perpetual", "perpetual", "subscription", "trial", "freeware"),
  seats: fc.integer({ min: 1, max: 20 }),
  /** Days from the first contract's term. */
  delivered: fc.oneof({ weight: 5, arbitrary: fc.constant(-400) }, { weight: 1, arbitrary: fc.integer({ min: -30, max: 400 }) }),
  deployment: rarely(fc.constantFrom("d-1", "d-2")),
  bundle: rarely(fc.constantFrom("b-1", "b-2"), 8),
  retired: rarely(fc.integer({ min: 0, max: 1_200 }), 12),
  termDays: rarely(fc.integer({ min: 0, max: 1_200 }), 2),
  /** Which contracts have a line for it. */
  on: fc.oneof(
    { weight: 12, arbitrary: fc.tuple(fc.nat(2)) },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(2), fc.nat(2)) },
  ),
  fee: fc.oneof(fc.constantFrom(33_333, 100, 1, 1_000_000, 99_999), fc.integer({ min: 0, max: 5_000_000 })),
  coveredFrom: rarely(fc.integer({ min: -400, max: 500 }), 12),
  coveredUntil: rarely(fc.integer({ min: 0, max: 900 }), 12),
});

const otherReadings: [string, string][] = [
  ["late-notice", "counts-for-next-term"],
  ["short-term-notice", "literal"],
  ["ebx-incomplete-line", "literal"],
  ["ebx-initial-outlasts", "literal"],
  ["ebx-co-term", "literal"],
  ["ebx-fee-base", "forward"],
  ["ebx-fee-base", "back"],
  ["ebx-fee-base", "all-applicable"],
  ["ebx-back-fees", "as-billed"],
  ["ebx-back-rate", "literal"],
  ["ebx-early-fee", "waived"],
  ["ebx-cap", "literal"],
  ["ebx-questions", "discretion"],
];

const rawContract = fc.record({
  recorded: recordedTerm,
  autoRenew: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, false),
  readings: rarely(fc.subarray(otherReadings, { minLength: 1, maxLength: 3 }), 5),
  reseller: rarely(fc.constant("Resale Ltd"), 15),
});

/** From the end of a term: around the days for notice, the term's own ends, and anywhere. */
const fromEnd = fc.oneof(fc.constantFrom(-366, -365, -61, -60, -59, -46, -45, -44, -1, 0, 1), fc.integer({ min: -380, max: 0 }));

const rawNotice = fc.record({
  kind: fc.constantFrom<RecordedNotice["kind"]>(
    "non-renewal",
    "non-renewal",
    "non-renewal",
    "price-increase",
    "price-increase",
    "cancellation",
    "maintenance",
  ),
  form: fc.constantFrom<RecordedNotice["form"]>("letter", "email", "portal", "email", "portal", "phone"),
  contract: fc.nat(2),
  term: fc.constantFrom(-1, 0, 0, 0, 1, 1, 2),
  fromEnd,
  hour: rarely(fc.integer({ min: 0, max: 23 }), 6),
  whole: fc.boolean(),
  named: six(fc.boolean()),
  /** The cap itself and a unit beside it, the old fee, and shares of it in basis points. */
  rises: six(fc.oneof(fc.constantFrom("cap" as const, "over" as const, "under" as const, "same" as const), fc.integer({ min: 9_000, max: 11_000 }))),
  withdrawn: rarely(fc.constant(true), 15),
});

const rawInvoice = fc.record({
  contract: rarely(fc.nat(2), 2).map((contract) => contract ?? 0),
  unplaced: rarely(fc.constant(true), 10),
  kind: fc.constantFrom<NamedInvoice["kind"]>("support", "support", "support", "subscription", "other"),
  due: fc.constantFrom(-400, -90, -30, -2, -1, 0, 1, 2, 30),
  minor: fc.integer({ min: 0, max: 2_000_000 }),
  /** Days from the due day, and percent of the amount. */
  payments: fc.array(fc.record({ on: fc.integer({ min: -20, max: 60 }), percent: fc.constantFrom(100, 100, 100, 50, 49, 1) }), { maxLength: 3 }),
  disputed: rarely(fc.boolean()),
  voided: rarely(fc.integer({ min: -20, max: 60 }), 10),
});

const rawContact = fc.record({
  role: fc.constantFrom<NamedContact["role"]>(
    "technical-contact",
    "technical-contact",
    "technical-contact",
    "technical-contact",
    "administrative-contact",
    "none",
  ),
  from: rarely(fc.constantFrom(-400, -30, -1, 0, 1, 30), 2),
  until: rarely(fc.constantFrom(-30, -1, 0, 1, 30, 400), 3),
});

const rawList = fc.record({
  from: fc.constantFrom(-900, -200, -1, 0, 1, 200),
  perSeat: six(fc.integer({ min: 0, max: 200_000 })),
  names: fc.subarray(["p-1", "p-2", "p-3", "p-4"]),
});

const raw = fc.record({
  /** Nothing is odd about the licenses, and one contact may surely ask. */
  calm: fc.constantFrom(true, true, false),
  currency: fc.constantFrom("CHF", "CHF", "CHF", "CHF", "JPY", "KWD"),
  licenses: fc.array(rawLicense, { minLength: 1, maxLength: 6 }),
  contracts: fc.array(rawContract, { minLength: 1, maxLength: 3 }),
  notices: fc.array(rawNotice, { maxLength: 4 }),
  invoices: fc.array(rawInvoice, { maxLength: 4 }),
  contacts: fc.array(rawContact, { minLength: 1, maxLength: 9 }),
  lists: fc.uniqueArray(rawList, { maxLength: 2, selector: ({ from }) => from }),
  focus: fc.record({
    contract: fc.nat(2),
    term: fc.constantFrom(0, 0, 0, 1, 1, 2),
    fromEnd: fc.oneof(fromEnd, fc.constantFrom(2, 100, 364, 365, 366, 367)),
  }),
});

type Raw = Parameters<Parameters<(typeof raw)["map"]>[0]>[0];

/** What a test wants other than usual. */
export interface Wish {
  /** Only the defaults of all readings. */
  defaultReadings?: boolean;
  /** Every line is covered from its contract's recorded term on and renews, without an end of its own or of its license. */
  steady?: boolean;
  /** Nothing odd about the licenses, and one contact may surely ask. */
  calm?: boolean;
  /** Kinds of notice that may occur. */
  notices?: readonly RecordedNotice["kind"][];
}

export const portfolios = (wish: Wish = {}): fc.Arbitrary<Portfolio> => raw.map((one) => build(one, wish));

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

function build({ calm: happens, currency, licenses, contracts, notices, invoices, contacts, lists, focus }: Raw, wish: Wish): Portfolio {
  const calm = wish.calm || happens;
  const goesOn = calm || wish.steady === true;
  const [first] = contracts as [Raw["contracts"][number]];
  const { firstDay } = first.recorded.term;
  const heldLicenses = licenses.map((license, index): HeldLicense => {
    const deliveredOn = wish.steady ? "2015-01-01" : addDays(firstDay, calm ? -400 : license.delivered);
    return {
      licenseId: `l-${index + 1}`,
      productId: calm ? license.product : (license.unrecorded ?? license.product),
      kind: goesOn ? "perpetual" : license.kind,
      seats: license.seats,
      deliveredOn,
      ...given("deploymentId", license.deployment),
      ...given("bundleId", license.bundle),
      ...given("retiredOn", goesOn || license.retired === undefined ? undefined : addDays(deliveredOn, license.retired)),
      ...given(
        "termLastDay",
        !goesOn && license.kind === "subscription" && license.termDays !== undefined ? addDays(deliveredOn, license.termDays) : undefined,
      ),
    };
  });
  const heldContracts = contracts.map(({ recorded, autoRenew, readings, reseller }, index): HeldContract => {
    const settings = {
      ...given("autoRenew", autoRenew),
      ...given("readings", wish.defaultReadings || readings === undefined ? undefined : Object.fromEntries(readings)),
    };
    const lines = licenses.flatMap(({ on, fee, coveredFrom, coveredUntil }, which): Contract["lines"] => {
      if (!on.some((place) => place % contracts.length === index)) return [];
      const from = coveredFrom === undefined || wish.steady ? undefined : addDays(recorded.term.firstDay, coveredFrom);
      const until = coveredUntil === undefined || wish.steady ? undefined : addDays(from ?? recorded.term.firstDay, coveredUntil);
      return [
        { licenseId: `l-${which + 1}`, annualFee: fromMinor(BigInt(fee), currency), ...given("coveredFrom", from), ...given("coveredUntil", until) },
      ];
    });
    return {
      contractId: `c-${index + 1}`,
      policyId,
      program: "enterprise",
      currency,
      ...recorded,
      soldBy: reseller === undefined ? "direct" : { reseller },
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
      lines,
    };
  });
  const focusDay = addDays(termNear(at(heldContracts, focus.contract), focus.term).lastDay, focus.fromEnd);
  const namedContacts = contacts.map(
    ({ role, from, until }, index): NamedContact => ({
      contactId: `t-${index + 1}`,
      role: calm && index === 0 ? "technical-contact" : role,
      ...given("activeFrom", from === undefined || (calm && index === 0) ? undefined : addDays(focusDay, from)),
      ...given(
        "activeUntil",
        until === undefined || (calm && index === 0) || (from !== undefined && until < from) ? undefined : addDays(focusDay, until),
      ),
    }),
  );
  const namedInvoices = invoices.map((invoice, index): NamedInvoice => {
    const dueOn = addDays(focusDay, invoice.due);
    const amount = fromMinor(BigInt(invoice.minor), currency);
    return {
      invoiceId: `i-${index + 1}`,
      ...given("contractId", invoice.unplaced ? undefined : at(heldContracts, invoice.contract).contractId),
      kind: invoice.kind,
      issuedOn: addDays(dueOn, -30),
      dueOn,
      amount,
      payments: invoice.payments.map(({ on, percent }, n) => ({
        paymentId: `y-${n + 1}`,
        paidOn: addDays(dueOn, on),
        amount: fromMinor((BigInt(invoice.minor) * BigInt(percent)) / 100n, currency),
      })),
      ...given("disputed", invoice.disputed),
      ...given("voidedOn", invoice.voided === undefined ? undefined : addDays(dueOn, invoice.voided)),
    };
  });
  const recorded = notices
    .map((notice, index) => noticeOf(notice, index, heldContracts))
    .filter((notice): notice is RecordedNotice => notice !== null && (wish.notices?.includes(notice.kind) ?? true));
  const dossier: Dossier = {
    accountId: "acme",
    account: { name: "Acme" },
    licenses: heldLicenses,
    premises: [],
    contracts: heldContracts,
    contacts: namedContacts,
    invoices: namedInvoices,
    notices: recorded,
    quotes: [],
    exceptions: [],
  };
  const priceLists = lists.map(({ from, perSeat, names }, index) => ({
    priceListId: `pl-${index + 1}`,
    policyId,
    effectiveFrom: addDays(focusDay, from),
    currency,
    items: names.map((productId, index) => ({ productId, annualFeePerSeat: fromMinor(BigInt(at(perSeat, index)), currency) })),
  }));
  return { dossier, catalog: { products, priceLists, policies: [] }, focus: focusDay };
}

/** The recorded term, or one so many terms after it; −1: the one before it, or for a first term the days before it. */
function termNear(contract: HeldContract, n: number): Term {
  let { term } = contract;
  if (n < 0)
    return contractTermOn(contract, addDays(term.firstDay, -1)) ?? { firstDay: addMonths(term.firstDay, -12), lastDay: addDays(term.firstDay, -1) };
  for (let i = 0; i < n; i++) term = contractTermOn(contract, addDays(term.lastDay, 1)) as Term;
  return term;
}

function noticeOf(notice: Raw["notices"][number], index: number, contracts: readonly HeldContract[]): RecordedNotice | null {
  const contract = at(contracts, notice.contract);
  const { kind, form } = notice;
  const receivedOn = addDays(termNear(contract, notice.term).lastDay, notice.fromEnd);
  const named = contract.lines.filter((_, index) => at(notice.named, index));
  const lines = notice.whole || named.length === 0 ? contract.lines : named;
  const base = {
    noticeId: `n-${index + 1}`,
    contractId: contract.contractId,
    kind,
    form,
    // Between 01:00 and 21:00 UTC the local day in Zurich is the same.
    ...(notice.hour === undefined
      ? { receivedOn }
      : { receivedAt: `${receivedOn}T${String(Math.min(Math.max(notice.hour, 1), 21)).padStart(2, "0")}:00:00Z` }),
    ...given("withdrawn", notice.withdrawn),
  };
  if (kind !== "price-increase")
    return { ...base, ...(notice.whole || lines.length === 0 ? {} : { licenseIds: lines.map(({ licenseId }) => licenseId) }) };
  if (lines.length === 0) return null;
  const newFees = lines.map(({ licenseId, annualFee }, index) => {
    const before = toMinor(annualFee);
    const rise = at(notice.rises, index);
    const most = capped(before, 500);
    const after =
      rise === "same"
        ? before
        : rise === "cap"
          ? most
          : rise === "over"
            ? most + 1n
            : rise === "under"
              ? most > 0n
                ? most - 1n
                : 0n
              : (before * BigInt(rise)) / 10_000n;
    return { licenseId, annualFee: fromMinor(after, annualFee.currency) };
  });
  return { ...base, newFees };
}
