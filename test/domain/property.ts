/**
 * Invariants as properties that take the function under test, so that each can be shown to catch a broken one.
 */
import fc, { type IProperty } from "fast-check";
import { expect, test } from "vitest";

/**
 * The invariant holds for the right function, and the same property fails for every broken variant.
 * A failure of the right one prints its seed; the broken ones are always tried with the same.
 */
export function invariant<F, Ts>(
  name: string,
  propertyOf: (candidate: F) => IProperty<Ts>,
  right: F,
  broken: Record<string, F>,
  numRuns = 300,
): void {
  test(name, () => fc.assert(propertyOf(right), { numRuns }));
  for (const [variant, wrong] of Object.entries(broken)) {
    test(`${name} — would catch: ${variant}`, () => {
      expect(fc.check(propertyOf(wrong), { numRuns: 10 * numRuns, endOnFailure: true, seed: 2026 }).failed).toBe(true);
    });
  }
}
