/** A contract that lapsed and was brought back under others: nothing is left to reinstate once all of it is covered again, and not before. */
import { describe, expect, test } from "vitest";
import type { RecordedOffer } from "../../../domain/facts.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { contract, license } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, type Sold, seller, sold } from "./quotable.ts";

/** Lapsed on 2027-01-01, brought back from 2027-03-01 on. */
const accepted: RecordedOffer = {
  quoteId: "qt_1",
  kind: "reinstatement",
  contractId: "c-1",
  acceptedPaidOn: "2027-03-01",
  reinstatedAs: ["c-back"],
};
const term = { firstDay: "2027-03-01", lastDay: "2028-02-29" };
const back = contract("c-back", ["l-1"], { term });
const window = { possibleUntil: "2027-12-31", afterwards: "discretion" };

interface Brought {
  quotes?: Partial<RecordedOffer>[];
  contracts?: ReturnType<typeof contract>[];
  licenses?: ReturnType<typeof license>[];
  on?: string;
  policy?: Sold["policy"];
}
function outlook({
  quotes = [{}],
  contracts = [contract("c-1", ["l-1"], ending), back],
  licenses,
  on = "2027-03-01",
  policy = seller(),
}: Brought = {}) {
  const offers = quotes.map((known) => ({ ...accepted, ...known }));
  const facts = sold({ policy, dossier: { contracts, quotes: offers, ...(licenses && { licenses }) } });
  const { status, reinstatement, reasons } = outlookRenewal(facts, "c-1", asOf(on));
  const until = describeStanding(facts, asOf(on)).contracts.find(({ contractId }) => contractId === "c-1")?.reinstatementUntil;
  return { status, reinstatement, until, told: reasons.filter(({ condition }) => condition === "reinstatement") };
}
const stillOpen = { status: "lapsed", reinstatement: window, until: "2027-12-31", told: [] };
const told = (names: string, ...ids: string[]) => toldAs(`what lapsed was brought back under ${names}: nothing is left to reinstate`, ...ids);
const toldAs = (finding: string, ...ids: string[]) => [
  {
    clause: "7.3",
    condition: "reinstatement",
    result: "info",
    finding,
    facts: ids.map((id) => ({ path: `contracts/${id}`, value: null })),
    cure: null,
  },
];
const gone = { status: "lapsed", reinstatement: null, until: null, told: told("`c-back`", "c-back") };

describe("brought back whole", () => {
  test("there is no window, and the outlook names the contract in its place", () => {
    expect(outlook()).toEqual(gone);
    expect(outlook({ on: "2027-12-31" })).toEqual(gone);
    expect(outlook({ on: "2028-01-01" })).toEqual({ ...gone, status: "ended" });
  });
  test("until the day of the payment it is still to come back; nothing is told while the cover runs", () => {
    const coming = { ...gone, told: toldAs("what lapsed comes back under `c-back`, paid on 2027-03-01: nothing is left to reinstate", "c-back") };
    expect([outlook({ on: "2027-01-01" }), outlook({ on: "2027-02-28" })]).toEqual([coming, coming]);
    expect(outlook({ on: "2026-12-31" })).toEqual({ status: "current", reinstatement: null, until: null, told: [] });
  });
  test("under several contracts, each is named", () => {
    const contracts = [
      contract("c-1", ["l-1", "l-2"], ending),
      contract("c-back", ["l-1"], { term }),
      contract("c-later", ["l-2"], { term: { firstDay: "2027-06-01", lastDay: "2028-05-31" } }),
    ];
    const quotes = [{}, { quoteId: "qt_2", acceptedPaidOn: "2027-06-01", reinstatedAs: ["c-later"] }];
    const two = { contracts, licenses: [license("l-1"), license("l-2")], on: "2027-07-01" };
    expect(outlook({ ...two, quotes })).toEqual({ ...gone, told: told("`c-back`, `c-later`", "c-back", "c-later") });
    expect(outlook({ ...two, quotes, on: "2027-05-31" })).toMatchObject({
      reinstatement: null,
      told: [{ finding: "what lapsed comes back under `c-back`, `c-later`, paid on 2027-06-01: nothing is left to reinstate" }],
    });
  });
  test("where the policy has no clause on it, the outlook says so all the same", () => {
    expect(outlook({ policy: seller({ reinstatement: null }) }).told).toMatchObject([{ clause: "common" }]);
  });
  test("ten are named, fifty are facts", () => {
    const ids = Array.from({ length: 51 }, (_, n) => `c-${n + 10}`);
    const many = outlook({
      quotes: [{ reinstatedAs: ids }],
      contracts: [contract("c-1", ["l-1"], ending), ...ids.map((id) => contract(id, ["l-1"], { term }))],
    });
    const [reason] = many.told;
    expect(reason?.finding).toMatch(/^what lapsed was brought back under `c-10`, `c-11`, .*`c-18`, `c-19`: nothing/);
    expect([reason?.facts.length, reason?.facts[49]]).toEqual([50, { path: "contracts/c-59", value: null }]);
  });
});

describe("the window stays", () => {
  test("where one of the licenses is still without cover, also one that lapsed before the rest", () => {
    const lines = contract("c-1", ["l-1", "l-2"]).lines;
    const two = { licenses: [license("l-1"), license("l-2")] };
    expect(outlook({ ...two, contracts: [{ ...contract("c-1", [], ending), lines }, back] })).toEqual(stillOpen);
    const early = lines.map((line) => (line.licenseId === "l-2" ? { ...line, coveredUntil: "2026-06-30" } : line));
    expect(outlook({ ...two, contracts: [{ ...contract("c-1", [], ending), lines: early }, back] })).toMatchObject({
      status: "lapsed",
      reinstatement: { possibleUntil: "2027-06-30" },
      told: [],
    });
  });
  test("where the quote is not accepted, or what accepting it recorded is deleted", () => {
    const alone = [contract("c-1", ["l-1"], ending)];
    expect(outlook({ contracts: alone, quotes: [] })).toEqual(stillOpen);
    expect(outlook({ contracts: alone })).toEqual(stillOpen);
    expect(outlook({ quotes: [{ acceptedPaidOn: undefined }] }).told).toEqual([]);
    expect(outlook({ quotes: [{ reinstatedAs: undefined }] }).told).toEqual([]);
  });
  test("of several contracts recorded, those that are deleted are not named", () => {
    expect(outlook({ quotes: [{ reinstatedAs: ["c-gone", "c-back"] }] })).toEqual(gone);
  });
});

describe("nothing is said to be brought back", () => {
  test("of another contract's lapse, or by a purchase", () => {
    expect(outlook({ quotes: [{ contractId: "c-2" }] }).told).toEqual([]);
    expect(outlook({ quotes: [{ kind: "additional-purchase", licenseIds: ["l-1"] }] }).told).toEqual([]);
  });
  test("while the contract goes on: only a line of it lapsed", () => {
    const lines = contract("c-1", ["l-1", "l-2"]).lines.map((line) => (line.licenseId === "l-1" ? { ...line, coveredUntil: "2026-12-31" } : line));
    const contracts = [{ ...contract("c-1", []), lines }, back];
    expect(outlook({ contracts, licenses: [license("l-1"), license("l-2")] })).toEqual({
      status: "current",
      reinstatement: null,
      until: null,
      told: [],
    });
  });
});
