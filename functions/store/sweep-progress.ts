/**
 * How far the sweep has come, and how its last run went; and accounts that could not be visited, set aside for a day.
 */
import { agendaFields } from "./agenda.ts";
import { Refusal, type Table } from "./dynamo.ts";
import { ledgerSort } from "./ledger.ts";
import { manifestKey, ownerKey } from "./owners.ts";
import type { Item } from "./packing.ts";

export interface SweepProgress {
  /** Everything due before this instant was seen to. null: no sweep has finished yet. */
  mark: number | null;
  /** What all accounts depend on, as it was when all of them were last visited. */
  walkedFor: string | null;
  /** A round of visits to all accounts that is under way: what for, and the last account it came to. */
  walk: { for: string; after: string | null } | null;
}

/** How a run of the sweep went. Instants in milliseconds. */
export interface SweepRun {
  asOf: number;
  startedAt: number;
  finishedAt: number;
  visited: number;
  announced: number;
  missed: number;
  /** Accounts that could not be visited, and why; at most 50, `quarantinedCount` counts them all. */
  quarantined: { accountId: string; reason: string }[];
  quarantinedCount: number;
  /** False: time ran out, or the table was too busy. The next run goes on from there. */
  finished: boolean;
}

const progressKey: Item = { pk: { S: "sweep" }, sk: { S: "progress" } };
const lastKey: Item = { pk: { S: "sweep" }, sk: { S: "last" } };

export function openProgress(table: Table) {
  return {
    async read(): Promise<{ progress: SweepProgress; revision: number }> {
      const item = await table.get(progressKey);
      if (item === null) return { progress: { mark: null, walkedFor: null, walk: null }, revision: 0 };
      return { progress: JSON.parse(item.text?.S ?? ""), revision: Number(item.revision?.N) };
    },

    /** @returns false when another run was faster: it is to be read again */
    async save(progress: SweepProgress, revision: number): Promise<boolean> {
      const Item = { ...progressKey, revision: { N: String(revision + 1) }, text: { S: JSON.stringify(progress) } };
      const unchanged =
        revision === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": { N: String(revision) } } };
      try {
        await table.write([{ Put: { Item, ...unchanged } }]);
        return true;
      } catch (error) {
        if (error instanceof Refusal) return false;
        throw error;
      }
    },

    async readLast(): Promise<SweepRun | null> {
      const item = await table.get(lastKey);
      return item === null ? null : JSON.parse(item.text?.S ?? "");
    },

    /** The last run is the one that began last: one that ends after its own retry leaves the retry's result. */
    async saveLast(run: SweepRun): Promise<void> {
      const Item = { ...lastKey, text: { S: JSON.stringify(run) }, startedAt: { N: String(run.startedAt) } };
      // Reading: of two that began in the same millisecond, either is the last.
      const newest = {
        ConditionExpression: "attribute_not_exists(startedAt) OR startedAt <= :startedAt",
        ExpressionAttributeValues: { ":startedAt": { N: String(run.startedAt) } },
      };
      try {
        await table.write([{ Put: { Item, ...newest } }]);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    },

    /**
     * Sets an account aside that cannot be visited: its next visit is at `until`, the reason stands beside its dossier.
     * Nothing of it is read, so that nothing in it can keep this from being done. A change of its facts puts it back.
     */
    async quarantine(accountId: string, until: number, reason: string): Promise<void> {
      const { agendaKey, agendaSort } = agendaFields(accountId, until) as { agendaKey: { S: string }; agendaSort: { S: string } };
      const pk = ownerKey({ accountId });
      const move = {
        Key: manifestKey(pk),
        UpdateExpression: "SET agendaKey = :key, agendaSort = :sort REMOVE unvisited",
        // A watch is on the agenda by itself, and may outlast its account.
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":key": agendaKey, ":sort": agendaSort },
      };
      const why = {
        Key: { pk: { S: pk }, sk: { S: ledgerSort } } as Item,
        UpdateExpression: "SET quarantinedFor = :reason, quarantinedUntil = :until",
        ExpressionAttributeValues: { ":reason": { S: reason.slice(0, 1_000) }, ":until": { N: String(until) } },
      };
      try {
        await table.write([{ Update: move }, { Update: why }]);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    },
  };
}
