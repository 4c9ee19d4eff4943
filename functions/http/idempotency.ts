/**
 * The same request sent twice has one effect and one answer: a caller names it with an `Idempotency-Key`.
 * The answer is stored in the same transaction as the effect, so there is never one without the other. Keys belong to
 * the caller and the route with its path parameters, and do not expire.
 */
import type { AnswerStore } from "../store/answering.ts";
import { AlreadyAnswered } from "../store/errors.ts";
import type { Reply } from "../store/store.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import { Problem } from "./problem.ts";

/** The request's key, or null when none was sent or the operation stores nothing. @throws Problem 400 */
export function idempotencyKeyOf({ idempotency }: Pick<Operation, "idempotency">, headers: Call["headers"]): string | null {
  if (idempotency === undefined) return null;
  const key = headers["idempotency-key"];
  const wrong = (code: string, detail: string) =>
    new Problem(400, code, `\`Idempotency-Key\` ${detail}`, { errors: [{ in: "header", pointer: "/idempotency-key", detail }] });
  if (key === undefined) {
    if (idempotency === "accepted") return null;
    throw wrong("idempotency-key-missing", "is missing: send a new one for each new request, and the same one when you repeat it");
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw wrong("idempotency-key-malformed", "must be 1 to 255 visible ASCII characters");
  return key;
}

/** What every function has of the store. */
export type Replies = Pick<AnswerStore, "findReply">;

/** Runs the operation, or gives its answer again. @throws Problem 409 `idempotency-key-reused` */
export async function runOnce<Parts extends Replies>(
  operation: Operation<unknown, unknown, unknown, Parts>,
  call: Call<unknown, unknown, unknown, Parts>,
): Promise<Answer> {
  if (call.replyKey === null) return operation.run(call);
  const before = await call.store.findReply(call.replyKey);
  if (before !== null) return replay(before, call);
  try {
    return await operation.run(call);
  } catch (error) {
    // Another request with the same key may have been faster, and what it changed may be why this one was refused.
    const meanwhile = error instanceof AlreadyAnswered ? error.reply : await call.store.findReply(call.replyKey);
    if (meanwhile === null) throw error;
    return replay(meanwhile, call);
  }
}

function replay(reply: Reply, call: Pick<Call, "bodyHash">): Answer {
  if (reply.bodyHash !== call.bodyHash)
    throw new Problem(409, "idempotency-key-reused", "the `Idempotency-Key` was used for another body: send a new key for a new request", {
      errors: [{ in: "header", pointer: "/idempotency-key", detail: "was used for another body" }],
    });
  return { status: reply.status, headers: { ...reply.headers, "idempotency-replayed": "true" }, ...(reply.body === "" ? {} : { json: reply.body }) };
}
