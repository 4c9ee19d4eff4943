/** How an account begins: what it holds, what it agreed to, who speaks for it. */
import type { Contract } from "../../domain/facts.ts";
import { fromMinor } from "../../domain/money.ts";
import { addDays, addMonths, type CalendarDate, daysBetween } from "../../domain/time/calendar-date.ts";
import { nthTerm } from "../../domain/time/term.ts";
import { type Account, type Pen, pathOf, put } from "./account.ts";
import type { Chance } from "./chance.ts";
import { ebiexperts, type Vendor } from "./vendors.ts";

export function begin(account: Account, pen: Pen): void {
  const { chance, vendor, accountId, profile } = account;
  pen.send(put(pathOf(account), { name: accountId.toUpperCase(), customerNumber: `C-${accountId}` }));
  const today = pen.day;
  const anchor = chance.oneOf([
    addDays(today, -chance.between(0, 400)),
    addMonths("2024-02-29", 0),
    addMonths("2023-08-31", 0),
    addDays(today, chance.between(-330, -1)),
  ]);
  const productIds = Object.values(vendor.lines).flat();
  const contracts = chance.between(1, 2);
  for (let c = 1; c <= contracts; c++) {
    const term = termFor(chance, anchor <= today ? anchor : today, today, vendor);
    const lines: Contract["lines"] = [];
    for (let n = chance.between(1, 3); n > 0; n--) {
      const licenseId = `l-${++account.made}`;
      const added = chance.onceIn(5) && vendor.renews;
      const deliveredOn = added
        ? addDays(term.term.firstDay, Math.floor(daysBetween(term.term.firstDay, term.term.lastDay) / 3) + 1)
        : addDays(term.term.firstDay, -chance.between(0, 40));
      pen.send(
        put(pathOf(account, `/licenses/${licenseId}`), {
          productId: chance.oneOf(productIds),
          kind: profile === "odd" && chance.onceIn(6) ? chance.oneOf(["subscription", "trial", "freeware"]) : vendor.kind,
          seats: chance.between(1, 20),
          deliveredOn: deliveredOn > term.term.lastDay ? term.term.firstDay : deliveredOn,
          ...(profile === "odd" && chance.onceIn(4) ? { bundleId: "b-1", deploymentId: "d-1" } : {}),
        }),
      );
      const minor = chance.oneOf([33_333, 100, 1, 1_000_000, chance.between(0, 5_000_000)]);
      lines.push({ licenseId, annualFee: fromMinor(BigInt(minor), vendor.currency) });
    }
    const settings = {
      ...(chance.onceIn(8) ? { autoRenew: false } : {}),
      ...(profile === "odd" && chance.onceIn(2) ? { readings: { "late-notice": "counts-for-next-term", "ebx-co-term": "literal" } } : {}),
      ...(vendor.policyId === "ensim-support" && chance.onceIn(2) ? { timeZone: "America/New_York" } : {}),
    };
    const contract: Contract = {
      policyId: vendor.policyId,
      program: chance.oneOf(vendor.programs),
      currency: vendor.currency,
      ...term,
      soldBy: profile === "odd" && chance.onceIn(6) ? { reseller: "Resale Ltd" } : "direct",
      ...(Object.keys(settings).length === 0 || vendor.policyId !== ebiexperts.policyId
        ? settings.timeZone === undefined
          ? {}
          : { settings: { timeZone: settings.timeZone } }
        : { settings }),
      lines,
    };
    pen.send(put(pathOf(account, `/contracts/c-${c}`), contract));
  }
  for (let n = chance.between(1, 3); n > 0; n--) addContact(account, pen);
}

/** The term that runs or ran last: of twelve months, of three years, or a stub. */
function termFor(chance: Chance, anchor: CalendarDate, today: CalendarDate, { renews }: Vendor) {
  let n = 0;
  while (renews && nthTerm(anchor, n).lastDay < today) n++;
  const whole = nthTerm(anchor, n);
  const anchorOn = n > 0 ? { anchorOn: anchor } : {};
  const shape = renews ? chance.oneOf(["year", "year", "year", "three-years", "stub"]) : "year";
  if (shape === "stub")
    return { ...anchorOn, term: { firstDay: whole.firstDay, lastDay: addDays(whole.firstDay, chance.oneOf([43, 44, 45, 59, 60, 199, 299])) } };
  return { ...anchorOn, term: shape === "year" ? whole : { firstDay: whole.firstDay, lastDay: nthTerm(anchor, n + 2).lastDay } };
}

/** Somebody new, for a while or for good. */
export function addContact(account: Account, pen: Pen): void {
  const n = ++account.made;
  const { chance } = account;
  pen.send(
    put(pathOf(account, `/contacts/t-${n}`), {
      name: `Person ${n}`,
      email: `person-${n}@example.com`,
      role: chance.onceIn(6) ? "none" : account.vendor.role,
      activeFrom: addDays(pen.day, -chance.between(0, 30)),
      ...(chance.onceIn(3) ? { activeUntil: addDays(pen.day, chance.between(0, 400)) } : {}),
    }),
  );
}
