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
  finding: "it was sold by reseller Nord AG, who serves it",
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
      finding: "the request comes from reseller Nord AG, who sold it",
      facts: [{ path: "contracts/c-1/soldBy", value: "Nord AG" }],
    });
  });
  test("is not, where it does not", () => expect(judge(both, { ...byContract(nord), request })).toEqual(sends("contracts/c-1")));
  test("of a reseller who does not say which is not sent to the one it may be", () => {
    expect(judge(except, { ...byContract(nord), request: { requester: "reseller" } })).toEqual({
      result: "unknown",
      finding: "it was sold by reseller Nord AG, and the request does not say whether it comes from that reseller",
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
