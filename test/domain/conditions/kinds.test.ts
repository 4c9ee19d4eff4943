/** Kinds: of licenses, products and requests that a clause leaves out, sends elsewhere, or leaves to the vendor; and the product itself. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, contract, judge, license, product } from "./asked.ts";

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
      cure: { says: "record product `p-1` with its product line, if not `p-2` is meant", clause: "4.1", price: null },
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
          { condition: "circumstance", tags: ["on-site"], states: "on site", otherwise: "fail" },
          { condition: "circumstance", tags: ["abroad"], states: "abroad", otherwise: "discretion" },
          { condition: "circumstance", tags: ["beta"], states: "beta", otherwise: "fail", unless: { attested: "approved" } },
          {
            condition: "circumstance",
            tags: ["late"],
            states: "late",
            otherwise: "fail",
            when: { reading: "late-notice", is: "counts-for-next-term" },
          },
          { condition: "circumstance", tags: ["sale"], states: "sale", otherwise: "fail", except: ["perpetual"] },
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
    expect(judge(orElse, { request: { kind: "service", circumstances: ["on-site"] }, policy: excluding })).toEqual(decided);
    expect(judge(orElse, { request: { kind: "service", service: "on-site" }, policy: excluding })).toEqual(decided);
    expect(judge(orElse, { request: { kind: "service", service: "training" }, policy: excluding })).toEqual(left("service"));
    expect(judge(orElse, { request: { kind: "service" }, policy: excluding })).toEqual(left("service"));
  });
  test("which it must: what is left to the vendor, or is not asked here, goes before nothing", () => {
    const asked = (tag: string, attestations = {}) =>
      judge(orElse, { request: { kind: "service", circumstances: [tag], attestations }, policy: excluding });
    expect(asked("abroad")).toEqual(left("service"));
    expect(asked("beta")).toEqual(decided);
    expect(asked("beta", { approved: true })).toEqual(decided);
    expect(asked("late")).toEqual(left("service"));
    expect(asked("sale")).toEqual(left("service"));
  });
  test("the document that would say is named, unless the vendor decided", () => {
    const documented: Condition = { ...condition, otherwise: "discretion", missing: "the list of services" };
    expect(judge(documented, { request: { kind: "work-order" } })).toEqual({
      ...left("work-order"),
      result: "discretion",
      missing: ["the list of services"],
    });
    const exceptions = [{ exceptionId: "x-1", clause: "4.1", reason: "a favor", approvedBy: "ann", until: "2026-12-31" }];
    const granted = judge(documented, { request: { kind: "work-order" }, dossier: { exceptions } });
    expect(granted).toMatchObject({ result: "pass" });
    expect(granted).not.toHaveProperty("missing");
  });
  test("of which the text says nothing is unknown, whatever else is stated, but for a service that it excludes", () => {
    const silent: Condition = { condition: "request-kind", kinds: ["service"], says: "order it", otherwise: "unknown", unlessExcluded: true };
    const [, exclusion] = excluding.clauses ?? [];
    const policy = { clauses: [{ id: "4.1", says: "the condition that is asked", conditions: [silent] }, exclusion!] };
    expect(judge(silent, { request: { kind: "service", service: "training" }, policy })).toMatchObject({
      result: "unknown",
      finding: "the request is of kind service (`training`): order it",
      missing: ["whether support includes service `training`"],
    });
    expect(judge(silent, { request: { kind: "service", circumstances: ["on-site"] }, policy })).toMatchObject({
      result: "unknown",
      missing: ["service"],
      cure: { says: "name it as `service`" },
    });
    expect(judge(silent, { request: { kind: "service", service: "on-site" }, policy })).toEqual(decided);
    expect(judge(silent, { request: { kind: "error" }, policy })).toMatchObject({ result: "pass" });
  });
  describe("a service that goes by a tag of the policy", () => {
    const silent = (otherwise: "unknown" | "discretion"): Condition => ({ ...orElse, kinds: ["service"], says: "it does not say", otherwise });
    const asked = (service: string | undefined, otherwise: "unknown" | "discretion" = "unknown") =>
      judge(silent(otherwise), {
        request: { kind: "service", service },
        policy: {
          clauses: [
            { id: "4.1", says: "the condition that is asked", conditions: [silent(otherwise)] },
            {
              id: "5",
              says: "work on site",
              conditions: [
                {
                  condition: "circumstance",
                  tags: ["on-site", "5"],
                  service: true,
                  states: "on site",
                  otherwise: "fail",
                },
                {
                  condition: "circumstance",
                  tags: ["old"],
                  states: "it is old",
                  otherwise: "discretion",
                },
              ],
            },
            {
              id: "6",
              says: "benefits",
              benefits: [
                { benefit: "review", says: "a review", needs: "contract", missing: "marks" },
                { benefit: "updates", says: "updates", needs: "good-standing" },
                { benefit: "hints", says: "hints", needs: "nothing" },
              ],
            },
          ],
        },
      });
    const tags = "`on-site` (work on site), `review` (a review), `hints` (hints)";
    const facts = (service: string) => [
      { path: "request/kind", value: "service" },
      { path: "request/service", value: service },
    ];
    const other = {
      finding: "the request is of kind service, and no service has the tag `visit`; if it is none of those that have one, it does not say",
      facts: facts("visit"),
      cure: { says: `name the service by its tag: ${tags}`, clause: "4.1", price: null },
    };

    test("is decided there", () => expect(asked("5")).toEqual(decided));
    test("under another name may be one of them: they are listed", () => {
      expect(asked("visit")).toEqual({ ...other, result: "unknown", missing: ["whether support includes service `visit`"] });
      expect(asked("visit", "discretion")).toEqual({ ...other, result: "discretion" });
    });
    test("not named at all: they are listed", () => {
      const unnamed = {
        finding: "the request is of kind service: it does not say; it names no service",
        cure: { says: `name it as \`service\`: ${tags}` },
      };
      expect(asked(undefined)).toMatchObject({ ...unnamed, result: "unknown", missing: ["service"] });
      expect(asked(undefined, "discretion")).toMatchObject({ ...unnamed, result: "discretion" });
    });
    test("a tag that stands for no service is no other service", () => {
      expect(asked("old", "discretion")).toEqual({
        result: "discretion",
        finding: "the request is of kind service (`old`): it does not say",
        facts: facts("old"),
      });
    });
    test("a benefit that everybody has is given, also where others are left to the vendor", () => {
      expect(asked("hints", "discretion")).toMatchObject({ result: "pass", finding: "by 6 service `hints` is included in program `gold`" });
    });
  });
  test("of some severities is meant whatever its kind", () => {
    const wishes: Condition = { ...condition, kinds: ["feature-request"], severities: ["high"], otherwise: "discretion" };
    expect(judge(wishes, { request: { severity: "high" } })).toEqual({
      result: "discretion",
      finding: "the request is of severity high: order it",
      facts: [{ path: "request/severity", value: "high" }],
    });
    expect(judge(wishes)).toEqual({ result: "pass", finding: "the request is of kind error" });
    expect(judge({ ...wishes, severities: ["low"] }, { request: { severity: "high" } })).toMatchObject({ result: "pass" });
  });
  test("of another kind of which the text says nothing, no service need be named", () => {
    const silent: Condition = { condition: "request-kind", kinds: ["work-order"], says: "it does not say", otherwise: "unknown" };
    expect(judge(silent, { request: { kind: "work-order" } })).toMatchObject({
      finding: "the request is of kind work-order: it does not say",
      missing: ["whether support includes requests of kind work-order"],
    });
  });
  describe("a service that is a benefit of the text", () => {
    const silent: Condition = { condition: "request-kind", kinds: ["service"], says: "it does not say", otherwise: "unknown", unlessExcluded: true };
    const benefit = { benefit: "review", says: "a review", needs: "contract" as const };
    const asked = (more: object, known: About["dossier"] = {}) =>
      judge(silent, {
        request: { kind: "service", service: "review" },
        dossier: known,
        policy: {
          clauses: [
            { id: "4.1", says: "the condition that is asked", conditions: [silent] },
            { id: "6", says: "a review", benefits: [{ ...benefit, ...more }] },
          ],
        },
      });
    const included = (result: string, finding: string) => ({
      result,
      finding,
      facts: [
        { path: "request/service", value: "review" },
        { path: "contracts/c-1/program", value: "gold" },
      ],
      clause: "6",
    });

    test("also where the text shuts out services, unless it takes more than a contract", () => {
      const shut: Condition = { ...silent, says: "no services", otherwise: "fail" };
      const ask = (more: object) =>
        judge(shut, {
          request: { kind: "service", service: "review" },
          policy: {
            clauses: [
              { id: "4.1", says: "the condition that is asked", conditions: [shut] },
              { id: "6", says: "a review", benefits: [{ ...benefit, ...more }] },
            ],
          },
        });
      expect(ask({})).toEqual(included("pass", "by 6 service `review` is included in program `gold`"));
      expect(ask({ needs: "good-standing" })).toMatchObject({ result: "fail", finding: "the request is of kind service: no services" });
    });
    test("is decided by the programs that have it", () => {
      expect(asked({})).toEqual(included("pass", "by 6 service `review` is included in program `gold`"));
      expect(asked({ programs: ["silver", "gold"] })).toEqual(included("pass", "by 6 service `review` is included in program `gold`"));
      expect(asked({ programs: ["silver"] })).toEqual(included("fail", "by 6 service `review` is not included in program `gold`"));
    });
    test("of which the text is lost, by what was agreed, which is said", () => {
      const agreed = (review: boolean) => ({ contracts: [contract("c-1", ["l-1"], { settings: { benefits: { review } } })] });
      const parties = (result: string, included: string, value: boolean) => ({
        result,
        finding: `the parties agreed that service \`review\` of 6 is ${included} under contract \`c-1\``,
        facts: [
          { path: "request/service", value: "review" },
          { path: "contracts/c-1/settings/benefits/review", value },
        ],
        clause: "6",
      });
      expect(asked({ missing: "marks" }, agreed(true))).toEqual(parties("pass", "included", true));
      expect(asked({ missing: "marks" }, agreed(false))).toEqual(parties("fail", "not included", false));
      expect(asked({ programs: ["gold"] }, agreed(false))).toMatchObject({ result: "pass" });
    });
    test("of which the text is lost and nothing agreed: it is listed, and what is lost of it would say", () => {
      expect(asked({ missing: "marks of the row review" })).toEqual({
        ...included("unknown", "service `review` is listed in 6, but the text has lost which programs include it"),
        missing: ["marks of the row review"],
        cure: { says: "record what the parties agreed, in the contract's `settings.benefits` under `review`", clause: "4.1", price: null },
      });
    });
    test("that takes good standing, or has another name, stays unknown", () => {
      expect(asked({ needs: "good-standing" })).toEqual({
        result: "unknown",
        finding: "by 6 `review` is for customers in good standing; whether support gives it on request is not said",
        facts: [{ path: "request/service", value: "review" }],
        missing: ["whether support includes service `review`"],
      });
      expect(asked({ benefit: "other" })).toMatchObject({ result: "unknown" });
    });
  });
});
