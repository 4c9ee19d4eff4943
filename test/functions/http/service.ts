/**
 * The whole service for a test: the real handlers, driven by the events that API Gateway sends, on a real store of its
 * own, at a time that the test sets. Every answer is held to what the operation says it answers.
 */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { afterAll, expect } from "vitest";
import type * as z from "zod";
import { capabilities } from "../../../functions/capabilities.ts";
import { answerShape } from "../../../functions/http/answer-shapes.ts";
import type { Operation, Operations } from "../../../functions/http/operation.ts";
import { problemDocument } from "../../../functions/http/problem-shape.ts";
import { type Handler, serve } from "../../../functions/http/serve.ts";
import type { Store } from "../../../functions/store/store.ts";
import { type LocalImports, openImports } from "../../../infra/local/imports.ts";
import { routeMatcher } from "../../../infra/local/routes.ts";
import { freshStore } from "../../store.ts";

/** Sunday noon in Zurich. */
export const testNow = Date.parse("2026-11-22T11:00:00Z");

export interface Response {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The body's bytes. */
  content: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of all kinds
  body: any;
}

export interface Service {
  store: Store;
  /** Milliseconds since 1970; a millisecond passes with each request. */
  clock: { now: number };
  /** Who asks; null: the tester. Either is in `admin` unless `claims` say otherwise. */
  caller: string | null;
  /** What the gateway says of the token; null: there was none. */
  claims: Record<string, unknown> | null;
  /** Where files of imports go, and the work on them. */
  imports: LocalImports;
  /** One entry for each line of the log. */
  log: Record<string, unknown>[];
  /** Events that wait to be sent on. */
  announced(): Promise<object[]>;
  send(method: string, target: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The body as text, sent as it is. */
  sendText(method: string, target: string, text: string, headers?: Record<string, string>): Promise<Response>;
}

/** Of a person who may do everything. */
export const adminClaims = { sub: "tester", client_id: "test", token_use: "access", "cognito:groups": "[admin]" };

export const routes = Object.values(capabilities).flatMap((operations: Operations) => Object.entries(operations) as [string, Operation][]);

/** Files of imports, made where one is handed in. */
const handedIn = join(tmpdir(), `good-standing-test-${process.pid}`);
afterAll(() => rmSync(handedIn, { recursive: true, force: true }));

/** @param around another store than the real one, for faults */
export async function startService(around: (store: Store) => Store = (store) => store): Promise<Service> {
  const clock = { now: testNow };
  const real = await freshStore(() => clock.now);
  const store = around(real.store);
  const log: Record<string, unknown>[] = [];
  const now = () => clock.now;
  const write = (line: string) => void log.push(JSON.parse(line));
  const folder = join(handedIn, real.tableName);
  const imports = openImports({ store, folder, baseUrl: "http://test", now, log: write, holder: "test" });
  const surroundings = { store: () => store, now, log: write, imports: imports.intake };
  const handlers = new Map<string, Handler>();
  for (const operations of Object.values(capabilities) as Operations[]) {
    const handler = serve(operations, surroundings);
    for (const routeKey of Object.keys(operations)) handlers.set(routeKey, handler);
  }
  const match = routeMatcher(handlers.keys());
  const operationOf = new Map(routes);
  let requests = 0;

  async function announced(): Promise<object[]> {
    const { Items = [] } = await real.client.send(
      new ScanCommand({
        TableName: real.tableName,
        FilterExpression: "begins_with(pk, :events)",
        ExpressionAttributeValues: { ":events": { S: "events#" } },
      }),
    );
    return Items.map(({ body }) => JSON.parse(body?.S ?? ""));
  }

  async function sendText(method: string, target: string, text: string, headers: Record<string, string> = {}): Promise<Response> {
    clock.now += 1;
    requests += 1;
    const [path = "", query = ""] = target.split("?");
    const found = match(method, path);
    if (found === null) throw new Error(`no gateway would pass on \`${target}\``);
    const event = {
      version: "2.0",
      routeKey: found.routeKey,
      rawPath: path,
      rawQueryString: query,
      headers: { host: "test", ...(text === "" ? {} : { "content-type": "application/json" }), ...headers },
      pathParameters: found.pathParameters,
      requestContext: {
        http: { method, path, protocol: "HTTP/1.1", sourceIp: "", userAgent: "" },
        requestId: `request-${requests}`,
        routeKey: found.routeKey,
        ...(service.claims && { authorizer: { jwt: { claims: { ...service.claims, sub: service.caller ?? service.claims.sub }, scopes: null } } }),
      },
      ...(text === "" ? {} : { body: text }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const handler = handlers.get(found.routeKey) as Handler;
    const result = await handler(event, {} as Context);
    const response = {
      status: result.statusCode ?? 0,
      headers: result.headers as Record<string, string>,
      text: result.isBase64Encoded ? "" : (result.body ?? ""),
      content: Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8"),
      body: result.headers?.["content-type"]?.toString().includes("json") ? JSON.parse(result.body ?? "") : undefined,
    };
    assertSaid(`${method} ${target}`, response, operationOf.get(found.routeKey) as Operation);
    return response;
  }

  const service: Service = {
    store,
    clock,
    caller: null,
    claims: adminClaims,
    imports,
    log,
    announced,
    sendText,
    send: (method, target, body, headers) => sendText(method, target, body === undefined ? "" : JSON.stringify(body), headers),
  };
  return service;
}

/** The answer has the shape that the operation promises, with every field and no other. */
function assertSaid(request: string, response: Response, operation: Operation): void {
  const { status, headers, body } = response;
  expect(headers["x-request-id"], request).toBeDefined();
  expect(headers["cache-control"], request).toBeDefined();
  expect(headers["x-content-type-options"], request).toBe("nosniff");
  if (status >= 400) {
    expect(headers["content-type"], request).toBe("application/problem+json");
    assertShape(request, problemDocument, body);
    expect(body, request).toMatchObject({ status, type: "about:blank" });
    return;
  }
  const promised = answerShape(operation, status);
  if (promised === null || status === 204) expect(response.text, request).toBe("");
  else if (promised === undefined) throw new Error(`${request} answered ${status}, which it does not promise: ${response.text.slice(0, 500)}`);
  else if (body !== undefined) assertShape(request, promised, body);
}

function assertShape(request: string, schema: z.ZodType, body: unknown): void {
  const parsed = schema.safeParse(body);
  if (!parsed.success)
    throw new Error(`${request} answered ${JSON.stringify(body).slice(0, 600)}\nwhich is not what it promises: ${parsed.error.message}`);
}
