/**
 * The dossier and the catalog as texts, and what a write does to them.
 *
 * Lists are in the order of their ids; a list that is empty is left out of the text, so that a kind of fact that comes
 * later does not change the digest of what was recorded before.
 */
import { emptyDossier } from "../../domain/dossier.ts";
import type { Catalog, Dossier } from "../../domain/facts.ts";
import { canonicalJson } from "./canonical.ts";
import type { FactWrite } from "./store.ts";

type Entry = Record<string, unknown>;
type ListedIn<D> = { [K in keyof D]: D[K] extends object[] ? K : never }[keyof D];
type Lists<D> = ReadonlyMap<string, { list: ListedIn<D>; id: string }>;

const dossierLists: Lists<Dossier> = new Map([
  ["licenses", { list: "licenses", id: "licenseId" }],
  ["premises", { list: "premises", id: "premisesId" }],
  ["contracts", { list: "contracts", id: "contractId" }],
  ["contacts", { list: "contacts", id: "contactId" }],
  ["invoices", { list: "invoices", id: "invoiceId" }],
  ["notices", { list: "notices", id: "noticeId" }],
  ["quotes", { list: "quotes", id: "quoteId" }],
  ["exceptions", { list: "exceptions", id: "exceptionId" }],
]);
const catalogLists: Lists<Catalog> = new Map([
  ["products", { list: "products", id: "productId" }],
  ["price-lists", { list: "priceLists", id: "priceListId" }],
  ["policies", { list: "policies", id: "policyVersionId" }],
]);

/** What a kind of log holds, and how to fold it. */
export interface Folding<D> {
  empty: D;
  text(document: D): string;
  parse(text: string): D;
  /** The document after the writes, and those among them that changed something, as they are to be logged. */
  apply(document: D, writes: readonly FactWrite[]): { document: D; effective: FactWrite[] };
}

export const emptyCatalog: Catalog = { products: [], priceLists: [], policies: [] };

export const catalogFolding: Folding<Catalog> = {
  empty: emptyCatalog,
  text: (catalog) => JSON.stringify(withoutEmptyLists(catalog)),
  parse: (text) => ({ ...emptyCatalog, ...JSON.parse(text) }),
  apply(catalog, writes) {
    const lists = new WorkingLists(catalog, catalogLists);
    const effective = writes.flatMap((write) => lists.write(write));
    return { document: lists.result(), effective };
  },
};

/** The dossier of one account; null while there is no such account. */
export function dossierFolding(accountId: string): Folding<Dossier | null> {
  const nothing = emptyDossier(accountId, { name: "" });
  return {
    empty: null,
    text: (dossier) => (dossier === null ? "null" : JSON.stringify(withoutEmptyLists(dossier))),
    parse(text) {
      const stored = JSON.parse(text);
      return stored === null ? null : { ...nothing, ...stored };
    },
    apply(dossier, writes) {
      let lists = dossier === null ? null : new WorkingLists(dossier, dossierLists);
      const effective: FactWrite[] = [];
      for (const write of writes) {
        if (write.path !== "account") {
          if (lists === null) throw new Error(`no account to write \`${write.path}\` to`);
          if (write.path.startsWith("contacts/")) assertNoPerson(write);
          effective.push(...lists.write(write));
          continue;
        }
        const value = write.value === null ? null : normal(write.value);
        if (JSON.stringify(value) === JSON.stringify(lists?.document.account ?? null)) continue;
        effective.push({ path: "account", value });
        if (value === null) lists = null;
        else if (lists === null) lists = new WorkingLists(emptyDossier(accountId, value as Dossier["account"]), dossierLists);
        else lists.document = { ...lists.document, account: value as Dossier["account"] };
      }
      return { document: lists?.result() ?? null, effective };
    },
  };
}

/** Lists as maps while they are written to. */
class WorkingLists<D extends object> {
  document: D;
  readonly #lists: Lists<D>;
  readonly #touched = new Map<ListedIn<D>, Map<string, Entry>>();

  constructor(document: D, lists: Lists<D>) {
    this.document = document;
    this.#lists = lists;
  }

  /** The write as it is to be logged; none where it changes nothing. */
  write({ path, value }: FactWrite): FactWrite[] {
    const slash = path.indexOf("/");
    const kind = this.#lists.get(path.slice(0, slash));
    const id = path.slice(slash + 1);
    if (kind === undefined || slash < 1 || id === "") throw new Error(`no such kind of fact: got \`${path}\``);
    const entries = this.#entriesOf(kind.list, kind.id);
    const before = entries.get(id);
    if (value === null) return entries.delete(id) ? [{ path, value }] : [];
    const { [kind.id]: _, ...document } = normal(value);
    const after = { [kind.id]: id, ...document };
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return [];
    entries.set(id, after);
    return [{ path, value: document }];
  }

  result(): D {
    const lists = [...this.#touched].map(([list, entries]) => [list, sorted(entries)]);
    return lists.length === 0 ? this.document : { ...this.document, ...Object.fromEntries(lists) };
  }

  #entriesOf(list: ListedIn<D>, idKey: string): Map<string, Entry> {
    let entries = this.#touched.get(list);
    if (entries === undefined) {
      entries = new Map((this.document[list] as Entry[]).map((entry) => [entry[idKey] as string, entry]));
      this.#touched.set(list, entries);
    }
    return entries;
  }
}

function sorted(entries: Map<string, Entry>): Entry[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** The same document whatever order its keys came in. */
function normal(value: object): Entry {
  return JSON.parse(canonicalJson(value));
}

function withoutEmptyLists(document: object): object {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

/** What can be erased must not get into a log that never forgets. */
function assertNoPerson({ path, value }: FactWrite): void {
  for (const key of ["name", "email", "phone"]) {
    if (value !== null && key in value) throw new Error(`\`${key}\` of \`${path}\` belongs to the person, not to the facts`);
  }
}
