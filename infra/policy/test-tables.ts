/** Runs a folder of case tables against one policy: what `test/cases` is for those that ship, for an operator's own. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type PolicyBook, policyBook } from "../../domain/compiled-policy.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import type { Policy } from "../../domain/policy.ts";
import { casesOf } from "../case-tables/cases.ts";
import { textOf } from "./read-policy.ts";
import type { Outcome } from "./run.ts";
import { Wrong } from "./wrong.ts";

/** @param folder of Markdown files; what the columns mean stands in `test/cases/README.md` @param first lines to begin with */
export function testTables(policy: Policy, folder: string, first: readonly string[] = []): Outcome {
  const files = filesIn(folder);
  const given = files.includes("given.md") ? textOf(join(folder, "given.md")) : "";
  const book: PolicyBook = policyBook([...[...shippedPolicies.values()].flat().filter(({ id }) => id !== policy.id), policy]);
  const lines = [...first];
  let passed = 0;
  let failed = 0;
  for (const file of files.filter((name) => name !== "given.md")) {
    for (const { name, line, differences } of readable(file, () => casesOf(file, textOf(join(folder, file)), given))) {
      const found = answered(() => differences(book));
      if (found.length === 0) passed++;
      else failed++;
      lines.push(
        ...(found.length === 0
          ? [`passed  ${file}:${line} ${name}`]
          : [`failed  ${file}:${line} ${name}`, ...found.map((difference) => `        ${difference}`)]),
      );
    }
  }
  if (passed + failed === 0) throw new Wrong(`\`${folder}\` has no cases: expected Markdown files with tables whose first column is \`case\``);
  return { lines: [...lines, `${passed} passed, ${failed} failed`], ok: failed === 0 };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".md") && name !== "README.md")
      .sort();
  } catch {
    throw new Wrong(`\`${folder}\` is no folder that can be read`);
  }
}

/** @throws Wrong, with the file that cannot be read as case tables */
function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Wrong) throw error;
    throw new Wrong(`${file}: ${messageOf(error)}`);
  }
}

/** A question that cannot be asked is a failed case, not the end of all of them. */
function answered(differences: () => string[]): string[] {
  try {
    return differences();
  } catch (error) {
    return [messageOf(error)];
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
