/** Handles the facts of an account: begins with none, and finds one by its id. */
import type { Account, Dossier } from "./facts.ts";

/** The dossier of an account of which nothing else is known yet. */
export function emptyDossier(accountId: string, known: Account): Dossier {
  const nothing = { licenses: [], premises: [], contracts: [], contacts: [], invoices: [], notices: [], quotes: [], exceptions: [] };
  return { accountId, account: known, ...nothing };
}

/** The item of a list with this id, or undefined. Lists are small for ordinary accounts; a large one is searched once a question. */
export function byId<K extends string, T extends { [key in K]: string }>(list: readonly T[], key: K, id: string | null | undefined): T | undefined {
  return id == null ? undefined : list.find((item) => item[key] === id);
}
