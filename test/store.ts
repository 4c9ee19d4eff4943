/**
 * A store for one test: a new table in the real embedded store, one child process for all tests of a vitest worker.
 * With DYNAMODB_ENDPOINT set, the tests run against that store instead (DynamoDB Local, for a second opinion).
 */
import { randomBytes } from "node:crypto";
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { createTable } from "../functions/store/create-table.ts";
import { openStore, type Store } from "../functions/store/store.ts";
import { startEmbeddedStore } from "../infra/local/embedded-store.ts";

export interface FreshStore {
  store: Store;
  client: DynamoDBClient;
  tableName: string;
  endpoint: string;
}

let endpoint: Promise<string> | undefined;

function theEndpoint(): Promise<string> {
  endpoint ??= process.env.DYNAMODB_ENDPOINT
    ? Promise.resolve(process.env.DYNAMODB_ENDPOINT)
    : startEmbeddedStore({ dbPath: null }).then((embedded) => embedded.endpoint);
  return endpoint;
}

/** A client as the store makes one for itself, to be given to `openStore` or looked through. */
export async function newClient(config: DynamoDBClientConfig = {}): Promise<DynamoDBClient> {
  return new DynamoDBClient({
    endpoint: await theEndpoint(),
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 2,
    ...config,
  });
}

/** @param now the store's clock; the machine's unless a test needs its own */
export async function freshStore(now: () => number = Date.now): Promise<FreshStore> {
  const client = await newClient();
  const tableName = `test-${randomBytes(9).toString("hex")}`;
  await createTable(client, tableName);
  return { store: openStore({ tableName, client, now }), client, tableName, endpoint: await theEndpoint() };
}
