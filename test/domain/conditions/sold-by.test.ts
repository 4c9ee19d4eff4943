/** Who sold it: a reseller serves what it sold, and may itself be served. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, contract, judge, license } from "./asked.ts";

const both: Condition = { condition: "sold-by-vendor", of: ["contract", "license"], otherwise: "redirect" };
const except: Condition = { ...both, exceptFromReseller: true };
const nord = { reseller: "Nord AG" };
const byContract = (soldBy: typeof nord | "direct"): About => ({ dossier: { contracts: [contract("c-1", ["l-1"], { soldBy })] } });
const byLicense = (soldBy: typeof nord | "direct"): About => ({ dossier: { licenses: [license("l-1", { soldBy })] } });
const vendor = { result: "pass", finding: "support was sold by the vendor itself" };
const sends = (path: string) => ({
  result: "redirect",
  finding: `${path === "contracts/c-1" ? "contract `c-1`" : "license `l-1`"} was sold by reseller Nord AG, who serves it`,
  facts: [{ path: `${path}/soldBy`, value: "Nord AG" }],
  cure: { says: "turn to Nord AG", clause: "4.1", price: null },
});

describe("by the vendor", () => {
  test("contract and license", () => expect(judge(both, { ...byLicense("direct") })).toEqual(vendor));
  test("nothing is recorded of the license", () => expect(judge(both)).toEqual(vendor));
  test("no license", () => expect(judge(both, { licenseId: null })).toEqual(vendor));
});

describe("by a reseller", () => {
  test("the contract", () => expect(judge(both, byContract(nord))).toEqual(sends("contracts/c-1")));
  test("the license", () => expect(judge(both, byLicense(nord))).toEqual(sends("licenses/l-1")));
  test("only what the clause names counts", () => {
    expect(judge({ ...both, of: ["contract"] }, byLicense(nord))).toEqual(vendor);
    expect(judge({ ...both, of: ["license"] }, byContract(nord))).toEqual(vendor);
  });
});

describe("a request of the reseller's own", () => {
  const request = { requester: "reseller", resellerName: "Nord AG" } as const;

  test("is served where the clause says so", () => {
    expect(judge(except, { ...byContract(nord), request })).toEqual({
      result: "pass",
      finding: "the request comes from reseller Nord AG: contract `c-1` was sold by reseller Nord AG",
      facts: [{ path: "contracts/c-1/soldBy", value: "Nord AG" }],
    });
  });
  test("is not, where it does not, nor sent to itself", () =>
    expect(judge(both, { ...byContract(nord), request })).toEqual({
      result: "redirect",
      finding: "contract `c-1` was sold by reseller Nord AG, who serves it; the policy excepts no request of a reseller's own",
      facts: [{ path: "contracts/c-1/soldBy", value: "Nord AG" }],
    }));
  test("of a reseller who does not say which is not sent to the one it may be", () => {
    expect(judge(except, { ...byContract(nord), request: { requester: "reseller" } })).toEqual({
      result: "unknown",
      finding: "contract `c-1` was sold by reseller Nord AG, and the request does not say which reseller it comes from",
      facts: [{ path: "contracts/c-1/soldBy", value: "Nord AG" }],
      missing: ["resellerName"],
      cure: { says: "state `resellerName`", clause: "4.1", price: null },
    });
    expect(judge(both, { ...byContract(nord), request: { requester: "reseller" } })).toEqual(sends("contracts/c-1"));
    expect(judge(except, { request: { requester: "reseller" } })).toEqual(vendor);
  });
  test("nor of another reseller, of the customer, or of nobody", () => {
    expect(judge(except, { ...byContract(nord), request: { ...request, resellerName: "Süd AG" } })).toEqual(sends("contracts/c-1"));
    expect(judge(except, { ...byContract(nord), request: { ...request, requester: "customer" } })).toEqual(sends("contracts/c-1"));
    expect(judge(except, byContract(nord))).toEqual(sends("contracts/c-1"));
  });
});

describe("contract and license by different resellers", () => {
  const dossier = { contracts: [contract("c-1", ["l-1"], { soldBy: nord })], licenses: [license("l-1", { soldBy: { reseller: "Süd AG" } })] };
  const ask = (resellerName?: string) => judge(except, { dossier, request: { requester: "reseller", resellerName } });
  const sold = "contract `c-1` was sold by reseller Nord AG and license `l-1` was sold by reseller Süd AG";
  const facts = [
    { path: "contracts/c-1/soldBy", value: "Nord AG" },
    { path: "licenses/l-1/soldBy", value: "Süd AG" },
  ];

  test("either may ask, however it writes its name", () => {
    expect(ask("Nord AG")).toEqual({ result: "pass", finding: `the request comes from reseller Nord AG: ${sold}`, facts });
    expect(ask(" süd ag ")).toEqual({ result: "pass", finding: `the request comes from reseller Süd AG: ${sold}`, facts });
  });
  test("the customer is sent to both, and so is a third reseller", () => {
    const sent = {
      result: "redirect",
      finding: `${sold}, who serve it`,
      facts,
      cure: { says: "turn to Nord AG or Süd AG", clause: "4.1", price: null },
    };
    expect(judge(except, { dossier })).toEqual(sent);
    expect(ask("West AG")).toEqual(sent);
  });
  test("one that does not say which it is may be either", () => {
    expect(ask()).toMatchObject({ result: "unknown", finding: `${sold}, and the request does not say which reseller it comes from`, facts });
  });
  test("one reseller under two spellings is one", () => {
    const licenses = [license("l-1", { soldBy: { reseller: "NORD AG " } })];
    expect(judge(except, { dossier: { ...dossier, licenses } })).toMatchObject({
      finding: "contract `c-1` and license `l-1` were sold by reseller Nord AG, who serves it",
      cure: { says: "turn to Nord AG" },
    });
  });
});
