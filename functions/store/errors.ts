/**
 * What can go wrong between us and the table, in words that callers can act on.
 */
import type { Reply } from "./store.ts";

/** The table did not answer, or too many write at once. Nothing is wrong with the request: try again (503). */
export class Unavailable extends Error {
  readonly retryAfterSeconds: number;
  constructor(message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "Unavailable";
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1;
  }
}

/** Another request with the same idempotency key was faster. Its reply is the answer, if its body was the same. */
export class AlreadyAnswered extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super("the same idempotency key was answered before");
    this.name = "AlreadyAnswered";
    this.reply = reply;
  }
}

/** What is to be stored is larger than one account, the catalog or one command may be (422). */
export class TooLarge extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TooLarge";
  }
}

/** The stored history contradicts itself: an entry was edited, removed, or written by a fault of ours. Never answered from. */
export class Corrupt extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Corrupt";
  }
}
