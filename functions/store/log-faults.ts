/**
 * What was done to a log that is not whole, in words: which entry was edited, removed, swapped, moved or added, and
 * where the log was cut off. Looks at every entry by itself, where folding stops at the first that does not follow.
 */
import type { Table } from "./dynamo.ts";
import { Unavailable } from "./errors.ts";
import { between, entryHash, type Known, type LogEntry, logEnd } from "./history.ts";
import { logKey, logSort, manifestKey } from "./owners.ts";
import type { Item } from "./packing.ts";

interface Found {
  sort: string;
  /** As its text says; null where that cannot be read. */
  version: number | null;
  /** Where it belongs. */
  ownSort: string | null;
  /** What stands beside the text, and is found by. */
  numbered: number;
  /** Whether its hash is that of its text and of the hash stored with the entry before. */
  follows: boolean;
}

/** @param soundTo the version up to which the log was folded without a fault */
export async function faultsIn(table: Table, pk: string, now: Known<unknown>, soundTo: number): Promise<string[]> {
  if (soundTo === now.version) return faultsAfter(table, pk, now);
  const found: Found[] = [];
  let hash = "";
  for await (const item of table.query(between(logKey(pk), logSort(0), logEnd))) {
    found.push(await look(table, item, hash));
    hash = item.hash?.S ?? "";
  }
  const versions = found.map(({ version, numbered }) => version ?? numbered);
  const faults = [...misplaced(found), ...gaps(new Set(versions), now.version)];
  for (const [place, one] of found.entries()) {
    const version = versions[place] as number;
    if (one.version === null) faults.push(`entry ${version} was edited: it cannot be read`);
    else if (one.numbered !== version) faults.push(`entry ${version} was edited: it is numbered ${one.numbered}`);
    else if (versions.indexOf(version) !== place) faults.push(`entry ${version} was added: it is there twice`);
    else if (!one.follows && one.sort === one.ownSort && (versions[place - 1] ?? 0) === version - 1)
      faults.push(`entry ${version} was edited, or the one before it`);
  }
  return faults.length > 0 ? faults : [`the log does not follow after version ${soundTo}`];
}

async function look(table: Table, item: Item, hashBefore: string): Promise<Found> {
  const beside = { sort: item.sk?.S ?? "", numbered: Number(item.version?.N) };
  try {
    const text = await table.textOf(item);
    const entry = JSON.parse(text) as LogEntry;
    return { ...beside, version: entry.version, ownSort: logSort(entry.recordedAt), follows: entryHash(hashBefore, text) === item.hash?.S };
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return { ...beside, version: null, ownSort: null, follows: false };
  }
}

/** Two entries in each other's place were swapped; one in another's place was moved. */
function misplaced(found: readonly Found[]): string[] {
  return found.flatMap((one) => {
    if (one.ownSort === null || one.ownSort === one.sort) return [];
    const other = found.find(({ sort, ownSort }) => sort === one.ownSort && ownSort === one.sort);
    if (other === undefined) return [`entry ${one.version} was moved to another time`];
    return one.sort < other.sort ? [`entries ${other.version} and ${one.version} were swapped`] : [];
  });
}

/** Versions of which there is no entry. */
function gaps(there: ReadonlySet<number>, last: number): string[] {
  const faults: string[] = [];
  for (let version = 1; version <= last; version++) {
    if (there.has(version)) continue;
    const first = version;
    while (version < last && !there.has(version + 1)) version++;
    const which = first === version ? `entry ${first} was` : `entries ${first} to ${version} were`;
    faults.push(version === last ? `${which} cut off: the manifest names version ${last}` : `${which} removed`);
  }
  return faults;
}

/** Entries that the manifest does not know of. One that was written during the audit is no fault: the manifest goes with it. */
async function faultsAfter(table: Table, pk: string, now: Known<unknown>): Promise<string[]> {
  let last = now.version;
  for await (const { version } of table.query(between(logKey(pk), logSort(now.recordedAt + (now.version === 0 ? 0 : 1)), logEnd)))
    last = Math.max(last, Number(version?.N));
  if (last === now.version) return [];
  const manifest = await table.get(manifestKey(pk));
  if (Number(manifest?.version?.N ?? 0) >= last) return [];
  if (manifest === null) return [`the manifest was removed: the log goes on to version ${last}`];
  return [`the manifest was set back to version ${now.version}: the log goes on to version ${last}`];
}
