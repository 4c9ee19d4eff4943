/**
 * Exact parts of an amount, so that each line of a quote is rounded once and no cent appears or gets lost.
 *
 * A fraction counts minor units (cents): `{ n: 181_000_000n, d: 365n }` is 181/365 of CHF 10,000.00. Reading `rounding`:
 * exact inside, each line rounded once, half up; caps are rounded down; the parts of a split add up to the whole.
 */

/** `n / d` minor units, exactly. `d` is positive; the fraction need not be in lowest terms. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

const basisPointsOfWhole = 10_000n;

/**
 * The part `numerator / denominator` of an amount in minor units, such as days of a year (reading `day-count`).
 * @throws RangeError when the denominator is not positive
 */
export function shareOf(minor: bigint, numerator: bigint, denominator: bigint): Fraction {
  if (denominator <= 0n) throw new RangeError(`a share has a positive denominator: got \`${denominator}\``);
  return { n: minor * numerator, d: denominator };
}

/** That many hundredths of a percent of an amount: 2500 is a quarter. @throws RangeError when they are no whole number */
export function basisPointsOf(minor: bigint, basisPoints: number): Fraction {
  return { n: minor * BigInt(basisPoints), d: basisPointsOfWhole };
}

/** The exact sum; nothing is rounded. Without fractions it is zero. */
export function addFractions(...fractions: readonly Fraction[]): Fraction {
  const [first = { n: 0n, d: 1n }, ...others] = fractions;
  let { n, d } = first;
  for (const other of others) {
    if (other.d === d) n += other.n;
    else if (d % other.d === 0n) n += other.n * (d / other.d);
    else {
      const common = (d / greatestCommonDivisor(d, other.d)) * other.d;
      n = n * (common / d) + other.n * (common / other.d);
      d = common;
    }
  }
  return { n, d };
}

/** The nearest whole minor unit, a half upwards: 495,890.41 → 495,890 and 0.5 → 1 (reading `rounding`). */
export function roundHalfUp({ n, d }: Fraction): bigint {
  return floorOf(2n * n + d, 2n * d);
}

/** The whole minor units in it, the rest dropped downwards (reading `rounding`, for caps). */
export function roundDown({ n, d }: Fraction): bigint {
  return floorOf(n, d);
}

/**
 * The most that an amount may become when it rises by at most so many basis points (reading `rounding`: caps round
 * down): 333.33 and 5 % → 349.99. Ebiexperts 7.6.
 */
export function capped(minor: bigint, basisPoints: number): bigint {
  return roundDown(basisPointsOf(minor, 10_000 + basisPoints));
}

/**
 * The total divided in proportion to the weights, in whole minor units that add up to it: each gets its share
 * rounded down, and the units left go to the largest remainders, to the earlier of two that tie.
 * @throws RangeError when the total or a weight is negative, or when all weights are zero and the total is not
 */
export function split(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total < 0n || weights.some((weight) => weight < 0n)) throw new RangeError("a split has neither a negative total nor negative weights");
  if (whole === 0n) {
    if (total !== 0n) throw new RangeError(`nothing to split \`${total}\` minor units by: all weights are zero`);
    return weights.map(() => 0n);
  }
  const parts = weights.map((weight) => (total * weight) / whole);
  const left = total - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder.slice(0, Number(left))) parts[index] = (parts[index] as bigint) + 1n;
  return parts;
}

/** `n / d` rounded towards minus infinity, for a positive `d`; bigint division alone rounds towards zero. */
function floorOf(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
