/** What a caller believes is recorded: what it wrote and was told is written, kept without the service. */
import { emptyDossier } from "../../domain/dossier.ts";
import type { Catalog, Dossier } from "../../domain/facts.ts";
import { canonicalJson } from "../../functions/store/canonical.ts";
import type { Request, Response } from "./gateway.ts";

type Documents = Map<string, object>;

export class Model {
  /** By account: path and document. */
  readonly #accounts = new Map<string, Documents>();
  readonly #catalog: Documents = new Map();
  readonly #dossiers = new Map<string, Dossier | null>();

  get accountIds(): string[] {
    return [...this.#accounts.keys()];
  }

  copy(): Model {
    const copy = new Model();
    for (const [id, documents] of this.#accounts) copy.#accounts.set(id, new Map(documents));
    for (const [path, document] of this.#catalog) copy.#catalog.set(path, document);
    return copy;
  }

  /** Takes over what a request did, if it did anything. @returns the account whose facts changed */
  learn(request: Request, response: Response): string | null {
    const changed = this.#learn(request, response);
    if (changed !== null) this.#dossiers.delete(changed);
    return changed;
  }

  #learn(request: Request, response: Response): string | null {
    // What is not there any more was taken back by an earlier try whose answer was lost.
    const isGone = request.method === "DELETE" && response.status === 404;
    if (response.status >= 300 && !isGone) return null;
    const path = request.target.replace(/^\/v1\//, "");
    const parts = path.split("/");
    if (parts[0] === "products" || parts[0] === "price-lists") {
      this.#catalog.set(path, request.body as object);
      return null;
    }
    if (parts[0] === "quotes") return this.#learnQuote(parts[2], request, response);
    if (parts[0] !== "accounts" || (request.method === "POST" && parts.at(-1) === "preview")) return null;
    const accountId = parts[1] as string;
    const documents = this.#accounts.get(accountId) ?? new Map<string, object>();
    this.#accounts.set(accountId, documents);
    const [, , kind = "account", id = "", part, partId] = parts;
    if (part === "notices") return this.#learnNotice(accountId, documents, id, request, response);
    const key = kind === "account" ? kind : `${kind}/${id}`;
    if (kind === "notices") documents.set(key, { ...documents.get(key), withdrawn: true, withdrawnAt: JSON.parse(response.text).withdrawnAt });
    else if (part === "lines" || part === "payments") this.#learnPart(documents, key, part, partId as string, request.body as object);
    else if (request.method === "DELETE") documents.delete(key);
    else documents.set(key, kind === "contacts" ? withoutPerson(request.body as object) : (request.body as object));
    return accountId;
  }

  #learnNotice(accountId: string, documents: Documents, contractId: string, { body }: Request, { text }: Response): string {
    const { asOf: _, ...notice } = body as { asOf?: string };
    documents.set(`notices/${JSON.parse(text).id}`, { ...notice, contractId });
    return accountId;
  }

  #learnPart(documents: Documents, key: string, list: string, id: string, body: object): void {
    const idName = list === "lines" ? "licenseId" : "paymentId";
    const whole = documents.get(key) as Record<string, Record<string, string>[]>;
    const parts = whole[list] ?? [];
    const at = parts.findIndex((one) => one[idName] === id);
    documents.set(key, { ...whole, [list]: parts.toSpliced(at === -1 ? parts.length : at, at === -1 ? 0 : 1, { [idName]: id, ...body }) });
  }

  /** An offer is a fact, and so is what became of it. What accepting it recorded besides is taken over by `adopt`. */
  #learnQuote(change: string | undefined, request: Request, { text }: Response): string | null {
    const quote = JSON.parse(text);
    const documents = this.#accounts.get(quote.accountId) as Documents;
    const path = `quotes/${quote.id}`;
    const { kind, contractId, payBy, status } = quote;
    if (change === undefined && status !== "offered") return null;
    const licenseIds = [...new Set((quote.lines as { licenseId: string | null }[]).flatMap(({ licenseId }) => licenseId ?? []))];
    const term = kind === "renewal" && quote.newTerm !== null ? { termFirstDay: quote.newTerm.firstDay } : {};
    const [paidThrough] = (quote.lines as { lastDay: string | null }[])
      .flatMap(({ lastDay }) => lastDay ?? [])
      .sort()
      .reverse();
    const paid = kind === "additional-purchase" && paidThrough !== undefined ? { paidThrough } : {};
    const offer = { kind, contractId, ...(payBy === null ? {} : { payBy }), licenseIds, ...term, ...paid, ...documents.get(path) };
    if (change === "accept") {
      const { paidOn } = request.body as { paidOn: string };
      const { reinstatedAs } = quote;
      documents.set(path, { ...offer, acceptedPaidOn: paidOn, ...(reinstatedAs.length > 0 ? { reinstatedAs } : {}) });
    } else if (change === "void") documents.set(path, { ...offer, voidedAt: quote.voidedAt, voidedReason: quote.voidedReason });
    else documents.set(path, offer);
    return quote.accountId;
  }

