/**
 * What goes wrong between the service and its table. A step names its faults beforehand, by the number of the call they
 * strike, so that a history does the same when it is lived again.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Commands, FakeDynamo } from "./fake-dynamo.ts";

export const faultKinds = [
  /** Refused before anything was done. */
  "throttled",
  /** Nothing was done, and no answer came. */
  "unanswered",
  /** It was done, and no answer came. */
  "answer-lost",
  /** No answer came, and it is done a few calls later, after the retry has begun. */
  "late",
  /** Another transaction was at the same item. */
  "conflict",
  /** Part of a batch was not looked at. */
  "unprocessed",
  /** The process ends before the call. */
  "crash-before",
  /** The process ends after the call. */
  "crash-after",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Strikes the n-th call of a step, counted from 0. */
export interface Fault {
  call: number;
  kind: FaultKind;
}

export const isWrite = (name: keyof Commands) => name === "PutItem" || name === "TransactWriteItems" || name === "BatchWriteItem";

/** One process of the service: what it sent before it ended has happened, nothing that comes after. */
export class Process {
  readonly client: DynamoDBClient;
  /** Is kept once the process has ended. */
  readonly ended: Promise<"ended">;
  readonly #table: FakeDynamo;
  readonly #struck: Map<FaultKind, number>;
  #end: () => void = () => {};
  #hasEnded = false;
  #calls = 0;
  #faults: readonly Fault[] = [];
  #late: { at: number; run: () => void }[] = [];

  /** @param struck counts the faults that took place */
  constructor(table: FakeDynamo, struck: Map<FaultKind, number>) {
    this.#table = table;
    this.#struck = struck;
    this.ended = new Promise((resolve) => {
      this.#end = () => resolve("ended");
    });
    this.client = new DynamoDBClient({ region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
    this.client.send = ((command: { constructor: { name: string }; input: object }) =>
      this.#answer(command.constructor.name.replace(/Command$/, "") as keyof Commands, command.input)) as unknown as DynamoDBClient["send"];
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get calls(): number {
    return this.#calls;
  }

  /** From here on these faults strike; calls are counted anew. */
  expect(faults: readonly Fault[]): void {
    this.#arrive(Number.POSITIVE_INFINITY);
    this.#calls = 0;
    this.#faults = faults;
  }

  /** What is on its way arrives. */
  settle(): void {
    this.#arrive(Number.POSITIVE_INFINITY);
  }

  async #answer(name: keyof Commands, input: object): Promise<object> {
    if (this.#hasEnded) return never;
    const call = this.#calls++;
    this.#arrive(call);
    await null;
    if (this.#hasEnded) return never;
    const fault = this.#faults.find((one) => one.call === call);
    return fault === undefined ? this.#run(name, input) : this.#strike(fault.kind, name, input);
  }

  #run(name: keyof Commands, input: object): object {
    return this.#table.run(name, input as never);
  }

  #strike(kind: FaultKind, name: keyof Commands, input: object): object | Promise<object> {
    const writes = isWrite(name);
    const applies =
      kind === "conflict" || kind === "late" || kind === "answer-lost" ? writes : kind === "unprocessed" ? name.startsWith("Batch") : true;
    if (!applies) return this.#run(name, input);
    this.#struck.set(kind, (this.#struck.get(kind) ?? 0) + 1);
    switch (kind) {
      case "throttled":
        throw sdkError("ProvisionedThroughputExceededException", 400);
      case "unanswered":
        throw timeout();
      case "answer-lost":
        this.#run(name, input);
        throw timeout();
      case "late":
        this.#late.push({ at: this.#calls + 2, run: () => this.#run(name, input) });
        throw timeout();
      case "conflict":
        if (name === "PutItem") throw sdkError("TransactionConflictException", 400);
        if (name === "BatchWriteItem") throw sdkError("ThrottlingException", 400);
        throw Object.assign(sdkError("TransactionCanceledException", 400), { CancellationReasons: [{ Code: "TransactionConflict" }] });
      case "unprocessed":
        return this.#half(name, input as { RequestItems: Record<string, unknown> });
      case "crash-before":
        return this.#crash();
      case "crash-after":
        try {
          this.#run(name, input);
        } catch {
          // Refused: the process ends all the same.
        }
        return this.#crash();
    }
  }

  #crash(): Promise<object> {
    this.#hasEnded = true;
    this.#end();
    return never;
  }

  /** The first half is done, the other is to be asked for again. */
  #half(name: keyof Commands, { RequestItems }: { RequestItems: Record<string, unknown> }): object {
    const [table = "", asked] = Object.entries(RequestItems)[0] ?? [];
    if (name === "BatchWriteItem") {
      const requests = asked as unknown[];
      const half = Math.floor(requests.length / 2);
      if (half > 0) this.#run(name, { RequestItems: { [table]: requests.slice(0, half) } });
      return { UnprocessedItems: { [table]: requests.slice(half) } };
    }
    const { Keys, ...same } = asked as { Keys: unknown[] };
    const half = Math.floor(Keys.length / 2);
    const answer = half === 0 ? { Responses: {} } : this.#run(name, { RequestItems: { [table]: { ...same, Keys: Keys.slice(0, half) } } });
    return { ...answer, UnprocessedKeys: { [table]: { ...same, Keys: Keys.slice(half) } } };
  }

  #arrive(call: number): void {
    const due = this.#late.filter(({ at }) => at <= call);
    this.#late = this.#late.filter(({ at }) => at > call);
    for (const { run } of due) {
      try {
        run();
      } catch {
        // Refused: it came too late.
      }
    }
  }
}

/** A call of a process that has ended is never answered. */
const never = new Promise<object>(() => {});

const timeout = () => Object.assign(new Error("the answer did not come in time"), { name: "TimeoutError" });

const sdkError = (name: string, httpStatusCode: number) => Object.assign(new Error(name), { name, $fault: "client", $metadata: { httpStatusCode } });
