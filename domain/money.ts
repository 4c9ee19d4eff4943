/**
 * Amounts of money as contracts, invoices and quotes state them: `{ amount: "10500.00", currency: "CHF" }`.
 *
 * An amount is a decimal text with exactly the currency's minor digits; inside, it is a whole number of minor
 * units (cents) as bigint. No float is involved anywhere, and currencies are never converted.
 */
import { isCurrency, minorDigits } from "./currencies.ts";

export { currencies, isCurrency, minorDigits } from "./currencies.ts";
export {
  addFractions,
  basisPointsOf,
  capped,
  type Fraction,
  roundDown,
  roundHalfUp,
  shareOf,
  split,
} from "./fraction.ts";

export interface Money {
  /** Decimal text: no sign, no leading zeros, exactly the currency's minor digits. */
  amount: string;
  /** ISO 4217 code. */
  currency: string;
}

/** The most that an amount handed in may be: 10¹⁵ minor units. Totals of several may be more. */
export const mostMinorUnits = 10n ** 15n;

// With four minor digits, 40 characters hold more than 10¹⁵ times the largest amount.
const longestAmount = 40;
const shapes = [0, 2, 3, 4].reduce<Record<number, RegExp>>((byDigits, digits) => {
  byDigits[digits] = digits === 0 ? /^(?:0|[1-9]\d*)$/ : new RegExp(`^(?:0|[1-9]\\d*)\\.\\d{${digits}}$`);
  return byDigits;
}, {});

/**
 * Whether the text is an amount in the currency as the product writes it: `9800.00` in CHF, `9800` in JPY, at most
 * 10¹⁵ minor units. False for an unknown currency.
 */
export function isAmount(text: string, currency: string): boolean {
  return isCurrency(currency) && isCanonical(text, currency) && minorOf(text) <= mostMinorUnits;
}

/** Whole minor units: CHF 9,800.00 → 980000. @throws RangeError when the amount is not written as `isAmount` wants it */
export function toMinor({ amount, currency }: Money): bigint {
  if (!isCanonical(amount, currency))
    throw new RangeError(`no amount in \`${currency}\`, which has ${minorDigits(currency)} minor digits: \`${amount}\``);
  return minorOf(amount);
}

/** @throws RangeError for a negative number of minor units and for an unknown currency */
export function fromMinor(minor: bigint, currency: string): Money {
  if (minor < 0n) throw new RangeError(`an amount is not negative: got \`${minor}\` minor units of \`${currency}\``);
  const digits = minorDigits(currency);
  const text = String(minor).padStart(digits + 1, "0");
  const point = text.length - digits;
  return { amount: digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`, currency };
}

/** For people to read: `CHF 9,800.00`, `JPY 9,800`, whatever the machine's locale. */
export function formatMoney({ amount, currency }: Money): string {
  const [whole = "", minor] = amount.split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return minor === undefined ? `${currency} ${grouped}` : `${currency} ${grouped}.${minor}`;
}

function isCanonical(text: string, currency: string): boolean {
  return text.length <= longestAmount && (shapes[minorDigits(currency)] as RegExp).test(text);
}

function minorOf(canonical: string): bigint {
  return BigInt(canonical.replace(".", ""));
}
