/** Deadlines and obligations: which targets a case has, from when they count, in which hours, and what keeps one unknown. */
import { describe, expect, test } from "vitest";
import type { HeldContract } from "../../../domain/facts.ts";
import type { DeadlineEntry, ObligationEntry } from "../../../domain/policy.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { contract, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const day = [["09:00", "17:00"]] as [[string, string]];
const week = { mon: day, tue: day, wed: day, thu: day, fri: day };
const holidays = { firstYear: 2026, lastYear: 2026, dates: [] };
const business = { calendar: "office" };

/** The office is open from 09:00 to 17:00 in Zurich, which is 08:00Z to 16:00Z in winter; 2026-03-02 is a Monday. */
function saying(parts: PolicyText["clauses"] extends (infer Clause)[] | undefined ? Partial<Clause> : never, more: PolicyText = {}): PolicyText {
  const options = [
    { id: "yes", says: "yes" },
    { id: "no", says: "no" },
  ];
  return {
    severities: ["high", "low"].map((id) => ({ id, says: id })),
    calendars: {
      office: { zone: "Europe/Zurich", weekly: week, holidays },
      unstated: {},
      read: { weekly: week, when: { reading: "hours", is: "yes" } },
    },
    readings: ["hours", "part"].map((id) => ({ id, question: "which?", options, default: "yes" })),
    clauses: [{ id: "3.1", says: "response", conditions: [{ condition: "one-issue", otherwise: "fail" }], ...parts }],
    ...more,
  };
}

interface Asked {
  request?: Partial<Parameters<typeof entitlementRequest.parse>[0] & object>;
  asOf?: string;
  settings?: HeldContract["settings"];
  contract?: Partial<HeldContract>;
  product?: Parameters<typeof product>[1];
  more?: PolicyText;
}

function respond(parts: Parameters<typeof saying>[0], asked: Asked = {}) {
  const settings = asked.settings === undefined ? {} : { settings: asked.settings };
  const contracts = [{ ...contract("c-1", ["l-1"]), ...asked.contract, ...settings }];
  const facts = factsOf(bookOf(saying(parts, asked.more)), { contracts }, { products: [product("p-1", asked.product)] });
  const request = entitlementRequest.parse({ kind: "error", severity: "high", ...asked.request });
  return decideEntitlement(facts, request, asOf(asked.asOf ?? "2026-03-02T08:00:00Z"));
}

const target: DeadlineEntry = { deadline: "first-response", severity: "high", targetMinutes: 90, clock: "elapsed", commitment: "effort" };
const deadlinesOf = (entries: DeadlineEntry[], asked?: Asked) => {
  const { deadlines, missing, readings, obligations } = respond({ deadlines: entries }, asked);
  return { deadlines, missing, readings: readings.map(({ id }) => id), obligations };
};
const due = (entry: DeadlineEntry, asked?: Asked) => deadlinesOf([entry], asked).deadlines.map(({ dueAt }) => dueAt);

const promised = { kind: "first-response", dueAt: null, commitment: "effort", clause: "3.1", clock: "elapsed", source: "policy", steps: [] };
const nothing = { missing: [], readings: [], obligations: [] };

describe("a target by the clock", () => {
  test("with the step that leads there", () => {
    expect(deadlinesOf([target])).toEqual({
      ...nothing,
      deadlines: [
        {
          ...promised,
          dueAt: "2026-03-02T09:30:00Z",
          steps: [{ from: "2026-03-02T08:00:00Z", to: "2026-03-02T09:30:00Z", counted: "PT1H30M", note: "every hour counts" }],
        },
      ],
      readings: ["clock-start"],
    });
  });
  test.each([
    [1, "PT1M"],
    [60, "PT1H"],
    [61, "PT1H1M"],
    [2_880, "PT48H"],
  ])("of %d minutes counts %s", (targetMinutes, counted) => {
    expect(deadlinesOf([{ ...target, targetMinutes }]).deadlines[0]?.steps[0]?.counted).toBe(counted);
  });
});

