/** The demo portfolio: every state is what its name says on whatever day it is loaded, and loading it is repeatable. */
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../domain/contradictions.ts";
import * as shapes from "../../domain/facts.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { checkContact } from "../../domain/questions/contact-change.ts";
import { decideEntitlement } from "../../domain/questions/entitlement.ts";
import { entitlementRequest } from "../../domain/questions/entitlement-request.ts";
import { ruleNotice } from "../../domain/questions/notice.ts";
import type { AsOf, KnownFacts } from "../../domain/questions/question.ts";
import { quoteReinstatement } from "../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../domain/questions/renewal.ts";
import { accountStatus, describeStanding } from "../../domain/questions/standing.ts";
import { addDays, type CalendarDate, isoWeekday } from "../../domain/time/calendar-date.ts";
import { mayBeHoliday } from "../../domain/time/holidays/possible.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { instantOf } from "../../domain/time/zone.ts";
import { loadDemo, writesOf } from "../../infra/local/demo/load.ts";
import { demoAccounts, demoCatalog } from "../../infra/local/demo/portfolio.ts";
import { freshStore } from "../store.ts";

const days = ["2026-11-22", "2027-01-01", "2028-02-28", "2028-02-29", "2029-08-31"];

const statuses = {
  "acme-current": "current",
  "brightwater-past-due": "past-due",
  "cobalt-part-paid": "past-due",
  "dorado-disputed": "past-due",
  "elm-due-today": "current",
  "fjord-due-yesterday": "past-due",
  "garnet-voided-invoice": "current",
  "heron-paid-today": "current",
  "iris-notice-in-time": "notice-given",
  "juniper-notice-last-day": "notice-given",
  "kestrel-notice-late": "current",
  "lagoon-notice-by-phone": "current",
  "maple-notice-partial": "current",
  "nimbus-cancellation": "current",
  "umber-lapsed-inside-window": "lapsed",
  "walnut-lapsed-outside-window": "ended",
  "xenon-no-auto-renewal": "lapsed",
  "jasper-two-contracts": "past-due",
  "kiwi-three-year-term": "current",
  "linden-leap-day-anchor": "current",
  "nettle-not-started": "not-started",
  "plover-no-support": "none",
  "quill-no-licenses": "none",

  "acorn-current": "current",
  "barley-past-due": "past-due",
  "clover-arrears": "current",
  "dogwood-other-contract-owes": "past-due",
  "foxglove-lapsed": "lapsed",
  "gorse-lapsed-year-ends-today": "lapsed",
  "hemlock-lapsed-over-a-year": "ended",

  "amber-current": "current",
  "bronze-past-due-served": "past-due",
  "ebony-term-ends-today": "current",
  "flint-after-term": "ended",

  "abacus-current": "current",
  "isotope-after-term": "ended",

  "atrium-in-london": "current",
  "mezzanine-after-term": "ended",

  "kudu-two-vendors": "past-due",
};

const rulings = {
  "iris-notice-in-time": "valid",
  "juniper-notice-last-day": "valid",
  "kestrel-notice-late": "late",
  "lagoon-notice-by-phone": "wrong-form",
  "maple-notice-partial": "partial",
  "nimbus-cancellation": "undetermined",
  "quartz-increase-under-cap": "valid",
  "rowan-increase-at-cap": "valid",
  "sable-increase-over-cap": "over-cap",
  "topaz-increase-late": "late",
  "joule-maintenance-in-time": "valid",
  "kelvin-maintenance-late": "late",
  "lumen-maintenance-by-phone": "wrong-form",
  "matrix-maintenance-day-only": "undetermined",
};

const gaps = {
  "acme-current": [],
  "yarrow-gap-in-line": ["product-line"],
  "zephyr-gap-in-deployment": ["deployment"],
  "amberley-gap-in-bundle": ["bundle"],
  "birchwood-retired-license": [],
  "acorn-current": [],
  "elder-family-gap": ["product-line"],
  "kudu-two-vendors": [],
};

type Asked = Parameters<typeof entitlementRequest.parse>[0] & object;
type Outcome = ReturnType<typeof decideEntitlement>["outcome"];

