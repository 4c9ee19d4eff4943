/** The lines of a reinstatement quote: missed fees, the new year's fee, what a price list states, and the share of their sum. */
import { describe, expect, test } from "vitest";
import type { HeldContract, RecordedNotice } from "../../../domain/facts.ts";
import type { QuoteLine } from "../../../domain/questions/quote.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { chf, contract, license, prices, product } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, type Sold, seller, sold } from "./quotable.ts";

interface Asked extends Sold {
  on?: string;
  reinstateOn?: string;
}

const quote = ({ on = "2027-01-15", reinstateOn = "2027-03-01", ...facts }: Asked = {}) =>
  quoteReinstatement(sold({ known: ending, ...facts }), { contractId: "c-1", reinstateOn }, asOf(on));
const part = (answer: { lines: QuoteLine[] }, name: QuoteLine["part"]) => answer.lines.filter((line) => line.part === name);
const amounts = (answer: { lines: QuoteLine[] }) => answer.lines.map((line) => `${line.part} ${line.amount.amount}`);
const choosing = (readings: Record<string, string>) => ({ settings: { autoRenew: false, readings } });
const nonRenewal = (receivedOn: string, known: Partial<RecordedNotice> = {}): RecordedNotice => ({
  noticeId: "n-1",
  contractId: "c-1",
  kind: "non-renewal",
  form: "email",
  receivedOn,
  ...known,
});

describe("missed fees", () => {
  test("none on the first day without cover, a day the day after", () => {
    expect(amounts(quote({ reinstateOn: "2027-01-01" }))).toEqual(["forward-fees 1500.00", "reinstatement-fee 375.00"]);
    const [back] = part(quote({ reinstateOn: "2027-01-02" }), "back-fees");
    expect(back).toMatchObject({
      firstDay: "2027-01-01",
      lastDay: "2027-01-01",
      days: 1,
      amount: chf("2.74"),
      formula: "CHF 1,000.00 a year for 1 day, 2027-01-01 to 2027-01-01, by the contract's twelve-month periods",
    });
  });
  test("as billed, are the annual fees that fell due", () => {
    const [back] = part(quote({ known: choosing({ accrual: "as-billed" }) }), "back-fees");
    expect(back).toMatchObject({
      days: 59,
      basis: chf("1000.00"),
      amount: chf("1000.00"),
      formula: "annual fees that fell due in the lapse, CHF 1,000.00 each",
    });
    const two = quote({ known: choosing({ accrual: "as-billed" }), reinstateOn: "2028-01-02" });
    expect(part(two, "back-fees")[0]).toMatchObject({ days: 366, amount: chf("2000.00") });
  });
  test("at the list of the first day without cover by another reading, or at the last fee where there is none", () => {
    const known = choosing({ rate: "literal" });
    const [first] = prices({ "p-1": "120.00" });
    const lists = [first, { ...first, priceListId: "pl-2", effectiveFrom: "2027-02-01", items: prices({ "p-1": "150.00" })[0]?.items }];
    const answer = quote({ known, catalog: { priceLists: lists as never } });
    // 1,200.00 × 59 ÷ 365 = 193.97; the year by the list of 2027-03-01.
    expect(amounts(answer)).toEqual(["back-fees 193.97", "forward-fees 1500.00", "reinstatement-fee 423.49"]);
    expect(part(quote({ known, catalog: {} }), "back-fees")[0]?.amount).toEqual(chf("161.64"));
  });
  test("at the fee raised by an increase that was valid before the lapse", () => {
    const increase: RecordedNotice = {
      noticeId: "n-0",
      contractId: "c-1",
      kind: "price-increase",
      form: "email",
      receivedOn: "2026-10-01",
      newFees: [{ licenseId: "l-1", annualFee: chf("1050.00") }],
    };
    const notices = [increase, nonRenewal("2027-11-16")];
    const answer = quote({ known: {}, dossier: { notices }, catalog: {}, on: "2028-01-15", reinstateOn: "2028-01-02" });
    // 1,050.00 ÷ 366 = 2.87; a quarter of 1,052.87 is 263.2175.
    expect(amounts(answer)).toEqual(["back-fees 2.87", "forward-fees 1050.00", "reinstatement-fee 263.22"]);
    const unknown = { ...increase, receivedOn: "2028-01-16" };
    expect(
      part(
        quote({ known: {}, dossier: { notices: [unknown, nonRenewal("2027-11-16")] }, catalog: {}, on: "2028-01-15", reinstateOn: "2028-01-02" }),
        "forward-fees",
      )[0]?.amount,
    ).toEqual(chf("1000.00"));
  });
  test("leave out what another contract covered, in two stretches", () => {
    const other = contract("c-2", ["l-1"], { ...ending, term: { firstDay: "2027-01-11", lastDay: "2027-01-20" } });
    const answer = quote({ dossier: { contracts: [contract("c-1", ["l-1"], ending), other] } });
    const [back] = part(answer, "back-fees");
    // 10 and 39 days: 1,000.00 × 49 ÷ 365.
    expect(back).toMatchObject({
      firstDay: "2027-01-01",
      lastDay: "2027-02-28",
      days: 49,
      amount: chf("134.25"),
      formula: "CHF 1,000.00 a year for 49 days, 2027-01-01 to 2027-01-10 and 2027-01-21 to 2027-02-28, by the contract's twelve-month periods",
    });
  });
  test("are none where the text has none", () => {
    const answer = quote({ policy: seller({ "back-fees": null }) });
    expect(amounts(answer)).toEqual(["forward-fees 1500.00", "reinstatement-fee 375.00"]);
    expect(answer.alternatives.map(({ option }) => option)).toEqual(["forward", "back", "all-applicable"]);
  });
});

