/**
 * One text for each JSON value, so that equal values have equal digests: keys in order, nothing that is `undefined`.
 */
import { hash } from "node:crypto";

/** @throws RangeError on a number that JSON cannot hold */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") {
    if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`no JSON number: got \`${value}\``);
    return JSON.stringify(value) ?? "null";
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  let members = "";
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** 64 hex digits. */
export function sha256(text: string): string {
  return hash("sha256", text);
}

/** `sha256:` and 64 hex digits; the order of keys does not matter. */
export function digestOfJson(value: unknown): string {
  return `sha256:${sha256(canonicalJson(value))}`;
}
