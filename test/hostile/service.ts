/** The real handlers on a table in memory, with what is to be watched of them: their log, and what they wrote. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { capabilities } from "../../functions/capabilities.ts";
import type { Operation, Operations } from "../../functions/http/operation.ts";
import { type Handler, serve } from "../../functions/http/serve.ts";
import { openStore } from "../../functions/store/store.ts";
import { writes } from "../functions/http/example.ts";
import { FakeDynamo } from "../simulation/fake-dynamo.ts";
import { isWrite, Process } from "../simulation/faults.ts";
import { adminClaims, type HostileRequest } from "./parts.ts";

export const routes = Object.values(capabilities).flatMap((operations: Operations) => Object.entries(operations) as [string, Operation][]);

export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Lines of the log, metrics in them, and whatever else was printed. */
  log: string[];
  /** Commands that changed the table. */
  written: number;
}

/** What a broken variant puts in the place of an operation. */
export type Variant = (operation: Operation, routeKey: string, log: (line: string) => void) => Operation;

export interface HostileService {
  answer(request: Omit<HostileRequest, "kinds" | "allowed" | "number">): Promise<Answered>;
}

const start = Date.parse("2026-11-22T11:00:00Z");

export async function startHostileService(variant: Variant = (operation) => operation): Promise<HostileService> {
  let now = start;
  let written = 0;
  let log: string[] = [];
  const { client } = new Process(new FakeDynamo(), new Map());
  const send = client.send.bind(client) as (command: { constructor: { name: string } }) => Promise<object>;
  client.send = (async (command: { constructor: { name: string } }) => {
    const given = await send(command);
    if (isWrite(command.constructor.name.replace(/Command$/, "") as Parameters<typeof isWrite>[0])) written++;
    return given;
  }) as unknown as typeof client.send;
  const store = openStore({ client, tableName: "hostile", now: () => now });
  const write = (line: string) => void log.push(line);
  const imports = { uploadUrl: async (importId: string) => `http://test/${importId}`, enqueue: async () => {} };
  const surroundings = { store: () => store, now: () => now, log: write, imports, stage: "hostile" };
  const handlers = new Map<string, Handler>();
  for (const [routeKey, operation] of routes) handlers.set(routeKey, serve({ [routeKey]: variant(operation, routeKey, write) }, surroundings));
  let requests = 0;

  const service: HostileService = {
    async answer({ routeKey, path, pathParameters, query, headers, claims, text, isBase64 }) {
      now += 1;
      written = 0;
      log = [];
      const method = routeKey === "$default" ? "GET" : (routeKey.split(" ")[0] as string);
      const event = {
        version: "2.0",
        routeKey,
        rawPath: path,
        rawQueryString: query,
        headers,
        pathParameters,
        requestContext: {
          http: { method, path, protocol: "HTTP/1.1", sourceIp: "", userAgent: "" },
          requestId: `request-${++requests}`,
          routeKey,
          authorizer: { jwt: { claims, scopes: null } },
        },
        ...(text === "" ? {} : { body: text }),
        isBase64Encoded: isBase64,
      } as unknown as APIGatewayProxyEventV2;
      const given = await (handlers.get(routeKey) as Handler)(event, {} as Context);
      return { status: given.statusCode ?? 0, headers: given.headers as Record<string, string>, text: given.body ?? "", log, written };
    },
  };

  for (const [path, document] of writes) await service.answer(goodWrite(path, document));
  return service;
}

function goodWrite(path: string, document: object) {
  const segments = path.split("/");
  const found = routes.find(([routeKey]) => {
    const [method, pattern = ""] = routeKey.split(" ");
    const parts = pattern.split("/");
    return method === "PUT" && parts.length === segments.length && parts.every((part, n) => part.startsWith("{") || part === segments[n]);
  });
  const [routeKey = ""] = found ?? [];
  const parts = (routeKey.split(" ")[1] ?? "").split("/");
  const pathParameters = Object.fromEntries(parts.flatMap((part, n) => (part.startsWith("{") ? [[part.slice(1, -1), segments[n]]] : [])));
  return {
    routeKey,
    path,
    pathParameters,
    query: "",
    headers: { "content-type": "application/json" },
    claims: adminClaims,
    text: JSON.stringify(document),
    isBase64: false,
  };
}
