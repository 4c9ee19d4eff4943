/**
 * What a Lambda function behind an HTTP API is handed for a request, and what its answer means: API Gateway's payload
 * format 2.0, as in "Working with AWS Lambda proxy integrations for HTTP APIs" of the API Gateway developer guide.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Match } from "./routes.ts";

/** @param claims of the accepted token; null where the route needs none */
export function eventOf(
  request: IncomingMessage,
  match: Match,
  body: Buffer,
  claims: Record<string, string> | null,
  requestId: string,
  now: Date,
): APIGatewayProxyEventV2 {
  const { path, query } = targetOf(request);
  const { cookie, ...headers } = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(",")]),
  );
  const text = textOf(body, headers["content-type"]);
  return {
    version: "2.0",
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(query === "" ? {} : { queryStringParameters: parametersOf(query) }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    requestContext: {
      accountId: "anonymous",
      apiId: "local",
      domainName: headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method: request.method ?? "GET",
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: match.routeKey,
      stage: "$default",
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
      ...(claims === null ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    },
    ...(body.length === 0 ? {} : { body: text ?? body.toString("base64") }),
    isBase64Encoded: body.length > 0 && text === null,
  } as APIGatewayProxyEventV2;
}

/** The path and query of the request line, which may also hold a whole address (`GET http://host/path`). */
export function targetOf(request: IncomingMessage): { path: string; query: string } {
  const target = (request.url ?? "/").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  return { path: path === "" ? "/" : path, query: mark < 0 ? "" : target.slice(mark + 1) };
}

/** API Gateway hands on bodies of text types as text, all others in base64; bytes that are not UTF-8 stay bytes here. */
function textOf(body: Buffer, contentType: string | undefined): string | null {
  if (!/^\s*(?:text\/|application\/(?:[^;\s]*\+)?(?:json|xml)|application\/javascript)/i.test(contentType ?? "")) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** A parameter that is given twice is joined with a comma. */
function parametersOf(query: string): Record<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = found.get(name);
    found.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(found);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(at: Date): string {
  const [date, time] = at.toISOString().split("T") as [string, string];
  const [year, month, day] = date.split("-") as [string, string, string];
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

/** Sends what a function answered. */
export function sendResult(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const body = Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8");
  const status = result.statusCode ?? 200;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(result.headers ?? {})) headers[name.toLowerCase()] = String(value);
  if (result.cookies !== undefined && result.cookies.length > 0) headers["set-cookie"] = result.cookies;
  if (status !== 204 && status !== 304) headers["content-length"] = String(body.length);
  response.writeHead(status, headers);
  response.end(status === 204 || status === 304 ? undefined : body);
}
