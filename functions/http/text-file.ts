/**
 * Answers with a text to be saved or subscribed to. A function's answer may be 6 MB at most, as it is sent: a longer text
 * goes out compressed where the caller takes that, and is otherwise refused, never cut short.
 */
import { gzipSync } from "node:zlib";
import type { Answer, Call } from "./operation.ts";
import { Problem } from "./problem.ts";

/** Room is left for what JSON adds to a text: a function's answer is JSON itself. */
const mostPlainBytes = 4_000_000;
const mostCompressedBytes = 4_400_000;

export interface TextFile {
  /** Its media type, with the parameters. */
  type: string;
  name: string;
  text: string;
  /** `attachment`: to be saved. */
  disposition: "attachment" | "inline";
}

/** @throws Problem 422 `answer-too-large` */
export function textFile(call: Pick<Call, "headers">, { type, name, text, disposition }: TextFile, more: Record<string, string> = {}): Answer {
  const headers = { "content-disposition": `${disposition}; filename="${name}"`, vary: "accept-encoding", ...more };
  if (Buffer.byteLength(text) <= mostPlainBytes) return { status: 200, headers, file: { type, content: text } };
  const compressed = takesGzip(call.headers["accept-encoding"]) ? gzipSync(text) : null;
  if (compressed === null || compressed.length > mostCompressedBytes)
    throw new Problem(
      422,
      "answer-too-large",
      compressed === null
        ? "the answer is too large to be sent as it is: ask for fewer rows, or send `accept-encoding: gzip`"
        : "the answer is too large: ask for fewer rows",
    );
  return { status: 200, headers: { ...headers, "content-encoding": "gzip" }, file: { type, content: compressed } };
}

/** `gzip` or `*` among the codings, unless its weight is zero (RFC 9110, 12.5.3). */
function takesGzip(accepted = ""): boolean {
  const coding = accepted.split(",").find((one) => /^\s*(?:gzip|\*)\s*(?:;|$)/i.test(one));
  return coding !== undefined && !/;\s*q=0(?:\.0*)?\s*$/i.test(coding);
}
