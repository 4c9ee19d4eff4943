/** What accepting a reinstatement records, and when its facts have moved on since it was quoted. */
import { describe, expect, test } from "vitest";
import type { HeldContract, RecordedNotice, RecordedOffer } from "../../../domain/facts.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { accept } from "../../../domain/questions/quote-acceptance.ts";
import type { Recorded, StoredQuote } from "../../../domain/questions/quote-recorded.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { chf, contract, license } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, type Sold, seller, sold, year } from "./quotable.ts";

const id = "qt_0123456789ABCDEF";
const made = "c-1-6789ABCDEF";

interface Asked extends Sold {
  reinstateOn?: string;
  payOn?: string;
  on?: string;
}

function stored({ reinstateOn = "2027-03-01", payOn, on = "2027-01-15", ...facts }: Asked = {}): { facts: KnownFacts; quote: StoredQuote } {
  const known = sold({ known: ending, ...facts });
  const request = { contractId: "c-1", reinstateOn, ...(payOn === undefined ? {} : { payOn }) };
  const answer = quoteReinstatement(known, request, asOf(on));
  if (answer.status !== "offered") throw new Error(`got \`${answer.status}\`: ${answer.reasons[0].finding}`);
  return { facts: known, quote: { id, answer, request, asOf: asOf(on), day: on } };
}

const recorded = (asked?: Asked) => {
  const { facts, quote } = stored(asked);
  return accept(facts, quote, quote.day) as Recorded;
};
/** Accepted when more is known than when it was quoted. */
const since = (change: (facts: KnownFacts) => object, asked?: Asked, paidOn?: string) => {
  const { facts, quote } = stored(asked);
  return accept({ ...facts, dossier: { ...facts.dossier, ...change(facts) } }, quote, paidOn ?? quote.day);
};
const overtaken = (detail: string) => ({ code: "quote-overtaken", detail });
const agreed = { policyId: "acme-support", program: "gold", currency: "CHF", soldBy: "direct" };
const newTerm = { firstDay: "2027-03-01", lastDay: "2028-02-29" };

test("the whole of it: a contract of its own, for the term and at the fee that were quoted", () => {
  expect(recorded()).toEqual({
    licenses: [],
    contracts: [
      {
        contractId: made,
        document: { ...agreed, settings: { autoRenew: false }, term: newTerm, lines: [{ licenseId: "l-1", annualFee: chf("1500.00") }] },
      },
    ],
    reinstatedAs: [made],
  });
});

test("two licenses on one day share a contract; on two days each has its own", () => {
  const lines = contract("c-1", ["l-1", "l-2"]).lines.map((line) => (line.licenseId === "l-1" ? line : { ...line, coveredUntil: "2026-12-10" }));
  const notice: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2026-11-16" };
  const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [{ ...contract("c-1", []), lines }], notices: [notice] };
  const apart = recorded({ dossier, reinstateOn: "2026-12-15", on: "2026-12-01" });
  expect(apart.reinstatedAs).toEqual([made, `${made}-2`]);
  expect(apart.contracts.map(({ contractId, document }) => [contractId, document.term, document.lines.map(({ licenseId }) => licenseId)])).toEqual([
    [made, { firstDay: "2026-12-15", lastDay: "2027-12-14" }, ["l-2"]],
    [`${made}-2`, year(2027), ["l-1"]],
  ]);
  const together = recorded({ dossier: { ...dossier, contracts: [contract("c-1", ["l-1", "l-2"], ending)], notices: [] } });
  expect(together.contracts.map(({ document }) => document.lines.map(({ licenseId }) => licenseId))).toEqual([["l-1", "l-2"]]);
});