describe("a target in business hours", () => {
  const inHours: DeadlineEntry = { ...target, clock: business };

  test("over closing and opening", () => {
    expect(deadlinesOf([inHours], { asOf: "2026-03-02T15:00:30Z" })).toEqual({
      ...nothing,
      deadlines: [
        {
          ...promised,
          clock: "business",
          dueAt: "2026-03-03T08:30:30Z",
          steps: [
            { from: "2026-03-02T15:00:30Z", to: "2026-03-02T16:00:00Z", counted: "PT59M30S", note: "open" },
            { from: "2026-03-02T16:00:00Z", to: "2026-03-03T08:00:00Z", counted: "PT0S", note: "closed overnight" },
            { from: "2026-03-03T08:00:00Z", to: "2026-03-03T08:30:30Z", counted: "PT30M30S", note: "open" },
          ],
        },
      ],
      readings: ["clock-start", "hours-half-open"],
    });
  });
  test("less than a second counts as well", () => {
    const [first] = deadlinesOf([inHours], { asOf: "2026-03-02T15:59:59.500Z" }).deadlines;
    expect(first?.steps.map(({ counted }) => counted)).toEqual(["PT0.5S", "PT0S", "PT1H29M59.5S"]);
  });
  test("past the holidays that are listed it is unknown", () => {
    expect(deadlinesOf([inHours], { asOf: "2026-12-31T15:00:00Z" })).toEqual({
      ...nothing,
      deadlines: [{ ...promised, clock: "business" }],
      missing: [{ what: "holidays of the calendar `office` from 2027-01-01 on", clause: "3.1" }],
      readings: ["clock-start", "hours-half-open"],
    });
  });
  test("where nothing states the hours it is unknown", () => {
    expect(deadlinesOf([{ ...inHours, clock: { calendar: "unstated" } }])).toEqual({
      ...nothing,
      deadlines: [{ ...promised, clock: "business" }],
      missing: [{ what: "hours and holidays of the calendar `unstated`", clause: "3.1" }],
      readings: ["clock-start", "hours-half-open"],
    });
  });
  test("the reading that brings the hours in is relied on, or leaves them unknown", () => {
    const read: DeadlineEntry = { ...inHours, clock: { calendar: "read" } };
    expect(deadlinesOf([read])).toMatchObject({
      deadlines: [{ dueAt: "2026-03-02T09:30:00Z" }],
      readings: ["clock-start", "hours", "hours-half-open"],
    });
    expect(deadlinesOf([read], { settings: { readings: { hours: "no" } } })).toMatchObject({
      deadlines: [{ dueAt: null }],
      missing: [{ what: "hours and holidays of the calendar `read`" }],
    });
  });
});

describe("from when it counts", () => {
  const update: DeadlineEntry = { ...target, deadline: "next-update" };

  test("from the filing, else from the instant asked for", () => {
    expect(due(target, { request: { filedAt: "2026-03-02T07:00:00Z" } })).toEqual(["2026-03-02T08:30:00Z"]);
    expect(due(target)).toEqual(["2026-03-02T09:30:00Z"]);
  });
  test("from a day alone it is unknown", () => {
    expect(deadlinesOf([target], { asOf: "2026-03-02" })).toEqual({
      ...nothing,
      deadlines: [promised],
      missing: [{ what: "filedAt: the instant from which the first response counts", clause: "3.1" }],
    });
    expect(due(target, { asOf: "2026-03-02", request: { filedAt: "2026-03-02T07:00:00Z" } })).toEqual(["2026-03-02T08:30:00Z"]);
  });
  test("updates from the vendor's last message, and only they", () => {
    const request = { lastVendorMessageAt: "2026-03-02T12:00:00Z" };
    expect(due(update, { request })).toEqual(["2026-03-02T13:30:00Z"]);
    expect(due(target, { request })).toEqual(["2026-03-02T09:30:00Z"]);
    expect(due(update)).toEqual(["2026-03-02T09:30:00Z"]);
  });
});

describe("a target that stands once the case is phoned", () => {
  const phoned: DeadlineEntry = { ...target, oncePhoned: { meanwhile: "phone now" } };
  const update: DeadlineEntry = { ...phoned, deadline: "next-update" };
  const meanwhile = { what: "phone now", dueAt: null, clause: "3.1", ifMissed: null };

  test("not yet: there is something to do, once", () => {
    expect(deadlinesOf([phoned, update])).toEqual({ ...nothing, deadlines: [], obligations: [meanwhile] });
  });
  test("from the call on", () => expect(due(phoned, { request: { phonedAt: "2026-03-02T10:00:00Z" } })).toEqual(["2026-03-02T11:30:00Z"]));
  test("a report by phone was phoned when it was filed", () => {
    expect(due(phoned, { request: { channel: "phone", filedAt: "2026-03-02T07:00:00Z", phonedAt: "2026-03-02T10:00:00Z" } })).toEqual([
      "2026-03-02T08:30:00Z",
    ]);
    expect(due(phoned, { request: { channel: "email", filedAt: "2026-03-02T07:00:00Z" } })).toEqual([]);
  });
  test("asked of a day it is not known when it was filed", () => {
    expect(deadlinesOf([phoned], { asOf: "2026-03-02" })).toMatchObject({
      deadlines: [{ dueAt: null }],
      missing: [{ clause: "3.1" }],
      obligations: [],
    });
  });
  test("an update after the vendor's message needs no call", () => {
    expect(due(update, { request: { lastVendorMessageAt: "2026-03-02T12:00:00Z" } })).toEqual(["2026-03-02T13:30:00Z"]);
  });
});

