/**
 * Clients that see, delay or falsify what passes between the store and the table.
 */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { newClient } from "../../store.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever the SDK passes
type Loose = any;

export interface Call {
  /** Such as `TransactWriteItems`. */
  name: string;
  input: Loose;
  /** Passes it on to the table. */
  pass(input?: Loose): Promise<Loose>;
}

/** A client whose every command goes through this function first, outside of the SDK's own retries. */
export async function clientThrough(interfere: (call: Call) => Promise<Loose>): Promise<DynamoDBClient> {
  const client = await newClient();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const output: { whole?: Loose } = {};
      const pass = async (input: Loose = args.input) => {
        output.whole = await next({ ...args, input });
        return output.whole.output;
      };
      const answer = await interfere({ name: (context.commandName ?? "").replace(/Command$/, ""), input: args.input, pass });
      return { ...output.whole, output: answer };
    },
    { step: "initialize", name: "interference" },
  );
  return client;
}

/** Lets everything pass and counts it. */
export async function countingClient(): Promise<{ client: DynamoDBClient; calls: string[] }> {
  const calls: string[] = [];
  const client = await clientThrough((call) => {
    calls.push(call.name);
    return call.pass();
  });
  return { client, calls };
}

export function timeout(): Error {
  return Object.assign(new Error("the answer did not come in time"), { name: "TimeoutError" });
}

/** As DynamoDB cancels a transaction, with one code for its first item. */
export function canceled(code: string): Error {
  return Object.assign(new Error("Transaction cancelled"), {
    name: "TransactionCanceledException",
    $fault: "client",
    $metadata: { httpStatusCode: 400 },
    CancellationReasons: [{ Code: code }, { Code: "None" }],
  });
}

export function isWrite(call: Call): boolean {
  return call.name === "TransactWriteItems" || call.name === "PutItem";
}
