/**
 * Gives a recorded document back with every field it can have, so that a reader never has to ask whether one is there:
 * what was left out is `null`, and a list that may be empty is `[]`.
 */
import * as z from "zod";

/** A document's schema turned round: what is read, where every field is there. */
export interface Complete {
  schema: z.ZodType;
  fill(document: object): Record<string, unknown>;
}

type Fill = (value: unknown) => unknown;
interface Side {
  schema: z.ZodType;
  fill: Fill;
}

/**
 * The answer for a document of this schema, with further fields in front (its id).
 * @param name the answer's name in the OpenAPI document
 */
export function withEveryField(source: z.ZodObject, name: string, inFront: z.ZodRawShape = {}): Complete {
  const { shape, fill } = objectSide(source);
  const schema = z.strictObject({ ...inFront, ...shape }).meta({ id: name });
  return { schema, fill: (document) => fill(document) as Record<string, unknown> };
}

function objectSide(source: z.ZodObject): { shape: z.ZodRawShape; fill: Fill } {
  const sides = Object.entries(source.shape).map(([key, field]) => [key, fieldSide(field as z.ZodType)] as const);
  return {
    shape: Object.fromEntries(sides.map(([key, side]) => [key, side.schema])),
    fill(value) {
      const given = value as Record<string, unknown>;
      // What stands in front (the id) is kept in front.
      const filled: Record<string, unknown> = {};
      for (const key of Object.keys(given)) if (!Object.hasOwn(source.shape, key)) filled[key] = given[key];
      for (const [key, side] of sides) filled[key] = side.fill(given[key]);
      return filled;
    },
  };
}

function fieldSide(field: z.ZodType): Side {
  if (field instanceof z.ZodDefault) return fieldSide(field.unwrap() as z.ZodType);
  if (!(field instanceof z.ZodOptional)) return valueSide(field);
  const inner = field.unwrap() as z.ZodType;
  const { schema, fill } = valueSide(inner);
  // Where an empty list may be written it means the same as none. Where it may not, none means something of its own.
  if (inner instanceof z.ZodArray && inner.safeParse([]).success) return { schema, fill: (value) => (value === undefined ? [] : fill(value)) };
  return { schema: schema.nullable(), fill: (value) => (value === undefined ? null : fill(value)) };
}

const asItIs: Fill = (value) => value;

/** The schema itself where nothing below it can be absent. */
function valueSide(source: z.ZodType): Side {
  const turned = turnRound(source);
  return turned === null ? { schema: source, fill: asItIs } : turned;
}

function turnRound(source: z.ZodType): Side | null {
  if (source instanceof z.ZodReadonly) return turnRound(source.unwrap() as z.ZodType);
  if (source instanceof z.ZodNullable) {
    const inner = turnRound(source.unwrap() as z.ZodType);
    return inner && { schema: inner.schema.nullable(), fill: (value) => (value === null ? null : inner.fill(value)) };
  }
  if (source instanceof z.ZodArray) {
    const item = turnRound(source.element as z.ZodType);
    return item && { schema: z.array(item.schema), fill: (value) => (value as unknown[]).map(item.fill) };
  }
  if (source instanceof z.ZodRecord) {
    const member = turnRound(source.valueType as z.ZodType);
    if (member === null) return null;
    const fill: Fill = (value) => Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, member.fill(one)]));
    return { schema: z.record(source.keyType as z.ZodString, member.schema), fill };
  }
  if (source instanceof z.ZodUnion) return turnUnion(source.options as z.ZodType[]);
  if (source instanceof z.ZodObject) return turnObject(source);
  return null;
}

function turnObject(source: z.ZodObject): Side | null {
  const { shape, fill } = objectSide(source);
  if (Object.entries(shape).every(([key, field]) => field === source.shape[key])) return null;
  const { id, ...meta } = source.meta() ?? {};
  const schema = z.strictObject(shape);
  return { schema: id === undefined ? schema : schema.meta({ ...meta, id: `${id}Answer` }), fill };
}

function turnUnion(options: z.ZodType[]): Side | null {
  if (options.every((option) => turnRound(option) === null)) return null;
  const sides = options.map((option) => ({ option, ...valueSide(option) }));
  return {
    schema: z.union(sides.map(({ schema }) => schema)),
    fill: (value) => sides.find(({ option }) => option.safeParse(value).success)?.fill(value) ?? value,
  };
}
