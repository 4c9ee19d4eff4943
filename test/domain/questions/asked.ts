/** Small facts that questions are asked of: an account with one license and one contract under a made-up policy, changed where a test needs it. */
import type * as z from "zod";
import { type PolicyBook, policyBook } from "../../../domain/compiled-policy.ts";
import { emptyDossier } from "../../../domain/dossier.ts";
import type { Catalog, Dossier } from "../../../domain/facts.ts";
import { type Policy, policy as policyShape } from "../../../domain/policy.ts";
import type { AsOf, KnownFacts } from "../../../domain/questions/question.ts";
import { parseInstant } from "../../../domain/time/instant.ts";
import { contract, license, product } from "../conditions/asked.ts";

export type PolicyText = Partial<z.input<typeof policyShape>>;

/** A policy in Zurich that says nothing but what a test lets it say. */
export const policyOf = (text: PolicyText): Policy =>
  policyShape.parse({
    id: "acme-support",
    version: "1",
    vendor: "Acme",
    title: "Acme Support",
    zone: "Europe/Zurich",
    programs: ["gold", "silver"],
    severities: [],
    calendars: {},
    readings: [],
    clauses: [{ id: "1", says: "nothing", informs: "nothing" }],
    ...text,
  });

export const bookOf = (...policies: PolicyText[]): PolicyBook => policyBook(policies.map(policyOf));

export function factsOf(policies: PolicyBook, dossier: Partial<Dossier> = {}, catalog: Partial<Catalog> = {}): KnownFacts {
  return {
    dossier: {
      ...emptyDossier("acme", { name: "Acme" }),
      licenses: [license("l-1")],
      contracts: [contract("c-1", ["l-1"])],
      ...dossier,
    },
    catalog: { products: [product("p-1")], priceLists: [], policies: [], ...catalog },
    policies,
  };
}

/** A day, or an instant. */
export const asOf = (text: string): AsOf => (text.includes("T") ? { instant: parseInstant(text) } : { date: text });
