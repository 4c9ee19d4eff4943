/** P19 and P18 by a history written by hand: two offers for one lapse, of which one can be paid; and a service that would take both. */
import { expect, test } from "vitest";
import type { Current, Effects, Store } from "../../functions/store/store.ts";
import { allChecks } from "./checks/index.ts";
import { instantOf } from "./clock.ts";
import type { Request } from "./gateway.ts";
import { realParts, relive } from "./simulate.ts";
import type { Step } from "./step.ts";
import type { Parts } from "./world.ts";

const fee = { amount: "10000.00", currency: "CHF" };
const account = "/v1/accounts/acme";
const quote = (key: string): Request => ({
  method: "POST",
  target: "/v1/quotes",
  key,
  body: { kind: "reinstatement", accountId: "acme", contractId: "c-1", reinstateOn: "2026-07-01" },
});
const accept = (step: number): Request => ({ method: "POST", target: `/v1/quotes/$${step}$/accept`, body: { paidOn: "2026-07-01" } });

/** Does not renew by itself, lapsed on 2026-01-01; both offers are for 181 days of the lapse and the year from 2026-07-01 on (7.3). */
const requests: Request[] = [
  { method: "PUT", target: "/v1/products/qs-analyzer", body: { name: "QS", productLine: "Query Studio", kind: "software" } },
  { method: "PUT", target: account, body: { name: "Acme" } },
  { method: "PUT", target: `${account}/licenses/l-1`, body: { productId: "qs-analyzer", kind: "perpetual", seats: 1, deliveredOn: "2025-01-01" } },
  {
    method: "PUT",
    target: `${account}/contracts/c-1`,
    body: {
      policyId: "ebiexperts-support",
      program: "enterprise",
      currency: "CHF",
      term: { firstDay: "2025-01-01", lastDay: "2025-12-31" },
      soldBy: "direct",
      settings: { autoRenew: false },
      lines: [{ licenseId: "l-1", annualFee: fee }],
    },
  },
  quote("k-1"),
  quote("k-2"),
  accept(5),
  accept(6),
];

const history = requests.map((request, n): Step => {
  const account = request.target.includes("acme") || n > 3 ? "acme" : null;
  return { id: n + 1, at: instantOf("2026-07-01", "09:00:00") + n * 1_000, do: "send", account, request, faults: [] };
});

/** Decides on acceptance as if no other offer had been accepted. */
const forgetful: Parts = {
  ...realParts,
  store: (store) => ({
    ...store,
    change: ((owner: never, command: { decide(current: Current): Effects<unknown> }) =>
      store.change(owner, { ...command, decide: (current: Current) => command.decide(withoutAccepted(current)) } as never)) as Store["change"],
  }),
};

function withoutAccepted(current: Current): Current {
  const { dossier } = current;
  if (dossier === null) return current;
  const quotes = dossier.quotes.filter(({ acceptedPaidOn }) => acceptedPaidOn === undefined);
  return { ...current, dossier: { ...dossier, quotes, contracts: dossier.contracts.filter(({ contractId }) => contractId === "c-1") } };
}

test("one of two offers for the same lapse can be paid", async () => {
  expect(await relive(history, realParts, allChecks(realParts).observers)).toBeNull();
});

test("the simulation catches a service that would take both", async () => {
  const violation = await relive(history, forgetful, allChecks(forgetful).observers);
  expect(violation?.message).toMatch(/^P19 no day twice: acme\/l-1: 2026-01-01…2026-06-30/);
});