describe("its terms", () => {
  const common = { reinstateOn: "2027-03-01", known: { settings: { readings: { "anchor-of": "common" } } } };
  const ended = { notices: [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal" as const, form: "email" as const, receivedOn: "2026-11-16" }] };
  const document = (asked: Asked) => recorded(asked).contracts[0]?.document;

  test("are its own by default, whatever anchor the old one had", () => {
    expect(document({ known: { ...ending, anchorOn: "2025-01-01" } })).not.toHaveProperty("anchorOn");
    expect(document({ known: {}, dossier: ended })).toMatchObject({ term: newTerm, lines: [{ licenseId: "l-1", annualFee: chf("1500.00") }] });
  });
  test("are the old contract's by the other reading, covered from the day of reinstatement", () => {
    expect(document({ ...common, dossier: ended })).toEqual({
      ...agreed,
      settings: common.known.settings,
      anchorOn: "2026-01-01",
      term: year(2027),
      lines: [{ licenseId: "l-1", annualFee: chf("1500.00"), coveredFrom: "2027-03-01" }],
    });
  });
  test("are its own where both begin together", () => {
    expect(document({ ...common, dossier: ended, reinstateOn: "2027-01-01" })).toEqual({
      ...agreed,
      settings: common.known.settings,
      term: year(2027),
      lines: [{ licenseId: "l-1", annualFee: chf("1500.00") }],
    });
  });
  test("are its own where nothing renews that could be aligned", () => {
    expect(document({ known: { settings: { autoRenew: false, readings: { "anchor-of": "common" } } } })).toMatchObject({ term: newTerm });
  });
});

test("without a year's fee in the quote, the last one goes on", () => {
  const policy = seller({ "forward-fees": null });
  expect(recorded({ policy }).contracts[0]?.document.lines).toEqual([{ licenseId: "l-1", annualFee: chf("1000.00") }]);
});

describe("overtaken", () => {
  const lineless = ({ dossier }: KnownFacts) => ({ contracts: dossier.contracts.map((one) => ({ ...one, lines: [] })) });
  test("by a line that is gone", () => {
    expect(since(lineless)).toEqual(overtaken("license `l-1` is no longer on contract `c-1`"));
  });
  test("by a contract that takes it up again", () => {
    const other = contract("c-2", ["l-1"], { term: year(2027) });
    expect(since(({ dossier }) => ({ contracts: [...dossier.contracts, other] }))).toEqual(
      overtaken("license `l-1` is covered under contract `c-2`"),
    );
  });
  test("by a contract of that name", () => {
    expect(since(({ dossier }) => ({ contracts: [...dossier.contracts, contract(made, [])] }))).toEqual(
      overtaken(`contract \`${made}\` is recorded already`),
    );
  });
  test("by days that were covered meanwhile, fewer of them or others", () => {
    const covered = (firstDay: string, lastDay: string) =>
      since(({ dossier }) => ({ contracts: [...dossier.contracts, contract("c-2", ["l-1"], { ...ending, term: { firstDay, lastDay } })] }));
    expect(covered("2027-01-01", "2027-01-01")).toEqual(
      overtaken("license `l-1` is without cover for 58 days from 2027-01-02 on now, not for 59 days from 2027-01-01 on"),
    );
    expect(covered("2027-01-01", "2027-02-28")).toEqual(
      overtaken("license `l-1` is without cover for no day now, not for 59 days from 2027-01-01 on"),
    );
  });
  test("by as many days that begin on another", () => {
    const shift = ({ dossier }: KnownFacts) => ({
      contracts: dossier.contracts.map((one): HeldContract => ({ ...one, term: { ...one.term, lastDay: "2026-12-30" } })),
    });
    const shorter = ({ dossier }: KnownFacts) => ({
      contracts: [
        ...shift({ dossier } as KnownFacts).contracts,
        contract("c-2", ["l-1"], { ...ending, term: { firstDay: "2027-02-28", lastDay: "2027-02-28" } }),
      ],
    });
    expect(since(shift)).toEqual(overtaken("license `l-1` is without cover for 60 days from 2026-12-31 on now, not for 59 days from 2027-01-01 on"));
    expect(since(shorter)).toEqual(
      overtaken("license `l-1` is without cover for 59 days from 2026-12-31 on now, not for 59 days from 2027-01-01 on"),
    );
  });
  test("by days that were missed where the quote had none", () => {
    const sooner = ({ dossier }: KnownFacts) => ({
      contracts: dossier.contracts.map((one): HeldContract => ({ ...one, term: { ...one.term, lastDay: "2026-12-30" } })),
    });
    expect(since(sooner, { reinstateOn: "2027-01-01" })).toEqual(
      overtaken("license `l-1` is without cover for 1 day from 2026-12-31 on now, not for no day"),
    );
    expect(since(() => ({}), { reinstateOn: "2027-01-01" })).toMatchObject({ reinstatedAs: [made] });
  });
  test("not by days where the text charges none for them", () => {
    const covered = contract("c-2", ["l-1"], { ...ending, term: { firstDay: "2027-01-01", lastDay: "2027-01-01" } });
    const policy = seller({ "back-fees": null });
    expect(since(({ dossier }) => ({ contracts: [...dossier.contracts, covered] }), { policy })).toMatchObject({ reinstatedAs: [made] });
  });
  test("by a license that is no longer held on that day", () => {
    expect(since(() => ({ licenses: [license("l-1", { retiredOn: "2027-02-01" })] }), {}, "2027-02-10")).toEqual(
      overtaken("license `l-1` is not held on 2027-03-01"),
    );
  });
});

describe("brought back by another quote", () => {
  const accepted = (known: Partial<RecordedOffer> = {}): RecordedOffer => ({
    quoteId: "qt_other",
    kind: "reinstatement",
    contractId: "c-1",
    acceptedPaidOn: "2027-01-10",
    reinstatedAs: ["c-1-other"],
    ...known,
  });
  // Ends before the days that are quoted: without the other quote nothing would stand against this one.
  const other = (licenseIds: string[]) => contract("c-1-other", licenseIds, { ...ending, term: { firstDay: "2026-01-01", lastDay: "2026-06-30" } });
  const taken = (offer: RecordedOffer, licenseIds = ["l-1"]) =>
    since(({ dossier }) => ({ contracts: [...dossier.contracts, other(licenseIds)], quotes: [offer] }));

  test("is overtaken by it", () => {
    expect(taken(accepted())).toEqual(overtaken("license `l-1` was brought back by quote `qt_other`"));
  });
  test.each([
    ["itself", accepted({ quoteId: id })],
    ["of another contract", accepted({ contractId: "c-2" })],
    ["that is not accepted", { quoteId: "qt_other", kind: "reinstatement", contractId: "c-1" } as RecordedOffer],
    ["whose contract is gone", accepted({ reinstatedAs: ["c-1-gone"] })],
  ])("not by one %s", (_, offer) => {
    expect(taken(offer)).toMatchObject({ reinstatedAs: [made] });
  });
  test("not by one that brought back another license", () => {
    expect(taken(accepted(), ["l-2"])).toMatchObject({ reinstatedAs: [made] });
  });
});
