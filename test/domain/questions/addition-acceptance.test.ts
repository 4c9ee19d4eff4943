/** What accepting an additional purchase records, and when the contract has moved on since it was quoted. */
import { describe, expect, test } from "vitest";
import type { HeldContract } from "../../../domain/facts.ts";
import { quoteAdditionalPurchase } from "../../../domain/questions/additional-purchase.ts";
import { accept } from "../../../domain/questions/quote-acceptance.ts";
import { chf, contract, license } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, type Sold, sold } from "./quotable.ts";

interface Asked extends Sold {
  deliveredOn?: string;
  paidOn?: string;
  /** The contracts, and the licenses, when it is accepted. */
  now?: (known: HeldContract) => HeldContract;
  held?: string[];
  more?: HeldContract[];
}

const lines = [
  { licenseId: "l-8", productId: "p-1", seats: 5, annualFee: chf("100.00") },
  { licenseId: "l-9", productId: "p-2", seats: 1, annualFee: chf("200.00") },
];

function taken({ deliveredOn = "2026-04-01", paidOn = "2026-04-01", now = (known) => known, held = [], more = [], ...facts }: Asked = {}) {
  const known = sold(facts);
  const request = { contractId: "c-1", deliveredOn, lines: [...lines] };
  const { catalog } = known;
  const both = { ...known, catalog: { ...catalog, products: [...catalog.products, { ...catalog.products[0], productId: "p-2" }] } } as typeof known;
  const answer = quoteAdditionalPurchase(both, request, asOf("2026-03-15"));
  if (answer.status !== "offered") throw new Error(`got \`${answer.status}\`: ${answer.reasons[0].finding}`);
  const dossier = {
    ...both.dossier,
    contracts: [...both.dossier.contracts.map(now), ...more],
    licenses: [...both.dossier.licenses, ...held.map((id) => license(id))],
  };
  return accept({ ...both, dossier }, { id: "qt_1", answer, request, asOf: asOf("2026-03-15"), day: "2026-03-15" }, paidOn);
}

const overtaken = (detail: string) => ({ code: "quote-overtaken", detail });
const changed = overtaken("the terms of contract `c-1` are no longer those that the quote was made by");

test("the licenses, and their lines behind the others, paid through the common end", () => {
  const [old] = contract("c-1", ["l-1"]).lines;
  const bought = { kind: "perpetual", deliveredOn: "2026-04-01", soldBy: "direct" };
  expect(taken()).toEqual({
    licenses: [
      { licenseId: "l-8", document: { ...bought, productId: "p-1", seats: 5 } },
      { licenseId: "l-9", document: { ...bought, productId: "p-2", seats: 1 } },
    ],
    contracts: [
      {
        contractId: "c-1",
        document: {
          policyId: "acme-support",
          program: "gold",
          currency: "CHF",
          term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
          soldBy: "direct",
          lines: [
            old,
            { licenseId: "l-8", annualFee: chf("100.00"), paidThrough: "2027-12-31" },
            { licenseId: "l-9", annualFee: chf("200.00"), paidThrough: "2027-12-31" },
          ],
        },
      },
    ],
    reinstatedAs: [],
  });
});

