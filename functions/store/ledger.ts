/**
 * What was announced of an account, and since when each of its contracts is followed: one small text beside the dossier.
 * It saves asking for each event whether it is there; lost, it is made again, because an event has one place by its name.
 */
import type { Dossier } from "../../domain/facts.ts";
import type { Table } from "./dynamo.ts";
import { between, type Known, type LogEntry } from "./history.ts";
import { logKey, logSort, ownerKey } from "./owners.ts";
import { type Item, pack } from "./packing.ts";

export interface Ledger {
  /** Counts the writes; 0: none yet. */
  revision: number;
  /** By contract id: when the contract was recorded, in milliseconds. What was true before is history, not news. */
  followed: Map<string, number>;
  /** How far the log was read for it: `recordedAt` of the last entry. */
  readTo: number;
  /** Names of what was announced, or recorded as missed. */
  marks: Set<string>;
}

export const ledgerSort = "sweep";

export async function ledgerOf(table: Table, item: Item | undefined): Promise<Ledger> {
  // An item without a revision holds only why the account could not be visited.
  if (item?.revision === undefined) return { revision: 0, followed: new Map(), readTo: 0, marks: new Set() };
  const [head = "", ...marks] = (await table.textOf(item)).split("\n");
  const { followed, readTo } = JSON.parse(head) as { followed: Record<string, number>; readTo: number };
  return { revision: Number(item.revision.N), followed: new Map(Object.entries(followed)), readTo, marks: new Set(marks) };
}

/** The next revision as an item, with its parts. It takes the place of whatever kept the account from being visited. */
export function packLedger(pk: string, { revision, followed, readTo, marks }: Ledger): { Item: Item; parts: Item[]; condition: object } {
  const { fields, parts } = pack(pk, [JSON.stringify({ followed: Object.fromEntries(followed), readTo }), ...marks].join("\n"));
  const condition =
    revision === 0
      ? { ConditionExpression: "attribute_not_exists(revision)" }
      : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: { ":revision": { N: String(revision) } } };
  return { Item: { pk: { S: pk }, sk: { S: ledgerSort }, revision: { N: String(revision + 1) }, ...fields }, parts, condition };
}

/** The ledger with every contract that there is now, and no other. New ones are followed since they were recorded. */
export async function following(table: Table, accountId: string, ledger: Ledger, account: Known<Dossier | null>): Promise<Ledger> {
  const contractIds = account.document?.contracts.map(({ contractId }) => contractId) ?? [];
  if (contractIds.length === ledger.followed.size && contractIds.every((id) => ledger.followed.has(id))) return ledger;
  const recorded = contractIds.every((id) => ledger.followed.has(id)) ? new Map() : await firstRecorded(table, accountId, ledger.readTo);
  const since = (id: string): number => ledger.followed.get(id) ?? recorded.get(id) ?? account.recordedAt;
  return { ...ledger, followed: new Map(contractIds.map((id) => [id, since(id)])), readTo: account.recordedAt };
}

/** When each contract was first written after an instant; anew where it was taken back in between. */
async function firstRecorded(table: Table, accountId: string, after: number): Promise<Map<string, number>> {
  const recorded = new Map<string, number>();
  for await (const item of table.query(between(logKey(ownerKey({ accountId })), logSort(after + 1), "log#~"))) {
    const { writes, recordedAt } = JSON.parse(await table.textOf(item)) as LogEntry;
    for (const { path, value } of writes) {
      const [kind, contractId] = path.split("/") as [string, string];
      if (path === "account" && value === null) recorded.clear();
      if (kind !== "contracts") continue;
      if (value === null) recorded.delete(contractId);
      else if (!recorded.has(contractId)) recorded.set(contractId, recordedAt);
    }
  }
  return recorded;
}
