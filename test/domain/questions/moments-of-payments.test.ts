/** What the sweep tells of payments: a contract became past due, once for each time, by the invoice that made it so. Source: Ebiexperts 2.1. */
import { describe, expect, test } from "vitest";
import type { NamedInvoice } from "../../../domain/facts.ts";
import { chf, contract, invoice } from "../conditions/asked.ts";
import { ending, sold, year } from "./quotable.ts";
import { again, type Looked, one, told } from "./told.ts";

const spring: Looked = { since: "2026-01-15T10:00:00Z", until: "2026-06-15T10:00:00Z" };
const owing = (...invoices: NamedInvoice[]) => sold({ dossier: { invoices } });
const paid = (paidOn: string, amount = "1200.00") => ({ payments: [{ paidOn, amount: chf(amount) }] });
/** `inv-1` is due on 2026-03-02: past due from the 3rd on. */
const pastDue = "2026-03-02T23:00:00Z contract.past-due/c-1/inv-1";

describe("an invoice of CHF 1,200.00 for support, due on 2 March", () => {
  test("unpaid: past due from the day after on, and it stays worth knowing", () => {
    expect(told(owing(invoice("inv-1")), spring)).toEqual([pastDue]);
    expect(one(owing(invoice("inv-1", paid("2026-02-20", "200.00"))), spring, "contract.past-due/c-1/inv-1")).toEqual({
      key: "contract.past-due/c-1/inv-1",
      marks: ["contract.past-due/c-1/inv-1"],
      type: "contract.past-due",
      dueAt: Date.parse("2026-03-02T23:00:00Z"),
      purposeUntil: null,
      data: {
        contractId: "c-1",
        policyId: "acme-support",
        term: year(2026),
        overdue: [{ invoiceId: "inv-1", dueOn: "2026-03-02", open: chf("1000.00") }],
        overdueCount: 1,
      },
    });
  });

  test("not before that instant, at which is looked again", () => {
    const before = { ...spring, until: "2026-03-02T22:59:59.999Z" };
    expect(told(owing(invoice("inv-1")), before)).toEqual([]);
    expect(again(owing(invoice("inv-1")), before)).toBe("2026-03-02T23:00:00Z");
  });

  test("paid on the due day: in time. A day later: it was past due for a day, which nobody has to be told any more", () => {
    expect(told(owing(invoice("inv-1", paid("2026-03-02"))), spring)).toEqual([]);
    expect(told(owing(invoice("inv-1", paid("2026-03-04"))), spring)).toEqual([`${pastDue} until 2026-03-02T23:00:00Z`]);
  });

  test("of another kind, or under a contract that is not followed: nothing", () => {
    expect(told(owing(invoice("inv-1", { kind: "subscription" })), spring)).toEqual([]);
    expect(told(owing(invoice("inv-1", { contractId: "c-9" })), spring)).toEqual([]);
    expect(told(owing(), spring)).toEqual([]);
  });
});

