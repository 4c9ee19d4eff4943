/** Says what the rows of an account would do to it, and writes nothing. */
import type { Snapshot, Store } from "../store/store.ts";
import { rejectedAll } from "./commit-account.ts";
import { isIdentifier } from "./ids.ts";
import type { Present } from "./merge.ts";
import { patiently } from "./patience.ts";
import { planFor } from "./plan.ts";
import type { Row, RowResult } from "./rows.ts";
import type { Act } from "./walk.ts";

export async function previewing(store: Store, present: Present): Promise<Act<Row>> {
  const { catalog } = await patiently(() => store.readCatalog(null));
  const said = (rows: readonly Row[], facts: Snapshot | null): RowResult[] => planFor(rows, present, facts ?? { dossier: null, catalog }).results;
  return {
    async together(accounts) {
      // What stands in the cell of an id may be none: no account has it.
      const ids = accounts.map(([accountId]) => accountId).filter(isIdentifier);
      const snapshots = await patiently(() => store.readFactsOfMany(ids));
      const facts = new Map(ids.map((id, n) => [id, snapshots[n] ?? null]));
      return accounts.map(([accountId, rows]) => said(rows, facts.get(accountId) ?? null));
    },

    async alone([accountId, rows]) {
      return said(rows, isIdentifier(accountId) ? await patiently(() => store.readFacts(accountId, null)) : null);
    },

    failed: rejectedAll,
  };
}
