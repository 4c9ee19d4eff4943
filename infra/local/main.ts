/**
 * `npm start`: the whole service on this machine, the same handlers that run in AWS. Needs no cloud account and no
 * container; keeps its facts in a folder; stops cleanly on Ctrl-C. What keeps it from starting is said in one line.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { localDate } from "../../domain/time/zone.ts";
import { capabilities } from "../../functions/capabilities.ts";
import type { Operations } from "../../functions/http/operation.ts";
import { serve } from "../../functions/http/serve.ts";
import { createTable } from "../../functions/store/create-table.ts";
import { openStore } from "../../functions/store/store.ts";
import { doorOf } from "./auth.ts";
import { fromHere } from "./auth-loopback.ts";
import { CannotStart } from "./cannot-start.ts";
import { claimDataFolder } from "./data-folder.ts";
import { loadDemo } from "./demo/load.ts";
import { startEmbeddedStore } from "./embedded-store.ts";
import { type Gateway, type Handler, openGateway } from "./gateway.ts";
import { type LocalImports, openImports } from "./imports.ts";
import { type Settings, settingsFrom } from "./settings.ts";
import { openShipping, type Shipping } from "./shipping.ts";
import { openState, saveState } from "./store-state.ts";
import { welcome } from "./welcome.ts";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const tableName = "good-standing";

/** What was opened, in order; stopped in the opposite one. */
const opened: (() => unknown)[] = [];
process.stdout.on("error", () => {}); // whoever read it may be gone
let stoppedAt: number | null = null;

async function start(): Promise<void> {
  const settings = settingsFrom(process.env);
  const gateway = await listen(settings);
  opened.push(() => gateway.stop());
  const endpoint = settings.endpoint ?? (await embeddedStore(settings.dataFolder, gateway.url));
  const client = new DynamoDBClient({ endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  opened.push(() => client.destroy());
  await reachable(endpoint, createTable(client, tableName));
  const door = await doorOf(settings, fromHere(gateway.url));
  const real = openStore({ client, tableName, now: Date.now });
  const state = await openState(client, tableName);
  if (settings.demo && state.demoLoadedOn === null) {
    const today = localDate(Date.now(), "Europe/Zurich");
    console.log("Putting the demo portfolio in, once …");
    await loadDemo(real, today);
    await saveState(client, tableName, { demoLoadedOn: today });
  }
  const shipping = openShipping(real, Date.now, (line) => void process.stdout.write(`${line}\n`));
  opened.push(() => shipping.stop());
  const imports = openImports({
    store: shipping.store,
    folder: join(settings.dataFolder, "imports"),
    baseUrl: gateway.url,
    now: Date.now,
    log: (line) => void process.stdout.write(`${line}\n`),
    // Only the embedded store is nobody else's.
    holder: settings.endpoint === null ? "local" : randomUUID(),
  });
  opened.push(() => imports.stop());
  gateway.takeFiles(imports.door);
  gateway.serve(new Map([...handlers(shipping, imports, door.rolesClaim), ...door.handlers]), door.signIn);
  console.log(welcome(gateway.url, settings));
  shipping.start();
  await imports.resume();
}

async function listen({ host, port }: Settings): Promise<Gateway> {
  try {
    return await openGateway(host, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new CannotStart(`port ${port} of ${host} is taken: stop what uses it, or set PORT to another one`);
    if (code === "EACCES") throw new CannotStart(`port ${port} of ${host} may not be used: set PORT to one above 1023`);
    throw new CannotStart(`cannot listen on ${host}: ${message} (set HOST)`);
  }
}

async function embeddedStore(dataFolder: string, url: string): Promise<string> {
  const folder = await claimDataFolder(dataFolder, `the server at ${url}, process ${process.pid}`);
  opened.push(() => folder.release());
  const store = await startEmbeddedStore({ dbPath: folder.dbPath });
  opened.push(() => store.stop());
  store.ended.then(() => {
    if (stoppedAt === null) fail(new CannotStart("the embedded store ended by itself"));
  });
  return store.endpoint;
}

async function reachable<T>(endpoint: string, first: Promise<T>): Promise<T> {
  try {
    return await first;
  } catch (error) {
    throw new CannotStart(`the store at ${endpoint} does not answer: ${error instanceof Error ? error.message || error.name : error}`);
  }
}

/** Answered once what was written before is followed, as it is in AWS after a moment. */
const ofWhatFollows = /^GET \/v1\/(?:events|deadlines)/;

function handlers({ store, settled }: Shipping, imports: LocalImports, rolesClaim: string | undefined): Map<string, Handler> {
  const around = {
    store: () => store,
    now: Date.now,
    log: (line: string) => void process.stdout.write(`${line}\n`),
    rolesClaim,
    imports: imports.intake,
  };
  const all = Object.values(capabilities).flatMap((operations: Operations) => {
    const handler = serve(operations, around) as Handler;
    const afterwards: Handler = async (event, context) => {
      await settled();
      return handler(event, context);
    };
    return Object.keys(operations).map((routeKey): [string, Handler] => [routeKey, ofWhatFollows.test(routeKey) ? afterwards : handler]);
  });
  return new Map(all);
}

async function stop(): Promise<void> {
  // Shells and npm may pass one Ctrl-C on twice; only a later one means "now".
  if (stoppedAt !== null) {
    if (Date.now() - stoppedAt > 1_000) process.exit(1);
    return;
  }
  stoppedAt = Date.now();
  for (const close of opened.reverse()) await close();
  process.exit(0);
}

function fail(error: unknown): void {
  console.error(error instanceof CannotStart ? error.message : error);
  // The store's process ends with this one.
  process.exit(1);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop().catch(fail));
start().catch((error: unknown) => {
  if (stoppedAt === null) fail(error);
});
