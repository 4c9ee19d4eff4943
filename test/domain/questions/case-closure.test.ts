/** Closing a case: the earliest ground, and silence counted in whole business days after the vendor's message. */
import { describe, expect, test } from "vitest";
import { caseClosureRequest, decideCaseClosure } from "../../../domain/questions/case-closure.ts";
import { Refused } from "../../../domain/refusal.ts";
import { asOf, bookOf, type PolicyText } from "./asked.ts";

const day = [["09:00", "17:00"]] as [[string, string]];
const weekly = { mon: day, tue: day, wed: day, thu: day, fri: day };

/** Two business days without an answer, in Zurich; Friday 2026-03-06 is a holiday, and none is listed after 2026. */
const text: PolicyText = {
  calendars: { office: { zone: "Europe/Zurich", weekly, holidays: { firstYear: 2026, lastYear: 2026, dates: ["2026-03-06"] } } },
  readings: [
    {
      id: "count-from",
      question: "from which message?",
      options: [
        { id: "last-vendor-message", says: "the last" },
        { id: "first-unanswered", says: "the first" },
      ],
      default: "last-vendor-message",
    },
  ],
  clauses: [
    { id: "4(a)", says: "agreement", closures: [{ ground: "event", on: "agreedInWritingOn" }] },
    { id: "4(b)", says: "update", closures: [{ ground: "event", on: "updateProvidedOn" }] },
    { id: "4(c)", says: "workaround", closures: [{ ground: "event", on: "workaroundOn" }] },
    { id: "4(d)", says: "request", closures: [{ ground: "event", on: "customerAskedToCloseOn" }] },
    {
      id: "4(e)",
      says: "silence",
      closures: [{ ground: "no-answer", businessDays: 2, calendar: "office", countedFrom: { reading: "count-from" } }],
    },
  ],
};

type Stated = Partial<Parameters<typeof decideCaseClosure>[1]>;
const decide = (stated: Stated, policy = text) =>
  decideCaseClosure(bookOf(policy), { policyId: "acme-support", openedAt: "2026-03-02T08:00:00Z", ...stated }, asOf("2026-03-20"));
const silence = (stated: Stated, policy = text) => {
  const { mayCloseOn, reasons, missing, readings } = decide(stated, policy);
  const { finding, result, facts } = reasons.at(-1) as (typeof reasons)[number];
  return { mayCloseOn, finding, result, facts, missing, readings };
};
const counted = [{ id: "count-from", chosen: "last-vendor-message" }];

describe("an event is a ground from its day on", () => {
  const nothing = [
    ["4(a)", "not stated that both sides agreed in writing"],
    ["4(b)", "not stated that an update was provided"],
    ["4(c)", "not stated that a workaround was provided"],
    ["4(d)", "not stated that the customer asked to close it"],
    ["4(e)", "the vendor has sent no message that could be unanswered"],
  ].map(([clause, finding]) => ({ clause, condition: "case-closure", result: "info", finding, facts: [], cure: null }));

  test("none", () => {
    expect(decide({})).toEqual({
      policy: { id: "acme-support", version: "1" },
      mayCloseOn: null,
      reasons: nothing,
      missing: [],
      readings: counted,
    });
  });
  test.each([
    ["agreedInWritingOn", "both sides agreed in writing on 2026-03-05"],
    ["updateProvidedOn", "an update was provided on 2026-03-05"],
    ["workaroundOn", "a workaround was provided on 2026-03-05"],
    ["customerAskedToCloseOn", "the customer asked to close it on 2026-03-05"],
  ] as const)("%s", (field, finding) => {
    const { mayCloseOn, reasons } = decide({ [field]: "2026-03-05" });
    expect(mayCloseOn).toBe("2026-03-05");
    expect(reasons.filter(({ result }) => result === "pass")).toEqual([
      {
        clause: expect.stringMatching(/^4/),
        condition: "case-closure",
        result: "pass",
        finding,
        facts: [{ path: "case/mayCloseOn", value: "2026-03-05" }],
        cure: null,
      },
    ]);
  });
  test("the earliest of several", () => {
    expect(decide({ agreedInWritingOn: "2026-03-09", updateProvidedOn: "2026-03-07", workaroundOn: "2026-03-08" }).mayCloseOn).toBe("2026-03-07");
  });
});

