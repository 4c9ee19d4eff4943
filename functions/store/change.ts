/**
 * A command: decided on the newest facts and written with its log entry, records, events and reply at once, or not at
 * all. Who is outrun by another writer decides again on fresh facts, so no update is lost and none is overwritten.
 */
import type { Catalog, Dossier } from "../../domain/facts.ts";
import { listedFields } from "./accounts.ts";
import { toBeVisited } from "./agenda.ts";
import { sha256 } from "./canonical.ts";
import { catalogFolding, dossierFolding, type Folding } from "./documents.ts";
import type { Table } from "./dynamo.ts";
import { AlreadyAnswered, TooLarge } from "./errors.ts";
import { entryHash, findOperation, type Known, knownFields, type LogEntry, nothingYet } from "./history.ts";
import { logKey, logSort, manifestKey, ownerKey, snapshotSort } from "./owners.ts";
import { type Item, pack, partKeysOf } from "./packing.ts";
import { isSamePerson, personAt, personItem } from "./persons.ts";
import { factsDigest, type Newest, type Reading } from "./reading.ts";
import type { Changed, Command, Current, Effects, FactWrite, LogOwner, Person, PersonWrite } from "./store.ts";
import { addEvents, addNew, execute, mostActions, newPlan, Patience, type Plan, type Stamp, stampFields } from "./writing.ts";

const versionsPerSnapshot = 50;

/** A command that was decided, and not written yet. */
export interface Try<T> {
  plan: Plan;
  result: Changed<T>;
  /** The version it was decided on, and when that was recorded. */
  on: Known<unknown>;
  /** Parts of the text that it replaces. */
  replaced: Item[];
  refused: boolean;
}

export type Changes = ReturnType<typeof openChanges>;

export function openChanges(table: Table, reading: Reading, now: () => number) {
  const last = new Map<string, Promise<unknown>>();

  /** Commands of one process on one log wait for each other: only another process can outrun them. */
  async function inTurn<T>(pk: string, run: () => Promise<T>): Promise<T> {
    const turn = (last.get(pk) ?? Promise.resolve()).then(run, run);
    last.set(pk, turn);
    try {
      return await turn;
    } finally {
      if (last.get(pk) === turn) last.delete(pk);
    }
  }

  async function read(owner: LogOwner): Promise<Newest> {
    if (owner !== "catalog") return reading.newest(owner.accountId);
    return { account: nothingYet(dossierFolding("")), accountItem: null, ...(await reading.newestCatalog()) };
  }

  async function run<T>(owner: LogOwner, command: Command<T>): Promise<Changed<T>> {
    const tries: Try<T>[] = [];
    const patience = new Patience();
    try {
      for (;;) {
        const newest = await read(owner);
        const own = owner === "catalog" ? newest.catalog : newest.account;
        const landed = await landedTry(table, ownerKey(owner), command.operationId, tries, own);
        if (landed !== null) return await finish(landed);

        const stamp = { operationId: command.operationId, attempt: tries.length + 1 };
        const next = await decide(owner, command, newest, stamp);
        if (next.plan.actions.length === 0) return next.result;
        tries.push(next);
        const outcome = await execute(table, next.plan, command.operationId);
        if (outcome.is === "written") return await finish(next);
        if (outcome.is === "landed") return await finish(tries[outcome.attempt - 1] ?? next);
        next.refused = outcome.is !== "unclear";
        if (outcome.is === "answered") throw new AlreadyAnswered(outcome.reply);
        await patience.before(outcome.is);
      }
    } finally {
      await forget(tries.flatMap((one) => (one.refused ? one.plan.parts : [])));
    }
  }

  /** The result of a try that was written; what it replaced is removed. */
  async function finish<T>(written: Try<T>): Promise<Changed<T>> {
    written.refused = false;
    await forget(written.replaced);
    return written.result;
  }

  /** Nothing refers to these parts any more. Where removing them fails they stay behind, read by nobody. */
  async function forget(parts: Item[]): Promise<void> {
    const keys = parts.map(({ pk, sk }) => ({ pk, sk }) as Item);
    await table.deleteAll(keys).catch(() => {});
  }

  async function decide<T>(owner: LogOwner, command: Command<T>, newest: Newest, stamp: Stamp): Promise<Try<T>> {
    const { account, catalog } = newest;
    const own = owner === "catalog" ? catalog : account;
    const persons = await personsOf(owner, command.contactIds ?? []);
    const writtenAt = Math.max(now(), own.recordedAt + 1);
    const current: Current = {
      dossier: account.document,
      catalog: catalog.document,
      versions: { account: account.version, catalog: catalog.version },
      recordedAt: { account: account.recordedAt, catalog: catalog.recordedAt },
      factsDigest: factsDigest(account, catalog),
      persons,
      writtenAt,
    };
    const effects = command.decide(current);
    const plan = newPlan(effects, stamp);
    const writing = { plan, stamp, by: command.by, writtenAt, persons: newPersons(effects, persons) };
    const changed =
      owner === "catalog"
        ? addChange("catalog", catalog, catalogFolding, effects.writes, writing)
        : addChange(owner, account, dossierFolding(owner.accountId), effects.writes, writing);
    addEvents(plan, owner, effects.events ?? [], changed ? own.version + 1 : own.version, stamp);
    if (!changed && plan.actions.length > 0) {
      const ConditionCheck = { Key: manifestKey(ownerKey(owner)), ...unchangedSince(own) };
      plan.actions.unshift({ role: "manifest", action: { ConditionCheck } });
    }
    if (plan.actions.length > mostActions)
      throw new TooLarge(`one command stores at most \`${mostActions}\` items at once, got \`${plan.actions.length}\``);
    const item = owner === "catalog" ? newest.catalogItem : newest.accountItem;
    return {
      plan,
      result: { answer: effects.answer, version: changed ? own.version + 1 : own.version, changed },
      on: own,
      replaced: changed && item !== null && !isSnapshotVersion(own.version) ? partKeysOf(item) : [],
      refused: false,
    };
  }

  async function personsOf(owner: LogOwner, contactIds: string[]): Promise<Map<string, Person | null>> {
    if (owner === "catalog") return new Map();
    return new Map(await Promise.all(contactIds.map(async (id) => [id, await personAt(table, owner.accountId, id)] as const)));
  }

  return { change: <T>(owner: LogOwner, command: Command<T>) => inTurn(ownerKey(owner), () => run(owner, command)), decide };
}

