/**
 * A table in memory that answers the commands the store sends, one after another and in no time: what the simulation runs
 * on. `fake-dynamo.test.ts` holds it against the real embedded store.
 *
 * Indexes may lag, pages may be short and everything else may go wrong: see faults.ts, which stands in front of it.
 */
import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TransactWriteItemsCommandInput,
} from "@aws-sdk/client-dynamodb";
import { tableDescription } from "../../functions/store/table.ts";
import { assertUsed, type Bindings, type Item, invalid, meets, nameOf, update } from "./expressions.ts";
import { SortedItems } from "./sorted-items.ts";

export interface FakeOptions {
  /** Most items of a page, whatever the limit says. */
  itemsPerPage?: number;
}

/** The commands by their name without "Command". */
export interface Commands {
  GetItem: GetItemCommandInput;
  BatchGetItem: BatchGetItemCommandInput;
  Query: QueryCommandInput;
  Scan: ScanCommandInput;
  PutItem: PutItemCommandInput;
  TransactWriteItems: TransactWriteItemsCommandInput;
  BatchWriteItem: BatchWriteItemCommandInput;
}

type TransactItem = NonNullable<TransactWriteItemsCommandInput["TransactItems"]>[number];
type Condition = Pick<PutItemCommandInput, "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues">;

const mostBytes = 400 * 1024;

