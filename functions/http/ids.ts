/**
 * Names what the service makes: `chk_`, `qt_` and `ntc_` followed by the time and chance, so that ids sort by time
 * and no two are the same.
 */
import { randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O, U. Its letters sort as their values do. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The prefix, an underscore, ten letters of time and sixteen of chance (80 bits).
 * @param now milliseconds since 1970
 */
export function newId(prefix: string, now: number): string {
  let time = "";
  for (let rest = now, n = 0; n < 10; n++, rest = Math.floor(rest / 32)) time = letters[rest % 32] + time;
  let chance = "";
  // 256 is a multiple of 32: every letter is as likely as any other.
  for (const byte of randomBytes(16)) chance += letters[byte % 32];
  return `${prefix}_${time}${chance}`;
}
