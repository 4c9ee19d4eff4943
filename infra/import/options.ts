/** What can be said after `npm run import --`. */
import { parseArgs } from "node:util";
import { Wrong } from "../policy/wrong.ts";

export interface Options {
  /** To be handed in; null where an import that was handed in before is meant. */
  file: string | null;
  /** Of the service, without a slash at the end. */
  url: string;
  commit: boolean;
  /** The import that is to be undone. */
  revert: string | null;
  /** For services that ask who is calling. */
  token: string | null;
}

const usage =
  "usage: npm run import -- FILE [--commit] [--url http://127.0.0.1:3000], or --revert ID to undo one; a token for the service is taken from GOOD_STANDING_TOKEN; the columns are in docs/import.md";

/** @throws Wrong */
export function optionsFrom(args: string[], { GOOD_STANDING_TOKEN }: NodeJS.ProcessEnv): Options {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  const { commit = false, revert = null } = values;
  if (more.length > 0 || (file === undefined) === (revert === null) || (revert !== null && commit)) throw new Wrong(usage);
  const url = values.url ?? "http://127.0.0.1:3000";
  if (!/^https?:\/\/[^/]/.test(url)) throw new Wrong(`--url must be an address such as http://127.0.0.1:3000, got \`${url}\``);
  return { file: file ?? null, url: url.replace(/\/+$/, ""), commit, revert, token: GOOD_STANDING_TOKEN || null };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { url: { type: "string" }, commit: { type: "boolean" }, revert: { type: "string" } } });
  } catch (error) {
    throw new Wrong(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
