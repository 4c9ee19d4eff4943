/** The whole demo portfolio: the catalog and the accounts under each policy that ships. */
import type { Catalog } from "../../../domain/facts.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import { type DemoAccount, sorted } from "./account.ts";
import { ebiexperts } from "./ebiexperts-catalog.ts";
import { ebiexpertsStates } from "./ebiexperts-states.ts";
import { ensim } from "./ensim-catalog.ts";
import { ensimStates } from "./ensim-states.ts";
import { essensys } from "./essensys-catalog.ts";
import { essensysStates } from "./essensys-states.ts";
import { ordinaryCustomers } from "./ordinary.ts";
import { psigen } from "./psigen-catalog.ts";
import { psigenStates } from "./psigen-states.ts";
import { twoVendors } from "./two-vendors.ts";
import { catalogOf } from "./vendor.ts";
import { wolfram } from "./wolfram-catalog.ts";
import { wolframStates } from "./wolfram-states.ts";

export function demoCatalog(today: CalendarDate): Catalog {
  const parts = [
    catalogOf(ebiexperts, today),
    catalogOf(ensim, today),
    catalogOf(essensys, today),
    catalogOf(psigen, today),
    catalogOf(wolfram, today),
  ];
  return {
    products: sorted(
      parts.flatMap(({ products }) => products),
      "productId",
    ),
    priceLists: sorted(
      parts.flatMap(({ priceLists }) => priceLists),
      "priceListId",
    ),
    policies: [],
  };
}

/** Each state of each policy, and as many ordinary customers that there are about 200. */
export function demoAccounts(today: CalendarDate): DemoAccount[] {
  return [
    ...ebiexpertsStates(today),
    ...ordinaryCustomers(ebiexperts, today, 0, 94),
    ...ensimStates(today),
    ...ordinaryCustomers(ensim, today, 94, 96),
    ...psigenStates(today),
    ...ordinaryCustomers(psigen, today, 96, 99),
    ...wolframStates(today),
    ...ordinaryCustomers(wolfram, today, 99, 101),
    ...essensysStates(today),
    ...ordinaryCustomers(essensys, today, 101, 103),
    ...twoVendors(today),
  ];
}
