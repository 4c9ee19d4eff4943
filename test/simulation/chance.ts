/** Chance that comes out the same for the same seed: one seed drives a whole simulation, each account by a stream of its own. */
export interface Chance {
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  oneOf<T>(choices: readonly T[]): T;
  /** True once in so many times. */
  onceIn(times: number): boolean;
  /** Some of them, in their order. */
  someOf<T>(choices: readonly T[]): T[];
  /** Another stream, told by the name: what is drawn from it changes nothing here. */
  fork(name: string): Chance;
}

/** mulberry32 over a seed of 32 bits. */
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
    onceIn: (times) => between(1, times) === 1,
    someOf: (choices) => choices.filter(() => between(0, 1) === 1),
    fork: (name) => chanceFrom(mixed(seed, name)),
  };
}

/** FNV-1a over the name, begun with the seed. */
function mixed(seed: number, name: string): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let n = 0; n < name.length; n++) hash = Math.imul(hash ^ name.charCodeAt(n), 16777619) >>> 0;
  return hash;
}
