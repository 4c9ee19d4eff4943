/** Chance that comes out the same for the same seed: one seed drives a whole simulation, each account by a stream of its own. */
import { type Chance as Draws, chanceFrom as drawsFrom } from "../../infra/local/demo/chance.ts";

export interface Chance extends Pick<Draws, "between" | "oneOf"> {
  /** True once in so many times. */
  onceIn(times: number): boolean;
  /** Some of them, in their order. */
  someOf<T>(choices: readonly T[]): T[];
  /** Another stream, told by the name: what is drawn from it changes nothing here. */
  fork(name: string): Chance;
}

/** @param seed 32 bits */
export function chanceFrom(seed: number): Chance {
  const { between, oneOf } = drawsFrom(seed);
  return {
    between,
    oneOf,
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
