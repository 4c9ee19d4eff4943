/** Every row of every case table under `cases/` is a test; what the columns mean stands in `cases/README.md`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shippedPolicies } from "../domain/policies/index.ts";
import { casesOf } from "../infra/case-tables/cases.ts";

const folder = join(import.meta.dirname, "cases");
const vendors = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name: vendor } of vendors) {
  const read = (file: string) => readFileSync(join(folder, vendor, file), "utf8");
  const given = read("given.md");
  for (const file of readdirSync(join(folder, vendor)).filter((name) => name !== "given.md")) {
    describe(`${vendor}/${file}`, () => {
      for (const { name, line, differences } of casesOf(file, read(file), given)) {
        test(`${name} (line ${line})`, () => {
          expect(differences(shippedPolicies)).toEqual([]);
        });
      }
    });
  }
}
