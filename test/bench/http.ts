/**
 * The entitlement check over HTTP, behind the local gateway, on the embedded store: against a handler that does nothing
 * but the same calls of the AWS SDK on the same items. Only this process is measured, not the store and not the caller.
 * Both sides run as they are deployed: bundled with the options of the stack, each with a client of its own.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AttributeValue, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { operations } from "../../functions/entitlement-checks.ts";
import { serve } from "../../functions/http/serve.ts";
import { createTable } from "../../functions/store/create-table.ts";
import { openStore, type Store } from "../../functions/store/store.ts";
import { openSignIn } from "../../infra/local/auth-open.ts";
import { writesOf } from "../../infra/local/demo/load.ts";
import { startEmbeddedStore } from "../../infra/local/embedded-store.ts";
import { openGateway } from "../../infra/local/gateway.ts";
import { bundled } from "./bundled.ts";
import { ours } from "./decision.ts";
import type { Done, Errand } from "./http-client.ts";
import { compare } from "./measure.ts";
import { type Asked, catalog, generate } from "./portfolio.ts";
import { assertSame } from "./same-answer.ts";
import { atMost, informs, type Row } from "./table.ts";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

type Item = Record<string, AttributeValue>;

const tableName = "bench";
const accounts = 120;
const requestsPerBatch = 30;
const check = "/v1/entitlement-checks";

export async function benchHttp(say: (line: string) => void): Promise<Row[]> {
  const embedded = await startEmbeddedStore({ dbPath: null });
  const gateway = await openGateway("127.0.0.1", 0);
  const caller = await startCaller();
  const folder = mkdtempSync(join(tmpdir(), "bench-http-"));
  try {
    const client = new DynamoDBClient({
      endpoint: embedded.endpoint,
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    await createTable(client, tableName);
    const store = openStore({ client, tableName, now: Date.now });
    const asked = generate(accounts, 2026_12);
    await write(store, asked);
    await bundled(folder, "handlers", { entryPoints: [fileURLToPath(new URL("./http-handlers.ts", import.meta.url))] });
    const { handlersOn }: typeof import("./http-handlers.ts") = await import(join(folder, "handlers.mjs"));
    gateway.serve(handlersOn(embedded.endpoint, tableName, await storedItems(client, store, asked)), openSignIn);

    const bodies = asked.map(bodyOf);
    const send = async (path: string, some: string[], keep = false): Promise<Done> => {
      const done = await caller.send({ url: gateway.url + path, bodies: some, keep });
      if (done.statuses.some((status) => status >= 300)) throw new Error(`${path} answered ${done.statuses}`);
      return done;
    };
    const { answers } = await send(`${check}/preview`, bodies, true);
    for (const [n, answer] of answers.entries())
      assertSame({ ...JSON.parse(answer), ...ours(asked[n] as Asked) }, JSON.parse(answer), `preview ${n}`);
    say(`${answers.length} previews over HTTP answer as the decision in process does`);

    const read = await readUnits(embedded.endpoint, asked);
    const batches = Array.from({ length: 40 }, (_, n) =>
      Array.from({ length: requestsPerBatch }, (_, m) => bodies[(n * requestsPerBatch + m) % accounts] as string),
    );
    // A request is some milliseconds of much code: it takes thousands of them until all of it is compiled.
    const options = { rounds: 21, itemsPerRound: 1, batchMilliseconds: 60, warmUpMilliseconds: 5_000 };
    const preview = await compare(
      batches,
      (some) => send("/bench/read", some),
      (some) => send(`${check}/preview`, some),
      options,
    );
    const stored = await compare(
      batches,
      (some) => send("/bench/read-and-put", some),
      (some) => send(check, some),
      options,
    );
    const each = (micros: number) => `${(micros / requestsPerBatch / 1000).toFixed(2)} ms`;
    return [
      { what: "requests to the store for one preview", measured: String(read.requests), goal: "1", met: read.requests === 1 },
      {
        what: "read units for one preview, strongly consistent: median, most",
        measured: `${read.median}, ${read.most}`,
        goal: "≤ 2",
        met: read.most <= 2,
      },
      atMost("preview over HTTP ÷ bare SDK read of the same items", preview.ratio, 1.5),
      informs("— one preview, one bare read", `${each(preview.contenderMicros)}, ${each(preview.baselineMicros)}`),
      atMost("stored check over HTTP ÷ bare SDK read and PutItem", stored.ratio, 1.5),
      informs("— one stored check, one bare read and PutItem", `${each(stored.contenderMicros)}, ${each(stored.baselineMicros)}`),
    ];
  } finally {
    rmSync(folder, { recursive: true });
    caller.stop();
    await gateway.stop(1_000);
    await embedded.stop();
  }
}

const bodyOf = ({ dossier, request, instant }: Asked) =>
  JSON.stringify({ accountId: dossier.accountId, asOf: new Date(instant).toISOString(), request });

async function write(store: Store, asked: readonly Asked[]): Promise<void> {
  const { products, priceLists } = catalog;
  const writes = [
    ...products.map(({ productId, ...value }) => ({ path: `products/${productId}`, value })),
    ...priceLists.map(({ priceListId, ...value }) => ({ path: `price-lists/${priceListId}`, value })),
  ];
  await store.change("catalog", { operationId: "catalog", by: "bench", decide: () => ({ writes, answer: null }) });
  for (const { dossier } of asked) {
    const { accountId } = dossier;
    await store.change({ accountId }, { operationId: accountId, by: "bench", decide: () => ({ writes: writesOf(dossier), answer: null }) });
  }
}

/** For each account the item of one stored check, as the service wrote it. */
async function storedItems(client: DynamoDBClient, store: Store, asked: readonly Asked[]): Promise<Map<string, Item>> {
  const service = serve(operations, { store: () => store, now: Date.now, log() {} });
  for (const one of asked) {
    const event = {
      routeKey: `POST ${check}`,
      rawPath: check,
      rawQueryString: "",
      headers: { "content-type": "application/json" },
      body: bodyOf(one),
      requestContext: {
        requestId: "bench",
        http: { method: "POST", path: check },
        authorizer: { jwt: { claims: await openSignIn({ routeKey: `POST ${check}`, headers: {} }) } },
      },
    };
    const { statusCode, body } = await service(event as never, {} as never);
    if (statusCode !== 201) throw new Error(`a check was not stored: ${body}`);
  }
  const items = new Map<string, Item>();
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: "sk = :record",
        ExpressionAttributeValues: { ":record": { S: "record" } },
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    for (const item of page.Items ?? []) items.set(item.accountId?.S ?? "", item);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

/** What reading the facts of each account costs, as the store itself counts it. */
async function readUnits(endpoint: string, asked: readonly Asked[]): Promise<{ requests: number; median: number; most: number }> {
  const client = new DynamoDBClient({ endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  const units: number[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
      const result = await next(args);
      const consumed = [(result.output as { ConsumedCapacity?: { CapacityUnits?: number }[] }).ConsumedCapacity ?? []].flat();
      units.push(consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0));
      return result;
    },
    { step: "initialize" },
  );
  const store = openStore({ client, tableName, now: Date.now });
  // The first read of a process brings the catalog too, which it then keeps.
  await store.readFacts((asked[0] as Asked).dossier.accountId, null);
  units.length = 0;
  for (const { dossier } of asked) await store.readFacts(dossier.accountId, null);
  const sorted = [...units].sort((a, b) => a - b);
  return { requests: units.length / asked.length, median: sorted[sorted.length >> 1] as number, most: sorted.at(-1) as number };
}

async function startCaller() {
  const child = fork(fileURLToPath(new URL("./http-client.ts", import.meta.url)));
  await new Promise((resolve, reject) => child.once("spawn", () => resolve(null)).once("error", reject));
  return {
    send: (errand: Errand) =>
      new Promise<Done>((resolve, reject) => {
        child.once("message", (done) => resolve(done as Done));
        child.send(errand, (error) => error && reject(error));
      }),
    stop: () => child.kill(),
  };
}
