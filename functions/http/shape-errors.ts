/**
 * Tells a caller which fields of a request do not have the shape asked for, and what to write instead.
 */
import type * as z from "zod";
import type { BodyShape } from "./operation.ts";
import { type FieldError, type Place, Problem, pointerTo, shown } from "./problem.ts";

type Issue = z.core.$ZodIssue;

/**
 * The value as its schema gives it back, or a 400 that names every wrong field.
 * @param at where the value stands in the whole
 */
export function parseShape<T>(schema: BodyShape<T>, value: unknown, place: Place, at: readonly PropertyKey[] = []): T {
  const parsed = schema.safeParse(value, { error: explain, reportInput: true });
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
    return issue.keys.map((key) => ({ in: place, pointer: pointerTo([...path, key]), detail: unknownField(key, issue.message) }));
  if (issue.code === "invalid_union") {
    // The alternatives that may be meant are those whose own kind of value was given; of them the one with the fewest errors.
    const [meant] = issue.errors
      .filter((alternative) => alternative.length > 0 && alternative.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys"))
      .sort((a, b) => a.length - b.length);
    if (meant !== undefined) return meant.flatMap((inner) => errorsOf(withValuesOf(issue.errors, inner), place, path));
  }
  return [{ in: place, pointer: pointerTo(path), detail: withValue(issue) }];
}

/** What a schema says of a text in its own words does not show the text. */
const withValue = ({ code, message, input }: Issue) =>
  (code === "custom" || code === "invalid_format") && typeof input === "string" && !message.includes("got ")
    ? `${message}, got ${shown(input)}`
    : message;

/** What answers carry beside the document that was written, so that one that was read can be written again without it. */
const added: ReadonlySet<string> = new Set([
  ...["accountId", "contractId", "licenseId", "contactId", "premisesId", "invoiceId", "productId", "priceListId", "paymentId"],
  ...["shipped", "inWords", "commonReadings", "hints"],
]);

const unknownField = (key: string, otherwise: string) =>
  added.has(key) ? "unknown field: leave it out, the service adds it to what it answers" : otherwise;

/** A value that none of the alternatives takes, with what each of them would take there. */
function withValuesOf(alternatives: readonly (readonly Issue[])[], issue: Issue): Issue {
  if (issue.code !== "invalid_value") return issue;
  const at = pointerTo(issue.path);
  const same = alternatives.flat().filter((one) => one.code === "invalid_value" && pointerTo(one.path) === at) as (typeof issue)[];
  const values = [...new Set(same.flatMap((one) => one.values))];
  return values.length === issue.values.length ? issue : { ...issue, values, message: `expected one of ${values.map(shown).join(", ")}` };
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
      return `must ${bound(issue.origin)} at least \`${issue.minimum}\`${unit(issue.origin, issue.minimum)}${given(issue.input)}`;
    case "too_big":
      return `must ${bound(issue.origin)} at most \`${issue.maximum}\`${unit(issue.origin, issue.maximum)}${given(issue.input)}`;
    case "unrecognized_keys":
      return `unknown field: ${namesOf(issue.inst) ?? "leave it out, or mend its name"}`;
    case "invalid_key":
      return "is no key that can stand here: expected lower-case letters, digits and hyphens";
    case "invalid_union":
      return `expected ${formsOf(issue)}`;
    default:
      return `is not valid here, got ${shown(issue.input)}`;
  }
}

/** The names that can stand in a list of things by name; of a document's fields the description tells. */
function namesOf(inst: Extract<z.core.$ZodRawIssue, { code: "unrecognized_keys" }>["inst"]): string | null {
  const { keyType } = ((inst as z.core.$ZodType | undefined)?._zod.def ?? {}) as { keyType?: z.core.$ZodEnum };
  const names = keyType?._zod.values;
  return names === undefined ? null : `expected one of ${[...names].map(shown).join(", ")}`;
}

/** What can stand where one of several forms is expected, and what was given instead. */
function formsOf({ errors, input, inst, discriminator, options }: Extract<z.core.$ZodRawIssue, { code: "invalid_union" }>): string {
  if (discriminator !== undefined)
    return `one of ${(options as unknown[]).map(shown).join(", ")}, got ${shown((input as Record<string, unknown>)[discriminator])}`;
  const { options: schemas } = (inst as z.core.$ZodUnion)._zod.def;
  const forms = (errors as Issue[][]).flatMap(([first], index) => (first === undefined ? [] : [formOf(first, schemas[index])]));
  return `${[...new Set(forms)].join(" or ")}, got ${shown(input)}`;
}

function formOf(issue: Issue, schema: z.core.$ZodType | undefined): string {
  if (issue.code === "invalid_value") return issue.values.map(shown).join(" or ");
  if (issue.code !== "invalid_type") return issue.message;
  const shape = (schema?._zod.def as Partial<z.core.$ZodObjectDef> | undefined)?.shape;
  const required = Object.entries(shape ?? {}).filter(([, field]) => field._zod.optin === undefined);
  const named = required.map(([name]) => `\`${name}\``).join(", ");
  return `${kinds[issue.expected] ?? issue.expected}${named === "" ? "" : ` with ${named}`}`;
}

const kinds: Partial<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
  object: "an object",
  record: "an object",
  array: "an array",
  tuple: "an array of two: when it begins and when it ends",
};

function kindOf(value: unknown): string {
  if (value === null) return "`null`";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return shown(value);
}

const bound = (origin: string) => (origin === "string" || origin === "array" ? "have" : "be");

/** Texts and lists are too long to be shown, and whoever wrote them knows how long they are. */
const given = (input: unknown) => (typeof input === "number" ? `, got ${shown(input)}` : "");

function unit(origin: string, count: number | bigint): string {
  const word = { string: " character", array: " item" }[origin];
  if (word === undefined) return "";
  return Number(count) === 1 ? word : `${word}s`;
}
