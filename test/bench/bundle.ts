/**
 * The check function as it is deployed: its size and the processor time of importing it, against the AWS SDK's client
 * alone and against nothing, bundled with the options of the stack. Each import is a new process.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { median } from "./measure.ts";
import { atMost, informs, type Row, times } from "./table.ts";

const rounds = 15;

/** The client and the commands that the function sends. */
const sdkAlone = `export { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";`;

export async function benchBundle(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundles-"));
  try {
    // Loaded here, last: the CDK is large.
    const { bundling, entryOf, projectRoot } = await import("../../infra/bundling.ts");
    const { format, target, mainFields, minify, externalModules } = bundling;
    type Source = { entryPoints: string[] } | { stdin: { contents: string; resolveDir: string } };
    const bundle = async (name: string, source: Source, external: readonly string[] = externalModules) => {
      const outfile = join(folder, `${name}.mjs`);
      const { metafile } = await build({
        ...source,
        outfile,
        bundle: true,
        platform: "node",
        format,
        target,
        mainFields: [...mainFields],
        minify,
        external: [...external],
        absWorkingDir: projectRoot,
        metafile: true,
        logLevel: "error",
      });
      return { url: pathToFileURL(outfile).href, bytes: Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0) };
    };
    const check = await bundle("check", { entryPoints: [entryOf("entitlement-checks")] });
    const sdk = await bundle("sdk", { stdin: { contents: sdkAlone, resolveDir: projectRoot } });
    const wholeSdk = await bundle("whole-sdk", { stdin: { contents: sdkAlone, resolveDir: projectRoot } }, []);
    const empty = await bundle("empty", { stdin: { contents: "export const handler = async () => {};", resolveDir: projectRoot } });

    const importing = join(folder, "importing.mjs");
    writeFileSync(
      importing,
      "const mark = process.cpuUsage(); await import(process.argv[2]); const { user, system } = process.cpuUsage(mark); console.log(user + system);",
    );
    const millis = async (url: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, [importing, url], {
        cwd: folder,
        env: { TABLE_NAME: "none", AWS_REGION: "local", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
      });
      return Number(stdout) / 1000;
    };
    const found: { check: number; sdk: number; empty: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await millis(sdk.url);
      const between = await millis(check.url);
      const after = await millis(sdk.url);
      found.push({ check: between, sdk: (before + after) / 2, empty: await millis(empty.url) });
    }
    const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
    const each = (of: "check" | "sdk" | "empty") => `${median(found.map((one) => one[of])).toFixed(of === "empty" ? 1 : 0)} ms`;
    return [
      atMost("check function, bundled ÷ SDK client alone", check.bytes / sdk.bytes, 1.6),
      informs("— check function, SDK client alone, nothing", [check, sdk, empty].map(({ bytes }) => kilobytes(bytes)).join(", ")),
      informs("— ÷ SDK client with the credential providers that the stack leaves out", times(check.bytes / wholeSdk.bytes)),
      atMost("importing the check function ÷ SDK client alone", median(found.map(({ check, sdk }) => check / sdk)), 1.3),
      informs("— check function, SDK client alone, nothing", `${each("check")}, ${each("sdk")}, ${each("empty")}`),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
