/**
 * Where facts, answers and replies are kept, and every way to read or write them.
 * The rest of the service knows this interface; only this folder knows DynamoDB.
 * Instants are milliseconds since 1970-01-01T00:00:00Z. Objects that are read may be shared between requests: do not change them.
 */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Catalog, Dossier } from "../../domain/facts.ts";
import type { AccountDeadline, DeadlineKind, Horizon } from "../../domain/questions/deadlines.ts";
import type { LoggedFact } from "../../domain/questions/what-changed-causes.ts";
import { listAccounts } from "./accounts.ts";
import { dueAccounts } from "./agenda.ts";
import { answering } from "./answering.ts";
import { audit } from "./audit.ts";
import { openChanges } from "./change.ts";
import { listDeadlines } from "./deadline-list.ts";
import { type Derive, openProjection } from "./deadlines.ts";
import { catalogFolding, dossierFolding } from "./documents.ts";
import { openTable } from "./dynamo.ts";
import { Unavailable } from "./errors.ts";
import { openEvents } from "./event-numbers.ts";
import { versionAt } from "./history.ts";
import { type ImportStore, importStore } from "./imports.ts";
import { catalogKey, everyOwner, manifestKey, ownerKey } from "./owners.ts";
import { erasePerson, personAt, personsAt } from "./persons.ts";
import { putRecords } from "./put-records.ts";
import { openReading } from "./reading.ts";
import { getRecord, listDecisionsByCase, listRecords } from "./records.ts";
import { openProgress } from "./sweep-progress.ts";
import { openTogether } from "./together.ts";
import { type Look, openVisits, type VisitReport } from "./visits.ts";

export { digestOfJson } from "./canonical.ts";
export { daysRemembered } from "./deadlines.ts";
export { AlreadyAnswered, TooLarge, Unavailable } from "./errors.ts";
export { type EventPlace, isEventPlace, type NumberedEvent } from "./event-numbers.ts";
export type { SweepProgress, SweepRun } from "./sweep-progress.ts";
export type { Announcement, Found, Visited, VisitReport } from "./visits.ts";

/** Whose log it is: an account's, or the one catalog's. */
export type LogOwner = { accountId: string } | "catalog";

/** How many commands had changed each log; 0 before the first. */
export interface Versions {
  account: number;
  catalog: number;
}

/**
 * What was known at one moment. By its `versions` it can always be read again to the byte.
 * By an instant, take the later of the two `recordedAt`: a log is never written at or before its last entry. The wall
 * clock of the read is no such instant, since a write that was under way then may carry an earlier one.
 */
export interface Snapshot {
  dossier: Dossier;
  catalog: Catalog;
  versions: Versions;
  /** When the last change of each was recorded; 0 for a catalog that was never written. */
  recordedAt: Versions;
  /** `sha256:` and 64 hex digits over the dossier and the catalog. */
  factsDigest: string;
}

/** What is known of a contact as a person. Kept apart from the facts, so that it can be erased. */
export interface Person {
  name: string;
  email: string | null;
  phone: string | null;
}

/**
 * One fact as it is from now on; `null` takes it back.
 * Paths: `account`, `licenses/{id}`, `premises/{id}`, `contracts/{id}`, `contacts/{id}` (without name, email, phone), `invoices/{id}`,
 * `notices/{id}`, `quotes/{id}`, `exceptions/{id}`; in the catalog `products/{id}`, `price-lists/{id}`, `policies/{id}/{version}`. The id comes from the path, not from the document.
 */
export interface FactWrite {
  path: string;
  value: object | null;
}

export interface PersonWrite {
  contactId: string;
  person: Person;
}

/** `import`: what an import changed in one account. */
export type RecordKind = "decision" | "quote" | "notice" | "import";

/** An answer that was given: never changed, always returned as it was. */
export interface StoredRecord {
  kind: RecordKind;
  /** Unique, and sorted by time among records of its kind. */
  id: string;
  accountId: string;
  /** The case that it was asked for, where there is one. */
  caseId: string | null;
  /** When it was answered. */
  recordedAt: number;
  /** What was asked, for a replay. */
  question: object;
  /** The JSON text that was returned. */
  answer: string;
  /** Which versions of the facts it stands on. */
  versions: Versions;
  /** What is to be done by an instant, to be announced when it was not. Not read back. */
  watches?: Watch[];
}

/** Something that the customer was given to do by an instant. */
export interface Watch {
  /** The same for the same thing, whoever asked and however often. */
  key: string;
  decisionId: string;
  contractId: string | null;
  caseId: string | null;
  what: string;
  clause: string;
  dueAt: number;
}

/** What became true; announced once the write that made it true is in. */
export interface OutboxEvent {
  /** Unique: an event whose id is there already fails the write. */
  id: string;
  /** Such as `notice.ruled`. */
  type: string;
  /** The account. */
  subject: string;
  time: number;
  data: object;
}

