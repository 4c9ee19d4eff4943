/** What must hold of every answer, whatever was asked. */
import { answerShape } from "../../functions/http/answer-shapes.ts";
import type { Operation } from "../../functions/http/operation.ts";
import { problemDocument } from "../../functions/http/problem-shape.ts";
import { canary, type HostileRequest } from "./parts.ts";
import type { Answered } from "./service.ts";

const innards = /\bat [^\n]{1,200}\.(?:ts|js|mjs):\d+|node_modules|\b(?:Type|Range|Syntax|Reference)Error\b|\w+Exception\b/;

/** What is wrong with the answer; null: nothing. @param deeply also holds the answer to its whole shape, which costs time */
export function wrongWith(request: HostileRequest, answered: Answered, operation: Operation, deeply: boolean): string | null {
  const { status, headers, text, log, written } = answered;
  if (status < 200 || status >= 500) return `a fault of ours: ${status}`;
  if (request.allowed !== null && !request.allowed.includes(status)) return `taken although it must be refused: ${status}`;
  if (request.kinds[0] === "unchanged" && [400, 401, 403, 412, 413, 415].includes(status)) return `refused although it is good: ${status}`;
  if (log.length === 0) return "not in the log";
  if (log.some((line) => line.toLowerCase().includes(canary))) return "the log tells what was sent";
  if (headers["x-content-type-options"] !== "nosniff" || headers["cache-control"] === undefined) return "a header that protects is missing";
  if (request.kinds.includes("header: key of another caller") && headers["idempotency-replayed"] !== undefined) return "the answer of another caller";
  const [method] = request.routeKey.split(" ");
  const storesNothing = status >= 400 || method === "GET" || request.routeKey.endsWith("/preview");
  if (storesNothing && written > 0) return `changed the table: ${written} commands, answered ${status}`;
  if (status >= 400) return wrongWithProblem(status, headers, text, deeply);
  const type = headers["content-type"] ?? "";
  if (type.startsWith("text/html") && request.routeKey !== "GET /docs") return "an answer that a browser takes for a page";
  if (!deeply || !type.startsWith("application/json")) return null;
  const shape = answerShape(operation, status);
  if (shape === undefined) return `a status that is not promised: ${status}`;
  return shape === null || shape.safeParse(JSON.parse(text)).success ? null : "an answer without the shape that is promised";
}

function wrongWithProblem(status: number, headers: Answered["headers"], text: string, deeply: boolean): string | null {
  if (headers["content-type"] !== "application/problem+json") return `a refusal that is ${headers["content-type"]}`;
  const problem = JSON.parse(text) as Record<string, unknown>;
  if (problem.status !== status || typeof problem.code !== "string" || !/^[a-z][a-z0-9-]{2,63}$/.test(problem.code))
    return "a refusal without a stable code";
  if (innards.test(text)) return "a refusal that tells of our insides";
  return deeply && !problemDocument.safeParse(problem).success ? "a refusal without the shape of problems" : null;
}
