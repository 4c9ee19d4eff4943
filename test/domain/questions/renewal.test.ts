/** The renewal outlook: last days from the running term, the notice that counts, the next term and its fees, and why. */
import { describe, expect, test } from "vitest";
import type { Dossier, HeldContract, RecordedNotice } from "../../../domain/facts.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { Refused } from "../../../domain/refusal.ts";
import { chf, contract, invoice, license } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const paid = { condition: "payments-current" as const, scope: "contract" as const, withoutContract: "unknown" as const, otherwise: "fail" as const };
const covered = { condition: "covered" as const, otherwise: "fail" as const };

/** Renews with 45 days for notice; fees rise by 5 % at most with 60; lapsed cover comes back within twelve months. */
const text: PolicyText = {
  clauses: [
    { id: "2.1", says: "payments", conditions: [covered, paid] },
    { id: "7.2", says: "renews", formulas: [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }] },
    { id: "7.6", says: "increase", formulas: [{ formula: "price-cap", noticeDays: 60, mostBasisPoints: 500, testedOn: "lines-named" }] },
    { id: "7.3", says: "window", formulas: [{ formula: "reinstatement-window", months: 12, afterwards: "repurchase" }] },
  ],
};

interface Asked {
  on?: string;
  known?: Partial<HeldContract>;
  dossier?: Partial<Dossier>;
  policy?: PolicyText;
}

const look = ({ on = "2026-06-15", known, dossier, policy = text }: Asked = {}) =>
  outlookRenewal(factsOf(bookOf(policy), { contracts: [{ ...contract("c-1", ["l-1"]), ...known }], ...dossier }), "c-1", asOf(on));

const year = (n: number) => ({ firstDay: `${n}-01-01`, lastDay: `${n}-12-31` });
const termFact = [{ path: "contracts/c-1/term/lastDay", value: "2026-12-31" }];
const agreedFact = [...termFact, { path: "contracts/c-1/settings/autoRenew", value: false }];
const reason = (clause: string, condition: string, result: string, finding: string, facts: unknown[] = termFact) => ({
  clause,
  condition,
  result,
  finding,
  facts,
  cure: null,
});
const renews = reason("7.2", "renewal", "pass", "renews by itself after 2026-12-31 for 2027-01-01 to 2027-12-31");
const notice = (known: Partial<RecordedNotice>): RecordedNotice => ({
  noticeId: "n-1",
  contractId: "c-1",
  kind: "non-renewal",
  form: "email",
  ...known,
});

test("the whole outlook of a contract that goes on", () => {
  expect(look()).toEqual({
    accountId: "acme",
    contractId: "c-1",
    policy: { id: "acme-support", version: "1" },
    status: "current",
    currentTerm: year(2026),
    lapsedOn: null,
    nonRenewal: { lastDayOn: "2026-11-16", safeOn: "2026-11-16", daysLeft: 154, clause: "7.2", notice: null },
    priceIncrease: {
      lastNoticeOn: "2026-11-01",
      currentFee: chf("1000.00"),
      maximumFee: chf("1050.00"),
      safeOn: "2026-10-30",
      clause: "7.6",
      notice: null,
    },
    next: { renews: true, term: year(2027), fee: chf("1000.00"), lines: [{ licenseId: "l-1", term: year(2027), fee: chf("1000.00") }], lineCount: 1 },
    reinstatement: null,
    lapses: [],
    lapseCount: 0,
    reasons: [renews],
    missing: [],
    readings: [
      { id: "anchor", chosen: "from-anchor" },
      { id: "notice-counting", chosen: "calendar-days" },
    ],
    asOf: "2026-06-15T21:59:59.999Z",
  });
});

describe("days left for notice", () => {
  const left = (on: string) => look({ on }).nonRenewal?.daysLeft;
  test("one, none, and then fewer than none, until the next term begins", () => {
    expect([left("2026-11-15"), left("2026-11-16"), left("2026-11-17"), left("2026-12-31")]).toEqual([1, 0, -1, -45]);
    expect(look({ on: "2027-01-01" }).nonRenewal).toMatchObject({ lastDayOn: "2027-11-16", daysLeft: 319 });
  });
  test("on the day in Zurich", () => {
    expect([left("2026-11-16T22:59:59Z"), left("2026-11-16T23:00:00Z")]).toEqual([0, -1]);
  });
});

