/** Versions: the last supported day of a version is inside, the end of life of a product is its first day out. */
import { describe, expect, test } from "vitest";
import type { Catalog } from "../../../domain/facts.ts";
import { type About, type Condition, judge, product } from "./asked.ts";

const supported: Condition = { condition: "version-supported", otherwise: "fail", cure: { says: "move to a current version" } };
const cure = { says: "move to a current version", clause: "4.1", price: null };

/** Of `p-1` version 1 is supported through June, version 2 without an end; a reading leaves open what an empty list means. */
const versions = [{ version: "1", supportEndsOn: "2026-06-30" }, { version: "2" }];
const policy: About["policy"] = {
  readings: [
    {
      id: "version-list",
      question: "what of a version where none is listed?",
      options: [
        { id: "unknown", says: "unknown" },
        { id: "open", says: "supported" },
      ],
      default: "unknown",
    },
  ],
};

const ask = (known: Parameters<typeof product>[1], productVersion: string | undefined, asOf?: string, about: About = {}) =>
  judge(supported, {
    policy,
    catalog: { products: [product("p-1", known)] },
    request: { productVersion },
    ...about,
    ...(asOf === undefined ? {} : { asOf }),
  });

describe("a version that is supported through 2026-06-30", () => {
  const fact = [{ path: "products/p-1/versions/1/supportEndsOn", value: "2026-06-30" }];
  const yes = { result: "pass", finding: "version 1 of `p-1` is supported through 2026-06-30", facts: fact, until: "2026-07-01" };

  test("day before the last", () => expect(ask({ versions }, "1", "2026-06-29")).toEqual(yes));
  test("last day", () => expect(ask({ versions }, "1", "2026-06-30")).toEqual(yes));
  test("day after", () => {
    expect(ask({ versions }, "1", "2026-07-01")).toEqual({
      result: "fail",
      finding: "version 1 of `p-1` was supported through 2026-06-30",
      facts: fact,
      cure,
    });
  });
  test("the end of the product counts where it comes before", () => {
    expect(ask({ versions, endOfLifeOn: "2026-06-20" }, "1")).toEqual({ ...yes, until: "2026-06-20" });
    expect(ask({ versions, endOfLifeOn: "2026-07-20" }, "1")).toEqual(yes);
  });
  test("another version has no end", () => {
    const facts = [{ path: "products/p-1/versions/2/supportEndsOn", value: null }];
    expect(ask({ versions }, "2")).toEqual({ result: "pass", finding: "version 2 of `p-1` is supported", facts });
    expect(ask({ versions, endOfLifeOn: "2026-08-01" }, "2")).toMatchObject({ result: "pass", until: "2026-08-01" });
  });
});

describe("a product out of support from 2026-06-15 on", () => {
  const known = { endOfLifeOn: "2026-06-15", versions };

  test("day before: its versions decide, until then", () =>
    expect(ask(known, "1", "2026-06-14")).toMatchObject({ result: "pass", until: "2026-06-15" }));
  test("first day out, whatever the version", () => {
    const out = {
      result: "fail",
      finding: "`p-1` is out of support since 2026-06-15",
      facts: [{ path: "products/p-1/endOfLifeOn", value: "2026-06-15" }],
      cure,
    };
    expect(ask(known, "1", "2026-06-15")).toEqual(out);
    expect(ask(known, undefined, "2026-06-16")).toEqual(out);
  });
});

describe("no version is named", () => {
  const none = { result: "pass", finding: "the request names no version of `p-1` that has ended" };
  test("none has ended", () => expect(ask({ versions }, undefined)).toEqual(none));
  test("until the product does", () => expect(ask({ endOfLifeOn: "2026-08-01" }, undefined)).toEqual({ ...none, until: "2026-08-01" }));
});

describe("what is not recorded", () => {
  const unknown = (finding: string, missing: string, says: string) => ({
    result: "unknown",
    finding,
    cure: { ...cure, says },
    missing: [missing],
    until: "2026-08-01",
  });
  const endOfLifeOn = "2026-08-01";

  test("a version that is not listed", () => {
    expect(ask({ versions, endOfLifeOn }, "3")).toEqual({
      ...unknown("version 3 of `p-1` is not listed", "version 3 of `p-1`", "state a listed version (1, 2), or record version 3 of `p-1`"),
      facts: [{ path: "products/p-1/versions/3", value: null }],
    });
  });
  test("no versions at all", () => {
    const none = {
      ...unknown("no versions of `p-1` are recorded", "versions of `p-1`", "record the versions of `p-1`"),
      readings: ["version-list: unknown"],
    };
    expect(ask({ endOfLifeOn }, "1")).toEqual(none);
    expect(ask({ endOfLifeOn, versions: [] }, "1")).toEqual(none);
  });
  test("no versions at all, where an open list supports them", () => {
    expect(ask({ endOfLifeOn }, "1", undefined, { policy: { ...policy, choices: { "version-list": "open" } } })).toEqual({
      result: "pass",
      finding: "no version of `p-1` is recorded as ended",
      until: "2026-08-01",
      readings: ["version-list: open"],
    });
  });
  test("the product", () => {
    const catalog: Partial<Catalog> = { products: [] };
    expect(ask({}, "1", undefined, { catalog })).toEqual({ result: "pass", finding: "no product is recorded whose versions could have ended" });
  });
});

