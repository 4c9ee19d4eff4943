/** Reads the facts of accounts that are looked at one after the other some at a time: one request costs what one account does. */
import type { Snapshot, Store } from "../store/store.ts";
import { isIdentifier } from "./ids.ts";
import { patiently } from "./patience.ts";

const atOnce = 40;

/** @returns the facts of the account at an index; null where it is not known, or no account could have its id */
export function lookingAhead(store: Store, accountIds: readonly string[]): (index: number) => Promise<Snapshot | null> {
  let last: { first: number; facts: Promise<Map<string, Snapshot | null>> } | undefined;

  async function read(ids: string[]): Promise<Map<string, Snapshot | null>> {
    const snapshots = await patiently(() => store.readFactsOfMany(ids));
    return new Map(ids.map((id, n) => [id, snapshots[n] ?? null]));
  }

  return async (index) => {
    const accountId = accountIds[index] as string;
    if (!isIdentifier(accountId)) return null;
    const first = index - (index % atOnce);
    if (last === undefined || last.first < first) last = { first, facts: read(accountIds.slice(first, first + atOnce).filter(isIdentifier)) };
    // One that cannot be read must not hold up its neighbors; and who is behind the others reads for itself.
    const facts = last.first === first ? await last.facts.catch(() => null) : null;
    return facts === null ? patiently(() => store.readFacts(accountId, null)) : (facts.get(accountId) ?? null);
  };
}
