/** Channels: open always, only with a case that was filed, or only where something is attested. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, judge } from "./asked.ts";

const condition: Condition = {
  condition: "channel",
  ways: [
    { channel: "web" },
    { channel: "phone", onlyWith: "caseId" },
    { channel: "email", attested: { name: "chatAvailable", is: false } },
    { channel: "chat", onlyWith: "caseId", attested: { name: "urgent", is: true } },
    { channel: "chat", attested: { name: "night", is: true } },
  ],
  otherwise: "fail",
};
const ask = (request: About["request"]) => judge(condition, { request });
const fact = (channel: string) => [{ path: "request/channel", value: channel }];
const taken = (channel: string) => ({ result: "pass", finding: `requests are taken by ${channel}`, facts: fact(channel) });
const refused = (channel: string, only?: string) => ({
  result: "fail",
  finding: only === undefined ? `requests are not taken by ${channel}` : `requests are taken by ${channel} only ${only}`,
  facts: fact(channel),
});

test("no channel stated", () => {
  expect(judge({ ...condition, cure: { says: "use the chat" } }, { request: {} })).toEqual({
    result: "unknown",
    finding: "the request does not say by which channel it came",
    missing: ["channel"],
    cure: { says: "state `channel`, one of web, phone, email, chat", clause: "4.1", price: null },
  });
});
test("one that is always open", () => expect(ask({ channel: "web" })).toEqual(taken("web")));
test("one that the policy does not name", () => expect(ask({ channel: "portal" })).toEqual(refused("portal")));
test("where the vendor may refuse", () => {
  expect(judge({ ...condition, otherwise: "discretion" }, { request: { channel: "portal" } })).toMatchObject({ result: "discretion" });
});

describe("only with a case", () => {
  test("with one", () => expect(ask({ channel: "phone", caseId: "case-1" })).toEqual(taken("phone")));
  test("without", () => expect(ask({ channel: "phone" })).toEqual(refused("phone", "with the id of a case that was filed")));
});

describe("a case that was filed need not be filed again", () => {
  const filing = { ...condition, cure: { says: "file it on the web" } };
  const cured = (request: About["request"]) => (judge(filing, { request }).cure as { says: string } | undefined)?.says;

  test("by a way that is not taken: the ways that are open with it", () => {
    expect(cured({ channel: "portal", caseId: "case-1" })).toBe("case `case-1` is filed: go on with it by web or phone");
    expect(cured({ channel: "email", caseId: "case-1", attestations: { urgent: true } })).toBe(
      "case `case-1` is filed: go on with it by web, phone or chat",
    );
  });
  test("without one it is to be filed", () => expect(cured({ channel: "portal" })).toBe("file it on the web"));
  test("nor does it matter where no way asks for one", () => {
    expect(judge({ ...filing, ways: [{ channel: "web" }] }, { request: { channel: "portal", caseId: "case-1" } })).toMatchObject({
      cure: { says: "file it on the web" },
    });
    expect(
      judge(
        { ...filing, ways: [{ channel: "chat", onlyWith: "caseId", attested: { name: "urgent", is: true } }] },
        { request: { channel: "web", caseId: "case-1" } },
      ),
    ).toMatchObject({
      cure: { says: "file it on the web" },
    });
  });
});

describe("only where something is attested to be so", () => {
  const why = "where `chatAvailable` is attested as false";
  test("so", () => expect(ask({ channel: "email", attestations: { chatAvailable: false } })).toEqual(taken("email")));
  test("not so", () => expect(ask({ channel: "email", attestations: { chatAvailable: true } })).toEqual(refused("email", why)));
  test("not attested", () => expect(ask({ channel: "email" })).toEqual(refused("email", why)));
});

describe("several ways by one channel: one open one is enough", () => {
  test("neither", () => expect(ask({ channel: "chat" })).toEqual(refused("chat", "with the id of a case that was filed")));
  test("half of the first", () => {
    expect(ask({ channel: "chat", caseId: "case-1" })).toMatchObject({ result: "fail" });
    expect(ask({ channel: "chat", attestations: { urgent: true } })).toMatchObject({ result: "fail" });
  });
  test("all of the first", () => expect(ask({ channel: "chat", caseId: "case-1", attestations: { urgent: true } })).toEqual(taken("chat")));
  test("the second", () => expect(ask({ channel: "chat", attestations: { night: true } })).toEqual(taken("chat")));
});
