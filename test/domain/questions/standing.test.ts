/** Standing: every contract as it stands on the day, what is missing from whole groups, what is overdue, and what may be used. */
import { describe, expect, test } from "vitest";
import type { Dossier, HeldContract } from "../../../domain/facts.ts";
import type { BenefitEntry } from "../../../domain/policy.ts";
import { accountStatus, describeStanding } from "../../../domain/questions/standing.ts";
import { chf, contract, invoice, license, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const paid = { condition: "payments-current" as const, scope: "contract" as const, withoutContract: "unknown" as const, otherwise: "fail" as const };

/** Contracts end with their term and may be brought back for twelve months; the whole of every group is to be covered. */
const text: PolicyText = {
  clauses: [
    {
      id: "2",
      says: "whole",
      conditions: [
        { condition: "whole-coverage", group: "product-line", of: ["perpetual"], otherwise: "fail" },
        { condition: "whole-coverage", group: "deployment", of: ["perpetual"], otherwise: "fail" },
        { ...paid },
      ],
    },
    { id: "3", says: "bundles", conditions: [{ condition: "whole-coverage", group: "bundle", of: ["perpetual"], otherwise: "fail" }] },
    { id: "4", says: "lines once more", conditions: [{ condition: "whole-coverage", group: "product-line", of: ["perpetual"], otherwise: "fail" }] },
    { id: "7", says: "window", formulas: [{ formula: "reinstatement-window", months: 12, afterwards: "discretion" }] },
  ],
};

const stand = (dossier: Partial<Dossier> = {}, on = "2026-06-15", policy = text) => describeStanding(factsOf(bookOf(policy), dossier), asOf(on));

const running = {
  contractId: "c-1",
  policy: { id: "acme-support", version: "1" },
  program: "gold",
  status: "current",
  currentTerm: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
  lapsedOn: null,
  reinstatementUntil: null,
  missing: [],
};

test("an account in which nothing is amiss", () => {
  expect(stand()).toEqual({
    accountId: "acme",
    status: "current",
    contracts: [running],
    contractCount: 1,
    gaps: [],
    gapCount: 0,
    overdue: [],
    overdueCount: 0,
    benefits: [],
    dependsOnZone: [],
    asOf: "2026-06-15T21:59:59.999Z",
  });
});

test("an account without a contract", () => {
  expect(stand({ contracts: [] })).toEqual({
    accountId: "acme",
    status: "none",
    contracts: [],
    contractCount: 0,
    gaps: [],
    gapCount: 0,
    overdue: [],
    overdueCount: 0,
    benefits: [],
    dependsOnZone: [],
    asOf: "2026-06-15T23:59:59.999Z",
  });
  expect(accountStatus(factsOf(bookOf(text), { contracts: [] }), asOf("2026-06-15"))).toBe("none");
});

describe("a contract that ended with 2026", () => {
  const lapsed = { ...running, currentTerm: null, lapsedOn: "2027-01-01", reinstatementUntil: "2027-12-31" };

  test("last day", () => expect(stand({}, "2026-12-31").contracts).toEqual([running]));
  test("day after", () => expect(stand({}, "2027-01-01")).toMatchObject({ status: "lapsed", contracts: [{ ...lapsed, status: "lapsed" }] }));
  test("last day of the window", () => expect(stand({}, "2027-12-31")).toMatchObject({ contracts: [{ ...lapsed, status: "lapsed" }] }));
  test("day after it", () => expect(stand({}, "2028-01-01")).toMatchObject({ status: "ended", contracts: [{ ...lapsed, status: "ended" }] }));
  test("the last instant of the year in Zurich, and the first", () => {
    expect(stand({}, "2026-12-31T22:59:59Z").status).toBe("current");
    expect(stand({}, "2026-12-31T23:00:00Z")).toMatchObject({ status: "lapsed", asOf: "2026-12-31T23:00:00Z" });
  });
});

describe("after a recorded term of which the text leaves open what follows", () => {
  const open = (entry: object): PolicyText => ({
    clauses: [
      { id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail", ...entry }] },
      { id: "5", says: "benefits", benefits: [{ benefit: "updates", says: "new releases", needs: "contract", programs: ["gold"] }] },
    ],
  });
  const afterTerm = open({ afterTerm: "unknown" });
  const unknown = open({ otherwise: "unknown" });
  const agreement = [{ what: "agreement", clause: "2.1" }];
  const agreed = { contracts: [contract("c-1", ["l-1"], { settings: { autoRenew: false } })] };
  const is = (on: string, policy: PolicyText, dossier: Partial<Dossier> = {}) => {
    const { contracts, benefits } = stand(dossier, on, policy);
    return [contracts[0]?.status, contracts[0]?.lapsedOn, contracts[0]?.missing, benefits[0]?.available];
  };

  test.each([afterTerm, unknown])("the agreement is missing, no day is called one without cover, and what takes a contract is unknown", (policy) => {
    expect(is("2026-12-31", policy)).toEqual(["current", null, [], true]);
    expect(is("2027-01-01", policy)).toEqual(["ended", null, agreement, null]);
  });
  test("where the parties agreed that nothing follows, it is over; what a license without a contract may use stays unknown where the text does not say", () => {
    expect(is("2027-01-01", afterTerm, agreed)).toEqual(["ended", "2027-01-01", [], false]);
    expect(is("2027-01-01", unknown, agreed)).toEqual(["ended", "2027-01-01", [], null]);
  });
  test("a line that ended before its term", () => {
    const early = { contracts: [contract("c-1", [], { lines: [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil: "2026-06-30" }] })] };
    expect(is("2026-07-01", afterTerm, early)).toEqual(["ended", "2026-07-01", [], false]);
    expect(is("2026-07-01", unknown, early)).toEqual(["ended", null, agreement, null]);
  });
  test("what another contract goes on with is known, and a program that does not have the benefit never had it", () => {
    const next = contract("c-2", ["l-1"], { program: "silver", term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
    expect(is("2027-01-01", unknown, { contracts: [contract("c-1", ["l-1"]), next] })).toEqual(["ended", null, [], false]);
    const licenses = [license("l-1", { kind: "subscription", termLastDay: "2027-06-30" })];
    expect([is("2027-06-30", unknown, { licenses }), is("2027-06-30", afterTerm, { licenses })]).toEqual([
      ["ended", null, [], null],
      ["ended", null, [], false],
    ]);
    expect(is("2027-01-01", unknown, { contracts: [contract("c-1", ["l-1"], { program: "silver" })] })).toEqual(["ended", null, agreement, false]);
  });
});

describe("the account's status is the worst of its contracts'", () => {
  const current = contract("c-1", []);
  const early = contract("c-2", [], { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
  const lapsed = contract("c-3", [], { term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } });
  const ended = contract("c-4", [], { term: { firstDay: "2023-01-01", lastDay: "2023-12-31" } });
  const owing = contract("c-5", []);
  const invoices = [invoice("i-1", { contractId: "c-5" })];
  const status = (...contracts: Dossier["contracts"]) => accountStatus(factsOf(bookOf(text), { contracts, invoices }), asOf("2026-06-15"));

  test("past due before lapsed before ended before current before not started: what is to come hides nothing that runs", () => {
    expect(status(current)).toBe("current");
    expect(status(early)).toBe("not-started");
    expect(status(current, early)).toBe("current");
    expect(status(early, ended)).toBe("ended");
    expect(status(current, early, ended)).toBe("ended");
    expect(status(current, early, ended, lapsed)).toBe("lapsed");
    expect(status(current, early, ended, lapsed, owing)).toBe("past-due");
  });
  test("a contract whose license is a subscription that runs on hides nothing that runs", () => {
    const licenses = [license("l-1", { kind: "subscription", termLastDay: "2026-06-15" })];
    const over = contract("c-1", ["l-1"], { term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } });
    const of = (on: string) => accountStatus(factsOf(bookOf(text), { contracts: [over, contract("c-2", [])], licenses }), asOf(on));
    expect([of("2026-06-15"), of("2026-06-16")]).toEqual(["current", "ended"]);
  });
  test("notice given goes between lapsed and ended", () => {
    const renews: PolicyText = {
      clauses: [
        {
          id: "7",
          says: "renews",
          formulas: [
            { formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] },
            { formula: "reinstatement-window", months: 12, afterwards: "discretion" },
          ],
        },
      ],
    };
    const notices = [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal" as const, form: "email" as const, receivedOn: "2026-06-01" }];
    const of = (contracts: Dossier["contracts"]) =>
      accountStatus(factsOf(bookOf(renews), { contracts, notices, licenses: [license("l-1")] }), asOf("2026-06-15"));
    const noticed = contract("c-1", ["l-1"]);
    const over = contract("c-4", [], { settings: { autoRenew: false }, term: { firstDay: "2023-01-01", lastDay: "2023-12-31" } });
    const gone = contract("c-3", [], { settings: { autoRenew: false }, term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } });
    expect(of([noticed])).toBe("notice-given");
    expect(of([noticed, over])).toBe("notice-given");
    expect(of([noticed, over, gone])).toBe("lapsed");
  });
});

describe("gaps", () => {
  const gaps = (dossier: Partial<Dossier>, on?: string) => stand(dossier, on).gaps;
  const gap = (clause: string, group: string, name: string, licenseIds: string[], count = licenseIds.length) => ({
    policyId: "acme-support",
    clause,
    group,
    name,
    licenseIds,
    count,
  });
  const both = [license("l-1"), license("l-2")];

  test("one of two of a product line is not covered", () => {
    expect(gaps({ licenses: both })).toEqual([gap("2", "product-line", "tools", ["l-2"])]);
  });
  test("none of it is covered, or all of it", () => {
    expect(gaps({ licenses: both, contracts: [contract("c-1", [])] })).toEqual([]);
    expect(gaps({ licenses: both, contracts: [contract("c-1", ["l-1", "l-2"])] })).toEqual([]);
  });
  test("deployments and bundles go by their ids, and licenses without one by none", () => {
    const of = (known: Partial<Dossier["licenses"][number]>) => ({ productId: "p-9", ...known });
    expect(
      gaps({ licenses: [license("l-1", of({ deploymentId: "d-1" })), license("l-2", of({ deploymentId: "d-1" })), license("l-3", of({}))] }),
    ).toEqual([gap("2", "deployment", "d-1", ["l-2"])]);
    expect(gaps({ licenses: [license("l-1", of({ bundleId: "b-1" })), license("l-2", of({ bundleId: "b-1" })), license("l-3", of({}))] })).toEqual([
      gap("3", "bundle", "b-1", ["l-2"]),
    ]);
  });
  test("only perpetual licenses count", () => {
    const ended = license("l-2", { kind: "subscription", termLastDay: "2026-01-31" });
    expect(gaps({ licenses: [license("l-1"), ended, license("l-3", { kind: "trial" })] })).toEqual([]);
  });
  test("of the day on which they are gaps", () => {
    const coming = [license("l-1"), license("l-2", { deliveredOn: "2026-06-16" })];
    expect(gaps({ licenses: coming })).toEqual([]);
    expect(gaps({ licenses: coming }, "2026-06-16")).toHaveLength(1);
  });
  test("of fifty-two fifty are listed, with their count", () => {
    const many = Array.from({ length: 52 }, (_, index) => license(`l-${index + 10}`));
    expect(gaps({ licenses: [license("l-1"), ...many] })).toEqual([
      gap(
        "2",
        "product-line",
        "tools",
        many.slice(0, 50).map(({ licenseId }) => licenseId),
        52,
      ),
    ]);
  });
  test("of fifty-two groups fifty are listed", () => {
    const names = Array.from({ length: 52 }, (_, index) => `d-${index + 10}`);
    const licenses = names.flatMap((deploymentId) => [
      license(`a-${deploymentId}`, { deploymentId, productId: "p-9" }),
      license(`b-${deploymentId}`, { deploymentId, productId: "p-9" }),
    ]);
    const contracts = [
      contract(
        "c-1",
        names.map((name) => `a-${name}`),
      ),
    ];
    const found = gaps({ licenses, contracts });
    expect(found).toHaveLength(50);
    expect(found.at(-1)).toEqual(gap("2", "deployment", "d-59", ["b-d-59"]));
  });
});

describe("overdue", () => {
  const owed = { invoiceId: "i-1", contractId: "c-1", kind: "support", dueOn: "2026-03-02", open: chf("1200.00"), disputed: false };

  test("the day after the due day, not before", () => {
    expect(stand({ invoices: [invoice("i-1")] }, "2026-03-02").overdue).toEqual([]);
    expect(stand({ invoices: [invoice("i-1")] }, "2026-03-03")).toMatchObject({ status: "past-due", overdue: [{ ...owed, daysOverdue: 1 }] });
  });
  test("of any kind, with or without a contract, disputed or not, what is left of it", () => {
    const other = invoice("i-2", {
      kind: "other",
      contractId: undefined,
      disputed: true,
      payments: [{ paidOn: "2026-03-01", amount: chf("200.00") }],
    });
    expect(stand({ invoices: [other] }, "2026-03-04").overdue).toEqual([
      { ...owed, invoiceId: "i-2", contractId: null, kind: "other", disputed: true, open: chf("1000.00"), daysOverdue: 2 },
    ]);
  });
  test("fifty are listed, all are counted", () => {
    const { overdue, overdueCount } = stand({ invoices: Array.from({ length: 52 }, (_, index) => invoice(`i-${index}`)) });
    expect([overdue.length, overdueCount]).toEqual([50, 52]);
  });
});

test("of contracts fifty are listed, all are counted, and the worst of all of them is the account's status", () => {
  const many = Array.from({ length: 51 }, (_, index) => contract(`c-${String(index).padStart(2, "0")}`, [`l-${index}`]));
  const owing = contract("c-99", ["l-99"]);
  const { status, contracts, contractCount } = stand({ contracts: [...many, owing], invoices: [invoice("i-1", { contractId: "c-99" })] });
  expect([contracts.length, contractCount]).toEqual([50, 52]);
  expect(contracts.map((one) => one.status)).not.toContain("past-due");
  expect(status).toBe("past-due");
});

describe("a whole that only some contracts ask for", () => {
  const edition = {
    id: "edition",
    question: "which?",
    options: [
      { id: "ocean", says: "all of it" },
      { id: "coastal", says: "by license" },
    ],
    default: "coastal",
  };
  const whole = { condition: "whole-coverage" as const, group: "product-line" as const, of: ["perpetual" as const], otherwise: "fail" as const };
  const some: PolicyText = {
    readings: [edition],
    clauses: [{ id: "1.3", says: "all", conditions: [{ ...whole, when: { reading: "edition", is: "ocean" } }] }],
  };
  const licenses = [license("l-1"), license("l-2"), license("l-3")];
  const chosen = (is: string, id = "c-1", of = ["l-1"]) => contract(id, of, { settings: { readings: { edition: is } } });
  const gaps = (contracts: HeldContract[]) =>
    stand({ licenses, contracts }, "2026-06-15", some).gaps.map(({ clause, licenseIds }) => ({ clause, licenseIds }));

  test("is a gap under these, and none under the others", () => {
    expect(gaps([chosen("ocean")])).toEqual([{ clause: "1.3", licenseIds: ["l-2", "l-3"] }]);
    expect(gaps([chosen("coastal")])).toEqual([]);
  });
  test("by program: the same", () => {
    const programs: PolicyText = { clauses: [{ id: "1.3", says: "all", conditions: [{ ...whole, programs: ["gold"] }] }] };
    const found = (program: string) => stand({ licenses, contracts: [contract("c-1", ["l-1"], { program })] }, "2026-06-15", programs).gapCount;
    expect([found("gold"), found("silver")]).toEqual([1, 0]);
  });
  test("of two contracts: as long as the one that asks covers some of it", () => {
    expect(gaps([chosen("coastal"), chosen("ocean", "c-2", ["l-2"])])).toEqual([{ clause: "1.3", licenseIds: ["l-3"] }]);
    const ended = { ...chosen("ocean", "c-2", ["l-2"]), term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } };
    expect(gaps([chosen("coastal"), ended])).toEqual([]);
  });
});

describe("benefits", () => {
  const offering = (entry: Partial<BenefitEntry>): PolicyText => ({
    clauses: [{ id: "5", says: "benefits", benefits: [{ benefit: "updates", says: "new releases", needs: "contract", ...entry }] }],
  });
  const benefit = (entry: Partial<BenefitEntry>, dossier: Partial<Dossier> = {}, on?: string) => stand(dossier, on, offering(entry)).benefits;
  const available = (...about: Parameters<typeof benefit>) => benefit(...about).map((one) => one.available);

  test("a running contract is what it takes", () => {
    expect(benefit({})).toEqual([{ policyId: "acme-support", clause: "5", benefit: "updates", says: "new releases", available: true }]);
    expect(available({}, {}, "2026-12-31")).toEqual([true]);
    expect(available({}, {}, "2027-01-01")).toEqual([false]);
  });
  test("one that is past due runs as well", () => {
    expect(available({}, { invoices: [invoice("i-1")] })).toEqual([true]);
  });
  test("of a program that has it", () => {
    expect(available({ programs: ["gold"] })).toEqual([true]);
    expect(available({ programs: ["silver"] })).toEqual([false]);
  });
  test("good standing is that nothing at all is overdue", () => {
    expect(available({ needs: "good-standing" })).toEqual([true]);
    expect(available({ needs: "good-standing" }, { invoices: [invoice("i-1", { kind: "other", contractId: undefined })] })).toEqual([false]);
    expect(available({ needs: "good-standing" }, { invoices: [invoice("i-1")] }, "2026-03-02")).toEqual([true]);
    expect(available({ needs: "good-standing" }, {}, "2027-01-01")).toEqual([true]);
  });
  test("some need nothing", () => expect(available({ needs: "nothing" }, { invoices: [invoice("i-1")] }, "2030-01-01")).toEqual([true]));

  describe("where its mark in the text is lost", () => {
    const lost = { missing: "the mark" };
    const agreed = (updates: boolean) => ({ contracts: [contract("c-1", ["l-1"], { settings: { benefits: { updates } } })] });
    test("it is not known", () => expect(available(lost)).toEqual([null]));
    test("unless the parties agreed", () => {
      expect(available(lost, agreed(true))).toEqual([true]);
      expect(available(lost, agreed(false))).toEqual([false]);
    });
    test("under one of several contracts", () => {
      const two = (first: boolean, second: boolean) => ({
        contracts: [first, second].map((updates, index) => contract(`c-${index}`, [], { settings: { benefits: { updates } } })),
      });
      expect(available(lost, two(false, true))).toEqual([true]);
      expect(available(lost, two(false, false))).toEqual([false]);
    });
    test("whatever it takes: nobody, or good standing", () => {
      for (const needs of ["nothing", "good-standing"] as const) {
        expect(available({ needs, ...lost })).toEqual([null]);
        for (const one of [true, false]) expect(available({ needs, ...lost }, agreed(one))).toEqual([one]);
        expect(available({ needs, ...lost, programs: ["silver"] })).toEqual([false]);
      }
      expect(available({ needs: "good-standing", ...lost }, { invoices: [invoice("inv-1")] })).toEqual([false]);
    });
    test("of a contract that owes it is there or not, as the text is read", () => {
      const owes = { invoices: [invoice("i-1", { dueOn: "2026-06-14" })] };
      expect(available({}, owes)).toEqual([true]);
      expect(available({ owing: "current-agreement" }, owes)).toEqual([true]);
      expect(available({ owing: "while-paid" }, owes)).toEqual([false]);
      expect(available({ owing: "while-paid" })).toEqual([true]);
    });
    test("what was agreed of another benefit does not matter", () => {
      expect(available(lost, { contracts: [contract("c-1", ["l-1"], { settings: { benefits: { other: true } } })] })).toEqual([null]);
    });
    test("without a running contract it is not there", () => {
      expect(available(lost, {}, "2027-01-01")).toEqual([false]);
      expect(available(lost, agreed(true), "2027-01-01")).toEqual([false]);
    });
  });

  test("each policy's are told once, by its own contracts", () => {
    const book = bookOf(offering({}), { id: "other-support", ...offering({ benefit: "portal" }) });
    const contracts = [
      contract("c-1", ["l-1"]),
      contract("c-2", []),
      contract("c-3", [], { policyId: "other-support", term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } }),
    ];
    expect(
      describeStanding(factsOf(book, { contracts }), asOf("2026-06-15")).benefits.map(({ policyId, benefit, available }) => [
        policyId,
        benefit,
        available,
      ]),
    ).toEqual([
      ["acme-support", "updates", true],
      ["other-support", "portal", false],
    ]);
  });
});

