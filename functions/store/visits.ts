/**
 * A visit to an account, or to the catalog: what became true is announced, what comes next goes on the agenda, both at
 * once and only on the facts that were looked at. However often and by however many an account is visited, each event is
 * written once: it has one place by its name, and whoever finds it there knows that it is done.
 */
import type { Catalog, Dossier } from "../../domain/facts.ts";
import { agendaFields } from "./agenda.ts";
import { type Action, AnswerLost, Refusal, type Table } from "./dynamo.ts";
import { eventItem } from "./events.ts";
import { between, type Known } from "./history.ts";
import { following, type Ledger, ledgerOf, ledgerSort, packLedger } from "./ledger.ts";
import { manifestKey, ownerKey } from "./owners.ts";
import { type Item, partKeysOf } from "./packing.ts";
import type { Reading } from "./reading.ts";
import type { LogOwner, OutboxEvent, Watch } from "./store.ts";
import { removeWatches, watchesIn } from "./watches.ts";
import { Patience } from "./writing.ts";

/** What a visit finds. */
export interface Visited {
  /** null: no such account, or the catalog is visited. */
  dossier: Dossier | null;
  catalog: Catalog;
  /** By contract id: when it was recorded, in milliseconds. */
  followed: ReadonlyMap<string, number>;
  watches: readonly Watch[];
  isDone(mark: string): boolean;
}

/** An event, and the marks by which a later visit knows that it is done. */
export interface Announcement {
  event: OutboxEvent;
  marks: string[];
  /** Its purpose has passed: kept, never sent. */
  missed: boolean;
}

/** What came of looking. */
export interface Found {
  announcements: Announcement[];
  /** When the account is to be visited next, in milliseconds; null: when its facts change. */
  nextAt: number | null;
  /** Watches that are over. */
  settled: readonly Watch[];
}

export interface VisitReport {
  announced: number;
  missed: number;
}

type Setback = "outrun" | "conflict" | "busy" | "unclear";

/** A transaction holds a hundred items; two are the ledger and the manifest. */
const eventsPerWrite = 90;

export type Look = (visited: Visited) => Found | Promise<Found>;

export function openVisits(table: Table, reading: Reading) {
  /** @throws Unavailable, and whatever the account's items or `look` bring up */
  return async (owner: LogOwner, look: Look): Promise<VisitReport> => {
    const patience = new Patience();
    const there = new Set<string>();
    const report: VisitReport = { announced: 0, missed: 0 };
    for (;;) {
      const seen = await see(table, reading, owner);
      const found = await look(visitedOf(seen));
      const outcome = await write(table, seen, found, there, report);
      if (outcome !== "written") {
        await patience.before(outcome);
        continue;
      }
      if (owner !== "catalog" && found.settled.length > 0) await removeWatches(table, owner.accountId, found.settled);
      return report;
    }
  };
}

interface Seen {
  owner: LogOwner;
  own: Known<unknown>;
  dossier: Dossier | null;
  catalog: Catalog;
  manifest: Item | null;
  ledger: Ledger;
  /** Whether the ledger is as it was read. */
  isLedgerKept: boolean;
  ledgerItem: Item | undefined;
  watches: Watch[];
}

async function see(table: Table, reading: Reading, owner: LogOwner): Promise<Seen> {
  const [beside, newest] = await Promise.all([itemsBeside(table, owner), owner === "catalog" ? null : reading.newest(owner.accountId)]);
  const { ledgerItem, watches } = beside;
  const ledger = await ledgerOf(table, ledgerItem);
  if (owner === "catalog" || newest === null) {
    const { catalog } = await reading.newestCatalog();
    return { owner, own: catalog, dossier: null, catalog: catalog.document, manifest: null, ledger, isLedgerKept: true, ledgerItem, watches };
  }
  const { account, catalog, accountItem } = newest;
  const followed = await following(table, owner.accountId, ledger, account);
  return {
    owner,
    own: account,
    dossier: account.document,
    catalog: catalog.document,
    manifest: accountItem,
    ledger: followed,
    isLedgerKept: followed === ledger,
    ledgerItem,
    watches,
  };
}

/** The ledger and all watches lie side by side. */
async function itemsBeside(table: Table, owner: LogOwner): Promise<{ ledgerItem: Item | undefined; watches: Watch[] }> {
  const items: Item[] = [];
  for await (const item of table.query(between(ownerKey(owner), ledgerSort, "watch#~"))) items.push(item);
  return { ledgerItem: items.find(({ sk }) => sk?.S === ledgerSort), watches: watchesIn(items) };
}

const visitedOf = ({ dossier, catalog, ledger, watches }: Seen): Visited => ({
  dossier,
  catalog,
  followed: ledger.followed,
  watches,
  isDone: (mark) => ledger.marks.has(mark),
});

