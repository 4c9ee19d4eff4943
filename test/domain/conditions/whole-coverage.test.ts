/** Whole coverage: what is missing from a product line, deployment or bundle, what that means for each license, and until when. */
import { describe, expect, test } from "vitest";
import type { HeldLicense } from "../../../domain/facts.ts";
import { type About, type Condition, chf, contract, judge, license, prices, product } from "./asked.ts";

const line: Condition = {
  condition: "whole-coverage",
  group: "product-line",
  of: ["perpetual"],
  otherwise: "discretion",
  cure: { says: "cover the line" },
};
const both: Condition = { ...line, of: ["perpetual", "subscription"] };

/** These licenses, of which the contract over 2026 covers some; the other catalog knows no price. */
const held = (licenses: HeldLicense[], covered: string[], about: About = {}): About => ({
  dossier: { licenses, contracts: [contract("c-1", covered)] },
  ...about,
});

const gaps = (...ids: string[]) => ids.map((id) => ({ path: `licenses/${id}`, value: null }));
const cure = (ids: string) => ({ says: `cover the line: ${ids}`, clause: "4.1", price: null });
const whole = { result: "pass", finding: "product line `tools` is covered as a whole", until: "2027-01-01" };
const incomplete = (ids: string, result = "discretion") => ({
  result,
  finding: `product line \`tools\` is incomplete: ${ids} ${ids.includes(",") ? "have" : "has"} no support on 2026-06-15`,
  facts: gaps(...ids.split(", ")),
  cure: cure(ids),
  until: "2027-01-01",
});

describe("a product line", () => {
  const two = [license("l-1"), license("l-2")];

  test("covered as a whole, until the contract ends", () => expect(judge(line, held(two, ["l-1", "l-2"]))).toEqual(whole));
  test("one of two without support: the other is at the vendor's mercy", () => {
    expect(judge(line, held(two, ["l-1"]))).toEqual(incomplete("l-2"));
  });
  test("and it is refused itself", () => {
    expect(judge(line, held(two, ["l-1"], { licenseId: "l-2" }))).toEqual(incomplete("l-2", "fail"));
  });
  test("or all of them are, where the text says so", () => {
    expect(judge({ ...line, otherwise: "fail" }, held(two, ["l-1"]))).toEqual(incomplete("l-2", "fail"));
  });
  test("two of three without support", () => {
    expect(judge(line, held([...two, license("l-3")], ["l-1"]))).toEqual(incomplete("l-2, l-3"));
  });
  test("what it costs to close the gap", () => {
    const catalog = { products: [product("p-1")], priceLists: prices({ "p-1": "100.00" }) };
    expect(judge(line, held(two, ["l-1"], { catalog }))).toEqual({
      ...incomplete("l-2"),
      cure: { says: "cover the line: l-2; first year of l-2 CHF 1,000.00", clause: "4.1", price: chf("1000.00") },
    });
  });
  test("none of it has support: the license's own cover decides", () => {
    expect(judge(line, held(two, []))).toEqual({
      result: "info",
      finding: "no license of product line `tools` has support on 2026-06-15",
      facts: gaps("l-1", "l-2"),
      cure: cure("l-1, l-2"),
    });
  });
  test("of another line nothing is missing", () => {
    const catalog = { products: [product("p-1"), product("p-2", { productLine: "games" })] };
    expect(judge(line, held([license("l-1"), license("l-2", { productId: "p-2" })], ["l-1"], { catalog }))).toEqual(whole);
  });
  test("of fifty-two gaps ten are named, fifty are facts", () => {
    const many = Array.from({ length: 52 }, (_, index) => license(`l-${index + 10}`));
    const { facts, finding } = judge(line, held([license("l-1"), ...many], ["l-1"])) as { facts: unknown[]; finding: string };
    expect(facts).toHaveLength(50);
    expect(finding).toContain("incomplete: l-10, l-11, l-12, l-13, l-14, l-15, l-16, l-17, l-18, l-19 and 42 more have no support");
  });
});

