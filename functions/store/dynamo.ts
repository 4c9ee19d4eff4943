/**
 * The few calls that are made to the table. Each is tried again where that is safe, and a bounded number of times.
 */
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type ConditionCheck,
  type Delete,
  DynamoDBClient,
  GetItemCommand,
  type Put,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteItemsCommand,
  type Update,
} from "@aws-sdk/client-dynamodb";
import { Unavailable } from "./errors.ts";
import { type Item, partKeysOf, textOfParts, textWithin } from "./packing.ts";
import type { StoreOptions } from "./store.ts";
import { keptPartitions } from "./table.ts";

/** One item of a transaction. */
export type Action =
  | { Put: Omit<Put, "TableName"> }
  | { ConditionCheck: Omit<ConditionCheck, "TableName"> }
  | { Delete: Omit<Delete, "TableName"> }
  | { Update: Omit<Update, "TableName"> };

/** A write that was refused, and by which of its conditions. */
export class Refusal extends Error {
  /** For each item of the write, in its order: why it was refused; null where it was not the reason. */
  readonly reasons: readonly ({ code: string; item: Item | null } | null)[];
  constructor(reasons: Refusal["reasons"], cause: unknown) {
    super("the write was refused", { cause });
    this.reasons = reasons;
  }
}

/** A write of which nobody knows whether it was done: its answer did not come. Whoever cannot find out says to come again. */
export class AnswerLost extends Unavailable {
  constructor(cause: unknown) {
    super("the answer to a write was lost", { cause });
  }
}

/** A part of a text is gone: a newer version has taken its place, so the item that names it is to be read again. */
export class PartGone extends Error {}

export type Table = ReturnType<typeof openTable>;

export function openTable(options: StoreOptions) {
  const client = options.client ?? newClient(options.endpoint);
  const TableName = options.tableName;

  async function batchGet(keys: Item[], consistent: boolean): Promise<Item[]> {
    const found: Item[] = [];
    for (let first = 0; first < keys.length; first += 100) {
      let Keys: Item[] = keys.slice(first, first + 100);
      for (let round = 0; Keys.length > 0; round++) {
        if (round > 0) await pause(round, 200);
        if (round === 8) throw new Unavailable("the table is too busy to read");
        const answer = await read(client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: consistent } } })));
        found.push(...(answer.Responses?.[TableName] ?? []));
        Keys = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
      }
    }
    return found;
  }

  async function batchWrite(requests: object[]): Promise<void> {
    for (let first = 0; first < requests.length; first += 25) {
      let open = requests.slice(first, first + 25);
      for (let round = 0; open.length > 0; round++) {
        if (round > 0) await pause(round, 200);
        if (round === 8) throw new Unavailable("the table is too busy to write");
        const answer = await read(client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: open } })));
        open = answer.UnprocessedItems?.[TableName] ?? [];
      }
    }
  }

  return {
    async get(key: Item): Promise<Item | null> {
      const answer = await read(client.send(new GetItemCommand({ TableName, Key: key, ConsistentRead: true })));
      return answer.Item ?? null;
    },

    /** In the order of the keys, undefined where there is none. One request for up to 100. */
    async getMany(keys: Item[], consistent = true): Promise<(Item | undefined)[]> {
      const found = new Map((await batchGet(keys, consistent)).map((item) => [keyText(item), item]));
      return keys.map((key) => found.get(keyText(key)));
    },

    /** All pages, one at a time. */
    async *query(input: Omit<QueryCommandInput, "TableName">): AsyncGenerator<Item> {
      let ExclusiveStartKey: Item | undefined;
      do {
        const page: QueryCommandInput = { TableName, ...input, ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }) };
        const answer = await read(client.send(new QueryCommand(page)));
        yield* answer.Items ?? [];
        ExclusiveStartKey = answer.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },

    /** Reads the whole table: for the one who tests it. */
    async *scan(input: Omit<ScanCommandInput, "TableName">): AsyncGenerator<Item> {
      let ExclusiveStartKey: Item | undefined;
      do {
        const answer = await read(client.send(new ScanCommand({ TableName, ...input, ...(ExclusiveStartKey && { ExclusiveStartKey }) })));
        yield* answer.Items ?? [];
        ExclusiveStartKey = answer.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },

    /** The text an item holds, with its parts if it has any. @throws PartGone */
    async textOf(item: Item): Promise<string> {
      const within = textWithin(item);
      if (within !== null) return within;
      const keys = partKeysOf(item);
      const parts = await this.getMany(keys);
      if (keys.length === 0 || !parts.every((part) => part !== undefined)) throw new PartGone(`parts of \`${keyText(item)}\` are gone`);
      return textOfParts(parts);
    },

    /** All or nothing. @throws Refusal, AnswerLost, Unavailable */
    async write(actions: Action[]): Promise<void> {
      const [only] = actions;
      try {
        if (actions.length === 1 && only !== undefined && "Put" in only) await client.send(new PutItemCommand({ ...only.Put, TableName }));
        else await client.send(new TransactWriteItemsCommand({ TransactItems: actions.map((action) => onTable(action, TableName)) }));
      } catch (error) {
        throw whyNotWritten(error);
      }
    },

    /** Immutable items that nothing refers to yet. Where nothing may be removed they go one by one: a batch might remove as well. */
    async putAll(items: Item[]): Promise<void> {
      await batchWrite(items.filter((item) => !isKept(item)).map((Item) => ({ PutRequest: { Item } })));
      await Promise.all(items.filter(isKept).map((Item) => read(client.send(new PutItemCommand({ TableName, Item })))));
    },
    /** Less what may never be removed: a part of such an item that came to nothing stays, read by nobody. */
    deleteAll: (keys: Item[]) => batchWrite(keys.filter((key) => !isKept(key)).map((Key) => ({ DeleteRequest: { Key } }))),
  };
}

