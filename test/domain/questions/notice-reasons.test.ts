/** What a notice leaves out and how it still becomes whole, and what an increase cannot reach: cures with days that can be met. */
import { describe, expect, test } from "vitest";
import type { Dossier, HeldContract, RecordedNotice } from "../../../domain/facts.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { chf, contract, license, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

/** Renews unless noticed so many days before the end (45), for a whole product line; fees rise by 5 % at most, announced 60 days before. */
const policyWith = (noticeDays = 45, licenseKinds?: "perpetual"[]): PolicyText => ({
  clauses: [
    { id: "7.1", says: "whole", formulas: [{ formula: "whole-non-renewal", group: "product-line" }] },
    {
      id: "7.2",
      says: "renews",
      formulas: [{ formula: "renewal", months: 12, noticeDays, forms: ["email"], ...(licenseKinds && { licenseKinds }) }],
    },
    { id: "7.6", says: "increase", formulas: [{ formula: "price-cap", noticeDays: 60, mostBasisPoints: 500, testedOn: "lines-named" }] },
  ],
});
const licenses = ["l-1", "l-2", "l-3"].map((id) => license(id));
const notice = (said: Partial<RecordedNotice>): RecordedNotice => ({
  noticeId: "n-1",
  contractId: "c-1",
  kind: "non-renewal",
  form: "email",
  receivedOn: "2026-09-20",
  ...said,
});
interface Asked {
  dossier: Partial<Dossier>;
  on?: string;
  policy?: PolicyText;
}
const factsWith = ({ dossier, policy = policyWith() }: Asked) => factsOf(bookOf(policy), { licenses, ...dossier });
const rule = (said: Partial<RecordedNotice>, asked: Asked) => ruleNotice(factsWith(asked), "c-1", notice(said), asOf(asked.on ?? "2026-09-20"));
const cures = (...asked: Parameters<typeof rule>) => rule(...asked).reasons.map(({ cure }) => cure?.says ?? null);
const over = (firstDay: string, lastDay: string, known: Partial<HeldContract> = {}) => ({
  ...contract("c-2", ["l-2"], { term: { firstDay, lastDay } }),
  ...known,
});

describe("a notice that leaves out what runs under another contract: how it becomes whole", () => {
  const first = contract("c-1", ["l-1"]);
  const beside = (second: HeldContract, on?: string, policy?: PolicyText) =>
    cures({}, { dossier: { contracts: [first, second] }, ...(on && { on }), ...(policy && { policy }) })[0];
  const asWell = "give notice for l-2 on contract `c-2` as well, received";

  test("through the earlier of their last days, 45 days before 30 November or before 31 December", () => {
    expect(beside(over("2025-12-01", "2026-11-30"))).toBe(`${asWell} by 2026-10-16`);
    expect(beside(over("2026-02-01", "2027-01-31"))).toBe(`${asWell} by 2026-11-16`);
    expect(beside(over("2026-01-01", "2026-12-31"))).toBe(`${asWell} by 2026-11-16`);
  });
  test("the other's term can be reached no more: from the day on which its next one begins", () => {
    expect(beside(over("2025-11-01", "2026-10-31"))).toBe(`${asWell} from 2026-11-01 through 2026-11-16`);
    expect(beside(over("2025-11-01", "2026-10-31"), "2026-10-31")).toBe(`${asWell} from 2026-11-01 through 2026-11-16`);
    expect(beside(over("2025-11-01", "2026-10-31"), "2026-11-01")).toBe(`${asWell} by 2026-11-16`);
  });
  test("that may leave a single day, on which it must be received", () => {
    expect(beside(over("2025-11-16", "2026-11-15"), "2026-10-05")).toBe(`${asWell} on 2026-11-16`);
  });
  test("a day later it leaves none, and all is to be given anew", () => {
    // 45 days before 16 November 2027 is 2 October.
    expect(beside(over("2025-11-17", "2026-11-16"), "2026-10-05")).toBe(
      "give notice anew for l-2 on contract `c-2` as well, all received from 2027-01-01 through 2027-10-02: it ends support under contract `c-1` with 2027-12-31, under contract `c-2` with 2027-11-16",
    );
  });
  test("nothing, where their days for notice never meet", () => {
    const asked = { dossier: { contracts: [first, over("2025-07-01", "2026-06-30")] }, policy: policyWith(300), on: "2026-02-01" };
    const [reason] = rule({ receivedOn: "2026-02-01" }, asked).reasons;
    expect(reason).toMatchObject({ condition: "whole-non-renewal", result: "fail", cure: null });
  });
  test("nothing, where what it names ends anyway", () => {
    const ending = contract("c-1", ["l-1"], { settings: { autoRenew: false } });
    const [reason] = rule({}, { dossier: { contracts: [ending, over("2026-01-01", "2026-12-31")] } }).reasons;
    expect(reason).toMatchObject({ condition: "whole-non-renewal", result: "fail", cure: null });
  });
});