/**
 * In as many transactions as it takes; the agenda changes with the last.
 * @param there ids of events that turned out to be there already; added to @param report what is counted
 */
async function write(table: Table, seen: Seen, found: Found, there: Set<string>, report: VisitReport): Promise<"written" | Setback> {
  const pk = ownerKey(seen.owner);
  let { ledger, ledgerItem } = seen;
  const open = [...found.announcements].sort((a, b) => a.event.time - b.event.time || (a.event.id < b.event.id ? -1 : 1));
  do {
    const now = open.splice(0, eventsPerWrite);
    const isLast = open.length === 0;
    const marks = now.flatMap((one) => one.marks);
    const fresh = now.filter(({ event }) => !there.has(event.id));
    const actions: Action[] = [];
    const manifest = manifestAction(seen, isLast ? found.nextAt : undefined);
    if (manifest !== null) actions.push(manifest);
    const keeps = marks.length === 0 && seen.isLedgerKept;
    if (keeps && (manifest === null || "ConditionCheck" in manifest)) return "written";
    const packed = keeps ? null : packLedger(pk, { ...ledger, marks: new Set([...ledger.marks, ...marks]) });
    if (packed !== null) {
      await table.putAll(packed.parts);
      actions.push({ Put: { Item: packed.Item, ...packed.condition } });
    }
    const firstEvent = actions.length;
    for (const { event, missed } of fresh) {
      const Item = eventItem(seen.owner, event, seen.own.version, missed);
      actions.push({ Put: { Item, ConditionExpression: "attribute_not_exists(pk)" } });
    }
    try {
      await table.write(actions);
    } catch (error) {
      if (packed !== null && error instanceof Refusal) await remove(table, packed.parts);
      return outcomeOf(error, (place) => {
        const event = fresh[place - firstEvent]?.event;
        if (place >= firstEvent && event !== undefined) there.add(event.id);
      });
    }
    for (const { missed } of fresh) report[missed ? "missed" : "announced"]++;
    if (packed === null) continue;
    if (ledgerItem !== undefined) await remove(table, partsOf(ledgerItem));
    ledger = { ...ledger, revision: ledger.revision + 1, marks: new Set([...ledger.marks, ...marks]) };
    ledgerItem = packed.Item;
  } while (open.length > 0);
  return "written";
}

/** Nothing refers to them any more; where removing them fails they stay behind, read by nobody. */
const remove = (table: Table, items: Item[]) => table.deleteAll(items.map(({ pk, sk }) => ({ pk, sk }) as Item)).catch(() => {});
const partsOf = (item: Item) => partKeysOf(item);

/**
 * Holds the facts still, and puts the next visit on the agenda. @param nextAt undefined: the agenda stays as it is
 * @returns null where there is nothing to hold: a catalog that was never written
 */
function manifestAction({ owner, own, manifest }: Seen, nextAt: number | null | undefined): Action | null {
  if (own.version === 0) return null;
  const Key = manifestKey(ownerKey(owner));
  const same = {
    ConditionExpression: "#version = :version",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":version": { N: String(own.version) } },
  };
  const check: Action = { ConditionCheck: { Key, ...same } };
  if (owner === "catalog" || nextAt === undefined) return check;
  if (nextAt === null) {
    if (manifest?.agendaKey === undefined && manifest?.unvisited === undefined) return check;
    return { Update: { Key, ...same, UpdateExpression: "REMOVE agendaKey, agendaSort, unvisited" } };
  }
  const { agendaKey, agendaSort } = agendaFields(owner.accountId, nextAt) as { agendaKey: { S: string }; agendaSort: { S: string } };
  if (manifest?.agendaSort?.S === agendaSort.S && manifest.unvisited === undefined) return check;
  const values = { ...same.ExpressionAttributeValues, ":key": agendaKey, ":sort": agendaSort };
  return {
    Update: { Key, ...same, ExpressionAttributeValues: values, UpdateExpression: "SET agendaKey = :key, agendaSort = :sort REMOVE unvisited" },
  };
}

/** What is to be done about a write that was not done; `exists` is told the place of each item that was there already. */
function outcomeOf(error: unknown, exists: (place: number) => void): Setback {
  if (error instanceof AnswerLost) return "unclear";
  if (!(error instanceof Refusal)) throw error;
  const codes = new Set(error.reasons.map((reason) => reason?.code));
  error.reasons.forEach((reason, place) => {
    if (reason?.code === "ConditionalCheckFailed") exists(place);
  });
  if (codes.has("ConditionalCheckFailed")) return "outrun";
  if (codes.has("TransactionConflict")) return "conflict";
  if (codes.has("ThrottlingError") || codes.has("ProvisionedThroughputExceeded")) return "busy";
  throw error.cause;
}
