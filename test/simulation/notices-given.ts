/** Notices in every kind and form, and increases around the cap. */
import type { Contract, HeldContract } from "../../domain/facts.ts";
import { capped, fromMinor, toMinor } from "../../domain/money.ts";
import { addDays } from "../../domain/time/calendar-date.ts";
import { type Account, later, type Pen, pathOf } from "./account.ts";
import type { Chance } from "./chance.ts";

/** Received today, or before and recorded late; some are withdrawn at once. */
export function giveNotice(account: Account, contract: HeldContract, pen: Pen): void {
  const { chance, profile } = account;
  const receivedOn = later(addDays(pen.day, -chance.oneOf([0, 0, 0, 1, 2, 15, 50])), contract.term.firstDay);
  const received = chance.onceIn(6) ? { receivedAt: `${receivedOn}T${String(chance.between(1, 20)).padStart(2, "0")}:30:00Z` } : { receivedOn };
  const kind = chance.oneOf(["non-renewal", "price-increase", "non-renewal", ...(profile === "plain" ? [] : ["cancellation", "maintenance"])]);
  const form = chance.oneOf(["letter", "email", "portal", "email", "phone"]);
  const named = chance.someOf(contract.lines);
  const lines = named.length === 0 ? contract.lines : named;
  const body =
    kind === "price-increase"
      ? { kind, form, ...received, newFees: lines.map(({ licenseId, annualFee }) => ({ licenseId, annualFee: raised(chance, annualFee) })) }
      : { kind, form, ...received, ...(chance.onceIn(3) ? { licenseIds: lines.map(({ licenseId }) => licenseId) } : {}) };
  if (lines.length === 0) return;
  const request = { method: "POST", target: pathOf(account, `/contracts/${contract.contractId}/notices`), body };
  const step = pen.send({ ...request, key: `k-${++account.made}` });
  account.keyed.push(step);
  if (chance.onceIn(6)) pen.send({ method: "POST", target: pathOf(account, `/notices/$${step}$/withdraw`), body: {} });
}

/** The cap itself, a unit beside it, the old fee, or anything near. */
export function raised(chance: Chance, fee: Contract["lines"][number]["annualFee"]) {
  const before = toMinor(fee);
  const most = capped(before, 500);
  return fromMinor(chance.oneOf([most, most + 1n, most > 0n ? most - 1n : 0n, before, (before * 97n) / 100n]), fee.currency);
}
