/**
 * One transaction, and what came of it: written, outrun by another writer, answered before, or nobody knows.
 */
import { type Action, AnswerLost, pause, Refusal, type Table } from "./dynamo.ts";
import { Unavailable } from "./errors.ts";
import { eventItem } from "./events.ts";
import type { Item } from "./packing.ts";
import { packRecord } from "./records.ts";
import { findReply, packReply } from "./replies.ts";
import type { LogOwner, OutboxEvent, Reply, StoredRecord } from "./store.ts";
import { watchItem } from "./watches.ts";

/** DynamoDB's limit for one transaction. */
export const mostActions = 100;

/** Which operation wrote an item, and in which of its tries: how it recognizes its own write. */
export interface Stamp {
  operationId: string;
  attempt: number;
}

type Role = "manifest" | "reply" | "other";

export interface Plan {
  actions: { role: Role; action: Action }[];
  /** To be written before. */
  parts: Item[];
  reply: Reply | null;
}

/** `landed`: an earlier try of the same operation did it after all. */
export type Outcome =
  | { is: "written" }
  | { is: "landed"; attempt: number }
  | { is: "answered"; reply: Reply }
  | { is: "outrun" | "conflict" | "busy" | "unclear" };

export function newPlan(effects: { records?: StoredRecord[]; reply?: Reply }, stamp: Stamp): Plan {
  const plan: Plan = { actions: [], parts: [], reply: effects.reply ?? null };
  for (const record of effects.records ?? []) {
    addNew(plan, "other", packRecord(record), stamp);
    for (const watch of record.watches ?? []) plan.actions.push({ role: "other", action: { Put: { Item: watchItem(record.accountId, watch) } } });
  }
  if (effects.reply !== undefined) addNew(plan, "reply", packReply(effects.reply), stamp);
  return plan;
}

/** @param version of the owner's log once the plan is written */
export function addEvents(plan: Plan, owner: LogOwner, events: readonly OutboxEvent[], version: number, stamp: Stamp): void {
  for (const event of events) addNew(plan, "other", { fields: eventItem(owner, event, version), parts: [] }, stamp);
}

/** An item that must not be there yet. */
export function addNew(plan: Plan, role: Role, { fields, parts }: { fields: Item; parts: Item[] }, stamp: Stamp): void {
  const Item = { ...fields, ...stampFields(stamp) };
  const Put = { Item, ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
  plan.actions.push({ role, action: { Put } });
  plan.parts.push(...parts);
}

export function stampFields({ operationId, attempt }: Stamp): Item {
  return { operationId: { S: operationId }, attempt: { N: String(attempt) } };
}

/** How often each way of failing is tried again. Conflicts are over in milliseconds; an overload is not. */
const tries = { outrun: 80, conflict: 8, busy: 1, unclear: 1 } as const;

/** Counts the tries of one operation. */
export class Patience {
  readonly #left: Record<keyof typeof tries, number> = { ...tries };
  #round = 0;

  /** Waits before the next try. @throws Unavailable when there is none left */
  async before(failure: keyof typeof tries): Promise<void> {
    if (this.#left[failure]-- === 0) throw new Unavailable(explanations[failure]);
    await pause(this.#round++, 150);
  }
}

const explanations = {
  outrun: "too many write to the same facts",
  conflict: "too many write to the same facts",
  busy: "the table is too busy to write",
  unclear: "the table does not say whether it has written",
} as const;

/** @throws Unavailable, and what is a fault of ours */
export async function execute(table: Table, plan: Plan, operationId: string): Promise<Outcome> {
  try {
    await table.putAll(plan.parts);
    await table.write(plan.actions.map(({ action }) => action));
    return { is: "written" };
  } catch (error) {
    if (error instanceof AnswerLost) return { is: "unclear" };
    if (error instanceof Refusal) return outcomeOf(table, plan, operationId, error);
    throw error;
  }
}

async function outcomeOf(table: Table, plan: Plan, operationId: string, refusal: Refusal): Promise<Outcome> {
  const codes = new Set<string>();
  const failed = new Set<Role>();
  for (const [place, reason] of refusal.reasons.entries()) {
    if (reason === null) continue;
    codes.add(reason.code);
    if (reason.code !== "ConditionalCheckFailed") continue;
    if (reason.item?.operationId?.S === operationId) return { is: "landed", attempt: Number(reason.item.attempt?.N) };
    failed.add(plan.actions[place]?.role ?? "other");
  }
  if (failed.has("reply") && plan.reply !== null) {
    const reply = await findReply(table, plan.reply.key);
    if (reply !== null) return { is: "answered", reply };
  }
  if (failed.has("manifest")) return { is: "outrun" };
  if (failed.has("other")) throw new Error("what is to be stored is there already", { cause: refusal });
  if (codes.has("TransactionConflict")) return { is: "conflict" };
  if (codes.has("ThrottlingError") || codes.has("ProvisionedThroughputExceeded")) return { is: "busy" };
  throw refusal.cause;
}