describe("which targets a case has", () => {
  test("those of its severity, and those of any", () => {
    expect(due({ ...target, severity: "low" })).toEqual([]);
    const { severity: _, ...ofAny } = target;
    expect(due(ofAny)).toEqual(["2026-03-02T09:30:00Z"]);
    expect(due(ofAny, { request: { severity: undefined } })).toEqual(["2026-03-02T09:30:00Z"]);
  });
  test("those of its program, and those of any", () => {
    expect(due({ ...target, program: "silver" })).toEqual([]);
    expect(due({ ...target, program: "gold" })).toEqual(["2026-03-02T09:30:00Z"]);
  });
  test("those of the reading chosen, on which the answer relies either way", () => {
    const read: DeadlineEntry = { ...target, when: { reading: "part", is: "yes" } };
    expect(deadlinesOf([read]).readings).toEqual(["part", "clock-start"]);
    expect(deadlinesOf([read], { settings: { readings: { part: "no" } } })).toEqual({ ...nothing, deadlines: [], readings: ["part"] });
    expect(deadlinesOf([{ ...read, severity: "low" }], { settings: { readings: { part: "no" } } })).toEqual({ ...nothing, deadlines: [] });
  });
  test("one without a target is promised, and has no instant", () => {
    const { targetMinutes: _, ...none } = target;
    expect(deadlinesOf([{ ...none, commitment: "none" }])).toEqual({ ...nothing, deadlines: [{ ...promised, commitment: "none" }] });
  });
});

describe("no severity is stated", () => {
  const request = { severity: undefined };

  test("targets by severity are unknown, one of each kind", () => {
    const entries: DeadlineEntry[] = [target, { ...target, severity: "low" }, { ...target, deadline: "next-update", commitment: "committed" }];
    expect(deadlinesOf(entries, { request })).toEqual({
      ...nothing,
      deadlines: [promised, { ...promised, kind: "next-update", commitment: "committed" }],
      missing: [{ what: "severity", clause: "3.1" }],
    });
  });
  test("their clock is the one that all of them have, else business time", () => {
    const inHours: DeadlineEntry = { ...target, severity: "low", clock: { calendar: "desk" } };
    expect(deadlinesOf([inHours], { request }).deadlines).toEqual([{ ...promised, clock: "business" }]);
    expect(deadlinesOf([target, inHours], { request }).deadlines).toEqual([{ ...promised, clock: "business" }]);
  });
  test("where there is none of a kind, nothing is unknown of it", () => {
    expect(deadlinesOf([{ ...target, deadline: "next-update" }], { request }).deadlines).toMatchObject([{ kind: "next-update" }]);
    expect(deadlinesOf([], { request })).toEqual({ ...nothing, deadlines: [] });
  });
});

describe("a kind of request that counts as a severity", () => {
  const severities = [{ severity: "low", kinds: ["question"], when: { reading: "part", is: "yes" } }];
  const both: DeadlineEntry[] = [target, { ...target, severity: "low", targetMinutes: 240 }];
  const ask = (kind: string, asked: Asked = {}) => respond({ deadlines: both, severities }, { ...asked, request: { kind, ...asked.request } });

  test("says so, where another was requested", () => {
    const severity = (request: Asked["request"]) =>
      ask("question", { request: request ?? {} }).reasons.filter(({ condition }) => condition === "severity");
    const finding = "a request of kind question counts as `low`, whatever was requested; that was `high`";
    const facts = [
      { path: "request/kind", value: "question" },
      { path: "request/severity", value: "high" },
    ];
    expect(severity({})).toEqual([{ clause: "3.1", condition: "severity", result: "info", finding, facts, cure: null }]);
    expect(ask("question").headline).toContain(`; note: ${finding} (3.1)`);
    expect(severity({ severity: "low" })).toEqual([]);
    expect(severity({ severity: undefined })).toEqual([]);
  });
  test("does, whatever was requested", () => {
    expect(ask("question")).toMatchObject({
      serviceLevel: { program: "gold", requestedSeverity: "high", effectiveSeverity: "low" },
      deadlines: [{ dueAt: "2026-03-02T12:00:00Z" }],
      readings: [{ id: "part", chosen: "yes" }, { id: "clock-start" }],
    });
  });
  test("another does not", () => {
    const { serviceLevel, deadlines, readings } = ask("error");
    expect(serviceLevel).toEqual({ program: "gold", requestedSeverity: "high", effectiveSeverity: "high" });
    expect(deadlines).toMatchObject([{ dueAt: "2026-03-02T09:30:00Z" }]);
    expect(readings.map(({ id }) => id)).toEqual(["clock-start"]);
  });
  test("nor under another reading", () => {
    expect(ask("question", { settings: { readings: { part: "no" } } }).serviceLevel.effectiveSeverity).toBe("high");
  });
  test("without one requested it has that one, and none otherwise", () => {
    const none = { request: { severity: undefined } };
    expect(ask("question", none).serviceLevel).toEqual({ program: "gold", requestedSeverity: null, effectiveSeverity: "low" });
    expect(ask("error", none).serviceLevel).toEqual({ program: "gold", requestedSeverity: null, effectiveSeverity: null });
  });
});

