/** What can be set for the local server, and which folders it takes. */
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimDataFolder } from "../../infra/local/data-folder.ts";
import { settingsFrom } from "../../infra/local/settings.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "good-standing-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("nothing set: the defaults; empty is as good as not set", () => {
  const defaults = { host: "127.0.0.1", port: 3000, dataFolder: ".data", demo: true, endpoint: null, auth: { by: "nobody" } };
  expect(settingsFrom({})).toEqual(defaults);
  expect(settingsFrom({ HOST: "", PORT: "", DATA_DIR: "", DEMO: "", DYNAMODB_ENDPOINT: "" })).toEqual(defaults);
  expect(settingsFrom({ HOST: "::1", PORT: "0", DATA_DIR: "/d", DEMO: "OFF", DYNAMODB_ENDPOINT: "http://h" })).toEqual({
    host: "::1",
    port: 0,
    dataFolder: "/d",
    demo: false,
    endpoint: "http://h",
    auth: { by: "nobody" },
  });
});

test.each(["65536", "-1", "http", "3000.5", "0x10", " 1"])("no port: %j", (PORT) => {
  expect(() => settingsFrom({ PORT })).toThrow(`PORT must be a number from 0 to 65535, got \`${PORT}\``);
});

test.each(["maybe", "0", "false"])("neither on nor off: %j", (DEMO) => {
  expect(() => settingsFrom({ DEMO })).toThrow(`DEMO must be \`on\` or \`off\`, got \`${DEMO}\``);
});

test.each(["0.0.0.0", "::", "192.168.1.5", "10.0.0.1", "2001:db8::1", "desk.acme.example", "localhost.acme.example", "0", "127.1"])(
  "without sign-in it does not listen on %s, and says in one line how to mend it",
  (HOST) => {
    expect(() => settingsFrom({ HOST })).toThrow(
      `without sign-in the service is for this machine only: got HOST=\`${HOST}\`, set AUTH=on or leave HOST out`,
    );
    expect(() => settingsFrom({ HOST, AUTH: "OFF" })).toThrow("set AUTH=on");
    expect(settingsFrom({ HOST, AUTH: "on" })).toMatchObject({ host: HOST, auth: { by: "demo-issuer" } });
  },
);

test.each(["127.0.0.1", "127.0.0.53", "::1", "localhost", "::ffff:127.0.0.1"])("without sign-in it listens on %s", (HOST) => {
  expect(settingsFrom({ HOST })).toMatchObject({ host: HOST, auth: { by: "nobody" } });
});

test("an issuer of one's own is sign-in", () => {
  const OIDC_ISSUER = "https://id.acme.example";
  const auth = { by: "own-issuer", issuer: OIDC_ISSUER, audience: ["good-standing"], rolesClaim: undefined };
  expect(settingsFrom({ HOST: "0.0.0.0", OIDC_ISSUER, OIDC_AUDIENCE: "good-standing" }).auth).toEqual(auth);
  expect(settingsFrom({ AUTH: "on", OIDC_ISSUER, OIDC_AUDIENCE: "a, b", ROLES_CLAIM: "roles" }).auth).toEqual({
    ...auth,
    audience: ["a", "b"],
    rolesClaim: "roles",
  });
});

test.each<[NodeJS.ProcessEnv, string]>([
  [{ AUTH: "yes" }, "AUTH must be `on` or `off`, got `yes`"],
  [{ AUTH: "off", OIDC_ISSUER: "https://id.acme.example", OIDC_AUDIENCE: "a" }, "AUTH is off although OIDC_ISSUER is set"],
  [{ OIDC_ISSUER: "https://id.acme.example" }, "OIDC_AUDIENCE must name"],
  [{ OIDC_ISSUER: "https://id.acme.example", OIDC_AUDIENCE: "a,,b" }, "OIDC_AUDIENCE must name"],
  [{ OIDC_ISSUER: "http://id.acme.example", OIDC_AUDIENCE: "a" }, "OIDC_ISSUER must be an address with https, got `http://id.acme.example`"],
  [{ OIDC_ISSUER: "id.acme.example", OIDC_AUDIENCE: "a" }, "OIDC_ISSUER must be an address with https"],
  [{ OIDC_AUDIENCE: "a" }, "set OIDC_ISSUER too"],
  [{ AUTH: "on", ROLES_CLAIM: "roles" }, "set OIDC_ISSUER too"],
])("sign-in that makes no sense: %j", (environment, message) => {
  expect(() => settingsFrom(environment)).toThrow(message);
});

test("a folder that is not there is made, with those above it", async () => {
  const claim = await claimDataFolder(join(folder, "a", "b"), "me");
  expect(claim.dbPath).toBe(join(folder, "a", "b", "store.db"));
  claim.release();
});

test("what cannot be a folder to write in is refused with the reason", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(claimDataFolder(join(folder, "file"), "me")).rejects.toThrow(/: a part of its path is a file \(set DATA_DIR/);
  await expect(claimDataFolder(join(folder, "file", "below"), "me")).rejects.toThrow(/: a part of its path is a file \(set DATA_DIR/);
  if (process.platform === "linux")
    await expect(claimDataFolder("/proc/good-standing/data", "me")).rejects.toThrow(/^cannot write to the data directory/);
  // Root may write everywhere.
  if (process.getuid?.() === 0) return;
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0o500);
  await expect(claimDataFolder(join(folder, "locked"), "me")).rejects.toThrow(/: permission denied/);
});

test("one at a time: the second is told who has it, and gets it once the first lets go", async () => {
  const first = await claimDataFolder(folder, "the first");
  await expect(claimDataFolder(folder, "the second")).rejects.toThrow(
    `the data directory \`${folder}\` is in use by the first (stop it, or set DATA_DIR to another one)`,
  );
  first.release();
  const second = await claimDataFolder(folder, "the second");
  second.release();
});

test("what a crash left behind does not lock anyone out", async () => {
  const crashed = createServer();
  await new Promise<void>((resolve) => crashed.listen(join(folder, "running.sock"), resolve));
  // As after a crash: the file is there, nobody listens.
  const path = join(folder, "running.sock");
  const kept = join(folder, "kept");
  renameSync(path, kept);
  await new Promise((resolve) => crashed.close(resolve));
  renameSync(kept, path);
  const claim = await claimDataFolder(folder, "me");
  claim.release();
});

test("a folder whose path is too long for a socket can be claimed too", async () => {
  const long = join(folder, "d".repeat(60), "e".repeat(60));
  const first = await claimDataFolder(long, "the first");
  await expect(claimDataFolder(long, "the second")).rejects.toThrow("in use by the first");
  first.release();
});
