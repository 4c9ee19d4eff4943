/**
 * What is to be announced, as CloudEvents 1.0, written together with what made it true.
 */
import { formatInstant } from "../../domain/time/instant.ts";
import type { Item } from "./packing.ts";
import type { OutboxEvent } from "./store.ts";

export function eventItem(event: OutboxEvent): Item {
  const body = {
    specversion: "1.0",
    id: event.id,
    source: "good-standing",
    type: event.type,
    subject: event.subject,
    time: formatInstant(event.time),
    datacontenttype: "application/json",
    data: event.data,
  };
  return { pk: { S: `event#${event.id}` }, sk: { S: "event" }, type: { S: event.type }, body: { S: JSON.stringify(body) } };
}
