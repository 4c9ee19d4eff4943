/** A vendor as the demo knows it: what its customers can hold, at which prices, and who of theirs may ask. One builder makes every catalog. */
import type { Catalog, HeldLicense, PriceList, Product } from "../../../domain/facts.ts";
import { fromMinor, type Money, minorDigits } from "../../../domain/money.ts";
import { addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { DemoContact, DemoPremises } from "./account.ts";

/** A product with prices: of a seat, in whole units of the vendor's first currency, as of last year. */
interface Priced extends Pick<Product, "name" | "productLine"> {
  /** `software` where absent. */
  kind?: Product["kind"];
  annualFee: number;
  reinstatementFee?: number;
  licensePrice?: number;
}

export interface Vendor<Id extends string> {
  policyId: string;
  /** Three letters that customer numbers and price lists begin with. */
  code: string;
  /** The usual one first. */
  programs: readonly [string, ...string[]];
  /** What a unit of the first currency is in each one's lists: prices of their own, not an exchange rate. */
  currencies: Record<string, readonly [number, number]>;
  priced: Record<Id, Priced>;
  unpriced: Record<string, Product>;
  /** Versions and ends of life; they count from today. */
  lifecycle(today: CalendarDate): { [productId in Id]?: Partial<Product> };
  /** Of what kind its licenses usually are; a subscription's last day is that of the contract's term. */
  licenseKind: "perpetual" | "subscription";
  /** Whether contracts go on after their term without anybody doing anything. */
  renewsByItself: boolean;
  /** Number of the first made-up person among its customers. */
  firstPerson: number;
  /** So many contacts who may ask, of a customer with these licenses. */
  contacts(count: number, since: CalendarDate, firstPerson: number, licenses: readonly HeldLicense[]): DemoContact[];
  /** Where an ordinary customer may be served; none where the policy does not go by places. */
  premises: readonly DemoPremises[];
}

export const firstCurrency = ({ currencies }: Pick<Vendor<string>, "currencies">) => Object.keys(currencies)[0] as string;

/** The annual fee of so many seats: `yearsBefore` 1 is last year's list, which today's customers still pay. */
export function annualFee<Id extends string>(vendor: Vendor<Id>, productId: Id, seats: number, currency: string, yearsBefore = 1): Money {
  return fromMinor(listed(vendor, vendor.priced[productId].annualFee, currency, yearsBefore) * BigInt(seats), currency);
}

/** A price of a seat in minor units. Lists rise by 5 % of the first one each year: 95, 100, 105. Without a list the first currency's number. */
function listed({ currencies }: Pick<Vendor<string>, "currencies">, units: number, currency: string, yearsBefore: number): bigint {
  const [times, by] = currencies[currency] ?? [1, 1];
  const minor = 10n ** BigInt(minorDigits(currency));
  return (BigInt(units * (110 - 5 * (yearsBefore + 1)) * times) * minor) / BigInt(100 * by);
}

export const productIdsOf = <Id extends string>({ priced }: Vendor<Id>) => Object.keys(priced) as Id[];

export function catalogOf<Id extends string>(vendor: Vendor<Id>, today: CalendarDate): Catalog {
  const lifecycle = vendor.lifecycle(today);
  const priced = productIdsOf(vendor).map((productId) => {
    const { name, productLine, kind = "software" } = vendor.priced[productId];
    return { productId, name, productLine, kind, ...lifecycle[productId] };
  });
  const unpriced = Object.entries(vendor.unpriced).map(([productId, product]) => ({ productId, ...product }));
  return { products: [...priced, ...unpriced], priceLists: priceListsOf(vendor, today), policies: [] };
}

function priceListsOf<Id extends string>(vendor: Vendor<Id>, today: CalendarDate): Catalog["priceLists"] {
  const year = Number(today.slice(0, 4));
  return Object.keys(vendor.currencies).flatMap((currency) =>
    [2, 1, 0].map((yearsBefore) => {
      const price = (units: number) => fromMinor(listed(vendor, units, currency, yearsBefore), currency);
      const items = productIdsOf(vendor).map((productId): PriceList["items"][number] => {
        const { annualFee, reinstatementFee, licensePrice } = vendor.priced[productId];
        return {
          productId,
          annualFeePerSeat: price(annualFee),
          ...(reinstatementFee === undefined ? {} : { reinstatementFeePerSeat: price(reinstatementFee) }),
          ...(licensePrice === undefined ? {} : { licensePricePerSeat: price(licensePrice) }),
        };
      });
      return {
        priceListId: `${vendor.code}-${currency}-${year - yearsBefore}`.toLowerCase(),
        policyId: vendor.policyId,
        effectiveFrom: `${year - yearsBefore}-01-01`,
        currency,
        items,
      };
    }),
  );
}

/** Versions of which one ended, one is going to and the newest goes on. */
export function threeVersions(today: CalendarDate, [ended, ending, newest]: readonly [string, string, string]): Partial<Product> {
  return {
    latestVersion: newest,
    versions: [
      { version: ended, supportEndsOn: addMonths(today, -7) },
      { version: ending, supportEndsOn: addMonths(today, 11) },
      { version: newest },
    ],
  };
}

/** Announced a year and a half before it is out of support, so many months from today (before today, when negative). */
export function endOfLife(today: CalendarDate, months: number): Partial<Product> {
  return { endOfLifeAnnouncedOn: addMonths(today, months - 18), endOfLifeOn: addMonths(today, months) };
}
