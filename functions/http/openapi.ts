/**
 * Describes the whole service as an OpenAPI 3.1 document, made from the very schemas that validate requests, so that
 * what is said and what is done cannot differ.
 */
import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { accessOf } from "./access.ts";
import { answerShape } from "./answer-shapes.ts";
import { engineVersion } from "./engine-version.ts";
import type { Operation, Operations, RouteKey } from "./operation.ts";
import { problemDocument } from "./problem-shape.ts";
import { requestExamples } from "./request-examples.ts";

const introduction = `Turns software vendors' written support policies into answers that people can act on, with the clause behind every reason.

Facts are written with \`PUT\` under the caller's own ids; everything else is derived from them when it is asked.
\`asOf\` asks when something is true, \`knownAt\` what was recorded by then. In requests \`null\` equals absent; in answers
every field is always there. Errors are \`application/problem+json\` with a stable \`code\` and pointers to the fields.

The JSON Schema of a policy, for editors, is at [\`/v1/schemas/policy.json\`](/v1/schemas/policy.json).`;

/** @param capabilities by name: see capabilities.ts */
export function openApiDocument(capabilities: Record<string, Operations>) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const tags = new Set<string>();
  for (const operations of Object.values(capabilities)) {
    for (const [routeKey, operation] of Object.entries(operations)) {
      if (routeKey === "$default" || operation === undefined) continue;
      const [method, path] = routeKey.split(" ") as [string, string];
      tags.add(operation.tag);
      const described = describe(method, path, operation);
      paths[path] = { ...paths[path], [method.toLowerCase()]: described };
      if (operation.document === undefined) continue;
      const { suffix, type, summary } = operation.document;
      const responses = { ...described.responses, 200: { description: "The document", content: { [type]: { schema: bytes } } } };
      const operationId = `${described.operationId}As${suffix.slice(1, 2).toUpperCase()}${suffix.slice(2)}`;
      paths[`${path}${suffix}`] = { [method.toLowerCase()]: { ...described, summary, operationId, responses } };
    }
  }
  return createDocument(
    {
      openapi: "3.1.1",
      info: { title: "Good Standing", version: engineVersion, description: introduction, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
      servers: [{ url: "/" }],
      tags: [...tags].map((name) => ({ name })),
      components: {
        securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "An access token of the issuer." } },
      },
      paths: paths as ZodOpenApiPathsObject,
    },
    { override: forReaders },
  );
}

const bytes = z.string().meta({ format: "binary" });

function describe(method: string, path: string, operation: Operation): ZodOpenApiOperationObject {
  const { summary, description, tag, params, query, body, answers, idempotency, requestHeaders } = operation;
  const header = z.object({ ...requestHeaders?.shape, ...(idempotency && { "idempotency-key": idempotencyKey(idempotency === "required") }) });
  const responses = Object.keys(answers).map((status) => [
    status,
    { description: saysOf[status] ?? "Answered", ...contentOf(answerShape(operation, Number(status)) ?? null) },
  ]);
  return {
    operationId: nameOf(method, path),
    summary,
    description: [description, whoMay(`${method} ${path}`)].filter(Boolean).join("\n\n"),
    security: accessOf(`${method} ${path}`) === "anyone" ? [] : [{ token: [] }],
    tags: [tag],
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(Object.keys(header.shape).length > 0 && { header }),
    },
    ...(body && {
      requestBody: { required: !body.safeParse(undefined).success, content: { "application/json": { schema: body, ...examplesOf(method, path) } } },
    }),
    responses: {
      ...Object.fromEntries(responses),
      "4XX": {
        description: "The request cannot be answered: `code` says why, `errors` where",
        ...contentOf(problemDocument, "application/problem+json"),
      },
      "5XX": {
        description: "Our fault, or out of reach for a moment (503 with `Retry-After`)",
        ...contentOf(problemDocument, "application/problem+json"),
      },
    },
  };
}

function whoMay(routeKey: string): string {
  const access = accessOf(routeKey);
  if (access === undefined) return "For nobody.";
  if (access === "anyone") return "Needs no token.";
  return `For people in ${access.roles.map((role) => `\`${role}\``).join(", ")} and programs with the scope \`${access.scope}\`.`;
}

function examplesOf(method: string, path: string) {
  const named = requestExamples[`${method} ${path}` as RouteKey];
  return named && { examples: Object.fromEntries(Object.entries(named).map(([summary, value]) => [summary, { summary, value }])) };
}

const saysOf: Record<string, string> = { 200: "Answered", 201: "Stored", 204: "Done" };

function contentOf(schema: z.ZodType | null, type = "application/json") {
  return schema === null ? {} : { content: { [(schema.meta()?.contentType as string) ?? type]: { schema } } };
}

function idempotencyKey(required: boolean) {
  const key = z.string().meta({ description: "New for each new request, the same when it is repeated: the stored answer is then given again." });
  return required ? key : key.optional();
}

/** `GET /v1/accounts/{accountId}/facts` → `getAccountsByAccountIdFacts` */
function nameOf(method: string, path: string): string {
  const parts = path
    .replace(/^\/v1\//, "/")
    .split("/")
    .filter(Boolean);
  const words = parts.map((part) => (part.startsWith("{") ? `by-${part.slice(1, -1)}` : part));
  return method.toLowerCase() + words.map((word) => word.replace(/(?:^|[-.])([a-z])/gi, (_, letter: string) => letter.toUpperCase())).join("");
}

/** Leaves out what helps no reader: the bounds of the number type, and patterns that are longer than a line. */
function forReaders({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (typeof jsonSchema.pattern === "string" && jsonSchema.pattern.length > 80) delete jsonSchema.pattern;
}
