/** Payments: what is due before the day must be paid by it (reading `current`); which invoices count depends on the clause. */
import { describe, expect, test } from "vitest";
import type { NamedInvoice } from "../../../domain/facts.ts";
import type { Money } from "../../../domain/money.ts";
import { type Condition, chf, contract, invoice, judge, license } from "./asked.ts";

const readings = ["current: due-day-in-time"];
const passed = {
  contract: "no support invoice of the contract is overdue",
  policy: "no support invoice of the account is overdue",
  other: "nothing else of the account is overdue",
};

type Scope = keyof typeof passed;

function asked(scope: Scope, invoices: NamedInvoice[], asOf = "2026-03-03", withoutContract: "in-scope" | "unknown" = "unknown") {
  const condition: Condition = { condition: "payments-current", scope, withoutContract, otherwise: "fail", cure: { says: "pay" } };
  const other = contract("c-3", [], { policyId: "other-support" });
  return judge(condition, {
    dossier: { contracts: [contract("c-1", ["l-1"]), contract("c-2", []), other], invoices },
    policy: { id: "acme-support" },
    asOf,
  });
}

const pass = (scope: Scope, until?: string) => ({ result: "pass", finding: passed[scope], readings, ...(until === undefined ? {} : { until }) });
const overdue = (finding: string, ids: string[], until?: string, price: Money | null = chf("1200.00")) => ({
  result: "fail",
  finding,
  facts: ids.map((id) => ({ path: `invoices/${id}/dueOn`, value: "2026-03-02" })),
  cure: { says: "pay", clause: "4.1", price },
  readings,
  ...(until === undefined ? {} : { until }),
});
const owed = (id: string, open = "CHF 1,200.00", ago = "1 day ago") => `open balance ${open} on \`${id}\`, due 2026-03-02, ${ago}`;

describe("ten days of grace: due on 2026-03-02, in time through 2026-03-12", () => {
  const condition: Condition = { condition: "payments-current", scope: "contract", graceDays: 10, withoutContract: "unknown", otherwise: "fail" };
  const on = (asOf: string, known: Parameters<typeof invoice>[1] = {}) => judge(condition, { dossier: { invoices: [invoice("i-1", known)] }, asOf });
  const finding = "no support invoice of the contract is overdue by more than 10 days";
  const facts = [{ path: "invoices/i-1/dueOn", value: "2026-03-02" }];

  test("the last of them, and until the day after", () =>
    expect(on("2026-03-12")).toEqual({ result: "pass", finding, readings, until: "2026-03-13" }));
  test("the day after, with the days since the due day", () =>
    expect(on("2026-03-13")).toEqual({
      result: "fail",
      finding: `${owed("i-1", undefined, "11 days ago")} (the 10 days of grace are over)`,
      facts,
      readings,
    }));
  test("of one that names no contract", () => {
    expect(on("2026-03-12", { contractId: undefined })).toMatchObject({ result: "pass", until: "2026-03-13" });
    expect(on("2026-03-13", { contractId: undefined })).toMatchObject({ result: "unknown" });
  });
  test("paid after them: open until the payment", () => {
    const payments = [{ paidOn: "2026-03-20", amount: chf("1200.00") }];
    expect(on("2026-03-19", { payments })).toMatchObject({ result: "fail", until: "2026-03-20" });
    expect(on("2026-03-20", { payments })).toEqual({ result: "pass", finding, readings });
  });
});

