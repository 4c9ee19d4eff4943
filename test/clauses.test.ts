/** Every clause of every shipped policy is relied on by a case table, or says why nothing is decided by it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shippedPolicies } from "../domain/policies/index.ts";
import type { Clause } from "../domain/policy.ts";
import { sectionsOf } from "../infra/case-tables/markdown.ts";

const folder = join(import.meta.dirname, "cases");
const folders: Record<string, string> = {
  "ebiexperts-support": "ebiexperts",
  "ensim-support": "ensim",
  "psigen-support": "psigen",
  "wolfram-enterprise-support": "wolfram",
  "essensys-customer-success": "essensys",
};

/** Parts that a case relies on by a column of its own; a clause that decides by conditions is cited in `because`. */
const columns: Partial<Record<keyof Clause, string[]>> = {
  deadlines: ["first response", "next update"],
  obligations: ["obligations"],
  benefits: ["benefits"],
  assessments: ["severity"],
  formulas: ["back fees", "forward fees", "reinstatement fee"],
};

interface Relied {
  cited: Set<string>;
  columns: Set<string>;
  vendor: string;
}

function reliedOn(vendor: string): Relied {
  const relied: Relied = { cited: new Set(), columns: new Set(), vendor };
  for (const file of readdirSync(join(folder, vendor))) {
    for (const { headers, rows } of sectionsOf(readFileSync(join(folder, vendor, file), "utf8")).flatMap(({ tables }) => tables)) {
      if (headers[0] !== "case") continue;
      for (const { cells } of rows) {
        headers.forEach((header, index) => {
          const cell = cells[index] ?? "";
          if (cell === "") return;
          relied.columns.add(header);
          if (header === "because") for (const reason of cell.split(", ")) relied.cited.add(reason.split(" ")[0] ?? "");
        });
      }
    }
  }
  return relied;
}

function isReliedOn(clause: Clause, { cited, columns: stated }: Relied): boolean {
  if (clause.informs !== undefined || cited.has(clause.id)) return true;
  const parts = (Object.keys(clause) as (keyof Clause)[]).filter((part) => part !== "id" && part !== "says" && part !== "lost");
  return parts.every((part) => columns[part]?.some((column) => stated.has(column)) ?? false);
}

describe.each([...shippedPolicies])("%s", (id, versions) => {
  const relied = reliedOn(folders[id] ?? "");
  test.each(versions.flatMap(({ clauses }) => clauses).map((clause) => [clause.id, clause] as const))("clause %s", (_, clause) => {
    expect(isReliedOn(clause, relied), `no case of test/cases/${relied.vendor} relies on it`).toBe(true);
  });
});

test("a clause that no case relies on is found", () => {
  const clause: Clause = { id: "7.9", says: "invented", conditions: [{ condition: "language", languages: ["en"], otherwise: "fail" }] };
  expect(isReliedOn(clause, reliedOn("ebiexperts"))).toBe(false);
});
