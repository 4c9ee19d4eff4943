/** What one stored check of an ordinary account uses, as the store itself counts it: the figures that docs/costs.md multiplies. */
import { operations } from "../../functions/entitlement-checks.ts";
import { serve } from "../../functions/http/serve.ts";
import { openStore } from "../../functions/store/store.ts";
import { writesOf } from "../../infra/local/demo/load.ts";
import { type Asked, catalog, generate } from "../bench/portfolio.ts";
import { adminClaims } from "../functions/http/service.ts";
import { clientThrough } from "../functions/store/interference.ts";
import { freshStore } from "../store.ts";

/** Of one request. */
export interface Used {
  requests: number;
  readUnits: number;
  writeUnits: number;
  answerBytes: number;
  logBytes: number;
  /** As DynamoDB counts items: names and values of attributes. */
  keptBytes: number;
}

const check = "/v1/entitlement-checks";

/** Median of each figure over accounts of about 30 facts, once the process has the catalog. */
export async function usedByCheck(path: "" | "/preview", headers: Record<string, string> = {}): Promise<Used> {
  const { client, tableName } = await freshStore();
  let used: Used = nothing();
  const counting = await clientThrough(async (call) => {
    const answer = await call.pass({ ...call.input, ReturnConsumedCapacity: "TOTAL" });
    const units = [answer.ConsumedCapacity ?? []].flat().reduce((sum: number, one: { CapacityUnits: number }) => sum + one.CapacityUnits, 0);
    used.requests++;
    used[/Get|Query/.test(call.name) ? "readUnits" : "writeUnits"] += units;
    if (call.name === "PutItem") used.keptBytes += sizeOf(call.input.Item);
    return answer;
  });
  const plain = openStore({ client, tableName, now: Date.now });
  const asked = generate(60, 2026_12);
  await record(plain, asked);
  const store = openStore({ client: counting, tableName, now: Date.now });
  const handler = serve(operations, {
    store: () => store,
    now: Date.now,
    stage: "prod",
    log: (line) => (used.logBytes += Buffer.byteLength(line) + 1),
  });
  const all: Used[] = [];
  for (const [n, { dossier, request, instant }] of asked.entries()) {
    used = nothing();
    const event = {
      routeKey: `POST ${check}${path}`,
      rawPath: `${check}${path}`,
      rawQueryString: "",
      headers: { "content-type": "application/json", ...headers, ...(headers["idempotency-key"] && { "idempotency-key": `key-${n}` }) },
      body: JSON.stringify({ accountId: dossier.accountId, asOf: new Date(instant).toISOString(), request: { ...request, caseId: `case-${n}` } }),
      requestContext: { requestId: "KgO9hgfHoAMEJ8w=", http: { method: "POST", path: check }, authorizer: { jwt: { claims: adminClaims } } },
    };
    const { statusCode = 0, body = "" } = await handler(event as never, {} as never);
    if (statusCode >= 300) throw new Error(`the check answered ${statusCode}: ${body}`);
    used.answerBytes = Buffer.byteLength(body);
    all.push(used);
  }
  // The first brings the catalog.
  const [, ...warm] = all;
  const medianOf = (name: keyof Used) => warm.map((one) => one[name]).sort((a, b) => a - b)[warm.length >> 1] as number;
  return Object.fromEntries(Object.keys(nothing()).map((name) => [name, medianOf(name as keyof Used)])) as unknown as Used;
}

const nothing = (): Used => ({ requests: 0, readUnits: 0, writeUnits: 0, answerBytes: 0, logBytes: 0, keptBytes: 0 });

async function record(store: ReturnType<typeof openStore>, asked: readonly Asked[]): Promise<void> {
  const inCatalog = [
    ...catalog.products.map(({ productId, ...value }) => ({ path: `products/${productId}`, value })),
    ...catalog.priceLists.map(({ priceListId, ...value }) => ({ path: `price-lists/${priceListId}`, value })),
  ];
  await store.change("catalog", { operationId: "catalog", by: "test", decide: () => ({ writes: inCatalog, answer: null }) });
  for (const { dossier } of asked) {
    const { accountId } = dossier;
    await store.change({ accountId }, { operationId: accountId, by: "test", decide: () => ({ writes: writesOf(dossier), answer: null }) });
  }
}

/** DynamoDB developer guide, "DynamoDB item sizes and formats"; a number is at most 21 bytes. */
function sizeOf(item: Record<string, { S?: string; B?: Uint8Array; N?: string }>): number {
  const sizes = Object.entries(item).map(
    ([name, { S, B, N }]) => Buffer.byteLength(name) + (S !== undefined ? Buffer.byteLength(S) : (B?.length ?? (N?.length ?? 0) / 2 + 1)),
  );
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0));
}
