/**
 * Each function bundled as the stack bundles it, and run by plain Node where nothing else is: nothing is missing in it,
 * nothing is in it that belongs elsewhere. Prints the sizes.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundling, entryOf, projectRoot } from "../../infra/bundling.ts";
import { accessOf } from "../../infra/capability-access.ts";
import { freshStore } from "../store.ts";

const names = [...Object.keys(accessOf), "publish-events", "follow", "sweep", "audit-logs", "import-worker"];
const folder = mkdtempSync(join(tmpdir(), "bundles-"));
afterAll(() => rmSync(folder, { recursive: true }));

const bundled = new Map<string, { bytes: number; inputs: string[] }>();

beforeAll(async () => {
  const { format, target, mainFields, minify, externalModules } = bundling;
  const options = { bundle: true, platform: "node", format, target, mainFields, minify, external: externalModules, logLevel: "error" } as const;
  await Promise.all(
    names.map(async (name) => {
      const outfile = join(folder, `${name}.mjs`);
      const { metafile } = await build({
        ...options,
        mainFields: [...mainFields],
        entryPoints: [entryOf(name)],
        outfile,
        absWorkingDir: projectRoot,
        metafile: true,
      });
      const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
      // What esbuild looked at and left out again does not count.
      const inputs = Object.values(metafile.outputs).flatMap((output) =>
        Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
      );
      bundled.set(name, { bytes, inputs });
    }),
  );
  const table = [...bundled]
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(([name, { bytes }]) => `${String(Math.round(bytes / 1024)).padStart(6)} KiB  ${name}`);
  console.log(`bundled and minified:\n${table.join("\n")}`);
});

/** Runs a script beside the bundles, with this environment only. What it prints is its answer. */
async function run(script: string, env: Record<string, string> = {}): Promise<string> {
  const file = join(folder, `run-${Math.random()}.mjs`);
  writeFileSync(file, script);
  const { stdout } = await promisify(execFile)(process.execPath, [file], {
    cwd: folder,
    env: { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });
  return stdout;
}

test.each(names)("%s loads by itself and has a handler", async (name) => {
  expect(await run(`import { handler } from "./${name}.mjs"; console.log(typeof handler);`)).toBe("function\n");
});

test("a bundle reads a table, signed with the credentials that Lambda puts in the environment", async () => {
  const { tableName, endpoint } = await freshStore();
  const env = {
    TABLE_NAME: tableName,
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  };
  const event = { time: "2026-03-02T03:10:00Z" };
  const script = `import { handler } from "./audit-logs.mjs"; await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 60_000 });`;
  expect(JSON.parse(await run(script, env))).toMatchObject({ event: "logs-audited", audited: 1, broken: 0, finished: true });
});

test.each(names)("%s holds only our functions, the domain and what they depend on", (name) => {
  for (const input of bundled.get(name)?.inputs ?? []) expect(input).toMatch(/^(?:functions|domain|node_modules)\//);
});

/** What writes facts, goes through accounts or keeps lists: questions only read facts, and store their own answers. */
const notForQuestions = ["change", "deadlines", "deadline-list", "event-numbers", "imports", "audit", "accounts", "sweep-progress", "visits"];
const questions = ["entitlement-checks", "contact-checks", "severity-assessments", "case-closure-checks", "standing", "renewal"];

test.each(questions)("%s holds of the store only what reads facts and keeps answers", (name) => {
  const held = bundled.get(name)?.inputs.filter((input) => input.startsWith("functions/store/")) ?? [];
  expect(held).toContain("functions/store/reading.ts");
  for (const module of notForQuestions) expect(held).not.toContain(`functions/store/${module}.ts`);
});

test.each([
  ["zod-openapi", "api"],
  ["@aws-sdk/client-eventbridge", "publish-events"],
  ["@aws-sdk/s3-request-presigner", "imports"],
])("%s is in no other function than %s", (dependency, only) => {
  const holders = names.filter((name) => bundled.get(name)?.inputs.some((input) => input.startsWith(`node_modules/${dependency}/`)));
  expect(holders).toEqual([only]);
});
