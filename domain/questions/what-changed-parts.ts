/** A recorded fact as its parts: this payment, that line, one field; and put together again. */

type Document = Record<string, unknown>;

/** Lists inside a fact, and what tells their items apart. */
export const keyOfItems: Record<string, string> = {
  lines: "licenseId",
  payments: "paymentId",
  versions: "version",
  items: "productId",
  newFees: "licenseId",
};
/** Of those, the lists that are there when they are empty: of a contract, an invoice, a price list. */
const alwaysThere: ReadonlySet<string> = new Set(["lines", "payments", "items"]);
/** Members of a fact that are looked into. */
const opened: ReadonlySet<string> = new Set(["settings", "settings/readings", "settings/benefits", "settings/calendars"]);

/** The part of a document; the document itself where the part is null. Undefined: not there. */
export function partOf(document: object | null | undefined, part: string | null): unknown {
  if (document == null) return undefined;
  return part === null ? document : partsOf(document).get(part);
}

/** A document as its parts. An item without an id is told by its place; two with one id by their order. */
export function partsOf(document: object, at = ""): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  for (const [name, value] of Object.entries(document)) {
    const key = keyOfItems[name];
    if (opened.has(`${at}${name}`)) for (const [part, one] of partsOf(value, `${at}${name}/`)) parts.set(part, one);
    else if (at === "" && key !== undefined && Array.isArray(value)) {
      for (const [place, item] of value.entries()) {
        const id = `${name}/${(item as Document)[key] ?? `#${place + 1}`}`;
        parts.set(parts.has(id) ? `${id}#${place + 1}` : id, item);
      }
    } else parts.set(`${at}${name}`, value);
  }
  return parts;
}

function documentOf(parts: ReadonlyMap<string, unknown>): Document {
  const document: Document = {};
  const lists = new Map<string, unknown[]>();
  for (const [part, value] of parts) {
    const [list, ...rest] = part.split("/") as [string, ...string[]];
    if (!Object.hasOwn(keyOfItems, list) || rest.length === 0) place(document, [list, ...rest], value);
    else {
      const items = lists.get(list) ?? [];
      lists.set(list, items);
      items.push(value);
    }
  }
  return { ...document, ...Object.fromEntries(lists) };
}

function place(document: Document, [first, ...rest]: string[], value: unknown): void {
  if (first === undefined) return;
  if (rest.length === 0) document[first] = value;
  else {
    const below: Document = { ...(document[first] as Document | undefined) };
    document[first] = below;
    place(below, rest, value);
  }
}

/** The document with these parts as they are to be; undefined: not there. */
export function withParts(document: object, changed: readonly (readonly [part: string, value: unknown])[]): object {
  const parts = partsOf(document);
  for (const [part, value] of changed) {
    if (value === undefined) parts.delete(part);
    else parts.set(part, value);
  }
  const emptied = Object.keys(document).filter((name) => alwaysThere.has(name));
  return { ...Object.fromEntries(emptied.map((name) => [name, []])), ...documentOf(parts) };
}
