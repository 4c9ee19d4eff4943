/**
 * One route of the service: what may be asked there, what is answered, and the function that answers.
 * Request checks and the OpenAPI document are both made from this.
 */
import type * as z from "zod";
import type { ZodMiniType } from "zod/mini";
import type { Outcome } from "../../domain/decision.ts";
import type { ImportIntake } from "../imports/intake.ts";
import type { AnswerStore } from "../store/answering.ts";
import { AlreadyAnswered } from "../store/errors.ts";
import type { OutboxEvent, Reply, ReplyKey, Store, StoredRecord } from "../store/store.ts";
import type { AnswerName } from "./answer-shapes.ts";

export type Method = "GET" | "PUT" | "POST" | "DELETE";

/** As API Gateway names routes: `GET /v1/accounts/{accountId}`; `$default` takes what no route takes. */
export type RouteKey = `${Method} /${string}` | "$default";

/** `Parts`: what of the store it is handed. */
export interface Call<Params = unknown, Query = unknown, Body = unknown, Parts = Store> {
  params: Params;
  query: Query;
  body: Body;
  method: string;
  path: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Who asks, as the authorizer says. */
  caller: string;
  /** Milliseconds since 1970: one for the whole request. */
  now: number;
  requestId: string;
  store: Parts;
  /** Null when the request has no idempotency key. */
  replyKey: ReplyKey | null;
  /** sha256 of the body as canonical JSON, where there is an idempotency key. */
  bodyHash: string | null;
  /** For imports only. */
  imports?: ImportIntake;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** The text of the JSON body. */
  json?: string;
  /** Of the decisions that were made and stored, to be counted. */
  outcomes?: readonly Outcome[];
  /** A body that is not JSON. */
  file?: { type: string; content: string | Buffer };
}

/** In either dialect of zod. */
export type BodyShape<Body> = z.ZodType<Body> | ZodMiniType<Body>;

export interface Operation<Params = unknown, Query = unknown, Body = unknown, Parts = Store> {
  summary: string;
  description?: string;
  /** The heading it stands under in the API page. */
  tag: string;
  params?: z.ZodObject & z.ZodType<Params>;
  query?: z.ZodObject & z.ZodType<Query>;
  /** After `null` was taken for absent. Without one, a body is not looked at. */
  body?: BodyShape<Body>;
  /** By status: its shape, or the name of one that the function need not load. Null: no body. Problems are added for every operation. */
  answers: Record<number, z.ZodType | AnswerName | null>;
  /** Where the path ends so (`.pdf`), the same is answered as a document of this media type. */
  document?: { suffix: string; type: string; summary: string };
  /** `accepted` or `required` where something is stored by POST. */
  idempotency?: "accepted" | "required";
  /** Headers that it looks at, for the API page. */
  requestHeaders?: z.ZodObject;
  run: (call: Call<Params, Query, Body, Parts>) => Promise<Answer>;
}

/** A capability's routes. */
export type Operations<Parts = Store> = Partial<Record<RouteKey, Operation<unknown, unknown, unknown, Parts>>>;

/** An operation whose `run` is handed what its own schemas give. */
export function operation<Params = Record<string, never>, Query = Record<string, never>, Body = undefined>(
  source: Operation<Params, Query, Body>,
): Operation {
  return source as Operation;
}

/** The same for one that changes no facts, and is handed no more of the store than answering takes. */
export function question<Params = Record<string, never>, Query = Record<string, never>, Body = undefined>(
  source: Operation<Params, Query, Body, AnswerStore>,
): Operation<unknown, unknown, unknown, AnswerStore> {
  return source as Operation<unknown, unknown, unknown, AnswerStore>;
}

/** An answer in JSON. The value is turned into text here, once. */
export function answer(status: number, value: unknown, headers?: Record<string, string>): Answer & { json: string } {
  return { status, json: JSON.stringify(value), ...(headers === undefined ? {} : { headers }) };
}

/** What is kept of an answer for the request's idempotency key, to be stored with its effect; undefined without a key. */
export function replyOf(call: Pick<Call, "replyKey" | "bodyHash">, given: Answer): Reply | undefined {
  if (call.replyKey === null || call.bodyHash === null) return undefined;
  return { key: call.replyKey, bodyHash: call.bodyHash, status: given.status, headers: given.headers ?? {}, body: given.json ?? "" };
}

type Asking = Call<unknown, unknown, unknown, AnswerStore>;

/** A transaction holds a hundred items, of which the reply is one. */
const mostRecordsWithReply = 99;

/**
 * Stores what was answered, once for an idempotency key.
 * @throws AlreadyAnswered when another request with the same key was faster; `serve` then replays its answer
 */
export async function record(call: Asking, records: StoredRecord[], given: Answer, events: OutboxEvent[] = []): Promise<Answer> {
  const reply = replyOf(call, given);
  // The reply is stored last: it must not speak of what is not there.
  if (reply !== undefined && records.length > mostRecordsWithReply) await call.store.putRecords(records.slice(mostRecordsWithReply));
  const outcome = await call.store.putRecords(reply === undefined ? records : records.slice(0, mostRecordsWithReply), reply, events);
  if (outcome !== "stored") throw new AlreadyAnswered(outcome.replay);
  return given;
}
