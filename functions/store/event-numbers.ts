/**
 * The lists of events: what was announced, and what was missed. Each event has a number in its list, given by the one
 * consumer of the stream and without a gap: whoever has read as far as a number has read everything before it.
 *
 * The number and the counter are written at once. An event that comes a second time keeps the number it has.
 */
import { AnswerLost, keyText, Refusal, type Table } from "./dynamo.ts";
import { eventsPrefix, numberedBody, outboxKey, paddedSequence } from "./events.ts";
import type { Item } from "./packing.ts";
import { Patience } from "./writing.ts";

export type EventList = "events" | "missed";

/** An event with its number. */
export interface NumberedEvent {
  list: EventList;
  /** Counted from 1. */
  sequence: number;
  type: string;
  /** CloudEvents 1.0 as JSON, the number in it. */
  body: string;
}

/** Where an event is, as the stream says it. */
export interface EventPlace {
  /** `{events#owner}`, `{id}` */
  pk: string;
  sk: string;
}

export const isEventPlace = ({ pk }: EventPlace) => pk.startsWith(eventsPrefix);

/** A transaction holds a hundred items, of which one is the counter. */
const eventsPerWrite = 99;
const sequencesPerKey = 10_000;
const shards = "0123456789abcdef";

export function openEvents(table: Table) {
  /** In the order of the places; null where there is no such event, or none that can be read. */
  async function number(places: readonly EventPlace[]): Promise<(NumberedEvent | null)[]> {
    const items = await table.getMany(places.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } })));
    const sequences = new Map<string, number>();
    for (const list of ["events", "missed"] as const) {
      const own = items.filter((item): item is Item => item !== undefined && listOf(item) === list && isWhole(item));
      const open = own.filter((item) => sequenceOf(item) === null).sort(byOwnerAndVersion);
      for (let first = 0; first < open.length; first += eventsPerWrite) {
        const given = await numberAtOnce(table, list, open.slice(first, first + eventsPerWrite));
        for (const [key, sequence] of given) sequences.set(key, sequence);
      }
    }
    return items.map((item) => {
      if (item === undefined || !isWhole(item)) return null;
      const sequence = sequenceOf(item) ?? sequences.get(keyText(item));
      return sequence === undefined ? null : numbered(item, sequence);
    });
  }

  return {
    number,

    /** Events that have no number yet, an account's in their order. The index may lag. */
    async waiting(most: number): Promise<EventPlace[]> {
      const found: EventPlace[] = [];
      for (const shard of shards) {
        if (found.length >= most) break;
        const input = { ExpressionAttributeValues: { ":key": { S: outboxKey(shard) } }, Limit: most - found.length };
        for await (const { pk, sk } of table.query({ IndexName: "by-list", KeyConditionExpression: "listKey = :key", ...input })) {
          found.push({ pk: pk?.S ?? "", sk: sk?.S ?? "" });
          if (found.length >= most) break;
        }
      }
      return found;
    },

    /** The events after a number, in order. Ends before a number that the index does not show yet: what follows it comes next time. */
    async after(list: EventList, sequence: number, most: number): Promise<NumberedEvent[]> {
      const places: Item[] = [];
      for (let next = sequence + 1; places.length < most; ) {
        const before = next;
        for await (const { pk, sk, listSort } of table.query(listedFrom(list, next, most - places.length))) {
          if (Number(listSort?.S) !== next) break;
          places.push({ pk, sk } as Item);
          next++;
          if (places.length === most) break;
        }
        // On to the next key only where this one is full.
        if (next === before || next % sequencesPerKey !== 0) break;
      }
      const items = await table.getMany(places);
      return items.map((item, n) => {
        if (item === undefined) throw new Error(`an event is listed and not there: \`${keyText(places[n] ?? {})}\``);
        return numbered(item, sequence + 1 + n);
      });
    },
  };
}