describe("a notice that leaves out several licenses", () => {
  test("names them by contract", () => {
    const contracts = [contract("c-1", ["l-1", "l-2"]), contract("c-2", ["l-3"])];
    expect(cures({ licenseIds: ["l-1"] }, { dossier: { contracts } })[0]).toBe(
      "give notice for l-2 and l-3 on contract `c-2` as well, received by 2026-11-16",
    );
  });
  test("less those that are given up by the day on which somebody asks", () => {
    const contracts = [contract("c-1", ["l-1", "l-2", "l-3"])];
    const left = (on: string, held = licenses) => {
      const [reason] = rule({ licenseIds: ["l-1"] }, { dossier: { licenses: held, contracts }, on }).reasons;
      return [reason.finding, reason.cure?.says];
    };
    const retired = [license("l-1"), license("l-2", { retiredOn: "2026-10-01" }), license("l-3")];
    const finding = "the notice leaves out l-2, l-3 of product line `tools`";
    expect(left("2026-10-01")).toEqual([finding, "give notice for l-2, l-3 as well, received by 2026-11-16"]);
    expect(left("2026-09-30", retired)).toEqual([finding, "give notice for l-2, l-3 as well, received by 2026-11-16"]);
    expect(left("2026-10-01", retired)).toEqual([finding, "give notice for l-3 as well, received by 2026-11-16"]);
  });
});

describe("a notice about what does not renew by itself", () => {
  const runs = license("l-1", { kind: "subscription", termLastDay: "2026-10-31" });
  const asked = (on: string): Asked => ({
    dossier: { licenses: [runs, license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])] },
    policy: policyWith(45, ["perpetual"]),
    on,
  });
  const time = (receivedOn: string) => {
    const { reasons } = rule({ receivedOn, licenseIds: ["l-1"] }, asked(receivedOn));
    const { result, finding, cure } = reasons.find(({ condition }) => condition === "notice-time")!;
    return { result, finding, cure };
  };
  test("says when that ends; after it, that it was over", () => {
    const ends = (day: string) => `received on ${day}; what it is about does not renew by itself: it ends with 2026-10-31, and no notice is needed`;
    expect(time("2026-10-30")).toEqual({ result: "pass", finding: ends("2026-10-30"), cure: null });
    expect(time("2026-10-31")).toEqual({ result: "pass", finding: ends("2026-10-31"), cure: null });
    expect(time("2026-11-01")).toEqual({
      result: "fail",
      finding: "received on 2026-11-01, too late: nothing that it is about renews after 2026-10-31",
      cure: null,
    });
  });
  test("so that none is late, and it ends when it ends", () => {
    const ruled = (receivedOn: string) => {
      const { ruling, effect, effectiveOn } = rule({ receivedOn, licenseIds: ["l-1"] }, asked(receivedOn));
      return [ruling, effectiveOn, effect];
    };
    const valid = ["valid", "2026-10-31", "Support of l-1 ends with 2026-10-31 and does not renew."];
    expect(ruled("2026-10-30")).toEqual(valid);
    expect(ruled("2026-10-31")).toEqual(valid);
    expect(ruled("2026-11-01")).toEqual(["late", null, "No effect: support of l-1 ended with 2026-10-31 and does not renew."]);
  });
  test("beside what renews, that is what it ends", () => {
    const { dossier, policy, on } = asked("2026-11-17");
    const both = (receivedOn: string) => rule({ receivedOn }, { dossier, policy: policy!, on: on! });
    expect(both("2026-10-31")).toMatchObject({ ruling: "valid", effectiveOn: "2026-12-31" });
    expect(both("2026-11-17")).toMatchObject({ ruling: "late", effectiveOn: null });
  });
  test("nor is one anew asked for while the rest of the contract goes on", () => {
    const { dossier, policy } = asked("2026-11-01");
    const facts = factsWith({ dossier: { ...dossier, notices: [notice({ receivedOn: "2026-11-01", licenseIds: ["l-1"] })] }, policy: policy! });
    const { status, reasons } = outlookRenewal(facts, "c-1", asOf("2026-11-20"));
    expect(status).toBe("current");
    expect(reasons.filter(({ condition }) => condition === "notice-time")).toMatchObject([{ result: "fail", cure: null }]);
  });
});

test("a late notice that counts for the next term asks for none anew, while the rest of the contract goes on", () => {
  const two = [license("l-1"), license("l-2", { productId: "p-2" })];
  const counts = contract("c-1", ["l-1", "l-2"], { settings: { readings: { "late-notice": "counts-for-next-term" } } });
  const notices = [notice({ receivedOn: "2026-11-20", licenseIds: ["l-1"] })];
  const facts = factsOf(
    bookOf(policyWith()),
    { licenses: two, contracts: [counts], notices },
    { products: [product("p-1"), product("p-2", { productLine: "games" })] },
  );
  expect(outlookRenewal(facts, "c-1", asOf("2026-11-25")).reasons.filter(({ condition }) => condition === "notice-time")).toMatchObject([
    {
      result: "fail",
      finding: "received on 2026-11-20, after the last day in time, 2026-11-16; it counts for the term after, which it ends with 2027-12-31",
      cure: null,
    },
  ]);
});

