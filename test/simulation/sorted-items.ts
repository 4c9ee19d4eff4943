/** Items by partition, within one in the order of their sort keys; equal ones in the order of the items' own keys. */
import type { Item } from "./expressions.ts";

const textOf = (item: Item, name: string) => item[name]?.S ?? "";

export class SortedItems {
  readonly partitionKey: string;
  readonly #sortKey: string;
  readonly #partitions = new Map<string, Item[]>();

  constructor(partitionKey: string, sortKey: string) {
    this.partitionKey = partitionKey;
    this.#sortKey = sortKey;
  }

  get(key: Item): Item | undefined {
    const items = this.#partitions.get(textOf(key, this.partitionKey));
    const found = items?.[this.#placeOf(items, key)];
    return found !== undefined && this.#order(found, key) === 0 ? found : undefined;
  }

  put(item: Item): void {
    const partition = textOf(item, this.partitionKey);
    const items = this.#partitions.get(partition) ?? [];
    this.#partitions.set(partition, items);
    const place = this.#placeOf(items, item);
    const there = items[place];
    items.splice(place, there !== undefined && this.#order(there, item) === 0 ? 1 : 0, item);
  }

  delete(key: Item): void {
    const partition = textOf(key, this.partitionKey);
    const items = this.#partitions.get(partition) ?? [];
    const place = this.#placeOf(items, key);
    const there = items[place];
    if (there !== undefined && this.#order(there, key) === 0) items.splice(place, 1);
    if (items.length === 0) this.#partitions.delete(partition);
  }

  inPartition(partition: string): readonly Item[] {
    return this.#partitions.get(partition) ?? [];
  }

  all(): Item[] {
    return [...this.#partitions.keys()].sort().flatMap((partition) => this.#partitions.get(partition) ?? []);
  }

  /** Where a reader goes on who has come as far as this key, whether or not its item is still there. */
  placeAfter(read: readonly Item[], key: Item, isBackward: boolean): number {
    const place = read.findIndex((item) => (isBackward ? this.#order(item, key) < 0 : this.#order(item, key) > 0));
    return place === -1 ? read.length : place;
  }

  keyOf(item: Item): Item {
    return Object.fromEntries(["pk", "sk", this.partitionKey, this.#sortKey].map((name) => [name, item[name]])) as Item;
  }

  /** The first that is not before it. */
  #placeOf(items: readonly Item[], key: Item): number {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order(items[middle] as Item, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #order(a: Item, b: Item): number {
    for (const name of [this.partitionKey, this.#sortKey, "pk", "sk"]) {
      const [one, other] = [textOf(a, name), textOf(b, name)];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  }
}