describe("several invoices", () => {
  test("a second one that falls due meanwhile changes nothing; after all was paid it does", () => {
    const second = invoice("inv-2", { dueOn: "2026-03-20" });
    expect(told(owing(invoice("inv-1"), second), spring)).toEqual([pastDue]);
    expect(told(owing(invoice("inv-1", paid("2026-03-10")), second), spring)).toEqual([pastDue, "2026-03-20T23:00:00Z contract.past-due/c-1/inv-2"]);
  });

  test("the first is paid on the day on which the second falls due: a day is past due to its end", () => {
    // Paid on the 20th, past due through the 19th; from the 21st on again.
    const two = owing(invoice("inv-1", paid("2026-03-20")), invoice("inv-2", { dueOn: "2026-03-20" }));
    expect(told(two, spring)).toEqual([pastDue, "2026-03-20T23:00:00Z contract.past-due/c-1/inv-2"]);
    const joined = owing(invoice("inv-1", paid("2026-03-21")), invoice("inv-2", { dueOn: "2026-03-20" }));
    expect(told(joined, spring)).toEqual([pastDue]);
  });

  test("two that fall due on one day are told as one, by the first; both are listed", () => {
    const both = owing(invoice("inv-1"), invoice("inv-2"));
    expect(told(both, spring)).toEqual([pastDue]);
    expect(one(both, spring, "contract.past-due/c-1/inv-1").data).toMatchObject({
      overdue: [{ invoiceId: "inv-1" }, { invoiceId: "inv-2", open: chf("1200.00") }],
      overdueCount: 2,
    });
  });

  test("of very many, fifty are listed and all are counted", () => {
    const many = owing(...Array.from({ length: 51 }, (_, n) => invoice(`inv-${n + 1}`)));
    const { overdue, overdueCount } = one(many, spring, "contract.past-due/c-1/inv-1").data as { overdue: object[]; overdueCount: number };
    expect([overdue.length, overdueCount]).toEqual([50, 51]);
  });
});

describe("a contract recorded while something is overdue", () => {
  const late = { ...spring, since: "2026-05-01T10:00:00Z" };

  test("is told at once, by the oldest, with what was owed then", () => {
    const facts = owing(invoice("inv-2", { dueOn: "2026-04-02" }), invoice("inv-1"), invoice("inv-3", { dueOn: "2026-04-10" }));
    expect(told(facts, late)).toEqual(["2026-05-01T10:00:00Z contract.past-due/c-1/inv-1"]);
    expect(one(facts, late, "contract.past-due/c-1/inv-1").data).toMatchObject({ overdueCount: 3, term: year(2026) });
  });
  test("paid before: history", () => expect(told(owing(invoice("inv-1", paid("2026-04-30"))), late)).toEqual([]));
  test("recorded in the instant in which it becomes past due: once", () => {
    expect(told(owing(invoice("inv-1")), { ...spring, since: "2026-03-02T23:00:00Z" })).toEqual([pastDue]);
  });
  test("recorded on that day: once, then", () => {
    expect(told(owing(invoice("inv-1")), { ...spring, since: "2026-03-03T10:00:00Z" })).toEqual(["2026-03-03T10:00:00Z contract.past-due/c-1/inv-1"]);
  });
});

describe("a contract that does not run", () => {
  test("one to come begins past due on its first day", () => {
    const known = { term: { firstDay: "2026-05-01", lastDay: "2027-04-30" } };
    const facts = sold({ dossier: { contracts: [contract("c-1", ["l-1"], known)], invoices: [invoice("inv-1")] } });
    expect(told(facts, spring)).toEqual(["2026-04-30T22:00:00Z contract.past-due/c-1/inv-1"]);
    expect(told(facts, { ...spring, since: "2026-04-30T22:00:00Z" })).toEqual(["2026-04-30T22:00:00Z contract.past-due/c-1/inv-1"]);
  });
  test("one that is over becomes it no more", () => {
    const facts = sold({ known: ending, dossier: { invoices: [invoice("inv-1", { dueOn: "2027-01-10" })] } });
    const lines = told(facts, { since: "2026-12-01T10:00:00Z", until: "2027-03-01T10:00:00Z" });
    expect(lines).toEqual(["2026-12-31T23:00:00Z contract.lapsed/c-1/2027-01-01"]);
  });
  test("nor one recorded after its end, or before its first day, with something overdue", () => {
    const owed = { invoices: [invoice("inv-1")] };
    const ended = sold({ known: ending, dossier: owed });
    expect(told(ended, { since: "2027-02-01T10:00:00Z", until: "2027-03-01T10:00:00Z" })).toEqual([]);
    const early = sold({ known: { term: { firstDay: "2026-05-01", lastDay: "2027-04-30" } }, dossier: owed });
    expect(told(early, { since: "2026-04-01T10:00:00Z", until: "2026-04-30T10:00:00Z" })).toEqual([]);
  });
});
