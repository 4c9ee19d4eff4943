/**
 * What may know what: infra → functions → domain, and `domain` knows neither clock nor environment nor network.
 * Each rule has a file made up to break it; a run that saw no modules fails.
 */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import project from "../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../", import.meta.url));

/** Which folders a folder's files may import from, besides themselves. */
const arrows: Record<string, readonly string[]> = {
  domain: [],
  functions: ["domain"],
  infra: ["functions", "domain"],
  test: ["infra", "functions", "domain"],
};

interface Module {
  /** From the root: `domain/money.ts`. */
  path: string;
  source: string;
}

function modulesIn(folder: string): Module[] {
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((path) => /\.m?[jt]s$/.test(path))
    .map((path) => ({ path, source: readFileSync(root + path, "utf8") }));
}

function importsOf({ source }: Module): string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
}

function folderOf(path: string): string {
  return path.split("/")[0] as string;
}

/** What is wrong with a module's imports, a line each. */
function wrongImports(module: Module): string[] {
  const folder = folderOf(module.path);
  return importsOf(module).flatMap((specifier) => {
    const wrong = specifier.startsWith(".") ? wrongFile(module.path, specifier) : wrongPackage(module.path, folder, specifier);
    return wrong === null ? [] : [`${module.path}: \`${specifier}\` ${wrong}`];
  });
}

function wrongFile(path: string, specifier: string): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  const [from, to] = [folderOf(path), folderOf(target)];
  // The project's own settings, at the root.
  if (!target.includes("/")) return from === "domain" ? "is not for domain" : null;
  if (from !== to && !arrows[from]?.includes(to)) return `points from ${from} to ${to}`;
  return null;
}

function wrongPackage(path: string, folder: string, specifier: string): string | null {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (folder === "domain") {
    if (name === "dayjs") return path === "domain/time/calendar-date.ts" ? null : "is for domain/time/calendar-date.ts only";
    if (name === "zod")
      return /^domain\/(?:facts|[\w-]*shapes?|policy[\w-]*|conditions\/parameters|questions\/[\w-]+)\.ts$/.test(path)
        ? null
        : "is for the shapes of facts, policies and questions";
    return "is not for domain";
  }
  if (folder !== "functions") return null;
  if (name === "@aws-sdk/client-dynamodb") return path.startsWith("functions/store/") ? null : "is for functions/store only";
  const bundled = specifier.startsWith("node:") || Object.hasOwn(project.dependencies, name) || (name === "aws-lambda" && onlyTypes(path));
  return bundled ? null : "is not among the dependencies";
}

function onlyTypes(path: string): boolean {
  return !/^import (?!type\b).* from "aws-lambda"/m.test(readFileSync(root + path, "utf8"));
}

/** Whatever makes an answer depend on more than its arguments. */
function impurities({ path, source }: Module): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const note = (node: ts.Node, what: string) => found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) note(node, "new Date()");
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      if (called === "Date" || (/\.(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$/.test(called) && !called.includes("UTC")))
        note(node, called);
      if (/\.(?:toLocale\w+|localeCompare)$/.test(called)) note(node, called);
    }
    if (ts.isPropertyAccessExpression(node) && ["Date.now", "Math.random"].includes(node.getText())) note(node, node.getText());
    if (ts.isIdentifier(node) && impure.has(node.text) && !isName(node)) note(node, node.text);
    if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) note(node, "async");
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const impure = new Set([
  "process",
  "performance",
  "globalThis",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "crypto",
  "Promise",
]);

/** A member or a property that only happens to be called so. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isPropertySignature(parent)
  );
}

/** zod taken in whole by name adds 355 kB to each bundle. */
function namedZod({ path, source }: Module): string[] {
  return /import\s*(?:\w+\s*,\s*)?\{[^}]*\bz\b[^}]*\}\s*from\s*["']zod|import\s+z\s+from\s*["']zod/.test(source) ? [path] : [];
}

/** The modules that are loaded with this one: all that it imports, and not only for their types. */
function loadedWith(path: string, loaded = new Map<string, Module>()): Map<string, Module> {
  const module = all.find((one) => one.path === path);
  if (module === undefined || loaded.has(path)) return loaded;
  loaded.set(path, module);
  for (const specifier of loadedBy(module)) if (specifier.startsWith(".")) loadedWith(posix.join(posix.dirname(path), specifier), loaded);
  return loaded;
}