describe("the day that is safe", () => {
  const day = [["09:00", "17:00"]] as [[string, string]];
  const holidays = { firstYear: 2026, lastYear: 2026, dates: ["2026-10-30"] };
  const calendar = { office: { zone: "Europe/Zurich", weekly: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays } };
  const of = (policy: PolicyText) => look({ policy }).priceIncrease?.safeOn;
  const named: PolicyText = {
    ...text,
    calendars: calendar,
    clauses: (text.clauses ?? []).map((clause) =>
      clause.id === "7.6"
        ? { ...clause, formulas: [{ formula: "price-cap", noticeDays: 60, mostBasisPoints: 500, testedOn: "lines-named", calendar: "office" }] }
        : clause,
    ),
  };

  test("is no weekend, and no holiday where the clause names a calendar", () => {
    expect(of(named)).toBe("2026-10-29");
    expect(of(text)).toBe("2026-10-30");
  });
  test("nor one of the holidays that the parties agreed in their place", () => {
    const agreed = { calendars: { office: { holidays: { ...holidays, dates: ["2026-10-29"] } } } };
    const contracts = [contract("c-1", ["l-1"], { settings: agreed })];
    expect(look({ policy: named, dossier: { contracts } }).priceIncrease?.safeOn).toBe("2026-10-30");
    const both = { calendars: { office: { holidays: { ...holidays, dates: ["2026-10-29", "2026-10-30"] } } } };
    const other = [contract("c-1", ["l-1"], { settings: both })];
    expect(look({ policy: named, dossier: { contracts: other } }).priceIncrease?.safeOn).toBe("2026-10-28");
  });
});