describe("a line", () => {
  const added = (asked: Asked) => {
    const recorded = taken(asked);
    return "code" in recorded ? recorded : recorded.contracts[0]?.document.lines.slice(-1);
  };
  test("is paid no further than its initial period where nothing is left to align", () => {
    expect(added({ deliveredOn: "2027-01-01" })).toEqual([{ licenseId: "l-9", annualFee: chf("200.00") }]);
  });
  test("delivered before the recorded term says from when it is covered", () => {
    const known = { anchorOn: "2025-01-01", lines: contract("c-1", ["l-1"]).lines };
    expect(added({ known, deliveredOn: "2025-04-01" })).toEqual([
      // To the end of 2026, from 2026-04-01 on.
      { licenseId: "l-9", annualFee: chf("200.00"), coveredFrom: "2025-04-01", paidThrough: "2026-12-31" },
    ]);
  });
  test("delivered on the first day of a shorter term says through when it was paid: so it is told from what the term was recorded for", () => {
    const lines = contract("c-1", ["l-1"]).lines.map((line) => ({ ...line, coveredFrom: "2026-01-01" }));
    const known = { anchorOn: "2026-01-01", term: { firstDay: "2026-04-01", lastDay: "2026-12-31" }, lines };
    expect(added({ known, deliveredOn: "2026-04-01" })).toEqual([{ licenseId: "l-9", annualFee: chf("200.00"), paidThrough: "2027-12-31" }]);
    // Where nothing renews there is nothing to align: the twelve months alone are paid.
    expect(added({ known: { ...known, ...ending }, deliveredOn: "2026-04-01" })).toEqual([
      { licenseId: "l-9", annualFee: chf("200.00"), paidThrough: "2027-03-31" },
    ]);
  });
  test("of another contract is left alone", () => {
    const more = [contract("c-2", ["l-1"])];
    const recorded = taken({ more });
    expect("code" in recorded ? recorded : recorded.contracts.map(({ contractId }) => contractId)).toEqual(["c-1"]);
  });
});

describe("overtaken", () => {
  test("by a license of that name, or a line left of it; and by which quote", () => {
    expect(taken({ held: ["l-9"] })).toEqual(overtaken("license `l-9` is recorded already"));
    const left = (known: HeldContract) => ({ ...known, lines: [...known.lines, { licenseId: "l-8", annualFee: chf("100.00") }] });
    expect(taken({ now: left })).toEqual(overtaken("license `l-8` is recorded already"));
    const quotes = [{ quoteId: "qt_0", kind: "additional-purchase" as const, contractId: "c-1", licenseIds: ["l-9"], acceptedPaidOn: "2026-04-01" }];
    expect(taken({ held: ["l-9"], dossier: { quotes } })).toEqual(overtaken("license `l-9` is recorded already, by quote `qt_0`"));
  });
  test("by a contract that would have more than 20,000 lines, not by one that has them", () => {
    const of = (n: number) => (known: HeldContract) => ({
      ...known,
      lines: Array.from({ length: n }, (_, index) => ({ licenseId: `m-${index}`, annualFee: chf("1.00") })),
    });
    expect(taken({ now: of(19_998) })).toMatchObject({ reinstatedAs: [] });
    expect(taken({ now: of(19_999) })).toEqual(overtaken("contract `c-1` would have more than 20000 lines"));
  });
  test("by another common end", () => {
    const now = (known: HeldContract) => ({ ...known, term: { firstDay: "2026-01-01", lastDay: "2026-11-30" } });
    expect(taken({ now })).toEqual(changed);
  });
  test("by an end of the contract that leaves nothing to align, or a beginning of it that does", () => {
    expect(taken({ now: (known) => ({ ...known, ...ending }) })).toEqual(changed);
    expect(taken({ known: ending, now: ({ settings: _, ...known }) => known })).toEqual(changed);
  });
  test("not by another fee of an earlier license", () => {
    const now = (known: HeldContract) => ({ ...known, lines: known.lines.map((line) => ({ ...line, annualFee: chf("1.00") })) });
    expect(taken({ now })).toMatchObject({ licenses: [{ licenseId: "l-8" }, { licenseId: "l-9" }] });
  });
  test("by a notice received by the day it is paid", () => {
    const notices = [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal" as const, form: "email" as const, receivedOn: "2026-11-16" }];
    const dossier = { notices };
    expect(taken({ dossier, paidOn: "2026-11-15" })).toMatchObject({ reinstatedAs: [] });
    expect(taken({ dossier, paidOn: "2026-11-16" })).toEqual(changed);
    // What was known when it was quoted counts, however early it was paid.
    expect(taken({ dossier: { notices: notices.map((one) => ({ ...one, receivedOn: "2026-03-10" })) }, paidOn: "2026-03-01" })).toMatchObject({
      reinstatedAs: [],
    });
  });
});
