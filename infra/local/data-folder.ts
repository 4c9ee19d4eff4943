/**
 * The folder that keeps the local store between runs. One server at a time: two writers on one file would each
 * believe in their own facts.
 */
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CannotStart } from "./cannot-start.ts";

export interface DataFolder {
  dbPath: string;
  release(): void;
}

/**
 * Makes the folder where it is missing and claims it for this process; the claim ends with the process, however that
 * ends. `owner` is what another process that wants the folder is told. @throws CannotStart
 */
export async function claimDataFolder(folder: string, owner: string): Promise<DataFolder> {
  const path = resolve(folder);
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new CannotStart(`cannot write to the data directory \`${path}\`: ${reasonOf(error)} (set DATA_DIR to another one)`);
  }
  const socket = socketPath(realpathSync(path));
  const claim = (await listenOn(socket, owner)) ?? (await afterCrash(socket, owner, path));
  return { dbPath: join(path, "store.db"), release: () => claim.close() };
}

/** One level at a time: `mkdirSync` with `recursive` never returns where the system denies that a new folder could be (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw Object.assign(new Error("not a directory"), { code: "EEXIST" });
    return;
  }
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** A socket that only a living process answers on: unlike a file with a process id it cannot lie after a crash. */
function socketPath(folder: string): string {
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\good-standing-${hash}`;
  const inside = join(folder, "running.sock");
  // Systems allow about 100 bytes for the path of a socket.
  return Buffer.byteLength(inside) <= 100 ? inside : join(tmpdir(), `good-standing-${hash}.sock`);
}

/** The claim, or null when the socket is there already. */
function listenOn(socket: string, owner: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((asking) => {
      asking.on("error", () => {});
      asking.end(owner);
    });
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(new CannotStart(`cannot claim the data directory: ${reasonOf(error)} (set DATA_DIR to another one)`));
    });
    server.listen(socket, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Takes over a socket that nobody answers on. */
async function afterCrash(socket: string, owner: string, path: string): Promise<Server> {
  const holder = await holderOf(socket);
  if (holder === null) rmSync(socket, { force: true });
  const claim = holder === null ? await listenOn(socket, owner) : null;
  if (claim === null)
    throw new CannotStart(`the data directory \`${path}\` is in use by ${holder ?? "another server"} (stop it, or set DATA_DIR to another one)`);
  return claim;
}

function holderOf(socket: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = "";
    const asking = connect(socket);
    asking.setTimeout(2_000, () => asking.destroy());
    asking.on("data", (chunk) => {
      said += chunk.toString();
    });
    asking.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? null : "another server"));
    asking.on("close", () => resolve(said === "" ? "another server" : said));
  });
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}

const reasons: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "no folder can be made there",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a part of its path is a file",
  ENOSPC: "the disk is full",
};
