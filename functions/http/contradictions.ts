/**
 * Refuses to record a document that contradicts what is recorded already, or the policy it names.
 */
import { contradictionsOf } from "../../domain/contradictions.ts";
import { Refused } from "../../domain/refusal.ts";
import type { Current } from "../store/store.ts";
import { policiesOf } from "./policies-of.ts";

/**
 * @param at pointer to the document, where it is a part of the body
 * @throws Refused with pointers into the body, answered as 422
 */
export function refuseContradictions(path: string, document: object, { dossier, catalog }: Pick<Current, "dossier" | "catalog">, at = ""): void {
  const contradictions = contradictionsOf(path, document, { dossier, catalog, policies: policiesOf(catalog) });
  if (contradictions.length === 0) return;
  throw new Refused(
    "facts-contradict",
    contradictions.map(({ pointer, detail }) => ({ pointer: at + pointer, detail })),
  );
}
