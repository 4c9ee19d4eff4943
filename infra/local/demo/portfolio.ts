/** The whole demo portfolio: the catalog and the accounts under each policy that ships. A policy adds its own two here. */
import type { Catalog } from "../../../domain/facts.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { DemoAccount } from "./account.ts";
import { ebiexpertsCatalog } from "./ebiexperts-catalog.ts";
import { ebiexpertsOrdinary } from "./ebiexperts-ordinary.ts";
import { ebiexpertsStates } from "./ebiexperts-states.ts";

const catalogs = [ebiexpertsCatalog];
const portfolios = [ebiexpertsStates, ebiexpertsOrdinary];

export function demoCatalog(today: CalendarDate): Catalog {
  const parts = catalogs.map((catalog) => catalog(today));
  return { products: parts.flatMap(({ products }) => products), priceLists: parts.flatMap(({ priceLists }) => priceLists), policies: [] };
}

export function demoAccounts(today: CalendarDate): DemoAccount[] {
  return portfolios.flatMap((accounts) => accounts(today));
}
