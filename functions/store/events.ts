/**
 * What is to be announced, as CloudEvents 1.0, written together with what made it true. An account's events lie in one
 * partition, so that the table's stream brings them in the order in which they were written.
 *
 * An event has no place in the list of events until the one consumer of the stream gives it a number: see event-numbers.ts.
 */
import { formatInstant } from "../../domain/time/instant.ts";
import { sha256 } from "./canonical.ts";
import { ownerKey } from "./owners.ts";
import type { Item } from "./packing.ts";
import type { LogOwner, OutboxEvent } from "./store.ts";

/** Every event's partition begins so. */
export const eventsPrefix = "events#";

/**
 * @param version of the owner's log that it stands on: an account's events are in order by it
 * @param missed what it was to bring about can no longer be done: kept, never sent
 */
export function eventItem(owner: LogOwner, event: OutboxEvent, version: number, missed = false): Item {
  const body = {
    specversion: "1.0",
    id: event.id,
    source: "good-standing",
    type: event.type,
    subject: event.subject,
    time: formatInstant(event.time),
    datacontenttype: "application/json",
    accountversion: version,
    data: event.data,
  };
  const pk = `${eventsPrefix}${ownerKey(owner)}`;
  return {
    pk: { S: pk },
    sk: { S: event.id },
    type: { S: event.type },
    version: { N: String(version) },
    body: { S: JSON.stringify(body) },
    ...(missed ? { missed: { BOOL: true } } : {}),
    listKey: { S: outboxKey(sha256(pk)[0] as string) },
    listSort: { S: `${pk}#${String(version).padStart(10, "0")}#${event.id}` },
  };
}

export const outboxKey = (shard: string) => `outbox#${shard}`;

/** The number goes into the body when it is read: CloudEvents "Sequence" extension, a text that sorts as the numbers do. */
export function numberedBody(body: string, sequence: number): string {
  return `${body.slice(0, -1)},"sequence":"${paddedSequence(sequence)}"}`;
}

export const paddedSequence = (sequence: number) => String(sequence).padStart(16, "0");
