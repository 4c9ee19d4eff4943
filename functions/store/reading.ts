/**
 * The facts as they are now, in one strongly consistent read: the account's dossier and the catalog's version together.
 * The catalog itself stays in the process and is loaded again only when its digest has changed.
 */
import type { Catalog, Dossier } from "../../domain/facts.ts";
import type { LoggedFact } from "../../domain/questions/what-changed-causes.ts";
import { sha256 } from "./canonical.ts";
import { catalogFolding, dossierFolding } from "./documents.ts";
import { PartGone, pause, type Table } from "./dynamo.ts";
import { Unavailable } from "./errors.ts";
import { assertFollowed, foldTo, type Known, knownOf, nothingYet, versionAt, writesBetween } from "./history.ts";
import { catalogKey, manifestKey, ownerKey } from "./owners.ts";
import { type Item, textWithin } from "./packing.ts";
import type { Snapshot, Versions } from "./store.ts";

/** The newest of both, with the items they were read from. */
export interface Newest {
  account: Known<Dossier | null>;
  catalog: Known<Catalog>;
  accountItem: Item | null;
  catalogItem: Item | null;
}

const mostCatalogsKept = 4;
const mostReads = 10;

export type Reading = ReturnType<typeof openReading>;

export function openReading(table: Table) {
  const catalogs = new Map<string, Catalog>();

  async function catalogOf(digest: string, load: () => Promise<Catalog>): Promise<Catalog> {
    const kept = catalogs.get(digest);
    if (kept !== undefined) return kept;
    const catalog = await load();
    catalogs.set(digest, catalog);
    for (const oldest of catalogs.keys()) {
      if (catalogs.size <= mostCatalogsKept) break;
      catalogs.delete(oldest);
    }
    return catalog;
  }

  async function knownCatalog(item: Item | undefined): Promise<Known<Catalog>> {
    if (item === undefined) return nothingYet(catalogFolding);
    const load = async () => catalogFolding.parse(await table.textOf(item));
    return knownOf(item, await catalogOf(item.digest?.S ?? "", load));
  }

  async function knownDossier(accountId: string, item: Item | undefined): Promise<Known<Dossier | null>> {
    const folding = dossierFolding(accountId);
    if (item === undefined) return nothingYet(folding);
    return knownOf(item, folding.parse(textWithin(item) ?? (await table.textOf(item))));
  }

  /** Reads again from the manifest where a writer replaced the parts of a text in between. */
  async function whole<T>(read: () => Promise<T>): Promise<T> {
    for (let round = 1; ; round++) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof PartGone)) throw error;
        if (round === mostReads) throw new Unavailable("the facts change faster than they can be read", { cause: error });
        await pause(round, 100);
      }
    }
  }

  const newest = (accountId: string): Promise<Newest> =>
    whole(async () => {
      const [accountItem, catalogItem] = await table.getMany([manifestKey(ownerKey({ accountId })), manifestKey(catalogKey)]);
      const account = await knownDossier(accountId, accountItem);
      return { account, catalog: await knownCatalog(catalogItem), accountItem: accountItem ?? null, catalogItem: catalogItem ?? null };
    });

  /** The newest of several accounts with one request for up to 99, in their order. */
  const newestOfMany = (accountIds: readonly string[]): Promise<Newest[]> =>
    whole(async () => {
      const keys = [catalogKey, ...accountIds.map((accountId) => ownerKey({ accountId }))].map(manifestKey);
      const [catalogItem = null, ...items] = await table.getMany(keys);
      const catalog = await knownCatalog(catalogItem ?? undefined);
      const newestOf = async (accountId: string, item: Item | undefined) => ({
        account: await knownDossier(accountId, item),
        accountItem: item ?? null,
      });
      return Promise.all(accountIds.map(async (accountId, n) => ({ ...(await newestOf(accountId, items[n])), catalog, catalogItem })));
    });

  const newestCatalog = (): Promise<Pick<Newest, "catalog" | "catalogItem">> =>
    whole(async () => {
      const catalogItem = await table.get(manifestKey(catalogKey));
      return { catalog: await knownCatalog(catalogItem ?? undefined), catalogItem };
    });

  /** The document as it was, without folding where that is what it still is. */
  async function accountAt(now: Known<Dossier | null>, accountId: string, version: number): Promise<Known<Dossier | null>> {
    if (now.version === version) return now;
    const folding = dossierFolding(accountId);
    return version === 0 ? nothingYet(folding) : foldTo(table, ownerKey({ accountId }), folding, version);
  }

  async function catalogAt(now: Known<Catalog>, version: number): Promise<Known<Catalog>> {
    if (now.version === version) return now;
    return version === 0 ? nothingYet(catalogFolding) : foldTo(table, catalogKey, catalogFolding, version);
  }

  async function versionOf(now: Known<unknown>, pk: string, knownAt: number): Promise<number> {
    if (now.version === 0 || now.recordedAt <= knownAt) return now.version;
    const version = await versionAt(table, pk, knownAt);
    await assertFollowed(table, pk, knownAt, version);
    return version;
  }

  return {
    newest,
    newestOfMany,
    newestCatalog,

    async snapshot(accountId: string, knownAt: number | null): Promise<Snapshot | null> {
      const now = await newest(accountId);
      if (knownAt === null) return snapshotOf(now.account, now.catalog);
      const [account, catalog] = await Promise.all([
        versionOf(now.account, ownerKey({ accountId }), knownAt).then((version) => accountAt(now.account, accountId, version)),
        versionOf(now.catalog, catalogKey, knownAt).then((version) => catalogAt(now.catalog, version)),
      ]);
      return snapshotOf(account, catalog);
    },

    async snapshots(accountIds: readonly string[]): Promise<(Snapshot | null)[]> {
      return (await newestOfMany(accountIds)).map(({ account, catalog }) => snapshotOf(account, catalog));
    },

    async snapshotAtVersions(accountId: string, versions: Versions): Promise<Snapshot> {
      const now = await newest(accountId);
      const [account, catalog] = await Promise.all([accountAt(now.account, accountId, versions.account), catalogAt(now.catalog, versions.catalog)]);
      const snapshot = snapshotOf(account, catalog);
      if (snapshot === null) throw new Error(`there was no account \`${accountId}\` at version \`${versions.account}\``);
      return snapshot;
    },

    /** Entries after `from` up to `to`: the account's, then the catalog's. */
    async writesBetween(accountId: string, from: Versions, to: Versions): Promise<LoggedFact[]> {
      const now = await newest(accountId);
      const [account, catalog] = await Promise.all([accountAt(now.account, accountId, from.account), catalogAt(now.catalog, from.catalog)]);
      const written = await Promise.all([
        writesBetween(table, ownerKey({ accountId }), account, to.account),
        writesBetween(table, catalogKey, catalog, to.catalog),
      ]);
      return written.flat();
    },

    async catalog(knownAt: number | null): Promise<Known<Catalog>> {
      const { catalog: now } = await newestCatalog();
      return knownAt === null ? now : catalogAt(now, await versionOf(now, catalogKey, knownAt));
    },
  };
}

export function factsDigest(account: Known<unknown>, catalog: Known<unknown>): string {
  return `sha256:${sha256(`${account.digest}\n${catalog.digest}`)}`;
}

function snapshotOf(account: Known<Dossier | null>, catalog: Known<Catalog>): Snapshot | null {
  if (account.document === null) return null;
  return {
    dossier: account.document,
    catalog: catalog.document,
    versions: { account: account.version, catalog: catalog.version },
    recordedAt: { account: account.recordedAt, catalog: catalog.recordedAt },
    factsDigest: factsDigest(account, catalog),
  };
}
