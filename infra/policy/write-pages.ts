/** `npm run docs:policies`: writes a page for each policy that ships. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { policyPages } from "./pages.ts";

const folder = fileURLToPath(new URL("../../docs/policies/", import.meta.url));
for (const { file, text } of policyPages()) writeFileSync(folder + file, text);