describe("nothing to give notice of", () => {
  test("before the first term", () => {
    expect(look({ on: "2025-12-31" })).toMatchObject({
      status: "not-started",
      currentTerm: null,
      nonRenewal: null,
      priceIncrease: null,
      next: { renews: true, term: year(2026), fee: chf("1000.00"), lines: [{ licenseId: "l-1", term: year(2026), fee: chf("1000.00") }] },
      reasons: [reason("7.2", "renewal", "info", "the contract begins on 2026-01-01")],
    });
  });
  test("where the parties agreed that it does not renew", () => {
    const agreed = { settings: { autoRenew: false } };
    expect(look({ known: agreed })).toMatchObject({
      status: "current",
      nonRenewal: null,
      priceIncrease: null,
      next: { renews: false, term: null, fee: null, lines: [] },
      reinstatement: null,
      reasons: [reason("7.2", "renewal", "info", "the parties agreed that the contract does not renew by itself; it ends on 2026-12-31", agreedFact)],
    });
    expect(look({ known: agreed, on: "2027-01-01" })).toMatchObject({
      status: "lapsed",
      currentTerm: null,
      lapsedOn: "2027-01-01",
      nonRenewal: null,
      priceIncrease: null,
      next: { renews: false, term: null, fee: null, lines: [] },
      reinstatement: { possibleUntil: "2027-12-31", afterwards: "repurchase" },
      reasons: [reason("7.2", "renewal", "info", "cover ended and did not renew; first day without cover 2027-01-01", agreedFact)],
      readings: [{ id: "lapse", chosen: "not-renewed" }],
    });
  });
  test("where the text says nothing of renewal, it ends; nor of bringing it back", () => {
    const policy: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [covered] }] };
    expect(look({ policy })).toMatchObject({
      nonRenewal: null,
      priceIncrease: null,
      next: { renews: false },
      reasons: [reason("2.1", "renewal", "info", "does not renew: cover ends on 2026-12-31")],
    });
    expect(look({ policy, on: "2027-01-01" })).toMatchObject({ status: "ended", reinstatement: null });
  });
  test.each([
    { condition: "covered" as const, otherwise: "unknown" as const },
    { condition: "covered" as const, otherwise: "fail" as const, afterTerm: "unknown" as const },
  ])("where the text leaves open what follows, it is unknown", (entry) => {
    const policy: PolicyText = {
      clauses: [
        { id: "1", says: "nothing", informs: "nothing" },
        { id: "2.1", says: "cover", conditions: [entry] },
      ],
    };
    expect(look({ policy })).toMatchObject({
      next: { renews: null, term: null, fee: null, lines: [] },
      reasons: [
        reason(
          "2.1",
          "renewal",
          "unknown",
          "what follows the recorded term, which ends on 2026-12-31, is in an agreement that is not part of the policy",
        ),
      ],
      missing: [{ what: "agreement", clause: "2.1" }],
    });
    expect(look({ policy, on: "2027-01-01" })).toMatchObject({
      status: "ended",
      lapsedOn: null,
      next: { renews: null },
      lapses: [],
      reasons: [
        reason(
          "2.1",
          "renewal",
          "unknown",
          "what follows the recorded term, which ended on 2026-12-31, is in an agreement that is not part of the policy",
        ),
      ],
      missing: [{ what: "agreement", clause: "2.1" }],
    });
    const agreed = { settings: { autoRenew: false } };
    expect(look({ policy, known: agreed })).toMatchObject({
      next: { renews: false },
      reasons: [{ clause: "2.1", result: "info", facts: agreedFact }],
      missing: [],
    });
    expect(look({ policy, known: agreed, on: "2027-01-01" })).toMatchObject({
      lapsedOn: "2027-01-01",
      lapses: [{ licenseIds: ["l-1"], lapsedOn: "2027-01-01" }],
      reasons: [reason("2.1", "renewal", "info", "cover ended and did not renew; first day without cover 2027-01-01", agreedFact)],
      missing: [],
    });
  });
  test("that it renews, agreed where nothing renews by itself, has no effect, and it is said", () => {
    const set = { settings: { autoRenew: true } };
    const facts = [...termFact, { path: "contracts/c-1/settings/autoRenew", value: true }];
    const noEffect =
      "; that it renews by itself was agreed, and has no effect under a policy that does not say for how long, when notice is due and at which fee";
    const policy = (entry: object): PolicyText => ({ clauses: [{ id: "2.1", says: "cover", conditions: [{ ...covered, ...entry }] }] });
    const first = (entry: object, on?: string) => look({ policy: policy(entry), known: set, ...(on && { on }) }).reasons;
    expect(first({})).toEqual([reason("2.1", "renewal", "info", `does not renew: cover ends on 2026-12-31${noEffect}`, facts)]);
    expect(first({}, "2027-01-01")).toMatchObject([{ finding: `cover ended and did not renew; first day without cover 2027-01-01${noEffect}` }]);
    expect(first({ afterTerm: "unknown" })).toMatchObject([
      {
        result: "unknown",
        finding: `what follows the recorded term, which ends on 2026-12-31, is in an agreement that is not part of the policy${noEffect}`,
        facts,
      },
    ]);
    // Where it renews anyway there is nothing to say.
    expect(look({ known: set }).reasons).toEqual([renews]);
  });
  test("a line that ended before: its own end is told, and only what ran to the end of the term is open", () => {
    const afterTerm: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [{ ...covered, afterTerm: "unknown" }] }] };
    const unknown: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [{ ...covered, otherwise: "unknown" }] }] };
    const early = { licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil: "2026-06-30" };
    const on = "2026-07-01";
    expect(look({ policy: afterTerm, known: { lines: [early] }, on })).toMatchObject({
      status: "ended",
      lapsedOn: on,
      lapses: [{ licenseIds: ["l-1"], lapsedOn: on }],
      reasons: [{ result: "info", finding: "cover ended and did not renew; first day without cover 2026-07-01" }],
      missing: [],
    });
    expect(look({ policy: unknown, known: { lines: [early] }, on })).toMatchObject({
      lapsedOn: null,
      lapses: [],
      reasons: [
        {
          result: "unknown",
          finding: "what follows the recorded cover, which ended on 2026-06-30, is in an agreement that is not part of the policy",
        },
      ],
    });
    const both = { lines: [early, { licenseId: "l-2", annualFee: chf("1000.00") }] };
    const dossier = { licenses: [license("l-1"), license("l-2")] };
    expect(look({ policy: afterTerm, known: both, dossier, on: "2027-01-01" })).toMatchObject({
      lapsedOn: null,
      lapses: [{ licenseIds: ["l-1"], lapsedOn: on }],
      reasons: [{ result: "unknown" }],
    });
  });
});

