/** What is installed with us: exact versions, no registry's address, no scripts at installation, licenses that were looked at, a reason for each. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { projectRoot } from "../../infra/bundling.ts";
import { type LockedPackage, licensePage, licensesOf, questionable } from "../../infra/supply/licenses.ts";

const read = (path: string) => readFileSync(`${projectRoot}${path}`, "utf8");
const manifest = JSON.parse(read("package.json"));
const locked = JSON.parse(read("package-lock.json")).packages as Record<
  string,
  LockedPackage & { resolved?: string; integrity?: string; link?: boolean }
>;
const direct: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

test("every version is exact, and the lockfile has it", () => {
  for (const [name, version] of Object.entries(direct)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(locked[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test("the lockfile names no registry, and has a digest of everything that is fetched", () => {
  for (const [path, { resolved, integrity }] of Object.entries(locked)) {
    expect(resolved, path).toBeUndefined();
    if (path !== "" && !path.startsWith("node_modules/aws-cdk-lib/node_modules/") && !path.startsWith("node_modules/aws-cdk/"))
      expect(integrity ?? "in a bundle", path).toMatch(/^sha512-|^in a bundle$/);
  }
  expect(Object.values(locked).filter(({ integrity }) => integrity !== undefined).length).toBeGreaterThan(400);
});

test("nothing that is installed runs a script for it", () => {
  expect(read(".npmrc").split("\n")).toContain("ignore-scripts=true");
});

test("every license was looked at", () => {
  expect(questionable(licensesOf(locked))).toEqual([]);
  const strange = { "node_modules/x": { version: "1.0.0", license: "AGPL-3.0" }, "node_modules/y": { version: "1.0.0", license: "MPL-2.0" } };
  expect(questionable(licensesOf(strange)).map(({ name }) => name)).toEqual(["x", "y"]);
});

test("the list of licenses is of this lockfile", () => {
  expect(read("docs/licenses.md")).toBe(licensePage(licensesOf(locked)));
});

test("every direct dependency has its reason, and no reason is left over", () => {
  const explained = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(Object.keys(direct).sort());
});