describe("brought back before it ended", () => {
  const early = (readings: Record<string, string> = {}, reinstateOn = "2026-12-15") =>
    quote({ known: { settings: { readings } }, dossier: { notices: [nonRenewal("2026-11-16")] }, on: "2026-12-01", reinstateOn });

  test("after a notice: the year begins the day after the term, and the fee is assessed", () => {
    const answer = early();
    expect(amounts(answer)).toEqual(["forward-fees 1500.00", "reinstatement-fee 375.00"]);
    expect(answer.newTerm).toEqual({ firstDay: "2027-01-01", lastDay: "2027-12-31" });
    expect(part(answer, "forward-fees")[0]).toMatchObject({ firstDay: "2027-01-01", lastDay: "2027-12-31", days: 365 });
    expect(answer).toMatchObject({ status: "offered", total: chf("1875.00"), payBy: "2027-12-31" });
    expect(answer.alternatives).toContainEqual({ reading: "early", option: "waived", total: chf("1500.00") });
    expect(answer.readings).toContainEqual({ id: "early", chosen: "assessed" });
  });
  test("the other reading waives it", () => {
    const answer = early({ early: "waived" });
    expect(amounts(answer)).toEqual(["forward-fees 1500.00"]);
    expect(answer.alternatives).toContainEqual({ reading: "early", option: "assessed", total: chf("1875.00") });
  });
  test("the day of the request decides, not that of the reinstatement: asked on the last covered day it is early, the day after no more", () => {
    const ask = (on: string, reinstateOn: string) =>
      quote({ known: { settings: { readings: { early: "waived" } } }, dossier: { notices: [nonRenewal("2026-11-16")] }, on, reinstateOn });
    for (const reinstateOn of ["2026-12-31", "2027-01-01"]) {
      const answer = ask("2026-12-31", reinstateOn);
      expect(amounts(answer)).toEqual(["forward-fees 1500.00"]);
      expect(answer.alternatives).toContainEqual({ reading: "early", option: "assessed", total: chf("1875.00") });
      const late = ask("2027-01-01", reinstateOn);
      expect(amounts(late)).toEqual(["forward-fees 1500.00", "reinstatement-fee 375.00"]);
      expect(late.alternatives.map(({ reading }) => reading)).not.toContain("early");
    }
  });
  test("the new term begins with the earliest of the licenses", () => {
    const lines = contract("c-1", ["l-1", "l-2"]).lines.map((line) => (line.licenseId === "l-2" ? { ...line, coveredUntil: "2026-12-10" } : line));
    const dossier = {
      licenses: [license("l-1"), license("l-2")],
      contracts: [{ ...contract("c-1", []), lines }],
      notices: [nonRenewal("2026-11-16")],
    };
    const answer = quote({ dossier, on: "2026-12-01", reinstateOn: "2026-12-15" });
    expect(answer.newTerm).toEqual({ firstDay: "2026-12-15", lastDay: "2027-12-14" });
    expect(part(answer, "forward-fees").map(({ licenseId, firstDay }) => `${licenseId} ${firstDay}`)).toEqual(["l-1 2027-01-01", "l-2 2026-12-15"]);
    // One of the two is early: the reading counts.
    expect(answer.readings).toContainEqual({ id: "early", chosen: "assessed" });
    // 2026-12-11 to 2026-12-14.
    expect(part(answer, "back-fees")).toMatchObject([{ licenseId: "l-2", days: 4, amount: chf("10.96") }]);
  });
});

