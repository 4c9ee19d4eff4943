/** Kinds: of licenses, products and requests that a clause leaves out, sends elsewhere, or leaves to the vendor; and the product itself. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, judge, license, product } from "./asked.ts";

describe("license", () => {
  const condition: Condition = { condition: "license-kind", kinds: ["trial", "beta"], says: "nothing was paid", otherwise: "fail" };
  const of = (kind: "trial" | "beta" | "perpetual") => judge(condition, { dossier: { licenses: [license("l-1", { kind })] } });
  const excluded = (kind: string) => ({
    result: "fail",
    finding: `license \`l-1\` is of kind ${kind}: nothing was paid`,
    facts: [{ path: "licenses/l-1/kind", value: kind }],
  });

  test("of a kind that is left out", () => {
    expect(of("trial")).toEqual(excluded("trial"));
    expect(of("beta")).toEqual(excluded("beta"));
  });
  test("of another", () => expect(of("perpetual")).toEqual({ result: "pass", finding: "license `l-1` is of kind perpetual" }));
  test("none", () => {
    expect(judge(condition, { licenseId: null })).toEqual({ result: "pass", finding: "no license of an excluded kind is concerned" });
  });
});

describe("product", () => {
  const condition: Condition = { condition: "product-kind", kinds: ["cloud-service"], says: "it has its own agreement", otherwise: "redirect" };
  const of = (products: ReturnType<typeof product>[]) => judge(condition, { catalog: { products } });

  test("of a kind that is served elsewhere", () => {
    expect(of([product("p-1", { kind: "cloud-service" })])).toEqual({
      result: "redirect",
      finding: "`p-1` is of kind cloud-service: it has its own agreement",
      facts: [{ path: "products/p-1/kind", value: "cloud-service" }],
    });
  });
  test("of another", () => expect(of([product("p-1")])).toEqual({ result: "pass", finding: "`p-1` is of kind software" }));
  test("not recorded", () => expect(of([])).toEqual({ result: "pass", finding: "no product of an excluded kind is recorded" }));
});

describe("product recorded", () => {
  const condition: Condition = { condition: "product-recorded", otherwise: "unknown" };

  test("it is, with its product line", () => {
    expect(judge(condition)).toEqual({ result: "pass", finding: "`p-1` belongs to product line `tools`" });
  });
  test("it is not", () => {
    expect(judge(condition, { catalog: { products: [product("p-2")] } })).toEqual({
      result: "unknown",
      finding: "product `p-1` is not recorded",
      facts: [{ path: "products/p-1", value: null }],
      missing: ["product `p-1` and its product line"],
    });
  });
  test("the request names none", () => {
    expect(judge(condition, { licenseId: null })).toEqual({ result: "unknown", finding: "the request names no product", missing: ["productId"] });
  });
  test("the request names one that no license is of", () => {
    expect(judge(condition, { licenseId: null, request: { productId: "p-1" } })).toMatchObject({ result: "pass" });
  });
});

describe("request", () => {
  const condition: Condition = { condition: "request-kind", kinds: ["service", "work-order"], says: "order it", otherwise: "fail" };
  const orElse: Condition = { ...condition, unlessExcluded: true };
  const excluding: About["policy"] = {
    clauses: [
      { id: "4.1", says: "the condition that is asked", conditions: [orElse] },
      {
        id: "5",
        says: "an exclusion",
        conditions: [
          // Asked under a reading that is not chosen, so that only its tag counts here.
          {
            condition: "circumstance",
            tags: ["on-site"],
            states: "on site",
            otherwise: "fail",
            when: { reading: "late-notice", is: "counts-for-next-term" },
          },
        ],
      },
    ],
  };
  const left = (kind: string) => ({
    result: "fail",
    finding: `the request is of kind ${kind}: order it`,
    facts: [{ path: "request/kind", value: kind }],
  });
  const decided = { result: "pass", finding: "an exclusion that the request states decides" };

  test("of a kind that is left out", () => {
    expect(judge(condition, { request: { kind: "service" } })).toEqual(left("service"));
    expect(judge(condition, { request: { kind: "work-order" } })).toEqual(left("work-order"));
  });
  test("of another", () => {
    expect(judge(condition)).toEqual({ result: "pass", finding: "the request is of kind error" });
  });
  test("it is left out whatever else the request states", () => {
    expect(judge(condition, { request: { kind: "service", service: "on-site", circumstances: ["any"] } })).toEqual(left("service"));
  });
  test("unless an exclusion decides: a circumstance, or a service that the policy excludes", () => {
    expect(judge(orElse, { request: { kind: "service", circumstances: ["any"] } })).toEqual(decided);
    expect(judge(orElse, { request: { kind: "service", service: "on-site" }, policy: excluding })).toEqual(decided);
    expect(judge(orElse, { request: { kind: "service", service: "training" }, policy: excluding })).toEqual(left("service"));
    expect(judge(orElse, { request: { kind: "service" }, policy: excluding })).toEqual(left("service"));
  });
  test("of which the text says nothing is unknown, whatever else is stated, but for a service that it excludes", () => {
    const silent: Condition = { condition: "request-kind", kinds: ["service"], says: "order it", otherwise: "unknown", unlessExcluded: true };
    const [, exclusion] = excluding.clauses ?? [];
    const policy = { clauses: [{ id: "4.1", says: "the condition that is asked", conditions: [silent] }, exclusion!] };
    expect(judge(silent, { request: { kind: "service", service: "training" }, policy })).toMatchObject({
      result: "unknown",
      finding: "the request is of kind service: order it: `training`",
      missing: ["whether support includes service `training`"],
    });
    expect(judge(silent, { request: { kind: "service", circumstances: ["any"] }, policy })).toMatchObject({
      result: "unknown",
      missing: ["service"],
    });
    expect(judge(silent, { request: { kind: "service", service: "on-site" }, policy })).toEqual(decided);
    expect(judge(silent, { request: { kind: "error" }, policy })).toMatchObject({ result: "pass" });
  });
});
