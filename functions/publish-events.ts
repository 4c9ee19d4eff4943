/**
 * Gives each announced event its number and sends it to the event bus: every event that was committed, at least once,
 * none that was not. Fed by the table's stream, in its order; the body of each is CloudEvents 1.0.
 *
 * An account's events lie in one partition, which the stream keeps in order, so they are numbered and sent by version.
 * An event that was damaged in the table is told in the log and left without a number; those after it go on.
 */
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from "aws-lambda";
import { type EventPlace, isEventPlace, type NumberedEvent, openStore, type Store } from "./store/store.ts";

/** Limits of one PutEvents call (EventBridge user guide, "Sending events with PutEvents"). */
const mostEntries = 10;
const mostBytes = 256 * 1024;
const mostLeftBehind = 500;

type Log = (line: string) => void;

/** The function that numbers the events of this store and publishes them to this bus. */
export function publisher(events: Store["events"], client: EventBridgeClient, EventBusName: string, log: Log) {
  /** The first of them that was not taken, or null. */
  async function firstFailed(announced: Announced[]): Promise<Announced | null> {
    const failure = (one: Announced, reason: string) => {
      log(JSON.stringify({ level: "error", event: "publish-failed", type: one.entry.DetailType, sequenceNumber: one.sequenceNumber, reason }));
      return one;
    };
    try {
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: announced.map(({ entry }) => ({ ...entry, EventBusName })) }));
      const failed = announced.findIndex((_, n) => Entries[n]?.EventId === undefined);
      if (failed < 0) return null;
      return failure(announced[failed] as Announced, Entries[failed]?.ErrorMessage ?? Entries[failed]?.ErrorCode ?? "no answer");
    } catch (error) {
      return failure(announced[0] as Announced, error instanceof Error ? error.message : String(error));
    }
  }

  /** Numbers and sends, in order. @returns the first that was not taken, or null */
  async function publish(brought: Brought[]): Promise<Announced | null> {
    const numbered = await events.number(brought.map(({ place }) => place));
    const announced = brought.flatMap(({ place, sequenceNumber }, n) => announcedBy(numbered[n] ?? null, place, sequenceNumber, log));
    for (const batch of batches(announced)) {
      const failed = await firstFailed(batch);
      if (failed !== null) return failed;
    }
    return null;
  }

  return {
    async fromStream(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
      const brought = event.Records.flatMap(({ eventName, dynamodb }) => {
        const place = { pk: dynamodb?.Keys?.pk?.S ?? "", sk: dynamodb?.Keys?.sk?.S ?? "" };
        return eventName === "INSERT" && isEventPlace(place) ? [{ place, sequenceNumber: dynamodb?.SequenceNumber ?? "" }] : [];
      });
      const failed = await publish(brought);
      // The stream comes again from here. What was sent after it goes out twice, with the same id and number.
      return { batchItemFailures: failed === null ? [] : [{ itemIdentifier: failed.sequenceNumber }] };
    },

    /** What the stream gave up on, because something was broken for longer than a day, still waits in the outbox. */
    async leftBehind(): Promise<void> {
      for (let last = ""; ; ) {
        const places = await events.waiting(mostLeftBehind);
        const found = JSON.stringify(places);
        // What still waits after it was numbered is damaged, and was told.
        if (places.length === 0 || found === last) return;
        const failed = await publish(places.map((place) => ({ place, sequenceNumber: "" })));
        if (failed !== null) throw new Error("the bus did not take what was left behind");
        last = found;
      }
    },
  };
}

interface Brought {
  place: EventPlace;
  /** Of the record in the stream; empty without one. */
  sequenceNumber: string;
}

interface Announced {
  /** Of the record in the stream. */
  sequenceNumber: string;
  entry: PutEventsRequestEntry & { Detail: string; Source: string; DetailType: string };
}

/** What is sent; nothing of an event that was missed, is gone or damaged. */
function announcedBy(event: NumberedEvent | null, place: EventPlace, sequenceNumber: string, log: Log): Announced[] {
  if (event?.list === "missed") return [];
  const entry = event && { Source: "good-standing", DetailType: event.type, Detail: event.body };
  if (event === null || entry === null || sizeOf(entry) > mostBytes) {
    log(JSON.stringify({ level: "error", event: "event-poisoned", ...place, reason: event === null ? "it cannot be read" : "it is too large" }));
    return [];
  }
  const { time } = JSON.parse(event.body) as { time: string };
  return [{ sequenceNumber, entry: { ...entry, Time: new Date(time) } }];
}

/** As many as one call may carry, in order. */
function batches(announced: Announced[]): Announced[][] {
  const found: Announced[][] = [];
  let bytes = 0;
  for (const one of announced) {
    const size = sizeOf(one.entry);
    const last = found.at(-1);
    if (last !== undefined && last.length < mostEntries && bytes + size <= mostBytes) {
      last.push(one);
      bytes += size;
    } else {
      found.push([one]);
      bytes = size;
    }
  }
  return found;
}

/** As EventBridge counts an entry: 14 bytes for the time, the rest in UTF-8. */
function sizeOf({ Source, DetailType, Detail }: { Source: string; DetailType: string; Detail: string }): number {
  return 14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

let published: ReturnType<typeof publisher> | undefined;

/** Invoked by the stream, and once a day by the clock for what the stream gave up on. */
export async function handler(event: DynamoDBStreamEvent | ScheduledEvent): Promise<DynamoDBBatchResponse | undefined> {
  const { EVENT_BUS_NAME: bus, TABLE_NAME: tableName } = process.env;
  if (!bus) throw new Error("the environment variable `EVENT_BUS_NAME` is not set");
  if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  published ??= publisher(openStore({ tableName, now: Date.now }).events, new EventBridgeClient({}), bus, log);
  if ("Records" in event) return published.fromStream(event);
  await published.leftBehind();
  return undefined;
}
