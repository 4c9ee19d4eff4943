/** Notices: each ruling with its sentence, its reasons and figures; what the text leaves to another document is not determined. */
import { describe, expect, test } from "vitest";
import type { Dossier, RecordedNotice } from "../../../domain/facts.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import { Refused } from "../../../domain/refusal.ts";
import { chf, contract, license, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

/** Renews unless an email or a letter is received 45 days before the end; fees rise by 5 % at most, announced 60 days before it. */
const text: PolicyText = {
  clauses: [
    { id: "1", says: "nothing", informs: "nothing" },
    { id: "7.1", says: "whole", formulas: [{ formula: "whole-non-renewal", group: "product-line" }] },
    { id: "7.2", says: "renews", formulas: [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email", "letter"] }] },
    { id: "7.3", says: "cancellation", notices: [{ notice: "cancellation", ruling: "undetermined", missing: "termination clause" }] },
    {
      id: "7.6",
      says: "increase",
      formulas: [{ formula: "price-cap", noticeDays: 60, mostBasisPoints: 500, testedOn: { reading: "cap" } }],
    },
    { id: "9", says: "maintenance", notices: [{ notice: "maintenance", ruling: "hours-ahead", hours: 72, forms: ["email"] }] },
  ],
  readings: [
    {
      id: "cap",
      question: "of what?",
      options: [
        { id: "lines-named", says: "the lines named" },
        { id: "literal", says: "the whole" },
      ],
      default: "lines-named",
    },
  ],
};

interface Asked {
  dossier?: Partial<Dossier>;
  on?: string;
  policy?: PolicyText;
}

function rule(said: Partial<RecordedNotice>, { dossier, on = "2026-12-31", policy = text }: Asked = {}) {
  const notice: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", ...said };
  return ruleNotice(factsOf(bookOf(policy), dossier), "c-1", notice, asOf(on));
}

const received = (day: string, id = "n-1") => [{ path: `notices/${id}/receivedOn`, value: day }];
const counting = [
  { id: "receipt", chosen: "received" },
  { id: "notice-counting", chosen: "calendar-days" },
];
const reason = (clause: string, condition: string, result: string, finding: string, facts: unknown[], cure: string | null = null) => ({
  clause,
  condition,
  result,
  finding,
  facts,
  cure: cure === null ? null : { says: cure, clause, price: null },
});

const endsOnDay = "once it is known which support it ends and when, record that day as `coveredUntil` of the lines of contract `c-1`";

describe("non-renewal", () => {
  test("last day in time", () => {
    expect(rule({ receivedOn: "2026-11-16" })).toEqual({
      ruling: "valid",
      effect: "Support of the contract ends with 2026-12-31 and does not renew.",
      effectiveOn: "2026-12-31",
      maximum: null,
      reasons: [reason("7.2", "notice-time", "pass", "received on 2026-11-16, in time through 2026-11-16", received("2026-11-16"))],
      missing: [],
      readings: counting,
    });
  });
  test("a license added on 2026-04-01 for twelve months outlasts the rest, and is named", () => {
    const initial: NonNullable<PolicyText["clauses"]>[number] = {
      id: "7.4",
      says: "added",
      formulas: [{ formula: "initial-period", months: 12, outlasts: "initial-period" }],
    };
    const lines = [
      { licenseId: "l-1", annualFee: chf("1000.00") },
      { licenseId: "l-2", annualFee: chf("1000.00"), coveredFrom: "2026-04-01" },
    ];
    const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"], { lines })] };
    expect(rule({ receivedOn: "2026-11-16" }, { dossier, policy: { ...text, clauses: [...(text.clauses ?? []), initial] } })).toMatchObject({
      ruling: "valid",
      effect:
        "Support of the contract ends with 2026-12-31 and does not renew, except for initial periods that were bought: that of l-2 through 2027-03-31.",
      effectiveOn: "2026-12-31",
    });
  });
  test("day after: it renews on the first day of the next term", () => {
    expect(rule({ receivedOn: "2026-11-17" })).toEqual({
      ruling: "late",
      effect: "No effect: the contract renews on 2027-01-01.",
      effectiveOn: null,
      maximum: null,
      reasons: [
        reason(
          "7.2",
          "notice-time",
          "fail",
          "received on 2026-11-17, after the last day in time, 2026-11-16",
          received("2026-11-17"),
          "give notice anew by email or letter, received by 2027-11-16: it ends support with 2027-12-31",
        ),
      ],
      missing: [],
      readings: [...counting, { id: "late-notice", chosen: "literal" }],
    });
  });
  test("not in writing", () => {
    const forms = "email or letter";
    expect(rule({ form: "phone", receivedOn: "2026-11-17" })).toMatchObject({
      ruling: "wrong-form",
      effect: `No effect: notice by phone is not written notice; it must come by ${forms}.`,
      effectiveOn: null,
      reasons: [
        reason(
          "7.2",
          "notice-form",
          "fail",
          `notice by phone is not written notice; it must come by ${forms}`,
          [{ path: "notices/n-1/form", value: "phone" }],
          `give notice anew by ${forms}, received by 2027-11-16: it ends support with 2027-12-31`,
        ),
      ],
      missing: [],
    });
  });
  describe("a cure names a day that can still be met", () => {
    const cures = (said: Partial<RecordedNotice>, on: string, asked: Asked = {}) =>
      rule(said, { ...asked, on }).reasons.map(({ cure }) => cure?.says ?? null);
    const byPhone = { form: "phone" as const, receivedOn: "2026-06-01" };
    const next = "give notice anew by email or letter, received by 2027-11-16: it ends support with 2027-12-31";

    test("through the last day in time, that day; the day after, the next term's", () => {
      expect(cures(byPhone, "2026-11-15")).toEqual(["give notice by email or letter, received by 2026-11-16"]);
      expect(cures(byPhone, "2026-11-16")).toEqual(["give notice by email or letter, received by 2026-11-16"]);
      expect(cures(byPhone, "2026-11-17")).toEqual([next]);
    });
    test("years later the term that runs then, and the one after where its day has passed as well", () => {
      expect(cures(byPhone, "2027-11-16")).toEqual([next]);
      expect(cures(byPhone, "2027-11-17")).toEqual(["give notice anew by email or letter, received by 2028-11-16: it ends support with 2028-12-31"]);
    });
    test("before the first term, that of the first one", () => {
      expect(cures({ form: "phone", receivedOn: "2025-12-01" }, "2025-12-01")).toEqual(["give notice by email or letter, received by 2026-11-16"]);
    });
    test("none where the contract ends anyway", () => {
      const valid: RecordedNotice = { noticeId: "n-0", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2026-05-01" };
      expect(cures(byPhone, "2026-11-15", { dossier: { notices: [valid] } })).toEqual([null]);
      const agreed = contract("c-1", ["l-1"], { settings: { autoRenew: false } });
      expect(cures(byPhone, "2026-11-15", { dossier: { contracts: [agreed] } })).toEqual([null]);
    });
    test("none for a late notice that counts for the next term by agreement", () => {
      const agreed = contract("c-1", ["l-1"], { settings: { readings: { "late-notice": "counts-for-next-term" } } });
      expect(cures({ receivedOn: "2026-11-17" }, "2026-11-20", { dossier: { contracts: [agreed] } })).toEqual([null]);
    });
    test("of what a notice left out", () => {
      const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])] };
      const half = { receivedOn: "2026-11-16", licenseIds: ["l-1"] };
      expect(cures(half, "2026-11-16", { dossier })).toEqual(["give notice for l-2 as well, received by 2026-11-16", null]);
      expect(cures(half, "2026-11-17", { dossier })).toEqual([
        "give notice anew for l-2 as well, received by 2027-11-16: it ends support with 2027-12-31",
        null,
      ]);
    });
  });
  test("of licenses by name", () => {
    const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])] };
    expect(rule({ receivedOn: "2026-11-16", licenseIds: ["l-1", "l-2"] }, { dossier }).effect).toBe(
      "Support of l-1, l-2 ends with 2026-12-31 and does not renew.",
    );
    expect(rule({ receivedOn: "2026-11-17", licenseIds: ["l-1", "l-2"] }, { dossier }).effect).toBe("No effect: l-1, l-2 renew on 2027-01-01.");
  });
  test("of more than ten, ten are named", () => {
    const ids = Array.from({ length: 12 }, (_, index) => `l-${index + 10}`);
    const dossier = { licenses: ids.map((id) => license(id)), contracts: [contract("c-1", ids)] };
    expect(rule({ receivedOn: "2026-11-16", licenseIds: ids }, { dossier }).effect).toBe(
      "Support of l-10, l-11, l-12, l-13, l-14, l-15, l-16, l-17, l-18, l-19 and 2 more ends with 2026-12-31 and does not renew.",
    );
  });
  test("of a part of a product line", () => {
    const ids = Array.from({ length: 52 }, (_, index) => `l-${index + 10}`);
    const dossier = { licenses: ["l-1", ...ids].map((id) => license(id)), contracts: [contract("c-1", ["l-1", ...ids])] };
    const ten = "l-10, l-11, l-12, l-13, l-14, l-15, l-16, l-17, l-18, l-19 and 42 more";
    expect(rule({ receivedOn: "2026-11-16", licenseIds: ["l-1"] }, { dossier, on: "2026-11-16" })).toEqual({
      ruling: "partial",
      effect: `No effect: the notice leaves out ${ten} of product line \`tools\`.`,
      effectiveOn: null,
      maximum: null,
      reasons: [
        reason(
          "7.1",
          "whole-non-renewal",
          "fail",
          `the notice leaves out ${ten} of product line \`tools\``,
          ids.slice(0, 50).map((id) => ({ path: `licenses/${id}`, value: null })),
          `give notice for ${ten} as well, received by 2026-11-16`,
        ),
        reason("7.2", "notice-time", "pass", "received on 2026-11-16, in time through 2026-11-16", received("2026-11-16")),
      ],
      missing: [],
      readings: counting,
    });
  });
  test("of parts of two product lines: a reason for each", () => {
    const licenses = [license("l-1"), license("l-2"), license("l-3", { productId: "p-2" }), license("l-4", { productId: "p-2" })];
    const dossier = { licenses, contracts: [contract("c-1", ["l-1", "l-2", "l-3", "l-4"])] };
    const facts = factsOf(bookOf(text), dossier, { products: [product("p-1"), product("p-2", { productLine: "games" })] });
    const notice: RecordedNotice = {
      noticeId: "n-1",
      contractId: "c-1",
      kind: "non-renewal",
      form: "email",
      receivedOn: "2026-11-16",
      licenseIds: ["l-1", "l-3"],
    };
    expect(ruleNotice(facts, "c-1", notice, asOf("2026-11-16")).reasons.map(({ finding }) => finding)).toEqual([
      "the notice leaves out l-2 of product line `tools`",
      "the notice leaves out l-4 of product line `games`",
      "received on 2026-11-16, in time through 2026-11-16",
    ]);
  });
  test("where a product line is not recorded nobody can say whether it is whole", () => {
    const licenses = [license("l-1"), license("l-2", { productId: "p-9" })];
    const finding = "whether l-2 belongs to the same product line or bundle is not recorded";
    expect(rule({ receivedOn: "2026-11-16", licenseIds: ["l-1"] }, { dossier: { licenses, contracts: [contract("c-1", ["l-1", "l-2"])] } })).toEqual({
      ruling: "undetermined",
      effect: `Undetermined: ${finding}.`,
      effectiveOn: null,
      maximum: null,
      reasons: [
        reason("7.2", "whole-non-renewal", "unknown", finding, []),
        reason("7.2", "notice-time", "pass", "received on 2026-11-16, in time through 2026-11-16", received("2026-11-16")),
      ],
      missing: [{ what: finding, clause: "7.2" }],
      readings: counting,
    });
  });
  test("of more than ten such, ten are named", () => {
    const ids = Array.from({ length: 12 }, (_, index) => `l-${index + 10}`);
    const licenses = [license("l-1"), ...ids.map((id) => license(id, { productId: "p-9" }))];
    const { reasons } = rule(
      { receivedOn: "2026-11-16", licenseIds: ["l-1"] },
      { dossier: { licenses, contracts: [contract("c-1", ["l-1", ...ids])] } },
    );
    expect(reasons[0].finding).toBe(
      "whether l-10, l-11, l-12, l-13, l-14, l-15, l-16, l-17, l-18, l-19 and 2 more belong to the same product line or bundle is not recorded",
    );
  });
  test("where the text says nothing of renewal it is not determined", () => {
    const finding = "what a notice of non-renewal does is not in the policy; missing: agreement";
    expect(rule({ receivedOn: "2026-11-16" }, { policy: {} })).toEqual({
      ruling: "undetermined",
      effect: `Undetermined: ${finding}; without it too the contract does not renew: it ends with 2026-12-31.`,
      effectiveOn: null,
      maximum: null,
      reasons: [{ ...reason("common", "notice", "unknown", finding, received("2026-11-16")), cure: { says: endsOnDay, clause: null, price: null } }],
      missing: [{ what: "agreement", clause: "common" }],
      readings: [],
    });
  });
  test.each([
    [
      "the day after its end",
      { covered: { otherwise: "fail" as const } },
      "2027-01-01",
      "; without it too the contract does not renew: it ended with 2026-12-31",
    ],
    ["what follows left to the agreement", { covered: { otherwise: "fail" as const, afterTerm: "unknown" as const } }, "2026-11-16", ""],
  ])("and where the text speaks of cover, %s", (_, { covered }, receivedOn, besides) => {
    const policy = { clauses: [{ id: "2", says: "cover", conditions: [{ condition: "covered" as const, ...covered }] }] };
    expect(rule({ receivedOn }, { policy }).effect).toBe(
      `Undetermined: what a notice of non-renewal does is not in the policy; missing: agreement${besides}.`,
    );
  });
  test("one received after the day that is asked about is ruled all the same", () => {
    expect(rule({ receivedOn: "2026-11-16" }, { on: "2026-06-01" })).toMatchObject({ ruling: "valid" });
  });
  test("the same notice on record is not counted twice, and a withdrawn one is ruled as given", () => {
    const recorded: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "phone", receivedOn: "2026-11-01" };
    expect(rule({ receivedOn: "2026-11-16", withdrawn: true }, { dossier: { notices: [recorded] } })).toMatchObject({ ruling: "valid" });
  });
  test("others on record are counted in", () => {
    const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])] };
    const other: RecordedNotice = {
      noticeId: "n-0",
      contractId: "c-1",
      kind: "non-renewal",
      form: "email",
      receivedOn: "2026-11-01",
      licenseIds: ["l-2"],
    };
    const half = { receivedOn: "2026-11-16", licenseIds: ["l-1"] };
    expect(rule(half, { dossier })).toMatchObject({ ruling: "partial" });
    expect(rule(half, { dossier: { ...dossier, notices: [other] } })).toMatchObject({ ruling: "valid", effectiveOn: "2026-12-31" });
    const later = { dossier: { ...dossier, notices: [{ ...other, receivedOn: "2026-11-10" }] } };
    expect(rule({ ...half, receivedOn: "2026-11-05" }, { ...later, on: "2026-11-09" })).toMatchObject({ ruling: "partial" });
    expect(rule({ ...half, receivedOn: "2026-11-05" }, { ...later, on: "2026-11-10" })).toMatchObject({ ruling: "valid" });
  });
});

