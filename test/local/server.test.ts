/**
 * `npm start` as a person meets it: the real process, a free port, a folder of its own. What it prints, what it answers,
 * what survives a restart, what keeps it from starting, and that it never leaves the store's process behind.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startEmbeddedStore } from "../../infra/local/embedded-store.ts";
import { storeFormat } from "../../infra/local/store-state.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

// A busy machine takes its time to start a process.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "good-standing-"));
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  running = [];
  await gone();
  rmSync(folder, { recursive: true, force: true });
});

interface Server {
  url: string;
  said: () => string;
  child: ChildProcess;
  ended: Promise<number | null>;
}

interface Ended {
  code: number | null;
  said: string;
}

function launch(env: Record<string, string> = {}) {
  const { DYNAMODB_ENDPOINT: _, ...environment } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "infra/local/main.ts"], {
    cwd: root,
    env: { ...environment, PORT: "0", DATA_DIR: folder, DEMO: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, said: () => said, ended };
}

async function started(env: Record<string, string> = {}): Promise<Server> {
  const server = launch(env);
  for (;;) {
    const url = /Good Standing is at (\S+)/.exec(server.said())?.[1];
    if (url !== undefined) return { ...server, url };
    const over = await Promise.race([server.ended, new Promise<"not yet">((resolve) => setTimeout(resolve, 20, "not yet"))]);
    if (over !== "not yet") throw new Error(`the server ended with ${over}: ${server.said()}`);
  }
}

/** Runs it until it ends by itself. */
async function failing(env: Record<string, string> = {}): Promise<Ended> {
  const server = launch(env);
  return { code: await server.ended, said: server.said() };
}

async function stopped({ child, ended }: Server, signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
  child.kill(signal);
  return ended;
}

/** Processes that have our folder on their command line: the store and its keeper. */
function storeProcesses(): string[] {
  if (process.platform !== "linux")
    return execFileSync("ps", ["-eo", "args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(folder));
  return readdirSync("/proc").flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, "utf8");
      return line.includes(folder) ? [line] : [];
    } catch {
      return [];
    }
  });
}

