/**
 * The function that sends events to the bus: fed with what the embedded store's own stream brings, talking through the
 * real SDK client to a bus that is made up here and can be told to refuse.
 */
import { createServer, type Server } from "node:http";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { DynamoDBRecord } from "aws-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { publisher } from "../../functions/publish-events.ts";
import type { OutboxEvent, StoredRecord } from "../../functions/store/store.ts";
import { type FreshStore, freshStore } from "../store.ts";

interface Entry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
  Time: number;
}

let server: Server;
let calls: Entry[][];
/** Decides which entries the bus takes; null: the whole call fails. */
let takes: (entry: Entry) => boolean | null;
let publish: ReturnType<typeof publisher>;

beforeEach(async () => {
  calls = [];
  takes = () => true;
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { Entries } = JSON.parse(body) as { Entries: Entry[] };
    const verdicts = Entries.map((entry) => takes(entry));
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (verdicts.includes(null)) {
      response.statusCode = 400;
      return void response.end(JSON.stringify({ __type: "ValidationException", message: "no" }));
    }
    calls.push(Entries.filter((_, n) => verdicts[n]));
    const answers = verdicts.map((taken, n) => (taken ? { EventId: `e-${n}` } : { ErrorCode: "ThrottlingException", ErrorMessage: "slow down" }));
    response.end(JSON.stringify({ FailedEntryCount: verdicts.filter((taken) => !taken).length, Entries: answers }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as { port: number };
  const client = new EventBridgeClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "local",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });
  publish = publisher(client, "bus");
});
afterEach(() => server.close());

const at = Date.parse("2026-03-02T09:30:00Z");

function announcement(n: number, data: object = { n }): OutboxEvent {
  return { id: `evt_${String(n).padStart(4, "0")}`, type: "notice.ruled", subject: "acme", time: at + n, data };
}

function decision(id: string): StoredRecord {
  return { kind: "decision", id, accountId: "acme", caseId: null, recordedAt: at, question: {}, answer: "{}", versions: { account: 0, catalog: 0 } };
}

/** What Lambda is handed: the records of the table's stream, as the store brings them. */
async function recordsOf({ endpoint, tableName }: FreshStore): Promise<DynamoDBRecord[]> {
  const ask = async (operation: string, input: object) => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
      "x-amz-date": "20260302T093000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260302/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    };
    const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    expect(response.status, operation).toBe(200);
    return response.json() as Promise<{
      Streams: { StreamArn: string }[];
      StreamDescription: { Shards: { ShardId: string }[] };
      ShardIterator: string;
      Records: DynamoDBRecord[];
    }>;
  };
  const { Streams } = await ask("ListStreams", { TableName: tableName });
  const StreamArn = Streams[0]?.StreamArn;
  const { StreamDescription } = await ask("DescribeStream", { StreamArn });
  const records: DynamoDBRecord[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const { ShardIterator } = await ask("GetShardIterator", { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" });
    records.push(...(await ask("GetRecords", { ShardIterator })).Records);
  }
  return records;
}

async function streamOf(events: OutboxEvent[]): Promise<DynamoDBRecord[]> {
  const fresh = await freshStore(() => at);
  for (const [n, event] of events.entries()) await fresh.store.putRecord(decision(`chk_${n}`), undefined, [event]);
  return recordsOf(fresh);
}

test("each event that was committed is sent as CloudEvents, and nothing else of the stream is", async () => {
  const records = await streamOf([announcement(1), announcement(2)]);
  expect(records.length).toBeGreaterThan(2);
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [] });
  expect(calls.flat().map(({ EventBusName, Source, DetailType, Time }) => [EventBusName, Source, DetailType, Time])).toEqual([
    ["bus", "good-standing", "notice.ruled", at / 1000 + 0.001],
    ["bus", "good-standing", "notice.ruled", at / 1000 + 0.002],
  ]);
  expect(JSON.parse(calls[0]?.[0]?.Detail ?? "")).toEqual({
    specversion: "1.0",
    id: "evt_0001",
    source: "good-standing",
    type: "notice.ruled",
    subject: "acme",
    time: "2026-03-02T09:30:00.001Z",
    datacontenttype: "application/json",
    data: { n: 1 },
  });
});

test("what the bus does not take is asked for again, from the first one on", async () => {
  const records = await streamOf(Array.from({ length: 25 }, (_, n) => announcement(n)));
  const sequenceOf = (id: string) => records.find(({ dynamodb }) => dynamodb?.Keys?.pk?.S === `event#${id}`)?.dynamodb?.SequenceNumber;
  takes = ({ Detail }) => !Detail.includes('"evt_0013"');
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceOf("evt_0013") }] });
  // Ten at a time; the batch of the failed one was tried whole, the one after it not at all.
  expect(calls.map((sent) => sent.length)).toEqual([10, 9]);

  takes = () => null;
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceOf("evt_0000") }] });
});

test("large events are spread over as many calls as the bus's limit asks for", async () => {
  const records = await streamOf([1, 2, 3].map((n) => announcement(n, { text: "ü".repeat(50_000) })));
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [] });
  expect(calls.map((sent) => sent.length)).toEqual([2, 1]);
});

test("a batch without events sends nothing", async () => {
  expect(await publish({ Records: [] })).toEqual({ batchItemFailures: [] });
  expect(calls).toEqual([]);
});