describe("which licenses must be covered", () => {
  const beside = (known: Partial<HeldLicense>) => [license("l-1"), license("l-2", known)];

  test("a trial, a beta, free code: never", () => {
    for (const kind of ["trial", "beta", "freeware"] as const) expect(judge(both, held(beside({ kind }), ["l-1"]))).toEqual(whole);
  });
  test("a subscription that ended, only where subscriptions must be", () => {
    const ended = beside({ kind: "subscription", termLastDay: "2026-06-14" });
    expect(judge(both, held(ended, ["l-1"]))).toEqual(incomplete("l-2"));
    expect(judge(line, held(ended, ["l-1"]))).toEqual(whole);
  });
  test("a subscription that ended is no gap while a contract covers it", () => {
    const ended = beside({ kind: "subscription", termLastDay: "2026-06-14" });
    expect(judge(both, held(ended, ["l-1", "l-2"]))).toEqual(whole);
  });
  test("a subscription is covered through its last day", () => {
    expect(judge(both, held(beside({ kind: "subscription", termLastDay: "2026-06-15" }), ["l-1"]))).toEqual({ ...whole, until: "2026-06-16" });
  });
  test("a running subscription of a line of which nothing else has support is at the vendor's mercy as well", () => {
    const licenses = [license("l-1", { kind: "subscription", termLastDay: "2026-12-31" }), license("l-2")];
    expect(judge(line, held(licenses, []))).toEqual({
      result: "discretion",
      finding: "product line `tools` is incomplete: l-2 has no support on 2026-06-15",
      facts: gaps("l-2"),
      cure: cure("l-2"),
    });
  });
  test("one retired on the day no more, one delivered the day after not yet", () => {
    expect(judge(line, held(beside({ retiredOn: "2026-06-15" }), ["l-1"]))).toEqual(whole);
    expect(judge(line, held(beside({ deliveredOn: "2026-06-16" }), ["l-1"]))).toEqual({ ...whole, until: "2026-06-16" });
  });
  test("one retired the day after still", () => {
    expect(judge(line, held(beside({ retiredOn: "2026-06-16" }), ["l-1"]))).toEqual({ ...incomplete("l-2"), until: "2026-06-16" });
  });
});

describe("a group made of what support is sold for", () => {
  const sold: Condition = { ...line, products: ["software", "open-source-library"] };
  const beside = (known: object, rule = sold, licenseId = "l-1") =>
    judge(
      rule,
      held([license("l-1"), license("l-2", { productId: "p-2" })], ["l-1"], {
        licenseId,
        catalog: { products: [product("p-1"), product("p-2", known)] },
      }),
    );

  test("no product of another kind is a member", () => {
    expect(beside({ kind: "extension" })).toEqual(whole);
    expect(beside({ kind: "cloud-service" })).toEqual(whole);
    expect(beside({ kind: "extension" }, line)).toEqual(incomplete("l-2"));
  });
  test("and of the group itself it is no gap either", () => {
    expect(beside({ kind: "extension" }, sold, "l-2")).toEqual({ result: "pass", finding: "license `l-2` belongs to no product line" });
  });
  test("a library only where it is a listed one", () => {
    expect(beside({ kind: "open-source-library", supportedLibrary: true })).toEqual(incomplete("l-2"));
    expect(beside({ kind: "open-source-library", supportedLibrary: false })).toEqual(whole);
    expect(beside({ kind: "open-source-library" })).toMatchObject({
      result: "unknown",
      missing: ["supportedLibrary of `p-2`"],
      cure: { says: "record supportedLibrary of `p-2`", clause: "4.1", price: null },
    });
    expect(beside({ kind: "open-source-library" }, { ...sold, products: ["software"] })).toEqual(whole);
  });
  test("one whose product is not recorded may be a member of its own deployment alone", () => {
    const rule: Condition = { ...sold, group: "deployment" };
    const stray = (deploymentId: string) =>
      judge(rule, held([license("l-1", { deploymentId: "d-1" }), license("l-2", { deploymentId, productId: "p-9" })], ["l-1"]));
    expect(stray("d-1")).toMatchObject({ result: "unknown", missing: ["product `p-9`"] });
    expect(stray("d-2")).toMatchObject({ result: "pass" });
  });
});

