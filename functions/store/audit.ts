/**
 * Whether a log is whole: every entry follows the one before, every snapshot is what folding gives, and so are the
 * dossier or the catalog that answers are made from. All of these can be thrown away and made again from the log.
 */
import { sha256 } from "./canonical.ts";
import type { Folding } from "./documents.ts";
import { PartGone, pause, type Table } from "./dynamo.ts";
import { Unavailable } from "./errors.ts";
import { between, entriesAfter, type Known, knownOf, nothingYet } from "./history.ts";
import { faultsIn } from "./log-faults.ts";
import { manifestKey, snapshotSort } from "./owners.ts";
import type { LogHead, VerifiedLog } from "./store.ts";

const mostReads = 5;

/** @param anchor where the log was at an earlier time, as somebody else remembers it */
export async function audit<D>(table: Table, pk: string, folding: Folding<D>, anchor: LogHead | null = null): Promise<VerifiedLog> {
  const now = await newest(table, pk, folding);
  if (now === null) return { version: 0, hash: "", problems: ["what is read cannot be read: the manifest or a part of it is damaged"] };
  const problems: string[] = [];
  const digests = new Map<number, string>();
  let known = nothingYet(folding);
  let anchored = anchor === null || anchor.version === 0 ? anchor?.hash : undefined;
  try {
    for await (const { entry, hash } of entriesAfter(table, pk, known, now.version)) {
      const { document } = folding.apply(known.document, entry.writes);
      const digest = sha256(folding.text(document));
      if (digest !== entry.digest) problems.push(`version ${entry.version} does not fold to what was there`);
      digests.set(entry.version, digest);
      known = { document, version: entry.version, recordedAt: entry.recordedAt, digest, logHash: hash };
      if (entry.version === anchor?.version) anchored = hash;
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error;
  }
  problems.push(...(await faultsIn(table, pk, now, known.version)));
  if (known.version === now.version) {
    if (known.logHash !== now.logHash) problems.push("the log does not end as the manifest says");
    if (known.digest !== now.digest || known.digest !== sha256(folding.text(now.document)))
      problems.push("what is read is not what the log folds to");
  }
  problems.push(...(await wrongSnapshots(table, pk, folding, digests)));
  // Where the chain is broken before the anchor, that has been said.
  const reached = anchor !== null && (anchor.version > now.version || anchor.version <= known.version);
  if (reached && anchored !== anchor.hash) problems.push(againstAnchor(anchor, now.version));
  return { version: now.version, hash: now.logHash, problems };
}

/** Null where it is damaged. */
async function newest<D>(table: Table, pk: string, folding: Folding<D>): Promise<Known<D> | null> {
  for (let round = 1; ; round++) {
    try {
      const item = await table.get(manifestKey(pk));
      return item === null ? nothingYet(folding) : knownOf(item, folding.parse(await table.textOf(item)));
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      // A writer may have replaced the parts in between.
      if (!(error instanceof PartGone) || round === mostReads) return null;
      await pause(round, 100);
    }
  }
}

/** Where the chain is broken there are fewer digests: snapshots further on are not held against them. */
async function wrongSnapshots<D>(table: Table, pk: string, folding: Folding<D>, digests: ReadonlyMap<number, string>): Promise<string[]> {
  const problems: string[] = [];
  for await (const item of table.query(between(pk, snapshotSort(0), snapshotSort(9_999_999_999)))) {
    const version = Number(item.version?.N);
    const digest = await digestOf(table, item, folding);
    const folded = digests.get(version);
    if (digest !== item.digest?.S || (folded !== undefined && digest !== folded))
      problems.push(`the snapshot of version ${version} is not what the log folds to`);
  }
  return problems;
}

async function digestOf<D>(table: Table, item: Parameters<Table["textOf"]>[0], folding: Folding<D>): Promise<string | null> {
  try {
    return sha256(folding.text(folding.parse(await table.textOf(item))));
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    return null;
  }
}

function againstAnchor(anchor: LogHead, version: number): string {
  if (anchor.version > version) return `the log was set back: the anchor saw version ${anchor.version}, now it ends at version ${version}`;
  return `the log was rewritten: version ${anchor.version} is not the one that the anchor saw`;
}
