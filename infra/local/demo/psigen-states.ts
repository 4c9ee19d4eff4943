/** One PSIGEN account for each state: who sold it serves it, and what follows a term is not in the text. */
import type { HeldContract } from "../../../domain/facts.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { DemoAccount } from "./account.ts";
import { psigen } from "./psigen-catalog.ts";
import { agreedHours, customersOf, license, termEnding, unpaidInvoice } from "./sketch.ts";

export function psigenStates(today: CalendarDate): DemoAccount[] {
  const { accounts, add, paid } = customersOf(psigen);
  const usual = (daysLeft: number, more: Partial<HeldContract> = {}) =>
    paid(
      termEnding(today, daysLeft),
      [
        ["psi-capture", 1],
        ["psi-scan", 6],
      ],
      more,
    );

  add("amber-current", "Amber Records", "covered: entitled once the knowledge base was tried and a trained person with access asks", usual(140));
  const owing = usual(260);
  add("bronze-past-due-served", "Bronze Archives", "the invoice is overdue, and the text does not make support depend on it", {
    ...owing,
    invoices: [unpaidInvoice(owing.c1)],
  });

  // Who serves (reseller-first)
  const reseller = "Demo Imaging Trading";
  add(
    "coral-through-reseller",
    "Coral Clinics",
    "bought through a reseller: the reseller serves, and may ask the vendor",
    usual(180, { soldBy: { reseller } }),
  );
  const bought = usual(190);
  add("denim-license-through-reseller", "Denim Schools", "the contract is direct, one license was bought through a reseller", {
    ...bought,
    licenses: bought.licenses.map((held) => (held.productId === "psi-scan" ? { ...held, soldBy: { reseller } } : held)),
  });

  // Cover (exclusions.2)
  add(
    "ebony-term-ends-today",
    "Ebony Notaries",
    "today is the last day of the term: still covered",
    usual(0, { settings: { timeZone: "Europe/London" } }),
  );
  add("flint-after-term", "Flint Couriers", "the term ended a month ago: what follows is not in the text", usual(-30));
  const ended = usual(150);
  add("ginger-cover-ended-early", "Ginger Hospitals", "cover of one license ended before the contract's term: not covered", {
    ...ended,
    contracts: [
      { ...ended.c1, lines: ended.c1.lines.map((line) => (line.licenseId === "l-2" ? { ...line, coveredUntil: addDays(today, -20) } : line)) },
    ],
  });
  const partly = usual(160);
  add("honey-no-cover", "Honey Freight", "two licenses are covered; a third one is on no contract", {
    ...partly,
    licenses: [...partly.licenses, license("l-3", "psi-archive", 25, partly.term.firstDay)],
  });
  const since = addMonths(today, -8);
  const rented = usual(170);
  add("iron-term-licenses", "Iron County", "beside what is covered: a term license that runs, with support in it, and one that ended", {
    ...rented,
    licenses: [
      ...rented.licenses,
      license("l-3", "psi-archive", 40, since, { kind: "subscription", termLastDay: addMonths(today, 4) }),
      license("l-4", "psi-archive-server", 1, since, { kind: "subscription", termLastDay: addDays(today, -1) }),
    ],
  });

  // Products (exclusions.1, definitions.supported-product)
  add("jet-end-of-life", "Jet Registry", "covered, and the product is out of support", paid(termEnding(today, 110), [["psi-scan-classic", 4]]));
  const strange = usual(115);
  add("khaki-product-not-recorded", "Khaki Surveys", "holds a product that the catalog does not know: undetermined", {
    ...strange,
    licenses: strange.licenses.map((held) => (held.licenseId === "l-2" ? { ...held, productId: "psi-scan-mobile" } : held)),
  });

  // Support hours (response.table)
  add("lilac-hours-agreed", "Lilac Insurance", "support hours were agreed on: response targets become deadlines", {
    ...usual(125, {
      settings: {
        timeZone: "America/Los_Angeles",
        calendars: { "support-hours": agreedHours(today, "America/Los_Angeles", "06:00", "17:00") },
      },
    }),
  });
  return accounts;
}
