/** Chance that comes out the same every time: a small seeded generator (mulberry32), for the demo portfolio and for tests. */
export interface Chance {
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  oneOf<T>(choices: readonly T[]): T;
  /** True in so many of a hundred. */
  inHundred(times: number): boolean;
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const between = (least: number, most: number) => least + (next() % (most - least + 1));
  return {
    between,
    oneOf: (choices) => choices[between(0, choices.length - 1)] as (typeof choices)[number],
    inHundred: (times) => between(1, 100) <= times,
  };
}