describe("price increase", () => {
  const lines = [
    { licenseId: "l-1", annualFee: chf("1000.00") },
    { licenseId: "l-2", annualFee: chf("2000.00") },
  ];
  const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", [], { lines })] };
  const announce = (fees: Record<string, string>, receivedOn: string, policy = text) =>
    rule(
      { kind: "price-increase", receivedOn, newFees: Object.entries(fees).map(([licenseId, fee]) => ({ licenseId, annualFee: chf(fee) })) },
      { dossier, policy },
    );
  const time = (result: "pass" | "fail", day: string) =>
    reason(
      "7.6",
      "price-notice",
      result,
      result === "pass"
        ? `announced on ${day}, in time through 2026-11-01`
        : `announced on ${day}, after the last day in time, 2026-11-01; the term renews at the old fee`,
      received(day),
      result === "pass"
        ? null
        : "announce it anew, received by 2027-11-01, for the term that begins on 2028-01-01: at most 5 % above the fee then running",
    );
  const within = (from: string, to: string, most: string, day = "2026-11-01") =>
    reason("7.6", "price-cap", "pass", `from ${from} to ${to} is within the maximum ${most}`, received(day));
  const readings = [{ id: "cap", chosen: "lines-named" }, ...counting];

  test("last day in time, to the cap", () => {
    expect(announce({ "l-1": "1050.00" }, "2026-11-01")).toEqual({
      ruling: "valid",
      effect: "The fees of the lines named become CHF 1,050.00 a year from 2027-01-01.",
      effectiveOn: "2027-01-01",
      maximum: chf("1050.00"),
      reasons: [time("pass", "2026-11-01"), within("CHF 1,000.00", "CHF 1,050.00", "CHF 1,050.00")],
      missing: [],
      readings,
    });
  });
  test("a centime above the cap", () => {
    expect(announce({ "l-1": "1050.01" }, "2026-11-01")).toEqual({
      ruling: "over-cap",
      effect: "No effect: from CHF 1,000.00 to CHF 1,050.01 is above the maximum CHF 1,050.00; the old fee stays.",
      effectiveOn: null,
      maximum: chf("1050.00"),
      reasons: [
        time("pass", "2026-11-01"),
        reason(
          "7.6",
          "price-cap",
          "fail",
          "from CHF 1,000.00 to CHF 1,050.01 is above the maximum CHF 1,050.00; the old fee stays",
          received("2026-11-01"),
          "announce it anew, received by 2027-11-01, for the term that begins on 2028-01-01: at most 5 % above the fee then running",
        ),
      ],
      missing: [],
      readings,
    });
  });
  test("a day late, and within the cap", () => {
    expect(announce({ "l-1": "1050.00" }, "2026-11-02")).toEqual({
      ruling: "late",
      effect: "No effect: announced on 2026-11-02, after the last day in time, 2026-11-01; the term renews at the old fee.",
      effectiveOn: null,
      maximum: chf("1050.00"),
      reasons: [time("fail", "2026-11-02"), within("CHF 1,000.00", "CHF 1,050.00", "CHF 1,050.00", "2026-11-02")],
      missing: [],
      readings: [...readings, { id: "late-notice", chosen: "literal" }],
    });
  });
  describe("a cure names a day that can still be met", () => {
    const cures = (fee: string, receivedOn: string, on: string) =>
      rule({ kind: "price-increase", receivedOn, newFees: [{ licenseId: "l-1", annualFee: chf(fee) }] }, { dossier, on }).reasons.map(
        ({ cure }) => cure?.says ?? null,
      );
    const next = "announce it anew, received by 2027-11-01, for the term that begins on 2028-01-01: at most 5 % above the fee then running";

    test("over the cap: through the last day in time what may be announced; the day after, for the next term", () => {
      expect(cures("1050.01", "2026-10-30", "2026-11-01")).toEqual([null, "announce at most CHF 1,050.00, received by 2026-11-01"]);
      expect(cures("1050.01", "2026-10-30", "2026-11-02")).toEqual([null, next]);
    });
    test("late: for the next term", () => expect(cures("1050.00", "2026-11-02", "2026-11-02")).toEqual([next, null]));
  });

  describe("several announced for one day: the last received replaces the others", () => {
    const said = (noticeId: string, receivedOn: string, fees: Record<string, string>): RecordedNotice => ({
      noticeId,
      contractId: "c-1",
      kind: "price-increase",
      form: "email",
      receivedOn,
      newFees: Object.entries(fees).map(([licenseId, fee]) => ({ licenseId, annualFee: chf(fee) })),
    });
    const first = said("n-0", "2026-09-01", { "l-1": "1040.00", "l-2": "2080.00" });
    const second = said("n-1", "2026-10-01", { "l-1": "1050.00" });
    const replaced = (notice: RecordedNotice, others: RecordedNotice[], on = "2026-10-31") => {
      const { effect, reasons, ...rest } = rule(notice, { dossier: { ...dossier, notices: others }, on });
      return { effect, ruling: rest.ruling, finding: reasons.find(({ condition }) => condition === "price-notice-replaced")?.finding };
    };

    test("the later one says what it replaces, and which line it leaves at the old fee", () => {
      const finding = "replaces `n-0`, received on 2026-09-01, to CHF 3,120.00 a year; l-2, which it does not name, keeps the old fee";
      expect(replaced(second, [first])).toEqual({
        ruling: "valid",
        effect: `The fees of the lines named become CHF 1,050.00 a year from 2027-01-01; it ${finding}.`,
        finding,
      });
    });
    test("the earlier one says what replaces it, and has no effect any more", () => {
      const finding =
        "replaced by `n-1`, received on 2026-10-01, to CHF 1,050.00 a year from 2027-01-01: of several announced for one day the last received holds";
      expect(replaced(first, [second])).toEqual({ ruling: "valid", effect: `No effect any more: ${finding}.`, finding });
    });
    test("before the later one is received nothing replaces it", () => {
      expect(replaced(first, [second], "2026-09-30")).toMatchObject({
        effect: "The fees of the lines named become CHF 3,120.00 a year from 2027-01-01.",
        finding: undefined,
      });
    });
    test("one that is late, over the cap or withdrawn replaces nothing", () => {
      for (const without of [
        said("n-2", "2026-11-02", { "l-1": "1010.00" }),
        said("n-2", "2026-10-15", { "l-1": "1050.01" }),
        { ...said("n-2", "2026-10-15", { "l-1": "1010.00" }), withdrawn: true },
      ])
        expect(replaced(second, [without], "2026-11-20").finding).toBeUndefined();
    });
    test("of three the middle one names the last", () => {
      const third = said("n-9", "2026-10-20", { "l-1": "1030.00", "l-2": "2030.00" });
      expect(replaced(second, [first, third]).finding).toContain("replaced by `n-9`, received on 2026-10-20, to CHF 3,060.00 a year");
      expect(replaced(third, [first, second]).finding).toBe(
        "replaces `n-0`, received on 2026-09-01, to CHF 3,120.00 a year; `n-1`, received on 2026-10-01, to CHF 1,050.00 a year",
      );
    });
  });
  test("a line that alone rises by more is told of, where the total is within", () => {
    const { ruling, reasons } = announce({ "l-1": "1100.00", "l-2": "2050.00" }, "2026-11-01");
    expect(ruling).toBe("valid");
    expect(reasons.slice(1)).toEqual([
      within("CHF 3,000.00", "CHF 3,150.00", "CHF 3,150.00"),
      reason(
        "7.6",
        "price-cap-line",
        "info",
        "`l-1` alone rises from CHF 1,000.00 to CHF 1,100.00, above CHF 1,050.00; the cap is tested on the total",
        received("2026-11-01"),
      ),
    ]);
  });
  test("and is not, where the total is above", () => expect(announce({ "l-1": "1100.00", "l-2": "2051.00" }, "2026-11-01").reasons).toHaveLength(2));
  test("tested on the whole contract, one line may rise by more", () => {
    expect(announce({ "l-1": "1150.00" }, "2026-11-01", { ...text, choices: { cap: "literal" } })).toMatchObject({
      ruling: "valid",
      effect: "The fees of the lines named become CHF 1,150.00 a year from 2027-01-01.",
      maximum: chf("1150.00"),
    });
  });
  test("tested on the whole contract, a line alone may use what the others leave: five percent of 3,000", () => {
    expect(announce({ "l-1": "1150.01" }, "2026-11-01", { ...text, choices: { cap: "literal" } })).toMatchObject({
      ruling: "over-cap",
      maximum: chf("1150.00"),
    });
  });
  describe("a fee that does not rise is no increase: neither late nor capped", () => {
    const finding = (day: string) => `announced on ${day}; the fees of the lines named do not rise in total, and no notice of that is needed`;
    test.each([
      ["a day late, unchanged", { "l-1": "1000.00" }, "2026-11-02", "CHF 1,000.00"],
      ["on the last day of the term, lower", { "l-1": "999.99" }, "2026-12-31", "CHF 999.99"],
      ["one up, the other down", { "l-1": "1100.00", "l-2": "1900.00" }, "2026-12-31", "CHF 3,000.00"],
    ])("%s: from the next term on", (_, fees, day, sum) => {
      const { ruling, effect, effectiveOn, reasons, readings } = announce(fees, day);
      expect([ruling, effectiveOn]).toEqual(["valid", "2027-01-01"]);
      expect(effect).toBe(`The fees of the lines named become ${sum} a year from 2027-01-01.`);
      expect(reasons[0]).toMatchObject({ condition: "price-notice", result: "pass", finding: finding(day), cure: null });
      expect(readings).toEqual([{ id: "cap", chosen: "lines-named" }, ...counting]);
    });
    test("a centime more, a day late: late", () => {
      expect(announce({ "l-1": "1000.01" }, "2026-11-02")).toMatchObject({ ruling: "late", effectiveOn: null });
      expect(announce({ "l-1": "1100.01", "l-2": "1900.00" }, "2026-11-02")).toMatchObject({ ruling: "late", effectiveOn: null });
    });
  });
  test("fifty such lines are told of", () => {
    const ids = Array.from({ length: 52 }, (_, index) => `l-${index + 10}`);
    const many = { licenses: ids.map((id) => license(id)), contracts: [contract("c-1", ids)] };
    const newFees = ids.map((licenseId, index) => ({ licenseId, annualFee: chf(index === 51 ? "900.00" : "1051.00") }));
    const { ruling, reasons } = rule({ kind: "price-increase", receivedOn: "2026-11-01", newFees }, { dossier: many });
    expect([ruling, reasons.length]).toEqual(["valid", 52]);
  });
  test("where the text says nothing of it, it is not determined", () => {
    const finding = "what a notice of price-increase does is not in the policy; missing: agreement";
    const says = "once it is known from when the new fees hold, record the term that begins then, with its fees, as a contract";
    expect(announce({ "l-1": "1050.00" }, "2026-11-01", {})).toEqual({
      ruling: "undetermined",
      effect: `Undetermined: ${finding}.`,
      effectiveOn: null,
      maximum: null,
      reasons: [{ ...reason("common", "notice", "unknown", finding, received("2026-11-01")), cure: { says, clause: null, price: null } }],
      missing: [{ what: "agreement", clause: "common" }],
      readings: [],
    });
  });
});