describe("an increase", () => {
  const raised = (fees: Record<string, string>, said: Partial<RecordedNotice> = {}) =>
    notice({ kind: "price-increase", newFees: Object.entries(fees).map(([licenseId, fee]) => ({ licenseId, annualFee: chf(fee) })), ...said });
  const ruled = (announced: RecordedNotice, asked: Asked) => rule(announced, asked).reasons;
  const lines = (...until: (string | undefined)[]) =>
    contract("c-1", ["l-1", "l-2", "l-3"]).lines.map((line, n) => (until[n] === undefined ? line : { ...line, coveredUntil: until[n] }));
  const all = { "l-1": "1050.00", "l-2": "1050.00", "l-3": "1050.00" };
  const reaches = (...until: (string | undefined)[]) =>
    ruled(raised(all), { dossier: { contracts: [{ ...contract("c-1", []), lines: lines(...until) }] } })
      .filter(({ condition }) => condition === "price-next-term")
      .map(({ finding }) => finding);

  test("does not reach lines that end with the term or before, and says of all the last of their days", () => {
    expect(reaches("2026-12-31", "2026-10-31", "2026-11-30")).toEqual(["support of the lines named ends with 2026-12-31, and no term follows"]);
    expect(reaches("2026-10-31", "2026-12-31", "2026-11-30")).toEqual(["support of the lines named ends with 2026-12-31, and no term follows"]);
    expect(reaches(undefined, "2026-12-31", "2026-11-30")).toEqual(["support of l-2, l-3 ends with 2026-12-31: the new fee does not reach it"]);
    expect(reaches(undefined, "2027-01-01", undefined)).toEqual([]);
  });
  test("over the cap has no cure where nothing renews, even while it would be in time", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { autoRenew: false } })];
    const [time, ending, cap] = ruled(raised({ "l-1": "1050.01" }), { dossier: { contracts } });
    expect([time?.result, ending?.condition, cap?.result, cap?.cure]).toEqual(["pass", "price-next-term", "fail", null]);
  });
  test("both late and over the cap is to be announced anew, also by the day before it came", () => {
    const asked = { dossier: { contracts: [contract("c-1", ["l-1"])] }, on: "2026-10-01" };
    const anew = (day: string, begins: string) =>
      `announce it anew, received by ${day}, for the term that begins on ${begins}: at most 5 % above the fee then running`;
    const late = raised({ "l-1": "1050.01" }, { receivedOn: "2026-11-02" });
    expect(ruled(late, asked).map(({ cure }) => cure?.says)).toEqual([anew("2026-11-01", "2027-01-01"), anew("2026-11-01", "2027-01-01")]);
  });
  test("that is late and counts for the next term needs none anew", () => {
    const contracts = [contract("c-1", ["l-1"], { settings: { readings: { "late-notice": "counts-for-next-term" } } })];
    const asked = { dossier: { contracts }, on: "2026-11-05" };
    expect(ruled(raised({ "l-1": "1050.00" }, { receivedOn: "2026-11-02" }), asked).map(({ result, cure }) => [result, cure])).toEqual([
      ["fail", null],
      ["pass", null],
    ]);
  });

  describe("that replaces others", () => {
    const contracts = [contract("c-1", ["l-1", "l-2", "l-3"])];
    const replaced = (announced: RecordedNotice, notices: RecordedNotice[]) =>
      ruled(announced, { dossier: { contracts, notices } }).find(({ condition }) => condition === "price-notice-replaced")?.finding;
    test("names the licenses that keep the old fee, one or several", () => {
      const before = (fees: Record<string, string>) => raised(fees, { noticeId: "n-0", receivedOn: "2026-09-01" });
      const start = (sum: string) => `replaces \`n-0\`, received on 2026-09-01, to CHF ${sum} a year`;
      const again = raised({ "l-1": "1050.00" });
      expect(replaced(again, [before({ "l-1": "1040.00" })])).toBe(start("1,040.00"));
      expect(replaced(again, [before({ "l-1": "1040.00", "l-2": "1040.00" })])).toBe(
        `${start("2,080.00")}; l-2, which it does not name, keeps the old fee`,
      );
      expect(replaced(again, [before({ "l-2": "1040.00", "l-3": "1040.00" })])).toBe(
        `${start("2,080.00")}; l-2, l-3, which it does not name, keep the old fee`,
      );
    });
    test("of twelve names the last ten, and how many more", () => {
      const earlier = (count: number) =>
        Array.from({ length: count }, (_, n) => raised({ "l-1": "1040.00" }, { noticeId: `m-${n + 10}`, receivedOn: `2026-08-${n + 10}` }));
      const told = replaced(raised({ "l-1": "1050.00" }), earlier(12));
      expect(told).toMatch(
        /^replaces `m-12`, received on 2026-08-12, to CHF 1,040.00 a year; `m-13`.*; `m-21`, received on 2026-08-21, to CHF 1,040.00 a year; 2 more$/,
      );
      expect(replaced(raised({ "l-1": "1050.00" }), earlier(10))).not.toContain("more");
    });
  });
});
