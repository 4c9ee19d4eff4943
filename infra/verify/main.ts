/**
 * `npm run verify`: tests that the recorded history is whole. Prints what is wrong; the exit code is 1 where something
 * is, and 2 where it could not look.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

import { Wrong } from "../policy/wrong.ts";
import { openForVerifying } from "./open.ts";
import { askedBy, run } from "./run.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const asked = askedBy(process.argv.slice(2));
  const { store, where, close } = await openForVerifying(process.env);
  say(`Testing ${where} …`);
  try {
    process.exitCode = (await run(store, asked, say)) ? 0 : 1;
  } finally {
    await close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Wrong ? error.message : `cannot read the store: ${error instanceof Error ? error.message : error}`}\n`);
  process.exitCode = 2;
}
