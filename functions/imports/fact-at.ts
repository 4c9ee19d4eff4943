/** The document that a path of the log names, as it was written: without its id. */
import { byId } from "../../domain/dossier.ts";
import type { Account, Dossier } from "../../domain/facts.ts";

/** @param path `account`, `licenses/{id}` or `contracts/{id}`: what an import writes */
export function factAt(dossier: Dossier | null, path: string): object | null {
  if (dossier === null) return null;
  if (path === "account") return dossier.account satisfies Account;
  const slash = path.indexOf("/");
  const id = path.slice(slash + 1);
  const kind = path.slice(0, slash);
  const found = kind === "licenses" ? byId(dossier.licenses, "licenseId", id) : byId(dossier.contracts, "contractId", id);
  if (found === undefined) return null;
  const { [kind === "licenses" ? "licenseId" : "contractId"]: _, ...document } = found as Record<string, unknown>;
  return document;
}
