/** Open-source libraries: listed, and in the newest release only; what is not recorded is not guessed. */
import { describe, expect, test } from "vitest";
import { type Condition, judge, product } from "./asked.ts";

const condition: Condition = { condition: "library-supported", otherwise: "fail", cure: { says: "use a listed library" } };
const cure = { says: "use a listed library", clause: "4.1", price: null };
const library = { kind: "open-source-library", supportedLibrary: true, latestVersion: "3.2" } as const;
const ask = (known: Parameters<typeof product>[1], productVersion: string | undefined = "3.2") =>
  judge(condition, { catalog: { products: [product("p-1", known)] }, request: { productVersion } });
const listed = (value: boolean | null) => [{ path: "products/p-1/supportedLibrary", value }];
const newest = (value: string | null) => [{ path: "products/p-1/latestVersion", value }];
const none = { result: "pass", finding: "no open-source library is concerned" };

describe("not a library", () => {
  test("software", () => expect(ask({})).toEqual(none));
  test("a product that is not recorded", () => expect(judge(condition, { catalog: { products: [] } })).toEqual(none));
});

test("the newest release of a listed one", () => {
  expect(ask(library)).toEqual({ result: "pass", finding: "3.2 is the newest release of `p-1`", facts: newest("3.2") });
});
test("another release", () => {
  expect(ask(library, "3.1")).toEqual({
    result: "fail",
    finding: "only the newest release 3.2 of `p-1` is supported, the request is about 3.1",
    facts: newest("3.2"),
    cure: { ...cure, says: "update `p-1` to 3.2" },
  });
});
test("one that is not listed", () => {
  expect(ask({ ...library, supportedLibrary: false })).toEqual({
    result: "fail",
    finding: "`p-1` is not a listed library",
    facts: listed(false),
    cure,
  });
});

describe("what is not recorded", () => {
  test("whether it is listed", () => {
    expect(ask({ ...library, supportedLibrary: undefined })).toEqual({
      result: "unknown",
      finding: "whether `p-1` is a listed library is not recorded",
      facts: listed(null),
      cure,
      missing: ["supportedLibrary of `p-1`"],
    });
  });
  const unknown = (what: string, value: string | null) => ({
    result: "unknown",
    finding: `only the newest release of \`p-1\` is supported and ${what} is not known`,
    facts: newest(value),
    cure,
    missing: [what],
  });
  test("its newest release", () => {
    expect(ask({ ...library, latestVersion: undefined })).toEqual(unknown("latestVersion of `p-1`", null));
  });
  test("the release that it is about", () => {
    expect(judge(condition, { catalog: { products: [product("p-1", library)] } })).toEqual(unknown("productVersion", "3.2"));
  });
});
