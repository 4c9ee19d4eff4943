/**
 * One Ebiexperts account for each state that a support agent, a renewals manager or a customer can meet, named after
 * it. Every date counts from the day of loading, so that each stays in its state on that day, whatever day that is.
 */
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { type DemoAccount, type Parts, whole } from "./account.ts";
import { ebiexperts } from "./ebiexperts-catalog.ts";
import {
  contacts,
  customersOf,
  invoice,
  lapseWithWindowUntil,
  license,
  notice,
  paidInvoice,
  raisedFees,
  termBefore,
  termEnding,
  unpaidInvoice,
} from "./sketch.ts";

const technicalContacts = contacts.bind(null, "technical-contact");

export function ebiexpertsStates(today: CalendarDate): DemoAccount[] {
  const { accounts, add, contract, paid } = customersOf(ebiexperts);

  /** Two licenses of one product line in a term that ends so many days after today, paid. */
  const usual = (daysLeft: number, currency = "CHF") =>
    paid(
      termEnding(today, daysLeft),
      [
        ["qs-analyzer", 10],
        ["qs-professional", 5],
      ],
      { currency },
    );

  // Paid or not (2.1, 7.1)
  add("acme-current", "Acme Instruments", "covered and paid: entitled", usual(140));
  const pastDue = usual(330);
  add("brightwater-past-due", "Brightwater Optics", "the support invoice is overdue: past due", {
    ...pastDue,
    invoices: [unpaidInvoice(pastDue.c1)],
  });
  const partPaid = usual(300);
  add("cobalt-part-paid", "Cobalt Mills", "part of the invoice is still open after its due day", {
    ...partPaid,
    invoices: [
      invoice(partPaid.c1, partPaid.term.firstDay, null, {
        payments: [{ paymentId: "p-1", paidOn: partPaid.term.firstDay, amount: whole(9000, "CHF") }],
      }),
    ],
  });
  const disputed = usual(310);
  add("dorado-disputed", "Dorado Foundry", "the customer disputes the overdue invoice: it still counts as open", {
    ...disputed,
    invoices: [invoice(disputed.c1, disputed.term.firstDay, null, { disputed: true })],
  });
  const dueToday = usual(355);
  add("elm-due-today", "Elm Ferries", "the invoice is due today: still in time", { ...dueToday, invoices: [invoice(dueToday.c1, today, null)] });
  const dueYesterday = usual(354);
  add("fjord-due-yesterday", "Fjord Cables", "the invoice was due yesterday: overdue since today", {
    ...dueYesterday,
    invoices: [invoice(dueYesterday.c1, addDays(today, -1), null)],
  });
  const voided = usual(290);
  add("garnet-voided-invoice", "Garnet Tools", "an overdue invoice was voided: nothing is owed", {
    ...voided,
    invoices: [invoice(voided.c1, voided.term.firstDay, null, { voidedOn: addDays(today, -10) })],
  });
  const paidToday = usual(320);
  add("heron-paid-today", "Heron Textiles", "an overdue invoice was paid today: as of yesterday it was past due", {
    ...paidToday,
    invoices: [invoice(paidToday.c1, paidToday.term.firstDay, today)],
  });

  // Notices of non-renewal (7.1, 7.2): 45 days before the end at the latest
  const noticed = (accountId: string, name: string, shows: string, daysBeforeEnd: number, more: Parameters<typeof notice>[2] = {}) => {
    const known = usual(20);
    add(accountId, name, shows, { ...known, notices: [notice(addDays(known.term.lastDay, -daysBeforeEnd), accountId, more)] });
  };
  noticed("iris-notice-in-time", "Iris Printing", "notice of non-renewal in time: ends with this term", 60);
  noticed("juniper-notice-last-day", "Juniper Glass", "notice on the last day in time", 45);
  noticed("kestrel-notice-late", "Kestrel Pumps", "notice one day late: renews", 44);
  noticed("lagoon-notice-by-phone", "Lagoon Foods", "notice by phone: not in writing, without effect", 60, { form: "phone" });
  noticed("maple-notice-partial", "Maple Signals", "notice for one of two licenses of a product line: without effect", 60, { licenseIds: ["l-1"] });
  noticed("nimbus-cancellation", "Nimbus Freight", "cancelled in the middle of a term: the text does not say when that is possible", 100, {
    kind: "cancellation",
  });
  add("opal-notice-window-closing", "Opal Bakeries", "three days left to give notice of non-renewal", usual(48));
  add("pike-notice-window-closed", "Pike Marine", "the last day for notice was yesterday", usual(44));

  // Announced increases (7.6): 60 days before the end at the latest, 5 % at most
  const increased = (accountId: string, name: string, shows: string, basisPoints: number, daysBeforeEnd: number) => {
    const known = usual(30);
    const receivedOn = addDays(known.term.lastDay, -daysBeforeEnd);
    add(accountId, name, shows, {
      ...known,
      notices: [notice(receivedOn, accountId, { kind: "price-increase", newFees: raisedFees(known.c1, basisPoints) })],
    });
  };
  increased("quartz-increase-under-cap", "Quartz Labs", "an increase of 3 % announced in time", 300, 75);
  increased("rowan-increase-at-cap", "Rowan Paper", "an increase of exactly 5 %, on the last day in time", 500, 60);
  increased("sable-increase-over-cap", "Sable Logistics", "an increase of 5.5 %: without effect", 550, 75);
  increased("topaz-increase-late", "Topaz Dairy", "an increase of 3 % announced one day late: renews at the old fee", 300, 59);

  // Lapsed (7.3): twelve months to come back
  const lapsed = (accountId: string, name: string, shows: string, lapsedOn: CalendarDate) => {
    const known = paid(termBefore(lapsedOn), [["qs-analyzer", 10]]);
    add(accountId, name, shows, { ...known, notices: [notice(addDays(known.term.lastDay, -70), accountId)] });
  };
  lapsed("umber-lapsed-inside-window", "Umber Ceramics", "lapsed three months ago: can be reinstated", addMonths(today, -3));
  lapsed("violet-lapsed-window-ends-today", "Violet Travel", "lapsed a year ago: today is the last day of the window", lapseWithWindowUntil(today));
  lapsed(
    "walnut-lapsed-outside-window",
    "Walnut Furniture",
    "lapsed fourteen months ago: reinstatement is the vendor's choice",
    addMonths(today, -14),
  );
  const ended = termEnding(today, -40);
  const endedLicenses = [license("l-1", "dm-modeler", 12, ended.firstDay), license("l-2", "dm-repository", 1, ended.firstDay)];
  const endedContract = contract(ended, endedLicenses, { settings: { autoRenew: false } });
  add("xenon-no-auto-renewal", "Xenon Lighting", "agreed not to renew by itself: lapsed without a notice", {
    licenses: endedLicenses,
    contracts: [endedContract],
    invoices: [paidInvoice(endedContract)],
    contacts: technicalContacts(2, ended.firstDay, 5),
  });

  // Whole coverage (7.1)
  const partly = (accountId: string, name: string, shows: string, more: (firstDay: CalendarDate) => Parts["licenses"]) => {
    const known = usual(200);
    add(accountId, name, shows, { ...known, licenses: [...known.licenses, ...(more(known.term.firstDay) ?? [])] });
  };
  partly("yarrow-gap-in-line", "Yarrow Seeds", "a third license of the product line is without support", (firstDay) => [
    license("l-3", "qs-server", 1, addMonths(firstDay, 2)),
  ]);
  const deployed = usual(180);
  add("zephyr-gap-in-deployment", "Zephyr Sails", "a license of the same deployment, of another product line, is without support", {
    ...deployed,
    licenses: [
      ...deployed.licenses.map((held) => ({ ...held, deploymentId: "head-office" })),
      license("l-3", "gw-server", 1, deployed.term.firstDay, { deploymentId: "head-office" }),
    ],
  });
  const bundled = usual(170);
  add("amberley-gap-in-bundle", "Amberley Clocks", "a license of a bundle is without support", {
    ...bundled,
    licenses: [
      ...bundled.licenses.map((held) => ({ ...held, bundleId: "starter" })),
      license("l-3", "dm-modeler", 2, bundled.term.firstDay, { bundleId: "starter" }),
    ],
  });
  partly("birchwood-retired-license", "Birchwood Stoves", "the uncovered license was retired: the product line is whole", (firstDay) => [
    license("l-3", "qs-server", 1, firstDay, { retiredOn: addMonths(today, -1) }),
  ]);

  // Contacts (6.3): six at most
  const known = usual(220);
  add("cedar-six-contacts", "Cedar Pianos", "six technical contacts, as many as there may be", {
    ...known,
    contacts: technicalContacts(6, addDays(known.term.firstDay, -400), 20),
  });
  add("dunlin-seven-contacts", "Dunlin Rescue", "a seventh technical contact was recorded: only the first six count", {
    ...known,
    contacts: technicalContacts(7, addDays(known.term.firstDay, -400), 40),
  });
  add("ember-no-technical-contact", "Ember Kitchens", "nobody may report: the only contact is administrative", {
    ...known,
    contacts: technicalContacts(1, known.term.firstDay, 60).map((contact) => ({ ...contact, role: "administrative-contact" as const })),
  });

  // Licenses and products of other kinds (1, 7.4, 7.5)
  const plain = usual(150);
  const since = plain.term.firstDay;
  add("falcon-other-licenses", "Falcon Surveying", "beside what is covered: a trial, a beta, a freeware and a subscription license", {
    ...plain,
    licenses: [
      ...plain.licenses,
      license("l-beta", "dm-repository", 1, since, { kind: "beta" }),
      license("l-free", "dm-modeler", 1, since, { kind: "freeware" }),
      license("l-subscription", "gw-connector", 4, since, { kind: "subscription", termLastDay: addMonths(today, 5) }),
      license("l-trial", "gw-server", 1, addMonths(today, -1), { kind: "trial" }),
    ],
  });
  add("gannet-special-products", "Gannet Airways", "an open-source library, an extension and a cloud service beside the software", {
    ...plain,
    licenses: [
      ...plain.licenses,
      { licenseId: "l-cloud", productId: "cl-desk", kind: "subscription", seats: 20, deliveredOn: since, termLastDay: addMonths(today, 8) },
      { licenseId: "l-extension", productId: "ext-maps", kind: "freeware", seats: 1, deliveredOn: since },
      { licenseId: "l-library", productId: "lib-connect", kind: "freeware", seats: 1, deliveredOn: since },
    ],
  });
  const classic = termEnding(today, 210);
  const classicLicenses = [license("l-1", "rp-classic", 8, addMonths(classic.firstDay, -48))];
  const classicContract = contract(classic, classicLicenses);
  add("hazel-end-of-life", "Hazel Archives", "the product's end of life was announced: severity 1 in business hours only", {
    licenses: classicLicenses,
    contracts: [classicContract],
    invoices: [paidInvoice(classicContract)],
    contacts: technicalContacts(2, classic.firstDay, 71),
  });

  // Contracts of other shapes
  const sold = usual(160);
  add("ibis-reseller", "Ibis Media", "bought through a reseller: renewal and price are the reseller's", {
    ...sold,
    contracts: [{ ...sold.c1, soldBy: { reseller: "Demo Software Trading" } }],
  });
  const gateway = termEnding(today, 90);
  const gatewayLicenses = [license("l-3", "gw-server", 2, gateway.firstDay), license("l-4", "gw-connector", 3, gateway.firstDay)];
  const gatewayContract = contract(gateway, gatewayLicenses, { contractId: "c-2" });
  const twice = usual(260);
  add("jasper-two-contracts", "Jasper Railways", "two contracts: the one for Gateway owes, the one for Query Studio does not", {
    ...twice,
    licenses: [...twice.licenses, ...gatewayLicenses],
    contracts: [twice.c1, gatewayContract],
    invoices: [paidInvoice(twice.c1), unpaidInvoice(gatewayContract)],
  });
  const long = { firstDay: addMonths(today, -20), lastDay: addDays(addMonths(today, 16), -1) };
  const longLicenses = [license("l-1", "dm-modeler", 25, long.firstDay), license("l-2", "dm-repository", 2, long.firstDay)];
  const longContract = contract(long, longLicenses);
  add("kiwi-three-year-term", "Kiwi Orchards", "a first term of 36 months; then it renews by twelve", {
    licenses: longLicenses,
    contracts: [longContract],
    invoices: [paidInvoice(longContract)],
    contacts: technicalContacts(3, long.firstDay, 80),
  });
  const old = "2016-02-29";
  const oldLicenses = [license("l-1", "qs-analyzer", 3, old)];
  const oldContract = contract({ firstDay: old, lastDay: "2017-02-27" }, oldLicenses);
  add("linden-leap-day-anchor", "Linden Libraries", "anchored on 29 February and recorded years ago: later terms are derived", {
    licenses: oldLicenses,
    contracts: [oldContract],
    contacts: technicalContacts(1, old, 83),
  });
  const added = usual(120);
  const addedOn = addMonths(added.term.firstDay, 3);
  const addition = license("l-3", "qs-server", 1, addedOn);
  const grown = contract(added.term, [...added.licenses, addition]);
  add("merlin-added-license", "Merlin Theatres", "a license was added in the middle of the term: its first renewal is a stub to the common end", {
    ...added,
    licenses: [...added.licenses, addition],
    contracts: [grown],
    invoices: [
      ...added.invoices,
      invoice(grown, addedOn, addDays(addedOn, 12), {
        invoiceId: "inv-addition",
        amount: whole(4800, "CHF"),
        payments: [{ paidOn: addedOn, amount: whole(4800, "CHF") }],
      }),
    ],
  });
  const coming = { firstDay: addMonths(today, 1), lastDay: addDays(addMonths(today, 13), -1) };
  const comingLicenses = [license("l-1", "qs-professional", 15, coming.firstDay)];
  add("nettle-not-started", "Nettle Apothecary", "the contract begins next month", {
    licenses: comingLicenses,
    contracts: [contract(coming, comingLicenses)],
    contacts: technicalContacts(1, today, 84),
  });
  const agreed = usual(100);
  add("osprey-other-readings", "Osprey Rescue", "the parties agreed on how two unclear clauses are read", {
    ...agreed,
    contracts: [{ ...agreed.c1, settings: { readings: { "ebx-48h": "literal", "ebx-sev1-phone": "any-channel" } } }],
  });
  add("plover-no-support", "Plover Papers", "holds licenses, bought no support", {
    licenses: [license("l-1", "qs-analyzer", 2, addMonths(today, -30))],
  });
  add("quill-no-licenses", "Quill Publishing", "known by name only", {});
  add("rook-in-yen", "Rook Robotics", "a contract in a currency without decimals", usual(130, "JPY"));
  add("swift-in-dinar", "Swift Harbours", "a contract in a currency with three decimals", usual(135, "KWD"));
  return accounts;
}