describe("what is not known", () => {
  const unknown = (missing: string, more = {}) => ({
    result: "unknown",
    finding: "whether product line `tools` is covered as a whole is not known: l-2",
    cure: { says: `record ${missing}`, clause: "4.1", price: null },
    missing: [missing],
    until: "2027-01-01",
    ...more,
  });
  const openEnd = (known: Partial<HeldLicense> = {}) => license("l-2", { kind: "subscription", ...known });
  const stray = (known: Partial<HeldLicense> = {}) => license("l-2", { productId: "p-9", ...known });

  test("the license's own product line", () => {
    expect(judge(line, held([license("l-1", { productId: "p-9" })], ["l-1"]))).toEqual({
      result: "unknown",
      finding: "the product line of `p-9` is not recorded",
      cure: { says: "record product line of `p-9`", clause: "4.1", price: null },
      missing: ["product line of `p-9`"],
    });
  });
  test("the last day of a subscription", () => {
    expect(judge(both, held([license("l-1"), openEnd()], ["l-1"]))).toEqual(unknown("termLastDay of license `l-2`"));
    expect(judge(line, held([license("l-1"), openEnd()], ["l-1"]))).toEqual(whole);
  });
  test("until it is retired", () => {
    expect(judge(both, held([license("l-1"), openEnd({ retiredOn: "2026-08-01" })], ["l-1"]))).toEqual(
      unknown("termLastDay of license `l-2`", { until: "2026-08-01" }),
    );
  });
  test("not while a contract covers it: until that ends, the line is whole", () => {
    expect(judge(both, held([license("l-1"), openEnd()], ["l-1", "l-2"]))).toEqual(whole);
    const lines = contract("c-1", ["l-1", "l-2"]).lines.map((one) => (one.licenseId === "l-2" ? { ...one, coveredUntil: "2026-06-30" } : one));
    const dossier = { licenses: [license("l-1"), openEnd()], contracts: [contract("c-1", [], { lines })] };
    expect(judge(both, { dossier })).toEqual({ ...whole, until: "2026-07-01" });
    expect(judge(both, { dossier, asOf: "2026-07-01" })).toEqual(unknown("termLastDay of license `l-2`"));
    // The only one with support: with the end of its cover nothing of the line has any for certain.
    const alone = { ...dossier, contracts: [contract("c-1", [], { lines: lines.slice(1) })] };
    expect(judge(both, { dossier: alone })).toMatchObject({ result: "fail", until: "2026-07-01" });
    expect(judge(both, { dossier: alone, asOf: "2026-07-01" })).toMatchObject({ result: "info" });
  });
  test("from its delivery on", () => {
    expect(judge(both, held([license("l-1"), openEnd({ deliveredOn: "2026-08-01" })], ["l-1"]))).toEqual({ ...whole, until: "2026-08-01" });
  });
  test("whether a license without support belongs to the line", () => {
    expect(judge(line, held([license("l-1"), stray()], ["l-1"]))).toEqual(unknown("product line of `p-9`"));
  });
  test("of one with support it does not matter, until it loses it", () => {
    expect(judge(line, held([license("l-1"), stray()], ["l-1", "l-2"]))).toEqual(whole);
    expect(judge(line, held([license("l-1"), stray({ deliveredOn: "2026-07-01" })], ["l-1"]))).toEqual({ ...whole, until: "2026-07-01" });
  });
  test("the first of several is named, all are listed", () => {
    expect(judge(both, held([license("l-1"), openEnd(), license("l-3", { productId: "p-9" })], ["l-1"]))).toEqual(
      unknown("termLastDay of license `l-2`", { finding: "whether product line `tools` is covered as a whole is not known: l-2, l-3" }),
    );
  });
  test("a gap that is known goes before, and no turn of what is not known shows", () => {
    const licenses = [license("l-1"), stray({ retiredOn: "2026-08-01" }), license("l-3")];
    expect(judge(line, held(licenses, ["l-1"]))).toEqual(incomplete("l-3"));
  });
  test("a license with support whose line is not recorded makes no line half covered", () => {
    expect(judge(line, held([license("l-1"), stray()], ["l-2"]))).toMatchObject({ result: "info", facts: gaps("l-1") });
  });
});

