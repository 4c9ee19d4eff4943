/** What the sweep tells of cover that ended: lapsed, reminded while it can be reinstated, too late. Source: Ebiexperts 7.3(i). */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import { contract, license } from "../conditions/asked.ts";
import { ending, seller, sold } from "./quotable.ts";
import { again, type Looked, one, told } from "./told.ts";

/** The contract ends with 2026; it can be reinstated through 2027-12-31. */
const over: Looked = { since: "2026-06-01T10:00:00Z", until: "2027-12-31T23:00:00Z" };
const lapsed = "2026-12-31T23:00:00Z contract.lapsed/c-1/2027-01-01";
const closing = [
  "2027-11-30T23:00:00Z reinstatement-window.closing/c-1/2027-01-01/30 until 2027-12-31T23:00:00Z",
  "2027-12-16T23:00:00Z reinstatement-window.closing/c-1/2027-01-01/14 until 2027-12-31T23:00:00Z",
  "2027-12-27T23:00:00Z reinstatement-window.closing/c-1/2027-01-01/3 until 2027-12-31T23:00:00Z",
];
const closed = "2027-12-31T23:00:00Z reinstatement-window.closed/c-1/2027-01-01";
const lapsing = (dossier: Partial<Dossier> = {}) => sold({ known: ending, dossier });

describe("a contract that ends with its term", () => {
  test("its first day without cover, 30, 14 and 3 days before the last to reinstate it, and the day after that", () => {
    expect(told(lapsing(), over)).toEqual([lapsed, ...closing, closed]);
    expect(again(lapsing(), over)).toBe(null);
  });

  test("what each says", () => {
    const about = { contractId: "c-1", policyId: "acme-support", lapsedOn: "2027-01-01", possibleUntil: "2027-12-31" };
    expect(one(lapsing(), over, "contract.lapsed/c-1/2027-01-01")).toEqual({
      key: "contract.lapsed/c-1/2027-01-01",
      marks: ["contract.lapsed/c-1/2027-01-01"],
      type: "contract.lapsed",
      dueAt: Date.parse("2026-12-31T23:00:00Z"),
      purposeUntil: null,
      data: { ...about, status: "lapsed", missing: [] },
    });
    expect(one(lapsing(), over, "reinstatement-window.closing/c-1/2027-01-01/14")).toMatchObject({
      type: "reinstatement-window.closing",
      data: { ...about, clause: "7.3(i)", reminderDays: 14 },
    });
    expect(one(lapsing(), over, "reinstatement-window.closed/c-1/2027-01-01")).toMatchObject({
      type: "reinstatement-window.closed",
      data: { ...about, clause: "7.3(i)" },
    });
  });

  test("what had happened as it was recorded is history: the lapse, and the end of the window", () => {
    const from = (since: string) => told(lapsing(), { ...over, since });
    expect(from("2026-12-31T22:59:59.999Z")).toEqual([lapsed, ...closing, closed]);
    expect(from("2026-12-31T23:00:00Z")).toEqual([...closing, closed]);
    expect(from("2027-12-31T22:59:59.999Z").at(-1)).toBe(closed);
    expect(from("2027-12-31T23:00:00Z")).toEqual([]);
  });

  test("where the text has no window it has ended, and nothing can be brought back", () => {
    const facts = sold({ policy: seller({ "reinstatement-window": null }), known: ending });
    expect(told(facts, over)).toEqual([lapsed]);
    expect(one(facts, over, "contract.lapsed/c-1/2027-01-01").data).toEqual({
      contractId: "c-1",
      policyId: "acme-support",
      lapsedOn: "2027-01-01",
      status: "ended",
      possibleUntil: null,
      missing: [],
    });
  });

  test("where the text leaves open what follows the term, the agreement is missing", () => {
    const clauses = [{ id: "2.1", says: "cover", conditions: [{ condition: "covered" as const, otherwise: "unknown" as const }] }];
    const facts = sold({ policy: { clauses } });
    expect(one(facts, over, "contract.lapsed/c-1/2027-01-01").data).toMatchObject({ missing: ["agreement"] });
  });
});

