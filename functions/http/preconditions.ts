/**
 * Keeps two people from overwriting each other: every document has an `ETag`, and a writer may ask that the document
 * still be the one that was read (`If-Match`), or that there be none yet (`If-None-Match: *`).
 */
import * as z from "zod";
import { digestOfJson } from "../store/canonical.ts";
import type { Call } from "./operation.ts";
import { Problem } from "./problem.ts";

export const preconditionHeaders = z.object({
  "if-match": z.string().meta({ description: "The `ETag` that the document must still have, or `*`: any." }).optional(),
  "if-none-match": z.string().meta({ description: "`*`: there must be no document yet." }).optional(),
});

/** The same for the same document, whatever the order of its members. */
export function etagOf(document: object): string {
  return `"${digestOfJson(document).slice(-32)}"`;
}

/**
 * @param current the document as it is; null when there is none
 * @throws Problem 412 when it is not the one that the caller has in mind
 */
export function refuseStale(headers: Call["headers"], current: object | null): void {
  const wanted = headers["if-match"];
  const unwanted = headers["if-none-match"];
  if (wanted === undefined && unwanted === undefined) return;
  const etag = current === null ? null : etagOf(current);
  // RFC 9110 13.1.1: a weak tag never matches here.
  if (wanted !== undefined && !names(wanted, etag))
    throw stale("if-match", etag === null ? "there is no such document" : "the document was changed meanwhile: read it again");
  if (unwanted !== undefined && names(unwanted.replaceAll("W/", ""), etag)) throw stale("if-none-match", "there is such a document already");
}

function names(tags: string, etag: string | null): boolean {
  if (etag === null) return false;
  return tags.trim() === "*" || tags.split(",").some((tag) => tag.trim() === etag);
}

function stale(header: string, detail: string): Problem {
  return new Problem(412, "precondition-failed", detail, { errors: [{ in: "header", pointer: `/${header}`, detail }] });
}