/** Requests that state all that the policy asks for, and are served where nothing else stands against it. */
const asked = {
  ebiexperts: { kind: "error", contactId: "tc-1" },
  ensim: { kind: "error", channel: "web", provides: ["customerNumber", "productName", "productVersion", "description", "accessContact"] },
  psigen: { kind: "error", attestations: { knowledgeBaseConsulted: true, trained: true, access: true } },
  wolfram: {
    kind: "error",
    channel: "email",
    severity: "important",
    contactId: "rc-1",
    provides: [
      ...["contactName", "contactPhone", "companyName", "licenseNumber", "description", "productionImpact", "contactEmail", "productName"],
      ...["productVersion", "inquiryType", "priority", "reproduction", "question", "resourcesConsulted"],
    ],
  },
  essensys: { kind: "error", channel: "chat", contactId: "ar-1", provides: ["contactName", "contactPhone", "description"] },
};

/** What is asked beside that, the outcome, and the clause that brings it about (none where entitled). */
const outcomes: [accountId: string, policy: keyof typeof asked, more: Asked, outcome: Outcome, clause?: string][] = [
  ["falcon-other-licenses", "ebiexperts", { productId: "qs-analyzer" }, "entitled"],
  ["falcon-other-licenses", "ebiexperts", { licenseId: "l-trial" }, "not-entitled", "1"],
  ["falcon-other-licenses", "ebiexperts", { licenseId: "l-free" }, "discretion", "7.5"],
  ["falcon-other-licenses", "ebiexperts", { licenseId: "l-subscription" }, "entitled"],
  ["gannet-special-products", "ebiexperts", { productId: "ext-maps" }, "not-entitled", "7.4"],
  ["gannet-special-products", "ebiexperts", { productId: "lib-connect", productVersion: "3.1.0" }, "not-entitled", "7.4"],
  ["hazel-end-of-life", "ebiexperts", { productId: "rp-classic" }, "entitled"],
  ["rook-in-yen", "ebiexperts", { productId: "qs-analyzer" }, "entitled"],
  ["swift-in-dinar", "ebiexperts", { productId: "qs-analyzer" }, "entitled"],

  ["acorn-current", "ensim", { productId: "ens-panel" }, "entitled"],
  ["acorn-current", "ensim", { productId: "ens-panel", productVersion: "4.0" }, "entitled"],
  ["acorn-current", "ensim", { productId: "ens-panel", productVersion: "3.7" }, "not-entitled", "excluded.end-of-life"],
  ["acorn-current", "ensim", { productId: "ens-panel", channel: "phone" }, "not-entitled", "case.web-first"],
  ["acorn-current", "ensim", { productId: "ens-panel", channel: "phone", caseId: "case-1" }, "entitled"],
  ["barley-past-due", "ensim", { productId: "ens-panel" }, "not-entitled", "eligibility.payments"],
  ["clover-arrears", "ensim", { productId: "ens-panel" }, "discretion", "eligibility.arrears"],
  ["dogwood-other-contract-owes", "ensim", { productId: "ens-panel" }, "not-entitled", "eligibility.payments"],
  ["dogwood-other-contract-owes", "ensim", { productId: "ens-mail" }, "not-entitled", "eligibility.payments"],
  ["elder-family-gap", "ensim", { productId: "ens-panel-sites" }, "not-entitled", "eligibility.whole-family"],
  ["foxglove-lapsed", "ensim", { productId: "ens-panel" }, "not-entitled", "eligibility.product"],
  ["hemlock-lapsed-over-a-year", "ensim", { productId: "ens-panel" }, "not-entitled", "eligibility.product"],
  ["laurel-hours-not-stated", "ensim", { productId: "ens-panel" }, "entitled"],
  ["nutmeg-end-of-life", "ensim", { productId: "ens-panel-classic" }, "not-entitled", "excluded.end-of-life"],

  ["amber-current", "psigen", { productId: "psi-capture", productVersion: "7.6" }, "entitled"],
  ["amber-current", "psigen", { productId: "psi-capture", productVersion: "7.5" }, "not-entitled", "exclusions.1"],
  ["amber-current", "psigen", { productId: "psi-capture", attestations: { trained: true, access: true } }, "discretion", "support.after-kb"],
  ["bronze-past-due-served", "psigen", { productId: "psi-capture" }, "entitled"],
  ["coral-through-reseller", "psigen", { productId: "psi-capture" }, "redirected", "reseller-first"],
  ["coral-through-reseller", "psigen", { productId: "psi-scan", requester: "reseller", resellerName: "Demo Imaging Trading" }, "entitled"],
  ["denim-license-through-reseller", "psigen", { productId: "psi-capture" }, "entitled"],
  ["denim-license-through-reseller", "psigen", { productId: "psi-scan" }, "redirected", "reseller-first"],
  ["ebony-term-ends-today", "psigen", { productId: "psi-capture" }, "entitled"],
  ["flint-after-term", "psigen", { productId: "psi-capture" }, "undetermined", "exclusions.2"],
  ["ginger-cover-ended-early", "psigen", { productId: "psi-capture" }, "entitled"],
  ["ginger-cover-ended-early", "psigen", { productId: "psi-scan" }, "not-entitled", "exclusions.2"],
  ["honey-no-cover", "psigen", { productId: "psi-scan" }, "entitled"],
  ["honey-no-cover", "psigen", { productId: "psi-archive" }, "not-entitled", "exclusions.2"],
  ["iron-term-licenses", "psigen", { productId: "psi-archive" }, "entitled"],
  ["iron-term-licenses", "psigen", { productId: "psi-archive-server" }, "not-entitled", "exclusions.2"],
  ["jet-end-of-life", "psigen", { productId: "psi-scan-classic" }, "not-entitled", "exclusions.1"],
  ["khaki-product-not-recorded", "psigen", { productId: "psi-scan-mobile" }, "undetermined", "definitions.supported-product"],

  ["abacus-current", "wolfram", {}, "entitled"],
  ["abacus-current", "wolfram", { channel: "phone", severity: "critical" }, "not-entitled", "critical.technical-contact"],
  ["caliper-two-administrators", "wolfram", { contactId: "ac-2" }, "entitled"],
  ["ether-contact-of-one-license", "wolfram", { productId: "wol-notebook" }, "entitled"],
  ["ether-contact-of-one-license", "wolfram", { productId: "wol-kernel" }, "undetermined", "requests.by"],
  ["ether-contact-of-one-license", "wolfram", { productId: "wol-kernel", contactId: "ac-1" }, "entitled"],
  ["flask-contact-left", "wolfram", {}, "undetermined", "requests.by"],
  ["helix-critical-at-discretion", "wolfram", { channel: "phone", severity: "critical" }, "discretion", "critical.technical-contact"],
  ["isotope-after-term", "wolfram", {}, "undetermined", "requests.by"],

  ["kudu-two-vendors", "ebiexperts", { productId: "qs-analyzer" }, "entitled"],
  ["kudu-two-vendors", "ensim", { productId: "ens-panel" }, "not-entitled", "eligibility.payments"],
];

