/**
 * Stores answers that change no facts: a decision, a quote, a batch of them, with the reply to repeat.
 */
import { randomUUID } from "node:crypto";
import type { Table } from "./dynamo.ts";
import type { OutboxEvent, Reply, StoredRecord } from "./store.ts";
import { execute, mostActions, newPlan, Patience } from "./writing.ts";

/** More than one transaction holds are stored in several; the reply is in the last, so that it never speaks of what is not there. */
export async function putRecords(
  table: Table,
  records: StoredRecord[],
  reply?: Reply,
  events: OutboxEvent[] = [],
): Promise<"stored" | { replay: Reply }> {
  const inLast = mostActions - events.length - (reply === undefined ? 0 : 1);
  let first = 0;
  for (; records.length - first > inLast; first += mostActions) await put(table, records.slice(first, Math.min(first + mostActions, records.length)));
  return put(table, records.slice(first), reply, events);
}

async function put(table: Table, records: StoredRecord[], reply?: Reply, events: OutboxEvent[] = []): Promise<"stored" | { replay: Reply }> {
  const operationId = randomUUID();
  const plan = newPlan({ records, events, ...(reply === undefined ? {} : { reply }) }, { operationId, attempt: 1 });
  if (plan.actions.length === 0) return "stored";
  const patience = new Patience();
  for (;;) {
    const outcome = await execute(table, plan, operationId);
    if (outcome.is === "written" || outcome.is === "landed") return "stored";
    if (outcome.is === "answered") {
      await table.deleteAll(plan.parts.map(({ pk, sk }) => ({ pk, sk }) as (typeof plan.parts)[number])).catch(() => {});
      return { replay: outcome.reply };
    }
    await patience.before(outcome.is);
  }
}
