/** An answer as API Gateway takes it (payload format 2.0), with what every answer says to browsers. */
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Answer } from "./operation.ts";
import { describeProblem } from "./problem.ts";
import { problemOf } from "./problem-of.ts";

export type Result = APIGatewayProxyStructuredResultV2 & { statusCode: number; headers: Record<string, string> };

const always = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000",
  "x-content-type-options": "nosniff",
};

export function resultOf({ status, headers, json, file }: Answer): Result {
  if (file === undefined) {
    if (json === undefined) return { statusCode: status, headers: { ...always, ...headers } };
    return { statusCode: status, headers: { ...always, "content-type": "application/json", ...headers }, body: json };
  }
  const isBase64Encoded = typeof file.content !== "string";
  const body = typeof file.content === "string" ? file.content : file.content.toString("base64");
  return { statusCode: status, headers: { ...always, "content-type": file.type, ...headers }, body, isBase64Encoded };
}

/** What was thrown, as problem+json. @param requestId null where API Gateway named none */
export function problemResultOf(thrown: unknown, requestId: string | null): Result {
  const problem = problemOf(thrown);
  const headers = { ...always, ...problem.headers, "content-type": "application/problem+json" };
  return { statusCode: problem.status, headers, body: JSON.stringify(describeProblem(problem, requestId)) };
}
