/** Which price list holds for a product on a day. */
import type { Catalog, PriceList } from "./facts.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

export type PriceItem = PriceList["items"][number] & { priceListId: string; effectiveFrom: CalendarDate };

/** Among the policy's lists in the currency that name the product and are in force by the day, the latest. */
export function priceOn(catalog: Catalog, policyId: string, currency: string, productId: string, day: CalendarDate): PriceItem | undefined {
  let found: { list: Catalog["priceLists"][number]; item: PriceList["items"][number] } | undefined;
  for (const list of catalog.priceLists) {
    if (list.policyId !== policyId || list.currency !== currency || list.effectiveFrom > day) continue;
    if (found !== undefined && list.effectiveFrom <= found.list.effectiveFrom) continue;
    const item = list.items.find((one) => one.productId === productId);
    if (item !== undefined) found = { list, item };
  }
  return found && { ...found.item, priceListId: found.list.priceListId, effectiveFrom: found.list.effectiveFrom };
}
