/**
 * Turns an event of API Gateway (payload format 2.0) into a call: every part of it read, bounded and checked.
 */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { digestOfJson } from "../store/canonical.ts";
import { readBody } from "./body.ts";
import { idempotencyKeyOf } from "./idempotency.ts";
import { callerOf } from "./identity.ts";
import type { Call, Operation } from "./operation.ts";
import { Problem } from "./problem.ts";
import { parseShape } from "./shape-errors.ts";

/** @throws Problem 400, 413 or 415 */
export function callOf<Parts>(
  event: APIGatewayProxyEventV2,
  operation: Operation<unknown, unknown, unknown, Parts>,
  store: Parts,
  now: number,
): Call<unknown, unknown, unknown, Parts> {
  const { headers } = event;
  const params = operation.params === undefined ? {} : parseShape(operation.params, event.pathParameters ?? {}, "path");
  const query = operation.query === undefined ? refuseQuery(event) : parseShape(operation.query, queryOf(event.rawQueryString), "query");
  const key = idempotencyKeyOf(operation, headers);
  const sent =
    operation.body === undefined
      ? undefined
      : readBody({ body: event.body, isBase64Encoded: event.isBase64Encoded, contentType: headers["content-type"] });
  const caller = callerOf(event);
  return {
    params,
    query,
    body: operation.body === undefined ? undefined : bodyOf(operation.body, sent),
    method: event.requestContext.http.method,
    path: event.rawPath,
    headers,
    caller,
    now,
    requestId: event.requestContext.requestId,
    store,
    replyKey: key === null ? null : { caller, route: routeOf(event), key },
    bodyHash: key === null ? null : digestOfJson(sent ?? null),
  };
}

function bodyOf(schema: NonNullable<Operation["body"]>, sent: unknown): unknown {
  if (sent === undefined && !schema.safeParse(undefined).success)
    throw new Problem(400, "body-missing", "the request has no body: send a JSON object as `application/json`");
  return parseShape(schema, sent, "body");
}

/** The route with its path parameters, however the request spelled them. */
function routeOf({ routeKey, pathParameters }: APIGatewayProxyEventV2): string {
  return routeKey.replace(/\{(\w+)\}/g, (_, name: string) => pathParameters?.[name] ?? "");
}

const nothing: Record<string, never> = {};

function refuseQuery(event: APIGatewayProxyEventV2): Record<string, never> {
  if (event.rawQueryString === "") return nothing;
  const [name] = Object.keys(queryOf(event.rawQueryString));
  if (name === undefined) return nothing;
  throw new Problem(400, "invalid-request", "the query has a wrong field: nothing can be asked here by query", {
    errors: [
      { in: "query", pointer: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, detail: "unknown field: leave it out, or mend its name" },
    ],
  });
}

/** The query by name. An empty value equals absent; a name that occurs twice is refused, not guessed. */
function queryOf(raw: string): Record<string, string | undefined> {
  const query: Record<string, string | undefined> = Object.create(null);
  const wrong = (name: string, detail: string) =>
    new Problem(400, "invalid-request", `the query has a wrong field: \`/${name}\` ${detail}`, {
      errors: [{ in: "query", pointer: `/${name}`, detail }],
    });
  for (const pair of raw.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals));
    const value = decoded(equals === -1 ? "" : pair.slice(equals + 1));
    if (name === null || value === null || value.includes("\u0000")) throw wrong(name ?? "", "is not well-formed: expected percent-encoded UTF-8");
    if (name in query) throw wrong(name, "occurs twice: leave one out");
    query[name] = value === "" ? undefined : value;
  }
  return query;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
