/**
 * Stores answers that change no facts: a decision, a quote, a batch of them, with the reply to repeat.
 */
import { randomUUID } from "node:crypto";
import type { Table } from "./dynamo.ts";
import { TooLarge } from "./errors.ts";
import type { OutboxEvent, Reply, StoredRecord } from "./store.ts";
import { addEvents, execute, mostActions, newPlan, Patience } from "./writing.ts";

/** More than one transaction holds are stored in several; the reply is in the last, so that it never speaks of what is not there. */
export async function putRecords(
  table: Table,
  records: StoredRecord[],
  reply?: Reply,
  events: OutboxEvent[] = [],
): Promise<"stored" | { replay: Reply }> {
  let first = 0;
  let open = records.reduce((sum, record) => sum + itemsOf(record), events.length + (reply === undefined ? 0 : 1));
  while (open > mostActions) {
    const chunk = fitting(records.slice(first, -1));
    if (chunk.length === 0) throw new TooLarge(`one answer stores at most \`${mostActions}\` items at once`);
    await put(table, chunk);
    first += chunk.length;
    open -= chunk.reduce((sum, record) => sum + itemsOf(record), 0);
  }
  return put(table, records.slice(first), reply, events);
}

const itemsOf = ({ watches = [] }: StoredRecord) => 1 + watches.length;

/** As many of the first records as one transaction holds. */
function fitting(records: StoredRecord[]): StoredRecord[] {
  const chunk: StoredRecord[] = [];
  let items = 0;
  for (const record of records) {
    items += itemsOf(record);
    if (items > mostActions) break;
    chunk.push(record);
  }
  return chunk;
}

async function put(table: Table, records: StoredRecord[], reply?: Reply, events: OutboxEvent[] = []): Promise<"stored" | { replay: Reply }> {
  const operationId = randomUUID();
  const stamp = { operationId, attempt: 1 };
  const plan = newPlan({ records, ...(reply === undefined ? {} : { reply }) }, stamp);
  const [of] = records;
  if (of !== undefined) addEvents(plan, { accountId: of.accountId }, events, of.versions.account, stamp);
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
