/**
 * Fetches what questions are asked of: the facts of one account, with the catalog and the policies beside them.
 */

import { byId } from "../../domain/dossier.ts";
import type { Catalog, Dossier, HeldContract } from "../../domain/facts.ts";
import { withPaidThrough } from "../../domain/paid-through.ts";
import type { KnownFacts } from "../../domain/questions/question.ts";
import type { AnswerStore } from "../store/answering.ts";
import type { Snapshot } from "../store/store.ts";
import { policiesOf } from "./policies-of.ts";
import { notFound, type Place, Problem } from "./problem.ts";

/** @param place where the caller named the account. @throws Problem 404 `account-not-found` */
export async function factsOf(
  call: { store: Pick<AnswerStore, "readFacts"> },
  accountId: string,
  knownAt: number | null,
  place: Place = "path",
): Promise<Snapshot> {
  const snapshot = await call.store.readFacts(accountId, knownAt);
  if (snapshot === null) throw accountNotFound(accountId, place);
  return snapshot;
}

export function accountNotFound(accountId: string, place: Place = "path"): Problem {
  return new Problem(
    404,
    "account-not-found",
    `there is no account \`${accountId}\`, or there was none then: write it with \`PUT /v1/accounts/${accountId}\``,
    {
      errors: [{ in: place, pointer: "/accountId", detail: "is not known" }],
    },
  );
}

export function knownFactsOf({ dossier, catalog }: { dossier: Dossier; catalog: Catalog }): KnownFacts {
  return { dossier: withPaidThrough(dossier), catalog, policies: policiesOf(catalog) };
}

/** The contract that the caller named. @throws Problem 404 `contract-not-found` */
export function contractOf(dossier: Dossier, contractId: string, place: Place = "path"): HeldContract {
  const contract = byId(dossier.contracts, "contractId", contractId);
  if (contract === undefined) throw notFound("contract", "contractId", contractId, place);
  return contract;
}