describe("what the text leaves to another document", () => {
  const left = (kind: string, missing: string, clause: string, says: string | null) => {
    const finding = `what a notice of ${kind} does is not in the policy; missing: ${missing}`;
    return {
      ruling: "undetermined",
      effect: `Undetermined: ${finding}.`,
      effectiveOn: null,
      maximum: null,
      reasons: [
        { ...reason(clause, "notice", "unknown", finding, received("2026-11-16")), cure: says === null ? null : { says, clause: null, price: null } },
      ],
      missing: [{ what: missing, clause }],
      readings: [],
    };
  };

  test("the document that it names", () => {
    expect(rule({ kind: "cancellation", receivedOn: "2026-11-16" })).toEqual(left("cancellation", "termination clause", "7.3", endsOnDay));
  });
  test("else the agreement", () => {
    expect(rule({ kind: "maintenance", receivedOn: "2026-11-16" }, { policy: {} })).toEqual(left("maintenance", "agreement", "common", null));
  });
});

describe("maintenance, 72 hours ahead", () => {
  const startsAt = "2026-06-10T12:00:00Z";
  const tell = (said: Partial<RecordedNotice>, zone: PolicyText = {}) =>
    rule({ kind: "maintenance", startsAt, ...said }, { policy: { ...text, ...zone } });
  const fact = (value: string | null = startsAt) => [{ path: "notices/n-1/startsAt", value }];
  const ruled = (
    ruling: string,
    effect: string,
    result: string,
    finding: string,
    missing: string[] = [],
    condition = "notice-time",
    facts = fact(),
  ) => ({
    ruling,
    effect,
    effectiveOn: null,
    maximum: null,
    reasons: [reason("9", condition, result, finding, facts)],
    missing: missing.map((what) => ({ what, clause: "9" })),
    readings: [],
  });
  const inZurich = (instant: string, local: string) => `${instant} (${local} Europe/Zurich)`;
  const starts = inZurich(startsAt, "Wed 2026-06-10 14:00");
  const latest = inZurich("2026-06-07T12:00:00Z", "Sun 2026-06-07 14:00");
  const inTime = (came: string, begins = starts, until = latest) =>
    ruled("valid", `The maintenance at ${begins} was announced in time.`, "pass", `${came}, in time through ${until}`);
  const late = (came: string, begins = starts, until = latest) =>
    ruled(
      "late",
      `The maintenance at ${begins} was announced less than 72 hours ahead.`,
      "fail",
      `${came}, after the last instant in time, ${until}`,
    );
  const open = (until = latest) => {
    const finding = `only the day of the notice is known, not the hour, and the time to give it ran out during that day, at ${until}`;
    return ruled("undetermined", `Undetermined: ${finding}.`, "unknown", finding, ["sentAt"]);
  };
  const second = inZurich("2026-06-07T12:00:01Z", "Sun 2026-06-07 14:00:01");

  test("sent to the last instant", () => {
    expect(tell({ sentAt: "2026-06-07T12:00:00Z" })).toEqual(inTime(`sent at ${latest}`));
    expect(tell({ sentAt: "2026-06-07T12:00:01Z" })).toEqual(late(`sent at ${second}`));
  });
  test("else received to it", () => {
    expect(tell({ receivedAt: "2026-06-07T12:00:00Z" })).toEqual(inTime(`received at ${latest}`));
    expect(tell({ receivedAt: "2026-06-07T12:00:01Z" })).toEqual(late(`received at ${second}`));
    expect(tell({ sentAt: "2026-06-07T12:00:00Z", receivedAt: "2026-06-07T12:00:01Z" })).toEqual(inTime(`sent at ${latest}`));
  });
  test("of a day alone: the day before decides, the day itself leaves it open, the day after decides", () => {
    expect(tell({ receivedOn: "2026-06-06" })).toEqual(inTime("received on 2026-06-06"));
    expect(tell({ receivedOn: "2026-06-07" })).toEqual(open());
    expect(tell({ receivedOn: "2026-06-08" })).toEqual(late("received on 2026-06-08"));
  });
  test("the days are those of the zone: 22:00Z is midnight in Zurich", () => {
    expect(tell({ receivedOn: "2026-06-07", startsAt: "2026-06-10T22:00:00Z" })).toMatchObject({ ruling: "valid" });
    expect(tell({ receivedOn: "2026-06-07", startsAt: "2026-06-10T21:59:59Z" })).toMatchObject({ ruling: "undetermined" });
    expect(tell({ receivedOn: "2026-06-08", startsAt: "2026-06-10T22:00:00Z" })).toMatchObject({ ruling: "undetermined" });
    expect(tell({ receivedOn: "2026-06-08", startsAt: "2026-06-10T21:59:59Z" })).toMatchObject({ ruling: "late" });
  });
  test("without a zone the day before and the day after leave it open as well", () => {
    const none: PolicyText = { zone: null };
    const plain = [startsAt, "2026-06-07T12:00:00Z"] as const;
    expect(tell({ receivedOn: "2026-06-05" }, none)).toEqual(inTime("received on 2026-06-05", ...plain));
    for (const receivedOn of ["2026-06-06", "2026-06-07", "2026-06-08"]) expect(tell({ receivedOn }, none)).toEqual(open(plain[1]));
    expect(tell({ receivedOn: "2026-06-09" }, none)).toEqual(late("received on 2026-06-09", ...plain));
  });
  test("by another way", () => {
    const finding = "notice of maintenance comes by email, this one by phone";
    expect(tell({ form: "phone", sentAt: "2026-06-01T12:00:00Z" })).toEqual(
      ruled("wrong-form", `No effect: ${finding}.`, "fail", finding, [], "notice-form"),
    );
  });
  test("when it starts is not known", () => {
    expect(tell({ sentAt: "2026-06-01T12:00:00Z", startsAt: undefined })).toEqual(
      ruled(
        "undetermined",
        "Undetermined: when the maintenance begins is not known.",
        "unknown",
        "when the maintenance begins is not known",
        ["startsAt"],
        "notice-time",
        fact(null),
      ),
    );
  });
});

