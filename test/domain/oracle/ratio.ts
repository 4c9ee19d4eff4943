/** Exact ratios of whole numbers, and amounts as whole minor units. */
export interface Ratio {
  over: bigint;
  under: bigint;
}

export const ratio = (over: bigint, under = 1n): Ratio => ({ over, under });

export function plus(a: Ratio, b: Ratio): Ratio {
  return a.under === b.under ? { over: a.over + b.over, under: a.under } : { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

/** To the nearest whole unit, a half up; for amounts that are not negative. */
export function nearest({ over, under }: Ratio): bigint {
  const whole = over / under;
  return 2n * (over - whole * under) >= under ? whole + 1n : whole;
}

/** "1050.00" → 105000 */
export const units = ({ amount }: { amount: string }): bigint => BigInt(amount.split(".").join(""));
