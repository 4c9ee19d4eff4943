/** The store that is to be tested: the embedded one in the data directory, another endpoint's, or the table in AWS. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { openStore, type Store } from "../../functions/store/store.ts";
import { CannotStart } from "../local/cannot-start.ts";
import { claimDataFolder } from "../local/data-folder.ts";
import { startEmbeddedStore } from "../local/embedded-store.ts";
import { Wrong } from "../policy/wrong.ts";

export interface Opened {
  store: Store;
  /** In words. */
  where: string;
  close(): Promise<void>;
}

const localTable = "good-standing";

/**
 * `DYNAMODB_ENDPOINT`, or `TABLE_NAME` alone for AWS with the credentials of the environment, else `DATA_DIR`.
 * @throws Wrong where there is none, or a server holds it
 */
export async function openForVerifying({ DATA_DIR, DYNAMODB_ENDPOINT: endpoint, TABLE_NAME }: NodeJS.ProcessEnv): Promise<Opened> {
  if (endpoint) return opened(endpoint, TABLE_NAME || localTable, `table \`${TABLE_NAME || localTable}\` at ${endpoint}`, async () => {});
  if (TABLE_NAME) {
    const store = openStore({ tableName: TABLE_NAME, now: Date.now });
    return { store, where: `table \`${TABLE_NAME}\` in AWS`, close: async () => {} };
  }
  const path = resolve(DATA_DIR || ".data");
  // A folder that is not there must not be made by the one who looks.
  if (!existsSync(join(path, "store.db")))
    throw new Wrong(`there is no store in \`${path}\`: set DATA_DIR, or DYNAMODB_ENDPOINT, or TABLE_NAME for a table in AWS`);
  const folder = await claim(path);
  try {
    const embedded = await startEmbeddedStore({ dbPath: folder.dbPath });
    return opened(embedded.endpoint, localTable, `the store in \`${path}\``, async () => {
      await embedded.stop();
      folder.release();
    });
  } catch (error) {
    folder.release();
    throw error instanceof CannotStart ? new Wrong(error.message) : error;
  }
}

async function claim(path: string): Promise<Awaited<ReturnType<typeof claimDataFolder>>> {
  try {
    return await claimDataFolder(path, `\`npm run verify\`, process ${process.pid}`);
  } catch (error) {
    throw error instanceof CannotStart ? new Wrong(error.message) : error;
  }
}

function opened(endpoint: string, tableName: string, where: string, end: () => Promise<void>): Opened {
  const client = new DynamoDBClient({ endpoint, region: "local", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  const close = async () => {
    client.destroy();
    await end();
  };
  return { store: openStore({ client, tableName, now: Date.now }), where, close };
}