describe("all that the contract covered goes on", () => {
  const next = (known: Partial<HeldContract> = {}) => contract("c-2", ["l-1"], { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" }, ...known });
  const under = (known: Partial<HeldContract>, on: string, policy = text, more: Partial<Dossier> = {}) =>
    look({ policy, on, dossier: { contracts: [contract("c-1", ["l-1"], known), next()], ...more } });
  const agreed = { settings: { autoRenew: false } };
  const elsewhere = [...agreedFact, { path: "contracts/c-2", value: null }];
  const over = { status: "ended", currentTerm: null, lapsedOn: null, reinstatement: null, lapses: [], missing: [], next: { renews: false } };

  test("under another contract from the day after: it has ended, nothing lapsed, and it is said where, before and after", () => {
    expect(under(agreed, "2026-12-31")).toMatchObject({
      status: "current",
      reasons: [
        reason(
          "7.2",
          "renewal",
          "info",
          "the parties agreed that the contract does not renew by itself; it ends on 2026-12-31, and goes on under `c-2`",
          elsewhere,
        ),
      ],
    });
    expect(under(agreed, "2027-06-01")).toMatchObject({
      ...over,
      reasons: [reason("7.2", "renewal", "info", "cover under the contract ended on 2026-12-31 and went on under `c-2`", elsewhere)],
      readings: [],
    });
  });
  test("a day later: it lapsed", () => {
    const late = [contract("c-1", ["l-1"], agreed), next({ term: { firstDay: "2027-01-02", lastDay: "2028-01-01" } })];
    expect(look({ on: "2027-06-01", dossier: { contracts: late } })).toMatchObject({ status: "lapsed", lapsedOn: "2027-01-01" });
  });
  test("only a part of it: it lapsed", () => {
    const two = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"], agreed), next()] };
    expect(look({ on: "2027-06-01", dossier: two })).toMatchObject({ status: "lapsed", lapsedOn: "2027-01-01", lapses: [{ licenseIds: ["l-2"] }] });
    // What was given up needs no support.
    const retired = { ...two, licenses: [license("l-1"), license("l-2", { retiredOn: "2027-01-01" })] };
    expect(look({ on: "2027-06-01", dossier: retired })).toMatchObject(over);
  });
  test("where the text leaves open what follows the recorded term, that is what follows", () => {
    const policy: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [{ ...covered, afterTerm: "unknown" }] }] };
    expect(under({}, "2026-12-31", policy)).toMatchObject({
      next: { renews: false },
      reasons: [{ clause: "2.1", result: "info", finding: "does not renew: cover ends on 2026-12-31, and goes on under `c-2`" }],
      missing: [],
    });
    expect(under({}, "2027-06-01", policy)).toMatchObject(over);
  });
  test("as a subscription, while that runs", () => {
    const until = (termLastDay?: string) =>
      look({
        known: agreed,
        on: "2027-01-01",
        dossier: { licenses: [license("l-1", { kind: "subscription", termLastDay })] },
        policy: { clauses: [{ id: "2.1", says: "cover", conditions: [covered] }] },
      });
    expect(until("2027-01-01")).toMatchObject({
      ...over,
      reasons: [{ finding: "cover under the contract ended on 2026-12-31 and went on in subscription `l-1`" }],
    });
    expect(until("2026-12-31")).toMatchObject({ lapsedOn: "2027-01-01", lapses: [{ licenseIds: ["l-1"] }] });
    // Until when it runs is not recorded: that it goes on is not known, nor that it lapsed.
    expect(until()).toMatchObject({ lapsedOn: "2027-01-01", lapses: [] });
  });
  test("under one contract and in a subscription", () => {
    const licenses = [license("l-1"), license("l-2", { kind: "subscription", termLastDay: "2027-06-30" })];
    const contracts = [contract("c-1", ["l-1", "l-2"]), next()];
    const policy: PolicyText = { clauses: [{ id: "2.1", says: "cover", conditions: [covered] }] };
    expect(look({ policy, on: "2027-01-01", dossier: { licenses, contracts } }).reasons).toMatchObject([
      { finding: "cover under the contract ended on 2026-12-31 and went on under `c-2` and in subscription `l-2`" },
    ]);
  });
});