/** At noon in Los Angeles on a Friday, when it is open in every region but Asia Pacific. */
const inHours: [accountId: string, more: Asked, outcome: Outcome, clause?: string][] = [
  ["gable-apac-without-zone", {}, "undetermined", "1.1.4"],
  ["ingle-enterprise-edition", {}, "undetermined", "1.1.4"],
  ["ingle-enterprise-edition", { premisesId: "p-chicago" }, "entitled"],
  ["ingle-enterprise-edition", { premisesId: "p-london", channel: "phone" }, "not-entitled", "1.1.3"],
  ["joist-other-edition", { premisesId: "p-chicago" }, "entitled"],
  ["keystone-named-elsewhere", { premisesId: "p-chicago" }, "entitled"],
  ["keystone-named-elsewhere", { premisesId: "p-los-angeles" }, "not-entitled", "1.1.5"],
  ["lintel-no-representative", {}, "not-entitled", "1.1.5"],
  ["mezzanine-after-term", {}, "undetermined", "1.1.1"],
];

const fridays = {
  "atrium-in-london": ["Europe/London", "24:00"],
  "balcony-in-helsinki": ["Europe/Helsinki", "24:00"],
  "cupola-in-new-york": ["America/New_York", "20:00"],
  "dormer-in-chicago": ["America/Chicago", "19:00"],
  "eaves-in-los-angeles": ["America/Los_Angeles", "17:00"],
  "foyer-in-singapore": ["Asia/Singapore", "24:00"],
} as const;

const newContact: shapes.NamedContact = { contactId: "new", role: "regular-contact", licenseIds: ["l-1"], registeredInPortal: true };

/** The instant of a time of day on the wall clock. */
function clock(day: CalendarDate, time: string, zone: string): number {
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  return instantOf(day, 60 * hours + minutes, zone);
}

function firstDay(from: CalendarDate, fits: (day: CalendarDate) => boolean): CalendarDate {
  let day = from;
  while (!fits(day)) day = addDays(day, 1);
  return day;
}

