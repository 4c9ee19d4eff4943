/** One issue: a new case has one, and none is added to a case that exists. */
import { describe, expect, test } from "vitest";
import { judge } from "./asked.ts";

const ask = (issues: number | undefined, caseId?: string) => judge({ condition: "one-issue", otherwise: "fail" }, { request: { issues, caseId } });
const one = { result: "pass", finding: "the request is about one issue" };
const split = (finding: string, issues: number, more = "") => ({
  result: "fail",
  finding,
  facts: [{ path: "request/issues", value: issues }],
  cure: { says: `split: file a case for each issue${more}`, clause: "4.1", price: null },
});

describe("a new case", () => {
  test("with nothing said of issues", () => expect(ask(undefined)).toEqual(one));
  test("with one", () => expect(ask(1)).toEqual(one));
  test("with two", () => expect(ask(2)).toEqual(split("the request holds 2 issues", 2)));
});

describe("a case that exists", () => {
  const unless = "; if it belongs to the problem of case `case-1`, leave `issues` out";
  test("with nothing said of issues", () => expect(ask(undefined, "case-1")).toEqual(one));
  test("with one more", () => expect(ask(1, "case-1")).toEqual(split("the request adds an issue to case `case-1`", 1, unless)));
  test("with two more", () => expect(ask(2, "case-1")).toEqual(split("the request adds 2 issues to case `case-1`", 2, unless)));
});
