/** The release that answers name is the one that is published. */
import { expect, test } from "vitest";
import { engineVersion } from "../../../functions/http/engine-version.ts";
import project from "../../../package.json" with { type: "json" };

test("answers name the version of the package", () => {
  expect(engineVersion).toBe(project.version);
});
