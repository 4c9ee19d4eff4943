/** Severity: what the request itself says against the one that it names is told, and changes nothing. */
import { describe, expect, test } from "vitest";
import type { AssessmentEntry } from "../../../domain/policy.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { asOf, bookOf, factsOf } from "./asked.ts";

const grave: AssessmentEntry = { severity: "high", environment: "production", all: ["inoperable"] };
const asking: AssessmentEntry = { severity: "low", all: ["question"] };
const wishing: AssessmentEntry = { severity: "wish", all: ["newFunction"] };

function decide(request: object, ...assessments: AssessmentEntry[]) {
  const severities = [
    { id: "high", says: "nothing works" },
    { id: "low", says: "all others" },
    { id: "wish", says: "not there" },
  ];
  const clauses = [
    { id: "2.1", says: "cover", conditions: [{ condition: "covered" as const, otherwise: "fail" as const }] },
    { id: "3", says: "severities", assessments },
  ];
  return decideEntitlement(
    factsOf(bookOf({ severities, clauses })),
    entitlementRequest.parse({ kind: "error", severity: "high", ...request }),
    asOf("2026-06-15"),
  );
}
const doubt = (request: object, ...assessments: AssessmentEntry[]) =>
  decide(request, ...assessments).reasons.find(({ condition }) => condition === "severity") ?? null;

describe("for one environment alone", () => {
  const finding = "`high` is for production (nothing works), and the request is about environment `test`";

  test("another one contradicts it: outcome and severity stay, the headline says so", () => {
    expect(decide({ environment: "test" }, grave)).toMatchObject({
      outcome: "entitled",
      headline: `Entitled: every condition of the Acme Support holds; note: ${finding} (3)`,
      serviceLevel: { requestedSeverity: "high", effectiveSeverity: "high" },
    });
    expect(doubt({ environment: "test" }, grave)).toEqual({
      clause: "3",
      condition: "severity",
      result: "info",
      finding,
      facts: [
        { path: "request/environment", value: "test" },
        { path: "request/severity", value: "high" },
      ],
      cure: null,
    });
  });
  test("that one, however it is written, or none stated, does not", () => {
    expect(doubt({ environment: "production" }, grave)).toBeNull();
    expect(doubt({ environment: "Production" }, grave)).toBeNull();
    expect(doubt({}, grave)).toBeNull();
  });
  test("nor where another severity is requested, or another definition of it is for every environment", () => {
    expect(doubt({ environment: "test", severity: "low" }, grave)).toBeNull();
    expect(doubt({ environment: "test", severity: undefined }, grave)).toBeNull();
    expect(doubt({ environment: "test" }, grave, { severity: "high", all: ["businessLoss"] })).toBeNull();
  });
});

describe("a kind of request that is another severity by definition", () => {
  test.each([
    ["question", "low", "all others"],
    ["how-to", "low", "all others"],
    ["feature-request", "wish", "not there"],
  ])("%s", (kind, severity, says) => {
    expect(doubt({ kind }, asking, wishing)).toMatchObject({
      clause: "3",
      result: "info",
      finding: `a request of kind ${kind} is \`${severity}\` by definition (${says}), and \`high\` was requested`,
      facts: [{ path: "request/kind", value: kind }, { path: "request/severity" }],
    });
    expect(doubt({ kind, severity }, asking, wishing)).toBeNull();
  });
  test("an error is none", () => expect(doubt({}, asking, wishing)).toBeNull());
  test("a definition that asks for more is not told by the kind", () => {
    expect(doubt({ kind: "question" }, { ...asking, any: ["inoperable"] })).toBeNull();
    expect(doubt({ kind: "question" }, { ...asking, environment: "production" })).toBeNull();
    expect(doubt({ kind: "question" }, { ...asking, usersAffected: ["few"] })).toBeNull();
    expect(doubt({ kind: "question" }, { ...asking, all: ["question", "businessLoss"] })).toBeNull();
  });
  test("an empty list asks for nothing, as one that is left out", () => {
    expect(doubt({ kind: "question" }, { ...asking, any: [], denied: [], none: [] })).toMatchObject({ clause: "3" });
    expect(doubt({ kind: "question" }, { severity: "low", all: [] })).toBeNull();
  });
});

test("no headline but that of the entitled says it", () => {
  const refused = decide({ environment: "test", licenseId: "l-9" }, grave);
  expect(refused).toMatchObject({ outcome: "not-entitled", headline: "Not entitled: the account holds no license `l-9` (2.1)" });
});
