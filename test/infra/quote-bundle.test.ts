/**
 * The quotes function as the stack deploys it, run where nothing else is: it writes a PDF with what lies beside its code,
 * and what only that needs is no part of its code.
 */
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../functions/store/store.ts";
import { bundling, entryOf, projectRoot } from "../../infra/bundling.ts";
import { filesOf } from "../../infra/capability-functions.ts";
import { quoteMade, reinstatement, writeLapsed } from "../functions/http/quotes-example.ts";
import { adminClaims, startService } from "../functions/http/service.ts";
import { freshStore } from "../store.ts";

const folder = mkdtempSync(join(tmpdir(), "quote-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));
let inputs: string[];

beforeAll(async () => {
  const { format, target, mainFields, minify, externalModules } = bundling;
  const outfile = join(folder, "index.mjs");
  const { metafile } = await build({
    bundle: true,
    platform: "node",
    format,
    target,
    mainFields: [...mainFields],
    minify,
    external: externalModules,
    logLevel: "error",
    entryPoints: [entryOf("quotes")],
    outfile,
    absWorkingDir: projectRoot,
    metafile: true,
  });
  inputs = Object.keys(metafile.inputs);
  for (const file of filesOf.quotes ?? []) copyFileSync(join(projectRoot, file), join(folder, basename(file)));
});

test("holds nothing that writes documents", () => {
  expect(inputs.filter((input) => /node_modules\/(?:pdfkit|fontkit|brotli|dejavu)/.test(input))).toEqual([]);
});

test("writes a PDF, the same as on any other machine", async () => {
  const { tableName, client, endpoint } = await freshStore();
  const service = await startService(() => openStore({ tableName, client, now: Date.now }));
  await writeLapsed(service, "lapsed");
  const { body } = await quoteMade(service, reinstatement("lapsed"));
  const event = {
    routeKey: "GET /v1/quotes/{quoteId}",
    rawPath: `/v1/quotes/${body.id}.pdf`,
    rawQueryString: "asOf=2026-06-01",
    headers: {},
    pathParameters: { quoteId: `${body.id}.pdf` },
    requestContext: { http: { method: "GET" }, requestId: "r", authorizer: { jwt: { claims: adminClaims, scopes: null } } },
    isBase64Encoded: false,
  };
  const script = join(folder, "run.mjs");
  writeFileSync(
    script,
    `import { writeFileSync } from "node:fs"; import { handler } from "./index.mjs";
     const { statusCode, isBase64Encoded, body } = await handler(${JSON.stringify(event)}, {});
     if (statusCode !== 200) throw new Error(body);
     writeFileSync("made.pdf", Buffer.from(body, isBase64Encoded ? "base64" : "utf8"));`,
  );
  await promisify(execFile)(process.execPath, [script], {
    cwd: folder,
    env: {
      TABLE_NAME: tableName,
      AWS_REGION: "local",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
  });
  const here = await service.send("GET", `/v1/quotes/${body.id}.pdf?asOf=2026-06-01`);
  expect(readFileSync(join(folder, "made.pdf")).equals(here.content)).toBe(true);
});