/** Whether all of them end, soon. */
async function gone(): Promise<boolean> {
  for (let n = 0; n < 100; n++) {
    if (storeProcesses().length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function put(url: string, document: object): Promise<number> {
  return (await fetch(url, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(document) })).status;
}

test("it starts, keeps what it is told over a restart, and answers the same bytes again", async () => {
  const first = await started();
  expect(await put(`${first.url}/v1/accounts/acme`, { name: "Acme" })).toBe(201);
  expect(await put(`${first.url}/v1/products/qs`, { name: "Query Studio", productLine: "qs", kind: "software" })).toBe(201);
  const asked = await fetch(`${first.url}/v1/entitlement-checks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ accountId: "acme", request: { kind: "error", productId: "qs" } }),
  });
  expect(asked.status).toBe(201);
  const decision = await asked.text();
  const { id } = JSON.parse(decision) as { id: string };
  const { knownAt } = JSON.parse(decision) as { knownAt: string };
  const standing = async ({ url }: Server) => (await fetch(`${url}/v1/accounts/acme/standing?asOf=2026-03-01&knownAt=${knownAt}`)).text();
  const stood = await standing(first);
  expect(stood).toContain('"status":"none"');
  expect(await stopped(first)).toBe(0);
  expect(await gone()).toBe(true);

  const second = await started();
  expect(await (await fetch(`${second.url}/v1/decisions/${id}`)).text()).toBe(decision);
  expect(await standing(second)).toBe(stood);
  expect(await stopped(second)).toBe(0);
});

/** A printed line as a shell would take it apart. */
function pasted(line: string): { url: string; init: RequestInit } {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  expect(words.shift()).toBe("curl");
  const init: RequestInit & { headers: Record<string, string> } = { headers: {} };
  let url = "";
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "-X") init.method = words.shift() ?? "";
    else if (word === "-H") {
      const [name = "", value = ""] = (words.shift() ?? "").split(": ");
      init.headers[name] = value;
    } else if (word === "-d") {
      init.body = words.shift() ?? "";
      init.method ??= "POST";
    } else url = word;
  }
  return { url, init };
}

test.each(["on", "off"])("with DEMO=%s the three printed lines work, and the API page is where it says", async (demo) => {
  const server = await started({ DEMO: demo });
  const page = /The API page is at (\S+)/.exec(server.said())?.[1] ?? "";
  expect((await fetch(page)).headers.get("content-type")).toMatch(/^text\/html/);
  const lines = [...server.said().matchAll(/^ {2}(curl .*)$/gm)].map(([, line]) => line as string);
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const { url, init } = pasted(line);
    const response = await fetch(url, init);
    expect([200, 201], line).toContain(response.status);
    await response.text();
  }
  expect(await stopped(server)).toBe(0);
});

test("the demo portfolio is loaded once", async () => {
  const name = async ({ url }: Server) => ((await (await fetch(`${url}/v1/accounts/acme-current`)).json()) as { name: string }).name;
  const first = await started({ DEMO: "on" });
  expect(await name(first)).toBe("Acme Instruments");
  expect(await put(`${first.url}/v1/accounts/acme-current`, { name: "Changed by hand" })).toBe(200);
  await stopped(first);
  const second = await started({ DEMO: "on" });
  expect(await name(second)).toBe("Changed by hand");
});

describe("what keeps it from starting is said in one line", () => {
  const oneLine = ({ code, said }: Ended, text: RegExp) => {
    expect(said.trim().split("\n")).toEqual([expect.stringMatching(text)]);
    expect(code).toBe(1);
  };

  test("a port that is taken", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    oneLine(await failing({ PORT: String(port) }), new RegExp(`^port ${port} of 127.0.0.1 is taken`));
    taken.close();
  });

  test("a setting that makes no sense", async () => {
    oneLine(await failing({ PORT: "65536" }), /^PORT must be a number from 0 to 65535, got `65536`/);
  });

  test("a host that is not this machine", async () => {
    oneLine(await failing({ HOST: "192.0.2.1", AUTH: "on" }), /^cannot listen on 192\.0\.2\.1/);
  });

  test("a data directory that cannot be written, even by root", async () => {
    writeFileSync(join(folder, "file"), "");
    oneLine(await failing({ DATA_DIR: join(folder, "file", "below") }), /^cannot write to the data directory .*: a part of its path is a file/);
  });

  test("a data directory that another server uses", async () => {
    const server = await started();
    oneLine(await failing(), new RegExp(`^the data directory .* is in use by the server at ${server.url}, process ${server.child.pid}`));
    expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
  });

  test("a file that is no store", async () => {
    writeFileSync(join(folder, "store.db"), "not a database, but long enough to be looked at as one\n".repeat(100));
    oneLine(await failing(), /^the embedded store did not start: /);
  });

  test("a store of a newer release, which stays as it is", async () => {
    await stopped(await started());
    const store = await startEmbeddedStore({ dbPath: join(folder, "store.db") });
    const client = new DynamoDBClient({ endpoint: store.endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
    await client.send(
      new PutItemCommand({ TableName: "good-standing", Item: { pk: { S: "local" }, sk: { S: "state" }, format: { N: String(storeFormat + 1) } } }),
    );
    client.destroy();
    await store.stop();
    const before = readFileSync(join(folder, "store.db"));
    oneLine(await failing(), /^the store was written by a newer release \(format `3`, this release knows `2`\)/);
    expect(await gone()).toBe(true);
    expect(readFileSync(join(folder, "store.db")).equals(before)).toBe(true);
  });

  test("a store of someone else's that does not answer", async () => {
    oneLine(await failing({ DYNAMODB_ENDPOINT: "http://127.0.0.1:9" }), /^the store at http:\/\/127\.0\.0\.1:9 does not answer/);
  });
});

describe("the store's process ends with the server", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("on %s, which is a clean end", async (signal) => {
    const server = await started();
    expect(storeProcesses().length).toBeGreaterThan(0);
    expect(await stopped(server, signal)).toBe(0);
    expect(await gone()).toBe(true);
  });

  test("when it is told to stop while it starts", async () => {
    const server = launch({ DEMO: "on" });
    while (storeProcesses().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    server.child.kill("SIGINT");
    expect(await server.ended).toBe(0);
    expect(await gone()).toBe(true);
  });

  test("when it is killed, and the folder can be used again", async () => {
    const server = await started();
    expect(await put(`${server.url}/v1/accounts/acme`, { name: "Acme" })).toBe(201);
    await stopped(server, "SIGKILL");
    expect(await gone()).toBe(true);
    const again = await started();
    expect((await fetch(`${again.url}/v1/accounts/acme`)).status).toBe(200);
  });
});
