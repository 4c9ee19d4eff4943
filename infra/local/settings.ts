/** What can be set from outside for the local server, each with its default. */
import { CannotStart } from "./cannot-start.ts";

export interface Settings {
  host: string;
  /** 0: any free one. */
  port: number;
  dataFolder: string;
  demo: boolean;
  /** Of another DynamoDB-compatible store than the embedded one; null: the embedded one. */
  endpoint: string | null;
}

/** @throws CannotStart for a value that makes no sense */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const { HOST, PORT, DATA_DIR, DEMO, DYNAMODB_ENDPOINT } = environment;
  const port = PORT || "3000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new CannotStart(`PORT must be a number from 0 to 65535, got \`${PORT}\``);
  const demo = (DEMO || "on").toLowerCase();
  if (demo !== "on" && demo !== "off") throw new CannotStart(`DEMO must be \`on\` or \`off\`, got \`${DEMO}\``);
  return { host: HOST || "127.0.0.1", port: Number(port), dataFolder: DATA_DIR || ".data", demo: demo === "on", endpoint: DYNAMODB_ENDPOINT || null };
}
