/**
 * The DynamoDB-compatible store that runs on this machine, for the local server and for tests: one child process,
 * a SQLite file or memory behind it. It ends with the process that started it, whatever way that ends.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { CannotStart } from "./cannot-start.ts";
import { storeBinary } from "./store-binary.ts";

const keeper = fileURLToPath(new URL("./store-keeper.mjs", import.meta.url));

export interface EmbeddedStore {
  endpoint: string;
  /** Resolves once the store's process has ended and its file is whole. */
  stop(): Promise<void>;
  /** Resolves when the process ends, asked or not. */
  ended: Promise<void>;
}

/**
 * Starts the store and waits until it listens. `dbPath` null: in memory. `port` absent: a free one.
 * @throws CannotStart when there is no program for this machine, or it does not come up
 */
export async function startEmbeddedStore(options: { dbPath: string | null; port?: number }): Promise<EmbeddedStore> {
  const binary = storeBinary();
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const outcome = await launch(binary, port, options.dbPath);
    if (typeof outcome !== "string") return outcome;
    // Someone else may take the free port before the store does.
    const portTaken = options.port === undefined && /already in use/i.test(outcome);
    if (!portTaken || attempt === 5) throw new CannotStart(`the embedded store did not start: ${outcome}`);
  }
}

/** The store, or what it said when it gave up. */
async function launch(binary: string, port: number, dbPath: string | null): Promise<EmbeddedStore | string> {
  const args = ["serve", "--host", "127.0.0.1", "--port", String(port), ...(dbPath === null ? [] : ["--db-path", dbPath])];
  // A process group of its own: Ctrl-C must reach the server only, which still has requests to finish.
  const child = spawn(process.execPath, [keeper, binary, ...args], { stdio: ["pipe", "ignore", "pipe"], detached: true });
  child.stdin.on("error", () => {});
  // "close" comes when the store itself has ended too: it holds the other end of this pipe.
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));

  let said = "";
  const listening = new Promise<boolean>((resolve) => {
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
      if (said.includes("listening on")) resolve(true);
    });
    child.once("error", () => resolve(false));
    ended.then(() => resolve(false));
    setTimeout(() => resolve(false), 20_000).unref();
  });
  const stop = () => {
    child.ref();
    child.stdin.end();
    return ended;
  };
  if (await listening) {
    // Nothing here keeps the caller's process alive.
    child.unref();
    for (const pipe of [child.stdin, child.stderr]) (pipe as unknown as { unref(): void }).unref();
    return { endpoint: `http://127.0.0.1:${port}`, stop, ended };
  }
  await Promise.race([stop(), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  return (
    said
      .trim()
      .split("\n")
      .at(-1)
      ?.replace(/^error: /, "") || "it said nothing"
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