describe("what is still to come", () => {
  const on = (day: string, stated: Stated) =>
    decideCaseClosure(bookOf(text), { policyId: "acme-support", openedAt: "2026-03-02T08:00:00Z", ...stated }, asOf(day)).reasons.map(
      ({ finding }) => finding,
    );

  test("an event of a later day is not told as if it had been", () => {
    expect(on("2026-03-05", { updateProvidedOn: "2026-03-05" })).toContain("an update was provided on 2026-03-05");
    expect(on("2026-03-04", { updateProvidedOn: "2026-03-05" })).toContain("stated for 2026-03-05, which is still to come: an update was provided");
  });
  test("silence is none before its last day is over", () => {
    const message = "2026-03-02T10:00:00Z";
    const last = (day: string) => on(day, { lastVendorMessageAt: message }).at(-1);
    expect(last("2026-03-05")).toBe(`no answer to the message of ${message} for 2 business days`);
    expect(last("2026-03-04")).toBe(`no answer to the message of ${message} so far; if none comes through 2026-03-04, 2 business days have passed`);
  });
});

describe("silence", () => {
  const message = "2026-03-02T10:00:00Z";
  // Monday is not counted; Tuesday and Wednesday are, and Thursday is the first business day after them.
  const closing = {
    mayCloseOn: "2026-03-05",
    finding: `no answer to the message of ${message} for 2 business days`,
    result: "pass",
    facts: [{ path: "case/mayCloseOn", value: "2026-03-05" }],
    missing: [],
    readings: counted,
  };

  test("two whole business days", () => expect(silence({ lastVendorMessageAt: message })).toEqual(closing));
  test("a weekend and a holiday do not count: from Wednesday over Thursday, Monday, to Tuesday", () => {
    expect(silence({ lastVendorMessageAt: "2026-03-04T10:00:00Z" }).mayCloseOn).toBe("2026-03-10");
  });
  test("the day of the message is that in Zurich: Monday ends at 23:00Z", () => {
    expect(silence({ lastVendorMessageAt: "2026-03-02T22:59:59Z" }).mayCloseOn).toBe("2026-03-05");
    expect(silence({ lastVendorMessageAt: "2026-03-02T23:00:00Z" }).mayCloseOn).toBe("2026-03-09");
  });
  test("an answer after the message", () => {
    expect(silence({ lastVendorMessageAt: message, lastCustomerMessageAt: "2026-03-02T10:00:01Z" })).toEqual({
      mayCloseOn: null,
      finding: "the customer answered at 2026-03-02T10:00:01Z",
      result: "info",
      facts: [],
      missing: [],
      readings: counted,
    });
  });
  test("a message of the customer at the same instant or before is no answer", () => {
    expect(silence({ lastVendorMessageAt: message, lastCustomerMessageAt: message })).toEqual(closing);
    expect(silence({ lastVendorMessageAt: message, lastCustomerMessageAt: "2026-03-02T09:59:59Z" })).toEqual(closing);
  });
  test("an earlier ground goes before it", () => {
    expect(silence({ lastVendorMessageAt: message, updateProvidedOn: "2026-03-04" }).mayCloseOn).toBe("2026-03-04");
    expect(silence({ lastVendorMessageAt: message, updateProvidedOn: "2026-03-06" }).mayCloseOn).toBe("2026-03-05");
  });
  test("past the holidays that are listed it is unknown", () => {
    expect(silence({ lastVendorMessageAt: "2026-12-30T10:00:00Z" })).toEqual({
      mayCloseOn: null,
      finding: "business days of office are not known that far",
      result: "unknown",
      facts: [],
      missing: [{ what: "holidays of office", clause: "4(e)" }],
      readings: counted,
    });
  });
  test("where nothing states the hours it is unknown", () => {
    expect(silence({ lastVendorMessageAt: message }, { ...text, calendars: { office: {} } })).toMatchObject({ mayCloseOn: null, result: "unknown" });
  });
  test("a calendar that a reading brings in is relied on, or is not there", () => {
    const holidays = {
      id: "holidays",
      question: "which?",
      options: [
        { id: "ours", says: "ours" },
        { id: "literal", says: "none" },
      ],
    };
    const under = (chosen: string): PolicyText => ({
      ...text,
      calendars: { office: { zone: "Europe/Zurich", weekly, when: { reading: "holidays", is: "ours" } } },
      readings: [...(text.readings ?? []), { ...holidays, default: chosen }],
    });
    expect(silence({ lastVendorMessageAt: message }, under("ours"))).toMatchObject({
      mayCloseOn: "2026-03-05",
      readings: [...counted, { id: "holidays", chosen: "ours" }],
    });
    expect(silence({ lastVendorMessageAt: message }, under("literal"))).toMatchObject({
      mayCloseOn: null,
      result: "unknown",
      readings: [...counted, { id: "holidays", chosen: "literal" }],
    });
  });
});

