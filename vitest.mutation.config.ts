/** The tests that mutants of the rules are run against: the case tables and what stands beside them, without a store. */
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The case tables last: most mutants are found by a test of their own file, and the first one found ends the run. */
class TablesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isTable = ({ moduleId }: TestSpecification) => (moduleId.endsWith("/test/cases.test.ts") ? 1 : 0);
    return files.sort((a, b) => isTable(a) - isTable(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/cases.test.ts", "test/clauses.test.ts", "test/domain/conditions/*.test.ts", "test/domain/questions/*.test.ts"],
    testTimeout: 20_000,
    // One import of the domain for all files: a mutant costs a third of the time. Nothing that tests share is changed by them.
    isolate: false,
    sequence: { sequencer: TablesLast },
  },
});
