/** The real handlers on one process: requests go in as API Gateway sends them. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { capabilities } from "../../functions/capabilities.ts";
import type { Operations } from "../../functions/http/operation.ts";
import { type Handler, serve } from "../../functions/http/serve.ts";
import type { Store } from "../../functions/store/store.ts";
import { routeMatcher } from "../../infra/local/routes.ts";
import type { Clock } from "./clock.ts";

export interface Request {
  method: string;
  target: string;
  body?: unknown;
  key?: string;
}

export interface Response {
  status: number;
  headers: Record<string, string>;
  text: string;
}

export type Send = (request: Request) => Promise<Response>;

const claims = { sub: "simulation", client_id: "simulation", token_use: "access", "cognito:groups": "[admin]" };

/** @param log takes each line of the log */
export function openGateway(store: Store, clock: Clock, log: (line: string) => void): Send {
  const surroundings = { store: () => store, now: () => clock.now, log };
  const handlers = new Map<string, Handler>();
  const lists: Operations[] = Object.values(capabilities);
  for (const operations of lists) {
    const handler = serve(operations, surroundings);
    for (const routeKey of Object.keys(operations)) handlers.set(routeKey, handler);
  }
  const match = routeMatcher(handlers.keys());
  let requests = 0;

  return async ({ method, target, body, key }) => {
    const [path = "", rawQueryString = ""] = target.split("?");
    const found = match(method, path);
    const handler = handlers.get(found?.routeKey ?? "");
    if (found === null || handler === undefined) throw new Error(`there is no route for \`${method} ${target}\``);
    const event = {
      version: "2.0",
      routeKey: found.routeKey,
      rawPath: path,
      rawQueryString,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...(key === undefined ? {} : { "idempotency-key": key }) },
      pathParameters: found.pathParameters,
      requestContext: {
        http: { method, path, protocol: "HTTP/1.1", sourceIp: "", userAgent: "" },
        requestId: `request-${++requests}`,
        routeKey: found.routeKey,
        authorizer: { jwt: { claims, scopes: null } },
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const result = await handler(event, {} as Context);
    return { status: result.statusCode ?? 0, headers: result.headers as Record<string, string>, text: result.body ?? "" };
  };
}
