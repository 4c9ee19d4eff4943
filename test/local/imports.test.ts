/**
 * `npm run import` as a person meets it: the real command against the real server, with a file on disk. What it prints,
 * how it ends, and that a server that was killed in the middle of a commit goes on with it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { csv, line } from "../functions/imports/files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

// A busy machine takes its time to start a process.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "good-standing-"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(kill));
  rmSync(folder, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("close", resolve));
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await ended;
}

function run(script: string, args: string[], env: Record<string, string> = {}) {
  const { DYNAMODB_ENDPOINT: _, ...environment } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    cwd: root,
    env: { ...environment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, ...said })),
  );
  return { child, said, ended };
}

async function server(): Promise<{ url: string; child: ChildProcess }> {
  const { child, said, ended } = run("infra/local/main.ts", [], { PORT: "0", DATA_DIR: join(folder, "data"), DEMO: "off" });
  for (;;) {
    const url = /Good Standing is at (\S+)/.exec(said.out)?.[1];
    if (url !== undefined) return { url, child };
    const over = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(resolve, 20, null))]);
    if (over !== null) throw new Error(`the server ended: ${over.out}${over.err}`);
  }
}

function fileWith(text: string): string {
  const file = join(folder, "contracts.csv");
  writeFileSync(file, text);
  return file;
}

/** An address that nobody listens on. */
function nobodyThere(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
}

// biome-ignore lint/suspicious/noExplicitAny: answers of all kinds
async function answerOf(url: string, init: RequestInit = {}): Promise<any> {
  return (await fetch(url, init)).json();
}

const importing = (...args: string[]) => run("infra/import/main.ts", args).ended;

test("shows what a file would do, does it, and says what was rejected", async () => {
  const { url } = await server();
  const file = fileWith(csv([line, { ...line, accountId: "beta", accountName: "Beta", deliveredOn: "03/04/2026" }]));
  const shown = await importing(file, "--url", url);
  expect(shown.code).toBe(1);
  expect(shown.out).toMatch(
    /^imp_\w+ previewed: 1 created, 0 updated, 0 unchanged, 1 rejected\nline 3, deliveredOn: must be a date .* never guessed\nnothing was written/,
  );
  expect((await fetch(`${url}/v1/accounts/acme`)).status).toBe(404);

  writeFileSync(file, csv([line]));
  const done = await importing(file, "--commit", "--url", `${url}/`);
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toMatch(
    /previewed: 1 created.*\nimp_\w+ committed: 1 created, 0 updated, 0 unchanged, 0 rejected\nundo it with npm run import -- --revert imp_\w+\n$/,
  );
  expect(done.err).toMatch(/^imp_\w+ is handed in: http:\/\/127\.0\.0\.1:\d+\/v1\/imports\/imp_\w+\n/);
  expect((await answerOf(`${url}/v1/accounts/acme`)).name).toBe("Acme AG");

  const id = /--revert (imp_\w+)/.exec(done.out)?.[1] as string;
  await fetch(`${url}/v1/accounts/acme`, { method: "PUT", headers: { "content-type": "application/json" }, body: '{"name":"By hand"}' });
  const kept = await importing("--revert", id, "--url", url);
  expect(kept).toMatchObject({ code: 1, out: `${id} partly-reverted: 0 reverted, 1 not reverted\nline 2: \`account\` was changed since\n` });
  await fetch(`${url}/v1/accounts/acme`, { method: "PUT", headers: { "content-type": "application/json" }, body: '{"name":"Acme AG"}' });
  expect(await importing("--revert", id, "--url", url)).toMatchObject({ code: 0, out: `${id} reverted: 1 reverted, 0 not reverted\n` });
  expect((await fetch(`${url}/v1/accounts/acme`)).status).toBe(404);
  expect(await importing("--revert", "imp_none", "--url", url)).toMatchObject({ code: 1, err: expect.stringContaining("answered 404") });

  writeFileSync(file, "what,is,this\n");
  expect(await importing(file, "--commit", "--url", url)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/failed: 0 created.*\nunknown-column: no such column: `what`/),
  });
});

