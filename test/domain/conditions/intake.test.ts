/** Intake: what a request must state, for which requests, and what of it can be compared with the facts. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, judge } from "./asked.ts";

const intake: Condition = { condition: "intake", fields: ["description", ["systemAccess", "accessContact"]], otherwise: "fail" };
const states = (provides: string[], condition = intake, request: About["request"] = {}) => judge(condition, { request: { provides, ...request } });

const all = { result: "pass", finding: "the request states all that it must" };
const notAsked = { result: "pass", finding: "nothing more has to be stated with this request" };
const lacks = (names: string, provides: string, result = "fail") => ({
  result,
  finding: `the request does not state ${names}`,
  facts: [{ path: "request/provides", value: provides }],
  cure: { says: `state ${names}, and name what is stated in \`request.provides\``, clause: "4.1", price: null },
});

describe("fields", () => {
  test("all of them", () => expect(states(["description", "systemAccess"])).toEqual(all));
  test("the other of two of which one is enough", () => expect(states(["accessContact", "description"])).toEqual(all));
  test("none of two", () => expect(states(["description"])).toEqual(lacks("systemAccess or accessContact", "description")));
  test("none at all", () => expect(states([])).toEqual(lacks("description, systemAccess or accessContact", "")));
  test("others than asked for", () => {
    expect(states(["contactName", "systemAccess"])).toEqual(lacks("description", "contactName, systemAccess"));
  });
  test("where the vendor may refuse", () => {
    expect(states(["accessContact"], { ...intake, otherwise: "discretion" })).toEqual(lacks("description", "accessContact", "discretion"));
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
    expect(states([], ofHigh)).toEqual(notAsked);
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
  test("where several are stated, by all of them", () => {
    const narrow: Condition = { ...intake, channels: ["phone"], severities: ["high"] };
    expect(states([], narrow, { channel: "phone", severity: "high" })).toMatchObject({ result: "fail" });
    expect(states([], narrow, { channel: "phone" })).toEqual(notAsked);
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
  test("not stated", () => expect(ask("A-7", [])).toEqual(lacks("customerNumber", "")));
  test("where it is not asked for it does not matter", () => expect(ask(undefined, ["description", "systemAccess"], intake)).toEqual(all));
});
