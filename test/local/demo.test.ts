/** The demo portfolio: every state is what its name says on whatever day it is loaded, and loading it is repeatable. */
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../domain/contradictions.ts";
import * as shapes from "../../domain/facts.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { decideEntitlement } from "../../domain/questions/entitlement.ts";
import { entitlementRequest } from "../../domain/questions/entitlement-request.ts";
import { ruleNotice } from "../../domain/questions/notice.ts";
import type { KnownFacts } from "../../domain/questions/question.ts";
import { outlookRenewal } from "../../domain/questions/renewal.ts";
import { accountStatus, describeStanding } from "../../domain/questions/standing.ts";
import { addDays } from "../../domain/time/calendar-date.ts";
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
};

const gaps = {
  "acme-current": [],
  "yarrow-gap-in-line": ["product-line"],
  "zephyr-gap-in-deployment": ["deployment"],
  "amberley-gap-in-bundle": ["bundle"],
  "birchwood-retired-license": [],
};

describe.each(days)("loaded on %s", (today) => {
  const catalog = demoCatalog(today);
  const accounts = new Map(demoAccounts(today).map((account) => [account.facts.accountId, account]));
  const known = (accountId: string): KnownFacts => {
    const found = accounts.get(accountId);
    if (found === undefined) throw new Error(`no demo account \`${accountId}\``);
    return { dossier: found.facts, catalog, policies: shippedPolicies };
  };
  const asOf = { date: today };

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