describe("a notice of non-renewal", () => {
  const given = (known: Partial<RecordedNotice>, on = "2026-12-01", more: RecordedNotice[] = []) =>
    look({ on, dossier: { notices: [notice(known), ...more] } });

  test("in time ends it", () => {
    expect(given({ receivedOn: "2026-11-16" })).toMatchObject({
      status: "notice-given",
      nonRenewal: { notice: { noticeId: "n-1", ruling: "valid", receivedOn: "2026-11-16", effectiveOn: "2026-12-31" } },
      next: { renews: false, term: null },
      reasons: [
        reason("7.2", "renewal", "info", "does not renew: cover ends on 2026-12-31"),
        { clause: "7.2", condition: "notice-time", result: "pass" },
      ],
    });
  });
  test("late does not, and is shown", () => {
    expect(given({ receivedOn: "2026-11-17" })).toMatchObject({
      status: "current",
      nonRenewal: { notice: { noticeId: "n-1", ruling: "late", receivedOn: "2026-11-17", effectiveOn: null } },
      next: { renews: true },
      reasons: [renews, { clause: "7.2", condition: "notice-time", result: "fail" }],
    });
  });
  test("late for this term is no news in the next", () => {
    const { nonRenewal, reasons } = given({ receivedOn: "2026-11-17" }, "2027-01-01");
    expect([nonRenewal?.notice, reasons.length]).toEqual([null, 1]);
  });
  test("received before the first term counts for it, and is shown in it", () => {
    expect(given({ receivedOn: "2025-12-15" }, "2026-06-15")).toMatchObject({
      status: "notice-given",
      nonRenewal: { notice: { noticeId: "n-1", ruling: "valid", receivedOn: "2025-12-15", effectiveOn: "2026-12-31" } },
    });
  });
  test("received on the first day of the term is told of, and ends it", () => {
    expect(given({ receivedOn: "2026-01-01" }).reasons).toHaveLength(2);
    expect(given({ receivedOn: "2026-01-01" }, "2027-01-01")).toMatchObject({ status: "lapsed", nonRenewal: null });
  });
  test("late, and counted for the next term by a reading, is shown in that", () => {
    const known = { settings: { readings: { "late-notice": "counts-for-next-term" } } };
    expect(
      look({
        on: "2027-01-01",
        known,
        dossier: { notices: [notice({ receivedOn: "2026-11-17" })], contracts: [{ ...contract("c-1", ["l-1"]), ...known }] },
      }),
    ).toMatchObject({
      status: "notice-given",
      nonRenewal: { notice: { ruling: "late", receivedOn: "2026-11-17", effectiveOn: "2027-12-31" } },
    });
  });
  test("to come is not yet known", () => {
    expect(given({ receivedOn: "2026-12-02" }).nonRenewal?.notice).toBe(null);
  });
  test("the one that counts is shown before a later one that does not", () => {
    const late = notice({ noticeId: "n-2", receivedOn: "2026-11-20", form: "phone" });
    expect(given({ receivedOn: "2026-11-16" }, "2026-12-01", [late]).nonRenewal?.notice).toMatchObject({ noticeId: "n-1", ruling: "valid" });
  });
  test("of several that do not count the last is shown", () => {
    const later = notice({ noticeId: "n-2", receivedOn: "2026-11-20" });
    expect(given({ receivedOn: "2026-11-17" }, "2026-12-01", [later]).nonRenewal?.notice).toMatchObject({ noticeId: "n-2", ruling: "late" });
  });
  test("of another contract is not shown", () => {
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-2"])];
    const notices = [notice({ contractId: "c-2", receivedOn: "2026-11-16" })];
    expect(look({ on: "2026-12-01", dossier: { contracts, licenses: [license("l-1"), license("l-2")], notices } })).toMatchObject({
      nonRenewal: { notice: null },
      reasons: [renews],
    });
  });
});

