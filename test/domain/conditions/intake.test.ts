/** Intake: what a request must state, for which requests, and what of it can be compared with the facts. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, judge } from "./asked.ts";

const intake: Condition = { condition: "intake", fields: ["description", ["systemAccess", "accessContact"]], otherwise: "fail" };
const states = (provides: string[], condition = intake, request: About["request"] = {}) => judge(condition, { request: { provides, ...request } });

const all = { result: "pass", finding: "the request states all that it must" };
const notAsked = { result: "pass", finding: "nothing more has to be stated with this request" };
/** @param what is missing, in words, and the names of its fields */
const lacks = (what: string, fields: string[], provides: string, result = "fail") => ({
  result,
  finding: `the request does not state ${what}`,
  facts: [{ path: "request/provides", value: provides }],
  cure: {
    says: `state ${what}, and name what is stated in \`request.provides\`: ${fields.map((name) => `\`${name}\``).join(", ")}`,
    clause: "4.1",
    price: null,
  },
});
const access = ["systemAccess", "accessContact"];

describe("fields", () => {
  test("all of them", () => expect(states(["description", "systemAccess"])).toEqual(all));
  test("the other of two of which one is enough", () => expect(states(["accessContact", "description"])).toEqual(all));
  test("none of two", () => expect(states(["description"])).toEqual(lacks("system access or access contact", access, "description")));
  test("none at all", () => expect(states([])).toEqual(lacks("description, system access or access contact", ["description", ...access], "")));
  test("others than asked for", () => {
    expect(states(["contactName", "systemAccess"])).toEqual(lacks("description", ["description"], "contactName, systemAccess"));
  });
  test("in the policy's words for a field", () => {
    const inWords: Condition = { ...intake, words: { systemAccess: "a way into the system", description: "what happens" } };
    expect(states([], inWords)).toEqual(lacks("what happens, a way into the system or access contact", ["description", ...access], ""));
  });
  test("the case that it relates back to is a field of the request itself, or is named like the others", () => {
    const related: Condition = { ...intake, fields: ["caseId"] };
    expect(states([], related)).toEqual(lacks("case id", ["caseId"], ""));
    expect(states([], related, { caseId: "T-100" })).toEqual(all);
    expect(states(["caseId"], related)).toEqual(all);
    expect(states([], { ...intake, fields: ["description"] }, { caseId: "T-100" })).toMatchObject({ result: "fail" });
  });
  test("where the vendor may refuse", () => {
    expect(states(["accessContact"], { ...intake, otherwise: "discretion" })).toEqual(
      lacks("description", ["description"], "accessContact", "discretion"),
    );
  });
});

describe("asked of some requests only", () => {
  test("by channel", () => {
    const byPhone: Condition = { ...intake, channels: ["phone", "email"] };
    expect(states([], byPhone, { channel: "phone" })).toMatchObject({ result: "fail" });
    expect(states([], byPhone, { channel: "email" })).toMatchObject({ result: "fail" });
    expect(states([], byPhone, { channel: "web" })).toEqual(notAsked);
    expect(states([], byPhone)).toEqual(notAsked);
  });
  test("by severity", () => {
    const ofHigh: Condition = { ...intake, severities: ["high"] };
    expect(states([], ofHigh, { severity: "high" })).toMatchObject({ result: "fail" });
    expect(states([], ofHigh, { severity: "low" })).toEqual(notAsked);
  });
  test("by severity, and none is stated: what one of them would also need", () => {
    const ofHigh: Condition = { ...intake, severities: ["high"] };
    expect(states([], ofHigh)).toEqual({
      result: "info",
      finding: "the request does not state its severity: one of severity high also states description, system access or access contact",
      facts: [{ path: "request/provides", value: "" }],
      cure: { says: "state `severity`", clause: "4.1", price: null },
    });
    expect(states(["description", "systemAccess"], ofHigh)).toEqual(all);
    expect(states([], { ...ofHigh, kinds: ["question"] })).toEqual(notAsked);
  });
  test("by kind", () => {
    const ofErrors: Condition = { ...intake, kinds: ["error"] };
    expect(states([], ofErrors)).toMatchObject({ result: "fail" });
    expect(states([], ofErrors, { kind: "question" })).toEqual(notAsked);
  });
  test("by what is attested", () => {
    const onLogin: Condition = { ...intake, attested: "loginRequested" };
    expect(states([], onLogin, { attestations: { loginRequested: true } })).toMatchObject({ result: "fail" });
    expect(states([], onLogin, { attestations: { loginRequested: false } })).toEqual(notAsked);
    expect(states([], onLogin)).toEqual(notAsked);
    expect(states([], { ...onLogin, attested: "constructor" })).toEqual(notAsked);
  });
  test("at the first report: of a case that was filed it was stated before", () => {
    const first: Condition = { ...intake, initially: true };
    expect(states([], first)).toMatchObject({ result: "fail" });
    expect(states([], first, { caseId: "case-1" })).toEqual({
      result: "pass",
      finding: "case `case-1` was reported before, with what it must state",
      facts: [{ path: "request/caseId", value: "case-1" }],
    });
    expect(states([], intake, { caseId: "case-1" })).toMatchObject({ result: "fail" });
  });
  test("where several are stated, by all of them", () => {
    const narrow: Condition = { ...intake, channels: ["phone"], severities: ["high"] };
    expect(states([], narrow, { channel: "phone", severity: "high" })).toMatchObject({ result: "fail" });
    expect(states([], narrow, { channel: "phone" })).toMatchObject({ result: "info" });
    expect(states([], narrow, { channel: "email", severity: "high" })).toEqual(notAsked);
    expect(states([], narrow, { severity: "high" })).toEqual(notAsked);
  });
});

describe("the customer number must be the account's own", () => {
  const numbered: Condition = { condition: "intake", fields: ["customerNumber"], otherwise: "fail" };
  const ask = (customerNumber: string | undefined, provides: string[], condition = numbered) =>
    judge(condition, { dossier: { account: { name: "Acme", ...(customerNumber === undefined ? {} : { customerNumber }) } }, request: { provides } });

  test("stated and recorded", () => expect(ask("A-7", ["customerNumber"])).toEqual(all));
  test("stated and not recorded", () => {
    expect(ask(undefined, ["customerNumber"])).toEqual({
      result: "unknown",
      finding: "no customer number of the account is recorded that the one stated could be compared with",
      facts: [{ path: "account/customerNumber", value: null }],
      cure: { says: "record the account's customerNumber", clause: "4.1", price: null },
      missing: ["customerNumber"],
    });
  });
  test("not stated", () => expect(ask("A-7", [])).toEqual(lacks("customer number", ["customerNumber"], "")));
  test("where it is not asked for it does not matter", () => expect(ask(undefined, ["description", "systemAccess"], intake)).toEqual(all));
});
