/**
 * Undoes what an import wrote to one account, as long as nobody touched it since: each document becomes what it was,
 * and one that was not there is taken back. All of the account, or nothing.
 */
import { contradictionsOf } from "../../domain/contradictions.ts";
import type { Dossier } from "../../domain/facts.ts";
import { policiesOf } from "../http/policies-of.ts";
import { digestOfJson } from "../store/canonical.ts";
import type { Current, FactWrite, Store, StoredRecord } from "../store/store.ts";
import type { AccountCommand } from "../store/together.ts";
import { type AccountChange, changeIn, recordsOf } from "./commit-account.ts";
import { factAt } from "./fact-at.ts";
import { patiently } from "./patience.ts";
import type { RowResult } from "./rows.ts";
import type { Act } from "./walk.ts";

interface Ids {
  licenseId?: string;
  contractId?: string;
}

/** Answers null: it is as it was before the import; else why it is not. */
function revertCommand(importId: string, by: string, accountId: string, change: AccountChange): AccountCommand<string | null> {
  return {
    accountId,
    operationId: `${importId}.revert.${accountId}`,
    by,
    decide(current) {
      const undo = undoing(change, current.dossier);
      if (typeof undo === "string") return { writes: [], answer: undo };
      const obstacle = obstacleTo(undo, current);
      return obstacle === null ? { writes: undo, answer: null } : { writes: [], answer: obstacle };
    },
  };
}

/** @param importId whose records say what was there before; an account without one was not changed by it */
export function reverting({ imports, change }: Pick<Store, "imports" | "change">, importId: string, by: string): Act<RowResult> {
  const command = (record: StoredRecord) => revertCommand(importId, by, record.accountId, changeIn(record));
  const told = (results: readonly RowResult[], obstacle: string | null) => (obstacle === null ? reverted(results) : notReverted(results, obstacle));
  return {
    async together(accounts) {
      const records = await recordsOf(imports, importId, accounts);
      const changes = await imports.changeTogether([...records.values()].map(command));
      const answers = new Map([...records.keys()].map((accountId, n) => [accountId, changes[n]]));
      return accounts.map(([accountId, results]) => {
        if (!records.has(accountId)) return results;
        const changed = answers.get(accountId);
        return changed == null ? null : told(results, changed.answer);
      });
    },

    alone: (account) =>
      patiently(async () => {
        const [accountId, results] = account;
        const record = (await recordsOf(imports, importId, [account])).get(accountId);
        return record === undefined ? results : told(results, (await change({ accountId }, command(record))).answer);
      }),

    failed: notReverted,
  };
}

function reverted(results: readonly RowResult[]): RowResult[] {
  return results.map((result) => ({ ...result, outcome: "reverted", reasons: [] }));
}

function notReverted(results: readonly RowResult[], detail: string): RowResult[] {
  return results.map((result) => ({ ...result, outcome: "not-reverted", reasons: [{ column: null, detail }] }));
}

/** The writes that bring back what was, contracts first and the account last; or which document was touched since. */
function undoing({ paths }: AccountChange, dossier: Dossier | null): FactWrite[] | string {
  const writes: FactWrite[] = [];
  for (const { path, before, after } of paths) {
    const now = factAt(dossier, path);
    const digest = digestOfJson(now);
    if (digest !== after && digest === digestOfJson(before)) continue;
    if (now === null) return `\`${path}\` was taken back since`;
    if (digest !== after) return `\`${path}\` was changed since`;
    writes.push({ path, value: before });
  }
  return writes.reverse();
}

/** What was recorded since and stands on what would go, or contradicts what would come back. */
function obstacleTo(writes: readonly FactWrite[], { dossier, catalog }: Current): string | null {
  if (dossier === null) return null;
  const gone = new Set(writes.flatMap(({ path, value }) => (value === null ? [path] : [])));
  const others = Object.entries(dossier).flatMap(([kind, list]) => (Array.isArray(list) ? list.map((fact: Ids) => ({ ...fact, list: kind })) : []));
  const below = others.find(({ list, contractId }) => list !== "contracts" && gone.has(`contracts/${contractId}`));
  if (below !== undefined) return `${below.list} were recorded since under \`contracts/${below.contractId}\``;
  const kept = others.filter((fact) => !gone.has(pathOf(fact)));
  if (gone.has("account") && kept.length > 0) return `the account is new with this import, and \`${kept.length}\` facts were recorded below it since`;
  const policies = policiesOf(catalog);
  for (const { path, value } of writes) {
    const [first] = value === null ? [] : contradictionsOf(path, value, { dossier, catalog, policies });
    if (first !== undefined) return `\`${path}\` as it was contradicts what was recorded since: ${first.detail}`;
  }
  return null;
}

/** Only of what an import writes: all else is kept. */
function pathOf({ list, licenseId, contractId }: Ids & { list: string }): string {
  if (list === "licenses") return `licenses/${licenseId}`;
  return list === "contracts" ? `contracts/${contractId}` : list;
}
