/**
 * The part of the store that a question needs which changes no facts: what is known, and where its answer is kept.
 * Functions that only answer open this alone, so that they load nothing of what writes facts, sweeps and lists.
 */
import { openTable, type Table } from "./dynamo.ts";
import { putRecords } from "./put-records.ts";
import { openReading, type Reading } from "./reading.ts";
import { findReply } from "./replies.ts";
import type { Store, StoreOptions } from "./store.ts";

export type AnswerStore = Pick<Store, "readFacts" | "readCatalog" | "putRecords" | "findReply">;

export function openAnswering(options: StoreOptions): AnswerStore {
  const table = openTable(options);
  return answering(table, openReading(table));
}

export function answering(table: Table, reading: Reading): AnswerStore {
  return {
    readFacts: reading.snapshot,
    async readCatalog(knownAt) {
      const { document, version, recordedAt } = await reading.catalog(knownAt);
      return { catalog: document, version, recordedAt };
    },
    putRecords: (records, reply, events) => putRecords(table, records, reply, events),
    findReply: (key) => findReply(table, key),
  };
}