describe("until when", () => {
  const until = (licenses: HeldLicense[], covered: string[], about: About = {}) => judge(both, held(licenses, covered, about)).until;

  test("the only covered one is retired, and nothing of the line has support any more", () => {
    expect(until([license("l-1"), license("l-2", { retiredOn: "2026-08-01" })], ["l-2"])).toBe("2026-08-01");
  });
  test("one of two covered ones is retired: the line stays half covered", () => {
    expect(until([license("l-1"), license("l-2", { retiredOn: "2026-08-01" }), license("l-3")], ["l-2", "l-3"])).toBe("2027-01-01");
  });
  test("a first covered one is delivered", () => {
    expect(until([license("l-1"), license("l-2", { deliveredOn: "2026-08-01" })], ["l-2"])).toBe("2026-08-01");
  });
  test("the earlier of two", () => {
    const licenses = [license("l-1"), license("l-2", { deliveredOn: "2026-09-01" }), license("l-3", { deliveredOn: "2026-08-01" })];
    expect(until(licenses, ["l-2", "l-3"])).toBe("2026-08-01");
  });
  test("one covered and delivered before does not matter any more", () => {
    expect(until([license("l-1"), license("l-2", { deliveredOn: "2026-06-15" })], ["l-2"])).toBe("2027-01-01");
  });
  test("a subscription whose last day is not recorded covers nothing", () => {
    expect(until([license("l-1"), license("l-2", { kind: "subscription", deliveredOn: "2026-08-01" })], [])).toBe(undefined);
  });
});

describe("deployments and bundles", () => {
  const group = (name: "deployment" | "bundle"): Condition => ({ ...line, group: name });
  const deployed = [license("l-1", { deploymentId: "d-1" }), license("l-2", { deploymentId: "d-1" }), license("l-3", { deploymentId: "d-2" })];
  const bundled = [license("l-1", { bundleId: "b-1" }), license("l-2", { bundleId: "b-1" }), license("l-3")];

  test("go by the id on the license", () => {
    expect(judge(group("deployment"), held(deployed, ["l-1"]))).toMatchObject({
      result: "discretion",
      finding: "deployment `d-1` is incomplete: l-2 has no support on 2026-06-15",
    });
    expect(judge(group("bundle"), held(bundled, ["l-1"]))).toMatchObject({
      result: "discretion",
      finding: "bundle `b-1` is incomplete: l-2 has no support on 2026-06-15",
    });
    expect(judge(group("bundle"), held(bundled, ["l-1", "l-2"]))).toMatchObject({ finding: "bundle `b-1` is covered as a whole" });
  });
  test("a license without one belongs to none", () => {
    expect(judge(group("deployment"), held([license("l-1")], []))).toEqual({ result: "pass", finding: "license `l-1` belongs to no deployment" });
    expect(judge(group("bundle"), held(bundled, [], { licenseId: "l-3" }))).toEqual({
      result: "pass",
      finding: "license `l-3` belongs to no bundle",
    });
  });
  test("no license, no group", () => {
    const none = (of: string) => ({ result: "pass", finding: `no license to look at the ${of} of` });
    expect(judge(line, { licenseId: null })).toEqual(none("product line"));
    expect(judge(group("deployment"), { licenseId: null })).toEqual(none("deployment"));
    expect(judge(group("bundle"), { licenseId: null })).toEqual(none("bundle"));
  });
});