test("says in one line what keeps it from starting", async () => {
  expect(await importing()).toMatchObject({ code: 1, err: expect.stringMatching(/^usage: npm run import -- FILE/) });
  expect(await importing("x.csv", "--revert", "imp_1")).toMatchObject({ code: 1, err: expect.stringMatching(/^usage: /) });
  expect(await importing("x.csv", "--really")).toMatchObject({ code: 1, err: expect.stringContaining("--really") });
  expect(await importing("x.csv", "--url", "localhost")).toMatchObject({ code: 1, err: expect.stringContaining("must be an address") });
  const file = fileWith(csv([line]));
  expect(await importing(file, "--url", await nobodyThere())).toMatchObject({
    code: 1,
    err: expect.stringMatching(/127\.0\.0\.1:\d+ does not answer: ECONNREFUSED/),
  });
  const { url } = await server();
  expect(await importing(join(folder, "none.csv"), "--url", url)).toMatchObject({ code: 1, err: expect.stringMatching(/cannot read `.*none\.csv`/) });
  expect(await importing(folder, "--url", url)).toMatchObject({ code: 1, err: expect.stringMatching(/^cannot read `.*: is it there, and a file\?/) });
  // No import is left waiting for a file that there is not.
  expect((await answerOf(`${url}/v1/imports`)).items).toEqual([]);
});

test("shows what the first updated rows change, and where the others are; nothing that a terminal could act on", async () => {
  const { url } = await server();
  const rows = Array.from({ length: 7 }, (_, n) => ({ ...line, licenseId: `l-${n}`, customerNumber: "" }));
  await importing(fileWith(csv(rows)), "--commit", "--url", url);
  const raised = rows.map((row, n) => ({ ...row, ...(n > 0 && { annualFee: "1100.00" }), ...(n === 1 && { seats: "11" }) }));
  const shown = await importing(fileWith(csv(raised)), "--url", url);
  const fee = "annualFee from `1000.00` to `1100.00`";
  expect(shown.code).toBe(0);
  expect(shown.out.split("\n").slice(1, -2)).toEqual([
    `line 3 changes seats from \`10\` to \`11\`, ${fee}`,
    ...[4, 5, 6, 7].map((at) => `line ${at} changes ${fee}`),
    expect.stringMatching(/^… and 1 more row updated: http:\/\/127\.0\.0\.1:\d+\/v1\/imports\/imp_\w+\/rows\?outcome=updated$/),
  ]);
  const numbered = await importing(fileWith(csv([{ ...line, licenseId: "l-0", customerNumber: "\u001b[2J`" }])), "--url", url);
  expect(numbered.out).toContain("\nline 2 changes customerNumber from nothing to `?[2J?`\n");
});

test("an upload address is good for its own import and for one file of any size", async () => {
  const { url } = await server();
  const begin = () =>
    answerOf(`${url}/v1/imports`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"kind":"contracts"}' });
  const put = async (to: string, body: string) => (await fetch(to, { method: "PUT", body })).status;
  const [one, other] = [await begin(), await begin()];
  expect(await put(one.uploadUrl.replace(one.id, other.id), "x")).toBe(403);
  expect(await put(`${url}/local/uploads/${one.id}`, "x")).toBe(404);
  // More than any other request may bring.
  const rows = Array.from({ length: 12_000 }, (_, n) => ({ ...line, accountId: `a-${n % 100}`, contractId: `c-${n}`, licenseId: `l-${n}` }));
  expect(await put(one.uploadUrl, csv(rows))).toBe(200);
  expect(await put(one.uploadUrl, "x")).toBe(409);
  for (;;) {
    const { status, progress } = await answerOf(`${url}/v1/imports/${one.id}`);
    if (status === "previewed") return expect(progress.rowsDone).toBe(12_000);
    expect(["awaiting-upload", "reading"]).toContain(status);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});

test("a server that is killed in the middle of a commit goes on with it when it is back", async () => {
  const first = await server();
  const rows = Array.from({ length: 6_000 }, (_, n) => ({ ...line, accountId: `a-${n % 600}`, licenseId: `l-${Math.floor(n / 600)}` }));
  const shown = await importing(fileWith(csv(rows)), "--url", first.url);
  const id = /^(imp_\w+) previewed: 6000 created/.exec(shown.out)?.[1] as string;
  await fetch(`${first.url}/v1/imports/${id}/commit`, { method: "POST" });
  // Once it has begun to write.
  while ((await answerOf(`${first.url}/v1/accounts?limit=1`)).items.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await kill(first.child);

  const second = await server();
  for (;;) {
    const { status, counts } = await answerOf(`${second.url}/v1/imports/${id}`);
    if (status !== "committing") {
      expect({ status, counts }).toMatchObject({ status: "committed", counts: { created: 6_000, unchanged: 0, rejected: 0 } });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});
