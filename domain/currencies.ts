/**
 * Which currencies an amount may be in, and how many minor digits each has.
 *
 * ISO 4217 list one (active currencies and funds) as of 2026-01-01, reviewed 2026-11-22. Left out are the codes
 * for which it states no minor unit: metals, bond units, XDR, XSU, XUA, XTS, XXX. BGN, which left the list when
 * Bulgaria took the euro on that day, stays: contracts from before are still judged.
 * `Intl` is no source for this: it follows custom (HUF none) where the standard says two.
 */

const two = `
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
  CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR
  ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV
  MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
  SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`;
const none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const three = "BHD IQD JOD KWD LYD OMR TND";
const four = "CLF UYW";

/** ISO 4217 code → number of minor digits. Has no prototype, so that a code from outside can be looked up in it. */
export const currencies: Readonly<Record<string, number>> = table([none, 0], [two, 2], [three, 3], [four, 4]);

function table(...lists: readonly (readonly [codes: string, digits: number])[]): Record<string, number> {
  const digitsOf: Record<string, number> = Object.create(null);
  for (const [codes, digits] of lists) for (const code of codes.trim().split(/\s+/)) digitsOf[code] = digits;
  return Object.freeze(digitsOf);
}

/** Whether the text is the code of an active currency, in capitals. */
export function isCurrency(code: string): boolean {
  return currencies[code] !== undefined;
}

/** How many minor digits amounts in the currency have: CHF 2, JPY 0, KWD 3. @throws RangeError for an unknown code */
export function minorDigits(currency: string): number {
  const digits = currencies[currency];
  if (digits === undefined) throw new RangeError(`no ISO 4217 currency: \`${currency}\``);
  return digits;
}