  /** Facts that the service recorded by itself when a quote was accepted, checked elsewhere. */
  adopt(accountId: string, path: string, document: object): void {
    this.#dossiers.delete(accountId);
    this.#accounts.get(accountId)?.set(path, document);
  }

  has(accountId: string, path: string): boolean {
    return this.#accounts.get(accountId)?.has(path) === true;
  }

  dossierOf(accountId: string): Dossier | null {
    const known = this.#dossiers.get(accountId);
    if (known !== undefined) return known;
    const dossier = this.#compose(accountId);
    this.#dossiers.set(accountId, dossier);
    return dossier;
  }

  #compose(accountId: string): Dossier | null {
    const documents = this.#accounts.get(accountId);
    const account = documents?.get("account");
    if (documents === undefined || account === undefined) return null;
    const dossier = emptyDossier(accountId, account as Dossier["account"]);
    const lists: Record<string, [keyof Dossier, string]> = {
      licenses: ["licenses", "licenseId"],
      premises: ["premises", "premisesId"],
      contracts: ["contracts", "contractId"],
      contacts: ["contacts", "contactId"],
      invoices: ["invoices", "invoiceId"],
      notices: ["notices", "noticeId"],
      quotes: ["quotes", "quoteId"],
      exceptions: ["exceptions", "exceptionId"],
    };
    for (const path of [...documents.keys()].sort()) {
      const [kind = "", id] = path.split("/");
      const [list, idName] = lists[kind] ?? [];
      if (list !== undefined && idName !== undefined) (dossier[list] as object[]).push({ [idName]: id, ...documents.get(path) });
    }
    return dossier;
  }

  catalog(): Catalog {
    const of = (kind: string, idName: string) =>
      [...this.#catalog]
        .filter(([path]) => path.startsWith(`${kind}/`))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, document]) => ({ [idName]: path.split("/")[1], ...document }));
    return {
      products: of("products", "productId") as unknown as Catalog["products"],
      priceLists: of("price-lists", "priceListId") as unknown as Catalog["priceLists"],
      policies: [],
    };
  }
}

/** What one has and the other has not, or otherwise: short enough to be read. */
export function differences(got: Dossier | null, expected: Dossier | null): string[] {
  const [one, other] = [entriesOf(got), entriesOf(expected)];
  const paths = [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
  return paths.map((path) => `${path}: got ${one.get(path) ?? "nothing"}, expected ${other.get(path) ?? "nothing"}`);
}

function entriesOf(dossier: Dossier | null): Map<string, string> {
  const entries = Object.entries(dossier ?? {}).flatMap(([list, value]): [string, string][] =>
    Array.isArray(value) ? value.map((entry) => [`${list}/${idIn(list, entry)}`, canonicalJson(entry)]) : [[list, canonicalJson(value)]],
  );
  return new Map(entries);
}

const idIn = (list: string, entry: Record<string, string>) => entry[`${list === "premises" ? list : list.slice(0, -1)}Id`];

function withoutPerson(body: object): object {
  const { name: _, email: __, phone: ___, ...contact } = body as Record<string, unknown>;
  return contact;
}
