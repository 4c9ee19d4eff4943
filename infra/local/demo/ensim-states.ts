/** One Ensim account for each state: all support payments count together, lapsed support comes back for listed fees, a year later nothing does. */
import type { HeldContract } from "../../../domain/facts.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { DemoAccount } from "./account.ts";
import { ensim } from "./ensim-catalog.ts";
import { agreedHours, customersOf, lapseWithWindowUntil, license, paidInvoice, termBefore, termEnding, unpaidInvoice } from "./sketch.ts";

const panels = [
  ["ens-panel", 4],
  ["ens-panel-sites", 20],
] as const;

export function ensimStates(today: CalendarDate): DemoAccount[] {
  const { accounts, add, contract, paid } = customersOf(ensim);
  const usual = (daysLeft: number, more: Partial<HeldContract> = {}) => paid(termEnding(today, daysLeft), panels, more);

  // Paid or not (eligibility.payments, eligibility.arrears)
  add("acorn-current", "Acorn Hosting", "covered and paid: entitled to a web case, and to the phone for a case that was filed", usual(150));
  const owing = usual(280);
  add("barley-past-due", "Barley Online", "the support invoice is overdue: no help before it is paid", {
    ...owing,
    invoices: [unpaidInvoice(owing.c1)],
  });
  const inArrears = usual(240);
  const { amount } = paidInvoice(inArrears.c1);
  add("clover-arrears", "Clover Domains", "support is paid, an invoice for consulting is overdue: the vendor may refuse", {
    ...inArrears,
    invoices: [
      ...inArrears.invoices,
      { invoiceId: "inv-consulting", kind: "other", issuedOn: addDays(today, -60), dueOn: addDays(today, -30), amount, payments: [] },
    ],
  });
  const twice = usual(200);
  const mail = termEnding(today, 260);
  const mailLicense = license("l-3", "ens-mail", 1, mail.firstDay);
  const mailContract = contract(mail, [mailLicense], { contractId: "c-2" });
  add("dogwood-other-contract-owes", "Dogwood Servers", "the contract for mail owes: the one for the panel is not served either", {
    ...twice,
    licenses: [...twice.licenses, mailLicense],
    contracts: [twice.c1, mailContract],
    invoices: [paidInvoice(twice.c1), unpaidInvoice(mailContract)],
  });

  // The whole product family (eligibility.whole-family)
  const partly = usual(170);
  add("elder-family-gap", "Elder Networks", "a third license of the product family is without support: none of it is served", {
    ...partly,
    licenses: [...partly.licenses, license("l-3", "ens-panel", 2, addMonths(partly.term.firstDay, 2))],
  });

  // Lapsed (reinstatement.fees, reinstatement.repurchase): cover ends with its term, and a year later the licenses are bought again
  const lapsed = (accountId: string, name: string, shows: string, lapsedOn: CalendarDate, more: Partial<HeldContract> = {}) =>
    add(accountId, name, shows, paid(termBefore(lapsedOn), panels, more));
  lapsed("foxglove-lapsed", "Foxglove Web", "lapsed four months ago: comes back for the listed fee and a year", addMonths(today, -4));
  lapsed(
    "gorse-lapsed-year-ends-today",
    "Gorse Telecom",
    "lapsed a year ago: today is the last day on which support comes back",
    lapseWithWindowUntil(today),
  );
  lapsed("hemlock-lapsed-over-a-year", "Hemlock Media", "lapsed fourteen months ago: the licenses have to be bought again", addMonths(today, -14));
  lapsed("ivy-lapsed-fee-only", "Ivy Broadband", "the parties agreed that the listed fee alone brings support back", addMonths(today, -2), {
    settings: { readings: { "ensim-reinstatement": "fee-only" } },
  });
  lapsed(
    "jasmine-lapsed-no-list",
    "Jasmine Cloud",
    "no price list is in the contract's currency: the fee is unknown, not zero",
    addMonths(today, -3),
    {
      currency: "CAD",
    },
  );

  // Programs and hours (case.hours, response-times)
  add("laurel-hours-not-stated", "Laurel Hosting", "program 16x5, of which the text does not state the hours: no deadline", {
    ...usual(120, { program: "16x5" }),
  });
  add("myrtle-hours-agreed", "Myrtle Data", "program 16x5 with hours that the parties agreed on: deadlines are known", {
    ...usual(130, {
      program: "16x5",
      settings: {
        timeZone: "America/New_York",
        calendars: { "16x5": agreedHours(today, "America/New_York", "05:00", "21:00") },
      },
    }),
  });

  // Products that are no longer supported (excluded.end-of-life)
  add(
    "nutmeg-end-of-life",
    "Nutmeg Access",
    "covered and paid, and the product is out of support",
    paid(termEnding(today, 100), [["ens-panel-classic", 3]]),
  );
  return accounts;
}
