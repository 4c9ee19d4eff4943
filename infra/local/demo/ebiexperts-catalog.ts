/** What the demo's Ebiexperts customers can hold: three product lines, a few special products, and their prices. */
import type { Catalog, PriceList, Product } from "../../../domain/facts.ts";
import { fromMinor, type Money, minorDigits } from "../../../domain/money.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import { addDays, addMonths } from "../../../domain/time/calendar-date.ts";

export const ebiexpertsPolicyId = "ebiexperts-support";

/** Annual fee of a seat in whole CHF, at the prices of last year. */
const software = {
  "qs-analyzer": { name: "Analyzer user", productLine: "Query Studio", fee: 1000 },
  "qs-professional": { name: "Professional user", productLine: "Query Studio", fee: 1400 },
  "qs-server": { name: "Query server", productLine: "Query Studio", fee: 4800 },
  "dm-modeler": { name: "Modeler", productLine: "Data Models", fee: 600 },
  "dm-repository": { name: "Repository", productLine: "Data Models", fee: 3200 },
  "gw-server": { name: "Gateway server", productLine: "Gateway", fee: 2700 },
  "gw-connector": { name: "Gateway connector", productLine: "Gateway", fee: 900 },
  "rp-classic": { name: "Report Classic", productLine: "Reports", fee: 750 },
} as const;

export type SoftwareId = keyof typeof software;

export const productLines: readonly (readonly SoftwareId[])[] = [
  ["qs-analyzer", "qs-professional", "qs-server"],
  ["dm-modeler", "dm-repository"],
  ["gw-server", "gw-connector"],
];

/** What a Swiss franc of the price list is in other currencies' lists: prices of their own, not an exchange rate. */
const perFranc: Record<string, [number, number]> = { CHF: [1, 1], EUR: [105, 100], USD: [115, 100], GBP: [9, 10], JPY: [160, 1], KWD: [35, 100] };

/** The annual fee of so many seats: `yearsBefore` 1 is last year's list, which today's customers still pay. */
export function annualFee(productId: SoftwareId, seats: number, currency: string, yearsBefore = 1): Money {
  const [times, by] = perFranc[currency] ?? [1, 1];
  const minor = 10n ** BigInt(minorDigits(currency));
  // Lists rise by 5 % of the first one each year: 95, 100, 105.
  const perSeat = (BigInt(software[productId].fee * (110 - 5 * (yearsBefore + 1)) * times) * minor) / BigInt(100 * by);
  return fromMinor(perSeat * BigInt(seats), currency);
}

export function ebiexpertsCatalog(today: CalendarDate): Catalog {
  return { products: products(today), priceLists: priceLists(today), policies: [] };
}

function products(today: CalendarDate): Catalog["products"] {
  const line = (productId: SoftwareId): Product => ({
    name: software[productId].name,
    productLine: software[productId].productLine,
    kind: "software",
  });
  const all: Record<string, Product> = {
    ...Object.fromEntries((Object.keys(software) as SoftwareId[]).map((productId) => [productId, line(productId)])),
    "gw-server": {
      ...line("gw-server"),
      latestVersion: "9.2",
      versions: [
        { version: "8.6", supportEndsOn: addMonths(today, -7) },
        { version: "9.1", supportEndsOn: addMonths(today, 11) },
        { version: "9.2" },
      ],
    },
    "rp-classic": { ...line("rp-classic"), endOfLifeAnnouncedOn: addMonths(today, -8), endOfLifeOn: addMonths(today, 10) },
    "cl-desk": { name: "Cloud Desk", productLine: "Cloud", kind: "cloud-service" },
    "lib-connect": {
      name: "Connect library",
      productLine: "Libraries",
      kind: "open-source-library",
      supportedLibrary: true,
      latestVersion: "3.2.0",
      versions: [{ version: "3.1.0" }, { version: "3.2.0" }],
    },
    "ext-maps": { name: "Map extension", productLine: "Query Studio", kind: "extension" },
  };
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([productId, product]) => ({ productId, ...product }));
}

function priceLists(today: CalendarDate): Catalog["priceLists"] {
  const year = Number(today.slice(0, 4));
  const lists = Object.keys(perFranc).flatMap((currency) =>
    [2, 1, 0].map((yearsBefore) => {
      const effectiveFrom = `${year - yearsBefore}-01-01`;
      const items = (Object.keys(software) as SoftwareId[]).map((productId) => ({
        productId,
        annualFeePerSeat: annualFee(productId, 1, currency, yearsBefore),
      }));
      const list: PriceList = { policyId: ebiexpertsPolicyId, effectiveFrom, currency, items };
      return { priceListId: `ebx-${currency.toLowerCase()}-${year - yearsBefore}`, ...list };
    }),
  );
  return lists.sort((a, b) => (a.priceListId < b.priceListId ? -1 : 1));
}

/** The last day of a twelve-month term that ends so many days after today (before it, when negative), and its first. */
export function termEnding(today: CalendarDate, daysFromToday: number): { firstDay: CalendarDate; lastDay: CalendarDate } {
  const lastDay = addDays(today, daysFromToday);
  return { firstDay: addMonths(addDays(lastDay, 1), -12), lastDay };
}
