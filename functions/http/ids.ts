/**
 * Names what the service makes: `chk_`, `qt_` and `ntc_` followed by the time and chance, so that ids sort by time
 * and no two are the same.
 */
import { createHash, randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O, U. Its letters sort as their values do. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The prefix, an underscore, ten letters of time and sixteen of chance (80 bits).
 * @param now milliseconds since 1970
 */
export function newId(prefix: string, now: number): string {
  return `${prefix}_${lettersOf(now)}${lettersFrom(randomBytes(16))}`;
}

/** An id as `newId` makes them, but the same for the same name: what has one name is made once. */
export function idNamed(prefix: string, at: number, name: string): string {
  return `${prefix}_${lettersOf(Math.max(0, at))}${lettersFrom(createHash("sha256").update(name).digest().subarray(0, 16))}`;
}

function lettersOf(instant: number): string {
  let time = "";
  for (let rest = instant, n = 0; n < 10; n++, rest = Math.floor(rest / 32)) time = letters[rest % 32] + time;
  return time;
}

/** 256 is a multiple of 32: every letter is as likely as any other. */
const lettersFrom = (bytes: Uint8Array) => Array.from(bytes, (byte) => letters[byte % 32]).join("");
