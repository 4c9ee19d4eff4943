/**
 * Runs of bulk imports: how far each has come, and what became of its rows. Facts are not here: an import writes them
 * with commands like any other, each with a record of what it changed.
 */
import { randomUUID } from "node:crypto";
import type { Table } from "./dynamo.ts";
import { between } from "./history.ts";
import { type Item, pack } from "./packing.ts";
import { getRecords } from "./records.ts";
import type { Page, Reply, StoredRecord } from "./store.ts";
import type { ChangeTogether } from "./together.ts";
import { execute, newPlan, Patience, stampFields } from "./writing.ts";

/** Rows of some lines, as one step of the work left them. */
export interface RowsItem {
  range: number;
  step: number;
  /** JSON. */
  text: string;
}

export interface ImportStore {
  /** `revision` counts the writes from 1. */
  get(id: string): Promise<{ state: object; revision: number } | null>;
  /**
   * Replaces the state where it still has this revision; 0: where there is none yet.
   * `stale`: it has another one. With a reply, that is stored at once, or was stored before.
   */
  put(id: string, state: object, revision: number, reply?: Reply): Promise<"stored" | "stale" | { replay: Reply }>;
  /** Newest first. */
  list(page: Page): Promise<{ states: object[]; after: string | null }>;
  /** Replaces what the same steps said of the same ranges before. */
  putRows(id: string, items: RowsItem[]): Promise<void>;
  /** What a step said of each range, from 0 on; null where it has no rows there. */
  rowsOfStep(id: string, step: number, ranges: number): Promise<(string | null)[]>;
  /** What all steps said of a range. */
  rowsOfRange(id: string, range: number): Promise<string[]>;
  /** What was recorded when facts were changed, by record id; null where nothing was. */
  changes(recordIds: string[]): Promise<(StoredRecord | null)[]>;
  changeTogether: ChangeTogether;
}

const listKey = "imports";

export function importStore(table: Table, changeTogether: ChangeTogether): ImportStore {
  const keyOf = (id: string): Item => ({ pk: { S: `import#${id}` }, sk: { S: "import" } });
  const stateOf = async (item: Item): Promise<object> => JSON.parse(await table.textOf(item));

  return {
    async get(id) {
      const item = await table.get(keyOf(id));
      return item === null ? null : { state: await stateOf(item), revision: Number(item.revision?.N) };
    },

    async put(id, state, revision, reply) {
      const stamp = { operationId: randomUUID(), attempt: 1 };
      const plan = newPlan(reply === undefined ? {} : { reply }, stamp);
      const Item = {
        ...keyOf(id),
        revision: { N: String(revision + 1) },
        listKey: { S: listKey },
        listSort: { S: id },
        text: { S: JSON.stringify(state) },
        ...stampFields(stamp),
      };
      plan.actions.unshift({ role: "manifest", action: { Put: { Item, ...stillAt(revision) } } });
      const patience = new Patience();
      for (;;) {
        const outcome = await execute(table, plan, stamp.operationId);
        if (outcome.is === "written" || outcome.is === "landed") return "stored";
        if (outcome.is === "answered") return { replay: outcome.reply };
        if (outcome.is === "outrun") return "stale";
        await patience.before(outcome.is);
      }
    },

    async list(page) {
      const found: Item[] = [];
      const input = {
        IndexName: "by-list",
        KeyConditionExpression: page.after === null ? "listKey = :key" : "listKey = :key AND listSort < :after",
        ExpressionAttributeValues: { ":key": { S: listKey }, ...(page.after === null ? {} : { ":after": { S: page.after } }) },
        ScanIndexForward: false,
        Limit: page.limit + 1,
      };
      for await (const item of table.query(input)) {
        found.push(item);
        if (found.length > page.limit) break;
      }
      const shown = found.slice(0, page.limit);
      const items = await table.getMany(shown.map((item) => keyOf(item.listSort?.S ?? "")));
      const states = await Promise.all(items.flatMap((item) => (item === undefined ? [] : [stateOf(item)])));
      return { states, after: found.length > page.limit ? (shown.at(-1)?.listSort?.S ?? null) : null };
    },

    async putRows(id, items) {
      const packed = items.map(({ range, step, text }) => {
        const key = rowsKey(id, range, step);
        const { fields, parts } = pack(key.pk.S, text);
        return { item: { ...key, ...fields }, parts };
      });
      await table.putAll(packed.flatMap(({ parts }) => parts));
      await table.putAll(packed.map(({ item }) => item));
    },

    async rowsOfStep(id, step, ranges) {
      const items = await table.getMany(Array.from({ length: ranges }, (_, range) => rowsKey(id, range, step)));
      return Promise.all(items.map((item) => (item === undefined ? null : table.textOf(item))));
    },

    async rowsOfRange(id, range) {
      const texts: string[] = [];
      for await (const item of table.query(between(rowsKey(id, range, 0).pk.S, "step#", "step#~"))) texts.push(await table.textOf(item));
      return texts;
    },

    changes: (recordIds) => getRecords(table, "import", recordIds),
    changeTogether,
  };
}

/** Each range has a partition of its own, so that no single one takes all writes of an import. */
function rowsKey(id: string, range: number, step: number) {
  return { pk: { S: `import#${id}#${range}` }, sk: { S: `step#${String(step).padStart(6, "0")}` } };
}

function stillAt(revision: number) {
  const ReturnValuesOnConditionCheckFailure = "ALL_OLD" as const;
  if (revision === 0) return { ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure };
  return {
    ConditionExpression: "#revision = :revision",
    ExpressionAttributeNames: { "#revision": "revision" },
    ExpressionAttributeValues: { ":revision": { N: String(revision) } },
    ReturnValuesOnConditionCheckFailure,
  };
}