describe("a product whose end of life is announced", () => {
  const ending: DeadlineEntry = { ...target, endOfLife: business };
  const at = { asOf: "2026-03-02T16:00:00Z" };
  const [byClock, inHours] = [["2026-03-02T17:30:00Z"], ["2026-03-03T09:30:00Z"]];

  test("from the day of the announcement on", () => {
    expect(due(ending, { ...at, product: { endOfLifeAnnouncedOn: "2026-03-03" } })).toEqual(byClock);
    expect(due(ending, { ...at, product: { endOfLifeAnnouncedOn: "2026-03-02" } })).toEqual(inHours);
  });
  test("else from the end itself on", () => {
    expect(due(ending, { ...at, product: { endOfLifeOn: "2026-03-02" } })).toEqual(inHours);
    expect(due(ending, { ...at, product: { endOfLifeAnnouncedOn: "2026-03-03", endOfLifeOn: "2026-03-02" } })).toEqual(byClock);
  });
  test("the answer says that this is why, and since when", () => {
    const fact = { path: "products/p-1/endOfLifeAnnouncedOn", value: "2026-03-02" };
    const finding = "the end of life of `p-1` is announced since 2026-03-02, so `high` counts in open hours of office";
    const out = respond({ deadlines: [ending, { ...ending, deadline: "next-update" }] }, { ...at, product: { endOfLifeAnnouncedOn: "2026-03-02" } });
    expect(out.reasons.filter(({ condition }) => condition === "end-of-life")).toEqual([
      { clause: "3.1", condition: "end-of-life", result: "info", finding, facts: [fact], cure: null },
    ]);
    expect(out.headline).toContain(`; note: ${finding} (3.1)`);
    const before = respond({ deadlines: [ending] }, { ...at, product: { endOfLifeAnnouncedOn: "2026-03-03" } });
    expect(before.reasons.some(({ condition }) => condition === "end-of-life")).toBe(false);
  });
  test("nothing announced, or nothing said of it in the text", () => {
    expect(due(ending, at)).toEqual(byClock);
    expect(due(target, { ...at, product: { endOfLifeAnnouncedOn: "2026-03-02" } })).toEqual(byClock);
  });
});

describe("a target that is in another document", () => {
  const { targetMinutes: _, ...rest } = target;
  const elsewhere: DeadlineEntry = { ...rest, missing: "service schedule" };
  const agreed = { deadline: "first-response" as const, targetMinutes: 30, clock: "elapsed" as const };
  const ask = (targets: NonNullable<HeldContract["settings"]>["targets"], entry = elsewhere) => deadlinesOf([entry], { settings: { targets } });
  const unknown = { ...nothing, deadlines: [promised], missing: [{ what: "first response target, which is in: service schedule", clause: "3.1" }] };

  test("is unknown, and the document is named", () => expect(deadlinesOf([elsewhere])).toEqual(unknown));
  test("is what the parties agreed, and says so", () => {
    expect(ask([agreed])).toMatchObject({ deadlines: [{ dueAt: "2026-03-02T08:30:00Z", source: "addendum", clock: "elapsed" }], missing: [] });
    expect(ask([{ ...agreed, severity: "high", clock: business }])).toMatchObject({
      deadlines: [{ dueAt: "2026-03-02T08:30:00Z", source: "addendum", clock: "business" }],
    });
  });
  test("is not what they agreed for another severity or another deadline", () => {
    expect(ask([{ ...agreed, severity: "low" }])).toEqual(unknown);
    expect(ask([{ ...agreed, deadline: "next-update" }])).toEqual(unknown);
  });
  test("of any severity goes by the one requested", () => {
    const { severity: _, ...ofAny } = elsewhere;
    expect(ask([{ ...agreed, severity: "high" }], ofAny)).toMatchObject({ deadlines: [{ dueAt: "2026-03-02T08:30:00Z" }] });
    expect(ask([{ ...agreed, severity: "low" }], ofAny)).toMatchObject({ deadlines: [{ dueAt: null }] });
  });
  test("what the text does state is not replaced", () => {
    expect(ask([agreed], target)).toMatchObject({ deadlines: [{ dueAt: "2026-03-02T09:30:00Z", source: "policy" }] });
    expect(ask([{ ...agreed, targetMinutes: 90 }], target)).toMatchObject({ deadlines: [{ dueAt: "2026-03-02T09:30:00Z", source: "policy" }] });
  });
});