describe("an announced increase", () => {
  const announced = (fee: string, receivedOn: string, on = "2026-12-01") =>
    look({ on, dossier: { notices: [notice({ kind: "price-increase", receivedOn, newFees: [{ licenseId: "l-1", annualFee: chf(fee) }] })] } });

  test("in time is the next fee", () => {
    expect(announced("1050.00", "2026-11-01")).toMatchObject({
      priceIncrease: {
        currentFee: chf("1000.00"),
        notice: { noticeId: "n-1", ruling: "valid", receivedOn: "2026-11-01", effectiveOn: "2027-01-01" },
      },
      next: { fee: chf("1050.00"), lines: [{ fee: chf("1050.00") }] },
      reasons: [renews, { condition: "price-notice", result: "pass" }, { condition: "price-cap", result: "pass" }],
    });
  });
  test("once it holds, it is the current one, and the next may rise from there", () => {
    expect(announced("1050.00", "2026-11-01", "2027-01-01").priceIncrease).toMatchObject({
      currentFee: chf("1050.00"),
      maximumFee: chf("1102.50"),
      notice: null,
    });
  });
  test("late, or over the cap, is not", () => {
    expect(announced("1050.00", "2026-11-02")).toMatchObject({ priceIncrease: { notice: { ruling: "late" } }, next: { fee: chf("1000.00") } });
    expect(announced("1050.01", "2026-11-01")).toMatchObject({ priceIncrease: { notice: { ruling: "over-cap" } }, next: { fee: chf("1000.00") } });
  });
});

describe("several lines", () => {
  const lines = [
    { licenseId: "l-1", annualFee: chf("1000.00") },
    { licenseId: "l-2", annualFee: chf("500.00"), coveredUntil: "2026-09-30" },
    { licenseId: "l-3", annualFee: chf("200.00"), coveredFrom: "2026-07-01" },
  ];
  const of = (on: string) => look({ on, known: { lines }, dossier: {} });

  test("those that are covered on the day make up the current fee", () => {
    expect(of("2026-06-15").priceIncrease).toMatchObject({ currentFee: chf("1500.00"), maximumFee: chf("1575.00") });
    expect(of("2026-09-30").priceIncrease).toMatchObject({ currentFee: chf("1700.00") });
    expect(of("2026-10-01").priceIncrease).toMatchObject({ currentFee: chf("1200.00") });
  });
  test("those that go on make up the next", () => {
    expect(of("2026-10-01").next).toMatchObject({ fee: chf("1200.00"), lines: [{ licenseId: "l-1" }, { licenseId: "l-3" }] });
  });
});

