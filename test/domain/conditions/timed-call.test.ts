/** The follow-up call: within fifteen minutes of filing, the last instant in time. */
import { describe, expect, test } from "vitest";
import { type About, type Condition, judge } from "./asked.ts";

const condition: Condition = {
  condition: "timed-call",
  severities: ["high"],
  channels: ["email"],
  withinMinutes: 15,
  otherwise: "discretion",
  cure: { says: "call now" },
};
const filed = { severity: "high", channel: "email", filedAt: "2026-06-15T10:00:00Z" } as const;
const ask = (request: About["request"], asOf = "2026-06-15T12:00:00Z") => judge(condition, { request, asOf });
const facts = (phonedAt: string | null) => [
  { path: "request/filedAt", value: "2026-06-15T10:00:00Z" },
  { path: "request/phonedAt", value: phonedAt },
];
const cure = { says: "call now", clause: "4.1", price: null };

describe("called", () => {
  const at = (phonedAt: string) => ask({ ...filed, phonedAt });

  test("in time to the last instant", () => {
    expect(at("2026-06-15T10:15:00Z")).toEqual({
      result: "pass",
      finding:
        "called at 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich), in time through 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)",
      facts: facts("2026-06-15T10:15:00Z"),
    });
  });
  test("a second late", () => {
    expect(at("2026-06-15T10:15:01Z")).toEqual({
      result: "discretion",
      finding:
        "called at 2026-06-15T10:15:01Z (Mon 2026-06-15 12:15:01 Europe/Zurich), after the last instant in time, 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)",
      facts: facts("2026-06-15T10:15:01Z"),
      cure: { ...cure, says: "ask the vendor to keep the level requested" },
    });
  });
});

describe("a call that does not follow the filing", () => {
  const before = " (the one at 2026-06-15T09:59:59Z (Mon 2026-06-15 11:59:59 Europe/Zurich) was before the filing)";
  const early = { ...filed, phonedAt: "2026-06-15T09:59:59Z" };

  test("one at the filing does", () =>
    expect(ask({ ...filed, phonedAt: "2026-06-15T10:00:00Z" })).toMatchObject({
      result: "pass",
      finding: expect.stringMatching(/^called at 2026-06-15T10:00:00Z/),
    }));
  test("one a second before it does not count: while there is time a call must follow, then it was missed", () => {
    expect(ask(early, "2026-06-15T10:15:00Z")).toEqual({
      result: "pass",
      finding: `a call must follow by 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)${before}`,
      facts: facts("2026-06-15T09:59:59Z"),
      untilAt: "2026-06-15T10:15:00.001Z",
    });
    expect(ask(early)).toMatchObject({
      result: "discretion",
      finding: `no call followed by 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)${before}`,
      cure: { says: "call now, and ask the vendor to keep the level requested" },
    });
  });
  test("one that lies ahead has not been made: in time it will be, and late it is missed before", () => {
    const must = { result: "pass", finding: "a call must follow by 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)" };
    const ahead = { ...filed, phonedAt: "2026-06-15T10:10:00Z" };
    expect(ask(ahead, "2026-06-15T10:09:59Z")).toMatchObject({ ...must, untilAt: "2026-06-15T10:10:00Z" });
    expect(ask(ahead, "2026-06-15T10:10:00Z")).toMatchObject({ finding: expect.stringMatching(/^called at 2026-06-15T10:10:00Z/) });
    const late = { ...filed, phonedAt: "2026-06-15T10:20:00Z" };
    expect(ask(late, "2026-06-15T10:05:00Z")).toMatchObject({ ...must, untilAt: "2026-06-15T10:15:00.001Z" });
    expect(ask(late, "2026-06-15T10:16:00Z")).toMatchObject({ result: "discretion", finding: expect.stringMatching(/^no call followed by/) });
  });
});

describe("not called", () => {
  const missed = {
    result: "discretion",
    finding: "no call followed by 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)",
    facts: facts(null),
    cure: { ...cure, says: "call now, and ask the vendor to keep the level requested" },
  };

  test("there is still time, to the last instant", () => {
    const inTime = {
      result: "pass",
      finding: "a call must follow by 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich)",
      facts: facts(null),
      untilAt: "2026-06-15T10:15:00.001Z",
    };
    expect(ask(filed, "2026-06-15T10:00:00Z")).toEqual(inTime);
    expect(ask(filed, "2026-06-15T10:15:00Z")).toEqual(inTime);
  });
  test("a millisecond later there is not", () => expect(ask(filed, "2026-06-15T10:15:00.001Z")).toEqual(missed));
  test("asked of a day, none followed on it", () => expect(ask(filed, "2026-06-15")).toEqual(missed));
  test("a day ends in Zurich at 22:00Z, and what is filed ten minutes before may still be followed by a call", () => {
    expect(ask({ ...filed, filedAt: "2026-06-15T21:50:00Z" }, "2026-06-15")).toMatchObject({ result: "pass", untilAt: "2026-06-15T22:05:00.001Z" });
  });
});

test("when it was filed is not known", () => {
  expect(ask({ severity: "high", channel: "email", phonedAt: "2026-06-15T10:00:00Z" })).toEqual({
    result: "unknown",
    finding: "a call must follow within 15 minutes of filing, and when it was filed is not known",
    cure: { ...cure, says: "state `filedAt`" },
    missing: ["filedAt"],
  });
});

describe("no call has to follow", () => {
  const none = { result: "pass", finding: "no call has to follow this request" };
  test("another severity", () => expect(ask({ ...filed, severity: "low" })).toEqual(none));
  test("none is stated: what a high one would need", () => {
    expect(ask({ ...filed, severity: undefined })).toEqual({
      result: "info",
      finding: "the request does not state its severity: one of severity high by email is followed by a call within 15 minutes of filing",
      cure: { ...cure, says: "state `severity`" },
    });
    expect(ask({ ...filed, severity: undefined, channel: "phone" })).toEqual(none);
  });
  test("another channel, or none", () => {
    expect(ask({ ...filed, channel: "phone" })).toEqual(none);
    expect(ask({ ...filed, channel: undefined })).toEqual(none);
  });
});
