/** Circumstances: an exclusion that the request states, as a circumstance or as the service asked for, and what lifts it. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, judge } from "./asked.ts";

const altered: Condition = { condition: "circumstance", tags: ["altered", "4.1(b)"], states: "it was altered", otherwise: "fail" };
const approved: Condition = { ...altered, unless: { attested: "vendorApproved" } };
const caused: Condition = { ...altered, unless: { circumstance: "caused-by-vendor" } };
const ask = (request: About["request"], condition = altered) => judge(condition, { request });
const fact = (value: string, path = "request/circumstances") => [{ path, value }];

describe("stated", () => {
  test("by its name", () => {
    expect(ask({ circumstances: ["altered"] })).toEqual({
      result: "fail",
      finding: "the request states that it was altered",
      facts: fact("altered"),
    });
  });
  test("by the clause, among others", () => {
    expect(ask({ circumstances: ["other", "4.1(b)"] })).toMatchObject({ result: "fail", facts: fact("4.1(b)") });
  });
  test("as the service asked for", () => {
    expect(ask({ kind: "service", service: "altered" })).toMatchObject({ result: "fail", facts: fact("altered", "request/service") });
  });
  test("where the vendor may refuse", () => {
    expect(ask({ circumstances: ["altered"] }, { ...altered, otherwise: "discretion" })).toMatchObject({ result: "discretion" });
  });
});

describe("not stated", () => {
  const pass = { result: "pass", finding: "the request does not state that it was altered" };
  test("nothing is", () => expect(ask({})).toEqual(pass));
  test("another circumstance is", () => expect(ask({ circumstances: ["other"] })).toEqual(pass));
  test("another service is", () => expect(ask({ kind: "service", service: "other" })).toEqual(pass));
});

describe("lifted by what is attested", () => {
  const stated = { circumstances: ["altered"] };
  test("true", () => {
    expect(ask({ ...stated, attestations: { vendorApproved: true } }, approved)).toEqual({
      result: "pass",
      finding: "the request states that it was altered, and attests `vendorApproved`",
      facts: fact("altered"),
    });
  });
  test("false, or absent", () => {
    const not = { result: "fail", finding: "the request states that it was altered, and does not attest `vendorApproved`", facts: fact("altered") };
    expect(ask({ ...stated, attestations: { vendorApproved: false } }, approved)).toEqual(not);
    expect(ask({ ...stated, attestations: { other: true } }, approved)).toEqual(not);
  });
  test("a circumstance of that name does not lift it", () => {
    expect(ask({ circumstances: ["altered", "vendorApproved"] }, approved)).toMatchObject({ result: "fail" });
  });
});

describe("lifted by another circumstance", () => {
  test("that is stated", () => {
    expect(ask({ circumstances: ["altered", "caused-by-vendor"] }, caused)).toEqual({
      result: "pass",
      finding: "the request states that it was altered, and states `caused-by-vendor`",
      facts: fact("altered"),
    });
  });
  test("that is not", () => {
    expect(ask({ circumstances: ["altered"] }, caused)).toEqual({
      result: "fail",
      finding: "the request states that it was altered, and does not state `caused-by-vendor`",
      facts: fact("altered"),
    });
  });
  test("an attestation of that name does not lift it", () => {
    expect(ask({ circumstances: ["altered"], attestations: { "caused-by-vendor": true } }, caused)).toMatchObject({ result: "fail" });
  });
});
