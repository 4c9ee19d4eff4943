/**
 * One text for each JSON value, so that equal values have equal digests: keys in order, nothing that is `undefined`.
 */
import { createHash } from "node:crypto";

/** @throws RangeError on a number that JSON cannot hold */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") {
    if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`no JSON number: got \`${value}\``);
    return JSON.stringify(value) ?? "null";
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** 64 hex digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** `sha256:` and 64 hex digits; the order of keys does not matter. */
export function digestOfJson(value: unknown): string {
  return `sha256:${sha256(canonicalJson(value))}`;
}
