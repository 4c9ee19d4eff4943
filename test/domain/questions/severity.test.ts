/** Severity: the first definition that fits what is stated; one that fits only in part leaves it open, and says what would tell. */
import { describe, expect, test } from "vitest";
import type { AssessmentEntry } from "../../../domain/policy.ts";
import { assessSeverity, impact } from "../../../domain/questions/severity.ts";
import { Refused } from "../../../domain/refusal.ts";
import { asOf, bookOf, type PolicyText } from "./asked.ts";

type Stated = Parameters<typeof assessSeverity>[2];

const saying = (assessments: AssessmentEntry[], more: PolicyText = {}): PolicyText => ({
  severities: [{ id: "high", says: "nothing works" }],
  clauses: [
    { id: "1", says: "nothing", informs: "nothing" },
    { id: "3", says: "severities", assessments },
  ],
  ...more,
});
const assess = (stated: Stated, ...assessments: AssessmentEntry[]) =>
  assessSeverity(bookOf(saying(assessments)), "acme-support", stated, asOf("2026-06-15"));

/** What one definition makes of what is stated: its severity, and its sentence. */
function said(stated: Stated, entry: Omit<AssessmentEntry, "severity">) {
  const { severity, reasons } = assess(stated, { severity: "high", ...entry });
  const [{ result, finding, cure }] = reasons;
  return { severity, result, finding, cure };
}
const yes = { severity: "high", result: "pass", finding: "high: nothing works", cure: null };
const open = (because: string, ...fields: string[]) => ({
  severity: null,
  result: "unknown",
  finding: `may be high (nothing works): it is not stated whether ${because}`,
  cure: { says: `state ${fields.map((field) => `\`${field}\``).join(" and ")}`, clause: null, price: null },
});
const no = (because: string) => ({ severity: null, result: "info", finding: `not high (nothing works): ${because}`, cure: null });

describe("all of it must be so", () => {
  const entry = { all: ["inoperable", "serverSideFailure"] } satisfies Omit<AssessmentEntry, "severity">;
  test("all", () => expect(said({ inoperable: true, serverSideFailure: true }, entry)).toEqual(yes));
  test("one is not", () => {
    expect(said({ inoperable: true, serverSideFailure: false }, entry)).toEqual(no("no failure on the server side causes it"));
  });
  test("one is not stated", () =>
    expect(said({ inoperable: true }, entry)).toEqual(open("a failure on the server side causes it", "serverSideFailure")));
  test("none is stated", () =>
    expect(said({}, entry)).toEqual(
      no("it is not stated whether it is inoperable or not accessible, whether a failure on the server side causes it"),
    ));
});

describe("any of it must be so", () => {
  const entry = { any: ["majorFunctionImpacted", "performanceDegraded"] } satisfies Omit<AssessmentEntry, "severity">;
  test("one is", () => expect(said({ performanceDegraded: true }, entry)).toEqual(yes));
  test("one is and one is not", () => expect(said({ majorFunctionImpacted: false, performanceDegraded: true }, entry)).toEqual(yes));
  test("none is", () => {
    expect(said({ majorFunctionImpacted: false, performanceDegraded: false }, entry)).toEqual(
      no("no major function is impacted and performance is not degraded"),
    );
  });
  test("one is not, one is not stated", () => {
    expect(said({ majorFunctionImpacted: false }, entry)).toEqual(no("it is not stated whether performance is degraded"));
  });
  test("nothing is asked of any", () => expect(said({}, { any: [] })).toEqual(yes));
});

describe("all and any together", () => {
  const entry = { all: ["inoperable"], any: ["businessLoss", "serverSideFailure"] } satisfies Omit<AssessmentEntry, "severity">;
  test("both", () => expect(said({ inoperable: true, businessLoss: true }, entry)).toEqual(yes));
  test("only all", () =>
    expect(said({ inoperable: true }, entry)).toEqual(
      open("the business suffers a loss or a failure on the server side causes it", "businessLoss", "serverSideFailure"),
    ));
  test("only any", () => expect(said({ businessLoss: true }, entry)).toEqual(open("it is inoperable or not accessible", "inoperable")));
  test("neither is stated", () =>
    expect(said({}, entry)).toEqual(
      no(
        "it is not stated whether it is inoperable or not accessible, whether the business suffers a loss or a failure on the server side causes it",
      ),
    ));
});

describe("what must not be so", () => {
  test("denied: it must be stated as not so", () => {
    const entry = { all: ["inoperable"], denied: ["workaroundKnown"] } satisfies Omit<AssessmentEntry, "severity">;
    expect(said({ inoperable: true, workaroundKnown: false }, entry)).toEqual(yes);
    expect(said({ inoperable: true, workaroundKnown: true }, entry)).toEqual(no("a workaround is known"));
    expect(said({ inoperable: true }, entry)).toEqual(open("a workaround is known", "workaroundKnown"));
  });
  test("none: it must only not be stated as so", () => {
    const entry = { all: ["inoperable"], none: ["plannedMaintenance"] } satisfies Omit<AssessmentEntry, "severity">;
    expect(said({ inoperable: true }, entry)).toEqual(yes);
    expect(said({ inoperable: true, plannedMaintenance: false }, entry)).toEqual(yes);
    expect(said({ inoperable: true, plannedMaintenance: true }, entry)).toEqual(no("planned maintenance causes it"));
  });
});

describe("environment", () => {
  const entry = { environment: "production", all: ["inoperable"] } satisfies Omit<AssessmentEntry, "severity">;
  test("the right one", () => expect(said({ environment: "production", inoperable: true }, entry)).toEqual(yes));
  test("another one", () => expect(said({ environment: "test", inoperable: true }, entry)).toEqual(no("it is not in production")));
  test("not stated", () => expect(said({ inoperable: true }, entry)).toEqual(open("it is in production", "environment")));
  test("where none is asked for, any", () => expect(said({ environment: "test", inoperable: true }, { all: ["inoperable"] })).toEqual(yes));
});

describe("users affected", () => {
  const entry = { usersAffected: ["few"] } satisfies Omit<AssessmentEntry, "severity">;
  test("as many", () => expect(said({ usersAffected: "few" }, entry)).toEqual(yes));
  test("others, or not stated", () => {
    expect(said({ usersAffected: "many-or-all" }, entry)).toEqual(no("the users affected are many or all, not few"));
    expect(said({}, { usersAffected: ["few", "many-or-all"] })).toEqual(no("it is not stated how many users are affected"));
  });
});

describe("the answer", () => {
  const high: AssessmentEntry = { severity: "high", all: ["inoperable"] };
  const low: AssessmentEntry = { severity: "low" };
  const facts = [{ path: "impact/inoperable", value: false }];

  test("every definition up to the one that fits, with what was stated", () => {
    expect(assess({ inoperable: false, question: undefined }, high, low, high)).toEqual({
      policy: { id: "acme-support", version: "1" },
      severity: "low",
      reasons: [
        {
          clause: "3",
          condition: "severity",
          result: "info",
          finding: "not high (nothing works): it is not inoperable",
          facts,
          cure: null,
        },
        { clause: "3", condition: "severity", result: "pass", finding: "low: low", facts, cure: null },
      ],
      missing: [],
      readings: [],
    });
  });
  describe("one that is open", () => {
    const openHigh: AssessmentEntry = { ...high, denied: ["workaroundKnown"] };
    const because = (...entries: AssessmentEntry[]) => {
      const { severity, reasons, missing } = assess({ inoperable: true, businessLoss: true }, ...entries);
      return { severity, results: reasons.map(({ result }) => result), missing: missing.map(({ what }) => what) };
    };

    test("ends it, and says what is not stated", () => {
      expect(because(openHigh, low)).toEqual({ severity: null, results: ["unknown"], missing: ["workaroundKnown"] });
    });
    test("does not, where another definition of the same severity fits", () => {
      const lossy: AssessmentEntry = { severity: "high", all: ["businessLoss"] };
      expect(because(openHigh, lossy)).toEqual({ severity: "high", results: ["pass"], missing: [] });
      expect(because(openHigh, { severity: "low", denied: ["inoperable"] }, lossy)).toEqual({ severity: "high", results: ["pass"], missing: [] });
    });
    test("ends it where a lesser one comes between", () => {
      expect(because(openHigh, low, high)).toEqual({ severity: null, results: ["unknown"], missing: ["workaroundKnown"] });
    });
    test("and another of the same that is open too: both are told", () => {
      const other: AssessmentEntry = { ...high, denied: ["question"] };
      expect(because(openHigh, other, low)).toEqual({ severity: null, results: ["unknown", "unknown"], missing: ["workaroundKnown", "question"] });
    });
  });
  describe("of which the text is lost outside production", () => {
    const entry: AssessmentEntry = { severity: "high", all: ["inoperable"], lostElsewhere: { environment: "production", missing: "the cell" } };
    const severity = (environment: string | undefined) => assess({ inoperable: true, environment }, entry).severity;

    test("in production, however it is written, or where none is stated, it fits", () => {
      expect([severity("production"), severity("Production"), severity(undefined)]).toEqual(["high", "high", "high"]);
    });
    test("elsewhere it is unknown, and what is lost is named", () => {
      expect(assess({ inoperable: true, environment: "non-production" }, entry, low)).toMatchObject({
        severity: null,
        reasons: [
          {
            result: "unknown",
            finding: "may be high (nothing works): the text has lost what it says outside production, and it is in non-production",
            cure: null,
          },
        ],
        missing: [{ what: "the cell", clause: "3" }],
      });
    });
    test("and where it does not fit, it does not", () => {
      expect(assess({ inoperable: false, environment: "test" }, entry, low)).toMatchObject({ severity: "low", missing: [] });
    });
  });
  test("none fits", () => {
    expect(assess({ inoperable: false }, high)).toMatchObject({
      severity: null,
      reasons: [
        { clause: "3", result: "info" },
        { clause: "3", condition: "severity", result: "unknown", finding: "no definition of the policy fits what is stated", facts, cure: null },
      ],
    });
  });
  test("a policy that defines none", () => {
    const severities = [{ id: "high", says: "nothing works" }];
    expect(assessSeverity(bookOf({ severities }), "acme-support", {}, asOf("2026-06-15"))).toMatchObject({
      severity: null,
      reasons: [{ clause: "common", result: "unknown", finding: "no definition of the policy fits what is stated" }],
    });
  });
  test("a policy that has none", () => {
    expect(assessSeverity(bookOf({ severities: [] }), "acme-support", {}, asOf("2026-06-15"))).toMatchObject({
      severity: null,
      reasons: [{ clause: "common", result: "info", finding: "the policy has no severities" }],
      missing: [],
    });
  });
  test("a definition in a document that is not there fits nobody can say what", () => {
    const severities = [
      { id: "high", says: "as the agreement has it" },
      { id: "low", says: "as the agreement has it" },
    ];
    const assessments = severities.map(({ id }) => ({ severity: id, missing: "Agreement" }));
    const clauses = [{ id: "1", says: "words are those of the agreement", assessments }];
    for (const impact of [{}, { inoperable: true }, { question: true }])
      expect(assessSeverity(bookOf({ severities, clauses }), "acme-support", impact, asOf("2026-06-15"))).toMatchObject({
        severity: null,
        reasons: [{ clause: "1", result: "unknown", finding: "may be high (as the agreement has it): its definition is in: Agreement" }],
        missing: [{ what: "Agreement", clause: "1" }],
      });
  });
  test("a policy that is not known", () => {
    expect(() => assessSeverity(bookOf({}, { id: "other-support" }), "x", {}, asOf("2026-06-15"))).toThrow(
      new Refused("policy-unknown", [{ pointer: "/policyId", detail: "no policy `x`; there are `acme-support`, `other-support`" }]),
    );
  });
});

describe("a definition under a reading", () => {
  const text = (chosen: string) =>
    saying([{ severity: "high", all: ["inoperable"], when: { reading: "causes", is: "wide" } }, { severity: "low" }], {
      readings: [
        {
          id: "causes",
          question: "which?",
          options: [
            { id: "wide", says: "all" },
            { id: "narrow", says: "some" },
          ],
          default: chosen,
        },
      ],
    });
  const under = (chosen: string, stated: Stated) => {
    const { severity, readings, reasons } = assessSeverity(bookOf(text(chosen)), "acme-support", stated, asOf("2026-06-15"));
    return { severity, readings, reasons: reasons.length };
  };

  test("is relied on where it fits", () => {
    expect(under("wide", { inoperable: true })).toEqual({ severity: "high", readings: [{ id: "causes", chosen: "wide" }], reasons: 1 });
  });
  test("is not where it does not", () => {
    expect(under("wide", { inoperable: false })).toEqual({ severity: "low", readings: [], reasons: 2 });
  });
  test("is passed over under another, which the answer names where it would have fitted", () => {
    expect(under("narrow", { inoperable: true })).toEqual({ severity: "low", readings: [{ id: "causes", chosen: "narrow" }], reasons: 1 });
    expect(under("narrow", { inoperable: false })).toEqual({ severity: "low", readings: [], reasons: 1 });
  });
});

test("what may be stated of an impact", () => {
  const all = {
    environment: "production",
    inoperable: true,
    serverSideFailure: false,
    plannedMaintenance: false,
    outsideVendorControl: false,
    majorFunctionImpacted: true,
    performanceDegraded: true,
    businessLoss: true,
    workaroundKnown: false,
    usersAffected: "few",
    question: false,
    newFunction: false,
  };
  expect(impact.parse(all)).toEqual(all);
  expect(impact.parse({})).toEqual({});
  for (const wrong of [{ inoperable: "yes" }, { usersAffected: "some" }, { environment: "" }, { environment: "e".repeat(65) }, { more: true }])
    expect(impact.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});
