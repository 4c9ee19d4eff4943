/** Quotes and what becomes of them, decisions, and requests that are sent once more. */
import type { Dossier } from "../../domain/facts.ts";
import { fromMinor } from "../../domain/money.ts";
import { addDays } from "../../domain/time/calendar-date.ts";
import type { Account, Pen } from "./account.ts";

/** Of each kind, for a day near or far. */
export function quote(account: Account, { contracts }: Dossier, pen: Pen): void {
  const { chance, accountId, vendor } = account;
  const contract = chance.oneOf(contracts);
  if (contract === undefined) return;
  const kind = chance.oneOf(["reinstatement", "reinstatement", "additional-purchase", "renewal"]);
  const about = { kind, accountId, contractId: contract.contractId };
  const on = addDays(pen.day, chance.oneOf([0, 0, 1, 30, -20, chance.between(0, 300)]));
  const bought = { productId: chance.oneOf(Object.values(vendor.lines).flat()), seats: chance.between(1, 9) };
  const price = chance.onceIn(4) ? {} : { annualFee: fromMinor(BigInt(chance.between(1, 900_000)), vendor.currency) };
  const body =
    kind === "reinstatement"
      ? { ...about, reinstateOn: on, ...(chance.onceIn(4) ? { payOn: addDays(on, chance.between(-5, 20)) } : {}) }
      : kind === "renewal"
        ? about
        : { ...about, deliveredOn: addDays(pen.day, chance.oneOf([0, 1, 20, -10])), lines: [{ ...bought, ...price }] };
  const step = pen.send({ method: "POST", target: "/v1/quotes", body, key: `k-${++account.made}` });
  account.quotes.push({ step, kind, contractId: contract.contractId });
  account.keyed.push(step);
}

/** Accepted in time or too late, made void, tried twice or by two at once, or left to expire. */
export function settleQuote(account: Account, pen: Pen): void {
  const { chance } = account;
  const open = account.quotes.pop();
  if (open === undefined || chance.onceIn(3)) return;
  const accept = {
    method: "POST",
    target: `/v1/quotes/$${open.step}$/accept`,
    body: { paidOn: addDays(pen.day, chance.oneOf([0, 0, -1, 5, 200, 400])) },
  };
  const refuse = { method: "POST", target: `/v1/quotes/$${open.step}$/void`, body: { reason: "changed their mind" } };
  if (chance.onceIn(5)) {
    pen.race([accept, chance.oneOf([accept, refuse])]);
    return;
  }
  const step = pen.send({ ...chance.oneOf([accept, accept, refuse]), key: `k-${++account.made}` });
  account.keyed.push(step);
  if (chance.onceIn(3)) pen.send(chance.oneOf([accept, refuse]));
}

/** May this case be served? */
export function decide(account: Account, { licenses, contacts }: Dossier, pen: Pen): void {
  const { chance, accountId, vendor } = account;
  const time = `${pen.day}T${String(chance.between(0, 23)).padStart(2, "0")}:15:00Z`;
  const request = {
    kind: chance.oneOf(["error", "error", "question", "feature-request"]),
    licenseId: chance.oneOf(licenses)?.licenseId,
    contactId: chance.oneOf(contacts)?.contactId,
    severity: chance.onceIn(4) ? undefined : chance.oneOf(vendor.severities),
    channel: chance.oneOf(["portal", "email", "phone", "chat"]),
    language: chance.onceIn(8) ? "fr" : "en",
    filedAt: time,
    caseId: chance.onceIn(3) ? `case-${chance.between(1, 9)}` : undefined,
  };
  const body = { accountId, ...(chance.onceIn(2) ? { asOf: time } : {}), request };
  const step = pen.send({ method: "POST", target: "/v1/entitlement-checks", body, ...(chance.onceIn(2) ? { key: `k-${++account.made}` } : {}) });
  account.decisions.push(step);
  account.keyed.push(step);
}

/** With the same body, or with another. */
export function repeatSomething(account: Account, pen: Pen): void {
  const { chance } = account;
  const earlier = chance.oneOf(account.keyed);
  if (earlier !== undefined) pen.repeat(earlier, chance.onceIn(3));
}
