/** The bulk of the demo: ordinary customers of a vendor, most of them in good standing, no two the same. */
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { nthTerm, termIndexOn } from "../../../domain/time/term.ts";
import { type DemoAccount, demoAccount } from "./account.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import { contract, licenseFrom, paidInvoice, unpaidInvoice } from "./sketch.ts";
import { firstCurrency, productIdsOf, type Vendor } from "./vendor.ts";

const first = ["Alder", "Basalt", "Copper", "Delta", "Echo", "Fern", "Granite", "Harbor", "Indigo", "Jade", "Karst", "Larch", "Meadow", "North"];
const second = ["Bearings", "Castings", "Chemicals", "Dental", "Energy", "Fabrics", "Gardens", "Insurance", "Motors", "Networks", "Plastics"];
const names = first.flatMap((one) => second.map((other) => `${one} ${other}`));
const regions = ["Europe", "Europe", "North America", "Asia Pacific"];

/** A customer for each name from one number up to another, of the 154 that there are; no two vendors share one. */
export function ordinaryCustomers<Id extends string>(vendor: Vendor<Id>, today: CalendarDate, from: number, to: number): DemoAccount[] {
  const chance = chanceFrom(7_2_2026 + from);
  return names.slice(from, to).map((name, n) => ordinary(vendor, name, `${vendor.code}-${2001 + n}`, today, chance));
}

function ordinary<Id extends string>(vendor: Vendor<Id>, name: string, customerNumber: string, today: CalendarDate, chance: Chance): DemoAccount {
  const own = firstCurrency(vendor);
  const currency = chance.oneOf([own, own, ...Object.keys(vendor.currencies).slice(0, 4)]);
  const anchor = addDays(addMonths(today, -chance.between(1, 60)), -chance.between(0, 27));
  const line = chance.oneOf(productLines(vendor, today));
  const running = nthTerm(anchor, termIndexOn(anchor, today));
  // Where contracts renew, the first term is recorded and the others follow from it.
  const recorded = vendor.renewsByItself ? nthTerm(anchor, 0) : running;
  // Five seats at least: a policy may allow no more contacts than seats.
  const licenses = line
    .slice(0, chance.between(1, line.length))
    .map((productId, n) => licenseFrom(vendor, `l-${n + 1}`, productId, chance.between(5, 40), { ...running, firstDay: anchor }));
  const only = contract(vendor, recorded, licenses, {
    currency,
    program: chance.oneOf(vendor.programs),
    ...(recorded.firstDay === anchor ? {} : { anchorOn: anchor }),
  });
  const overdue = chance.inHundred(8) && running.firstDay < today;
  const premises = vendor.premises.length === 0 ? [] : [{ ...chance.oneOf(vendor.premises), premisesId: "p-1" }];
  const now = { ...only, term: running };
  return demoAccount(
    name.replace(" ", "-").toLowerCase(),
    name,
    customerNumber,
    overdue ? "an ordinary customer who is late with this term's invoice" : "an ordinary customer",
    {
      licenses,
      premises,
      contracts: [only],
      invoices: [...(recorded.firstDay === running.firstDay ? [] : [paidInvoice(only)]), overdue ? unpaidInvoice(now) : paidInvoice(now)],
      contacts: vendor.contacts(chance.between(1, 5), anchor, chance.between(0, 159), licenses),
      region: chance.oneOf(regions),
    },
  );
}

/** Products of each line whose end of life is not announced. */
function productLines<Id extends string>(vendor: Vendor<Id>, today: CalendarDate): Id[][] {
  const lifecycle = vendor.lifecycle(today);
  const lines = new Map<string, Id[]>();
  for (const productId of productIdsOf(vendor)) {
    if (lifecycle[productId]?.endOfLifeOn !== undefined) continue;
    const { productLine } = vendor.priced[productId];
    lines.set(productLine, [...(lines.get(productLine) ?? []), productId]);
  }
  return [...lines.values()];
}
