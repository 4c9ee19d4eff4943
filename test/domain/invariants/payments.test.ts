/** P10: more or earlier payment never makes an answer worse, and more debt never makes it better. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Outcome } from "../../../domain/decision.ts";
import type { NamedInvoice } from "../../../domain/facts.ts";
import { fromMinor, toMinor } from "../../../domain/money.ts";
import { decideEntitlement, type EntitlementRequest } from "../../../domain/questions/entitlement.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { describeStanding } from "../../../domain/questions/standing.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { plainRequest, requests, runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

const strength: Record<Outcome, number> = { entitled: 3, discretion: 2, undetermined: 1, "not-entitled": 0, redirected: -1 };

type Decide = (facts: KnownFacts, request: EntitlementRequest, day: CalendarDate) => Outcome;
const decide: Decide = (facts, request, day) => decideEntitlement(facts, request, { date: day }).outcome;

/** How an invoice can be better for the customer. */
const betterments: ((invoice: NamedInvoice, days: number) => NamedInvoice)[] = [
  (invoice) => ({ ...invoice, payments: [...invoice.payments, { paidOn: invoice.issuedOn, amount: invoice.amount }] }),
  (invoice, days) => ({
    ...invoice,
    payments: [
      ...invoice.payments,
      { paidOn: addDays(invoice.dueOn, days), amount: fromMinor(toMinor(invoice.amount) / 2n, invoice.amount.currency) },
    ],
  }),
  (invoice, days) => ({ ...invoice, payments: invoice.payments.map((payment) => ({ ...payment, paidOn: addDays(payment.paidOn, -days) })) }),
  (invoice) => ({
    ...invoice,
    payments: invoice.payments.map((payment) => ({ ...payment, amount: fromMinor(toMinor(payment.amount) * 2n, payment.amount.currency) })),
  }),
  (invoice, days) => ({ ...invoice, dueOn: addDays(invoice.dueOn, days) }),
  (invoice) => ({ ...invoice, amount: fromMinor(toMinor(invoice.amount) / 2n, invoice.amount.currency) }),
  (invoice) => ({ ...invoice, voidedOn: invoice.issuedOn }),
];

const better = fc.record({ which: fc.nat(3), how: fc.constantFrom(...betterments), days: fc.nat(60) });

/** What is owed is mostly owed for the license asked about. */
const owed = fc.tuple(portfolios({ calm: true }), fc.array(fc.nat(3), { minLength: 4, maxLength: 4 })).map(([portfolio, other]) => {
  const { contracts, invoices } = portfolio.dossier;
  const its = contracts.find(({ lines }) => lines.some(({ licenseId }) => licenseId === "l-1"))?.contractId;
  const placed = invoices.map((invoice, index) =>
    other[index] === 0 || its === undefined ? invoice : { ...invoice, kind: "support" as const, contractId: its },
  );
  return { ...portfolio, dossier: { ...portfolio.dossier, invoices: placed } };
});

const neverWorse = (ask: Decide) =>
  fc.property(
    owed,
    fc.oneof(fc.constant({ ...plainRequest, licenseId: "l-1" }), requests),
    fc.array(better, { minLength: 1, maxLength: 3 }),
    (portfolio, request, changes) => {
      const { invoices } = portfolio.dossier;
      fc.pre(invoices.length > 0);
      const after = [...invoices];
      for (const { which, how, days } of changes) after[which % after.length] = how(after[which % after.length] as NamedInvoice, days);
      const [owing, paid] = [invoices, after].map((its) => factsOf({ ...portfolio, dossier: { ...portfolio.dossier, invoices: its } })) as [
        KnownFacts,
        KnownFacts,
      ];
      // Read one way it is a payment, read the other way a debt.
      for (const day of [0, 31].map((days) => addDays(portfolio.focus, days))) {
        const [before, since] = [ask(owing, request, day), ask(paid, request, day)];
        expect(strength[since]).toBeGreaterThanOrEqual(strength[before]);
        expect(since === "redirected").toBe(before === "redirected");
        const statuses = [owing, paid].map((facts) => describeStanding(facts, { date: day }).contracts.map(({ status }) => status));
        for (const [index, status] of (statuses[1] ?? []).entries()) expect([statuses[0]?.[index], "current", "notice-given"]).toContain(status);
      }
    },
  );

const changed =
  (how: (invoice: NamedInvoice, day: CalendarDate) => NamedInvoice): Decide =>
  (facts, request, day) =>
    decide({ ...facts, dossier: { ...facts.dossier, invoices: facts.dossier.invoices.map((invoice) => how(invoice, day)) } }, request, day);

invariant(
  "P10: more or earlier payment is never worse, more debt never better",
  neverWorse,
  decide,
  {
    "only a payment of the very amount counts": changed((invoice) => ({
      ...invoice,
      payments: invoice.payments.filter(({ amount }) => amount.amount === invoice.amount.amount),
    })),
    "still blocked where it was paid ahead (killbill#695)": changed((invoice) => ({
      ...invoice,
      payments: invoice.payments.filter(({ paidOn }) => paidOn >= invoice.dueOn),
    })),
    "an overpaid invoice is open": (facts, request, day) => {
      const over = facts.dossier.invoices.some(
        ({ amount, payments }) => payments.reduce((sum, payment) => sum + toMinor(payment.amount), 0n) > 2n * toMinor(amount),
      );
      return over ? "not-entitled" : decide(facts, request, day);
    },
    "an old debt is forgotten": changed((invoice, day) =>
      invoice.dueOn < addDays(day, -60) ? { ...invoice, payments: [{ paidOn: invoice.dueOn, amount: invoice.amount }] } : invoice,
    ),
  },
  runs(150),
);
