/** `npm run policy`: what it prints, and with which exit code. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
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
  for (const source of ["psigen-support", northwindPath]) expect(run(["lint", source])).toEqual({ lines: [`${source}: no problems`], ok: true });
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

test("lint: what is worth a second look, and no mistake", () => {
  const document = northwindJson();
  document.clauses[7].formulas[0].mostBasisPoints = 20_000;
  const path = file("dear.json", document);
  const hint = "hint: /clauses/7/formulas/0/mostBasisPoints: `200 %`: a fee may more than double";
  expect(run(["lint", path])).toEqual({ lines: [hint, `${path}: no problems, 1 hint`], ok: true });
});

test("lint: a version of a policy that ships, beside that one", () => {
  const path = file("ensim-2.json", { ...northwindJson(), id: "ensim-support", zone: null, effectiveFrom: null, version: "2" });
  const { lines, ok } = run(["lint", path]);
  expect(ok).toBe(false);
  expect(lines.filter((line) => !line.startsWith("hint: "))).toEqual([
    expect.stringMatching(/^\/effectiveFrom: version `1` is in force from the same day/),
    expect.stringMatching(/^\/vendor: policy `ensim-support` is of vendor/),
    `${path}: 2 problems`,
  ]);
});

test("a policy that could not be published is still shown, compared and tested, which is said first", () => {
  const document = northwindJson();
  delete document.clauses[9].informs;
  const path = file("unsound.json", document);
  const said = [`${path} has 1 problem and could not be published: \`policy lint\` lists them`, ""];
  expect(run(["show", path]).lines.slice(0, 3)).toEqual([...said, "# Northwind Telemetry: Northwind Telemetry Care Terms"]);
  expect(run(["diff", northwindPath, path]).lines.slice(0, 3)).toEqual([...said, "clause E:"]);
  expect(run(["test", path, northwindCases]).lines.slice(0, 2)).toEqual(said);
  expect(run(["show", northwindPath]).lines[0]).toBe("# Northwind Telemetry: Northwind Telemetry Care Terms");
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
  const late = run(["lint", file("comma.json", '{\n  "id": "x",\n  "version" "1"\n}')]);
  expect(late.lines[0]).toBe("the document: the body is not JSON: look at line 3, column 13");
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
  expect(lines.at(-1)).toBe("33 passed, 0 failed");
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

describe("what the service would refuse is no case", () => {
  const given = readFileSync(join(northwindCases, "given.md"), "utf8");
  /** What is said of the one case of a table of entitlement; `row` names its columns and cells. */
  const saidOf = (row: Record<string, string>, facts = given) => {
    const cases = mkdtempSync(join(folder, "refused-"));
    const line = (cells: string[]) => `| ${cells.join(" | ")} |\n`;
    const names = Object.keys(row);
    writeFileSync(join(cases, "given.md"), facts);
    const ask = "| ask | as of | kind |\n| --- | --- | --- |\n| base | 2026-03-02 | error |\n\n";
    writeFileSync(
      join(cases, "entitlement.md"),
      ask + line(["case", ...names]) + line(["---", ...names.map(() => "---")]) + line(["one", ...Object.values(row)]),
    );
    const { lines, ok } = run(["test", northwindPath, cases]);
    expect(ok).toBe(false);
    return lines[1]?.trim();
  };
  const outcome = { outcome: "entitled" };

  test.each<[what: string, row: Record<string, string>, says: string]>([
    [
      "an option that a reading does not have",
      { "c-1 readings": "nw-fee-base: pacific", ...outcome },
      "`c-1`, `settings readings nw-fee-base`: reading `nw-fee-base` has no option `pacific`",
    ],
    [
      "a program that the policy does not have",
      { "c-1 program": "bronze", ...outcome },
      "`c-1`, `program`: policy `northwind-support` has no program `bronze`; it has `gold`, `silver`",
    ],
    ["a contract of another policy", { "c-1 policy id": "southwind", ...outcome }, "`c-1`, `policy id`: no policy `southwind`"],
    [
      "a license that retires before it is delivered",
      { "l-1 retired on": "2025-12-31", ...outcome },
      "`l-1`, `retired on`: `retiredOn` is 2025-12-31, before `deliveredOn`",
    ],
    [
      "an unknown channel",
      { channel: "fax", ...outcome },
      "the request, `channel`: expected one of `portal`, `web`, `email`, `phone`, `chat`, got `fax`",
    ],
    ["a misspelled field of a fact", { "inv-1 dueon": "2026-01-01", ...outcome }, "invoice `inv-1`, `dueon`: unknown field"],
    ["a wrong kind of license", { "l-1 kind": "eternal", ...outcome }, "license `l-1`, `kind`: expected one of"],
    ["money without a currency", { "inv-1 amount": "1200", ...outcome }, "`inv-1 amount`: no money: `1200`"],
    ["neither yes nor no", { "c-1 auto renew": "maybe", ...outcome }, "`c-1 auto renew`: neither yes nor no: `maybe`"],
    ["nothing expected", { channel: "portal", outcome: "" }, "nothing is expected of it: fill in one of `outcome`,"],
    [
      "a clause that is not among the reasons",
      { because: "99.9 fail" },
      "because: expected 99.9 fail, missing 99.9 fail in: A.1 pass, A.2 pass, B.1 fail, ",
    ],
    [
      "a result that is none",
      { because: "A.1 failed" },
      "because: expected A.1 failed, `A.1 failed` ends with no result: expected a clause and one of `pass`, `fail`",
    ],
  ])("%s", (_, row, says) => expect(saidOf(row)).toContain(says));

  test("tables that give nothing", () => {
    expect(() => saidOf(outcome, given.replace("| product |", "| produkt |"))).toThrow(
      /entitlement.md: given.md, line \d+: what is a table of `produkt`\? Expected one of `product`, `account`/,
    );
    expect(saidOf(outcome, "")).toBe("no table of `account` is given");
    expect(() => saidOf(outcome, given.replace("EUR 1,200.00", "12 euros"))).toThrow(
      "entitlement.md: line `c-1/l-1`, `annual fee`: no money: `12 euros`",
    );
  });
});

test("the command itself: the tables pass with exit code 0, a mistake ends with 1", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "infra/policy/main.ts", ...args], { cwd: root, encoding: "utf8" });
  const passed = command("test", northwindPath, northwindCases);
  expect(passed.stderr).toBe("");
  expect(passed.stdout.trimEnd().split("\n").at(-1)).toBe("33 passed, 0 failed");
  expect(passed.status).toBe(0);
  const wrong = command("show", "nowhere.json");
  expect(wrong.stdout).toBe("");
  expect(wrong.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(wrong.status).toBe(1);
});
