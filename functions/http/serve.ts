/**
 * Makes a Lambda function of a capability's routes: reads the request, runs the operation, answers, and writes one line
 * to the log. Every fault ends here, as problem+json or as an opaque 500 whose whole story is in the log.
 */
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { ImportIntake } from "../imports/intake.ts";
import { openStore, type Store } from "../store/store.ts";
import { admit } from "./admission.ts";
import { runOnce } from "./idempotency.ts";
import { callerOf, defaultRolesClaim } from "./identity.ts";
import { decisionsByOutcome, measured, stageOfFunction } from "./metrics.ts";
import type { Answer, Operations, RouteKey } from "./operation.ts";
import { describeProblem, Problem } from "./problem.ts";
import { problemOf } from "./problem-of.ts";
import { callOf } from "./request.ts";

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;
export type Handler = (event: Event, context: Context) => Promise<Result>;

/** What a function is run in. */
export interface Surroundings {
  store(): Store;
  /** Milliseconds since 1970. */
  now(): number;
  /** Takes one line, without its end. */
  log(line: string): void;
  /** The claim that names a person's roles; absent: Cognito's. */
  rolesClaim?: string | undefined;
  /** For imports only. */
  imports?: ImportIntake;
  /** Under which metrics are kept; absent: none are taken. */
  stage?: string | null;
}

let opened: Store | undefined;

/** The table that the environment names, opened when first used and kept for the life of the process. */
export const environment: Surroundings = {
  store() {
    const { TABLE_NAME: tableName, DYNAMODB_ENDPOINT: endpoint } = process.env;
    if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
    opened ??= openStore({ tableName, now: Date.now, ...(endpoint ? { endpoint } : {}) });
    return opened;
  },
  now: Date.now,
  log: (line) => process.stdout.write(`${line}\n`),
  rolesClaim: process.env.ROLES_CLAIM,
  stage: stageOfFunction(),
};

/** The Lambda function for a capability's routes, told apart by `routeKey`. */
export function serve(operations: Operations, around: Surroundings = environment): Handler {
  const rolesClaim = around.rolesClaim || defaultRolesClaim;
  const decided = new WeakMap<Event, Answer["outcomes"]>();
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 })
    .use(logged(around, decided))
    .use(problemsAnswered)
    .handler(async (event: Event) => {
      const { routeKey } = event;
      const operation = Object.hasOwn(operations, routeKey) ? operations[routeKey as RouteKey] : undefined;
      if (operation === undefined) throw new Problem(404, "route-not-found", "there is nothing at this path");
      admit(event, rolesClaim);
      const call = callOf(event, operation, around.store(), around.now());
      const given = await runOnce(operation, around.imports === undefined ? call : { ...call, imports: around.imports });
      decided.set(event, given.outcomes);
      return resultOf(given);
    }) as unknown as Handler;
}

const always = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000",
  "x-content-type-options": "nosniff",
};

function resultOf({ status, headers, json, file }: Answer): Result {
  if (file === undefined) {
    if (json === undefined) return { statusCode: status, headers: { ...always, ...headers } };
    return { statusCode: status, headers: { ...always, "content-type": "application/json", ...headers }, body: json };
  }
  const isBase64Encoded = typeof file.content !== "string";
  const body = typeof file.content === "string" ? file.content : file.content.toString("base64");
  return { statusCode: status, headers: { ...always, "content-type": file.type, ...headers }, body, isBase64Encoded };
}

interface Request {
  event: Event;
  response: Result | null;
  error: unknown;
}

/** Anything thrown becomes an answer. */
const problemsAnswered = {
  onError(request: Request) {
    const problem = problemOf(request.error);
    const document = describeProblem(problem, request.event.requestContext?.requestId ?? null);
    const headers = { ...always, ...problem.headers, "content-type": "application/problem+json" };
    request.response = { statusCode: problem.status, headers, body: JSON.stringify(document) };
  },
};

/** One JSON line for each request: no body, no token, no name. What was thrown is told whole where the fault is ours. */
function logged(around: Surroundings, decided: WeakMap<Event, Answer["outcomes"]>) {
  const started = new WeakMap<Event, number>();
  const write = ({ event, response }: Request, fault: object) => {
    const status = response?.statusCode ?? 500;
    const { requestId } = event.requestContext;
    if (response?.headers !== undefined) response.headers["x-request-id"] = requestId;
    const durationMs = Math.round((performance.now() - (started.get(event) ?? 0)) * 10) / 10;
    const level = status >= 500 ? "error" : "info";
    const metrics = measured(around.stage ?? null, around.now(), { Latency: durationMs, ...decisionsByOutcome(decided.get(event) ?? []) });
    around.log(JSON.stringify({ level, requestId, route: event.routeKey, status, durationMs, caller: callerOf(event), ...fault, ...metrics }));
  };
  return {
    before: ({ event }: Request) => void started.set(event, performance.now()),
    after: (request: Request) => write(request, {}),
    onError: (request: Request) => write(request, faultOf(request.error)),
  };
}

function faultOf(error: unknown): object {
  const { status, code } = problemOf(error);
  return status < 500 ? { code } : { code, error: storyOf(error) };
}

/** With the stack, and what it was caused by. */
function storyOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const own = error.stack ?? error.message;
  return error.cause === undefined || depth === 5 ? own : `${own}\ncaused by ${storyOf(error.cause, depth + 1)}`;
}
