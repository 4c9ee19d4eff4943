/** A standing on two possible days: what either says and the other does not is told, and a benefit that hangs on it is unknown. */
import { expect, test } from "vitest";
import { describeStanding, type StandingAnswer } from "../../../domain/questions/standing.ts";
import { onEitherDay } from "../../../domain/questions/standing-on-two-days.ts";
import { contract, invoice, license } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { seller, sold } from "./quotable.ts";

const depending = ", depending on the time zone, which no fact gives";
const whole = [{ condition: "whole-coverage" as const, group: "product-line" as const, of: ["perpetual" as const], otherwise: "fail" as const }];
const policy = seller({}, [{ id: "7", says: "the whole line", conditions: whole }]);
const on = (day: string, dossier: object = {}) => describeStanding(sold({ policy, dossier }), asOf(day));

test("an invoice and a gap that only the earlier day knows", () => {
  const invoices = [invoice("i-1", { payments: [{ paidOn: "2026-03-04", amount: { amount: "1200.00", currency: "CHF" } }] })];
  const licenses = [license("l-1"), license("l-2", { retiredOn: "2026-03-04" })];
  const first = on("2026-03-03", { invoices, licenses });
  const last = on("2026-03-04", { invoices, licenses });
  const gap = "product line `tools` has no support for l-2; or product line `tools` has no gap";
  expect(onEitherDay(first, last).dependsOnZone).toEqual([
    `contract \`c-1\` is past-due or current in the term 2026-01-01 to 2026-12-31${depending}`,
    `${gap}${depending}`,
    `invoice \`i-1\` is overdue by 1 day, with CHF 1,200.00 open; or invoice \`i-1\` is not overdue${depending}`,
  ]);
});

test("a benefit is unknown unless both days say the same, and it is said how", () => {
  const standing = on("2026-06-15");
  const benefits = (...available: (boolean | null)[]) =>
    ({
      ...standing,
      benefits: available.map((is, n) => ({ policyId: "p", benefit: `b-${n}`, says: "x", available: is, clause: "5" })),
    }) as unknown as StandingAnswer;
  const found = onEitherDay(benefits(true, true, null, false), benefits(true, null, false, false));
  expect(found.benefits.map(({ available }) => available)).toEqual([true, null, null, false]);
  expect(found.dependsOnZone).toEqual([
    `benefit \`b-1\` is available or unknown${depending}`,
    `benefit \`b-2\` is unknown; or benefit \`b-2\` is not available${depending}`,
  ]);
});

test("fifty sentences are said", () => {
  const ids = Array.from({ length: 51 }, (_, n) => `l-${n + 10}`);
  const many = { licenses: ids.map((id) => license(id)), contracts: [contract("c-1", ids)], invoices: ids.map((id) => invoice(`i-${id}`)) };
  const [first, last] = [on("2026-03-02", many), on("2026-03-03", many)];
  expect([first.overdueCount, last.overdueCount]).toEqual([0, 51]);
  const all = { ...last, overdue: Array.from({ length: 51 }, (_, n) => ({ ...last.overdue[0], invoiceId: `i-${n}` })) } as StandingAnswer;
  expect(onEitherDay(first, all).dependsOnZone).toHaveLength(50);
});