describe("counted from the first message that was not answered", () => {
  const first: PolicyText = { ...text, choices: { "count-from": "first-unanswered" } };
  const messages = { firstUnansweredAt: "2026-03-02T10:00:00Z", lastVendorMessageAt: "2026-03-04T10:00:00Z" };

  test("which is the earlier one", () => {
    expect(silence(messages, first)).toMatchObject({ mayCloseOn: "2026-03-05", readings: [{ id: "count-from", chosen: "first-unanswered" }] });
    expect(silence(messages)).toMatchObject({ mayCloseOn: "2026-03-10" });
  });
  test("where it is not stated, the last one", () => {
    expect(silence({ lastVendorMessageAt: "2026-03-04T10:00:00Z" }, first)).toMatchObject({ mayCloseOn: "2026-03-10" });
  });
  test("an answer between the two ends the silence since the first", () => {
    expect(silence({ ...messages, lastCustomerMessageAt: "2026-03-03T10:00:00Z" }, first)).toMatchObject({ mayCloseOn: null, result: "info" });
    expect(silence({ ...messages, lastCustomerMessageAt: "2026-03-03T10:00:00Z" })).toMatchObject({ mayCloseOn: "2026-03-10" });
  });
});

test("a policy that says nothing of it", () => {
  expect(decide({}, { clauses: [{ id: "8", says: "nothing", informs: "nothing" }] })).toEqual({
    policy: { id: "acme-support", version: "1" },
    mayCloseOn: null,
    reasons: [
      {
        clause: "common",
        condition: "case-closure",
        result: "unknown",
        finding: "the policy does not say when a case may be closed",
        facts: [],
        cure: null,
      },
    ],
    missing: [],
    readings: [],
  });
});

describe("what cannot be asked", () => {
  const refused = (ask: () => unknown): unknown => {
    try {
      ask();
    } catch (error) {
      if (error instanceof Refused) return { code: error.code, errors: error.errors };
      throw error;
    }
    return "answered";
  };

  test("a policy that is not known", () => {
    const book = bookOf(text, { id: "other-support" });
    expect(refused(() => decideCaseClosure(book, { policyId: "x", openedAt: "2026-03-02T08:00:00Z" }, asOf("2026-03-20")))).toEqual({
      code: "policy-unknown",
      errors: [{ pointer: "/policyId", detail: "no policy `x`; there are `acme-support`, `other-support`" }],
    });
  });
  test.each(["lastVendorMessageAt", "lastCustomerMessageAt", "firstUnansweredAt"] as const)("%s before the case was opened", (field) => {
    const before = "2026-03-02T07:59:59Z";
    expect(refused(() => decide({ [field]: before }))).toEqual({
      code: "message-before-opening",
      errors: [{ pointer: `/${field}`, detail: "`2026-03-02T07:59:59Z` lies before the case was opened, `2026-03-02T08:00:00Z`" }],
    });
    expect(refused(() => decide({ [field]: "2026-03-02T08:00:00Z" }))).toBe("answered");
  });
  test.each(["agreedInWritingOn", "updateProvidedOn", "workaroundOn", "customerAskedToCloseOn"] as const)(
    "%s before the case was opened",
    (field) => {
      // Opened at 00:30 of 2026-03-02 in Zurich.
      const ask = (day: string) => refused(() => decide({ openedAt: "2026-03-01T23:30:00Z", [field]: day }));
      expect(ask("2026-03-01")).toEqual({
        code: "message-before-opening",
        errors: [{ pointer: `/${field}`, detail: "`2026-03-01` lies before the case was opened, `2026-03-01T23:30:00Z`" }],
      });
      expect(ask("2026-03-02")).toBe("answered");
    },
  );
  test("only the policy and the opening must be stated", () => {
    const request = { policyId: "acme-support", openedAt: "2026-03-02T08:00:00Z" };
    expect(caseClosureRequest.parse(request)).toEqual(request);
    for (const wrong of [{ policyId: undefined }, { openedAt: undefined }, { openedAt: "2026-03-02" }, { workaroundOn: "2026-02-30" }, { more: 1 }])
      expect(caseClosureRequest.safeParse({ ...request, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  });
});

test("what the text leaves out is told at its clause, and nothing closes the case by time", () => {
  const closures = [{ ground: "not-stated" as const, says: "wishes may be closed, of others it does not say", missing: "when a case may be closed" }];
  expect(decide({ lastVendorMessageAt: "2026-03-02T09:00:00Z" }, { clauses: [{ id: "5", says: "stages", closures }] })).toMatchObject({
    mayCloseOn: null,
    reasons: [{ clause: "5", result: "unknown", finding: "wishes may be closed, of others it does not say", facts: [] }],
    missing: [{ what: "when a case may be closed", clause: "5" }],
  });
});
