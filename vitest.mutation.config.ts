/** The tests that mutants of the rules are run against: the case tables and what stands beside them, without a store. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/cases.test.ts", "test/clauses.test.ts", "test/domain/conditions/*.test.ts", "test/domain/questions/*.test.ts"],
    testTimeout: 20_000,
  },
});