describe("without a zone", () => {
  test("the earliest possible day counts: at noon in UTC it is the day before on Baker Island", () => {
    const at = (instant: string) => stand({}, instant, { ...text, zone: null }).status;
    expect(at("2027-01-01T11:59:59Z")).toBe("current");
    expect(at("2027-01-01T12:00:00Z")).toBe("lapsed");
  });
  test("the contract's own, where it is agreed", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { timeZone: "Asia/Tokyo" } })];
    expect(stand({ contracts }, "2026-12-31T15:00:00Z", { ...text, zone: null }).status).toBe("lapsed");
    expect(stand({ contracts }, "2026-06-15", { ...text, zone: null }).asOf).toBe("2026-06-15T14:59:59.999Z");
  });
});

test("a product line is that of the product, and of none where the product is not recorded", () => {
  const licenses = [license("l-1"), license("l-2", { productId: "p-2" }), license("l-3", { productId: "p-9" })];
  const facts = factsOf(bookOf(text), { licenses }, { products: [product("p-1"), product("p-2", { productLine: "games" })] });
  expect(describeStanding(facts, asOf("2026-06-15")).gaps).toEqual([]);
});

describe("a contract that ended and was reinstated as another one", () => {
  const licenses = [license("l-1"), license("l-2")];
  const again = (ids: string[]) => contract("c-1-again", ids, { term: { firstDay: "2027-03-01", lastDay: "2028-02-29" } });
  const status = (contracts: Dossier["contracts"], on: string) => stand({ licenses, contracts }, on).status;

  test("counts no more from the day on which all of it is covered again", () => {
    const contracts = [contract("c-1", ["l-1", "l-2"]), again(["l-1", "l-2"])];
    expect(status(contracts, "2027-02-28")).toBe("lapsed");
    expect(status(contracts, "2027-03-01")).toBe("current");
    expect(status(contracts, "2028-03-01")).toBe("lapsed");
  });
  test("counts while any of its licenses is without support", () => {
    expect(status([contract("c-1", ["l-1", "l-2"]), again(["l-1"])], "2027-03-01")).toBe("lapsed");
  });
});