describe("the year's fee", () => {
  test("without a list is the last one, and the reading says so", () => {
    const answer = quote({ catalog: {} });
    expect(part(answer, "forward-fees")[0]).toMatchObject({
      basis: chf("1000.00"),
      amount: chf("1000.00"),
      formula: "last annual fee CHF 1,000.00; no price list is in force on 2027-03-01",
    });
    expect(answer.readings).toContainEqual({ id: "list-less", chosen: "last-fee" });
    expect(answer.reasons).toHaveLength(1);
  });
  test("without a list is not known where the text leaves no other", () => {
    const policy = seller({ "forward-fees": { formula: "forward-fees", months: 12, withoutList: "unknown" } });
    const answer = quote({ policy, catalog: {} });
    const what = "annual fee in the price list, for `p-1` on 2027-03-01";
    expect(answer).toMatchObject({ status: "undetermined", total: null, indicative: null, missing: [{ what, clause: "7.3(a)" }] });
    expect(answer.reasons.slice(1)).toEqual([
      {
        clause: "7.3(a)",
        condition: "price-list",
        result: "unknown",
        finding: `not recorded: ${what}`,
        facts: [{ path: "price-lists", value: null }],
        cure: { says: "record the price list", clause: "7.3(a)", price: null },
      },
    ]);
    expect(answer.alternatives.map(({ total }) => total)).toEqual([null, null, null, null, null]);
    // A license that is not recorded goes by its own id.
    expect(quote({ policy, dossier: { licenses: [] } }).missing[0]?.what).toBe("annual fee in the price list, for `l-1` on 2027-03-01");
  });
  test("of one seat", () => {
    const answer = quote({ dossier: { licenses: [license("l-1", { seats: 1 })] } });
    expect(part(answer, "forward-fees")[0]).toMatchObject({ amount: chf("150.00"), formula: "CHF 150.00 a seat × 1 seat, price list `pl-1`" });
  });
  test("is told of above the cap, not at it", () => {
    const flags = (perSeat: string) => quote({ catalog: { priceLists: prices({ "p-1": perSeat }) } }).reasons.length - 1;
    expect([flags("104.99"), flags("105.00"), flags("105.01")]).toEqual([0, 0, 1]);
    expect(quote({ policy: seller({ "price-cap": null }) }).reasons).toHaveLength(1);
  });
  test("is due only under the option that it stands under, which is then a reading to choose", () => {
    const policy = seller({
      "forward-fees": { formula: "forward-fees", months: 12, when: { reading: "early", is: "assessed" }, withoutList: "last-fee" },
    });
    const answer = quote({ policy });
    expect(answer.readings).toContainEqual({ id: "early", chosen: "assessed" });
    expect(answer.alternatives).toContainEqual({ reading: "early", option: "waived", total: chf("202.05") });
    const without = quote({ policy, known: choosing({ early: "waived" }) });
    expect(amounts(without)).toEqual(["back-fees 161.64", "reinstatement-fee 40.41"]);
    expect(without.readings).toContainEqual({ id: "early", chosen: "waived" });
  });
});

describe("a fee that the price list states", () => {
  const policy = seller({
    "back-fees": null,
    "reinstatement-fee": { formula: "listed-reinstatement-fee", missing: "reinstatement fee in the price list" },
  });
  const list = (known: object) => ({
    priceLists: prices({ "p-1": "150.00" }).map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, ...known })) })),
  });

  test("is by the seat, beside the year's fee", () => {
    const answer = quote({ policy, catalog: list({ reinstatementFeePerSeat: chf("30.00") }) });
    expect(amounts(answer)).toEqual(["reinstatement-fee 300.00", "forward-fees 1500.00"]);
    expect(answer.lines[0]).toEqual({
      part: "reinstatement-fee",
      licenseId: "l-1",
      firstDay: null,
      lastDay: null,
      days: null,
      basis: chf("30.00"),
      rate: null,
      amount: chf("300.00"),
      clause: "7.3(ii)",
      formula: "CHF 30.00 a seat × 10 seats, price list `pl-1`",
    });
    expect([answer.total, answer.alternatives]).toEqual([chf("1800.00"), []]);
  });
  test("is missing where no list states it, never zero", () => {
    const missing = [{ what: "reinstatement fee in the price list, for `p-1` on 2027-03-01", clause: "7.3(ii)" }];
    expect(quote({ policy })).toMatchObject({ status: "undetermined", total: null, missing });
    expect(quote({ policy, catalog: {} }).missing).toEqual(missing);
    expect(quote({ policy, dossier: { licenses: [] } }).missing[0]?.what).toBe("reinstatement fee in the price list, for `l-1` on 2027-03-01");
  });
});