describe("an added license", () => {
  // CHF 10,000.00 a year from 2026-04-01; from 2027-04-01 to the common end are 275 of 365 days.
  const policy: PolicyText = {
    ...text,
    clauses: [
      ...(text.clauses ?? []),
      {
        id: "7.1",
        says: "added",
        formulas: [
          { formula: "initial-period", months: 12, outlasts: "initial-period" },
          { formula: "co-term", by: "stub" },
        ],
      },
    ],
  };
  const lines = [
    { licenseId: "l-1", annualFee: chf("1000.00") },
    { licenseId: "l-2", annualFee: chf("10000.00"), coveredFrom: "2026-04-01" },
  ];
  const of = (on: string, dossier: Partial<Dossier> = {}) => {
    const { next, readings } = look({ on, policy, known: { lines }, dossier });
    return { ...next, readings: readings.map(({ id }) => id) };
  };

  test("is aligned by a shorter term, and then goes on with the rest", () => {
    expect(of("2026-06-15")).toMatchObject({
      fee: chf("8534.25"),
      lines: [
        { licenseId: "l-1", term: year(2027), fee: chf("1000.00") },
        { licenseId: "l-2", term: { firstDay: "2027-04-01", lastDay: "2027-12-31" }, fee: chf("7534.25") },
      ],
      readings: ["anchor", "day-count", "notice-counting"],
    });
    expect(of("2027-06-15")).toMatchObject({
      fee: chf("11000.00"),
      lines: [{ term: year(2028) }, { licenseId: "l-2", term: year(2028), fee: chf("10000.00") }],
      readings: ["anchor", "notice-counting"],
    });
  });
  test("of which a notice leaves only the initial period has nothing after it", () => {
    expect(of("2026-12-01", { notices: [notice({ receivedOn: "2026-11-16" })] })).toMatchObject({ renews: false, term: null, lines: [] });
  });
  test("that outlasts the others by its initial period alone leaves nothing to give notice of", () => {
    const given = { known: { lines }, policy, dossier: { notices: [notice({ receivedOn: "2026-11-16" })] } };
    expect(look({ ...given, on: "2026-12-31" })).toMatchObject({
      nonRenewal: { lastDayOn: "2026-11-16", notice: { effectiveOn: "2026-12-31" } },
      priceIncrease: { lastNoticeOn: "2026-11-01" },
    });
    expect(look({ ...given, on: "2027-01-01" })).toMatchObject({
      // The initial period of l-2 goes on through 2027-03-31; no term of 2027 was renewed into, and l-1 has no support.
      currentTerm: null,
      lapses: [{ licenseIds: ["l-1"], licenseCount: 1, lapsedOn: "2027-01-01" }],
      nonRenewal: null,
      priceIncrease: null,
      next: { renews: false },
    });
  });
  test("a first term of three years costs a year's fee when it begins", () => {
    const term = { firstDay: "2026-01-01", lastDay: "2028-12-31" };
    expect(look({ on: "2025-12-31", known: { term } }).next).toMatchObject({ term, fee: chf("1000.00") });
  });
});

describe("past due", () => {
  const owing = (count: number, on: string) =>
    look({ on, dossier: { invoices: Array.from({ length: count }, (_, index) => invoice(`i-${index + 10}`)) } });
  const owed = (id: string) => `CHF 1,200.00 on \`${id}\`, due 2026-03-02`;
  const facts = (...ids: string[]) => ids.map((id) => ({ path: `invoices/${id}/dueOn`, value: "2026-03-02" }));

  test("the day after the due day, and it renews all the same", () => {
    expect(owing(1, "2026-03-02")).toMatchObject({ status: "current", reasons: [renews] });
    expect(owing(1, "2026-03-03")).toMatchObject({
      status: "past-due",
      reasons: [
        renews,
        {
          clause: "2.1",
          condition: "payments-current",
          result: "fail",
          finding: `open balance ${owed("i-10")}`,
          facts: facts("i-10"),
          cure: { says: "pay the open balance", clause: "2.1", price: { amount: "1200.00", currency: "CHF" } },
        },
      ],
      next: { renews: true },
    });
  });
  test("ten are told, fifty are facts", () => {
    const [, reason] = owing(52, "2026-03-03").reasons;
    expect(reason?.finding).toBe(`open balance ${Array.from({ length: 10 }, (_, index) => owed(`i-${index + 10}`)).join("; ")}`);
    expect(reason?.facts).toHaveLength(50);
  });
  test("is told at the clause of payments, wherever that stands", () => {
    const [first, ...rest] = text.clauses ?? [];
    const policy: PolicyText = { clauses: [{ id: "2.0", says: "cover", conditions: [covered] }, ...rest, { ...first!, conditions: [paid] }] };
    expect(look({ policy, dossier: { invoices: [invoice("i-10")] } }).reasons[1]).toMatchObject({ clause: "2.1" });
  });
  test("is told at no clause of its own where the text has none, and no more once the contract has ended", () => {
    const policy: PolicyText = {
      clauses: [{ id: "7.2", says: "renews", formulas: [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }] }],
    };
    const dossier = { invoices: [invoice("i-10")] };
    expect(look({ policy, dossier }).reasons[1]).toMatchObject({ clause: "common", cure: { clause: "common" } });
    expect(look({ known: { settings: { autoRenew: false } }, dossier, on: "2027-01-01" }).reasons).toHaveLength(1);
  });
});

