import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addFractions,
  basisPointsOf,
  capped,
  currencies,
  type Fraction,
  formatMoney,
  fromMinor,
  isAmount,
  isCurrency,
  type Money,
  minorDigits,
  roundDown,
  roundHalfUp,
  shareOf,
  split,
  toMinor,
} from "../../domain/money.ts";
import { invariant } from "./property.ts";

const most = 10n ** 15n;
const minors = fc.oneof(fc.bigInt({ min: 0n, max: most }), fc.bigInt({ min: 0n, max: 1000n }), fc.constantFrom(0n, 1n, most - 1n, most));
const codes = fc.constantFrom("CHF", "EUR", "USD", "JPY", "KWD", "CLF");
const fractions = fc.record({ n: fc.bigInt({ min: -most * 1000n, max: most * 1000n }), d: fc.bigInt({ min: 1n, max: 1000n }) });

describe("currencies", () => {
  test.each([
    ["CHF", 2],
    ["EUR", 2],
    ["USD", 2],
    ["HUF", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["ISK", 0],
    ["KWD", 3],
    ["TND", 3],
    ["CLF", 4],
  ])("%s has %i minor digits", (code, digits) => expect(minorDigits(code)).toBe(digits));

  test("are those that Intl knows, and the newer and the fund codes that it does not", () => {
    // Left the list before 2026 (ANG, CUC, HRK, SLL, ZWL), or have no minor unit (XDR, XSU).
    const gone = ["ANG", "CUC", "HRK", "SLL", "XDR", "XSU", "ZWL"];
    const known = Intl.supportedValuesOf("currency").filter((code) => !gone.includes(code));
    expect(known.filter((code) => !isCurrency(code))).toEqual([]);
    expect(Object.keys(currencies).filter((code) => !known.includes(code))).toEqual(
      expect.arrayContaining(["BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "VED", "XAD"]),
    );
    expect(Object.keys(currencies).every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });

  test.each(["", "chf", "XAU", "XXX", "BTC", "__proto__", "constructor", "toString"])("zod#2227: %j is none", (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(isAmount("1.00", code)).toBe(false);
    expect(() => minorDigits(code)).toThrow(RangeError);
    expect(() => toMinor({ amount: "1.00", currency: code })).toThrow(RangeError);
  });
});

describe("which texts are amounts", () => {
  test.each([
    ["0.00", "CHF"],
    ["9800.00", "CHF"],
    ["10000000000000.00", "CHF"],
    ["9800", "JPY"],
    ["0", "JPY"],
    ["1000000000000000", "JPY"],
    ["0.001", "KWD"],
    ["1000000000000.000", "KWD"],
    ["0.0001", "CLF"],
  ])("%s %s", (text, currency) => expect(isAmount(text, currency)).toBe(true));

  test.each([
    ["10000000000000.01", "CHF"],
    ["1000000000000001", "JPY"],
    ["9800", "CHF"],
    ["9800.0", "CHF"],
    ["9800.000", "CHF"],
    ["9800.", "CHF"],
    [".50", "CHF"],
    ["09800.00", "CHF"],
    ["00.00", "CHF"],
    ["-0.00", "CHF"],
    ["-1.00", "CHF"],
    ["+1.00", "CHF"],
    ["1e3", "JPY"],
    ["1,000.00", "CHF"],
    ["1'000.00", "CHF"],
    [" 1.00", "CHF"],
    ["1.00\n", "CHF"],
    ["1.00 ", "CHF"],
    ["0x10", "JPY"],
    ["１.00", "CHF"],
    ["NaN", "CHF"],
    ["Infinity", "JPY"],
    ["", "JPY"],
    ["9800.00", "JPY"],
    [`${"9".repeat(1_000_000)}.00`, "CHF"],
  ])("not %.40s %s", (text, currency) => expect(isAmount(text, currency)).toBe(false));
});

describe("P25: amounts survive", () => {
  interface Conversion {
    toMinor(money: Money): bigint;
    fromMinor(minor: bigint, currency: string): Money;
  }
  const survives = (convert: Conversion) =>
    fc.property(minors, codes, (minor, currency) => {
      const money = convert.fromMinor(minor, currency);
      expect(isAmount(money.amount, currency)).toBe(true);
      const stored = JSON.parse(JSON.stringify(money)) as Money;
      expect(convert.toMinor(stored)).toBe(minor);
      expect(convert.fromMinor(convert.toMinor(stored), currency)).toEqual(money);
    });

  invariant(
    "JSON and back, up to 10¹⁵ minor units",
    survives,
    { toMinor, fromMinor },
    {
      "an amount held as a float": { toMinor: ({ amount, currency }) => BigInt(Math.trunc(Number(amount) * 10 ** minorDigits(currency))), fromMinor },
      "written from a float": {
        toMinor,
        fromMinor: (minor, currency) => ({ amount: String(Number(minor) / 10 ** minorDigits(currency)), currency }),
      },
      "two digits for every currency": {
        toMinor,
        fromMinor: (minor, currency) => ({ amount: `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`, currency }),
      },
    },
    1000,
  );

  test("totals may be more than a single amount", () => {
    const total = fromMinor(most * 1000n, "CHF");
    expect(total.amount).toBe("10000000000000000.00");
    expect(toMinor(total)).toBe(most * 1000n);
    expect(isAmount(total.amount, "CHF")).toBe(false);
  });

  test("nothing is negative", () => expect(() => fromMinor(-1n, "CHF")).toThrow(RangeError));
  test.each(["1", "1.0", "-1.00", "1e2", ""])("toMinor refuses %j", (amount) =>
    expect(() => toMinor({ amount, currency: "CHF" })).toThrow(RangeError),
  );
});

test.each([
  ["9800.00", "CHF", "CHF 9,800.00"],
  ["0.05", "CHF", "CHF 0.05"],
  ["999.99", "EUR", "EUR 999.99"],
  ["1234567", "JPY", "JPY 1,234,567"],
  ["10000000000000.00", "CHF", "CHF 10,000,000,000,000.00"],
  ["1000.125", "KWD", "KWD 1,000.125"],
])("%s in %s reads %s", (amount, currency, text) => expect(formatMoney({ amount, currency })).toBe(text));

describe("rounding", () => {
  const isNearest = (round: (fraction: Fraction) => bigint) =>
    fc.property(fractions, ({ n, d }) => {
      // The distance to the rounded value lies in (−1/2, 1/2]: a half goes up.
      const distance = 2n * (round({ n, d }) * d - n);
      expect(distance > -d && distance <= d).toBe(true);
    });

  invariant("half up", isNearest, roundHalfUp, {
    down: roundDown,
    "half away from zero": ({ n, d }) => (n < 0n ? -((2n * -n + d) / (2n * d)) : (2n * n + d) / (2n * d)),
    "half to even": ({ n, d }) => {
      const floor = roundDown({ n, d });
      const twice = 2n * (n - floor * d);
      return twice > d || (twice === d && floor % 2n !== 0n) ? floor + 1n : floor;
    },
    "by float": ({ n, d }) => BigInt(Math.round(Number(n) / Number(d))),
  });

  test.each([
    [5n, 10n, 1n, 0n],
    [4n, 10n, 0n, 0n],
    [-5n, 10n, 0n, -1n],
    [-15n, 10n, -1n, -2n],
    [-16n, 10n, -2n, -2n],
    [-10n, 10n, -1n, -1n],
    [0n, 7n, 0n, 0n],
  ])("%s/%s: half up %s, down %s", (n, d, up, down) => expect([roundHalfUp({ n, d }), roundDown({ n, d })]).toEqual([up, down]));

  const isExact = (add: typeof addFractions) =>
    fc.property(fc.array(fractions, { maxLength: 12 }), (parts) => {
      const sum = add(...parts);
      // Against the plain textbook sum over the product of all denominators.
      const product = parts.reduce((all, { d }) => all * d, 1n);
      const numerator = parts.reduce((all, { n, d }) => all + (n * product) / d, 0n);
      expect(sum.d > 0n && sum.n * product === numerator * sum.d).toBe(true);
    });

  invariant("sums are exact", isExact, addFractions, {
    "each part rounded": (...parts) => ({ n: parts.reduce((sum, part) => sum + roundHalfUp(part), 0n), d: 1n }),
    "the last denominator for all": (...parts) => ({ n: parts.reduce((sum, { n }) => sum + n, 0n), d: parts.at(-1)?.d ?? 1n }),
  });

  test("the denominator of many parts of years stays small", () => {
    const year = (days: bigint) => shareOf(1n, 1n, days);
    expect(addFractions(...Array.from({ length: 200 }, (_, i) => year(i % 2 === 0 ? 365n : 366n))).d).toBe(365n * 366n);
  });

  test.each([0n, -365n])("a share of %s days is refused", (days) => expect(() => shareOf(1n, 1n, days)).toThrow(RangeError));
  test.each([0.5, Number.NaN])("%s basis points are refused", (points) => expect(() => basisPointsOf(1n, points)).toThrow(RangeError));

  test("autumn#3407, lago-api#6194: 81 lines do not drift", () => {
    const lines = Array.from({ length: 81 }, () => shareOf(1000n, 1n, 81n));
    expect(roundHalfUp(addFractions(...lines))).toBe(1000n);
    expect(lines.reduce((sum, line) => sum + roundHalfUp(line), 0n)).toBe(972n);
  });
});

describe("caps", () => {
  test("an increase on 333.33 is at most 349.99", () => expect(capped(33333n, 500)).toBe(34999n));

  const isTheMost = (cap: typeof capped) =>
    fc.property(minors, fc.integer({ min: 0, max: 20_000 }), (minor, points) => {
      const allowed = minor * BigInt(10_000 + points);
      expect(cap(minor, points) * 10_000n <= allowed && (cap(minor, points) + 1n) * 10_000n > allowed).toBe(true);
    });

  invariant("the most that does not exceed the percentage", isTheMost, capped, {
    "rounded half up": (minor, points) => roundHalfUp(basisPointsOf(minor, 10_000 + points)),
    "the increase rounded half up": (minor, points) => minor + roundHalfUp(basisPointsOf(minor, points)),
    "by float": (minor, points) => BigInt(Math.floor(Number(minor) * (1 + points / 10_000))),
  });

  test("P6: over n terms at most the compound cap", () =>
    fc.assert(
      fc.property(minors, fc.integer({ min: 1, max: 30 }), (minor, terms) => {
        let fee = minor;
        for (let n = 0; n < terms; n++) fee = capped(fee, 500);
        expect(fee * 20n ** BigInt(terms) <= minor * 21n ** BigInt(terms)).toBe(true);
      }),
    ));
});

describe("P5: a split", () => {
  const weights = fc.array(fc.oneof(fc.bigInt({ min: 0n, max: most }), fc.bigInt({ min: 0n, max: 5n })), { minLength: 1, maxLength: 12 });
  const addsUp = (candidate: typeof split) =>
    fc.property(
      minors,
      weights.filter((all) => all.some((weight) => weight > 0n)),
      (total, all) => {
        const parts = candidate(total, all);
        const whole = all.reduce((sum, weight) => sum + weight, 0n);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
        for (const [i, part] of parts.entries()) {
          // Within one unit of the exact share, and nothing for no weight.
          const exact = total * (all[i] as bigint);
          expect(part >= 0n && (part + 1n) * whole > exact && (part - 1n) * whole < exact).toBe(true);
          if (all[i] === 0n) expect(part).toBe(0n);
        }
        // A larger weight never gets less.
        for (const [i, a] of all.entries())
          for (const [j, b] of all.entries()) if (a > b) expect((parts[i] as bigint) >= (parts[j] as bigint)).toBe(true);
      },
    );

  invariant("adds up to the whole, each part within one unit of its share", addsUp, split, {
    "each rounded half up (lago-api#2643)": (total, all) => {
      const whole = all.reduce((sum, weight) => sum + weight, 0n);
      return all.map((weight) => roundHalfUp(shareOf(total, weight, whole)));
    },
    "the rest to the first": (total, all) => {
      const whole = all.reduce((sum, weight) => sum + weight, 0n);
      const parts = all.map((weight) => (total * weight) / whole);
      parts[0] = (parts[0] as bigint) + total - parts.reduce((sum, part) => sum + part, 0n);
      return parts;
    },
    "equal parts": (total, all) =>
      split(
        total,
        all.map(() => 1n),
      ),
  });

  test.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [100n, [1n, 0n, 1n], [50n, 0n, 50n]],
    [1n, [1n, 3n], [0n, 1n]],
    [0n, [1n, 2n], [0n, 0n]],
    [0n, [0n, 0n], [0n, 0n]],
    [0n, [], []],
    [10n, [1n], [10n]],
    [5n, [3n, 3n, 3n], [2n, 2n, 1n]],
  ])("%s split", (total, all, parts) => expect(split(total, all)).toEqual(parts));

  test.each<[bigint, bigint[]]>([
    [1n, []],
    [1n, [0n, 0n]],
    [-1n, [1n]],
    [1n, [2n, -1n]],
  ])("%s by weights that cannot carry it", (total, all) => expect(() => split(total, all)).toThrow(RangeError));
});

describe("worked example: reinstatement of CHF 10,000.00, then CHF 10,500.00, fee 25 %", () => {
  test.each([
    [181n, "4,958.90", "3,864.73", "19,323.63"],
    [364n, "9,972.60", "5,118.15", "25,590.75"],
    [365n, "10,000.00", "5,125.00", "25,625.00"],
    [0n, "0.00", "2,625.00", "13,125.00"],
  ])("%s days lapsed", (days, back, fee, total) => {
    const backFees = roundHalfUp(shareOf(1_000_000n, days, 365n));
    const lines = backFees + 1_050_000n;
    const reinstatementFee = roundHalfUp(basisPointsOf(lines, 2500));
    const read = (minor: bigint) => formatMoney(fromMinor(minor, "CHF")).slice(4);
    expect([read(backFees), read(reinstatementFee), read(lines + reinstatementFee)]).toEqual([back, fee, total]);
  });
});
