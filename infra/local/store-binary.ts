/**
 * Where the embedded store's program is on this machine. It comes with `npm ci` on 64-bit Linux; elsewhere it is
 * installed once, when first needed: its siblings for other systems cannot stand in the lock file.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CannotStart } from "./cannot-start.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The path of the program. @throws CannotStart where there is none for this machine and none can be installed */
export function storeBinary(system = `${process.platform}-${process.arch}`): string {
  const name = `@dynoxide/${system}`;
  const installed = installedBinary(name);
  if (installed !== null) return installed;
  console.error(`installing the embedded store for this system once: ${name}@${version()}`);
  try {
    const options = { cwd: root, stdio: "pipe", shell: process.platform === "win32" } as const;
    execFileSync("npm", ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", `${name}@${version()}`], options);
  } catch {
    // Explained below, for the person who runs this: npm's own words would not help.
  }
  const found = installedBinary(name);
  if (found !== null) return found;
  throw new CannotStart(
    `there is no embedded store for this system (\`${name}\` could not be installed)\n` +
      "start any DynamoDB-compatible store, such as DynamoDB Local, and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start",
  );
}

/** Null where it is not installed. */
export function installedBinary(name: string): string | null {
  try {
    const folder = dirname(createRequire(join(root, "package.json")).resolve(`${name}/package.json`));
    return join(folder, process.platform === "win32" ? "dynoxide.exe" : "dynoxide");
  } catch {
    return null;
  }
}

function version(): string {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { optionalDependencies: Record<string, string> };
  return optionalDependencies["@dynoxide/linux-x64"] ?? "latest";
}
