/** How a policy that ships with the product is written down: held to its shape, and to its own clauses, by the compiler. */
import type { Clause, Policy } from "./policy.ts";

/** The same shape, with each `clause` that is cited one of the policy's own. */
type Citing<T, Id extends string> = T extends readonly (infer Item)[]
  ? readonly Citing<Item, Id>[]
  : T extends object
    ? { [Key in keyof T]: Key extends "clause" ? Id : Citing<T[Key], Id> }
    : T;

type ClauseOf<Id extends string> = { id: Id } & Citing<Omit<Clause, "id">, NoInfer<Id>>;
export type PolicyOf<Id extends string> = Omit<Policy, "clauses"> & { clauses: readonly ClauseOf<Id>[] };

/** A shipped policy. Citing a clause that the policy does not list does not compile. */
export function definePolicy<const Id extends string>(source: PolicyOf<Id>): Policy {
  return source as unknown as Policy;
}
