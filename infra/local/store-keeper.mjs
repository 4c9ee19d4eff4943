/**
 * Runs one program for as long as its own standard input stays open, so that the embedded store never outlives the
 * process that started it: not after an exit, a signal, an uncaught error or a `kill -9`.
 */
import { spawn } from "node:child_process";

const [program, ...args] = process.argv.slice(2);
const child = spawn(program ?? "", args, { stdio: ["ignore", "ignore", "inherit"] });
child.on("error", (error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code) => process.exit(code ?? 1));

const stop = () => child.kill();
process.stdin.resume().on("end", stop).on("error", stop);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
