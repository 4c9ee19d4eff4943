/**
 * Whether a log is whole: every entry follows the one before, every snapshot is what folding gives, and so are the
 * dossier or the catalog that answers are made from. All of these can be thrown away and made again from the log.
 */
import { sha256 } from "./canonical.ts";
import type { Folding } from "./documents.ts";
import type { Table } from "./dynamo.ts";
import { Corrupt } from "./errors.ts";
import { between, entriesAfter, type Known, knownOf, nothingYet } from "./history.ts";
import { snapshotSort } from "./owners.ts";
import type { LogAudit } from "./store.ts";

export async function audit<D>(table: Table, pk: string, folding: Folding<D>, now: Known<D>): Promise<LogAudit> {
  const problems: string[] = [];
  const digests = new Map<number, string>();
  let known = nothingYet(folding);
  try {
    for await (const { entry, hash } of entriesAfter(table, pk, known, now.version)) {
      const { document } = folding.apply(known.document, entry.writes);
      const digest = sha256(folding.text(document));
      if (digest !== entry.digest) problems.push(`version ${entry.version} does not fold to what was there`);
      digests.set(entry.version, digest);
      known = { document, version: entry.version, recordedAt: entry.recordedAt, digest, logHash: hash };
    }
  } catch (error) {
    if (!(error instanceof Corrupt)) throw error;
    problems.push(error.message);
  }
  if (known.version !== now.version) problems.push(`the log ends at version ${known.version}, expected ${now.version}`);
  else {
    if (known.logHash !== now.logHash) problems.push("the log does not end as the manifest says");
    if (known.digest !== now.digest || known.digest !== sha256(folding.text(now.document)))
      problems.push("what is read is not what the log folds to");
  }
  for await (const item of table.query(between(pk, snapshotSort(0), snapshotSort(9_999_999_999)))) {
    const snapshot = knownOf(item, folding.parse(await table.textOf(item)));
    const digest = sha256(folding.text(snapshot.document));
    if (digest !== snapshot.digest || digest !== digests.get(snapshot.version))
      problems.push(`the snapshot of version ${snapshot.version} is not what the log folds to`);
  }
  return { version: now.version, problems };
}