function isKept({ pk }: Item): boolean {
  return keptPartitions.some((prefix) => pk?.S?.startsWith(prefix));
}

function newClient(endpoint: string | undefined): DynamoDBClient {
  return new DynamoDBClient({
    // Twice at most: when the table is overloaded, more tries make it worse.
    maxAttempts: 2,
    // Put together once for each kind of call, not for each call: nobody changes what the client does once it runs.
    cacheMiddleware: true,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : { endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
  });
}

/** Waits a random time that grows with each round, so that those who collided do not collide again. */
export function pause(round: number, mostMilliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(mostMilliseconds, 5 * 2 ** round)));
}

export function keyText(item: Item): string {
  return `${item.pk?.S}\n${item.sk?.S}`;
}

function onTable(action: Action, TableName: string) {
  if ("Put" in action) return { Put: { ...action.Put, TableName } };
  if ("Update" in action) return { Update: { ...action.Update, TableName } };
  return "Delete" in action ? { Delete: { ...action.Delete, TableName } } : { ConditionCheck: { ...action.ConditionCheck, TableName } };
}

async function read<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isBusy(error) || isUnanswered(error) ? new Unavailable("the table did not answer", { cause: error }) : error;
  }
}

interface SdkError {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  CancellationReasons?: { Code?: string; Item?: Record<string, AttributeValue> }[];
  Item?: Record<string, AttributeValue>;
}

function whyNotWritten(thrown: unknown): unknown {
  const error = (thrown ?? {}) as SdkError;
  if (error.name === "ConditionalCheckFailedException") {
    return new Refusal([{ code: "ConditionalCheckFailed", item: error.Item ?? null }], thrown);
  }
  if (error.name === "TransactionCanceledException") {
    const reasons = (error.CancellationReasons ?? []).map(({ Code, Item }) =>
      Code === undefined || Code === "None" ? null : { code: Code, item: Item ?? null },
    );
    return new Refusal(reasons, thrown);
  }
  if (error.name === "TransactionInProgressException" || error.name === "TransactionConflictException") {
    return new Refusal([{ code: "TransactionConflict", item: null }], thrown);
  }
  if (isBusy(thrown)) return new Unavailable("the table is too busy to write", { cause: thrown });
  return isUnanswered(thrown) ? new AnswerLost(thrown) : thrown;
}

const busyNames: ReadonlySet<string> = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "LimitExceededException",
]);

/** Refused before anything was done. */
function isBusy(thrown: unknown): boolean {
  return busyNames.has((thrown as SdkError | null)?.name ?? "");
}

/** No answer came, or one that cannot be read, or only that something broke over there. */
function isUnanswered(thrown: unknown): boolean {
  const error = (thrown ?? {}) as SdkError;
  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined) return status >= 500 || status < 400;
  return error.name === "TimeoutError" || error.name === "AbortError" || (typeof error.code === "string" && /^E[A-Z_]+$/.test(error.code));
}