interface Writing {
  plan: Plan;
  stamp: Stamp;
  by: string;
  writtenAt: number;
  persons: PersonWrite[];
}

/** Adds the new version, its log entry and at times a snapshot to the plan. @returns false when nothing changes */
function addChange<D extends Dossier | Catalog | null>(
  owner: LogOwner,
  own: Known<D>,
  folding: Folding<D>,
  writes: FactWrite[],
  writing: Writing,
): boolean {
  const { document, effective } = folding.apply(own.document, writes);
  if (effective.length === 0 && writing.persons.length === 0) return false;
  const { plan, stamp } = writing;
  const pk = ownerKey(owner);
  const version = own.version + 1;

  const persons = writing.persons.map(({ contactId, person }) => {
    if (owner === "catalog") throw new Error("the catalog has no contacts");
    const { item, digest } = personItem(owner.accountId, contactId, version, person);
    addNew(plan, "other", { fields: item, parts: [] }, stamp);
    return [contactId, digest] as [string, string];
  });

  const text = folding.text(document);
  const digest = sha256(text);
  const entry: LogEntry = { version, recordedAt: writing.writtenAt, by: writing.by, ...stamp, digest, writes: effective, persons };
  const entryText = JSON.stringify(entry);
  const logHash = entryHash(own.logHash, entryText);
  const packedEntry = pack(logKey(pk), entryText);
  const entryItem = {
    pk: { S: logKey(pk) },
    sk: { S: logSort(entry.recordedAt) },
    version: { N: String(version) },
    hash: { S: logHash },
    ...packedEntry.fields,
  };
  addNew(plan, "other", { fields: entryItem, parts: packedEntry.parts }, stamp);

  const packed = pack(pk, text, owner === "catalog");
  const known = { ...knownFields({ document, version, recordedAt: entry.recordedAt, digest, logHash }), ...packed.fields };
  plan.parts.push(...packed.parts);
  // A snapshot shares the parts of its version: they are then never removed.
  if (isSnapshotVersion(version)) addNew(plan, "other", { fields: { pk: { S: pk }, sk: { S: snapshotSort(version) }, ...known }, parts: [] }, stamp);

  const listed = document !== null && "accountId" in document ? listedFields(document) : {};
  const agenda = owner === "catalog" ? {} : toBeVisited(owner.accountId, writing.writtenAt);
  const Item = { ...manifestKey(pk), ...known, ...listed, ...agenda, ...stampFields(stamp) };
  plan.actions.unshift({ role: "manifest", action: { Put: { Item, ...unchangedSince(own) } } });
  return true;
}

function unchangedSince(known: Known<unknown>) {
  if (known.version === 0) return { ConditionExpression: "attribute_not_exists(pk)" };
  return {
    ConditionExpression: "#version = :version",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":version": { N: String(known.version) } },
  };
}

/** Those that differ from what is known. */
function newPersons(effects: Effects<unknown>, persons: ReadonlyMap<string, Person | null>): PersonWrite[] {
  return (effects.persons ?? []).filter(({ contactId, person }) => {
    const before = persons.get(contactId);
    if (before === undefined) throw new Error(`a command names the contacts whose person it writes: \`${contactId}\` is not in its contactIds`);
    return !isSamePerson(before, person);
  });
}

/** The try that was written although its answer was lost: the newest version is its own, or the log has it further down. */
async function landedTry<T>(table: Table, pk: string, operationId: string, tries: Try<T>[], own: Known<unknown>): Promise<Try<T> | null> {
  const on = tries.at(-1)?.on;
  if (on === undefined || own.version === on.version) return null;
  const found = await findOperation(table, pk, on.recordedAt, operationId);
  return found === null ? null : (tries[found.attempt - 1] ?? null);
}

function isSnapshotVersion(version: number): boolean {
  return version > 0 && version % versionsPerSnapshot === 0;
}
