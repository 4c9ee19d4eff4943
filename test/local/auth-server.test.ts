/** `AUTH=on npm start` as a person meets it: the real process, the lines that it prints, and what keeps it from starting. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "good-standing-"));
});
afterEach(async () => {
  for (const child of running) {
    const ended = new Promise((resolve) => child.once("close", resolve));
    if (child.exitCode === null && child.kill("SIGINT")) await ended;
  }
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves with what it said once it answers, or once it ended by itself. */
async function started(env: Record<string, string>): Promise<{ said: string; code: number | null; child: ChildProcess }> {
  const { DYNAMODB_ENDPOINT: _, ...environment } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "infra/local/main.ts"], {
    cwd: root,
    env: { ...environment, PORT: "0", DATA_DIR: folder, DEMO: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let said = "";
  return new Promise((resolve) => {
    const heard = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Ctrl-C stops it.")) resolve({ said, code: null, child });
    };
    for (const stream of [child.stdout, child.stderr]) stream.on("data", heard);
    child.once("close", (code) => resolve({ said, code, child }));
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGINT");
  await ended;
}

/** The words of a printed line, as a shell would take them apart. */
function wordsOf(line: string, token: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain ?? "");
  return words.map((word) => word.replace("$TOKEN", token));
}

async function pasted(words: string[]): Promise<Response> {
  const init: RequestInit & { headers: Record<string, string> } = { headers: {} };
  let url = "";
  for (let n = 0; n < words.length; n++) {
    const [word = "", next = ""] = words.slice(n);
    if (word === "-X") init.method = next;
    else if (word === "-H") init.headers[next.split(": ")[0] as string] = next.split(": ")[1] as string;
    else if (word === "-d") {
      init.body = next;
      init.method ??= "POST";
    } else {
      if (word.startsWith("http")) url = word;
      continue;
    }
    n += 1;
  }
  return fetch(url, init);
}

test("with AUTH=on the printed lines work, each needs its token, and a token is good after a restart", async () => {
  const first = await started({ AUTH: "on" });
  const line = /TOKEN=\$\((.*)\)$/m.exec(first.said)?.[1] ?? "";
  const token = await (await pasted(wordsOf(line, ""))).text();
  expect(token.split(".")).toHaveLength(3);
  const lines = [...first.said.matchAll(/^ {2}(curl .*)$/gm)].map(([, one]) => one as string);
  expect(lines).toHaveLength(3);
  for (const one of lines) {
    expect((await pasted(wordsOf(one, "x"))).status, one).toBe(401);
    expect([200, 201], one).toContain((await pasted(wordsOf(one, token))).status);
  }
  const { port } = new URL(/Good Standing is at (\S+)/.exec(first.said)?.[1] as string);
  await stopped(first.child);
  const second = await started({ AUTH: "on", PORT: port });
  expect(second.said).toContain(`:${port}\n`);
  expect((await pasted(wordsOf(lines[2] as string, token))).status).toBe(200);
});

test("it listens elsewhere with sign-in, and the lines reach it from here", async () => {
  const { said } = await started({ AUTH: "on", HOST: "0.0.0.0" });
  expect(said).toMatch(/^Good Standing is at http:\/\/0\.0\.0\.0:/);
  const token = await (await pasted(wordsOf(/TOKEN=\$\((.*)\)$/m.exec(said)?.[1] ?? "", ""))).text();
  const line = /^ {2}(curl \S+\/v1\/policies .*)$/m.exec(said)?.[1] ?? "";
  expect(line).toContain("http://127.0.0.1:");
  expect((await pasted(wordsOf(line, token))).status).toBe(200);
});

test.each([
  [{ HOST: "0.0.0.0" }, "without sign-in the service is for this machine only: got HOST=`0.0.0.0`, set AUTH=on or leave HOST out"],
  [{ HOST: "::", AUTH: "off" }, "without sign-in the service is for this machine only: got HOST=`::`, set AUTH=on or leave HOST out"],
  [{ OIDC_ISSUER: "http://127.0.0.1:9", OIDC_AUDIENCE: "a" }, "the issuer does not answer at http://127.0.0.1:9/.well-known/openid-configuration"],
])("%j does not start, and says so in one line", async (env, text) => {
  const { said, code } = await started(env);
  expect(said.trim().split("\n")).toEqual([expect.stringContaining(text)]);
  expect(code).toBe(1);
});
