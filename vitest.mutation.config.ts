/** The tests that mutants of the rules are run against: the case tables and what stands beside them, without a store. */
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes long comes last: most mutants are found by a test of their own file, and the first one found ends the run. */
class LongestLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (moduleId.endsWith("/test/cases.test.ts") ? 2 : moduleId.includes("/invariants/") ? 1 : 0);
    return files.sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: [
      "test/cases.test.ts",
      "test/clauses.test.ts",
      "test/domain/conditions/*.test.ts",
      "test/domain/questions/*.test.ts",
      "test/domain/invariants/{acceptances,additions,moments,quotes}.test.ts",
    ],
    testTimeout: 20_000,
    // One import of the domain for all files: a mutant costs a third of the time. Nothing that tests share is changed by them.
    isolate: false,
    sequence: { sequencer: LongestLast },
  },
});