export class FakeDynamo {
  itemsPerPage: number;
  /** Told of every item that is put, as the table's stream tells it. */
  onPut: (item: Item, before: Item | undefined) => void = () => {};
  /** While set, changes wait here before the indexes see them. */
  #lagging: (() => void)[] | null = null;
  readonly #items = new SortedItems("pk", "sk");
  readonly #indexes = new Map<string, SortedItems>(
    tableDescription.indexes.map(({ name, partitionKey, sortKey }) => [name, new SortedItems(partitionKey, sortKey)]),
  );

  constructor({ itemsPerPage = 1_000_000 }: FakeOptions = {}) {
    this.itemsPerPage = itemsPerPage;
  }

  /** From now on indexes show what was, until they are caught up. */
  lag(): void {
    this.#lagging ??= [];
  }

  catchUp(): void {
    const waiting = this.#lagging ?? [];
    this.#lagging = null;
    for (const change of waiting) change();
  }

  /** Every item that there is: for a test that looks into the table, or spoils it. */
  all(): Item[] {
    return this.#items.all();
  }

  /** Puts an item as it is, without asking. */
  plant(item: Item): void {
    this.#store(item);
  }

  remove(item: Item): void {
    this.#delete(item);
  }

  /** @throws errors with the names and fields of the SDK's */
  run<K extends keyof Commands>(name: K, input: Commands[K]): object {
    switch (name) {
      case "GetItem":
        return this.#get(input as GetItemCommandInput);
      case "BatchGetItem":
        return this.#batchGet(input as BatchGetItemCommandInput);
      case "Query":
        return this.#query(input as QueryCommandInput);
      case "Scan":
        return this.#scan(input as ScanCommandInput);
      case "PutItem":
        return this.#put(input as PutItemCommandInput);
      case "TransactWriteItems":
        return this.#transact(input as TransactWriteItemsCommandInput);
      case "BatchWriteItem":
        return this.#batchWrite(input as BatchWriteItemCommandInput);
      default:
        throw invalid(`the stand-in does not know the command \`${name}\``);
    }
  }

  #get({ Key = {} }: GetItemCommandInput): object {
    const item = this.#items.get(Key);
    return item === undefined ? {} : { Item: { ...item } };
  }

  #batchGet({ RequestItems = {} }: BatchGetItemCommandInput): object {
    const [table = ["", { Keys: [] }]] = Object.entries(RequestItems);
    const keys = table[1].Keys as Item[];
    assertDistinct(keys, 100);
    const found = keys.map((key) => this.#items.get(key)).filter((item) => item !== undefined);
    return { Responses: { [table[0]]: found.map((item) => ({ ...item })) }, UnprocessedKeys: {} };
  }

  #query(input: QueryCommandInput): object {
    const { IndexName, KeyConditionExpression = "", FilterExpression, ProjectionExpression, ExclusiveStartKey, ScanIndexForward } = input;
    const bindings = bindingsOf(input);
    assertUsed([KeyConditionExpression, FilterExpression, ProjectionExpression], bindings);
    const items = IndexName === undefined ? this.#items : this.#indexes.get(IndexName);
    if (items === undefined) throw invalid(`no such index: got \`${IndexName}\``);
    if (IndexName !== undefined && input.ConsistentRead === true) throw invalid("an index cannot be read consistently");
    const own = items.inPartition(partitionOf(KeyConditionExpression, items.partitionKey, bindings));
    const inRange = own.filter((item) => meets(KeyConditionExpression, item, bindings));
    if (ScanIndexForward === false) inRange.reverse();
    return this.#page(inRange, items, input, ExclusiveStartKey, projectionOf(ProjectionExpression, bindings, IndexName));
  }

  #scan(input: ScanCommandInput): object {
    assertUsed([input.FilterExpression, input.ProjectionExpression], bindingsOf(input));
    return this.#page(this.#items.all(), this.#items, input, input.ExclusiveStartKey, projectionOf(input.ProjectionExpression, bindingsOf(input)));
  }

  /** The limit counts what is read, before the filter. */
  #page(
    read: Item[],
    from: SortedItems,
    input: QueryCommandInput | ScanCommandInput,
    after: Item | undefined,
    project: (item: Item) => Item,
  ): object {
    const start = after === undefined ? 0 : from.placeAfter(read, after, "ScanIndexForward" in input && input.ScanIndexForward === false);
    const end = start + Math.min(input.Limit ?? Number.POSITIVE_INFINITY, this.itemsPerPage);
    const page = read.slice(start, end);
    const last = end < read.length || (end === read.length && input.Limit !== undefined) ? page.at(-1) : undefined;
    const { FilterExpression } = input;
    const bindings = bindingsOf(input);
    const Items = page.filter((item) => FilterExpression === undefined || meets(FilterExpression, item, bindings)).map(project);
    return { Items, Count: Items.length, ...(last === undefined ? {} : { LastEvaluatedKey: from.keyOf(last) }) };
  }

  #put(input: PutItemCommandInput): object {
    const Item = input.Item as Item;
    const before = this.#items.get(Item);
    if (!holds(input, before))
      throw failure("ConditionalCheckFailedException", "the conditional request failed", {
        ...(input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && before !== undefined ? { Item: before } : {}),
      });
    this.#store(Item);
    return {};
  }

  #transact({ TransactItems = [] }: TransactWriteItemsCommandInput): object {
    assertDistinct(TransactItems.map(keyOfAction), 100);
    const failed = TransactItems.map((action) => {
      const before = this.#items.get(keyOfAction(action));
      const condition = (action.Put ?? action.Update ?? action.Delete ?? action.ConditionCheck) as Condition & {
        ReturnValuesOnConditionCheckFailure?: string;
      };
      if (holds(condition, before, action.Update?.UpdateExpression)) return { Code: "None" };
      const shown = condition.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && before !== undefined;
      return { Code: "ConditionalCheckFailed", ...(shown ? { Item: before } : {}) };
    });
    if (failed.some(({ Code }) => Code !== "None"))
      throw failure("TransactionCanceledException", "Transaction cancelled", { CancellationReasons: failed });
    for (const { Put, Update, Delete } of TransactItems) {
      if (Put !== undefined) this.#store(Put.Item as Item);
      if (Delete !== undefined) this.#delete(Delete.Key as Item);
      if (Update === undefined) continue;
      const after = { ...(Update.Key as Item), ...this.#items.get(Update.Key as Item) };
      update(Update.UpdateExpression as string, after, bindingsOf(Update));
      this.#store(after);
    }
    return {};
  }

  #batchWrite({ RequestItems = {} }: BatchWriteItemCommandInput): object {
    const requests = Object.values(RequestItems)[0] ?? [];
    assertDistinct(
      requests.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key) as Item),
      25,
    );
    for (const { PutRequest, DeleteRequest } of requests) {
      if (PutRequest !== undefined) this.#store(PutRequest.Item as Item);
      if (DeleteRequest !== undefined) this.#delete(DeleteRequest.Key as Item);
    }
    return { UnprocessedItems: {} };
  }

  #store(item: Item): void {
    assertStorable(item);
    const stored = { ...item };
    const before = this.#items.get(item);
    this.#items.put(stored);
    this.#index(before, stored);
    this.onPut(stored, before);
  }

  #delete(key: Item): void {
    const before = this.#items.get(key);
    if (before === undefined) return;
    this.#items.delete(key);
    this.#index(before, undefined);
  }

  #index(before: Item | undefined, after: Item | undefined): void {
    if (this.#lagging !== null) this.#lagging.push(() => this.#indexNow(before, after));
    else this.#indexNow(before, after);
  }

  #indexNow(before: Item | undefined, after: Item | undefined): void {
    for (const { name, partitionKey, sortKey, projected } of tableDescription.indexes) {
      const index = this.#indexes.get(name) as SortedItems;
      const isIn = (item: Item | undefined): item is Item => item?.[partitionKey] !== undefined && item[sortKey] !== undefined;
      if (isIn(before)) index.delete(before);
      if (isIn(after)) index.put(pick(after, ["pk", "sk", partitionKey, sortKey, ...projected]));
    }
  }
}