describe("what cannot be ruled", () => {
  test("a contract that the account does not have", () => {
    const notice: RecordedNotice = { noticeId: "n-1", contractId: "c-9", kind: "non-renewal", form: "email", receivedOn: "2026-11-16" };
    expect(() => ruleNotice(factsOf(bookOf(text)), "c-9", notice, asOf("2026-12-31"))).toThrow(
      new Refused("contract-unknown", [{ pointer: "/contractId", detail: "no contract `c-9` in the account" }]),
    );
  });
  test("a license that the contract does not name", () => {
    expect(() => rule({ receivedOn: "2026-11-16", licenseIds: ["l-9"] })).toThrow(
      new Refused("notice-contradicts-contract", [{ pointer: "/licenseIds/0", detail: "license `l-9` is not on contract `c-1`" }]),
    );
  });
});

describe("two contracts of one product line", () => {
  // c-1 ends with 2026-12-31: notice through 2026-11-16. c-2 ends with 2027-06-30: through 2027-05-16 (7.2: 45 days).
  const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-2"], { term: { firstDay: "2026-07-01", lastDay: "2027-06-30" } })];
  const dossier = { licenses: [license("l-1"), license("l-2")], contracts };
  const first = { receivedOn: "2026-11-10" };
  const both = (receivedOn: string): Partial<Dossier> => ({
    ...dossier,
    notices: [{ noticeId: "n-2", contractId: "c-2", kind: "non-renewal", form: "email", receivedOn }],
  });
  test("a partial notice is completed through its own last day for notice, and no day later", () => {
    expect(rule(first, { dossier: both("2026-11-16"), on: "2026-12-31" })).toMatchObject({ ruling: "valid", effectiveOn: "2026-12-31" });
    expect(rule(first, { dossier: both("2026-11-17"), on: "2026-12-31" })).toMatchObject({ ruling: "partial", effectiveOn: null });
    expect(rule(first, { dossier: both("2026-12-31"), on: "2026-12-31" })).toMatchObject({ ruling: "partial", effectiveOn: null });
  });
  test("the cure names the contract and the earliest last day; after it, the days that are in time under both", () => {
    const cure = (on: string) => rule(first, { dossier, on }).reasons[0].cure?.says;
    expect(cure("2026-11-16")).toBe("give notice for l-2 on contract `c-2` as well, received by 2026-11-16");
    expect(cure("2026-11-17")).toBe(
      "give notice anew for l-2 on contract `c-2` as well, all received from 2027-01-01 through 2027-05-16: it ends support under contract `c-1` with 2027-12-31, under contract `c-2` with 2027-06-30",
    );
  });
});
