/** What is known while one license is judged. */
import type { Catalog, Dossier, HeldContract } from "../../../domain/facts.ts";
import type { EntitlementRequest } from "../../../domain/questions/entitlement-request.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { Cover } from "./cover.ts";

export type Product = Catalog["products"][number];

export interface Case {
  dossier: Dossier;
  catalog: Catalog;
  products: ReadonlyMap<string, Product>;
  covers: ReadonlyMap<string, Cover[]>;
  request: EntitlementRequest;
  day: CalendarDate;
  contract: HeldContract;
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
