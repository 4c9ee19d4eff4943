/** The bulk of the demo: ordinary Ebiexperts customers, most of them in good standing, no two the same. */
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { nthTerm, termIndexOn } from "../../../domain/time/term.ts";
import { type DemoAccount, demoAccount } from "./account.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import { productLines } from "./ebiexperts-catalog.ts";
import { contract, invoice, license, paidInvoice, technicalContacts } from "./ebiexperts-sketch.ts";

const first = ["Alder", "Basalt", "Copper", "Delta", "Echo", "Fern", "Granite", "Harbor", "Indigo", "Jade", "Karst", "Larch", "Meadow", "North"];
const second = ["Bearings", "Castings", "Chemicals", "Dental", "Energy", "Fabrics", "Gardens", "Insurance", "Motors", "Networks", "Plastics"];
const currencies = ["CHF", "CHF", "CHF", "EUR", "EUR", "USD", "GBP"];
const regions = ["Europe", "Europe", "North America", "Asia Pacific"];

/** As many as there are names: 14 × 11. */
export function ebiexpertsOrdinary(today: CalendarDate): DemoAccount[] {
  const chance = chanceFrom(7_2_2026);
  return first.flatMap((one, n) =>
    second.map((other, m) => ordinary(`${one}-${other}`.toLowerCase(), `${one} ${other}`, `EBX-${2001 + n * second.length + m}`, today, chance)),
  );
}

function ordinary(accountId: string, name: string, customerNumber: string, today: CalendarDate, chance: Chance): DemoAccount {
  const currency = chance.oneOf(currencies);
  const anchor = addDays(addMonths(today, -chance.between(1, 60)), -chance.between(0, 27));
  const line = chance.oneOf(productLines);
  const licenses = line
    .slice(0, chance.between(1, line.length))
    .map((productId, n) => license(`l-${n + 1}`, productId, chance.between(1, 40), anchor));
  const recorded = nthTerm(anchor, 0);
  const only = contract(recorded, licenses, { currency });
  const running = nthTerm(anchor, termIndexOn(anchor, today));
  const invoices = [...(running.firstDay === anchor ? [] : [paidInvoice(only, anchor)])];
  const overdue = chance.inHundred(8) && running.firstDay < today;
  invoices.push(overdue ? invoice(only, running.firstDay, null) : paidInvoice(only, running.firstDay));
  return demoAccount(
    accountId,
    name,
    customerNumber,
    overdue ? "an ordinary customer who is late with this term's invoice" : "an ordinary customer",
    {
      licenses,
      contracts: [only],
      invoices,
      contacts: technicalContacts(chance.between(1, 5), anchor, chance.between(0, 159)),
      region: chance.oneOf(regions),
    },
  );
}