async function numberAtOnce(table: Table, list: EventList, items: Item[]): Promise<Map<string, number>> {
  const given = new Map<string, number>();
  const patience = new Patience();
  let open = items;
  while (open.length > 0) {
    const counter = await table.get(counterKey(list));
    const last = Number(counter?.last?.N ?? 0);
    const numbers = new Map(open.map((item, n) => [keyText(item), last + 1 + n]));
    try {
      await table.write([countOn(list, last, open.length), ...open.map((item) => putInList(list, item, numbers.get(keyText(item)) as number))]);
      return new Map([...given, ...numbers]);
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof AnswerLost)) throw error;
      // Whoever was faster has numbered them: what has a number now keeps it.
      const now = await table.getMany(open.map(({ pk, sk }) => ({ pk, sk }) as Item));
      for (const item of now) {
        const sequence = item === undefined ? null : sequenceOf(item);
        if (item !== undefined && sequence !== null) given.set(keyText(item), sequence);
      }
      open = open.filter((item, n) => now[n] !== undefined && !given.has(keyText(item)));
      await patience.before(error instanceof Refusal ? "outrun" : "unclear");
    }
  }
  return given;
}

const counterKey = (list: EventList): Item => ({ pk: { S: `counter#${list}` }, sk: { S: "counter" } });

const countOn = (list: EventList, last: number, count: number) => ({
  Update: {
    Key: counterKey(list),
    UpdateExpression: "SET #last = :next",
    ConditionExpression: last === 0 ? "attribute_not_exists(pk)" : "#last = :last",
    ExpressionAttributeNames: { "#last": "last" },
    ExpressionAttributeValues: { ":next": { N: String(last + count) }, ...(last === 0 ? {} : { ":last": { N: String(last) } }) },
  },
});

const putInList = (list: EventList, { pk, sk }: Item, sequence: number) => ({
  Update: {
    Key: { pk, sk } as Item,
    UpdateExpression: "SET #sequence = :sequence, listKey = :key, listSort = :sort",
    ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(#sequence)",
    ExpressionAttributeNames: { "#sequence": "sequence" },
    ExpressionAttributeValues: {
      ":sequence": { N: String(sequence) },
      ":key": { S: listKey(list, sequence) },
      ":sort": { S: paddedSequence(sequence) },
    },
  },
});

const listKey = (list: EventList, sequence: number) => `${list}#${Math.floor(sequence / sequencesPerKey)}`;

const listedFrom = (list: EventList, sequence: number, most: number) => ({
  IndexName: "by-list",
  KeyConditionExpression: "listKey = :key AND listSort >= :from",
  ExpressionAttributeValues: { ":key": { S: listKey(list, sequence) }, ":from": { S: paddedSequence(sequence) } },
  Limit: most,
});

const listOf = (item: Item): EventList => (item.missed?.BOOL === true ? "missed" : "events");
const sequenceOf = ({ sequence }: Item) => (sequence?.N === undefined ? null : Number(sequence.N));

/** Whether the item is an event at all: one that was damaged has no number, and waits to be mended. */
function isWhole({ type, body }: Item): boolean {
  if (type?.S === undefined || body?.S === undefined) return false;
  try {
    return typeof JSON.parse(body.S).time === "string";
  } catch {
    return false;
  }
}

const numbered = (item: Item, sequence: number): NumberedEvent => ({
  list: listOf(item),
  sequence,
  type: item.type?.S ?? "",
  body: numberedBody(item.body?.S ?? "", sequence),
});

/** An account's events by version; those of one version by their ids, which begin with the time. */
function byOwnerAndVersion(a: Item, b: Item): number {
  const [ownerOfA = "", ownerOfB = ""] = [a.pk?.S, b.pk?.S];
  if (ownerOfA !== ownerOfB) return ownerOfA < ownerOfB ? -1 : 1;
  return Number(a.version?.N) - Number(b.version?.N) || ((a.sk?.S ?? "") < (b.sk?.S ?? "") ? -1 : 1);
}
