/** The facts that a case starts from, gathered from Given tables, and what a case changes in them. */

import type { PolicyBook } from "../../domain/compiled-policy.ts";
import { contradictionsOf } from "../../domain/contradictions.ts";
import {
  account,
  type Catalog,
  contact,
  contract,
  type Dossier,
  invoice,
  license,
  notice,
  premises,
  priceList,
  product,
} from "../../domain/facts.ts";
import { absent, camelCase, valueOf } from "./cells.ts";
import type { Table } from "./markdown.ts";
import { columnAt, shaped } from "./shaped.ts";

type Fields = Record<string, unknown>;

const collections = ["product", "account", "license", "premises", "contract", "line", "contact", "invoice", "payment", "price", "notice"] as const;
type Collection = (typeof collections)[number];

/** Fields of a contract that stand in its settings. */
const settings = ["autoRenew", "timeZone", "readings"];
/** Fields of a `price` row that belong to the list as a whole. */
const ofList = ["policyId", "effectiveFrom"];

export class Portfolio {
  private readonly facts: Record<Collection, Map<string, Fields>>;

  constructor(from?: Portfolio) {
    this.facts = Object.fromEntries(
      collections.map((name) => [name, new Map([...(from?.facts[name] ?? [])].map(([id, fields]) => [id, { ...fields }]))]),
    ) as Record<Collection, Map<string, Fields>>;
  }

  static isGiven = (table: Table) => (collections as readonly string[]).includes(table.headers[0] ?? "");

  static readonly given = collections;

  give(table: Table): void {
    const [collection, ...fields] = table.headers as [Collection, ...string[]];
    for (const { cells } of table.rows) {
      const [id, ...values] = cells as [string, ...string[]];
      const known = this.facts[collection].get(id) ?? {};
      this.facts[collection].set(id, known);
      fields.forEach((field, index) => {
        inColumn(`${collection} \`${id}\`, \`${field}\``, () => set(known, camelCase(field), values[index] ?? ""));
      });
    }
  }

  /** Changes one fact by a header such as "inv-1 due on"; false where no fact has the id. */
  change(header: string, cell: string): boolean {
    const space = header.indexOf(" ");
    const id = header.slice(0, space);
    for (const collection of collections) {
      const known = this.facts[collection].get(id);
      if (known === undefined) continue;
      inColumn(`\`${header}\``, () => set(known, camelCase(header.slice(space + 1)), cell));
      return true;
    }
    return false;
  }

  /** The facts in the product's own shape; what its schemas do not take is an error here. */
  build(): { dossier: Dossier; catalog: Catalog } {
    const [known] = this.facts.account;
    if (known === undefined) throw new Error("no table of `account` is given");
    const [accountId, its] = known;
    const all = (name: Collection) => [...this.facts[name]].sort(([a], [b]) => (a < b ? -1 : 1));
    const below = (name: Collection, id: string) =>
      all(name)
        .filter(([key]) => key.startsWith(`${id}/`))
        .map(([key, fields]) => [key.slice(id.length + 1), fields] as const);
    const dossier: Dossier = {
      accountId,
      account: shaped(account, its, `account \`${accountId}\``),
      licenses: all("license").map(([licenseId, fields]) => ({ licenseId, ...shaped(license, fields, `license \`${licenseId}\``) })),
      premises: all("premises").map(([premisesId, fields]) => ({ premisesId, ...shaped(premises, fields, `premises \`${premisesId}\``) })),
      contracts: all("contract").map(([contractId, fields]) => {
        const lines = below("line", contractId).map(([licenseId, line]) => ({ licenseId, ...line }));
        return { contractId, ...shaped(contract, { ...withSettings(fields), lines }, `contract \`${contractId}\``) };
      }),
      contacts: all("contact").map(([contactId, fields]) => {
        const { name: _name, email: _email, phone: _phone, ...known } = shaped(contact, { name: contactId, ...fields }, `contact \`${contactId}\``);
        return { contactId, ...known };
      }),
      invoices: all("invoice").map(([invoiceId, fields]) => {
        const payments = below("payment", invoiceId).map(([paymentId, payment]) => ({ paymentId, ...payment }));
        return { invoiceId, ...shaped(invoice, { issuedOn: fields.dueOn, ...fields, payments }, `invoice \`${invoiceId}\``) };
      }),
      notices: all("notice").map(([noticeId, { contractId, ...fields }]) => ({
        noticeId,
        contractId: String(contractId),
        ...shaped(notice, fields, `notice \`${noticeId}\``),
      })),
      quotes: [],
      exceptions: [],
    };
    return {
      dossier,
      catalog: {
        products: all("product").map(([productId, fields]) => ({ productId, ...shaped(product, fields, `product \`${productId}\``) })),
        priceLists: this.priceLists(),
        policies: [],
      },
    };
  }

