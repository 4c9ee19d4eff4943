/** `npx tsx infra/supply/main.ts`: writes docs/licenses.md, and stops at a license that nobody has looked at. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { licensePage, licensesOf, questionable } from "./licenses.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const all = licensesOf(JSON.parse(readFileSync(`${root}package-lock.json`, "utf8")).packages);
const open = questionable(all);
for (const { name, version, license } of open)
  console.error(`${name} ${version}: got the license \`${license}\`, expected one that asks for no more than to be named`);
if (open.length > 0) process.exitCode = 1;
else writeFileSync(`${root}docs/licenses.md`, licensePage(all));