describe.each(days)("loaded on %s", (today) => {
  const catalog = demoCatalog(today);
  const accounts = new Map(demoAccounts(today).map((account) => [account.facts.accountId, account]));
  const known = (accountId: string): KnownFacts => {
    const found = accounts.get(accountId);
    if (found === undefined) throw new Error(`no demo account \`${accountId}\``);
    return { dossier: found.facts, catalog, policies: shippedPolicies };
  };
  const asOf = { date: today };
  const plain = (day: CalendarDate) => !(["uk-eu", "us", "apac"] as const).some((region) => mayBeHoliday(region, day));
  const friday = firstDay(today, (day) => isoWeekday(day) === 5 && plain(day) && plain(addDays(day, 3)));
  const decided = (accountId: string, request: Asked, at: AsOf = asOf) => decideEntitlement(known(accountId), entitlementRequest.parse(request), at);
  const held = (accountId: string) => known(accountId).dossier.licenses[0]?.productId;

  /** Asserts an outcome, and that the clause is among those that bring it about. */
  const expectOutcome = (answer: ReturnType<typeof decided>, outcome: Outcome, clause: string | undefined) => {
    expect(answer.outcome, answer.headline).toBe(outcome);
    const decisive = { entitled: null, "not-entitled": "fail", discretion: "discretion", undetermined: "unknown", redirected: "redirect" }[outcome];
    const clauses = answer.reasons.filter(({ result }) => result === decisive).map((reason) => reason.clause);
    expect(clauses).toEqual(clause === undefined ? [] : expect.arrayContaining([clause]));
  };

  test("there are about 200 accounts, no two with one id, name or customer number", () => {
    expect(accounts.size).toBeGreaterThan(190);
    expect(accounts.size).toBe(demoAccounts(today).length);
    expect(new Set([...accounts.values()].map(({ facts }) => facts.account.name)).size).toBe(accounts.size);
    expect(new Set([...accounts.values()].map(({ facts }) => facts.account.customerNumber)).size).toBe(accounts.size);
  });

  test("every document has the shape of the contract, and none contradicts another", () => {
    const schemas: Record<string, { parse(value: unknown): unknown }> = {
      account: shapes.account,
      licenses: shapes.license,
      premises: shapes.premises,
      contracts: shapes.contract,
      invoices: shapes.invoice,
      products: shapes.product,
      "price-lists": shapes.priceList,
    };
    const check = (path: string, value: object, dossier: KnownFacts["dossier"] | null) => {
      schemas[path.split("/")[0] ?? ""]?.parse(value);
      expect(contradictionsOf(path, value, { dossier, catalog, policies: shippedPolicies }), path).toEqual([]);
    };
    for (const { productId, ...value } of catalog.products) check(`products/${productId}`, value, null);
    for (const { priceListId, ...value } of catalog.priceLists) check(`price-lists/${priceListId}`, value, null);
    for (const { facts, persons } of accounts.values()) {
      for (const { path, value } of writesOf(facts)) check(path, value as object, facts);
      for (const { contractId: _, noticeId: __, ...notice } of facts.notices) shapes.notice.parse(notice);
      for (const { contactId, ...contact } of facts.contacts) {
        const { contactId: _, ...person } = persons.find((person) => person.contactId === contactId) ?? { contactId };
        shapes.contact.parse({ ...contact, ...person });
      }
    }
  });

  test.each(Object.entries(statuses))("%s is %s", (accountId, status) => {
    expect(accountStatus(known(accountId), asOf)).toBe(status);
  });

  test.each(Object.entries(rulings))("%s: the notice is %s", (accountId, ruling) => {
    const facts = known(accountId);
    const [notice] = facts.dossier.notices;
    expect(ruleNotice(facts, "c-1", notice as shapes.RecordedNotice, asOf).ruling).toBe(ruling);
  });

  test.each(Object.entries(gaps))("%s has gaps in: %j", (accountId, groups) => {
    expect(describeStanding(known(accountId), asOf).gaps.map(({ group }) => group)).toEqual(groups);
  });

  test("days that are near are as near as the names say", () => {
    expect(accountStatus(known("heron-paid-today"), { date: addDays(today, -1) })).toBe("past-due");
    expect(outlookRenewal(known("opal-notice-window-closing"), "c-1", asOf).nonRenewal?.daysLeft).toBe(3);
    expect(outlookRenewal(known("pike-notice-window-closed"), "c-1", asOf).nonRenewal?.daysLeft).toBe(-1);
    const { status, reinstatement } = outlookRenewal(known("violet-lapsed-window-ends-today"), "c-1", asOf);
    // A lapse's window cannot end on a 28 February before a 29th: there it ends the day after.
    expect([status, reinstatement?.possibleUntil]).toEqual(["lapsed", today === "2028-02-28" ? "2028-02-29" : today]);
  });

  test("an addition renews first to the common end, a long first term by twelve months", () => {
    const merlin = outlookRenewal(known("merlin-added-license"), "c-1", asOf);
    expect(merlin.next.renews).toBe(true);
    const kiwi = outlookRenewal(known("kiwi-three-year-term"), "c-1", asOf);
    expect(kiwi.next.term?.firstDay).toBe(addDays(kiwi.currentTerm?.lastDay ?? "", 1));
  });

  test.each([
    ["acme-current", "tc-1", "entitled"],
    ["brightwater-past-due", "tc-1", "not-entitled"],
    ["yarrow-gap-in-line", "tc-1", "discretion"],
    ["cedar-six-contacts", "tc-6", "entitled"],
    ["dunlin-seven-contacts", "tc-6", "entitled"],
    ["dunlin-seven-contacts", "tc-7", "not-entitled"],
    ["ember-no-technical-contact", "tc-1", "not-entitled"],
    ["ibis-reseller", "tc-1", "redirected"],
    ["umber-lapsed-inside-window", "tc-1", "not-entitled"],
    ["quill-no-licenses", null, "undetermined"],
  ])("%s, asked by %s: %s", (accountId, contactId, outcome) => {
    const request = entitlementRequest.parse({ kind: "error", productId: "qs-analyzer", ...(contactId === null ? {} : { contactId }) });
    expect(decideEntitlement(known(accountId), request, asOf).outcome).toBe(outcome);
  });

  test.each(outcomes)("%s, asked under %s with %j: %s", (accountId, policy, more, outcome, clause) => {
    expectOutcome(decided(accountId, { ...asked[policy], ...more }), outcome, clause);
  });

  test("what follows a term is unknown where the text does not say, and nothing where cover lapses", () => {
    expect(decided("ebony-term-ends-today", { ...asked.psigen, productId: "psi-scan" }, { date: addDays(today, 1) }).outcome).toBe("undetermined");
    for (const accountId of ["amber-current", "flint-after-term", "isotope-after-term", "mezzanine-after-term"])
      expect(outlookRenewal(known(accountId), "c-1", asOf).next.renews, accountId).toBe(null);
    for (const accountId of ["acorn-current", "foxglove-lapsed"])
      expect(outlookRenewal(known(accountId), "c-1", asOf).next.renews, accountId).toBe(false);
  });

  test("end of life, readings and currencies of Ebiexperts customers show in their answers", () => {
    const gravest = { ...asked.ebiexperts, severity: "severity-1", channel: "phone" };
    const clocks = (accountId: string, more: Asked) => decided(accountId, { ...gravest, ...more }).deadlines.map(({ clock }) => clock);
    expect(clocks("acme-current", { productId: "qs-analyzer" })).toContain("elapsed");
    expect(clocks("hazel-end-of-life", { productId: "rp-classic" })).not.toContain("elapsed");
    expect(known("osprey-other-readings").dossier.contracts[0]?.settings?.readings).toMatchObject({ "ebx-sev1-phone": "any-channel" });
    const filed = { severity: "severity-1", channel: "email", productId: "qs-analyzer", filedAt: `${friday}T09:00:00Z` };
    const at = { instant: clock(friday, "12:00", "Europe/Zurich") };
    const due = (accountId: string) =>
      decided(accountId, { ...asked.ebiexperts, ...filed }, at).deadlines.filter(({ kind }) => kind === "first-response");
    expect(due("acme-current")).toEqual([]);
    expect(due("osprey-other-readings")).toHaveLength(1);
    // By hand: 10 × 1000 + 5 × 1400 francs of last year, at 160 yen and 0.35 dinar
    expect(outlookRenewal(known("rook-in-yen"), "c-1", asOf).next.fee).toEqual({ amount: "2720000", currency: "JPY" });
    expect(outlookRenewal(known("swift-in-dinar"), "c-1", asOf).next.fee).toEqual({ amount: "5950.000", currency: "KWD" });
  });

  // By hand: this year's list is 5 % above last year's 240 + 600 for 4 servers and 30 + 80 for 20 packs; bought again 3000 and 400
  test.each([
    ["foxglove-lapsed", "offered", "5838.00", null],
    ["gorse-lapsed-year-ends-today", "offered", "5838.00", null],
    ["hemlock-lapsed-over-a-year", "repurchase", null, "21000.00"],
    ["ivy-lapsed-fee-only", "offered", "1638.00", null],
    ["jasmine-lapsed-no-list", "undetermined", null, null],
    ["acorn-current", "refused", null, null],
  ])("%s, brought back today: %s", (accountId, status, total, indicative) => {
    const quote = quoteReinstatement(known(accountId), { contractId: "c-1", reinstateOn: today }, asOf);
    expect([quote.status, quote.total?.amount ?? null, quote.indicative?.amount ?? null]).toEqual([status, total, indicative]);
    expect(quote.missing.length > 0).toBe(accountId === "jasmine-lapsed-no-list");
  });

  test("a year after the lapse support does not come back any more", () => {
    const { payBy } = quoteReinstatement(known("gorse-lapsed-year-ends-today"), { contractId: "c-1", reinstateOn: today }, asOf);
    expect(payBy).toBe(today === "2028-02-28" ? "2028-02-29" : today);
    const after = { contractId: "c-1", reinstateOn: addDays(payBy ?? "", 1) };
    expect(quoteReinstatement(known("gorse-lapsed-year-ends-today"), after, asOf).status).toBe("repurchase");
  });

  test.each([
    ["acorn-current", "ensim", { severity: "critical" }, ["America/New_York", "20:00"], [0, "22:00"]],
    ["laurel-hours-not-stated", "ensim", { severity: "critical" }, ["America/New_York", "20:00"], null],
    ["myrtle-hours-agreed", "ensim", { severity: "critical" }, ["America/New_York", "20:00"], [3, "08:00"]],
    ["amber-current", "psigen", { severity: "few" }, ["America/Los_Angeles", "15:00"], null],
    ["lilac-hours-agreed", "psigen", { severity: "few" }, ["America/Los_Angeles", "15:00"], [3, "07:00"]],
    ["abacus-current", "wolfram", { severity: "urgent" }, ["America/Chicago", "15:00"], null],
    ["gauge-targets-agreed", "wolfram", { severity: "urgent" }, ["America/Chicago", "15:00"], [0, "19:00"]],
  ] as const)("%s, asked under %s with %j on a Friday: first response due", (accountId, policy, more, [zone, time], due) => {
    const instant = clock(friday, time, zone);
    const { deadlines } = decided(accountId, { ...asked[policy], ...more, productId: held(accountId), filedAt: formatInstant(instant) }, { instant });
    expect(deadlines.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ["first-response", due === null ? null : formatInstant(clock(addDays(friday, due[0]), due[1], zone))],
    ]);
  });

  test.each([
    ["abacus-current", "rc-1", "allowed"],
    ["abacus-current", "new", "allowed"],
    ["beaker-all-seats-named", "rc-2", "allowed"],
    ["beaker-all-seats-named", "new", "refused", "contacts.limit"],
    ["caliper-two-administrators", "ac-2", "refused", "contacts.limit"],
    ["diode-not-registered", "rc-1", "refused", "contacts.registration"],
    ["flask-contact-left", "new", "allowed"],
  ])("%s: to record contact %s is %s", (accountId, contactId, outcome, clause?: string) => {
    const facts = known(accountId);
    const contact = facts.dossier.contacts.find((one) => one.contactId === contactId) ?? newContact;
    const answer = checkContact(facts, { contact }, asOf);
    expect(answer.outcome, answer.headline).toBe(outcome);
    expect(answer.reasons.filter(({ result }) => result === "fail").map((reason) => reason.clause)).toEqual(clause === undefined ? [] : [clause]);
  });

  test.each(inHours)("%s, asked at noon with %j: %s", (accountId, more, outcome, clause) => {
    const at = { instant: clock(friday, "12:00", "America/Los_Angeles") };
    expectOutcome(decided(accountId, { ...asked.essensys, ...more }, at), outcome, clause);
  });

  test.each(Object.entries(fridays))("%s closes on Fridays: %j", (accountId, [zone, closing]) => {
    const at = clock(friday, closing, zone);
    const asking = (instant: number) => decided(accountId, asked.essensys, { instant });
    expectOutcome(asking(at - 1), "entitled", undefined);
    expectOutcome(asking(at), "not-entitled", "1.1.4");
    expectOutcome(asking(clock(addDays(friday, 2), "12:00", zone)), "not-entitled", "1.1.4");
  });

  test("agreed holidays settle a day that may be one", () => {
    const agreed = ["01-01", "12-25"];
    const day = firstDay(today, (one) => isoWeekday(one) < 6 && mayBeHoliday("uk-eu", one) && !agreed.includes(one.slice(5)));
    const at = { instant: clock(day, "12:00", "Europe/London") };
    expectOutcome(decided("atrium-in-london", asked.essensys, at), "undetermined", "1.1.4");
    expectOutcome(decided("hearth-holidays-agreed", asked.essensys, at), "entitled", undefined);
  });

  test("what the editions and good standing give", () => {
    const benefits = (accountId: string) =>
      Object.fromEntries(describeStanding(known(accountId), asOf).benefits.map(({ benefit, available }) => [benefit, available]));
    const edition = (has: boolean) => ({ "success-manager": has, "quarterly-review": has, "incident-reporting": has, "monthly-reporting": has });
    expect(benefits("ingle-enterprise-edition")).toEqual(edition(true));
    expect(benefits("joist-other-edition")).toEqual(edition(false));
    expect(benefits("acorn-current")).toMatchObject({ documentation: true, updates: true, "toll-free": null });
    expect(benefits("clover-arrears")).toMatchObject({ documentation: false, updates: false });
  });

  test("each of the other policies has 8 to 15 accounts, essensys premises in each region, one account two vendors", () => {
    const counts = new Map<string, number>();
    const regions = new Set<string>();
    for (const { facts } of accounts.values()) {
      const policies = [...new Set(facts.contracts.map(({ policyId }) => policyId))];
      if (policies.length > 1) expect(facts.accountId).toBe("kudu-two-vendors");
      const [only = "none"] = policies;
      counts.set(only, (counts.get(only) ?? 0) + 1);
      for (const { region } of facts.premises) regions.add(region);
    }
    for (const policyId of ["ensim-support", "psigen-support", "wolfram-enterprise-support", "essensys-customer-success"]) {
      expect(counts.get(policyId), policyId).toBeGreaterThanOrEqual(8);
      expect(counts.get(policyId), policyId).toBeLessThanOrEqual(15);
    }
    expect([...regions].sort()).toEqual(["apac", "uk-eu", "us-ct", "us-est", "us-pst"]);
    expect(known("kudu-two-vendors").dossier.contracts).toHaveLength(2);
  });

  test("the ordinary ones are mostly in good standing", () => {
    const ordinary = [...accounts.values()].filter(({ shows }) => shows.startsWith("an ordinary customer"));
    const found = ordinary.map(({ facts }) => accountStatus(known(facts.accountId), asOf));
    expect(new Set(found)).toEqual(new Set(["current", "past-due"]));
    expect(found.filter((status) => status === "current").length).toBeGreaterThan(0.8 * found.length);
  });
});

