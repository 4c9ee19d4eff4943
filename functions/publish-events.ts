/**
 * Sends what the service announced to the event bus: every event that was committed, at least once, none that was not.
 * Fed by the table's stream, in its order; the body of each is CloudEvents 1.0.
 */
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";

/** Limits of one PutEvents call (EventBridge user guide, "Sending events with PutEvents"). */
const mostEntries = 10;
const mostBytes = 256 * 1024;

/** The function that publishes to this bus. */
export function publisher(client: EventBridgeClient, EventBusName: string) {
  /** The first of them that was not taken, or null. */
  async function firstFailed(announced: Announced[]): Promise<Announced | null> {
    try {
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: announced.map(({ entry }) => ({ ...entry, EventBusName })) }));
      const failed = announced.findIndex((_, n) => Entries[n]?.EventId === undefined);
      if (failed < 0) return null;
      logFailure(announced[failed] as Announced, Entries[failed]?.ErrorMessage ?? Entries[failed]?.ErrorCode ?? "no answer");
      return announced[failed] as Announced;
    } catch (error) {
      logFailure(announced[0] as Announced, error instanceof Error ? error.message : String(error));
      return announced[0] as Announced;
    }
  }

  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const batch of batches(event.Records.flatMap(announcedBy))) {
      const failed = await firstFailed(batch);
      // The stream comes again from here. What was sent after it goes out twice, with the same id.
      if (failed !== null) return { batchItemFailures: [{ itemIdentifier: failed.sequenceNumber }] };
    }
    return { batchItemFailures: [] };
  };
}

interface Announced {
  sequenceNumber: string;
  entry: PutEventsRequestEntry & { Detail: string; Source: string; DetailType: string };
}

/** The event that a record of the stream brings, if it brings one. */
function announcedBy({ eventName, dynamodb }: DynamoDBRecord): Announced[] {
  const { type, body, sk } = dynamodb?.NewImage ?? {};
  if (eventName !== "INSERT" || sk?.S !== "event" || type?.S === undefined || body?.S === undefined) return [];
  const { source, time } = JSON.parse(body.S) as { source: string; time: string };
  return [{ sequenceNumber: dynamodb?.SequenceNumber ?? "", entry: { Source: source, DetailType: type.S, Detail: body.S, Time: new Date(time) } }];
}

/** As many as one call may carry, in order. */
function batches(announced: Announced[]): Announced[][] {
  const found: Announced[][] = [];
  let bytes = 0;
  for (const one of announced) {
    const size = sizeOf(one);
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
function sizeOf({ entry }: Announced): number {
  return 14 + Buffer.byteLength(entry.Source) + Buffer.byteLength(entry.DetailType) + Buffer.byteLength(entry.Detail);
}

/** The stream tries again, so this is not lost; what it gives up on ends in the dead-letter queue. */
function logFailure({ sequenceNumber, entry }: Announced, reason: string): void {
  process.stdout.write(`${JSON.stringify({ level: "error", event: "publish-failed", type: entry.DetailType, sequenceNumber, reason })}\n`);
}

let published: ReturnType<typeof publisher> | undefined;

export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { EVENT_BUS_NAME: bus } = process.env;
  if (!bus) throw new Error("the environment variable `EVENT_BUS_NAME` is not set");
  published ??= publisher(new EventBridgeClient({}), bus);
  return published(event);
}
