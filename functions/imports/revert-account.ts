/**
 * Undoes what an import wrote to one account, as long as nobody touched it since: each document becomes what it was,
 * and one that was not there is taken back. All of the account, or nothing.
 */
import { contradictionsOf } from "../../domain/contradictions.ts";
import type { Dossier } from "../../domain/facts.ts";
import { policiesOf } from "../http/policies-of.ts";
import { digestOfJson } from "../store/canonical.ts";
import type { Current, FactWrite, Store } from "../store/store.ts";
import type { AccountChange } from "./commit-account.ts";
import { factAt } from "./fact-at.ts";

interface Ids {
  licenseId?: string;
  contractId?: string;
}

/** Null: it is as it was before the import; else why it is not. */
export async function revertAccount(store: Store, importId: string, by: string, accountId: string, change: AccountChange): Promise<string | null> {
  const { answer } = await store.change(
    { accountId },
    {
      operationId: `${importId}.revert.${accountId}`,
      by,
      decide(current) {
        const undo = undoing(change, current.dossier);
        if (typeof undo === "string") return { writes: [], answer: undo };
        const obstacle = obstacleTo(undo, current);
        return obstacle === null ? { writes: undo, answer: null } : { writes: [], answer: obstacle };
      },
    },
  );
  return answer;
}

/** The writes that bring back what was, contracts first and the account last; or which document was touched since. */
function undoing({ paths }: AccountChange, dossier: Dossier | null): FactWrite[] | string {
  const writes: FactWrite[] = [];
  for (const { path, before, after } of paths) {
    const now = factAt(dossier, path);
    if (digestOfJson(now) === digestOfJson(before)) continue;
    if (now === null) return `\`${path}\` was taken back since`;
    if (digestOfJson(now) !== after) return `\`${path}\` was changed since`;
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