function loadedBy({ path, source }: Module): string[] {
  return ts.createSourceFile(path, source, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    const typesOnly =
      (ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) ||
      (ts.isExportDeclaration(statement) && statement.isTypeOnly);
    if (typesOnly || !(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))) return [];
    return statement.moduleSpecifier === undefined ? [] : [(statement.moduleSpecifier as ts.StringLiteral).text];
  });
}

/** Whatever is loaded with a module and brings the large dialect of zod: shapes of facts, policies and answers. */
function shapesLoadedWith(path: string): string[] {
  return [...loadedWith(path).values()].filter((module) => loadedBy(module).includes("zod")).map((module) => module.path);
}

const all = Object.keys(arrows).flatMap(modulesIn);
const domain = all.filter(({ path }) => folderOf(path) === "domain");

test("the modules were seen", () => {
  const count = (folder: string) => all.filter(({ path }) => folderOf(path) === folder).length;
  expect(count("domain")).toBeGreaterThan(20);
  expect(count("functions")).toBeGreaterThan(20);
  expect(count("infra")).toBeGreaterThan(15);
  expect(all.flatMap(importsOf).length).toBeGreaterThan(200);
});

test("imports follow the arrows", () => {
  expect(all.flatMap(wrongImports)).toEqual([]);
});

test("the domain depends on nothing but its arguments", () => {
  expect(domain.flatMap(impurities)).toEqual([]);
});

test("zod is imported as a namespace", () => {
  expect(all.filter(({ path }) => path !== "test/architecture.test.ts").flatMap(namedZod)).toEqual([]);
});

test("the check function starts without the shapes of facts, policies and answers", () => {
  expect(loadedWith("functions/entitlement-checks.ts").size).toBeGreaterThan(80);
  expect(shapesLoadedWith("functions/entitlement-checks.ts")).toEqual([]);
  // It would be seen, through others as well.
  expect(shapesLoadedWith("functions/catalog.ts")).toContain("domain/facts.ts");
  expect(shapesLoadedWith("functions/catalog.ts")).toContain("domain/shapes.ts");
});

test.each([
  ["domain/a.ts", 'import { serve } from "../functions/http/serve.ts";'],
  ["domain/a.ts", 'export { serve } from "../functions/http/serve.ts";'],
  ["domain/a.ts", 'const serve = await import("../functions/http/serve.ts");'],
  ["domain/time/term.ts", 'import dayjs from "dayjs";'],
  ["domain/money.ts", 'import * as z from "zod";'],
  ["domain/a.ts", 'import { readFileSync } from "node:fs";'],
  ["functions/a.ts", 'import { stages } from "../infra/stage.ts";'],
  ["functions/store/store.ts", 'import { freshStore } from "../../test/store.ts";'],
  ["functions/store/store.ts", 'import fc from "fast-check";'],
  ["functions/quotes.ts", 'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";'],
  ["infra/a.ts", 'import { freshStore } from "../test/store.ts";'],
])("%s may not: %s", (path, source) => {
  expect(wrongImports({ path, source })).toHaveLength(1);
});

test.each([
  "new Date()",
  "Date.now()",
  "Math.random()",
  "process.env.TZ",
  "async () => 1",
  "Promise.resolve(1)",
  "new Date(0).getHours()",
  '"a".localeCompare("b")',
  "(1).toLocaleString()",
  "setTimeout(() => {}, 1)",
])("the domain may not: %s", (source) => {
  expect(impurities({ path: "domain/a.ts", source })).not.toEqual([]);
});

test("what only looks impure is not", () => {
  const source = "new Date(0).getUTCHours(); const a = { process: 1 }; a.process; interface B { crypto: string }";
  expect(impurities({ path: "domain/a.ts", source })).toEqual([]);
});

test.each(['import { z } from "zod";', 'import { string, z as q } from "zod";', "import z from 'zod';", 'import x, { z } from "zod";'])(
  "not like this: %s",
  (source) => {
    expect(namedZod({ path: "domain/a.ts", source })).toEqual(["domain/a.ts"]);
  },
);
