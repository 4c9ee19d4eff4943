/** `npm run policy`: looks after policies offline. Prints what it found; the exit code is 1 where something is wrong. */

import { run } from "./run.ts";
import { Wrong } from "./wrong.ts";

try {
  const { lines, ok } = run(process.argv.slice(2));
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  if (!(error instanceof Wrong)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
