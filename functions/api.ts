/**
 * The service about itself: whether it is well, what can be asked of it, and what is said where nothing is found.
 */
import * as z from "zod";
import { docsPage, docsPolicy, redocScript } from "./http/docs-page.ts";
import { engineVersion } from "./http/engine-version.ts";
import { type Answer, answer, type Call, type Operations, operation } from "./http/operation.ts";
import { Problem } from "./http/problem.ts";
import { serve } from "./http/serve.ts";

const health = operation({
  summary: "Tell whether the service and its store answer",
  tag: "Service",
  answers: { 200: z.strictObject({ status: z.literal("ok"), engineVersion: z.string() }).meta({ id: "Health" }) },
  async run({ store }) {
    await store.health();
    return answer(200, { status: "ok", engineVersion });
  },
});

let described: Promise<Answer> | undefined;

const openApi = operation({
  summary: "Describe the service as an OpenAPI 3.1 document",
  tag: "Service",
  answers: { 200: z.looseObject({ openapi: z.string() }) },
  run() {
    described ??= describeAll();
    return described;
  },
});

async function describeAll(): Promise<Answer> {
  // Fetched when asked for: the list of capabilities has this file in it, and no other request needs them.
  const [{ capabilities }, { openApiDocument }] = await Promise.all([import("./capabilities.ts"), import("./http/openapi.ts")]);
  return answer(200, openApiDocument(capabilities), { "cache-control": "max-age=300" });
}

const docs = operation({
  summary: "Show the API page",
  tag: "Service",
  answers: { 200: z.string().meta({ contentType: "text/html" }) },
  run: async () => ({
    status: 200,
    headers: { "content-security-policy": docsPolicy, "cache-control": "max-age=300" },
    file: { type: "text/html; charset=utf-8", content: docsPage },
  }),
});

const docsScript = operation({
  summary: "Fetch the API page's script",
  tag: "Service",
  answers: { 200: z.string().meta({ contentType: "text/javascript" }) },
  run: async () => ({
    status: 200,
    headers: { "content-encoding": "gzip", "cache-control": "max-age=86400" },
    file: { type: "text/javascript; charset=utf-8", content: await redocScript() },
  }),
});

/** Takes what no route takes. */
const elsewhere = operation({
  summary: "Say that there is nothing here",
  tag: "Service",
  answers: {},
  run: async (call) => {
    const methods = await methodsAt(call);
    if (methods.length === 0)
      throw new Problem(
        404,
        "route-not-found",
        "there is nothing at this path: `/docs` describes all that there is, `GET /v1/openapi.json` lists it",
      );
    const allow = methods.join(", ");
    if (call.method === "OPTIONS") return { status: 204, headers: { allow } };
    throw new Problem(405, "method-not-allowed", `this path takes ${allow}`, { headers: { allow } });
  },
});

/** The methods of the routes whose path this is. */
async function methodsAt({ path }: Pick<Call, "path">): Promise<string[]> {
  const { capabilities } = await import("./capabilities.ts");
  const segments = path.split("/");
  const routes = Object.values(capabilities).flatMap((operations: Operations) => Object.keys(operations));
  const methods = routes.flatMap((routeKey) => {
    const [method = "", pattern = ""] = routeKey.split(" ");
    const fixed = pattern.split("/");
    const matches =
      fixed.length === segments.length && fixed.every((part, n) => part === segments[n] || (part.startsWith("{") && segments[n] !== ""));
    return matches ? [method] : [];
  });
  return [...new Set(methods)].sort();
}

export const operations: Operations = {
  "GET /v1/health": health,
  "GET /v1/openapi.json": openApi,
  "GET /docs": docs,
  "GET /docs/redoc.js": docsScript,
  $default: elsewhere,
};

export const handler = serve(operations);
