/**
 * Reads the body of a request: JSON in UTF-8, within limits that are tested before anything is parsed.
 *
 * `null` equals absent, so a member that is `null` is dropped wherever it stands. What other readers of the same
 * bytes could take for something else is refused: a name that occurs twice, a byte order mark, NUL, half a character.
 */
import { type FieldError, Problem, pointerTo } from "./problem.ts";

/** Bytes. */
export const mostBytes = 1_048_576;
/** Objects and arrays inside one another. */
export const deepestNesting = 32;
/** Items of one array: as many as the largest list that a document may have. */
export const mostItems = 20_000;

export interface RawBody {
  body?: string | undefined;
  isBase64Encoded?: boolean;
  contentType: string | undefined;
}

/**
 * The value that the body stands for, or undefined when the request has none.
 * @throws Problem 400, 413 or 415
 */
export function readBody(raw: RawBody): unknown {
  const text = textOf(raw);
  if (text === undefined) return undefined;
  refuseUnsuitable(text);
  refuseDeepOrDouble(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem(400, "malformed-json", `the body is not JSON: ${reasonOf(error, text)}`);
  }
  const errors: FieldError[] = [];
  const clean = withoutNulls(value, [], errors);
  if (errors.length > 0) throw new Problem(400, "invalid-request", "the body has text or names that cannot be stored", { errors });
  return clean;
}

function textOf({ body, isBase64Encoded, contentType }: RawBody): string | undefined {
  if (body === undefined || body === "") return undefined;
  refuseOtherMedia(contentType);
  if (!isBase64Encoded) {
    // A UTF-16 unit is one byte or more, so a long text need not be counted.
    if (body.length > mostBytes || Buffer.byteLength(body) > mostBytes) throw tooLarge();
    return body;
  }
  if (body.length > Math.ceil(mostBytes / 3) * 4) throw tooLarge();
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body) || body.length % 4 !== 0)
    throw new Problem(400, "malformed-body", "the body is not base64, as the request says it is");
  const bytes = Buffer.from(body, "base64");
  if (bytes.length > mostBytes) throw tooLarge();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem(400, "malformed-body", "the body is not UTF-8: send the JSON encoded as UTF-8");
  }
}

function tooLarge(): Problem {
  return new Problem(413, "body-too-large", `the body is larger than ${mostBytes} bytes: send fewer items at a time`);
}

function refuseOtherMedia(contentType: string | undefined): void {
  // The usual spelling needs no parsing.
  if (contentType === "application/json") return;
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim().toLowerCase());
  if (type !== "application/json") throw unsupportedMedia("send the body as `application/json`");
  for (const parameter of parameters)
    if (parameter.startsWith("charset=") && !/^charset="?utf-?8"?$/.test(parameter))
      throw unsupportedMedia("send the body in UTF-8: `application/json; charset=utf-8`");
}

function unsupportedMedia(mend: string): Problem {
  return new Problem(415, "unsupported-media-type", mend, { headers: { accept: "application/json" } });
}

function refuseUnsuitable(text: string): void {
  if (text.charCodeAt(0) === 0xfeff) throw new Problem(400, "malformed-body", "the body begins with a byte order mark: leave it out");
  if (text.includes("\u0000")) throw new Problem(400, "malformed-body", "the body has a NUL character in it");
  if (!text.isWellFormed()) throw new Problem(400, "malformed-body", "the body has half a surrogate pair in it: send well-formed UTF-8");
}

/**
 * One pass over the text, before it is parsed: how deep it nests, how long its arrays are, and whether an object names
 * a member twice. The text may be no JSON at all; then this passes over it and the parser says so.
 */
function refuseDeepOrDouble(text: string): void {
  // One entry for each open object (the names seen and the one being read) or array (how many commas).
  const open: ({ names: Set<string>; name: string | null } | { commas: number })[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: {
        const end = endOfString(text, at);
        const within = open.at(-1);
        if (within !== undefined && "names" in within && within.name === null) {
          within.name = nameBetween(text, at, end);
          if (within.names.has(within.name)) throw twice(open);
          within.names.add(within.name);
        }
        at = end;
        break;
      }
      case 0x7b:
      case 0x5b:
        if (open.length === deepestNesting) throw new Problem(400, "nested-too-deep", `the body nests deeper than ${deepestNesting} levels`);
        open.push(text[at] === "{" ? { names: new Set(), name: null } : { commas: 0 });
        break;
      case 0x7d:
      case 0x5d:
        open.pop();
        break;
      case 0x2c: {
        const within = open.at(-1);
        if (within === undefined) break;
        if ("names" in within) within.name = null;
        else if (++within.commas >= mostItems) throw tooMany(open);
        break;
      }
    }
  }
}

/** The position of the quote that ends the string which begins at `start`, or of the text's end. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}

function nameBetween(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end);
  if (!written.includes("\\")) return written;
  try {
    return JSON.parse(`"${written}"`);
  } catch {
    return written;
  }
}

function pathOf(open: readonly ({ name: string | null } | { commas: number })[]): string {
  return pointerTo(open.map((level) => ("commas" in level ? level.commas : (level.name ?? ""))));
}

function twice(open: Parameters<typeof pathOf>[0]): Problem {
  const error: FieldError = { in: "body", pointer: pathOf(open), detail: "occurs twice: leave one out" };
  return new Problem(400, "duplicate-key", `the body names \`${error.pointer}\` twice`, { errors: [error] });
}

function tooMany(open: Parameters<typeof pathOf>[0]): Problem {
  const error: FieldError = { in: "body", pointer: pathOf(open.slice(0, -1)), detail: `must be at most \`${mostItems}\` items` };
  return new Problem(400, "invalid-request", `the body has an array of more than ${mostItems} items`, { errors: [error] });
}

/** The value without members that are `null`. Notes text that cannot be stored and names that could do harm. */
function withoutNulls(value: unknown, path: PropertyKey[], errors: FieldError[]): unknown {
  if (typeof value === "string") {
    if (!value.isWellFormed() || value.includes("\u0000"))
      errors.push({ in: "body", pointer: pointerTo(path), detail: "must be well-formed Unicode without NUL" });
    return value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      value[index] = withoutNulls(value[index], path, errors);
      path.pop();
    }
    return value;
  }
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    path.push(name);
    if (name === "__proto__" || !name.isWellFormed() || name.includes("\u0000"))
      errors.push({
        in: "body",
        pointer: pointerTo(path.map((part) => (typeof part === "string" ? part.toWellFormed() : part))),
        detail: "unknown field: leave it out, or mend its name",
      });
    else if (members[name] === null) delete members[name];
    else if (typeof members[name] === "object" || typeof members[name] === "string") members[name] = withoutNulls(members[name], path, errors);
    path.pop();
  }
  return members;
}

/** V8 quotes the text around the place; only the place is told, so that no part of a body reaches a log by this way. */
function reasonOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : "";
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) {
    const before = text.slice(0, Number(position)).split("\n");
    return `look at line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
  }
  return message.startsWith("Unexpected end") ? "it ends too early" : "it is cut off or not quoted as JSON asks for";
}
