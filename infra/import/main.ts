/**
 * `npm run import -- FILE`: hands a CSV file to a running service, shows what it would do and, with `--commit`, does
 * it. The exit code is 1 where a row was rejected or the import failed.
 */
import { Wrong } from "../policy/wrong.ts";
import { importFile } from "./import-file.ts";
import { optionsFrom } from "./options.ts";

try {
  const isRight = await importFile(optionsFrom(process.argv.slice(2), process.env), {
    print: (line) => void process.stdout.write(`${line}\n`),
    progress: process.stderr,
  });
  process.exitCode = isRight ? 0 : 1;
} catch (error) {
  if (!(error instanceof Wrong)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
