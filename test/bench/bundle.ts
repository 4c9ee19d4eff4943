/**
 * The check function as it is deployed: its size and the processor time of importing it, against the AWS SDK's client
 * alone and against nothing. Each import is a new process.
 *
 * The client alone is the whole client with the commands that the function sends, bundled as the SDK comes. That the
 * stack leaves out the ways to credentials which Lambda never takes is part of what keeps the function small, so it
 * does not count against it. Against a client less those ways it is told too: what is ours, above the same client.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Bundled, bundled } from "./bundled.ts";
import { median } from "./measure.ts";
import { atMost, informs, type Row, times } from "./table.ts";

const rounds = 15;

/** The client and the commands that the function sends. */
const sdkAlone = `export { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";`;

export async function benchBundle(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundles-"));
  try {
    const { entryOf, projectRoot } = await import("../../infra/bundling.ts");
    const stdin = (contents: string) => ({ stdin: { contents, resolveDir: projectRoot } });
    const check = await bundled(folder, "check", { entryPoints: [entryOf("entitlement-checks")] });
    const sdk = await bundled(folder, "sdk", stdin(sdkAlone), "all");
    const lean = await bundled(folder, "lean-sdk", stdin(sdkAlone));
    const empty = await bundled(folder, "empty", stdin("export const handler = async () => {};"));

    const importing = join(folder, "importing.mjs");
    writeFileSync(
      importing,
      "const mark = process.cpuUsage(); await import(process.argv[2]); const { user, system } = process.cpuUsage(mark); console.log(user + system);",
    );
    const millis = async ({ url }: Bundled) => {
      const { stdout } = await promisify(execFile)(process.execPath, [importing, url], {
        cwd: folder,
        env: { TABLE_NAME: "none", AWS_REGION: "local", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
      });
      return Number(stdout) / 1000;
    };
    const found: Record<"check" | "sdk" | "lean" | "empty", number>[] = [];
    for (let round = 0; round < rounds; round++) {
      const [before, leanBefore] = [await millis(sdk), await millis(lean)];
      const between = await millis(check);
      const [leanAfter, after] = [await millis(lean), await millis(sdk)];
      found.push({ check: between, sdk: (before + after) / 2, lean: (leanBefore + leanAfter) / 2, empty: await millis(empty) });
    }
    const importOf = (of: "sdk" | "lean") => median(found.map((one) => one.check / one[of]));
    const kilobytes = ({ bytes }: Bundled) => `${Math.round(bytes / 1000)} kB`;
    const each = (of: "check" | "sdk" | "empty") => `${median(found.map((one) => one[of])).toFixed(of === "empty" ? 1 : 0)} ms`;
    return [
      atMost("check function, bundled ÷ SDK client alone", check.bytes / sdk.bytes, 1.6),
      informs("— check function, SDK client alone, nothing", [check, sdk, empty].map(kilobytes).join(", ")),
      informs("— ÷ SDK client without the credential providers, as the stack bundles it", times(check.bytes / lean.bytes)),
      atMost("importing the check function ÷ SDK client alone", importOf("sdk"), 1.3),
      informs("— check function, SDK client alone, nothing", `${each("check")}, ${each("sdk")}, ${each("empty")}`),
      informs("— ÷ SDK client without the credential providers, as the stack bundles it", times(importOf("lean"))),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