describe("one invoice, due on 2026-03-02", () => {
  const on = (asOf: string, known: Parameters<typeof invoice>[1] = {}) => asked("contract", [invoice("i-1", known)], asOf);

  test("no invoice at all", () => expect(asked("contract", [])).toEqual(pass("contract")));
  test("due day: in time, until the day after", () => expect(on("2026-03-02")).toEqual(pass("contract", "2026-03-03")));
  test("day after", () => expect(on("2026-03-03")).toEqual(overdue(owed("i-1"), ["i-1"])));
  test("two days after", () => expect(on("2026-03-04")).toEqual(overdue(owed("i-1", undefined, "2 days ago"), ["i-1"])));
  test("part-paid and disputed, it is open, until the rest is paid", () => {
    const payments = [
      { paidOn: "2026-03-01", amount: chf("700.00") },
      { paidOn: "2026-03-09", amount: chf("500.00") },
    ];
    expect(on("2026-03-03", { payments, disputed: true })).toEqual(
      overdue(`${owed("i-1", "CHF 500.00")}, disputed`, ["i-1"], "2026-03-09", chf("500.00")),
    );
  });
  test("paid on the day, it counts", () => {
    expect(on("2026-03-03", { payments: [{ paidOn: "2026-03-03", amount: chf("1200.00") }] })).toEqual(pass("contract"));
  });
});

describe("which invoices count, all of them a day overdue", () => {
  const ofOther = invoice("i-2", { contractId: "c-2" });
  const ofOtherPolicy = invoice("i-3", { contractId: "c-3" });
  const ofNone = invoice("i-4", { contractId: undefined });
  const notSupport = invoice("i-5", { kind: "other" });
  const subscription = invoice("i-6", { kind: "subscription" });

  test("contract: its own support invoices only", () => {
    expect(asked("contract", [ofOther])).toEqual(pass("contract"));
    expect(asked("contract", [ofOtherPolicy])).toEqual(pass("contract"));
    expect(asked("contract", [notSupport])).toEqual(pass("contract"));
    expect(asked("contract", [subscription])).toEqual(pass("contract"));
  });
  test("policy: support invoices of every contract under it", () => {
    expect(asked("policy", [ofOther])).toEqual(overdue(owed("i-2"), ["i-2"]));
    expect(asked("policy", [ofOtherPolicy])).toEqual(pass("policy"));
    expect(asked("policy", [notSupport])).toEqual(pass("policy"));
  });
  test("policy: a support invoice of a contract that is not recorded is not known to be under it", () => {
    expect(asked("policy", [invoice("i-7", { contractId: "c-9" })])).toEqual(pass("policy"));
  });
  test("other: whatever is not a support invoice under the policy", () => {
    expect(asked("other", [invoice("i-1"), ofOther])).toEqual(pass("other"));
    expect(asked("other", [ofOtherPolicy])).toEqual(overdue(owed("i-3"), ["i-3"]));
    expect(asked("other", [notSupport])).toEqual(overdue(owed("i-5"), ["i-5"]));
    expect(asked("other", [subscription])).toEqual(overdue(owed("i-6"), ["i-6"]));
  });
  test("without a contract, where it is in scope", () => {
    expect(asked("contract", [ofNone], undefined, "in-scope")).toEqual(overdue(owed("i-4"), ["i-4"]));
    expect(asked("policy", [ofNone], undefined, "in-scope")).toEqual(overdue(owed("i-4"), ["i-4"]));
    expect(asked("other", [ofNone], undefined, "in-scope")).toEqual(pass("other"));
  });
  test("without a contract, where it is not: other takes it in, the rest do not know", () => {
    expect(asked("other", [ofNone])).toEqual(overdue(owed("i-4"), ["i-4"]));
    expect(asked("contract", [ofNone])).toEqual({
      result: "unknown",
      finding: `${owed("i-4")}, but no contract is recorded for it`,
      facts: [{ path: "invoices/i-4/dueOn", value: "2026-03-02" }],
      cure: { says: "pay", clause: "4.1", price: null },
      missing: ["contractId of invoice `i-4`"],
      readings,
    });
  });
});