describe("the share of everything else licensed", () => {
  const known = choosing({ base: "all-applicable" });
  const running: Partial<HeldContract> = { settings: {} };
  const beside = (other: HeldContract, more: object = {}) =>
    quote({ dossier: { licenses: [license("l-1"), license("l-2")], contracts: [{ ...contract("c-1", ["l-1"]), ...known }, other], ...more } });

  test("adds the annual fees of what is covered under the policy on that day", () => {
    const answer = beside({ ...contract("c-2", ["l-2"]), ...running });
    const [fee] = part(answer, "reinstatement-fee");
    // A quarter of 1,661.64 + 1,000.00.
    expect(fee).toMatchObject({
      basis: chf("2661.64"),
      amount: chf("665.41"),
      formula: "25 % of back fees, forward fees and the annual fees of everything else licensed, CHF 2,661.64",
    });
    expect(answer.total).toEqual(chf("2327.05"));
    // Without it: a quarter of what comes back alone.
    expect(answer.alternatives).toContainEqual({ reading: "base", option: "back-and-forward", total: chf("2077.05") });
  });
  test("of its own contract too, but not of what comes back", () => {
    const lines = contract("c-1", ["l-1", "l-2"]).lines.map((line) => (line.licenseId === "l-1" ? { ...line, coveredUntil: "2026-12-31" } : line));
    const own = { ...contract("c-1", []), lines, settings: { readings: { base: "all-applicable" } } };
    const answer = quote({ dossier: { licenses: [license("l-1"), license("l-2")], contracts: [own] } });
    expect(part(answer, "reinstatement-fee")[0]?.basis).toEqual(chf("2661.64"));
  });
  test("with the increases that are in force by then", () => {
    const increase: RecordedNotice = {
      noticeId: "n-0",
      contractId: "c-2",
      kind: "price-increase",
      form: "email",
      receivedOn: "2026-10-01",
      newFees: [{ licenseId: "l-2", annualFee: chf("1040.00") }],
    };
    const answer = beside({ ...contract("c-2", ["l-2"]), ...running }, { notices: [increase] });
    expect(part(answer, "reinstatement-fee")[0]?.basis).toEqual(chf("2701.64"));
  });
  test("leaves out what has ended, and other policies'", () => {
    const basis = (other: HeldContract) => part(beside(other), "reinstatement-fee")[0]?.basis;
    expect(basis({ ...contract("c-2", ["l-2"]), ...ending })).toEqual(chf("1661.64"));
    expect(basis({ ...contract("c-2", ["l-2"]), ...running, policyId: "other" })).toEqual(chf("1661.64"));
  });
  test("cannot be told in another currency: no total under that reading", () => {
    const euro: HeldContract = {
      ...contract("c-2", ["l-2"]),
      currency: "EUR",
      lines: [{ licenseId: "l-2", annualFee: { amount: "1000.00", currency: "EUR" } }],
    };
    const answer = quote({ dossier: { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1"], ending), euro] } });
    expect(answer.alternatives.filter(({ reading }) => reading === "base")).toEqual([
      { reading: "base", option: "forward", total: chf("2036.64") },
      { reading: "base", option: "back", total: chf("1702.05") },
      { reading: "base", option: "all-applicable", total: null },
    ]);
  });
  test("is of both, of the one or of the other, each said in words", () => {
    const words = (base: string) => part(quote({ known: choosing({ base }) }), "reinstatement-fee")[0]?.formula;
    expect([words("forward"), words("back")]).toEqual(["25 % of forward fees, CHF 1,500.00", "25 % of back fees, CHF 161.64"]);
  });
  test("is none where the text has none", () => {
    const answer = quote({ policy: seller({ "reinstatement-fee": null }) });
    expect(amounts(answer)).toEqual(["back-fees 161.64", "forward-fees 1500.00"]);
    expect([answer.total, answer.alternatives.map(({ reading }) => reading)]).toEqual([chf("1661.64"), ["accrual", "rate"]]);
  });
});

test("two licenses: each its lines, then one share of all that was rounded", () => {
  const dossier = {
    licenses: [license("l-1"), license("l-2", { productId: "p-2", seats: 3 })],
    contracts: [contract("c-1", ["l-1", "l-2"], ending)],
  };
  const answer = quote({ dossier, catalog: { products: [product("p-1"), product("p-2")], priceLists: prices({ "p-1": "150.00", "p-2": "99.99" }) } });
  // A quarter of 2 × 161.64 + 1,500.00 + 299.97 = 2,123.25 is 530.8125.
  expect(amounts(answer)).toEqual([
    "back-fees 161.64",
    "forward-fees 1500.00",
    "back-fees 161.64",
    "forward-fees 299.97",
    "reinstatement-fee 530.81",
  ]);
  expect(answer.total).toEqual(chf("2654.06"));
});
