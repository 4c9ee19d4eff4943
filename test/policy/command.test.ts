/** `npm run policy`: what it prints, and with which exit code. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { run } from "../../infra/policy/run.ts";
import { Wrong } from "../../infra/policy/wrong.ts";
import { northwindCases, northwindJson, northwindPath } from "../northwind.ts";

const folder = mkdtempSync(join(tmpdir(), "policy-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

test("lint: nothing is wrong with a policy that ships, nor with the invented one", () => {
  for (const source of ["ensim-support", northwindPath]) expect(run(["lint", source])).toEqual({ lines: [`${source}: no problems`], ok: true });
});

test("lint: a name that leads nowhere, with its place", () => {
  const document = northwindJson();
  document.clauses[5].deadlines[1].clock.calendar = "helpdesk";
  const path = file("stray.json", document);
  expect(run(["lint", path])).toEqual({
    lines: ["/clauses/5/deadlines/1/clock/calendar: there is no calendar `helpdesk`; the policy has `desk`", `${path}: 1 problem`],
    ok: false,
  });
});

test("lint: wrong fields, with their places", () => {
  const path = file("shape.json", { ...northwindJson(), vendor: 1, colour: "blue" });
  const { lines, ok } = run(["lint", path]);
  expect(ok).toBe(false);
  expect(lines).toContain("/vendor: expected a string, got `1`");
  expect(lines).toContain("/colour: unknown field: leave it out, or mend its name");
});

test("lint: what is no JSON", () => {
  const { lines, ok } = run(["lint", file("cut.json", '{"id": ')]);
  expect(ok).toBe(false);
  expect(lines.at(-1)).toContain("1 problem");
});

test("show prints the page", () => {
  const { lines } = run(["show", northwindPath]);
  expect(lines[0]).toBe("# Northwind Telemetry: Northwind Telemetry Care Terms");
  expect(lines).toContain(
    "- Formula: renews by itself for 12 months at a time, unless notice by letter or email is received 30 days or more before the term's last day.",
  );
});

test("diff says what changes, clause by clause", () => {
  const document = northwindJson();
  document.version = "2027-01";
  document.clauses[6].formulas[0].noticeDays = 60;
  document.clauses[9].id = "F";
  document.readings[0].default = "forward";
  document.programs.push("bronze");
  expect(run(["diff", northwindPath, northwindPath]).lines).toEqual(["nothing changes"]);
  expect(run(["diff", northwindPath, file("next.json", document)]).lines).toEqual([
    "version: 2026-01 → 2027-01",
    "new program: bronze",
    "clause E is gone:",
    "  - these terms may change",
    "  - decides nothing: each version has the day from which it is in force",
    "clause D.1:",
    "  - Formula: renews by itself for 12 months at a time, unless notice by letter or email is received 30 days or more before the term's last day.",
    "  + Formula: renews by itself for 12 months at a time, unless notice by letter or email is received 60 days or more before the term's last day.",
    "clause F is new:",
    "  + these terms may change",
    "  + decides nothing: each version has the day from which it is in force",
    "reading nw-fee-base:",
    "  chosen: `back-and-forward` → `forward`",
  ]);
});

test("test runs a policy's own case tables", () => {
  const { lines, ok } = run(["test", northwindPath, northwindCases]);
  expect(lines.filter((line) => line.startsWith("failed"))).toEqual([]);
  expect(lines.at(-1)).toBe("29 passed, 0 failed");
  expect(ok).toBe(true);
});

test("test says which row fails and how", () => {
  const document = northwindJson();
  document.clauses[6].formulas[0].noticeDays = 31;
  const { lines, ok } = run(["test", file("longer.json", document), northwindCases]);
  expect(ok).toBe(false);
  const at = lines.findIndex((line) => line.startsWith("failed  notice.md") && line.endsWith("on the last day"));
  expect(lines.slice(at + 1, at + 2)).toEqual(["        ruling: expected valid, is late"]);
  expect(lines.at(-1)).toMatch(/^\d+ passed, \d+ failed$/);
});

test.each([
  ["nothing", [], "usage:"],
  ["an unknown command", ["polish", "x"], "there is no `polish`"],
  ["too few arguments", ["diff", "ensim-support"], "`diff` takes two arguments, got `1`"],
  ["no such file", ["show", "nowhere.json"], "`nowhere.json` cannot be read"],
  ["a file that is no policy", ["show", file("empty.json", {})], "is no policy: "],
  ["no such folder", ["test", "ensim-support", "nowhere"], "`nowhere` is no folder"],
  ["a folder without cases", ["test", "ensim-support", mkdtempSync(join(folder, "empty-"))], "has no cases"],
])("%s is told in one line", (_, args, says) => {
  const wrong = (() => {
    try {
      run(args);
    } catch (error) {
      return error;
    }
  })();
  expect(wrong).toBeInstanceOf(Wrong);
  expect((wrong as Wrong).message).toContain(says);
  expect((wrong as Wrong).message).not.toContain("\n");
});

test("a table that cannot be read is told with its file", () => {
  const cases = mkdtempSync(join(folder, "cases-"));
  writeFileSync(join(cases, "weather.md"), "| case |\n| ---- |\n| a |\n");
  expect(() => run(["test", northwindPath, cases])).toThrow("weather.md: the file's name begins with none of");
});

test("the command itself: the tables pass with exit code 0, a mistake ends with 1", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "infra/policy/main.ts", ...args], { cwd: root, encoding: "utf8" });
  const passed = command("test", northwindPath, northwindCases);
  expect(passed.stderr).toBe("");
  expect(passed.stdout.trimEnd().split("\n").at(-1)).toBe("29 passed, 0 failed");
  expect(passed.status).toBe(0);
  const wrong = command("show", "nowhere.json");
  expect(wrong.stdout).toBe("");
  expect(wrong.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(wrong.status).toBe(1);
});
