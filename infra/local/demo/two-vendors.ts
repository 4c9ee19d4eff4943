/** The customer of two vendors: each policy goes by its own contracts, invoices and licenses. */
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import { type DemoAccount, demoAccount } from "./account.ts";
import { ebiexperts } from "./ebiexperts-catalog.ts";
import { ensim } from "./ensim-catalog.ts";
import { customersOf, license, termEnding, unpaidInvoice } from "./sketch.ts";

export function twoVendors(today: CalendarDate): DemoAccount[] {
  const own = customersOf(ebiexperts).paid(termEnding(today, 150), [["qs-analyzer", 10]]);
  const hosting = termEnding(today, 250);
  const panel = license("l-2", "ens-panel", 2, hosting.firstDay);
  const hostingContract = customersOf(ensim).contract(hosting, [panel], { contractId: "c-2" });
  return [
    demoAccount("kudu-two-vendors", "Kudu Holdings", "DUO-1001", "Ensim's contract owes and is not served; Ebiexperts' is paid and is", {
      ...own,
      licenses: [...own.licenses, panel],
      contracts: [own.c1, hostingContract],
      invoices: [...own.invoices, unpaidInvoice(hostingContract)],
    }),
  ];
}
