/**
 * Tells a caller which fields of a request do not have the shape asked for, and what to write instead.
 */
import type * as z from "zod";
import { type FieldError, type Place, Problem, pointerTo, shown } from "./problem.ts";

type Issue = z.core.$ZodIssue;

/**
 * The value as its schema gives it back, or a 400 that names every wrong field.
 * @param at where the value stands in the whole
 */
export function parseShape<T>(schema: z.ZodType<T>, value: unknown, place: Place, at: readonly PropertyKey[] = []): T {
  const parsed = schema.safeParse(value, { error: explain });
  if (parsed.success) return parsed.data;
  const errors = firstOfEach(parsed.error.issues.flatMap((issue) => errorsOf(issue, place, at)));
  const [first] = errors;
  const where = first === undefined ? "" : `: \`${first.pointer || "the whole"}\` ${first.detail}`;
  throw new Problem(400, "invalid-request", `the ${place} has ${errors.length === 1 ? "a wrong field" : `${errors.length} wrong fields`}${where}`, {
    errors,
  });
}

/** One error for each field: what follows from the first is no news. */
function firstOfEach(errors: FieldError[]): FieldError[] {
  const seen = new Set<string>();
  return errors.filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer));
}

function errorsOf(issue: Issue, place: Place, above: readonly PropertyKey[]): FieldError[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ in: place, pointer: pointerTo([...path, key]), detail: "unknown field: leave it out, or mend its name" }));
  if (issue.code === "invalid_union") {
    // The alternative that was meant is the one whose own kind of value was given; only its errors help.
    const meant = issue.errors.find(
      (alternative) => alternative.length > 0 && alternative.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
    );
    if (meant !== undefined) return meant.flatMap((inner) => errorsOf(inner, place, path));
  }
  return [{ in: place, pointer: pointerTo(path), detail: issue.message }];
}

/** Says of one issue what is wrong; a schema's own message goes before. */
function explain(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && issue.code !== "unrecognized_keys") return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `expected ${kinds[issue.expected] ?? issue.expected}, got ${kindOf(issue.input)}`;
    case "invalid_value":
      return `expected ${issue.values.length === 1 ? "" : "one of "}${issue.values.map((value) => shown(value)).join(", ")}, got ${shown(issue.input)}`;
    case "too_small":
      return `must be at least \`${issue.minimum}\`${unit(issue.origin)}`;
    case "too_big":
      return `must be at most \`${issue.maximum}\`${unit(issue.origin)}`;
    case "invalid_key":
      return "is no key that can stand here: expected lower-case letters, digits and hyphens";
    case "invalid_union":
      return `is none of the forms that can stand here, got ${shown(issue.input)}`;
    default:
      return `is not valid here, got ${shown(issue.input)}`;
  }
}

const kinds: Partial<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
  object: "an object",
  record: "an object",
  array: "an array",
};

function kindOf(value: unknown): string {
  if (value === null) return "`null`";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return shown(value);
}

function unit(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " items" : "";
}