describe("a contract all of which goes on", () => {
  const next = (firstDay: string, lastDay: string) => ({
    contracts: [contract("c-1", ["l-1"], ending), contract("c-2", ["l-1"], { term: { firstDay, lastDay } })],
  });
  const of = (dossier: Partial<Dossier>) => told(lapsing(dossier), over).filter((moment) => moment.includes("/c-1/"));
  test("under another contract from the day after: nothing lapses, and nothing is to be brought back", () => {
    expect(of(next("2027-01-01", "2027-12-31"))).toEqual([]);
  });
  test("a day later: it lapses", () => expect(of(next("2027-01-02", "2028-01-01"))).toContain(lapsed));
  test("as a subscription that runs through the day after", () => {
    const until = (termLastDay: string) => of({ licenses: [license("l-1", { kind: "subscription", termLastDay })] });
    expect(until("2027-01-01")).toEqual([]);
    expect(until("2026-12-31")).toEqual([lapsed]);
  });
});

describe("reminders stop once nothing is left to reinstate", () => {
  const first = "2027-11-30T23:00:00Z reinstatement-window.closing/c-1/2027-01-01/30 until 2027-11-30T23:00:00Z";

  test("the license was retired: told until then, and served", () => {
    // 14 days ahead is 2027-12-17.
    expect(told(lapsing({ licenses: [license("l-1", { retiredOn: "2027-12-17" })] }), over)).toEqual([lapsed, first]);
    expect(told(lapsing({ licenses: [license("l-1", { retiredOn: "2027-12-18" })] }), over)).toEqual([
      lapsed,
      first,
      "2027-12-16T23:00:00Z reinstatement-window.closing/c-1/2027-01-01/14 until 2027-12-16T23:00:00Z",
    ]);
  });

  test("another contract covers it from a day on", () => {
    const next = contract("c-2", ["l-1"], { term: { firstDay: "2027-12-10", lastDay: "2028-12-09" } });
    expect(told(lapsing({ contracts: [contract("c-1", ["l-1"], ending), next] }), over)).toEqual([lapsed, first]);
  });

  test("a window of a month after a February: reminded of before the lapse, of what there will be from then on", () => {
    const policy = seller({ "reinstatement-window": { formula: "reinstatement-window", months: 1, afterwards: "discretion" } });
    const until = { ...ending, term: { firstDay: "2026-02-01", lastDay: "2027-01-31" } };
    const both = [contract("c-1", ["l-1"], until), contract("c-2", ["l-1"], until)];
    // 30 days before 2027-02-28.
    expect(told(sold({ policy, dossier: { contracts: both } }), { ...over, until: "2027-01-29T10:00:00Z" })).toEqual([
      "2027-01-28T23:00:00Z reinstatement-window.closing/c-1/2027-02-01/30 until 2027-02-28T23:00:00Z",
    ]);
  });
});

describe("lines that lapse on different days", () => {
  test("each first day without cover once, with a window of its own", () => {
    const line = (licenseId: string, coveredUntil: string) => ({ licenseId, annualFee: { amount: "1000.00", currency: "CHF" }, coveredUntil });
    const lines = [line("l-1", "2026-12-31"), line("l-2", "2027-03-31")];
    const facts = sold({ known: { lines }, dossier: { licenses: [license("l-1"), license("l-2")] } });
    const moments = told(facts, { ...over, until: "2028-03-31T22:00:00Z" });
    expect(moments.filter((moment) => moment.includes("contract.lapsed"))).toEqual([lapsed, "2027-03-31T22:00:00Z contract.lapsed/c-1/2027-04-01"]);
    expect(moments.filter((moment) => moment.includes("reinstatement-window.closed/"))).toEqual([
      closed,
      "2028-03-31T22:00:00Z reinstatement-window.closed/c-1/2027-04-01",
    ]);
  });
});