describe("no zone is given: an instant lies on one of two days", () => {
  const zoneless = { ...text, zone: null };
  // At 13:00Z it is still the 4th at UTC-12 (01:00), and already the 5th at UTC+14 (03:00).
  const at = "2026-03-04T13:00:00Z";
  const overdueBy = (on: string, dueOn: string, policy: PolicyText = zoneless) => {
    const { overdue, dependsOnZone } = stand({ invoices: [invoice("i-1", { dueOn })] }, on, policy);
    return { days: overdue.map(({ daysOverdue }) => daysOverdue), dependsOnZone };
  };

  test("days overdue are those of the earliest day, and the other figure is said", () => {
    expect(overdueBy(at, "2026-03-03")).toEqual({
      days: [1],
      dependsOnZone: ["invoice `i-1` is overdue by 1 day or 2 days, with CHF 1,200.00 open, depending on the time zone, which no fact gives"],
    });
  });
  test("an invoice that only the later day finds overdue is not listed, but said, with the status that follows", () => {
    expect(overdueBy(at, "2026-03-04")).toEqual({
      days: [],
      dependsOnZone: [
        "contract `c-1` is current or past-due in the term 2026-01-01 to 2026-12-31, depending on the time zone, which no fact gives",
        "invoice `i-1` is not overdue; or invoice `i-1` is overdue by 1 day, with CHF 1,200.00 open, depending on the time zone, which no fact gives",
      ],
    });
  });
  test("at an hour with three days on Earth, the 3rd to the 5th, the figures reach from the first to the last", () => {
    expect(overdueBy("2026-03-04T11:00:00Z", "2026-03-02").dependsOnZone[0]).toContain("is overdue by 1 day to 3 days, with");
  });
  test("a day, and an instant in a zone, leave nothing open", () => {
    expect(overdueBy("2026-03-04", "2026-03-03").dependsOnZone).toEqual([]);
    expect(overdueBy(at, "2026-03-03", text).dependsOnZone).toEqual([]);
  });
  test("a benefit that hangs on it is unknown", () => {
    const benefits: BenefitEntry[] = [{ benefit: "updates", says: "new releases", needs: "good-standing" }];
    const policy = { ...zoneless, clauses: [...(text.clauses ?? []), { id: "5", says: "updates", benefits }] };
    const found = stand({ invoices: [invoice("i-1", { dueOn: "2026-03-04" })] }, at, policy);
    expect(found.benefits.map(({ available }) => available)).toEqual([null]);
    expect(found.dependsOnZone).toContain(
      "benefit `updates` is available; or benefit `updates` is not available, depending on the time zone, which no fact gives",
    );
  });
  test("a gap that opens on the later day is said", () => {
    const both = [license("l-1"), license("l-2", { deliveredOn: "2026-03-05" })];
    expect(stand({ licenses: both }, at, zoneless)).toMatchObject({
      gaps: [],
      dependsOnZone: [
        "product line `tools` has no gap; or product line `tools` has no support for l-2, depending on the time zone, which no fact gives",
      ],
    });
  });
  test("an invoice is overdue by the days of its own contract, whatever the zone of another", () => {
    // At 23:30Z on the 2nd, the due day, it is still the 2nd in New York and already the 3rd in Tokyo.
    const contracts = [
      contract("c-1", ["l-1"], { settings: { timeZone: "America/New_York" } }),
      contract("c-2", ["l-2"], { settings: { timeZone: "Asia/Tokyo" } }),
    ];
    const licenses = [license("l-1"), license("l-2")];
    const found = stand({ licenses, contracts, invoices: [invoice("i-1"), invoice("i-2", { contractId: "c-2" })] }, "2026-03-02T23:30:00Z", zoneless);
    expect(found.overdue.map(({ invoiceId, daysOverdue }) => [invoiceId, daysOverdue])).toEqual([["i-2", 1]]);
    expect(found.dependsOnZone).toEqual([]);
  });
});
