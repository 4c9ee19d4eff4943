/** The JSON Schema of a document that can be written, for editors: it takes what the service takes, and so what the service answers. */
import * as z from "zod";

type Node = Record<string, unknown>;

/** Draft 2020-12. In a document `null` equals absent, so whatever may be left out may be `null`. */
export function documentSchema(shape: z.ZodType, title: string): Node & { $schema: string } {
  const { $schema = "", ...described } = z.toJSONSchema(shape, { target: "draft-2020-12", io: "input", override: withoutMachineBounds });
  return { $schema, ...(orAbsent(described) as Node), title };
}

/** Says nothing of bounds that only a machine's number has. */
function withoutMachineBounds({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function orAbsent(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map(orAbsent);
  const copy: Node = Object.fromEntries(Object.entries(node).map(([key, member]) => [key, orAbsent(member)]));
  const { properties, required, additionalProperties } = copy as {
    properties?: Record<string, Node>;
    required?: string[];
    additionalProperties?: Node;
  };
  if (properties !== undefined)
    copy.properties = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, required?.includes(name) ? one : orNull(one)]));
  if (typeof additionalProperties === "object") copy.additionalProperties = orNull(additionalProperties);
  return copy;
}

/** What is said of a field stays at the field. */
function orNull({ description, ...node }: Node): Node {
  return { ...(description !== undefined && { description }), anyOf: [node, { type: "null" }] };
}
