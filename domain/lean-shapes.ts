/**
 * The rules that ids, texts and instants keep, and the smallest shapes by them in `zod/mini`: what a function loads to
 * read the question that is asked all day. `shapes.ts` has the same rules for all other documents.
 */
import * as z from "zod/mini";
import { isInstant } from "./time/instant.ts";

export const idRule = z.regex(/^[A-Za-z0-9._:-]{1,128}$/, "must be 1 to 128 of the characters A–Z a–z 0–9 . _ - :");

export const textRules = (most: number) =>
  [
    z.minLength(1, "must not be empty"),
    z.maxLength(most, `must be at most ${most} characters`),
    z.refine<string>((value) => value.isWellFormed() && !value.includes("\u0000"), "must be well-formed Unicode without NUL"),
  ] as const;

export const instantRule = z.refine<string>(isInstant, "must be an RFC 3339 instant in UTC, such as 2026-03-02T09:30:00Z");

/** For the API page: described there under this name. */
export const described = (name: string) => ({ override: { $ref: `#/components/schemas/${name}` } });

export const leanIdentifier = z.string().check(idRule).register(z.globalRegistry, described("Identifier"));
export const leanInstant = z.string().check(instantRule).register(z.globalRegistry, described("Instant"));
export const leanText = (most: number) => z.string().check(...textRules(most));