describe("what a subscription owes", () => {
  const due = [invoice("i-1", { kind: "subscription" })];
  const ask = (
    kind: "perpetual" | "subscription",
    ofSubscription?: Condition extends infer C ? (C extends { ofSubscription?: infer O } ? O : never) : never,
    invoices = due,
  ) =>
    judge(
      { condition: "payments-current", scope: "contract", withoutContract: "unknown", otherwise: "fail", ...(ofSubscription && { ofSubscription }) },
      {
        dossier: { licenses: [license("l-1", { kind, ...(kind === "subscription" && { termLastDay: "2026-12-31" }) })], invoices },
        policy: {
          readings: [
            {
              id: "fees",
              question: "which?",
              options: [
                { id: "support-invoices", says: "support" },
                { id: "subscription-too", says: "both" },
              ],
              default: "subscription-too",
            },
          ],
        },
        asOf: "2026-03-03",
      },
    );

  test("is looked at only where the text is read so, and of a subscription", () => {
    expect(ask("subscription").result).toBe("pass");
    expect(ask("subscription", "support-invoices").result).toBe("pass");
    expect(ask("perpetual", "subscription-too").result).toBe("pass");
    expect(ask("subscription", "subscription-too")).toMatchObject({ result: "fail", finding: owed("i-1") });
  });
  test("is unknown where the invoice names no contract", () => {
    expect(ask("subscription", "subscription-too", [invoice("i-1", { kind: "subscription", contractId: undefined })]).result).toBe("unknown");
  });
  test("the reading is named where it was asked", () => {
    expect(ask("subscription", { reading: "fees" })).toMatchObject({ result: "fail", readings: [...readings, "fees: subscription-too"] });
    expect(ask("perpetual", { reading: "fees" })).toMatchObject({ result: "pass", readings });
  });
  test("nothing overdue", () => {
    expect(ask("subscription", "subscription-too", []).finding).toBe("no support invoice and no subscription invoice of the contract is overdue");
  });
});

describe("several invoices", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => invoice(`i-${String(index + 1).padStart(2, "0")}`));

  test("five are told, all are facts", () => {
    const five = ["i-01", "i-02", "i-03", "i-04", "i-05"];
    expect(asked("contract", many(5))).toEqual(overdue(five.map((id) => owed(id)).join("; "), five, undefined, chf("6000.00")));
  });
  test("of a sixth it is told that there is one more", () => {
    const five = ["i-01", "i-02", "i-03", "i-04", "i-05"].map((id) => owed(id));
    expect(asked("contract", many(6))).toEqual(
      overdue([...five, "1 more"].join("; "), ["i-01", "i-02", "i-03", "i-04", "i-05", "i-06"], undefined, chf("7200.00")),
    );
  });
  test("in two currencies they have no one price", () => {
    const inEuro = invoice("i-02", { amount: { amount: "10.00", currency: "EUR" } });
    expect(asked("contract", [invoice("i-01"), inEuro])).toMatchObject({ result: "fail", cure: { price: null } });
  });
  test("fifty are facts", () => {
    const { facts, finding } = asked("contract", many(52)) as { facts: unknown[]; finding: string };
    expect(facts).toHaveLength(50);
    expect(finding).toMatch(/; 47 more$/);
  });
  test("the soonest turn counts", () => {
    const invoices = [invoice("i-1", { dueOn: "2026-05-01" }), invoice("i-2", { dueOn: "2026-04-01" }), invoice("i-3", { dueOn: "2026-06-01" })];
    expect(asked("contract", invoices)).toEqual(pass("contract", "2026-04-02"));
  });
});

describe("an invoice without a contract beside one of the contract", () => {
  const dueLater = invoice("i-4", { contractId: undefined, dueOn: "2026-04-01" });

  test("does not show while the other is overdue", () => {
    const paidLater = invoice("i-1", { payments: [{ paidOn: "2026-06-01", amount: chf("1200.00") }] });
    expect(asked("contract", [paidLater, dueLater])).toEqual(overdue(owed("i-1"), ["i-1"], "2026-06-01"));
  });
  test("turns a pass into unknown when it falls due", () => {
    expect(asked("contract", [dueLater])).toEqual(pass("contract", "2026-04-02"));
  });
  test("unknown lasts until the other falls due", () => {
    const ofContract = invoice("i-1", { dueOn: "2026-04-10" });
    expect(asked("contract", [ofContract, dueLater], "2026-04-02")).toMatchObject({ result: "unknown", until: "2026-04-11" });
  });
});
