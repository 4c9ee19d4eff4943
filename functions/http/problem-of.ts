/**
 * What a caller is told of anything that was thrown: its own fault with how to mend it, ours without the story.
 */
import { Refused } from "../../domain/refusal.ts";
import { TooLarge, Unavailable } from "../store/errors.ts";
import { Problem } from "./problem.ts";

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refused)
    return new Problem(422, error.code, error.message, { errors: error.errors.map(({ pointer, detail }) => ({ in: "body", pointer, detail })) });
  if (error instanceof TooLarge) return new Problem(422, "too-large", error.message);
  if (error instanceof Unavailable)
    return new Problem(503, "unavailable", "the store is not available: try again", { headers: { "retry-after": String(error.retryAfterSeconds) } });
  return new Problem(500, "internal-error", "this is our fault, and it was logged: name the `requestId` when you report it");
}