test("the same day gives the same portfolio, another day another", () => {
  const text = (today: string) => JSON.stringify([demoCatalog(today), demoAccounts(today)]);
  expect(text("2026-11-22")).toBe(text("2026-11-22"));
  expect(text("2026-11-22")).not.toBe(text("2026-11-23"));
});

test("is loaded whole into a store, and again without changing anything there", async () => {
  const { store } = await freshStore();
  const count = await loadDemo(store, "2026-11-22");
  const { accounts } = await store.listAccounts({ limit: 300, after: null });
  expect(accounts).toHaveLength(count);
  const before = await store.readFacts("dunlin-seven-contacts", null);
  expect(before?.dossier.contacts).toHaveLength(7);
  expect((await store.readPerson("dunlin-seven-contacts", "tc-7", null))?.email).toMatch(/@example\.com$/);

  await store.change(
    { accountId: "acme-current" },
    { operationId: "mine", by: "me", decide: () => ({ writes: [{ path: "account", value: { name: "Mine" } }], answer: null }) },
  );
  await loadDemo(store, "2026-12-24");
  expect((await store.readFacts("acme-current", null))?.dossier.account.name).toBe("Mine");
  expect((await store.readFacts("dunlin-seven-contacts", null))?.factsDigest).toBe(before?.factsDigest);
});
