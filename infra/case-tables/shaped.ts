/** Holds what a table states to the product's own shapes; what they do not take is told in the words of the table. */
import type { BodyShape } from "../../functions/http/operation.ts";
import { Problem } from "../../functions/http/problem.ts";
import { parseShape } from "../../functions/http/shape-errors.ts";

/**
 * @param whose of what it is stated: "invoice `inv-1`"
 * @throws Error, with each column that is wrong
 */
export function shaped<T>(schema: BodyShape<T>, stated: unknown, whose: string): T {
  try {
    return parseShape(schema, stated, "body");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Error(error.errors.map(({ pointer, detail }) => `${whose}, \`${columnAt(pointer)}\`: ${detail}`).join("; "));
  }
}

/** "/lines/0/annualFee" → "lines 0 annual fee" */
export const columnAt = (pointer: string) =>
  pointer
    .slice(1)
    .replaceAll("/", " ")
    .replaceAll("~1", "/")
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
