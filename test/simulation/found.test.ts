/** What the simulation found, each with its smallest case worked by hand. */
import { expect, test } from "vitest";
import type { Catalog, Contract, Dossier, HeldContract, RecordedNotice } from "../../domain/facts.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { ruleNotice } from "../../domain/questions/notice.ts";
import { openStore, Unavailable } from "../../functions/store/store.ts";
import { instantOf, withoutWaiting } from "./clock.ts";
import { FakeDynamo } from "./fake-dynamo.ts";
import { type Fault, type FaultKind, Process } from "./faults.ts";
import { realParts } from "./simulate.ts";

const fee = { amount: "1000.00", currency: "CHF" };
const contract = (contractId: string, term: Contract["term"], licenseIds: string[]): HeldContract => ({
  contractId,
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  term,
  soldBy: "direct",
  lines: licenseIds.map((licenseId) => ({ licenseId, annualFee: fee })),
});
const year = (of: number) => ({ firstDay: `${of}-01-01`, lastDay: `${of}-12-31` });
const license = (licenseId: string, productId: string) => ({ licenseId, productId, kind: "perpetual" as const, seats: 1, deliveredOn: "2023-01-01" });
const catalog: Catalog = {
  products: ["a", "b"].map((productId) => ({ productId, name: productId, productLine: productId, kind: "software" })),
  priceLists: [],
  policies: [],
};

/**
 * l-1 ended with 2024 and came back under c-3; l-2 renewed; l-3 runs under c-2, which does not renew by itself. A notice for the whole of c-1 says nothing of l-1, whose
 * cover there is over: so a notice for l-3, of the same product line, leaves l-1 out (7.1) and has no effect.
 */
test("a notice does not speak for a license that ended under its contract and came back under another", () => {
  const dossier: Dossier = {
    accountId: "acme",
    account: { name: "Acme" },
    licenses: [license("l-1", "a"), license("l-2", "b"), license("l-3", "a")],
    premises: [],
    contracts: [
      contract("c-1", year(2024), ["l-1", "l-2"]),
      { ...contract("c-2", { firstDay: "2024-01-01", lastDay: "2026-12-31" }, ["l-3"]), settings: { autoRenew: false } },
      contract("c-3", { firstDay: "2025-04-01", lastDay: "2026-03-31" }, ["l-1"]),
    ],
    contacts: [],
    invoices: [],
    notices: [
      { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2024-07-08", licenseIds: ["l-1"] },
      { noticeId: "n-2", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2025-07-03" },
    ],
    quotes: [],
    exceptions: [],
  };
  const facts = { dossier, catalog, policies: shippedPolicies };
  const [ending, whole] = dossier.notices as [RecordedNotice, RecordedNotice];
  const on = { date: "2025-07-24" };
  expect(ruleNotice(facts, "c-1", ending, on)).toMatchObject({ ruling: "valid", effectiveOn: "2024-12-31" });
  expect(ruleNotice(facts, "c-1", whole, on)).toMatchObject({ ruling: "valid", effectiveOn: "2025-12-31" });
  expect(ruleNotice(facts, "c-2", { noticeId: "n-3", contractId: "c-2", kind: "non-renewal", form: "email", receivedOn: on.date }, on)).toMatchObject(
    { ruling: "partial" },
  );
});

/** DynamoDB may refuse or not answer any call: the run says that it could not go on, and comes again. */
test("whatever happens to one call of a sweep, it ends as done or as to be repeated", { timeout: 60_000 }, async () => {
  const restore = withoutWaiting();
  try {
    const kinds: FaultKind[] = ["throttled", "unanswered", "answer-lost", "conflict"];
    const { count } = await sweepUnder([]);
    expect(count).toBeGreaterThan(20);
    for (const kind of kinds)
      for (let call = 0; call < count; call++) {
        const { error } = await sweepUnder([{ call, kind }]);
        if (error !== null) expect([kind, call, error]).toEqual([kind, call, expect.any(Unavailable)]);
      }
  } finally {
    restore();
  }
});

async function sweepUnder(faults: readonly Fault[]): Promise<{ count: number; error: unknown }> {
  const process = new Process(new FakeDynamo(), new Map());
  const now = instantOf("2024-01-10");
  const store = openStore({ client: process.client, tableName: "t", now: () => now });
  await store.change(
    { accountId: "acme" },
    { operationId: "op", by: "test", decide: () => ({ writes: [{ path: "account", value: { name: "Acme" } }], answer: null }) },
  );
  process.expect(faults);
  const error = await realParts.sweep(store, now + 1_000, { isTimeUp: () => false }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { count: process.calls, error };
}
