/**
 * The function that sends events to the bus: fed with what the embedded store's own stream brings, talking through the
 * real SDK client to a bus that is made up here and can be told to refuse.
 */
import { createServer, type Server } from "node:http";
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { DynamoDBRecord } from "aws-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { publisher } from "../../functions/publish-events.ts";
import type { OutboxEvent, StoredRecord } from "../../functions/store/store.ts";
import { type FreshStore, freshStore } from "../store.ts";
import { recordsOf, withStream } from "./stream.ts";

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
let publish: ReturnType<typeof publisher>["fromStream"];
let leftBehind: ReturnType<typeof publisher>["leftBehind"];
let fresh: FreshStore;
let log: Record<string, unknown>[];

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
  fresh = await withStream(await freshStore(() => at));
  log = [];
  const made = publisher(fresh.store.events, client, "bus", (line) => void log.push(JSON.parse(line)));
  publish = made.fromStream;
  leftBehind = made.leftBehind;
});
afterEach(() => server.close());

const at = Date.parse("2026-03-02T09:30:00Z");

function announcement(n: number, data: object = { n }): OutboxEvent {
  return { id: `evt_${String(n).padStart(4, "0")}`, type: "notice.ruled", subject: "acme", time: at + n, data };
}

function decision(id: string, version: number): StoredRecord {
  const versions = { account: version, catalog: 0 };
  return { kind: "decision", id, accountId: "acme", caseId: null, recordedAt: at, question: {}, answer: "{}", versions };
}

async function streamOf(events: OutboxEvent[]): Promise<DynamoDBRecord[]> {
  for (const [n, event] of events.entries()) await fresh.store.putRecord(decision(`chk_${event.id}`, n + 1), undefined, [event]);
  return recordsOf(fresh);
}

const sent = () => calls.flat().map(({ Detail }) => JSON.parse(Detail) as { id: string; sequence: string; accountversion: number });

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
    accountversion: 1,
    data: { n: 1 },
    sequence: "0000000000000001",
  });
});

test("what the bus does not take is asked for again, from the first one on", async () => {
  const records = await streamOf(Array.from({ length: 25 }, (_, n) => announcement(n)));
  const sequenceOf = (id: string) => records.find(({ dynamodb }) => dynamodb?.Keys?.sk?.S === id)?.dynamodb?.SequenceNumber;
  takes = ({ Detail }) => !Detail.includes('"evt_0013"');
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceOf("evt_0013") }] });
  // Ten at a time; the batch of the failed one was tried whole, the one after it not at all.
  expect(calls.map((entries) => entries.length)).toEqual([10, 9]);

  takes = () => null;
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceOf("evt_0000") }] });
});

test("large events are spread over as many calls as the bus's limit asks for", async () => {
  const records = await streamOf([1, 2, 3].map((n) => announcement(n, { text: "ü".repeat(50_000) })));
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [] });
  expect(calls.map((entries) => entries.length)).toEqual([2, 1]);
});

test("a batch without events sends nothing", async () => {
  expect(await publish({ Records: [] })).toEqual({ batchItemFailures: [] });
  expect(calls).toEqual([]);
});

test("what comes a second time keeps its number; what comes late goes on from there", async () => {
  const records = await streamOf([announcement(1), announcement(2), announcement(3)]);
  await publish({ Records: records.slice(0, 6) });
  await publish({ Records: records });
  await publish({ Records: records });
  const numbers = new Map(sent().map(({ id, sequence }) => [id, Number(sequence)]));
  expect([...numbers]).toEqual([
    ["evt_0001", 1],
    ["evt_0002", 2],
    ["evt_0003", 3],
  ]);
  for (const { id, sequence } of sent()) expect(Number(sequence)).toBe(numbers.get(id));
  expect((await fresh.store.events.after("events", 0, 100)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});

test("an account's events are numbered by version, however a batch is ordered", async () => {
  const records = await streamOf([announcement(5), announcement(4), announcement(9), announcement(1)]);
  await publish({ Records: records.toReversed() });
  const bySequence = sent().sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
  expect(bySequence.map(({ accountversion }) => accountversion)).toEqual([1, 2, 3, 4]);
});

test("what was missed is numbered in a list of its own, and never sent", async () => {
  await fresh.store.visit("catalog", () => ({
    announcements: [1, 2].map((n) => ({ event: announcement(n), marks: [`m/${n}`], missed: n === 1 })),
    nextAt: null,
    settled: [],
  }));
  await publish({ Records: await recordsOf(fresh) });
  expect(sent().map(({ id, sequence }) => [id, Number(sequence)])).toEqual([["evt_0002", 1]]);
  expect((await fresh.store.events.after("missed", 0, 10)).map(({ sequence }) => sequence)).toEqual([1]);
});

test("a damaged event is told and left without a number; the others go on", async () => {
  const records = await streamOf([announcement(1), announcement(2), announcement(3)]);
  const damage = { ":body": { S: '{"spec' } };
  const Key = { pk: { S: "events#account#acme" }, sk: { S: "evt_0002" } };
  await fresh.client.send(
    new UpdateItemCommand({ TableName: fresh.tableName, Key, UpdateExpression: "SET body = :body", ExpressionAttributeValues: damage }),
  );
  expect(await publish({ Records: records })).toEqual({ batchItemFailures: [] });
  expect(sent().map(({ id, sequence }) => [id, Number(sequence)])).toEqual([
    ["evt_0001", 1],
    ["evt_0003", 2],
  ]);
  expect(log).toEqual([{ level: "error", event: "event-poisoned", pk: "events#account#acme", sk: "evt_0002", reason: "it cannot be read" }]);
  expect(await fresh.store.events.waiting(10)).toEqual([{ pk: "events#account#acme", sk: "evt_0002" }]);
});

test("what the stream gave up on is numbered and sent once the clock asks for it, and nothing else", async () => {
  const records = await streamOf(Array.from({ length: 12 }, (_, n) => announcement(n)));
  await publish({ Records: records.slice(0, 2) });
  expect(sent().map(({ id }) => id)).toEqual(["evt_0000"]);
  await leftBehind();
  expect(sent().map(({ id, sequence }) => [id, Number(sequence)])).toEqual(
    Array.from({ length: 12 }, (_, n) => [`evt_${String(n).padStart(4, "0")}`, n + 1]),
  );
  await leftBehind();
  expect(sent()).toHaveLength(12);

  await streamOf([announcement(20)]);
  takes = () => null;
  await expect(leftBehind()).rejects.toThrow("the bus did not take what was left behind");
});