const bindingsOf = (input: Partial<Condition>): Bindings => ({ names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues });

function holds(condition: Condition, item: Item | undefined, updated?: string): boolean {
  const { ConditionExpression } = condition;
  assertUsed([ConditionExpression, updated], bindingsOf(condition));
  return ConditionExpression === undefined || meets(ConditionExpression, item ?? {}, bindingsOf(condition));
}

function keyOfAction({ Put, Update, Delete, ConditionCheck }: TransactItem): Item {
  return (Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key) as Item;
}

function partitionOf(condition: string, partitionKey: string, bindings: Bindings): string {
  for (const [, name = "", value = ""] of condition.matchAll(/(#?\w+) = (:\w+)/g))
    if (nameOf(name, bindings) === partitionKey) return bindings.values?.[value]?.S ?? "";
  throw invalid(`a query names its partition: got \`${condition}\``);
}

function projectionOf(expression: string | undefined, bindings: Bindings, index?: string): (item: Item) => Item {
  // An index holds no more than is projected to it.
  if (expression === undefined || index !== undefined) return (item) => ({ ...item });
  const names = expression.split(",").map((name) => nameOf(name.trim(), bindings));
  return (item) => pick(item, names);
}

const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]])) as Item;

function assertDistinct(keys: readonly Item[], most: number): void {
  if (keys.length > most || keys.length === 0) throw invalid(`one request is about 1 to ${most} items: got \`${keys.length}\``);
  if (new Set(keys.map(({ pk, sk }) => `${pk?.S}\n${sk?.S}`)).size < keys.length) throw invalid("one request names an item twice");
}

function assertStorable(item: Item): void {
  const keys = ["pk", "sk", ...tableDescription.indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])];
  for (const key of keys) {
    const value = item[key];
    if (value === undefined ? key === "pk" || key === "sk" : !value.S) throw invalid(`a key is a text that is not empty: got \`${key}\``);
  }
  let bytes = 0;
  for (const [name, { S, N, B }] of Object.entries(item)) bytes += name.length + (S?.length ?? N?.length ?? B?.length ?? 1);
  if (bytes > mostBytes) throw invalid("Item size has exceeded the maximum allowed size");
}

function failure(name: string, message: string, more: object): Error {
  return Object.assign(new Error(message), { name, $fault: "client", $metadata: { httpStatusCode: 400 }, ...more });
}
