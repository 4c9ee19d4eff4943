/**
 * The facts that a command decides on, where there must be an account.
 */
import type { Current, Snapshot } from "../store/store.ts";
import { accountNotFound } from "./known-facts.ts";
import type { Place } from "./problem.ts";

/** @param place where the caller named the account. @throws Problem 404 `account-not-found` */
export function snapshotOf(current: Current, accountId: string, place: Place = "path"): Current & Pick<Snapshot, "dossier"> {
  if (current.dossier === null) throw accountNotFound(accountId, place);
  return { ...current, dossier: current.dossier };
}