test("a contract that the account does not have", () => {
  expect(() => outlookRenewal(factsOf(bookOf(text)), "c-9", asOf("2026-06-15"))).toThrow(
    new Refused("contract-unknown", [{ pointer: "/contractId", detail: "no contract `c-9` in the account" }]),
  );
});

describe("no zone is given: an instant lies on one of two days", () => {
  const zoneless = { ...text, zone: null };
  const told = (on: string, asked: Asked = {}) => {
    const { reasons, missing, ...found } = look({ on, policy: zoneless, ...asked });
    return { found, missing, reason: reasons.find(({ condition }) => condition === "time-zone") };
  };
  const cure = { says: "record the agreed time zone as the contract's `settings.timeZone`", clause: null, price: null };

  test("only the days that are left differ: both are said, for information", () => {
    // At 13:00Z it is the 14th of November at UTC-12 and the 15th at UTC+14; the last day for notice is the 16th.
    const { found, missing, reason } = told("2026-11-14T13:00:00Z");
    expect(found.nonRenewal?.daysLeft).toBe(2);
    expect(missing).toEqual([]);
    expect(reason).toMatchObject({
      clause: "7.2",
      result: "info",
      finding:
        "the contract is current in the term 2026-01-01 to 2026-12-31, the next is 2027-01-01 to 2027-12-31; 1 or 2 days are left to give notice of non-renewal, depending on the time zone, which no fact gives",
      facts: [{ path: "contracts/c-1/settings/timeZone", value: null }],
      cure,
    });
  });
  test("the term itself differs on New Year's Eve: unknown", () => {
    const { found, missing, reason } = told("2026-12-31T13:00:00Z");
    expect(found.currentTerm).toEqual(year(2026));
    expect(missing).toEqual([{ what: "timeZone", clause: "7.2" }]);
    expect(reason?.result).toBe("unknown");
    expect(reason?.finding).toBe(
      "the contract is current in the term 2026-01-01 to 2026-12-31, the next is 2027-01-01 to 2027-12-31; the last day for notice of non-renewal was 45 days ago; or the contract is current in the term 2027-01-01 to 2027-12-31, the next is 2028-01-01 to 2028-12-31; 319 days are left to give notice of non-renewal, depending on the time zone, which no fact gives",
    );
  });
  test("a day, and an instant in an agreed zone, leave nothing open", () => {
    expect(told("2026-11-14").reason).toBeUndefined();
    expect(told("2026-12-31T13:00:00Z", { known: { settings: { timeZone: "Asia/Tokyo" } } }).reason).toBeUndefined();
  });
});

test("of two increases announced for one day each says which replaces which, and the next term costs the last received", () => {
  const announced = (noticeId: string, receivedOn: string, fee: string) =>
    notice({ noticeId, kind: "price-increase", receivedOn, newFees: [{ licenseId: "l-1", annualFee: chf(fee) }] });
  const { reasons, next } = look({
    on: "2026-11-20",
    dossier: { notices: [announced("n-1", "2026-09-01", "1050.00"), announced("n-2", "2026-10-01", "1020.00")] },
  });
  expect(reasons.filter(({ condition }) => condition === "price-notice-replaced").map(({ finding }) => finding)).toEqual([
    "replaced by `n-2`, received on 2026-10-01, to CHF 1,020.00 a year from 2027-01-01: of several announced for one day the last received holds",
    "replaces `n-1`, received on 2026-09-01, to CHF 1,050.00 a year",
  ]);
  expect(next.fee).toEqual(chf("1020.00"));
});