describe("where the policy states no cure", () => {
  const bare: Condition = { condition: "version-supported", otherwise: "fail" };
  const cured = (known: Parameters<typeof product>[1], productVersion?: string) =>
    (judge(bare, { policy, catalog: { products: [product("p-1", known)] }, request: { productVersion } }).cure as { says: string }).says;

  test("a version that ended: those that are supported that day", () => {
    const ending = [{ version: "1", supportEndsOn: "2026-06-14" }, { version: "2", supportEndsOn: "2026-06-15" }, { version: "3" }];
    expect(cured({ versions: ending }, "1")).toBe("move to a supported version (2, 3)");
    expect(cured({ versions: ending.slice(0, 1) }, "1")).toBe("no version helps: move to a product that is supported");
  });
  test("a product that ended: no version helps", () => {
    expect(cured({ versions, endOfLifeOn: "2026-06-15" }, "2")).toBe("no version helps: move to a product that is supported");
  });
});

describe("an end that is announced since 2026-06-10", () => {
  const announced: Condition = { condition: "version-supported", announced: { reading: "announced" }, otherwise: "fail" };
  const options = ["day-announced", "at-once"].map((id) => ({ id, says: id }));
  const reading = (chosen: string) => ({ id: "announced", question: "from when?", options, default: chosen });
  const endOfLifeAnnouncedOn = "2026-06-10";
  const ask = (known: Parameters<typeof product>[1], asOf: string, chosen = "day-announced", condition = announced) =>
    judge(condition, {
      policy: { readings: [reading(chosen)] },
      catalog: { products: [product("p-1", { endOfLifeAnnouncedOn, ...known })] },
      asOf,
    });
  const fact = { path: "products/p-1/endOfLifeAnnouncedOn", value: "2026-06-10" };

  test("and its day is not recorded: unknown from then on", () => {
    expect(ask({}, "2026-06-09")).toMatchObject({ result: "pass", until: "2026-06-10" });
    const open = {
      result: "unknown",
      finding: "the end of support of `p-1` is announced since 2026-06-10, and its first day out of support is not recorded",
      facts: [fact, { path: "products/p-1/endOfLifeOn", value: null }],
      missing: ["endOfLifeOn of `p-1`"],
      cure: { says: "record `endOfLifeOn` of `p-1`", clause: "4.1", price: null },
      readings: ["announced: day-announced"],
    };
    expect(ask({}, "2026-06-10")).toEqual(open);
    expect(ask({}, "2026-06-11")).toEqual(open);
  });
  test("for a day that is recorded: supported until then", () => {
    const endOfLifeOn = "2026-08-01";
    expect(ask({ endOfLifeOn }, "2026-06-10")).toMatchObject({ result: "pass", until: "2026-08-01", readings: ["announced: day-announced"] });
    expect(ask({ endOfLifeOn }, "2026-06-09")).toMatchObject({ result: "pass", until: "2026-08-01" });
    expect(ask({ endOfLifeOn }, "2026-08-01")).toMatchObject({ result: "fail", finding: "`p-1` is out of support since 2026-08-01" });
  });
  test("under the other reading it is out at once", () => {
    expect(ask({ endOfLifeOn: "2026-08-01" }, "2026-06-09", "at-once")).toMatchObject({ result: "pass", until: "2026-06-10" });
    expect(ask({ endOfLifeOn: "2026-08-01" }, "2026-06-10", "at-once")).toEqual({
      result: "fail",
      finding: "the end of support of `p-1` is announced since 2026-06-10",
      facts: [fact],
      cure: { says: "no version helps: move to a product that is supported", clause: "4.1", price: null },
      readings: ["announced: at-once"],
    });
  });
  test("where the clause does not speak of announcements it does not matter", () => {
    expect(ask({}, "2026-06-10", "at-once", { condition: "version-supported", otherwise: "fail" })).toEqual({
      result: "pass",
      finding: "the request names no version of `p-1` that has ended",
    });
  });
});
