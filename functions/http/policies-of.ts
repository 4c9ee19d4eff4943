/**
 * All policies that questions are asked of: those that ship with the product and the operator's own in the catalog.
 */
import { type PolicyBook, withOwn } from "../../domain/compiled-policy.ts";
import type { Catalog } from "../../domain/facts.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";

/** The catalog stays in a warm process as one object, and so do the book made of it and what is compiled from that. */
const books = new WeakMap<Catalog, PolicyBook>();

export function policiesOf(catalog: Catalog): PolicyBook {
  let book = books.get(catalog);
  if (book === undefined) {
    book = withOwn(
      shippedPolicies,
      catalog.policies.map(({ policy }) => policy),
    );
    books.set(catalog, book);
  }
  return book;
}