  private priceLists(): Catalog["priceLists"] {
    const lists = new Map<string, { list: Fields; items: Fields[] }>();
    for (const [key, fields] of [...this.facts.price].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [priceListId, productId] = key.split("/") as [string, string];
      const known = lists.get(priceListId) ?? { list: {}, items: [] };
      lists.set(priceListId, known);
      const item: Fields = { productId };
      for (const [field, value] of Object.entries(fields)) (ofList.includes(field) ? known.list : item)[field] = value;
      known.items.push(item);
    }
    return [...lists].map(([priceListId, { list, items }]) => {
      const fee = items[0]?.annualFeePerSeat as { currency: string } | undefined;
      if (fee === undefined) throw new Error(`price list \`${priceListId}\` states no \`annual fee per seat\``);
      const { currency } = fee;
      return { priceListId, ...shaped(priceList, { ...list, currency, items }, `price list \`${priceListId}\``) };
    });
  }
}

/** @throws Error for facts that the service would refuse beside one another */
export function refuseContradictions({ dossier, catalog }: { dossier: Dossier; catalog: Catalog }, policies: PolicyBook): void {
  const beside = { dossier, catalog, policies };
  const among = <Fact>(collection: string, facts: readonly Fact[], idOf: (fact: Fact) => string) =>
    facts.flatMap((fact) =>
      contradictionsOf(`${collection}/${idOf(fact)}`, fact as object, beside).map(
        ({ pointer, detail }) => `\`${idOf(fact)}\`, \`${columnAt(pointer)}\`: ${detail}`,
      ),
    );
  const found = [
    ...among("products", catalog.products, ({ productId }) => productId),
    ...among("price-lists", catalog.priceLists, ({ priceListId }) => priceListId),
    ...among("licenses", dossier.licenses, ({ licenseId }) => licenseId),
    ...among("contracts", dossier.contracts, ({ contractId }) => contractId),
    ...among("contacts", dossier.contacts, ({ contactId }) => contactId),
    ...among("invoices", dossier.invoices, ({ invoiceId }) => invoiceId),
    ...among("notices", dossier.notices, ({ noticeId }) => noticeId),
  ];
  if (found.length > 0) throw new Error(`the service would refuse this: ${found.join("; ")}`);
}

/** Reads a cell; what cannot be read is told with the column that it stands in. */
export function inColumn<T>(column: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${column}: ${error instanceof Error ? error.message : error}`);
  }
}

function set(fields: Fields, field: string, cell: string): void {
  const value = valueOf(field, cell);
  if (value === absent) delete fields[field];
  else if (value !== undefined) fields[field] = value;
}

function withSettings(fields: Fields): Fields {
  const own = Object.entries(fields).filter(([field]) => !settings.includes(field));
  const agreed = Object.entries(fields).filter(([field]) => settings.includes(field));
  return { ...Object.fromEntries(own), ...(agreed.length > 0 ? { settings: Object.fromEntries(agreed) } : {}) };
}