test("hours that the parties agreed of a calendar make the deadline theirs", () => {
  const inHours: DeadlineEntry = { ...target, clock: { calendar: "unstated" } };
  const calendars = { unstated: { zone: "Europe/Zurich", weekly: week, holidays } };
  expect(deadlinesOf([inHours], { settings: { calendars } }).deadlines).toMatchObject([{ dueAt: "2026-03-02T09:30:00Z", source: "addendum" }]);
  expect(deadlinesOf([{ ...inHours, clock: business }], { settings: { calendars } }).deadlines).toMatchObject([{ source: "policy" }]);
  expect(deadlinesOf([target], { settings: { calendars } }).deadlines).toMatchObject([{ source: "policy" }]);
});

describe("obligations", () => {
  const access: ObligationEntry = { obligation: "grant access", ifMissed: "discretion" };
  const ask = (entry: Partial<ObligationEntry>, request: Asked["request"] = {}) =>
    respond({ obligations: [{ ...access, ...entry }] }, { request }).obligations;
  const said = { what: "grant access", dueAt: null, clause: "3.1", ifMissed: "discretion" };

  test("of every request", () => expect(ask({})).toEqual([said]));
  test("of some kinds", () => {
    expect(ask({ kinds: ["error"] })).toEqual([said]);
    expect(ask({ kinds: ["question"] })).toEqual([]);
  });
  test("of some severities", () => {
    expect(ask({ severities: ["high"] })).toEqual([said]);
    expect(ask({ severities: ["low"] })).toEqual([]);
    expect(ask({ severities: ["high"] }, { severity: undefined })).toEqual([]);
  });
  test("of some channels", () => {
    expect(ask({ channels: ["email"] }, { channel: "email" })).toEqual([said]);
    expect(ask({ channels: ["email"] }, { channel: "phone" })).toEqual([]);
    expect(ask({ channels: ["email"] })).toEqual([]);
  });
  test("so many minutes after the filing, where that is known", () => {
    expect(ask({ withinMinutes: 15 }, { filedAt: "2026-03-02T07:00:00Z" })).toEqual([{ ...said, dueAt: "2026-03-02T07:15:00Z" }]);
    expect(ask({ withinMinutes: 15 })).toEqual([said]);
    expect(ask({}, { filedAt: "2026-03-02T07:00:00Z" })).toEqual([said]);
  });
  test("a call that was made in time is no longer to be made; one made late, or before the filing, leaves it open", () => {
    const called = (phonedAt: string) => ask({ withinMinutes: 15 }, { filedAt: "2026-03-02T07:00:00Z", phonedAt });
    const open = [{ ...said, dueAt: "2026-03-02T07:15:00Z" }];
    expect(called("2026-03-02T07:00:00Z")).toEqual([]);
    expect(called("2026-03-02T07:15:00Z")).toEqual([]);
    expect(called("2026-03-02T07:15:01Z")).toEqual(open);
    expect(called("2026-03-02T06:59:59Z")).toEqual(open);
  });
});

test("who is served by somebody else has no deadline here", () => {
  const conditions = [{ condition: "sold-by-vendor" as const, of: ["contract" as const], otherwise: "redirect" as const }];
  const asked = { contract: { soldBy: { reseller: "Nord AG" } } };
  const answer = respond({ conditions, deadlines: [target], obligations: [{ obligation: "grant access", ifMissed: null }] }, asked);
  expect(answer).toMatchObject({
    outcome: "redirected",
    deadlines: [],
    obligations: [],
    missing: [],
    serviceLevel: { requestedSeverity: "high", effectiveSeverity: "high" },
  });
  expect(respond({ conditions }, { ...asked, request: { severity: undefined } }).serviceLevel).toMatchObject({
    requestedSeverity: null,
    effectiveSeverity: null,
  });
});
