/**
 * Makes a Lambda function of a capability's routes: reads the request, runs the operation, answers, and writes one line
 * to the log. Every fault ends here, as problem+json or as an opaque 500 whose whole story is in the log.
 */
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { ImportIntake } from "../imports/intake.ts";
import type { Store, StoreOptions } from "../store/store.ts";
import { admit } from "./admission.ts";
import { type Replies, runOnce } from "./idempotency.ts";
import { callerOf, defaultRolesClaim } from "./identity.ts";
import { decisionsByOutcome, measured, stageOfFunction } from "./metrics.ts";
import type { Answer, Operations, RouteKey } from "./operation.ts";
import { Problem } from "./problem.ts";
import { problemOf } from "./problem-of.ts";
import { callOf } from "./request.ts";
import { problemResultOf, type Result, resultOf } from "./result.ts";

type Event = APIGatewayProxyEventV2;
export type Handler = (event: Event, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** What a function is run in. `Parts`: what it has of the store. */
export interface Surroundings<Parts = Store> {
  store(): Parts;
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

/** As Lambda runs it: the table that the environment names, opened when first used and kept for the life of the process. */
export function environmentOf<Parts>(open: (options: StoreOptions) => Parts): Surroundings<Parts> {
  let opened: Parts | undefined;
  return {
    store() {
      const { TABLE_NAME: tableName, DYNAMODB_ENDPOINT: endpoint } = process.env;
      if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
      opened ??= open({ tableName, now: Date.now, ...(endpoint ? { endpoint } : {}) });
      return opened;
    },
    now: Date.now,
    log: (line) => process.stdout.write(`${line}\n`),
    rolesClaim: process.env.ROLES_CLAIM,
    stage: stageOfFunction(),
  };
}

/** The Lambda function for a capability's routes, told apart by `routeKey`. */
export function handlerOf<Parts extends Replies>(operations: Operations<Parts>, around: Surroundings<Parts>): Handler {
  const rolesClaim = around.rolesClaim || defaultRolesClaim;
  return middy<Event, Answer | Result>({ timeoutEarlyInMillis: 0 })
    .use(answered(around))
    .handler(async (event: Event) => {
      const { routeKey } = event;
      const operation = Object.hasOwn(operations, routeKey) ? operations[routeKey as RouteKey] : undefined;
      if (operation === undefined) throw new Problem(404, "route-not-found", "there is nothing at this path");
      admit(event, rolesClaim);
      const call = callOf(event, operation, around.store(), around.now());
      return runOnce(operation, around.imports === undefined ? call : { ...call, imports: around.imports });
    }) as unknown as Handler;
}

interface Request {
  event: Event;
  /** What the operation gave, until it is put into words. */
  response: Answer | Result | null;
  error: unknown;
  internal: { startedAt?: number };
}

/** An answer, or anything thrown, becomes a result, and one JSON line: no body, no token, no name; the whole story where the fault is ours. */
function answered<Parts>(around: Surroundings<Parts>) {
  const finish = ({ event, internal: { startedAt = 0 } }: Request, result: Result, outcomes: Answer["outcomes"], fault: object): Result => {
    const { requestId } = event.requestContext;
    result.headers["x-request-id"] = requestId;
    const { statusCode: status } = result;
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const level = status >= 500 ? "error" : "info";
    const metrics = measured(around.stage ?? null, around.now(), { Latency: durationMs, ...decisionsByOutcome(outcomes ?? []) });
    around.log(JSON.stringify({ level, requestId, route: event.routeKey, status, durationMs, caller: callerOf(event), ...fault, ...metrics }));
    return result;
  };
  return {
    before({ internal }: Request) {
      internal.startedAt = performance.now();
    },
    after(request: Request) {
      const given = request.response as Answer;
      request.response = finish(request, resultOf(given), given.outcomes, {});
    },
    onError(request: Request) {
      const result = problemResultOf(request.error, request.event.requestContext?.requestId ?? null);
      request.response = finish(request, result, [], faultOf(request.error));
    },
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