export interface ReplyKey {
  caller: string;
  /** Such as `POST /v1/quotes`. */
  route: string;
  /** The caller's Idempotency-Key. */
  key: string;
}

/** What was answered to a request with an idempotency key. */
export interface Reply {
  key: ReplyKey;
  /** sha256 over the canonical JSON of the body: the order of keys does not matter. See `digestOfJson`. */
  bodyHash: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a command decides on. */
export interface Current {
  /** null: no such account. Always null for a command on the catalog. */
  dossier: Dossier | null;
  catalog: Catalog;
  versions: Versions;
  recordedAt: Versions;
  factsDigest: string;
  /** The persons named in the command's `contactIds`; null where nothing is known. */
  persons: ReadonlyMap<string, Person | null>;
  /** When this command will have been recorded, if it changes anything. */
  writtenAt: number;
}

export interface Effects<T> {
  writes: FactWrite[];
  records?: StoredRecord[];
  events?: OutboxEvent[];
  /** Each contact must be among the command's `contactIds`. */
  persons?: PersonWrite[];
  reply?: Reply;
  answer: T;
}

export interface Command<T> {
  /** Unique for each command; the same when it is tried again. */
  operationId: string;
  /** Who did it, for the log. */
  by: string;
  /** Contacts whose person this command looks at or writes. */
  contactIds?: string[];
  /** Called with the newest facts, again after a lost race. What it throws is passed on, and nothing is written. */
  decide(current: Current): Effects<T>;
}

export interface Changed<T> {
  answer: T;
  /** The log's version after the command. */
  version: number;
  /** false: the facts were that way already; no version was made, but records, events and reply were stored. */
  changed: boolean;
}

/** `after`: the last id of the page before, null for the first. */
export interface Page {
  /** 1 or more. */
  limit: number;
  after: string | null;
}

export interface ListedAccount {
  accountId: string;
  name: string;
  customerNumber: string | null;
  /** Of its contracts, in order. */
  policyIds: string[];
}

export interface AccountFilter {
  /** Part of the id, the name or the customer number, in any case. */
  q?: string;
  /** Only accounts with a contract under this policy. */
  policyId?: string;
}

/** A deadline as the list keeps it. */
export interface ListedDeadline extends AccountDeadline {
  /** The same as long as it is the deadline of the same thing; 32 hex digits. */
  id: string;
  /** Rises whenever a reader would notice a change. */
  sequence: number;
  /** When the facts were recorded that made it what it is. */
  updatedAt: number;
  /** When it was found to be no more; null: it is due. */
  canceledAt: number | null;
}

export interface DeadlineFilter {
  /** Both days are in it. */
  firstDay: string;
  lastDay: string;
  kind?: DeadlineKind;
  accountId?: string;
  /** Also those that were canceled since then; absent: none. */
  canceledSince?: number;
}

/** Whether a log is whole: every entry in its place, and folding it gives what is read. */
export interface LogAudit {
  version: number;
  /** Empty when all is well. */
  problems: string[];
}

/** Where a log ends: enough to notice later that it was set back or rewritten. */
export interface LogHead {
  version: number;
  /** Of its last entry, and with it of all before; empty at version 0. */
  hash: string;
}

export interface VerifiedLog extends LogHead, LogAudit {}

/** All of it throws `Unavailable` when the table cannot be reached or is too busy. */
export interface Store {
  /** null: the account was not known (then). `knownAt` null: the newest, in one strongly consistent read. */
  readFacts(accountId: string, knownAt: number | null): Promise<Snapshot | null>;
  /** The newest of several accounts, in their order, with fewer requests; for work that goes through many. */
  readFactsOfMany(accountIds: readonly string[]): Promise<(Snapshot | null)[]>;
  /** The facts as a stored record used them. @throws Error when there never was such a version */
  readFactsAtVersions(accountId: string, versions: Versions): Promise<Snapshot>;
  /** What was written after one state of the facts, up to another: the account's log, then the catalog's. */
  writesBetween(accountId: string, from: Versions, to: Versions): Promise<LoggedFact[]>;
  readCatalog(knownAt: number | null): Promise<{ catalog: Catalog; version: number; recordedAt: number }>;
  /** null: never written, or erased. Whether the contact was there then is in the dossier. */
  readPerson(accountId: string, contactId: string, knownAt: number | null): Promise<Person | null>;
  /** All persons of an account, by contact id. */
  readPersons(accountId: string, knownAt: number | null): Promise<Map<string, Person>>;
  /** Removes name, mail address and phone number of a contact, now and at every earlier `knownAt`. */
  erasePerson(accountId: string, contactId: string): Promise<void>;
  /** Writes facts and all that belongs to them at once, or nothing. @throws AlreadyAnswered, TooLarge */
  change<T>(owner: LogOwner, command: Command<T>): Promise<Changed<T>>;
  putRecord(record: StoredRecord, reply?: Reply, events?: OutboxEvent[]): Promise<"stored" | { replay: Reply }>;
  /** Several records with one reply, at once (more than 99 in several steps, the reply with the last). */
  putRecords(records: StoredRecord[], reply?: Reply, events?: OutboxEvent[]): Promise<"stored" | { replay: Reply }>;
  getRecord(kind: RecordKind, id: string): Promise<StoredRecord | null>;
  /** Newest first. `after`: null on the last page. */
  listRecords(kind: RecordKind, accountId: string, page: Page): Promise<{ records: StoredRecord[]; after: string | null }>;
  /** Newest first, of all accounts. */
  listDecisionsByCase(caseId: string, page: Page): Promise<{ records: StoredRecord[]; after: string | null }>;
  /** In the order of their ids. */
  listAccounts(page: Page, filter?: AccountFilter): Promise<{ accounts: ListedAccount[]; after: string | null }>;
  findReply(key: ReplyKey): Promise<Reply | null>;
  /** How far bulk imports have come, and what became of their rows. */
  imports: ImportStore;
  /** Brings an account's part of the list of deadlines up to its newest facts. Safe to repeat, and twice at once. */
  projectDeadlines(accountId: string, now: number, horizon: Horizon, derive: Derive): Promise<void>;
  /** Of all accounts, by day. An account that was visited a moment ago may show a moment later. */
  listDeadlines(filter: DeadlineFilter, page: Page): Promise<{ deadlines: ListedDeadline[]; after: string | null }>;
  /** Accounts with something due between the two instants, each at least once; what was written a moment ago may be missing. */
  dueAccounts(from: number, upTo: number): AsyncGenerator<string>;
  /** Announces what `look` finds that is not announced yet, and puts the next visit on the agenda. */
  visit(owner: LogOwner, look: Look): Promise<VisitReport>;
  sweeps: SweepProgressStore;
  events: EventStore;
  /** Folds a log from its first entry and compares. Reads all of it. */
  auditLog(owner: LogOwner): Promise<LogAudit>;
  /** The same, held against where the log ended earlier as the caller remembers it; null: nothing is remembered. */
  verifyLog(owner: LogOwner, anchor: LogHead | null): Promise<VerifiedLog>;
  /** Everybody who has a log, in no order. Reads the whole table. */
  logOwners(): AsyncIterable<LogOwner>;
  /** @throws Unavailable when the table cannot be read */
  health(): Promise<void>;
}

type SweepProgressStore = ReturnType<typeof openProgress>;
type EventStore = ReturnType<typeof openEvents>;

export interface StoreOptions {
  /** Another endpoint than AWS's: the embedded store. */
  endpoint?: string;
  tableName: string;
  client?: DynamoDBClient;
  now: () => number;
}

export function openStore(options: StoreOptions): Store {
  const table = openTable(options);
  const reading = openReading(table);
  const changes = openChanges(table, reading, options.now);
  const versionAtOrNow = (accountId: string, knownAt: number | null) =>
    knownAt === null ? undefined : versionAt(table, ownerKey({ accountId }), knownAt);
  const verifyLog = (owner: LogOwner, anchor: LogHead | null): Promise<VerifiedLog> =>
    owner === "catalog" ? audit(table, catalogKey, catalogFolding, anchor) : audit(table, ownerKey(owner), dossierFolding(owner.accountId), anchor);

  return {
    ...answering(table, reading),
    readFactsOfMany: reading.snapshots,
    readFactsAtVersions: reading.snapshotAtVersions,
    writesBetween: reading.writesBetween,
    readPerson: async (accountId, contactId, knownAt) => personAt(table, accountId, contactId, await versionAtOrNow(accountId, knownAt)),
    readPersons: async (accountId, knownAt) => personsAt(table, accountId, await versionAtOrNow(accountId, knownAt)),
    erasePerson: (accountId, contactId) => erasePerson(table, accountId, contactId),
    change: changes.change,
    putRecord: (record, reply, events) => putRecords(table, [record], reply, events),
    getRecord: (kind, id) => getRecord(table, kind, id),
    listRecords: (kind, accountId, page) => listRecords(table, kind, accountId, page),
    listDecisionsByCase: (caseId, page) => listDecisionsByCase(table, caseId, page),
    listAccounts: (page, filter) => listAccounts(table, page, filter),
    imports: importStore(table, openTogether(table, reading, changes)),
    projectDeadlines: openProjection(table, reading),
    listDeadlines: (filter, page) => listDeadlines(table, filter, page),
    dueAccounts: (from, upTo) => dueAccounts(table, from, upTo),
    visit: openVisits(table, reading),
    sweeps: openProgress(table),
    events: openEvents(table),
    async auditLog(owner) {
      const { version, problems } = await verifyLog(owner, null);
      return { version, problems };
    },
    verifyLog,
    logOwners: () => everyOwner(table),
    async health() {
      try {
        await table.get(manifestKey(catalogKey));
      } catch (error) {
        throw new Unavailable("the table cannot be read", { cause: error });
      }
    },
  };
}
