/** What was recorded between two moments, part by part: this payment, that line, one field of a contract. */
import type { Catalog, Dossier } from "../facts.ts";
import { partsOf, withParts } from "./what-changed-parts.ts";

/** The facts that a question is asked of, less the policies that ship. */
export interface Recorded {
  dossier: Dossier;
  catalog: Catalog;
}

export interface FactChange {
  /** As in the log: `invoices/inv-7`, `account`. */
  path: string;
  /** Such as `payments/p-2` or `dueOn`; null: the fact as a whole was added or taken back. */
  part: string | null;
  /** Undefined: not there. */
  before: unknown;
  after: unknown;
}

type Document = Record<string, unknown>;
type ListsOf<D> = { [K in keyof D]: D[K] extends object[] ? K : never }[keyof D];

const ofAccount: Record<ListsOf<Dossier>, { folder: string; id: string }> = {
  licenses: { folder: "licenses", id: "licenseId" },
  premises: { folder: "premises", id: "premisesId" },
  contracts: { folder: "contracts", id: "contractId" },
  contacts: { folder: "contacts", id: "contactId" },
  invoices: { folder: "invoices", id: "invoiceId" },
  notices: { folder: "notices", id: "noticeId" },
  quotes: { folder: "quotes", id: "quoteId" },
  exceptions: { folder: "exceptions", id: "exceptionId" },
};
const ofCatalog: Record<ListsOf<Catalog>, { folder: string; id: string }> = {
  products: { folder: "products", id: "productId" },
  priceLists: { folder: "price-lists", id: "priceListId" },
  policies: { folder: "policies", id: "policyVersionId" },
};

/** Every part that differs, in the order of the facts' paths: the catalog's after the account's. */
export function factChanges(before: Recorded, after: Recorded): FactChange[] {
  return [
    ...changed(accountFacts(before.dossier), accountFacts(after.dossier)),
    ...changed(catalogFacts(before.catalog), catalogFacts(after.catalog)),
  ];
}

type Side = "before" | "after";

/** The facts as they would be had these changes not been made (`before`), or been made too (`after`). */
export function withChanges({ dossier, catalog }: Recorded, changes: readonly FactChange[], side: Side): Recorded {
  const byPath = new Map<string, FactChange[]>();
  for (const change of changes) {
    const own = byPath.get(change.path);
    if (own === undefined) byPath.set(change.path, [change]);
    else own.push(change);
  }
  const account = written(dossier.account, byPath.get("account") ?? [], side) as Dossier["account"];
  return { dossier: { ...withWritten(dossier, ofAccount, byPath, side), account }, catalog: withWritten(catalog, ofCatalog, byPath, side) };
}

function withWritten<D extends object>(
  document: D,
  lists: Record<string, { folder: string; id: string }>,
  byPath: ReadonlyMap<string, readonly FactChange[]>,
  side: Side,
): D {
  const touched = Object.entries(lists).flatMap(([list, { folder, id }]) => {
    const own = [...byPath].filter(([path]) => path.startsWith(`${folder}/`));
    return own.length === 0 ? [] : [[list, listWith(document[list as keyof D] as object[], id, own, side)] as const];
  });
  // The very same where nothing is written: what was made of it may be kept.
  return touched.length === 0 ? document : { ...document, ...Object.fromEntries(touched) };
}

function listWith(list: readonly object[], id: string, changed: readonly [string, readonly FactChange[]][], side: Side): object[] {
  const facts = new Map(list.map((fact) => [(fact as Document)[id] as string, fact]));
  for (const [path, changes] of changed) {
    const own = path.slice(path.indexOf("/") + 1);
    const { [id]: _, ...document } = (facts.get(own) ?? {}) as Document;
    const after = written(document, changes, side);
    if (after === undefined) facts.delete(own);
    else facts.set(own, { [id]: own, ...after });
  }
  return [...facts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
}

/** A fact comes or goes as a whole by one change; else its parts change. */
function written(document: object, changes: readonly FactChange[], side: Side): object | undefined {
  const [first] = changes;
  if (first?.part === null) return first[side] as object | undefined;
  return changes.length === 0
    ? document
    : withParts(
        document,
        changes.map((change) => [change.part as string, change[side]]),
      );
}

function accountFacts(dossier: Dossier): Map<string, object> {
  const facts = new Map<string, object>([["account", dossier.account]]);
  for (const [list, { folder, id }] of Object.entries(ofAccount)) addAll(facts, dossier[list as ListsOf<Dossier>], folder, id);
  return facts;
}

function catalogFacts(catalog: Catalog): Map<string, object> {
  const facts = new Map<string, object>();
  for (const [list, { folder, id }] of Object.entries(ofCatalog)) addAll(facts, catalog[list as ListsOf<Catalog>], folder, id);
  return facts;
}

function addAll(facts: Map<string, object>, list: readonly object[], folder: string, id: string): void {
  for (const fact of list) {
    const { [id]: own, ...document } = fact as Document;
    facts.set(`${folder}/${own}`, document);
  }
}

function changed(before: Map<string, object>, after: Map<string, object>): FactChange[] {
  const found: FactChange[] = [];
  for (const [path, now] of after) {
    const then = before.get(path);
    if (then === undefined) found.push({ path, part: null, before: undefined, after: now });
    else if (!same(then, now)) found.push(...changedParts(path, partsOf(then), partsOf(now)));
  }
  for (const [path, then] of before) if (!after.has(path)) found.push({ path, part: null, before: then, after: undefined });
  return found;
}

function changedParts(path: string, before: Map<string, unknown>, after: Map<string, unknown>): FactChange[] {
  const parts = new Set([...before.keys(), ...after.keys()]);
  return [...parts].flatMap((part) => {
    const [then, now] = [before.get(part), after.get(part)];
    return same(then, now) ? [] : [{ path, part, before: then, after: now }];
  });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
